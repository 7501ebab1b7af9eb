import type { ReasonCode, RuleId, Severity } from '../../src/model/finding.ts';
import type { CodeCount } from '../store.ts';

/** Findings that bear the very same codes under one rule, counted. */
export interface CodesGroup {
  rule: RuleId;
  severity: Severity;
  codes: ReasonCode[];
  count: number;
}

/** A finding of several codes counts under each. */
export function countedByCode(groups: readonly CodesGroup[]): CodeCount[] {
  const counts = new Map<string, CodeCount>();
  for (const { rule, severity, codes, count } of groups) {
    for (const code of new Set(codes)) {
      const place = [rule, severity, code].join(' ');
      counts.set(place, { rule, severity, code, count: (counts.get(place)?.count ?? 0) + count });
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
}
