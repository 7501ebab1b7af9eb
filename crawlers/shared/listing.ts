import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { Channel, CrawlWindow, FetchedPage, ListRow, SourceRequest } from '../../src/model/source.ts';
import { failure } from './failing.ts';
import { siteTime } from './times.ts';

/** No column of these sites has a twentieth of this; a count beyond it is a slip of the site's, and would fill the memory. */
const MOST_PAGES = 20_000;

/** Page numbers above the first, so that a list whose total is known is asked for at once. */
export function pagesAfterFirst(page: FetchedPage, total: number, pageSize: number): number[] {
  const pages = Math.ceil(total / pageSize);
  if (pages > MOST_PAGES) {
    throw failure('LIST_STRUCTURE_CHANGED', page, `网站称共 ${total} 条，不合常理`, total, { field: 'total' });
  }
  return Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2);
}

/**
 * What an empty page of a counted list means. Returns where it is credible:
 * a bounded window in which the site counts 0 rows, or a column that says why it may be empty.
 */
export function checkEmptiness(page: FetchedPage, channel: Channel, total: number, pageSize: number): void {
  const number = page.request.page ?? 1;
  if (total > (number - 1) * pageSize) {
    if (number > 1) throw failure('PAGINATION_SHORT', page, `第 ${number} 页没有条目，网站称共 ${total} 条`, total);
    throw failure('LIST_EMPTY', page, `栏目“${channel.name}”没有返回条目，网站却称共 ${total} 条`, total);
  }
  if (number === 1 && !mayBeEmpty(channel, page.request.window)) {
    throw failure('LIST_EMPTY', page, `栏目“${channel.name}”共 0 条`, '', { window: page.request.window });
  }
}

/**
 * Whether a column may hold no row in a window. A bounded window may be silent everywhere: holidays, a small county.
 * That a column falls silent for long is told from its history, which a page does not know.
 */
function mayBeEmpty(channel: Channel, window: CrawlWindow | undefined): boolean {
  return channel.mayBeEmpty !== null || (window?.since ?? null) !== null;
}

/** A reply that repeats another page: a gatekeeper answers over-fast callers so (landchina, seen 2026-10). */
export function checkPageNumber(page: FetchedPage, answered: number | null | undefined): void {
  const asked = page.request.page ?? 1;
  if (answered != null && answered !== asked) {
    throw failure('REPEATED_PAGE', page, `请求第 ${asked} 页，返回的是第 ${answered} 页`, answered);
  }
}

/** The publish time of a row; null where the row has none. Throws where something stands there that is no time. */
export function rowTime(
  page: FetchedPage,
  field: string,
  value: string | number | null | undefined,
): LocalDay | LocalMoment | null {
  const time = siteTime(value);
  if (time === undefined)
    throw failure('LIST_STRUCTURE_CHANGED', page, `列表日期“${String(value)}”无法识别`, value, { field });
  return time;
}

/** A list in which no row has a date any more has changed: one row without is the site's slip. */
export function checkDates(page: FetchedPage, rows: ListRow[], field: string): void {
  if (rows.length > 0 && rows.every((row) => row.publishDate === null)) {
    throw failure('LIST_STRUCTURE_CHANGED', page, `列表的 ${rows.length} 条都没有日期（${field}）`, rows[0]!.title, {
      field,
    });
  }
}

/** The channel a request belongs to. A request of a channel that no longer exists comes from an older version. */
export function channelOf(channels: readonly Channel[], request: SourceRequest): Channel {
  const channel = channels.find(({ id }) => id === request.channelId);
  if (channel === undefined) throw new Error(`unknown channel ${request.channelId} in ${request.key}`);
  return channel;
}
