import type { LifeEvent, ProjectLife } from '../../model/life.ts';
import { sameParty } from '../names.ts';
import { plainDay } from '../../model/day-words.ts';
import { awards, contractsOf, eventsOfKind, ofLot, outcomeOf } from './looking.ts';
import type { Sight } from './statute.ts';

/** Each awarded lot's contract against its award: another party is a breach, another price a question. */
export function contractsLikeAwards(life: ProjectLife): Sight[] {
  return awards(life).flatMap(({ lot, event }) => {
    const contract = contractsOf(life, lot).find((c) => outcomeOf(c, lot) !== null);
    return contract === undefined ? [] : [compare(life, lot, event, contract)];
  });
}

function compare(life: ProjectLife, lot: string | null, award: LifeEvent, contract: LifeEvent): Sight {
  const [won, signed] = [outcomeOf(award, lot), outcomeOf(contract, lot)];
  const events = [award, contract];
  if (won === null || signed === null || won.suppliers.length === 0 || signed.suppliers.length === 0) {
    return { lot, is: 'doubt', code: 'FACTS_MISSING', because: `${ofLot(lot)}结果或合同公告未载明供应商`, events };
  }
  const same =
    sameParty(won.suppliers.join('、'), signed.suppliers.join('、')) ||
    signed.suppliers.every((name) => won.suppliers.some((other) => sameParty(name, other)));
  if (!same) {
    const because =
      `${ofLot(lot)}${plainDay(award.published)}的结果为${won.suppliers.join('、')}，` +
      `${plainDay(contract.published)}公布的合同乙方为${signed.suppliers.join('、')}`;
    // A corrected result may name another winner: what the correction says is not known here.
    const corrected = eventsOfKind(life, 'correction').some((c) => c.published >= award.published);
    return corrected
      ? { lot, is: 'doubt', code: 'FACTS_MISSING', because: `${because}；结果之后有更正公告，须人工核对`, events }
      : { lot, is: 'breach', code: 'CONTRACT_PARTY_DIFFERS', because, events };
  }
  if (won.amount !== null && signed.amount !== null && Math.abs(won.amount - signed.amount) > 1) {
    const because = `${ofLot(lot)}中标（成交）金额${won.amount}元，合同金额${signed.amount}元`;
    return { lot, is: 'doubt', code: 'CONTRACT_AMOUNT_DIFFERS', because, events };
  }
  return { lot, is: 'kept', because: `${ofLot(lot)}合同当事人与结果一致`, events };
}
