import type { ProjectLife } from '../../model/life.ts';
import { awards, ofLot, outcomeOf } from './looking.ts';
import type { Sight } from './statute.ts';

/** An award this many times its ceiling is a unit misread (万元 for 元), by us or by the page: it accuses nobody. */
const MISREAD = 20;

/** Awards against the highest ceiling or budget that any notice of the round states for the lot. */
export function awardsWithinCeiling(life: ProjectLife): Sight[] {
  return awards(life).map(({ lot, event }): Sight => {
    const amount = outcomeOf(event, lot)?.amount ?? null;
    const stated = life.events.flatMap((e) => outcomeOf(e, lot)?.ceiling ?? []);
    const ceilings = lot === null && life.ceiling !== null ? [...stated, life.ceiling] : stated;
    const ceiling = ceilings.length === 0 ? null : Math.max(...ceilings);
    if (amount === null || ceiling === null || amount > ceiling * MISREAD) {
      const because = `${ofLot(lot)}${amount === null ? '中标（成交）金额' : '预算或最高限价'}未载明，或金额单位存疑`;
      return { lot, is: 'doubt', code: 'FACTS_MISSING', because, events: [event] };
    }
    const words = `${ofLot(lot)}中标（成交）金额${amount}元，预算或最高限价${ceiling}元`;
    return amount > ceiling
      ? {
          lot,
          is: 'breach',
          code: 'AWARD_ABOVE_CEILING',
          because: `${words}，超出${round(amount - ceiling)}元`,
          events: [event],
        }
      : { lot, is: 'kept', because: words, events: [event] };
  });
}

/** Fen, without the tail of floating point. */
function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}
