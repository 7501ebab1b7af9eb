import type { LocalDay } from '../model/day.ts';
import type { Category } from '../model/notice.ts';

/** Open-tender line (公开招标数额标准) of government procurement from a day on, in yuan. */
export interface OpenTenderLine {
  from: LocalDay;
  /** Goods and services. Works follow the must-tender rules and have no line here. */
  goodsAndServices: number;
  /** Where the figure comes from; `verified` is false where the primary text was not read. */
  basis: string;
  verified: boolean;
}

/**
 * The catalogue of the province sets the line. Its text was not at hand: the figure is the one that central budget units
 * have since 2020 (国办发〔2019〕55号: 200万元) and is to be confirmed with the finance bureau. An operator's own table replaces this one.
 * Before 2020 nothing is known here, and the answer is "unknown".
 */
const DEFAULT_OPEN_TENDER_LINES: readonly OpenTenderLine[] = [
  {
    from: '2020-01-01',
    goodsAndServices: 2_000_000,
    basis: '国办发〔2019〕55号（中央预算单位）；云南省分散采购数额标准未核实',
    verified: false,
  },
];

/**
 * True at or above the line of that day (以上 includes the figure), null where line, budget or category is not known.
 * An award is never above its budget, so an award at the line proves a budget there; a smaller one proves nothing.
 */
export function aboveOpenTenderLine(
  on: LocalDay,
  { category, budget, award }: { category: Category | null; budget: number | null; award: number | null },
  lines: readonly OpenTenderLine[] = DEFAULT_OPEN_TENDER_LINES,
): boolean | null {
  if (category !== 'goods' && category !== 'services') return null;
  const line = lines.filter((l) => l.from <= on).sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.goodsAndServices;
  if (line === undefined) return null;
  if (budget !== null) return budget >= line;
  return award !== null && award >= line ? true : null;
}
