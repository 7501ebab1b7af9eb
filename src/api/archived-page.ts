import sanitizeHtml from 'sanitize-html';

import type { ArchiveRecord } from '../model/archive.ts';
import { momentOf } from '../model/day.ts';
import { markedHtml } from './marked-page.ts';

/**
 * The policy of the document that shows an archived page: it loads nothing, runs nothing, sends nothing, and no page
 * frames it. `sandbox` holds even where a hole in the sanitiser is found.
 */
export const ARCHIVED_PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-downloads',
].join('; ');

/** More parts than any reply observed has bodies; a list with markup in every row need not be unfolded whole. */
const MAX_UNFOLDED = 30;

const STYLE = `
body { margin: 0; font: 16px/1.7 "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #1f1f1f; overflow-wrap: anywhere; }
header { padding: 12px 24px; background: #f3f4f6; border-bottom: 1px solid #d0d4da; font-size: 14px; }
header dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
header dt { color: #5a5f66; } header dd { margin: 0; }
main { padding: 16px 24px; max-width: 1000px; }
table { border-collapse: collapse; } td, th { border: 1px solid #c4c8ce; padding: 4px 8px; }
mark { background: #ffe58f; color: inherit; padding: 1px 0; }
pre { white-space: pre-wrap; } section { border-top: 1px solid #d0d4da; margin-top: 24px; }
`;

/** What the archived bytes were, as text; null where they are no text (a PDF, a picture). */
type ArchivedText = string | null;

/**
 * The archived reply as a document of its own. `text` is hostile; whatever of it remains is inert.
 * @param words to be marked in it, or null
 */
export function archivedDocument(record: ArchiveRecord, text: ArchivedText, words: string | null = null): string {
  const body = text === null ? '<p>该内容不是网页或文本，请下载原始内容查看。</p>' : bodyOf(record, text);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>归档页面</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<strong>归档页面</strong>（系统采集时保存的内容；为安全起见已去除脚本、样式、图片和表单。<a href="bytes" download>下载原始内容</a>）
<dl>
<dt>网址</dt><dd>${escape(record.url)}</dd>
<dt>采集时间</dt><dd>${escape(momentOf(record.fetchedAt).replace('T', ' '))}（北京时间）</dd>
<dt>网站应答</dt><dd>HTTP ${record.status}</dd>
<dt>SHA-256</dt><dd>${escape(record.sha256)}</dd>
</dl>
</header>
<main>${words === null ? body : markedHtml(body, words)}</main>
</body>
</html>
`;
}

/** Whether the bytes are worth decoding: told by the content type, absent counts as a page. */
export function isText(contentType: string | undefined): boolean {
  return contentType === undefined || /^\s*$|text\/|html|xml|json|javascript|x-www-form/i.test(contentType);
}

function bodyOf(record: ArchiveRecord, text: string): string {
  const json = parsedJson(text);
  if (json !== undefined) return jsonBody(record, json, text);
  const contentType = headerOf(record, 'content-type');
  // Text of a file (PDF, DOCX) is no markup either.
  if (/^text\/plain/i.test(contentType ?? '') || !isText(contentType)) return `<pre>${escape(text)}</pre>`;
  return inert(text, record.url);
}

function jsonBody(record: ArchiveRecord, json: unknown, text: string): string {
  const { parts, depth } = markupIn(json);
  // Printing recurses, and indents each level.
  const printed = depth > MAX_DEPTH ? text : JSON.stringify(json, null, 2);
  const unfolded = parts
    .slice(0, MAX_UNFOLDED)
    .map(({ path, html }) => `<section><h2>${escape(path)}</h2>${inert(html, record.url)}</section>`)
    .join('\n');
  const rest = parts.length - MAX_UNFOLDED;
  const left = rest > 0 ? `<p>另有 ${rest} 处含网页内容的字段，见上文数据。</p>` : '';
  return `<pre>${escape(printed)}</pre>${unfolded}${left}`;
}

function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // a page that begins with a bracket
  }
}

/** Strings inside the data that hold markup, with where they stand, and the data's depth. Without recursion: depth is the site's choice. */
function markupIn(json: unknown): { parts: { path: string; html: string }[]; depth: number } {
  const parts: { path: string; html: string }[] = [];
  let deepest = 0;
  const open: { path: string; value: unknown; depth: number }[] = [{ path: '', value: json, depth: 0 }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { path, value, depth } = node;
    deepest = Math.max(deepest, depth);
    if (deepest > MAX_DEPTH) break;
    if (typeof value === 'string') {
      if (/<[a-z]/i.test(value)) parts.push({ path, html: value });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value).reverse()) {
        open.push({ path: path === '' ? key : `${path}.${key}`, value: inner as unknown, depth: depth + 1 });
      }
    }
  }
  return { parts, depth: deepest };
}

/** Pages and data observed nest a few dozen levels; a thousand are an attack on whoever unfolds them. */
const MAX_DEPTH = 500;
/** Elements that pages leave open without nesting anything. */
const UNNESTED = /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option)$/i;

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, closing, name] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    if (UNNESTED.test(name!)) continue;
    depth = closing === '' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Text structure and tables only; links to web addresses, opened apart from this document. */
function inert(html: string, base: string): string {
  if (isTooDeep(html)) return `<p>页面嵌套层数异常，以下为源代码：</p><pre>${escape(html)}</pre>`;
  return sanitizeHtml(html, {
    allowedTags: [
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'p',
      'div',
      'span',
      'br',
      'hr',
      'ul',
      'ol',
      'li',
      'dl',
      'dt',
      'dd',
      'pre',
      'blockquote',
      'table',
      'caption',
      'colgroup',
      'col',
      'thead',
      'tbody',
      'tfoot',
      'tr',
      'td',
      'th',
      'a',
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'sub',
      'sup',
      'small',
      'font',
      'center',
      'section',
      'article',
    ],
    allowedAttributes: {
      a: ['href', 'target', 'rel'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https'],
    allowProtocolRelative: false,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'template',
      'iframe',
      'object',
      'svg',
      'math',
    ],
    nestingLimit: 200,
    transformTags: {
      a: (_tag, attributes) => {
        const href = webAddress(attributes['href'], base);
        const attribs: Record<string, string> =
          href === null ? {} : { href, target: '_blank', rel: 'noopener noreferrer nofollow' };
        return { tagName: 'a', attribs };
      },
    },
  });
}

function webAddress(href: string | undefined, base: string): string | null {
  if (href === undefined || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

function headerOf(record: ArchiveRecord, name: string): string | undefined {
  return Object.entries(record.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
