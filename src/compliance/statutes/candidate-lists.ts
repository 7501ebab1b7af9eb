import type { ProjectLife } from '../../model/life.ts';
import { sameParty } from '../names.ts';
import { awards, eventsOfKind, ofLot, outcomeOf } from './looking.ts';
import type { Sight } from './statute.ts';

/** Winners against every candidate list of the lot; a list that names no lot speaks of all. */
export function winnersAmongCandidates(life: ProjectLife): Sight[] {
  const lists = eventsOfKind(life, 'candidate');
  if (lists.length === 0) return [];
  return awards(life).map(({ lot, event }): Sight => {
    const winners = outcomeOf(event, lot)?.suppliers ?? [];
    const names = lists.flatMap((e) =>
      e.candidates.filter((c) => c.lot === null || c.lot === lot).flatMap((c) => c.names),
    );
    const events = [...lists, event];
    if (winners.length === 0 || names.length === 0) {
      return { lot, is: 'doubt', code: 'FACTS_MISSING', because: `${ofLot(lot)}候选人或中标人未载明`, events };
    }
    const listed =
      names.some((name) => sameParty(name, winners.join('、'))) ||
      winners.every((winner) => names.some((name) => sameParty(name, winner)));
    if (listed) return { lot, is: 'kept', because: `${ofLot(lot)}中标人在候选人之列`, events };
    const because = `${ofLot(lot)}中标人${winners.join('、')}不在公示的候选人（${names.join('、')}）之列`;
    const corrected = eventsOfKind(life, 'correction').some((c) => c.published >= lists[0]!.published);
    return corrected
      ? { lot, is: 'doubt', code: 'FACTS_MISSING', because: `${because}；公示之后有更正公告，须人工核对`, events }
      : { lot, is: 'breach', code: 'WINNER_NOT_CANDIDATE', because, events };
  });
}

/**
 * The same where the law asks for the order, too (政府采购法实施条例 art. 43): a lower one who wins alone without a
 * published reason is a question. The latest list ranks; several winners, or a list of several lots, say nothing of it.
 */
export function rankedWinners(life: ProjectLife): Sight[] {
  return winnersAmongCandidates(life).map((sight): Sight => {
    if (sight.is !== 'kept' || life.project.skipExplained === true) return sight;
    const { lot, events } = sight;
    const winners = outcomeOf(events.at(-1)!, lot)?.suppliers ?? [];
    const latest = eventsOfKind(life, 'candidate').findLast((e) => e.candidates.some((c) => c.lot === lot));
    const first = latest?.candidates.find((c) => c.lot === lot)?.names[0];
    if (winners.length !== 1 || first === undefined || sameParty(first, winners[0]!)) return sight;
    const because = `${ofLot(lot)}中标（成交）人${winners[0]!}不是第一候选人${first}，未见公布理由`;
    return { lot, is: 'doubt', code: 'FIRST_CANDIDATE_SKIPPED', because, events };
  });
}
