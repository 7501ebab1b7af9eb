import type { RuleId } from '../../model/finding.ts';
import { STATUTES } from '../statutes/index.ts';
import type { Statute } from '../statutes/statute.ts';
import { gpSs5wd } from './gp-ss-5wd.ts';
import { kyGp3d } from './ky-gp-3d.ts';
import { kyReview3d } from './ky-review-3d.ts';
import type { Rule } from './rule.ts';
import { tbCand3d } from './tb-cand-3d.ts';

/** All rules, the review alert last. */
export const RULES: readonly Rule[] = [kyGp3d, tbCand3d, gpSs5wd, kyReview3d];

/** Everything that is judged: publicity first, then the other duties. */
export const ALL_RULES: readonly (Rule | Statute)[] = [...RULES, ...STATUTES];

/** The rule of an id; null for NONE. */
export function ruleOf(id: RuleId): Rule | Statute | null {
  return ALL_RULES.find((rule) => rule.id === id) ?? null;
}

/** Title for people, also for judgements that no rule covers. */
export function ruleTitle(id: RuleId): string {
  return ruleOf(id)?.title ?? '无适用的公示期规则';
}
