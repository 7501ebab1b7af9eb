import { plainStated } from '../model/day-words.ts';
import type { FieldName } from '../model/notice.ts';
import {
  AMOUNT_KIND_NAMES,
  CATEGORY_NAMES,
  METHOD_NAMES,
  NOTICE_KIND_NAMES,
  TRACK_NAMES,
} from '../model/notice-names.ts';

const NAMES: Partial<Record<FieldName, Readonly<Record<string, string>>>> = {
  kind: NOTICE_KIND_NAMES,
  track: TRACK_NAMES,
  method: METHOD_NAMES,
  category: CATEGORY_NAMES,
  amountKind: AMOUNT_KIND_NAMES,
  subtype: { municipal: '市政工程', other: '其他工程' },
};

/** A field's value in one line, as a reader of the page would write it; of a compound one the words that they need. */
export function fieldText(field: FieldName, value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '未载明';
  const named = typeof value === 'string' ? NAMES[field]?.[value] : undefined;
  if (named !== undefined) return named;
  if (field === 'round') return `第${String(value)}次`;
  if (Array.isArray(value)) return value.map((item) => one(item)).join(typeof value[0] === 'object' ? '；' : '、');
  return one(value);
}

function one(value: unknown): string {
  if (typeof value === 'string') return readable(value);
  if (typeof value === 'number') return yuan(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'object' && value !== null ? compound(value as Record<string, unknown>) : '未载明';
}

/** A candidate, a lot, a parcel, a period, a reference to another notice. */
function compound(value: Record<string, unknown>): string {
  const { rank, name, id, price, amount, budget, suppliers, failed, from, to, words, code, winner, dealPrice, lot } =
    value;
  const money = (label: string, sum: unknown) => (typeof sum === 'number' ? [`${label}${yuan(sum)}`] : []);
  if (typeof rank === 'number') {
    const of = typeof lot === 'string' ? `第${lot}包` : '';
    return [`${of}第${rank}名 ${String(name)}`, ...money('报价 ', price)].join('，');
  }
  if (typeof id === 'string') {
    const winners = Array.isArray(suppliers) ? (suppliers as string[]) : [];
    const parts = [...(failed === true ? ['废标'] : winners), ...money('', amount), ...money('预算 ', budget)];
    return [typeof name === 'string' ? name : `第${id}包`, ...parts].join('，');
  }
  if (typeof code === 'string' && 'dealPrice' in value) {
    return [code, ...(typeof winner === 'string' ? [winner] : []), ...money('成交价 ', dealPrice)].join('，');
  }
  if (typeof from === 'string' || typeof to === 'string') return `${day(from)}至${day(to)}`;
  if (typeof words === 'string') return words;
  const said = Object.values(value).filter((part): part is string => typeof part === 'string');
  return said.length === 0 ? '未载明' : said.map(readable).join('，');
}

const yuan = (sum: number): string => `${sum.toLocaleString('zh-CN')} 元`;

function day(value: unknown): string {
  return typeof value === 'string' ? readable(value) : '未载明';
}

/** A whole text that is a day or a moment; a code (KYZC2026-JT-0005) stays as it is. */
function readable(text: string): string {
  return text.replace(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/, plainStated);
}
