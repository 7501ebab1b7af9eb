import type { IndicatorId } from '../model/lead.ts';
import { decisionWithinDay } from './decision-within-day.ts';
import { equalPrices } from './equal-prices.ts';
import type { Indicator } from './indicator.ts';
import { justBelowLine } from './just-below-line.ts';
import { repeatedWinner } from './repeated-winner.ts';
import { splitting } from './splitting.ts';

export const INDICATORS: readonly Indicator[] = [
  splitting,
  justBelowLine,
  repeatedWinner,
  equalPrices,
  decisionWithinDay,
];

export function indicatorOf(id: IndicatorId): Indicator {
  return INDICATORS.find((indicator) => indicator.id === id)!;
}
