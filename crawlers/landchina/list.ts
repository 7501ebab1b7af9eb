import { z } from 'zod';

import type {
  CrawlWindow,
  FetchedPage,
  ListReading,
  ListRow,
  ListRowFacts,
  Region,
  SourceRequest,
  SourceSettings,
} from '../../src/model/source.ts';
import { failure } from '../shared/failing.ts';
import { checkDates, checkEmptiness, checkPageNumber, pagesAfterFirst, rowTime } from '../shared/listing.ts';
import { errorCodeOf, jsonOf, shaped } from '../shared/reply.ts';
import { channels } from './channels.ts';
import type { LandChannel } from './channels.ts';

export interface LandContext {
  settings: SourceSettings;
  region: Region;
}

/** 40 rows a page were accepted in the live test of 2026-10-03; larger pages were not tried. */
const PAGE_SIZE = 40;

/** Sent by the site's own pages; without them the gateway may take the caller for a broken one. */
const HEADERS = {
  'content-type': 'application/json;charset=UTF-8',
  origin: 'https://www.landchina.com',
  referer: 'https://www.landchina.com/',
};

const envelope = z.looseObject({
  code: z.union([z.number(), z.string()]),
  msg: z.string().nullish(),
  data: z.unknown().optional(),
});
const listData = z.looseObject({
  total: z.int().min(0),
  pageNum: z.int().nullish(),
  list: z.array(z.unknown()),
});
const text = z.string().trim().min(1);
const printed = z.union([z.string(), z.number()]).nullish();
const place = {
  xzqDm: printed.transform((code) => (code == null ? null : String(code))),
  xzqFullName: z.string().nullish(),
};

/** A row by its guid's name, brought to one shape. */
const rowSchemas = {
  gyggGuid: z
    .looseObject({ gyggGuid: text, gyggBt: text, fbSj: printed, ...place })
    .transform((row) => ({ id: row.gyggGuid, title: row.gyggBt, time: row.fbSj, ...row })),
  cjgsGuid: z
    .looseObject({ cjgsGuid: text, gsbt: text, fbSj: printed, ...place })
    .transform((row) => ({ id: row.cjgsGuid, title: row.gsbt, time: row.fbSj, ...row })),
  // The supply results carry the day of signing (qdRq) alone; it is not when they were published.
  gdGuid: z
    .looseObject({ gdGuid: text, tdZl: text, qdRq: printed, ...place })
    .transform((row) => ({ id: row.gdGuid, title: resultTitle(row.tdZl), time: null, ...row })),
};

export function landChannel(id: string): LandChannel {
  const found = channels.find(({ channel }) => channel.id === id);
  if (found === undefined) throw new Error(`landchina has no channel ${id}`);
  return found;
}

/** `startDate` and `endDate` filter; `startTime`/`endTime` would be ignored in silence (seen 2026-10-03). */
export function listRequest(
  { settings, region }: LandContext,
  channelId: string,
  window: CrawlWindow,
  page: number,
): SourceRequest {
  return {
    key: `list:${channelId}:${page}`,
    channelId,
    role: 'list',
    method: 'POST',
    url: settings.address + landChannel(channelId).listPath,
    headers: HEADERS,
    json: {
      pageNum: page,
      pageSize: PAGE_SIZE,
      xzqDm: region.code,
      ...(window.since === null ? {} : { startDate: `${window.since} 00:00:00` }),
      ...(window.until === null ? {} : { endDate: `${window.until} 23:59:59` }),
    },
    expects: 'json',
    page,
    window,
  };
}

/** `data` of a reply; a body code other than 200 is the site's own error, to be asked again. */
export function dataOf(page: FetchedPage, settings: SourceSettings): unknown {
  const reply = shaped(envelope, jsonOf(page, settings), 'SITE_ERROR', page, '接口应答');
  if (String(reply.code) !== '200') {
    throw failure(errorCodeOf(page, reply.msg), page, `接口返回 code ${reply.code}：${reply.msg ?? ''}`, reply, {
      code: reply.code,
    });
  }
  return reply.data;
}

export function readList(context: LandContext, page: FetchedPage): ListReading {
  const { channel, guid } = landChannel(page.request.channelId);
  const data = shaped(listData, dataOf(page, context.settings), 'LIST_STRUCTURE_CHANGED', page, '列表');
  checkPageNumber(page, data.pageNum);
  if (data.list.length === 0) checkEmptiness(page, channel, data.total, PAGE_SIZE);
  const rows = data.list.map((row, index) => readRow(context, page, guid, row, index));
  if (guid !== 'gdGuid') checkDates(page, rows, 'fbSj');
  const window = page.request.window ?? { since: null, until: null };
  const further = page.request.page === 1 ? pagesAfterFirst(page, data.total, PAGE_SIZE) : [];
  return {
    role: 'list',
    rows,
    passedOver: [],
    total: data.total,
    next: further.map((number) => listRequest(context, channel.id, window, number)),
    reachesBackTo: null,
  };
}

function readRow(
  context: LandContext,
  page: FetchedPage,
  guid: LandChannel['guid'],
  value: unknown,
  index: number,
): ListRow {
  const row = shaped(rowSchemas[guid], value, 'LIST_STRUCTURE_CHANGED', page, `列表第 ${index + 1} 条`);
  const facts: ListRowFacts = {
    externalId: row.id,
    title: row.title,
    publishDate: rowTime(page, 'fbSj', row.time),
    region: row.xzqFullName ?? null,
    extra: { xzqDm: row.xzqDm },
  };
  return {
    ...facts,
    inRegion: row.xzqDm === null ? null : row.xzqDm === context.region.code,
    detail: {
      key: `detail:${row.id}`,
      channelId: page.request.channelId,
      role: 'detail',
      method: 'POST',
      url: context.settings.address + landChannel(page.request.channelId).detailPath,
      headers: HEADERS,
      json: { [guid]: row.id },
      expects: 'json',
      row: facts,
    },
  };
}

/** Supply results have no title of their own; people know them by the place. */
export function resultTitle(location: string): string {
  return `${location}供地结果`;
}
