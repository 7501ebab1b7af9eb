import { canonical } from '../model/canonical.ts';
import type { FactsUsed, Judgement } from '../model/finding.ts';

type Versioned = Pick<Judgement, 'ruleVersion' | 'calendarVersion'> & {
  evidence: readonly { noticeId: string; role: string }[];
};
type Outcome = Versioned & Pick<Judgement, 'verdict' | 'codes' | 'severity' | 'computed'>;

/**
 * True when a later judgement under another version of the rule or the calendar comes to the same: verdict, reasons,
 * severity, dates and evidence. That is no new fact: it enters no history, clears and opens nothing (docs/rules.md).
 */
export function isConfirmation(before: Outcome, now: Outcome): boolean {
  return hasOtherVersions(before, now) && canonical(outcomeOf(before)) === canonical(outcomeOf(now));
}

function outcomeOf({ verdict, codes, severity, computed, evidence }: Outcome): object {
  return { verdict, codes, severity, computed, evidence: evidence.map(({ noticeId, role }) => ({ noticeId, role })) };
}

function hasOtherVersions(before: Versioned, now: Versioned): boolean {
  return before.ruleVersion !== now.ruleVersion || before.calendarVersion !== now.calendarVersion;
}

/**
 * The version that a changed outcome is owed to, in words; null where notices, settings or coverage are others too: then
 * the version may have had no part in it.
 */
export function versionCause(before: Versioned & Known, now: Versioned & Known): string | null {
  if (!hasOtherVersions(before, now) || restsOn(before) !== restsOn(now)) return null;
  const causes = [
    ...(before.calendarVersion === now.calendarVersion
      ? []
      : [`放假日历更新（${before.calendarVersion} → ${now.calendarVersion}）`]),
    ...(before.ruleVersion === now.ruleVersion
      ? []
      : [`规则更新（第 ${before.ruleVersion} 版 → 第 ${now.ruleVersion} 版）`]),
  ];
  return causes.join('、');
}

interface Known {
  facts?: FactsUsed | null;
}

function restsOn({ evidence, facts }: Versioned & Known): string {
  const notices = evidence.map(({ noticeId }) => noticeId).sort();
  const revisions = (facts?.notices ?? []).filter(([id]) => notices.includes(id));
  return canonical([notices, revisions, facts?.settings ?? null, facts?.coverage ?? null]);
}
