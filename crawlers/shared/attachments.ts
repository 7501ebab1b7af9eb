import type { CheerioAPI } from 'cheerio';

import type { AttachmentLink } from '../../src/model/notice.ts';
import type { FetchedPage } from '../../src/model/source.ts';

/**
 * Links to attached files, resolved against the page's address; http and https alone,
 * so that no `javascript:` or `file:` of a page reaches a reader's browser. One entry an address.
 */
export function attachmentsIn($: CheerioAPI, selector: string, page: FetchedPage): AttachmentLink[] {
  const links = new Map<string, AttachmentLink>();
  for (const element of $(selector).toArray()) {
    const url = resolved($(element).attr('href'), page.url);
    if (url === null || links.has(url)) continue;
    const name = $(element).text().replace(/\s+/g, ' ').trim() || ($(element).attr('title') ?? '').trim();
    links.set(url, { name: name || lastPart(url), url });
  }
  return [...links.values()];
}

/** The absolute http(s) address of a link; null for anything else, a fragment of the page itself included. */
export function resolved(href: string | undefined, base: string): string | null {
  const target = (href ?? '').trim();
  if (target === '' || target.startsWith('#') || !URL.canParse(target, base)) return null;
  const url = new URL(target, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** The file's name in its address; escapes that are no UTF-8 (GBK sites write theirs) are shown as they stand. */
function lastPart(url: string): string {
  const part = new URL(url).pathname.split('/').pop() ?? '';
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    if (cause instanceof URIError) return part;
    throw cause;
  }
}
