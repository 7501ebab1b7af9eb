import type { Severity, Verdict } from '../../../src/model/finding.ts';
import type { NoticeKind } from '../../../src/model/notice.ts';
import type { RunOutcome } from '../../../src/model/run.ts';
import type { AlertSummaryReply } from '../../../src/api/schemas.ts';
import { ALERT_STATE, KIND, NATURE, OUTCOME, SEVERITY, VERDICT } from '../words.ts';

/** Small labels. The word always says it; the colour and the border only repeat it. */
export const KindMark = ({ kind }: { kind: NoticeKind }) => (
  <span className={`mark mark-kind ${LOUD_KINDS.has(kind) ? 'mark-loud' : ''}`}>{KIND[kind]}</span>
);

/** Kinds that end a tender without a result stand out in a feed. */
const LOUD_KINDS: ReadonlySet<NoticeKind> = new Set(['failed', 'terminated', 'suspended', 'complaint']);

export const VerdictMark = ({ verdict }: { verdict: Verdict }) => (
  <span className={`mark verdict-${verdict}`}>{VERDICT[verdict]}</span>
);

export const NatureMark = ({ nature }: { nature: AlertSummaryReply['nature'] }) => (
  <span className={`mark nature-${nature}`}>{NATURE[nature]}</span>
);

export const AlertStateMark = ({ state }: { state: AlertSummaryReply['state'] }) => (
  <span className={`mark alert-${state}`}>{ALERT_STATE[state]}</span>
);

export const SeverityMark = ({ severity }: { severity: Severity }) =>
  severity === 'none' || severity === 'info' ? null : <span className="mark mark-plain">{SEVERITY[severity]}</span>;

export const OutcomeMark = ({ outcome }: { outcome: RunOutcome }) => (
  <span className={`mark outcome-${outcome}`}>{OUTCOME[outcome]}</span>
);
