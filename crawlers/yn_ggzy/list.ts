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
import { checkDates, checkEmptiness, pagesAfterFirst, rowTime } from '../shared/listing.ts';
import { regionByField, regionByPlatform } from '../shared/places.ts';
import { errorCodeOf, jsonOf, shaped } from '../shared/reply.ts';
import { ggzyChannel } from './channels.ts';
import type { GgzyChannel } from './channels.ts';

export interface GgzyContext {
  settings: SourceSettings;
  region: Region;
  /** The platform's code of the prefecture: 015 红河州. */
  cityId: string;
}

/** The API serves no more than 50 rows a page (tests of 2023, 2025, 2026-08). */
const PAGE_SIZE = 50;

const envelope = z.looseObject({
  code: z.union([z.string(), z.number()]),
  msg: z.string().nullish(),
  message: z.string().nullish(),
  value: z.unknown().optional(),
});
const listValue = z.looseObject({
  list: z.array(z.unknown()),
  total: z.union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number)]),
});
const optional = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null);
const printed = z.union([z.string(), z.number()]).nullish();
const name = z.string().trim().min(1);
/** What every row may carry; the title's and the date's names are the channel's. */
const rowSchema = z.looseObject({
  guid: name,
  jyptid: optional,
  codeName: optional,
  tenderProjectCode: optional,
  bulletinclass: optional,
});
type GgzyRow = z.output<typeof rowSchema>;

export function listRequest(context: GgzyContext, channelId: string, window: CrawlWindow, page: number): SourceRequest {
  const { listPath, query } = ggzyChannel(channelId);
  return {
    key: `list:${channelId}:${page}`,
    channelId,
    role: 'list',
    method: 'POST',
    url: context.settings.address + listPath,
    json: {
      // pageNum is the real one; a pageNo beside it is ignored.
      pageNum: page,
      pageSize: PAGE_SIZE,
      cityId: context.cityId,
      ...query,
      title: '',
      ...(window.since === null ? {} : { startTime: `${window.since.replaceAll('-', '')}000000` }),
      ...(window.until === null ? {} : { endTime: `${window.until.replaceAll('-', '')}235959` }),
    },
    expects: 'json',
    page,
    window,
  };
}

/** `value` of a reply; every code but "1" is the site's own error. */
export function valueOf(page: FetchedPage, settings: SourceSettings): unknown {
  const reply = shaped(envelope, jsonOf(page, settings), 'SITE_ERROR', page, '接口应答');
  if (String(reply.code) !== '1') {
    throw failure(
      errorCodeOf(page, reply.msg ?? reply.message),
      page,
      `接口返回 code ${reply.code}：${reply.msg ?? reply.message ?? ''}`,
      reply,
      {
        code: reply.code,
      },
    );
  }
  return reply.value;
}

export function readList(context: GgzyContext, page: FetchedPage): ListReading {
  const site = ggzyChannel(page.request.channelId);
  const data = shaped(listValue, valueOf(page, context.settings), 'LIST_STRUCTURE_CHANGED', page, '列表');
  if (data.list.length === 0) checkEmptiness(page, site.channel, data.total, PAGE_SIZE);
  const rows = data.list.map((row, index) => readRow(context, page, site, row, index));
  checkDates(page, rows, site.date);
  const window = page.request.window ?? { since: null, until: null };
  const further = page.request.page === 1 ? pagesAfterFirst(page, data.total, PAGE_SIZE) : [];
  return {
    role: 'list',
    rows,
    passedOver: [],
    total: data.total,
    next: further.map((number) => listRequest(context, site.channel.id, window, number)),
    reachesBackTo: null,
  };
}

function readRow(context: GgzyContext, page: FetchedPage, site: GgzyChannel, value: unknown, index: number): ListRow {
  const schema = rowSchema.extend({ [site.title]: name, [site.date]: printed });
  const row = shaped(schema, value, 'LIST_STRUCTURE_CHANGED', page, `列表第 ${index + 1} 条`) as GgzyRow;
  const title = row[site.title] as string;
  const asked = site.query['bulletinclass'];
  if (asked !== undefined && row.bulletinclass !== null && row.bulletinclass !== asked) {
    throw failure('UNKNOWN_COLUMN', page, `列表 ${asked} 中出现类型“${row.bulletinclass}”，见于《${title}》`, value, {
      label: row.bulletinclass,
    });
  }
  const facts: ListRowFacts = {
    externalId: row.guid,
    title,
    publishDate: rowTime(page, site.date, row[site.date] as z.output<typeof printed>),
    region: row.codeName ?? row.jyptid,
    extra: { jyptid: row.jyptid, codeName: row.codeName, tenderProjectCode: row.tenderProjectCode },
  };
  return {
    ...facts,
    inRegion:
      row.codeName !== null
        ? regionByField(context.region, row.codeName, title)
        : regionByPlatform(context.region, row.jyptid, title),
    detail: {
      key: `detail:${row.guid}`,
      channelId: site.channel.id,
      role: 'detail',
      method: 'GET',
      url: `${context.settings.address}${site.detailPath}?guid=${encodeURIComponent(row.guid)}`,
      expects: 'json',
      row: facts,
    },
  };
}
