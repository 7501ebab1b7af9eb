import type { Counted } from '../model/date-names.ts';
import type { RuleId } from '../model/finding.ts';
import { ruleOf } from './rules/index.ts';

/** What the dates of a rule's findings are of. */
export function countedBy(id: RuleId): Counted {
  const rule = ruleOf(id);
  if (rule === null) return { counts: 'nothing', start: null, end: null };
  if (!('kind' in rule)) return { counts: 'publicity', start: null, end: null };
  const { kind, start, end } = rule;
  return { counts: kind === 'logic' ? 'nothing' : kind, start, end };
}
