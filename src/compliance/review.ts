import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { ComputedDates } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';
import { countedDays, countPeriod, daysMissing } from './counting.ts';
import type { Decided } from './decided.ts';
import { projectDay } from './evidence.ts';
import type { Event } from './evidence.ts';
import { asPublicity, asResult, evidence } from './exhibits.ts';
import { explainReview } from './explain-review.ts';
import { kyReview3d } from './rules/ky-review-3d.ts';
import { reviewAs, unknownToReview } from './review-reach.ts';
import { compareJudgements } from './severity.ts';

/**
 * The review alert: a government-procurement result of a buyer in the operator's region without three full days of
 * candidate publicity, which no violation covers. Local practice put to a person (待核), never a breach of law,
 * unless the operator has raised it. Null: nothing to raise.
 *
 * It is charitable where the rules are strict: any medium counts, the day is not extended over rest days, and a
 * correction restarts nothing. An absence under partial coverage raises nothing.
 */
export function reviewOf(
  facts: ProjectFacts,
  policy: Policy,
  calendar: Calendar,
  events: readonly Event[],
  round: number,
  lots: readonly (string | null)[],
  judgements: readonly Pick<Decided, 'verdict'>[],
): Decided | null {
  if (!kyReview3d.scope(facts.project, projectDay(facts), policy).applies) return null;
  const inRound = events.filter((event) => event.round === round);
  const raised = lots.flatMap((lot, index) => {
    if (judgements[index]?.verdict === 'violation') return [];
    return reviewLot(facts, policy, calendar, inRound, lot, lots.length > 1, round) ?? [];
  });
  return raised.sort(compareJudgements)[0] ?? null;
}

function reviewLot(
  facts: ProjectFacts,
  policy: Policy,
  calendar: Calendar,
  inRound: readonly Event[],
  lot: string | null,
  severalLots: boolean,
  round: number,
): Decided | null {
  // A notice that names no lots may speak of this one: for a result it raises the question, for publicity it answers it.
  const speaksOf = (event: Event): boolean =>
    !severalLots || event.lots === null || (lot !== null && event.lots.includes(lot));
  const results = inRound.filter((e) => kyReview3d.endKinds.includes(e.kind) && speaksOf(e));
  const first = results.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))[0];
  if (first === undefined) return null;
  // The result of all lots at once is set against any lot's publicity.
  const scopeOpen = first.lots === null;
  const publicity = inRound.filter((e) => kyReview3d.startKinds.includes(e.kind) && (scopeOpen || speaksOf(e)));
  const start = publicity[0];
  if (start === undefined && facts.coverage !== 'complete') return null;

  const counted = start === undefined ? null : countPeriod(kyReview3d.period, start.published, calendar, false);
  const lastDay = counted?.nominalLastDay ?? null;
  if (lastDay !== null && first.day > lastDay) return null;

  // Nobody is accused by a setting of which it is open whether it means this procurement.
  const unknown = unknownToReview(facts.project, policy);
  const raisedToViolation = reviewAs(policy) === 'violation' && unknown.length === 0;
  const missing = lastDay === null ? null : daysMissing(kyReview3d.period, first.day, lastDay, calendar);
  return {
    // One review alert a project and round: its key must not wander from lot to lot.
    lot: null,
    round,
    rule: kyReview3d.id,
    ruleVersion: kyReview3d.version,
    calendarVersion: calendar.version,
    verdict: raisedToViolation ? 'violation' : 'undetermined',
    codes: [start === undefined ? 'REVIEW_NO_PUBLICITY' : 'REVIEW_PUBLICITY_SHORT'],
    severity: raisedToViolation ? (missing === 1 ? 'minor' : missing === null ? 'critical' : 'major') : 'info',
    computed: counted === null ? {} : datesOf(counted.anchor, lastDay, first.day),
    tell: () => ({
      sentence: explainReview({
        lot: severalLots ? lot : null,
        result: first,
        publicity: start ?? null,
        lastDay,
        raisedToViolation,
        unknown,
      }),
      evidence: evidence([...publicity.map(asPublicity), ...results.map(asResult)]),
      days: countedDays(kyReview3d.period, counted, first.day, calendar),
    }),
  };
}

function datesOf(anchor: LocalDay, lastDay: LocalDay | null, resultDate: LocalDay): ComputedDates {
  return { anchor, ...(lastDay === null ? {} : { nominalLastDay: lastDay, lastDay }), resultDate };
}
