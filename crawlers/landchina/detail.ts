import { z } from 'zod';

import type { Method, NoticeFields, ParcelReading } from '../../src/model/notice.ts';
import type { DetailReading, FetchedPage } from '../../src/model/source.ts';
import { readNotice } from '../../src/notices/read.ts';
import { failure } from '../shared/failing.ts';
import { detailDay, detailTime, moreExact, rowBehind, stated } from '../shared/fields.ts';
import { shaped } from '../shared/reply.ts';
import { numberOf, sqmFromHectares, yuanFromWan } from '../shared/units.ts';
import { dataOf, landChannel, resultTitle } from './list.ts';
import type { LandContext } from './list.ts';

const text = z.string().trim().min(1);
const optionalText = z
  .string()
  .trim()
  .nullish()
  .transform((value) => (value === '' ? null : (value ?? null)));
const printed = z.union([z.string(), z.number()]).nullish();
const code = printed.transform((value) => (value == null || value === '' ? null : String(value)));

/** Parcels of a notice: `mj` in ㎡, prices in 万元. */
const parcelSchema = z.looseObject({
  zdBh: text,
  zdZl: optionalText,
  mj: printed,
  tdYt: optionalText,
  qsj: printed,
  cjJg: printed,
  srDw: optionalText,
});
const parcels = z.array(parcelSchema).nullish();
const transferSchema = z.looseObject({ gyggBt: text, fbSj: printed, xzqDm: code, gyggNr: text, relate: parcels });
const dealSchema = z.looseObject({
  gsbt: text,
  fbSj: printed,
  jzrq: printed,
  gyFs: code,
  xzqDm: code,
  gsNr: text,
  relate: parcels,
});
/** A supply result is fields alone: `gyMj` in 公顷, `je` in 万元. */
const resultSchema = z.looseObject({
  xzqDm: code,
  xzqFullName: optionalText,
  xmMc: optionalText,
  tdZl: text,
  gyFs: code,
  gyMj: printed,
  tdYt: optionalText,
  qdRq: printed,
  je: printed,
  dzBaBh: optionalText,
  srr: optionalText,
  pzdw: optionalText,
  zdBh: optionalText,
});

/** 供地方式 by name and by the code of the old dictionary, which some records still carry. */
const METHODS: [RegExp, Method][] = [
  [/挂牌|^23$/, 'listing'],
  [/拍卖|^22$/, 'auction'],
  [/招标|^21$/, 'open_tender'],
  [/协议|^3$/, 'agreement'],
  [/划拨|^1$/, 'allocation'],
];

type Printed = string | number | null | undefined;

interface LandBody {
  title: string;
  html?: string;
  text?: string;
  publishDate: Printed;
  regionCode: string | null;
  region: string | null;
  structured: Partial<NoticeFields>;
}

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
  const notice =
    regionCode === context.region.code
      ? readNotice({
          title: body.title,
          html: body.html,
          text: body.text,
          url: publicUrl,
          publishDate: moreExact(detailTime(page, 'fbSj', body.publishDate), row.publishDate),
          columnKind: channel.kind,
          columnTrack: channel.track,
          region: body.region ?? context.region.name,
          structured: stated({ ...body.structured, regionCode, category: 'land' }),
        })
      : null;
  return { role: 'detail', externalId, publicUrl, notice, attachments: [] };
}

function readTransfer(data: unknown, page: FetchedPage): LandBody {
  const body = shaped(transferSchema, data, 'FIELD_MISSING', page, '出让公告');
  const list = (body.relate ?? []).map(parcelOf);
  return {
    title: body.gyggBt,
    html: body.gyggNr,
    publishDate: body.fbSj,
    regionCode: body.xzqDm,
    region: null,
    structured: { ...parcelFields(list, 'startPrice'), ...methodOf(body.gyggBt) },
  };
}

function readDeal(data: unknown, page: FetchedPage): LandBody {
  const body = shaped(dealSchema, data, 'FIELD_MISSING', page, '成交公示');
  const list = (body.relate ?? []).map(parcelOf);
  return {
    title: body.gsbt,
    html: body.gsNr,
    publishDate: body.fbSj,
    regionCode: body.xzqDm,
    region: null,
    structured: {
      ...parcelFields(list, 'dealPrice'),
      ...methodOf(body.gyFs),
      ...publicityOf(page, body.fbSj, body.jzrq),
      suppliers: [...new Set(list.flatMap(({ winner }) => (winner === null ? [] : [winner])))],
    },
  };
}

function readResult(data: unknown, page: FetchedPage): LandBody {
  const body = shaped(resultSchema, data, 'FIELD_MISSING', page, '供地结果');
  const deal = yuanFromWan(body.je);
  const signed = detailDay(page, 'qdRq', body.qdRq);
  const codes = [body.zdBh, body.dzBaBh].filter((value) => value !== null);
  const lines: [string, unknown][] = [
    ['行政区', body.xzqFullName],
    ['项目名称', body.xmMc],
    ['土地坐落', body.tdZl],
    ['宗地编号', body.zdBh],
    ['电子监管号', body.dzBaBh],
    ['供地方式', body.gyFs],
    ['面积(公顷)', body.gyMj],
    ['土地用途', body.tdYt],
    ['土地使用权人', body.srr],
    ['成交价格(万元)', body.je],
    ['批准单位', body.pzdw],
    ['合同签订日期', signed],
  ];
  return {
    title: resultTitle(body.tdZl),
    text: lines
      .flatMap(([label, value]) => (value == null || value === '' ? [] : [`${label}：${String(value)}`]))
      .join('\n'),
    publishDate: null,
    regionCode: body.xzqDm,
    region: body.xzqFullName,
    structured: {
      projectName: body.xmMc,
      codes,
      suppliers: body.srr === null ? [] : [body.srr],
      amount: deal,
      amountKind: deal === null ? null : 'deal',
      contractDate: signed,
      ...methodOf(body.gyFs),
      parcels:
        codes[0] === undefined
          ? []
          : [
              {
                code: codes[0],
                location: body.tdZl,
                areaSqm: sqmFromHectares(body.gyMj),
                use: body.tdYt,
                startPrice: null,
                dealPrice: deal,
                winner: body.srr,
              },
            ],
    },
  };
}

function parcelOf(parcel: z.output<typeof parcelSchema>): ParcelReading {
  return {
    code: parcel.zdBh,
    location: parcel.zdZl,
    areaSqm: numberOf(parcel.mj),
    use: parcel.tdYt,
    startPrice: yuanFromWan(parcel.qsj),
    dealPrice: yuanFromWan(parcel.cjJg),
    winner: parcel.srDw,
  };
}

/** The notice's amount is its parcel's where there is one; a sum over several would be ours, not the notice's. */
function parcelFields(list: ParcelReading[], price: 'startPrice' | 'dealPrice'): Partial<NoticeFields> {
  const amount = list.length === 1 ? list[0]![price] : null;
  return {
    parcels: list,
    amount,
    amountKind: amount === null ? null : price === 'startPrice' ? 'start_price' : 'deal',
  };
}

function methodOf(words: string | null): Partial<NoticeFields> {
  const found = METHODS.find(([pattern]) => pattern.test(words ?? ''));
  return found === undefined ? {} : { method: found[1] };
}

/** 公示截止: the record states the end; the beginning is the day of publication. */
function publicityOf(page: FetchedPage, published: Printed, end: Printed): Partial<NoticeFields> {
  const to = detailDay(page, 'jzrq', end);
  if (to === null) return {};
  const from = detailDay(page, 'fbSj', published);
  return { publicity: { from, to, workdays: null, days: null, words: `公示截止日期 ${to}` } };
}

function publicAddress(id: string, type: string): string {
  return `https://www.landchina.com/#/landSupplyDetail?id=${encodeURIComponent(id)}&type=${encodeURIComponent(type)}&path=0`;
}

function stringOf(value: string | number | null | undefined): string | null {
  return value == null ? null : String(value);
}
