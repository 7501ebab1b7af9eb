import type { Judgement, ReasonCode, Severity, Verdict } from '../model/finding.ts';

const VERDICT_ORDER: readonly Verdict[] = ['violation', 'undetermined', 'compliant', 'not_applicable'];
const SEVERITY_ORDER: readonly Severity[] = ['critical', 'major', 'minor', 'info', 'none'];
/** Undetermined, but with strong doubt about the evidence. */
const STRONG_DOUBTS: readonly ReasonCode[] = ['BACKDATING_SUSPECTED', 'NOTICE_UNREACHABLE', 'FIRST_CANDIDATE_SKIPPED'];

/** Severity of an undetermined verdict. */
export function worstSeverity(codes: readonly ReasonCode[]): Severity {
  return codes.some((code) => STRONG_DOUBTS.includes(code)) ? 'major' : 'info';
}

/** Worst first: verdict, then severity; equal ones keep their order (a stable sort). */
export function compareJudgements(
  a: Pick<Judgement, 'verdict' | 'severity'>,
  b: Pick<Judgement, 'verdict' | 'severity'>,
): number {
  return (
    VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) ||
    SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity)
  );
}
