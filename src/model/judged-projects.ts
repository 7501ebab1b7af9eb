import type { ReasonCode, RuleId } from './finding.ts';

/**
 * Of how many projects one rule could say something. Each project that the rule reaches counts once: as unjudged where
 * any of its lots or rounds cannot be judged, else as pending where any still waits for its result, else as judged.
 */
export interface JudgedProjects {
  rule: RuleId;
  judged: number;
  pending: number;
  unjudged: number;
  /** Projects with a violation, wherever they count above. */
  violating: number;
  /** Why projects are unjudged, the most first; one of several reasons counts under each. */
  reasons: { code: ReasonCode; projects: number }[];
}

/** As a judging of all projects counted it. */
export interface JudgedCount {
  /** Epoch ms. */
  at: number;
  rules: JudgedProjects[];
}

/** Judged of all that the rule reaches; null where it reaches none. */
export function shareJudged({
  judged,
  pending,
  unjudged,
}: Pick<JudgedProjects, 'judged' | 'pending' | 'unjudged'>): number | null {
  const all = judged + pending + unjudged;
  return all === 0 ? null : judged / all;
}
