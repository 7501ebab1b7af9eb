import type { NoticeReading } from '../../src/model/notice.ts';
import type { PageReading, SourceRequest } from '../../src/model/source.ts';

/** What an example pins down: identity, times, region, and the main fields of the notice. */
export function summaryOf(reading: PageReading): unknown {
  if (reading.role === 'warmup' || reading.role === 'attachments') return reading;
  if (reading.role === 'detail')
    return { ...reading, notice: reading.notice === null ? null : mainFields(reading.notice) };
  return {
    ...reading,
    rows: reading.rows.map(({ detail, ...row }) => ({ ...row, detail: asked(detail) })),
    next: reading.next.map(asked),
  };
}

function asked({ key, method, url, json, form }: SourceRequest): unknown {
  return {
    key,
    ask: `${method} ${url}`,
    ...(json === undefined ? {} : { json }),
    ...(form === undefined ? {} : { form }),
  };
}

function mainFields({ fields }: NoticeReading): unknown {
  const { kind, track, title, projectName, projectCode, purchaser, agency, suppliers, amount, amountKind } = fields;
  const { budget, publishDate, publicity, openingDate, contractDate, method, region, regionCode } = fields;
  return {
    ...{ kind, track, title, projectName, projectCode, purchaser, agency, suppliers, amount, amountKind, budget },
    ...{ publishDate, publicity: publicity && { from: publicity.from, to: publicity.to }, openingDate, contractDate },
    ...{ method, region, regionCode, lots: fields.lots.length },
    candidates: fields.candidates.map(({ rank, name, price }) => `${rank} ${name} ${price}`),
    parcels: fields.parcels,
  };
}
