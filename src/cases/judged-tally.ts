import type { Judgement, ReasonCode, RuleId } from '../model/finding.ts';
import type { JudgedProjects } from '../model/judged-projects.ts';

/** What is counted while projects are judged; plain, so that threads can hand it over. */
export interface JudgedTally {
  /** By rule: judged, pending, unjudged, violating. */
  projects: Map<RuleId, [judged: number, pending: number, unjudged: number, violating: number]>;
  /** By rule and reason. */
  reasons: Map<RuleId, Map<ReasonCode, number>>;
}

export function emptyTally(): JudgedTally {
  return { projects: new Map(), reasons: new Map() };
}

type Decision = Pick<Judgement, 'rule' | 'verdict' | 'codes'>;

const [JUDGED, PENDING, UNJUDGED, VIOLATING] = [0, 1, 2, 3] as const;

/** Counts one project by all that was decided of it. A hint to check judges nothing and is not counted. */
export function tallyProject(tally: JudgedTally, decisions: readonly Decision[]): void {
  const stands = new Map<RuleId, number>();
  const violating = new Set<RuleId>();
  const reasons = new Map<RuleId, Set<ReasonCode>>();
  for (const { rule, verdict, codes } of decisions) {
    if (verdict === 'not_applicable' || rule === 'NONE' || rule === 'KY-REVIEW-3D') continue;
    const stand = verdict !== 'undetermined' ? JUDGED : codes.includes('PENDING') ? PENDING : UNJUDGED;
    stands.set(rule, Math.max(stands.get(rule) ?? JUDGED, stand));
    if (verdict === 'violation') violating.add(rule);
    if (stand === UNJUDGED) {
      const of = reasons.get(rule) ?? new Set();
      reasons.set(rule, of);
      for (const code of codes) of.add(code);
    }
  }
  for (const [rule, stand] of stands) {
    const counts = countsOf(tally, rule);
    counts[stand as 0 | 1 | 2] += 1;
    if (violating.has(rule)) counts[VIOLATING] += 1;
  }
  for (const [rule, codes] of reasons) for (const code of codes) addReason(tally, rule, code, 1);
}

export function addTally(to: JudgedTally, more: JudgedTally): void {
  for (const [rule, counts] of more.projects) {
    const sums = countsOf(to, rule);
    for (const place of [JUDGED, PENDING, UNJUDGED, VIOLATING]) sums[place] += counts[place];
  }
  for (const [rule, codes] of more.reasons) for (const [code, n] of codes) addReason(to, rule, code, n);
}

/** By rule. */
export function judgedProjectsOf({ projects, reasons }: JudgedTally): JudgedProjects[] {
  return [...projects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, [judged, pending, unjudged, violating]]) => ({
      rule,
      judged,
      pending,
      unjudged,
      violating,
      reasons: [...(reasons.get(rule) ?? [])]
        .map(([code, n]) => ({ code, projects: n }))
        .sort((a, b) => b.projects - a.projects || (a.code < b.code ? -1 : 1)),
    }));
}

function countsOf(tally: JudgedTally, rule: RuleId): [number, number, number, number] {
  let counts = tally.projects.get(rule);
  if (counts === undefined) tally.projects.set(rule, (counts = [0, 0, 0, 0]));
  return counts;
}

function addReason(tally: JudgedTally, rule: RuleId, code: ReasonCode, n: number): void {
  let codes = tally.reasons.get(rule);
  if (codes === undefined) tally.reasons.set(rule, (codes = new Map()));
  codes.set(code, (codes.get(code) ?? 0) + n);
}
