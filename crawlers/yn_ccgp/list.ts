import { z } from 'zod';

import type {
  CrawlWindow,
  FetchedPage,
  ListReading,
  ListRow,
  SourceRequest,
  SourceSettings,
} from '../../src/model/source.ts';
import { failure } from '../shared/failing.ts';
import { checkDates } from '../shared/listing.ts';
import { regionByField } from '../shared/places.ts';
import { jsonOf, shaped } from '../shared/reply.ts';
import { bodyOf, headers, plantedReason, reachOf, rowOf } from './reply.ts';
import type { CcgpContext } from './reply.ts';
import { finishDay, passedOverOf } from './rows.ts';

/** The largest page that the list's own selector was seen to offer (2016–2022: 10, 50, 100, 200). */
const ROW_COUNT = 200;

const optional = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null);
const rowSchema = z.looseObject({
  bulletin_id: z.string().trim().min(1),
  bulletintitle: z.string().trim().min(1),
  bulletinclass: optional,
  bulletinclasschina: optional,
  codeName: optional,
  finishday: z.union([z.string(), z.number()]).nullish(),
  tabletype: z.union([z.string(), z.number()]).nullish(),
});
const dataSchema = z.looseObject({
  rows: z.array(z.unknown()),
  total: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]),
});

/** Page 1 alone: page 2 and beyond ask for a captcha (406, seen 2026-09-18), which is not ours to pass. */
export function listRequest(settings: SourceSettings, window: CrawlWindow): SourceRequest {
  return {
    key: 'list:list:1',
    channelId: 'list',
    role: 'list',
    method: 'POST',
    url: `${settings.address}/api/procurement/Procurement.gghtMoreList.svc?captchaCheckFlag=0&p=1`,
    headers: headers(settings),
    form: { current: '1', rowCount: String(ROW_COUNT), searchPhrase: '' },
    expects: 'json',
    page: 1,
    window,
  };
}

export function readList(context: CcgpContext, page: FetchedPage): ListReading {
  const body = bodyOf(page, jsonOf(page, context.settings));
  if (isEmptyObject(body)) {
    throw failure('SITE_ERROR', page, '公告列表返回空对象：会话未建立（应先访问 otheruse.getdistrictlist.svc）', body);
  }
  const data = shaped(dataSchema, body, 'LIST_STRUCTURE_CHANGED', page, '公告列表');
  if (data.rows.length === 0) throw failure('LIST_EMPTY', page, `公告列表没有条目，网站称共 ${data.total} 条`, body);
  const rows: ListRow[] = [];
  const planted: string[] = [];
  const dated = data.rows.map((value, index) => {
    const row = shaped(rowSchema, value, 'LIST_STRUCTURE_CHANGED', page, `公告列表第 ${index + 1} 条`);
    const reason = plantedReason(row.bulletin_id, row.bulletintitle);
    if (reason !== null) {
      planted.push(reason);
      return { publishDate: null };
    }
    const publishDate = finishDay(page, 'finishday', row.finishday);
    rows.push(
      rowOf(context, page, {
        id: row.bulletin_id,
        title: row.bulletintitle,
        classCode: row.bulletinclass,
        className: row.bulletinclasschina,
        facts: { publishDate, region: row.codeName },
        inRegion: regionByField(context.region, row.codeName, row.bulletintitle),
      }),
    );
    return { publishDate };
  });
  checkDates(page, rows, 'finishday');
  return {
    role: 'list',
    rows,
    passedOver: passedOverOf(planted),
    // The list stops at its newest rows on purpose; its total says nothing about what this query should have shown.
    total: data.total <= data.rows.length ? data.total : null,
    next: [],
    reachesBackTo: reachOf(dated, data.total <= data.rows.length),
  };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
