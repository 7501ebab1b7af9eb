import type { DetailReading, FetchedPage } from '../../src/model/source.ts';
import { readNotice } from '../../src/notices/read.ts';
import { attachmentsIn } from '../shared/attachments.ts';
import { failure } from '../shared/failing.ts';
import { detailTime, moreExact, rowBehind, stated, withFiledPeriod } from '../shared/fields.ts';
import { treeOf } from '../shared/reply.ts';
import { readDeal, readResult, readTransfer } from './bodies.ts';
import { dataOf, landChannel } from './list.ts';
import type { LandContext } from './list.ts';

export function readDetail(context: LandContext, page: FetchedPage): DetailReading {
  const { channel, publicType } = landChannel(page.request.channelId);
  const row = rowBehind(page);
  const data = dataOf(page, context.settings);
  if (data === null || data === undefined) throw failure('FIELD_MISSING', page, '接口没有返回公告内容', data);
  const readers = { transfer: readTransfer, deal: readDeal, result: readResult };
  const body = readers[channel.id as keyof typeof readers](data, page);
  const regionCode = body.regionCode ?? stringOf(row.extra?.['xzqDm']);
  const externalId = row.externalId;
  const publicUrl = publicAddress(externalId, publicType);
  if (regionCode === null)
    throw failure('FIELD_MISSING', page, '公告没有行政区划代码（xzqDm），无法判断是否属于本地区', data);
  const attachments = body.html?.includes('href') ? attachmentsIn(treeOf(body.html, page), 'a[href]', page) : [];
  if (regionCode !== context.region.code) return { role: 'detail', externalId, publicUrl, notice: null, attachments };
  const reading = readNotice({
    title: body.title,
    html: body.html,
    text: body.text,
    url: publicUrl,
    publishDate: moreExact(detailTime(page, 'fbSj', body.publishDate), row.publishDate),
    columnKind: channel.kind,
    columnTrack: channel.track,
    region: context.region.name,
    structured: stated({ ...body.structured, regionCode, category: 'land' }),
  });
  const notice = withFiledPeriod(reading, body.filedPeriod ?? null, 'landchina.jzrq');
  return { role: 'detail', externalId, publicUrl, notice, attachments };
}

function publicAddress(id: string, type: string): string {
  return `https://www.landchina.com/#/landSupplyDetail?id=${encodeURIComponent(id)}&type=${encodeURIComponent(type)}&path=0`;
}

function stringOf(value: string | number | null | undefined): string | null {
  return value == null ? null : String(value);
}
