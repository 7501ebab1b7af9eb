import { readAmount, unitOf } from './amount.ts';
import type { AmountReading } from './amount.ts';
import type { Cell, Pair } from './pairs.ts';

/** A rate or a price of one, whatever stands behind it. */
const NO_TOTAL = /费率(?!、)|下浮|折扣|优惠率|单价(?!等)|保证金|服务费|代理费/;
const UNIT_ALONE = /^[（(]?\s?(?:人民币)?(?:万元|亿元|元)/;
const FIGURE_ALONE = /^[￥¥\s]*[\d,，]+(?:\.\d+)?$/;

/** Amount behind a label: the unit may stand in the label, with the figure, or in the cell after it. */
export function amountOfPair(pair: Pair, cells: readonly Cell[]): AmountReading | null {
  const unitCell = cells[pair.valueAt + 1]?.text ?? '';
  const value = FIGURE_ALONE.test(pair.value) && UNIT_ALONE.test(unitCell) ? `${pair.value}${unitCell}` : pair.value;
  return labelledAmount(pair.words, value);
}

/** Amount of a cell under a label or column header. */
export function labelledAmount(label: string, value: string): AmountReading | null {
  if (NO_TOTAL.test(label)) return null;
  const amount = readAmount(value, unitOf(label));
  return amount !== null && /元\s?[/／]\s?年|年租金|每年/.test(label) ? { ...amount, yearly: true } : amount;
}
