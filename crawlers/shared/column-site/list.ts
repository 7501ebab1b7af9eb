import type { CheerioAPI } from 'cheerio/slim';

import type {
  Channel,
  CrawlWindow,
  FetchedPage,
  ListReading,
  ListRow,
  ListRowFacts,
  SourceRequest,
} from '../../../src/model/source.ts';
import { resolved } from '../attachments.ts';
import { failure } from '../failing.ts';
import { channelOf, checkDates, rowTime } from '../listing.ts';
import { regionByTitle } from '../places.ts';
import { downOr, htmlOf } from '../reply.ts';
import type { ColumnSite } from './context.ts';

export function firstPage(site: ColumnSite, channel: Channel, window: CrawlWindow): SourceRequest {
  return pageRequest(channel.id, site.settings.address + site.options.columns[channel.id]!, 1, window);
}

function pageRequest(channelId: string, url: string, page: number, window: CrawlWindow): SourceRequest {
  return {
    key: `list:${channelId}:${page}`,
    channelId,
    role: 'list',
    method: 'GET',
    url,
    expects: 'html',
    page,
    window,
  };
}

/**
 * One page of a column. Following pages are asked for one by one by the link that leads to them, until there is none,
 * or until a whole page is older than the window: columns run newest first, but rows pinned at the top may be old,
 * so that a single old row ends nothing.
 */
export function readList(site: ColumnSite, page: FetchedPage): ListReading {
  const channel = channelOf(site.channels, page.request);
  const $ = htmlOf(page, site.settings);
  const total = totalOf($, site);
  const elements = $(site.options.list.row).toArray();
  const rows: ListRow[] = [];
  let elsewhere = 0;
  for (const element of elements) {
    const row = readRow(site, page, $, $(element), rows.length + elsewhere + 1);
    if (row === 'elsewhere') elsewhere++;
    else if (row !== null) rows.push(row);
  }
  if (rows.length + elsewhere === 0) return emptyList($, site, page, channel, total);
  checkDates(page, rows, site.options.list.date);
  const next = isBeforeWindow(rows, page.request.window) ? 'enough' : nextPage($, site, page);
  return {
    role: 'list',
    rows,
    passedOver: elsewhere === 0 ? [] : [{ reason: '链接指向其他网站', count: elsewhere }],
    // Only a column read to its end can be held against its own count.
    total: next === null ? total : null,
    printedTotal: total,
    next: next === null || next === 'enough' ? [] : [next],
    reachesBackTo: null,
  };
}

/** A row has a handful of cells; selecting in one with thousands would take seconds. */
const MOST_PARTS = 100;

/** What stands in the list's frame in place of rows. */
const SAYS_NONE = /^(暂无|没有|无)(相关|符合条件的|更多)?(数据|信息|公告|记录|内容)[。！]?$/;

/** A row; null for a separator, a heading or word that there is none; `elsewhere` where it leads to another site. */
function readRow(
  site: ColumnSite,
  page: FetchedPage,
  $: CheerioAPI,
  element: ReturnType<CheerioAPI>,
  index: number,
): ListRow | 'elsewhere' | null {
  const { link, date } = site.options.list;
  if (element.children().length > MOST_PARTS) {
    throw failure('LIST_STRUCTURE_CHANGED', page, `列表第 ${index} 条含有 ${MOST_PARTS} 个以上的标签`, element.text());
  }
  const anchor = element.find(link).first();
  if (anchor.length === 0) {
    const isHeading = element.find('th').length > 0 && element.find('td').length === 0;
    const words = element.text().replace(/\s+/g, '');
    if (isHeading || words === '' || SAYS_NONE.test(words)) return null;
    throw failure('LIST_STRUCTURE_CHANGED', page, `列表第 ${index} 条没有链接（${link}）`, $.html(element));
  }
  const url = resolved(anchor.attr('href'), page.url);
  // The visible text may be cut with …; the attribute holds the whole title.
  const title = (anchor.attr('title') ?? '').trim() || anchor.text().replace(/\s+/g, ' ').trim();
  if (url === null || title === '') {
    throw failure('LIST_STRUCTURE_CHANGED', page, `列表第 ${index} 条没有标题或网址`, $.html(element));
  }
  const target = new URL(url);
  if (target.host !== new URL(page.url).host) return 'elsewhere';
  target.hash = '';
  const printed = element
    .find(date)
    .first()
    .text()
    .replace(/[[\]（）()【】\s]+/g, ' ')
    .trim();
  const facts: ListRowFacts = {
    externalId: (target.pathname + target.search).replace(/^\/+/, ''),
    title,
    publishDate: rowTime(page, date, printed),
    region: site.scope === 'own-region' ? site.region.name : null,
  };
  return {
    ...facts,
    inRegion: site.scope === 'own-region' ? true : regionByTitle(site.region, title),
    detail: {
      key: `detail:${facts.externalId}`,
      channelId: page.request.channelId,
      role: 'detail',
      method: 'GET',
      url: target.href,
      expects: 'html',
      row: facts,
    },
  };
}

function isBeforeWindow(rows: readonly ListRow[], window: CrawlWindow | undefined): boolean {
  const since = window?.since ?? null;
  return (
    since !== null &&
    rows.length > 0 &&
    rows.every(({ publishDate }) => publishDate !== null && publishDate.slice(0, 10) < since)
  );
}

/** The request for the page behind the `next` link; null where there is none. */
function nextPage($: CheerioAPI, site: ColumnSite, page: FetchedPage): SourceRequest | null {
  const anchor = $(site.options.list.next).first();
  const url = resolved(anchor.attr('href'), page.url);
  if (url === null) return null;
  const { channelId, page: number = 1, window = { since: null, until: null } } = page.request;
  if (new URL(url).host !== new URL(page.url).host) {
    throw failure('LIST_STRUCTURE_CHANGED', page, `下一页指向其他网站 ${url}`, $.html(anchor));
  }
  if (url === page.url || url === page.request.url) {
    throw failure('REPEATED_PAGE', page, '下一页的链接指向本页', $.html(anchor));
  }
  return pageRequest(channelId, url, number + 1, window);
}

function totalOf($: CheerioAPI, { options }: ColumnSite): number | null {
  if (options.list.total === undefined) return null;
  const match = new RegExp(options.list.total).exec($.root().text());
  return match?.[1] === undefined ? null : Number(match[1]);
}

/**
 * A page without rows. A list that says 0, or whose frame stands without rows and links, is the list, empty; on a page
 * with other content the selector has lost the list, and a blank page or one that counts rows it does not show is no list.
 */
function emptyList(
  $: CheerioAPI,
  site: ColumnSite,
  page: FetchedPage,
  channel: Channel,
  total: number | null,
): ListReading {
  const { row } = site.options.list;
  const frame = $(frameOf(row));
  const framed = frame.length > 0 && frame.find('a[href]').length === 0;
  const blank = $.root().text().trim() === '';
  if (total !== 0 && !framed && !blank) {
    const changed = `页面有内容，但选择器“${row}”没有找到条目`;
    throw downOr(failure('LIST_STRUCTURE_CHANGED', page, changed, $('body').text()), page, $);
  }
  if (blank || (total !== null && total > 0) || (page.request.page ?? 1) > 1) {
    throw failure('LIST_EMPTY', page, `栏目“${channel.name}”没有条目`, $('body').text(), { total });
  }
  return { role: 'list', rows: [], passedOver: [], total, next: [], reachesBackTo: null, emptied: true };
}

/** The selector of the element that holds the rows: the row's own without its last step. */
function frameOf(row: string): string {
  return row.replace(/\s*[>\s]\s*[^\s>]+$/, '') || row;
}
