import { isUtf8 as isValidUtf8 } from 'node:buffer';
import { load } from 'cheerio/slim';
import type { CheerioAPI } from 'cheerio/slim';
import { DomHandler, Parser } from 'htmlparser2';
import type { z } from 'zod';

import type { FailureCode, SiteFailure } from '../../src/model/failure.ts';
import type { FetchedPage, SourceSettings } from '../../src/model/source.ts';
import { decode } from '../../src/notices/decode.ts';
import { failure } from './failing.ts';

/** Fewer characters prove nothing: a few bytes of GBK can be valid UTF-8 by chance. */
const TELLING_CHARACTERS = 16;

/**
 * The reply's text. Throws `CHARSET_BROKEN` where no charset fits, and where the charset set for the source is
 * no longer the site's: UTF-8 read as gb18030 gives readable nonsense that no later check would notice.
 * A reply that says in its header that it is UTF-8, and is, is read so: gateways put their own pages before a site.
 */
function textOf(page: FetchedPage, settings: SourceSettings): string {
  const type = page.headers['content-type'] ?? null;
  if (settings.charset === 'gb18030' && isClearlyUtf8(page.bytes)) {
    if (/charset=["']?utf-?8/i.test(type ?? '')) return decode(page.bytes, type, null).text;
    const { text } = decode(page.bytes, null, 'utf-8');
    throw failure('CHARSET_BROKEN', page, '该来源指定按 gb18030 解码，而页面是 UTF-8', text, { charset: 'gb18030' });
  }
  return decode(page.bytes, type, settings.charset).text;
}

/** The reply as a page. Throws `WRONG_CONTENT_TYPE` for JSON in its place. */
export function htmlOf(page: FetchedPage, settings: SourceSettings): CheerioAPI {
  const text = textOf(page, settings);
  if (/^\s*[{[]/.test(text)) throw failure('WRONG_CONTENT_TYPE', page, '应为网页，实为接口数据', text);
  return treeOf(text, page);
}

/** Browsers nest 512 elements and put deeper ones beside the last; functions that walk the tree recur no deeper. */
const MAX_DEPTH = 512;
/** Far beyond any notice. The parser grows slow with elements open at once, selecting with elements side by side. */
const MAX_NESTING = 3000;
const MAX_SIBLINGS = 3000;
const CHUNK = 65_536;

/** Markup as a tree to select in, of bounded depth. Throws `BODY_TOO_LARGE` for more elements than any notice has. */
export function treeOf(markup: string, page: FetchedPage): CheerioAPI {
  const tree = new ShallowTree();
  const parser = new Parser(tree);
  for (let at = 0; at < markup.length; at += CHUNK) {
    parser.write(markup.slice(at, at + CHUNK));
    if (tree.depth > MAX_NESTING) throw failure('BODY_TOO_LARGE', page, `标签嵌套超过 ${MAX_NESTING} 层`, markup);
    if (tree.isTooWide) throw failure('BODY_TOO_LARGE', page, `并列标签超过 ${MAX_SIBLINGS} 个`, markup);
  }
  parser.end();
  return load(tree.root);
}

/** Elements below `MAX_DEPTH` are left out; what stands in them belongs to the element above. */
class ShallowTree extends DomHandler {
  depth = 0;
  isTooWide = false;

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.depth++ >= MAX_DEPTH) return;
    // Texts count as well: about every second child is one.
    this.isTooWide ||= (this.tagStack.at(-1)?.children.length ?? 0) > 2 * MAX_SIBLINGS;
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    if (--this.depth < MAX_DEPTH) super.onclosetag();
  }
}

/** How an interface or a page says that it has no such record. */
const GONE = /未查询到|查无|不存在|已(被|经)?(删除|撤下|撤回|下架)/;

/** The code for an interface's own error: a detail page that it does not know is gone, anything else is its fault. */
export function errorCodeOf({ request }: FetchedPage, message: string | null | undefined): FailureCode {
  return request.role === 'detail' && GONE.test(message ?? '') ? 'NOTICE_GONE' : 'SITE_ERROR';
}

/** What a site under maintenance says; its page is a sentence or two. */
const DOWN = /系统(正在)?(升级|维护|异常|繁忙)|(升级|维护)中|暂停(服务|访问)|服务(暂时)?不可用|稍后(再试|重试|访问)/;
const DOWN_CHARACTERS = 200;

/**
 * `SITE_ERROR` for a page that says no more than that the site is down, else what its missing parts stand for.
 * Asked only when parts are missing: a notice may well buy 系统维护.
 */
export function downOr(otherwise: SiteFailure, page: FetchedPage, $: CheerioAPI): SiteFailure {
  const words = $('body').text().replace(/\s+/g, ' ').trim();
  return words.length <= DOWN_CHARACTERS && DOWN.test(words)
    ? failure('SITE_ERROR', page, `网站答复“${words.slice(0, 60)}”`, words)
    : otherwise;
}

/**
 * `NOTICE_GONE` for a page that says, in a sentence or two and in place of the notice, that it is not there, else
 * `otherwise`. Asked only when parts are missing.
 */
export function goneOr(otherwise: SiteFailure, page: FetchedPage, $: CheerioAPI): SiteFailure {
  const words = $('body').text().replace(/\s+/g, ' ').trim();
  return words.length <= DOWN_CHARACTERS && GONE.test(words)
    ? failure('NOTICE_GONE', page, `网站答复“${words.slice(0, 60)}”`, words)
    : otherwise;
}

/** Valid UTF-8 with enough characters beyond ASCII; text in GBK practically never is. */
function isClearlyUtf8(bytes: Uint8Array): boolean {
  let beyondAscii = 0;
  for (const byte of bytes) if (byte >= 0xc0) beyondAscii++;
  return beyondAscii >= TELLING_CHARACTERS && isValidUtf8(bytes);
}

/** The reply as JSON. Throws `WRONG_CONTENT_TYPE` (a web page or something else), `BODY_TRUNCATED` (cut off). */
export function jsonOf(page: FetchedPage, settings: SourceSettings): unknown {
  const text = textOf(page, settings).trim();
  try {
    // Halves of a character cannot be put into an address, and no text has them.
    return /\\u[dD][89a-fA-F]/.test(text) ? JSON.parse(text, wellFormed) : JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    if (text.startsWith('<')) throw failure('WRONG_CONTENT_TYPE', page, '应为接口数据，实为网页', text);
    if (isCutOff(text))
      throw failure('BODY_TRUNCATED', page, `接口数据在第 ${text.length} 个字符处中断`, text.slice(-200));
    throw failure('WRONG_CONTENT_TYPE', page, '返回内容不是合法的接口数据', text);
  }
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** JSON that ends inside a string or with brackets open: the transfer stopped, not the site's mind. */
function isCutOff(text: string): boolean {
  if (text === '') return true;
  if (!/^[{[]/.test(text)) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return inString || depth > 0;
}

/**
 * Checks a part of a reply against what the site is known to send.
 * The failure's message names the field; `code` says what it means here.
 */
export function shaped<T extends z.ZodType>(
  schema: T,
  value: unknown,
  code: FailureCode,
  page: FetchedPage,
  where: string,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]!.path.map(String).join('.') || '整体';
  throw failure(code, page, `${where}的 ${field} 缺失或类型不符`, value, { field });
}
