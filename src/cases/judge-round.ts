import type { Calendar } from '../compliance/calendar.ts';
import { judgeLife } from '../compliance/judge-life.ts';
import { judgeProject } from '../compliance/judge.ts';
import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { Judgement } from '../model/finding.ts';
import type { Notice } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
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
export function judgeRounds(project: Project, notices: ReadonlyMap<string, Notice>, by: JudgedBy): JudgedRound[] {
  const { policy, calendar, coverage, asOf, goneDays } = by;
  const own = project.noticeIds.flatMap((id) => notices.get(id) ?? []);
  return roundsOf(project).map((round) => {
    const facts = factsOf(project, own, { policy, coverage, asOf, goneDays, round });
    const { judgements, review } = judgeProject(facts, policy, calendar);
    const life = lifeOf(project, notices, facts, { round, coverage, asOf });
    const all = [...judgements, ...(review === null ? [] : [review]), ...judgeLife(life, policy, calendar)];
    return { facts, judgements: all };
  });
}

/** All judgements of a project. */
export function judgementsOf(project: Project, notices: ReadonlyMap<string, Notice>, by: JudgedBy): Judgement[] {
  return judgeRounds(project, notices, by).flatMap(({ judgements }) => judgements);
}

function roundsOf(project: Project): number[] {
  return [...new Set(project.timeline.map((entry) => entry.round))].sort((a, b) => a - b);
}
