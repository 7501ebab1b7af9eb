import { z } from 'zod';

import type { Method, NoticeFields, ParcelReading, StatedPeriod } from '../../src/model/notice.ts';
import type { FetchedPage } from '../../src/model/source.ts';
import { detailDay } from '../shared/fields.ts';
import { shaped } from '../shared/reply.ts';
import { numberOf, sqmFromHectares, yuanFromWan } from '../shared/units.ts';
import { resultTitle } from './list.ts';

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

/** One record, whichever of the three columns it is of, as far as the notice's reader needs it. */
interface LandBody {
  title: string;
  html?: string;
  text?: string;
  publishDate: Printed;
  regionCode: string | null;
  structured: Partial<NoticeFields>;
  /** The publicity period as the record files it, beside the text's own. */
  filedPeriod?: StatedPeriod | null;
}

export function readTransfer(data: unknown, page: FetchedPage): LandBody {
  const body = shaped(transferSchema, data, 'FIELD_MISSING', page, '出让公告');
  const list = (body.relate ?? []).map(parcelOf);
  return {
    title: body.gyggBt,
    html: body.gyggNr,
    publishDate: body.fbSj,
    regionCode: body.xzqDm,
    structured: { ...parcelFields(list, 'startPrice'), ...methodOf(body.gyggBt) },
  };
}

export function readDeal(data: unknown, page: FetchedPage): LandBody {
  const body = shaped(dealSchema, data, 'FIELD_MISSING', page, '成交公示');
  const list = (body.relate ?? []).map(parcelOf);
  return {
    title: body.gsbt,
    html: body.gsNr,
    publishDate: body.fbSj,
    regionCode: body.xzqDm,
    filedPeriod: periodOf(page, body.fbSj, body.jzrq),
    structured: {
      ...parcelFields(list, 'dealPrice'),
      ...methodOf(body.gyFs),
      suppliers: [...new Set(list.flatMap(({ winner }) => (winner === null ? [] : [winner])))],
    },
  };
}

export function readResult(data: unknown, page: FetchedPage): LandBody {
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

/** 公示截止: the record files the end; the beginning is the day of publication. */
function periodOf(page: FetchedPage, published: Printed, end: Printed): StatedPeriod | null {
  const to = detailDay(page, 'jzrq', end);
  if (to === null) return null;
  return { from: detailDay(page, 'fbSj', published), to, workdays: null, days: null, words: `公示截止日期 ${to}` };
}
