import type { Calendar } from '../compliance/calendar.ts';
import { told } from '../compliance/decided.ts';
import type { Decided } from '../compliance/decided.ts';
import { decideLife } from '../compliance/judge-life.ts';
import { decideProject } from '../compliance/judge.ts';
import type { LocalDay } from '../model/day.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { Judgement } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { CoverageSpan } from '../model/run.ts';
import { factsOf } from '../projects/facts.ts';
import { lifeOf } from '../projects/life.ts';

/** What a project is judged by, beside its pages. */
export interface JudgedBy {
  policy: Policy;
  calendar: Calendar;
  coverage: CoverageSpan[];
  asOf: LocalDay;
  /** By notice: days on which our visits found its page gone. */
  goneDays?: ReadonlyMap<string, LocalDay[]>;
}

/** A round of a project: the facts it was judged by, and what was decided. */
export interface DecidedRound {
  facts: ProjectFacts;
  decided: Decided[];
  /** So many of its notices, and of its events, were known on the day of judging. */
  known: [notices: number, events: number];
}

/** The same with all that is told of it. */
interface JudgedRound {
  facts: ProjectFacts;
  judgements: Judgement[];
}

/** Every round is judged on its own: a later one may be a new tender of one lot only. Pure. */
export function decideRounds(sheet: FactSheet, by: JudgedBy): DecidedRound[] {
  const { policy, calendar } = by;
  return sheet.rounds.map((round) => {
    const facts = factsOf(sheet, round, by);
    const { judgements, review, known } = decideProject(facts, policy, calendar);
    const life = lifeOf(sheet, round, facts, by);
    const decided = [...judgements, ...(review === null ? [] : [review]), ...decideLife(life, policy, calendar)];
    return { facts, decided, known: [known, life.events.length] };
  });
}

export function judgeRounds(sheet: FactSheet, by: JudgedBy): JudgedRound[] {
  return decideRounds(sheet, by).map(({ facts, decided }) => ({ facts, judgements: decided.map(told) }));
}

/** All judgements of a project. */
export function judgementsOf(sheet: FactSheet, by: JudgedBy): Judgement[] {
  return judgeRounds(sheet, by).flatMap(({ judgements }) => judgements);
}
