import { createHash } from 'node:crypto';

import { canonical } from '../model/canonical.ts';
import type { Actor, CaseEvent, CaseFile, CaseState, CaseStep } from '../model/case.ts';

/** The next event of a case, chained to the one before it: a changed or missing event breaks every later hash. */
export function sealEvent(
  file: Pick<CaseFile, 'number' | 'version' | 'head'>,
  actor: Actor,
  step: CaseStep,
  at: number,
): CaseEvent {
  const event = { number: file.number, seq: file.version + 1, at, actor, step, previous: file.head };
  return { ...event, hash: hashOf(event) };
}

/** SHA-256 of an event without its own hash, hex. */
export function hashOf({ number, seq, at, actor, step, previous }: Omit<CaseEvent, 'hash'>): string {
  return createHash('sha256').update(canonical({ number, seq, at, actor, step, previous })).digest('hex');
}

/** The case as its events made it. Throws for a chain that does not begin with its opening. */
export function caseOf(events: readonly CaseEvent[]): CaseFile {
  let file: CaseFile | null = null;
  for (const event of events) file = applyEvent(file, event);
  if (file === null) throw new Error('a case without events');
  return file;
}

/** The case after one more event; whether the step was allowed is not asked here. */
export function applyEvent(before: CaseFile | null, event: CaseEvent): CaseFile {
  const { step, at } = event;
  const now = { updatedAt: at, version: event.seq, head: event.hash };
  if (step.action === 'opened') {
    return {
      number: event.number,
      ...step.subject,
      ...now,
      openedAt: at,
      state: 'pending',
      suspended: null,
      due: step.due,
      dueUnknown: step.due === null,
      assignee: null,
      question: null,
      decision: null,
      facts: step.facts,
      news: null,
    };
  }
  if (before === null) throw new Error(`case ${event.number} does not begin with its opening`);
  return { ...before, ...now, ...effectOf(before, step, event) };
}

function effectOf(
  before: CaseFile,
  step: Exclude<CaseStep, { action: 'opened' }>,
  { at, actor }: CaseEvent,
): Partial<CaseFile> {
  switch (step.action) {
    case 'facts_changed': {
      const news = step.changes.length === 0 ? before.news : { at, effect: step.effect, changes: step.changes };
      const reopened = step.effect === 'reopened' ? openAgain('pending', step.due) : {};
      return { ...step.subject, facts: step.facts, news, ...reopened };
    }
    case 'started':
      return { state: 'investigating', ...deadline(step.due) };
    case 'confirmed':
      return {
        state: 'confirmed',
        due: step.due ?? null,
        dueUnknown: false,
        decision: decided('confirmed', null, step.note, at, actor.name),
      };
    case 'dismissed':
      return {
        state: 'dismissed',
        ...NO_DEADLINE,
        question: null,
        decision: decided('dismissed', step.reason, step.note, at, actor.name),
      };
    case 'rectifying':
      return { state: 'rectifying', ...deadline(step.due) };
    case 'closed':
      return { state: 'closed', ...NO_DEADLINE, question: null };
    case 'suspended':
      return { state: 'suspended', suspended: { from: before.state, until: step.until } };
    case 'resumed':
      return { state: before.suspended?.from ?? before.state, suspended: null };
    case 'reopened':
      return openAgain('investigating', step.due);
    case 'assigned':
      return { assignee: step.to };
    case 'due_set':
      return deadline(step.due);
    case 'asked':
      return { question: { to: step.to, text: step.note, askedAt: at, replyBy: step.replyBy } };
    case 'deadlines_counted':
      return {
        ...(step.due === null ? {} : deadline(step.due)),
        ...(step.replyBy === null || before.question === null
          ? {}
          : { question: { ...before.question, replyBy: step.replyBy } }),
      };
    case 'replied':
      return { question: null };
    case 'acknowledged':
      return { news: null };
    case 'commented':
    case 'attached':
      return {};
  }
}

const NO_DEADLINE = { due: null, dueUnknown: false };

function deadline(due: string | null): Pick<CaseFile, 'due' | 'dueUnknown'> {
  return { due, dueUnknown: due === null };
}

function openAgain(state: CaseState, due: string | null): Partial<CaseFile> {
  return { state, suspended: null, decision: null, ...deadline(due) };
}

function decided(
  state: 'confirmed' | 'dismissed',
  reason: NonNullable<CaseFile['decision']>['reason'],
  note: string,
  at: number,
  by: string,
): CaseFile['decision'] {
  return { state, reason, note, at, by };
}
