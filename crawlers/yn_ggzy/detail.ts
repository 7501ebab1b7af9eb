import { z } from 'zod';

import type { NoticeFields, StatedPeriod } from '../../src/model/notice.ts';
import type { DetailReading, FetchedPage } from '../../src/model/source.ts';
import { readNotice } from '../../src/notices/read.ts';
import { attachmentsIn } from '../shared/attachments.ts';
import { failure } from '../shared/failing.ts';
import { detailTime, moreExact, namesIn, rowBehind, stated, withFiledPeriod } from '../shared/fields.ts';
import { belongsTo, regionOfPlatform } from '../shared/places.ts';
import { shaped, treeOf } from '../shared/reply.ts';
import { oddSections, withOddities } from '../shared/strict.ts';
import { numberOf } from '../shared/units.ts';
import { attachmentsRequest } from './attachments.ts';
import { ggzyChannel } from './channels.ts';
import type { GgzyChannel } from './channels.ts';
import { valueOf } from './list.ts';
import type { GgzyContext } from './list.ts';

/**
 * Below this a construction award is no amount: the field then holds a rate or a unit price
 * ("1", "1.46", "24.91": met in real notices), and the smallest contracts put to tender run to tens of thousands.
 */
const SMALLEST_AWARD_YUAN = 1000;

const optional = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null);
const printed = z.union([z.string(), z.number()]).nullish();
const extrasSchema = z.looseObject({
  jyptid: optional,
  codeName: optional,
  tenderProjectCode: optional,
  bidopentime: printed,
  publicitystarttime: printed,
  publicityendtime: printed,
  winbiddername: optional,
  bidamount: printed,
});

export function readDetail(context: GgzyContext, page: FetchedPage): DetailReading {
  const row = rowBehind(page);
  const site = ggzyChannel(page.request.channelId);
  const value = valueOf(page, context.settings);
  if (typeof value !== 'object' || value === null) throw failure('FIELD_MISSING', page, '接口没有返回公告内容', value);
  const record = value as Record<string, unknown>;
  const title = requiredText(record, site.title, page, '标题');
  const html = requiredText(record, site.body, page, '正文');
  const extras = shaped(extrasSchema, value, 'FIELD_MISSING', page, '公告内容');
  const date = shaped(printed, record[site.date], 'FIELD_MISSING', page, `公告日期 ${site.date}`);
  const platform = extras.jyptid ?? text(row.extra?.['jyptid']);
  const region = extras.codeName ?? text(row.extra?.['codeName']) ?? regionOfPlatform(context.region, platform);
  const publicUrl = publicAddress(row.externalId, site);
  const read = readNotice({
    title,
    html,
    url: publicUrl,
    publishDate: moreExact(detailTime(page, site.date, date), row.publishDate),
    columnKind: site.channel.kind,
    columnTrack: site.channel.track,
    region,
    headerCode: extras.tenderProjectCode ?? text(row.extra?.['tenderProjectCode']),
    structured: stated(structuredOf(page, extras)),
  });
  const reading = withFiledPeriod(read, publicityOf(page, site, extras), 'yn_ggzy.publicityendtime');
  return {
    role: 'detail',
    externalId: row.externalId,
    publicUrl,
    notice: belongsTo(context.region, reading, row) ? reading : null,
    attachments: html.includes('href') ? attachmentsIn(treeOf(html, page), 'a[href]', page) : [],
    // Files are filed apart: a further call a notice, made only where the text speaks of any.
    ...(reading.text.includes('附件') ? { attachmentList: attachmentsRequest(context, page) } : {}),
    // Procurement is published in the standard texts; construction and land have none.
    ...withOddities(site.channel.track === 'procurement' ? oddSections(reading.text) : []),
  };
}

function structuredOf(page: FetchedPage, extras: z.output<typeof extrasSchema>): Partial<NoticeFields> {
  const amount = numberOf(extras.bidamount);
  const isAward = amount !== null && amount >= SMALLEST_AWARD_YUAN;
  return {
    openingDate: detailTime(page, 'bidopentime', extras.bidopentime),
    suppliers: namesIn(extras.winbiddername),
    amount: isAward ? amount : null,
    amountKind: isAward ? 'award' : null,
  };
}

/** The publicity period that the platform files beside a candidate notice. */
function publicityOf(page: FetchedPage, site: GgzyChannel, extras: z.output<typeof extrasSchema>): StatedPeriod | null {
  if (site.channel.kind !== 'candidate') return null;
  const from = detailTime(page, 'publicitystarttime', extras.publicitystarttime);
  const to = detailTime(page, 'publicityendtime', extras.publicityendtime);
  if (to === null) return null;
  return { from, to, workdays: null, days: null, words: `公示时间 ${from ?? '未载'} 至 ${to}` };
}

function requiredText(record: Record<string, unknown>, field: string, page: FetchedPage, label: string): string {
  const value = record[field];
  if (typeof value !== 'string' || value.trim() === '') {
    throw failure('FIELD_MISSING', page, `公告没有${label}（${field}）`, record, { field });
  }
  return value.trim();
}

function publicAddress(guid: string, { channel, colCode }: GgzyChannel): string {
  const rowCode = encodeURIComponent(channel.name.replace(/^政府采购网·/, ''));
  return `https://ggzy.yn.gov.cn/tradeHall/tradeDetail?guid=${encodeURIComponent(guid)}&colCode=${colCode}&rowCode=${rowCode}&from=jiaoYi`;
}

function text(value: string | number | null | undefined): string | null {
  return value == null ? null : String(value);
}
