import type { Calendar } from '../compliance/calendar.ts';
import { judgeLife } from '../compliance/judge-life.ts';
import { judgeProject } from '../compliance/judge.ts';
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

/** A round of a project: the facts it was judged by, and what came of it. */
interface JudgedRound {
  facts: ProjectFacts;
  judgements: Judgement[];
}

/** Every round is judged on its own: a later one may be a new tender of one lot only. Pure. */
export function judgeRounds(sheet: FactSheet, by: JudgedBy): JudgedRound[] {
  const { policy, calendar } = by;
  return sheet.rounds.map((round) => {
    const facts = factsOf(sheet, round, by);
    const { judgements, review } = judgeProject(facts, policy, calendar);
    const life = lifeOf(sheet, round, facts, by);
    const all = [...judgements, ...(review === null ? [] : [review]), ...judgeLife(life, policy, calendar)];
    return { facts, judgements: all };
  });
}

/** All judgements of a project. */
export function judgementsOf(sheet: FactSheet, by: JudgedBy): Judgement[] {
  return judgeRounds(sheet, by).flatMap(({ judgements }) => judgements);
}
