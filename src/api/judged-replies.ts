import { shareJudged } from '../model/judged-projects.ts';
import type { JudgedCount } from '../model/judged-projects.ts';
import type { RuleId } from '../model/finding.ts';
import type { ApiContext } from './context.ts';
import type { JudgedProjectsReply } from './schemas.ts';

/** Of a rule; null where nobody counted: all projects were not judged yet, or the rule only gives hints, which judge nothing. */
export function judgedProjectsReply(
  context: ApiContext,
  counted: JudgedCount | null,
  id: RuleId,
): JudgedProjectsReply | null {
  if (counted === null || id === 'KY-REVIEW-3D') return null;
  const of = counted.rules.find(({ rule }) => rule === id);
  const { judged, pending, unjudged, violating, reasons } = of ?? NOT_REACHED;
  return {
    judged,
    pending,
    unjudged,
    violating,
    share: of === undefined ? null : shareJudged(of),
    reasons: reasons.map(({ code, projects }) => ({ code, codeText: context.codeText(code), projects })),
  };
}

const NOT_REACHED = { judged: 0, pending: 0, unjudged: 0, violating: 0, reasons: [] };
