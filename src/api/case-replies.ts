import { caseOf } from '../cases/case-events.ts';
import { wordsOf } from '../cases/event-words.ts';
import { allowedActions, STEP_NAMES } from '../cases/steps.ts';
import { CASE_STATE_NAMES, DISMISSAL_REASONS } from '../model/case.ts';
import type { CaseEvent, CaseFile } from '../model/case.ts';
import { dayOf } from '../model/day.ts';
import { REASON_CODES } from '../model/finding.ts';
import type { ReasonCode } from '../model/finding.ts';
import { alertDetailReply } from './alert-detail.ts';
import type { CaseChoicesReply, CaseDetailReply, CaseEventReply, CaseSummaryReply } from './case-schemas.ts';
import { inNames, ruleInfo, sourceName } from './context.ts';
import type { ApiContext } from './context.ts';
import { NotFound } from './failures.ts';

export function caseSummaryReply(context: ApiContext, file: CaseFile): CaseSummaryReply {
  const { number, version, state, nature, rule, severity, projectId, projectName, purchaser, agency } = file;
  const { openedAt, updatedAt, due, dueUnknown, assignee, news } = file;
  const today = dayOf(context.clock.now());
  return {
    number,
    version,
    state,
    stateName: CASE_STATE_NAMES[state],
    nature,
    rule,
    ruleTitle: ruleInfo(context, rule).title,
    severity,
    projectId,
    projectName,
    purchaser,
    agency,
    sentence: inNames(context, file.facts.sentence),
    alertState: file.facts.alertState,
    openedAt,
    updatedAt,
    due,
    dueUnknown,
    dueAfter: dueUnknown ? reached(context, updatedAt) : null,
    overdue: due !== null && due < today && state !== 'suspended',
    replyBy: file.question?.replyBy ?? null,
    replyOverdue: (file.question?.replyBy ?? today) < today,
    suspendedUntil: file.suspended?.until ?? null,
    assignee,
    news,
  };
}

/** What the cases there are can be narrowed by, each once, in order of its name. */
export async function caseChoicesReply(context: ApiContext): Promise<CaseChoicesReply> {
  const [sources, agencies, codes] = [new Set<string>(), new Set<string>(), new Set<ReasonCode>()];
  for await (const { sourceIds, agency, facts } of context.store.cases.all()) {
    sourceIds.forEach((id) => sources.add(id));
    if (agency !== null) agencies.add(agency);
    facts.codes.forEach((code) => codes.add(code));
  }
  return {
    sources: [...sources].map((id) => ({ id, name: sourceName(context, id) })).sort(byName),
    agencies: [...agencies].sort(),
    codes: REASON_CODES.filter((code) => codes.has(code)).map((code) => ({ code, text: context.codeText(code) })),
  };
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

/** The last day that was covered when the deadline began to run: it lies beyond. */
function reached({ desk }: ApiContext, at: number): string {
  const yearsEnd = `${dayOf(at).slice(0, 4)}-12-31`;
  return desk.calendar.lastDay < yearsEnd ? desk.calendar.lastDay : yearsEnd;
}

/** The case with its events; as of the last of them, should one have come between two readings. */
export async function caseDetailReply(context: ApiContext, { number }: CaseFile): Promise<CaseDetailReply> {
  const events = await context.store.cases.events(number);
  const file = caseOf(events);
  const alert = await context.store.findings.alert(file.alertKey);
  if (alert === null) throw new NotFound('告警', file.alertKey);
  const { decision } = file;
  return {
    ...caseSummaryReply(context, file),
    openedFor: events[0]?.step.action === 'opened' ? (events[0].step.note ?? null) : null,
    question: file.question,
    decision: decision && {
      ...decision,
      reason: decision.reason === null ? null : DISMISSAL_REASONS[decision.reason].name,
    },
    allowed: allowedActions(file),
    events: events.map((event) => eventReply(context, event)),
    alert: await alertDetailReply(context, alert),
  };
}

function eventReply(context: ApiContext, event: CaseEvent): CaseEventReply {
  const { seq, at, actor, step, hash } = event;
  return {
    seq,
    at,
    actor,
    action: step.action,
    actionName: STEP_NAMES[step.action],
    // What a person wrote stays as it was written.
    words: wordsOf(event).map((words) =>
      actor.kind === 'system' || step.action === 'opened' ? inNames(context, words) : words,
    ),
    attachment: step.action === 'attached' ? { name: step.name, size: step.size, sha256: step.sha256 } : null,
    hash,
  };
}
