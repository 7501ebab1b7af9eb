import { lotsIn } from './lots.ts';
import { foldWidth } from './text.ts';

/** What a number with a unit turned out to be. Only `total` and `yearly` are amounts. */
type Nature = 'total' | 'yearly' | 'rate' | 'unit_price';

interface FoundAmount {
  /** In yuan; a rate keeps its figure. */
  yuan: number;
  nature: Nature;
  /** A unit or ￥ stands with the figure, or its label names the unit. */
  explicit: boolean;
  start: number;
  end: number;
}

/** Yuan of one 元, 万元, 亿元. */
const SCALE: Record<string, number> = { 元: 1, 千元: 1e3, 万: 1e4, 万元: 1e4, 亿: 1e8, 亿元: 1e8, 百万元: 1e6 };
/** Below this no tender, award or contract is worth a notice: 投标报价 1.46 元 is a rate that a form calls yuan. */
const LEAST_YUAN = 100;
/** Beyond a trillion yuan the figure is something else (a bank account, a code). */
const MOST_YUAN = 1e12;

const NUMBER =
  /(?<![\d.A-Za-z])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\dA-Za-z])\s?([(]?\s?(?:人民币)?\s?(亿元|百万元|千元|万元|亿|万|元)(?:\s?[(]?人民币[)]?)?\s?[)]?)?/g;
/** 元/工日, 元/㎡ … : the price of one of many. */
const UNIT_PRICE =
  /^\s?(?:\/|每)\s?(?:工日|人|吨|天|日|米|m|㎡|平方|立方|套|台|件|个|份|次|月|公里|千米|亩|株|户|页|点|车|辆|只|升|公斤|kg|包(?!\d))/i;
const YEARLY = /^\s?(?:\/|每)\s?年/;
/** 单价每套（￥460）, 每年125000元 */
const UNIT_PRICE_BEFORE = /(?:单价|每[套台件个份次人月吨米户页])[^\d，。；]{0,6}$/;
const YEARLY_BEFORE = /每年[^\d，。；]{0,4}$/;
const RATE_AFTER = /^\s?(?:%|％|‰|折)/;
const RATE_BEFORE = /(?:费率|下浮(?:比例|率|系数)?|折扣率?|优惠率|比例|系数|得分|评分|总分|税率)\s?(?:为|:|：)?\s?$/;

/** Unit that a label or a column header states: 预算金额（万元） → 10,000. Null: it states none. */
export function unitOf(label: string): number | null {
  const m =
    /[(（:：/]\s?(?:单位[:：]?)?(?:人民币)?[/:：]?\s?(亿元|百万元|千元|万元|元)\s?(?:[/]?人民币)?\s?[)）]?/.exec(label);
  return m?.[1] === undefined ? null : (SCALE[m[1]] ?? null);
}

/** Every figure of a text that could be money, with what it is. `unit`: yuan per figure where the label names it. */
function findAmounts(text: string, unit: number | null = null): FoundAmount[] {
  const folded = foldWidth(text).replace(/RMB|CNY/g, '￥');
  const found: FoundAmount[] = [];
  for (const m of folded.matchAll(NUMBER)) {
    const printed = m[3];
    const figure = Number((m[1] ?? '').replaceAll(',', ''));
    const end = m.index + m[0].length;
    const nature = natureOf(folded, m.index, end);
    const scale = printed === undefined ? (unit ?? 1) : (SCALE[printed] ?? 1);
    found.push({
      yuan: Math.round(figure * scale * 100) / 100,
      nature,
      explicit: printed !== undefined || unit !== null || /[￥¥]\s?$/.test(folded.slice(0, m.index)),
      start: m.index,
      end,
    });
  }
  return found;
}

function natureOf(text: string, start: number, end: number): Nature {
  const after = text.slice(end, end + 8);
  const before = text.slice(Math.max(0, start - 12), start);
  if (RATE_AFTER.test(after) || RATE_BEFORE.test(before)) return 'rate';
  if (YEARLY.test(after) || YEARLY_BEFORE.test(before)) return 'yearly';
  return UNIT_PRICE.test(after) || UNIT_PRICE_BEFORE.test(before) ? 'unit_price' : 'total';
}

export interface AmountReading {
  yuan: number;
  yearly: boolean;
}

/**
 * The amount of a cell or of the words behind a label, in yuan. Null for a rate (下浮 24.91%), a unit price
 * (286.6元/工日), a placeholder (0元), and a figure too small or too large to be one. Figures in digits win over
 * capitals, which are read where no digits stand.
 */
export function readAmount(text: string, unit: number | null = null): AmountReading | null {
  const figures = findAmounts(text, unit).filter(({ yuan }) => Number.isFinite(yuan));
  const candidates = figures.filter((a) => isPlausible(a) && (a.explicit || isBare(text, a)));
  const first = candidates.find((a) => a.explicit) ?? candidates[0];
  if (first === undefined) return figures.some(isMoney) ? null : capitalsOf(text);
  const list = listedSum(text, figures);
  if (list === null && lotsIn(text).length > 1) return ofLots(text, candidates);
  return { yuan: list ?? first.yuan, yearly: first.nature === 'yearly' };
}

/** A rate or an amount of some kind; 工期90日历天 behind the capitals is neither. */
function isMoney({ explicit, nature }: FoundAmount): boolean {
  return explicit || nature !== 'total';
}

/** 第一标段：120万元；第二标段：80万元 is 200 together; one lot's amount is never the total. */
function ofLots(text: string, figures: FoundAmount[]): AmountReading | null {
  const folded = foldWidth(text);
  const total = figures.find(({ start }) => /(?:总|合计|共计|共)[^\d，。；]{0,8}$/.test(folded.slice(0, start)));
  if (total !== undefined) return { yuan: total.yuan, yearly: total.nature === 'yearly' };
  if (figures.length !== lotsIn(text).length || !figures.every(({ explicit }) => explicit)) return null;
  return { yuan: sumOf(figures), yearly: figures.every(({ nature }) => nature === 'yearly') };
}

const sumOf = (figures: FoundAmount[]): number =>
  Math.round(figures.reduce((sum, { yuan }) => sum + yuan, 0) * 100) / 100;

function isPlausible(a: FoundAmount): boolean {
  return (a.nature === 'total' || a.nature === 'yearly') && a.yuan >= LEAST_YUAN && a.yuan <= MOST_YUAN;
}

/** Without a unit a figure counts only where it is the whole cell, and large enough not to be a count or a score. */
function isBare(text: string, a: FoundAmount): boolean {
  const rest = foldWidth(text).slice(0, a.start) + foldWidth(text).slice(a.end);
  return /^[\s￥¥约人民币:()投标总报价]*$/.test(rest) && a.yuan >= 1000;
}

/** Figures alone, each with its unit or none. */
const LIST = /^\s*[￥¥]?\d+(?:\.\d+)?(?:万?元)?(?:\s*[,;、]\s*[￥¥]?\d+(?:\.\d+)?(?:万?元)?)+\s*$/;

/** 2097600,400000,1350000: one figure a lot, in a cell whose label names the unit. */
function listedSum(text: string, figures: FoundAmount[]): number | null {
  return figures.length > 1 && LIST.test(foldWidth(text)) ? sumOf(figures) : null;
}

const CAPITAL_DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  壹: 1,
  贰: 2,
  貳: 2,
  叁: 3,
  参: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
};
const CAPITAL_PLACES: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };

/** 捌拾柒万叁仟伍佰元整 → 873500. */
function capitalsOf(text: string): AmountReading | null {
  const m =
    /[壹贰貳叁参肆伍陆柒捌玖拾][零〇壹贰貳叁参肆伍陆柒捌玖拾佰仟万亿]{0,40}[元圆](?:[零〇壹贰貳叁参肆伍陆柒捌玖角分整正]{0,8})/.exec(
      text,
    );
  if (m === null) return null;
  const [whole = '', rest = ''] = m[0].split(/[元圆]/);
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const c of whole) {
    const value = CAPITAL_DIGITS[c];
    const place = CAPITAL_PLACES[c];
    if (value !== undefined) digit = value;
    else if (place !== undefined) {
      section += (digit === 0 ? 1 : digit) * place;
      digit = 0;
    } else {
      const scale = c === '亿' ? 1e8 : 1e4;
      if (c === '亿') total = (total + section + digit) * scale;
      else total += (section + digit) * scale;
      section = 0;
      digit = 0;
    }
  }
  const part = (mark: string): number => CAPITAL_DIGITS[rest[rest.indexOf(mark) - 1] ?? ''] ?? 0;
  const yuan = total + section + digit + part('角') / 10 + part('分') / 100;
  return yuan >= LEAST_YUAN ? { yuan: Math.round(yuan * 100) / 100, yearly: false } : null;
}
