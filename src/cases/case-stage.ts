import type { Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import { codeText } from '../compliance/code-texts.ts';
import { canonical } from '../model/canonical.ts';
import { SYSTEM } from '../model/case.ts';
import type { Actor, CaseDeadlines, CaseFile, CaseStep, CaseSubject } from '../model/case.ts';
import type { Clock } from '../model/clock.ts';
import { dayOf } from '../model/day.ts';
import { CaseOvertaken, CorrectInput } from '../model/errors.ts';
import type { Alert } from '../model/finding.ts';
import { applyEvent, sealEvent } from './case-events.ts';
import { groundsOf } from './grounds.ts';
import { isConfirmation } from './confirmation.ts';
import { countedSince, hasUncounted, workingDaysAfter } from './deadlines.ts';
import { openDoubt, settledDoubt } from './doubts.ts';
import type { OpenedBy } from './doubts.ts';
import { changedFacts, factsOfAlert, factsStep } from './new-facts.ts';
import { stepOf } from './steps.ts';
import type { CaseCommand } from './steps.ts';

export interface CaseDesk {
  store: Store;
  calendar: Calendar;
  clock: Clock;
  deadlines: CaseDeadlines;
}

/** Alerts read, and cases opened, at a time. */
const BATCH = 100;
/** A person may act between reading and writing; then it is read again. */
const ATTEMPTS = 5;

/**
 * Opens a case for every alert that has none, tells each case what its alert has learnt since, sets the deadlines that
 * the calendar reaches by now, and takes up again what was put off until today. Safe to repeat and to break off at any point: it works from what is stored.
 */
export async function keepCases(desk: CaseDesk): Promise<{ opened: number; changed: number }> {
  const { store } = desk;
  let [opened, changed] = [0, 0];
  for (let cursor: string | undefined; ;) {
    const page = await store.findings.alerts({ limit: BATCH, cursor });
    const files = new Map(
      (await store.cases.getMany(page.items.map(({ number }) => number))).map((f) => [f.number, f]),
    );
    const settled = await Promise.all(
      page.items.map((alert) => (isOpenDoubt(alert) ? settledDoubt(desk, alert) : alert)),
    );
    const without = settled.filter(({ number }) => !files.has(number));
    opened += without.length;
    await openCases(desk, without);
    for (const alert of settled) {
      const file = files.get(alert.number);
      if (file !== undefined && lags(file, alert) && (await noteFacts(desk, alert))) changed += 1;
      if (file !== undefined && hasUncounted(file)) await countDeadlines(desk, alert.number);
    }
    cursor = page.nextCursor ?? undefined;
    if (cursor === undefined) break;
  }
  await resumeDue(desk);
  return { opened, changed };
}

/**
 * One person's step in one or several cases, all of them or none.
 *
 * @param expected number of the case → its version as the person saw it
 * Throws `CaseOvertaken` when a case has moved on, `StepNotAllowed` or `CorrectInput` for what cannot be done.
 */
export async function actOnCases(
  desk: CaseDesk,
  actor: Actor,
  expected: ReadonlyMap<string, number>,
  command: CaseCommand,
): Promise<CaseFile[]> {
  const { store, clock } = desk;
  for (const number of expected.keys()) await noteLatestFacts(desk, number);
  const files = await store.cases.getMany([...expected.keys()]);
  const now = clock.now();
  const missing = [...expected.keys()].find((number) => !files.some((file) => file.number === number));
  if (missing !== undefined) throw new CorrectInput(`没有案件 ${missing.slice(0, 40)}`, '请核对案件编号。');
  const steps = files.map((file) => {
    if (file.version !== expected.get(file.number)) throw new CaseOvertaken(file.number, '已有新的经过');
    return appendOf(file, actor, stepOf(file, command, { ...desk, now }), now);
  });
  await store.cases.append(steps, { together: true });
  return steps.map(({ file }) => file);
}

/**
 * A person's case on a finding that could not be judged; it counts as no violation. Broken off between alert and case,
 * the next `keepCases` opens the case in that person's name.
 */
export async function openDoubtCase(desk: CaseDesk, by: OpenedBy, findingKey: string): Promise<CaseFile> {
  const alert = await openDoubt(desk, by, findingKey);
  await openCases(desk, [alert]);
  return (await desk.store.cases.get(alert.number))!;
}

const isOpenDoubt = ({ nature, state }: Alert): boolean => nature === 'doubt' && state === 'open';

function appendOf(file: CaseFile, actor: Actor, step: CaseStep, at: number) {
  const event = sealEvent(file, actor, step, at);
  return { event, file: applyEvent(file, event) };
}

async function openCases(desk: CaseDesk, alerts: Alert[]): Promise<void> {
  if (alerts.length === 0) return;
  const { store, calendar, deadlines } = desk;
  const subjects = await subjectsOf(store, alerts);
  const steps = alerts.map((alert, i) => {
    const due = workingDaysAfter(calendar, alert.openedAt, deadlines.pending);
    const by = alert.openedBy;
    const step: CaseStep = {
      action: 'opened',
      subject: subjects[i]!,
      facts: factsOfAlert(alert),
      due,
      ...(by && { note: by.note }),
    };
    const actor: Actor = by === undefined ? SYSTEM : { kind: 'person', name: by.name };
    const event = sealEvent({ number: alert.number, version: 0, head: '' }, actor, step, alert.openedAt);
    return { event, file: applyEvent(null, event) };
  });
  await store.cases.append(steps);
}

/** True when the case was told something. */
async function noteFacts(desk: CaseDesk, alert: Alert): Promise<boolean> {
  const { store, clock, calendar, deadlines } = desk;
  const [subject] = await subjectsOf(store, [alert]);
  const facts = factsOfAlert(alert);
  for (let attempt = 1; ; attempt += 1) {
    const file = await store.cases.get(alert.number);
    if (file === null || !lags(file, alert)) return false;
    const ids = [...file.facts.evidence, ...facts.evidence].map(({ noticeId }) => noticeId);
    const titles = new Map((await store.notices.getMany(ids)).map(({ id, fields }) => [id, fields.title]));
    const words = { code: codeText, notice: (id: string) => titles.get(id) ?? id };
    const now = clock.now();
    const changes = changedFacts(file, subject!, facts, alert.finding, words);
    // Why it no longer stands: another fact, or another calendar.
    const told = alert.history.at(-1);
    if (file.facts.alertState === 'open' && told?.event === 'cleared') changes.push(told.sentence);
    const due = workingDaysAfter(calendar, now, deadlines.pending);
    try {
      await store.cases.append([appendOf(file, SYSTEM, factsStep(file, subject!, facts, changes, due), now)]);
      return true;
    } catch (error) {
      if (!(error instanceof CaseOvertaken) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** The next year's days off are announced in November; until then what runs into January has no day. */
async function countDeadlines({ store, clock, calendar, deadlines }: CaseDesk, number: string): Promise<void> {
  const [file, events] = [await store.cases.get(number), await store.cases.events(number)];
  if (file === null || file.version !== events.length || !hasUncounted(file)) return;
  const step = countedSince(file, events, calendar, deadlines);
  if (step === null) return;
  try {
    await store.cases.append([appendOf(file, SYSTEM, step, clock.now())]);
  } catch (error) {
    // Somebody is at it; the next run counts.
    if (!(error instanceof CaseOvertaken)) throw error;
  }
}

/** Nobody decides on facts that the case has not been told of. */
async function noteLatestFacts(desk: CaseDesk, number: string): Promise<void> {
  const file = await desk.store.cases.get(number);
  const alert = file === null ? null : await desk.store.findings.alert(file.alertKey);
  if (file !== null && alert !== null && alert.number === number && lags(file, alert)) await noteFacts(desk, alert);
}

/**
 * True when the alert says something that the case was not told. Several changes may share a millisecond; a confirmation
 * under another version leaves the alert's moment as it was, and is not told.
 */
function lags(file: CaseFile, alert: Alert): boolean {
  const facts = factsOfAlert(alert);
  if (facts.at === file.facts.at && isConfirmation(file.facts, facts) && facts.alertState === file.facts.alertState) {
    return file.nature !== alert.nature || file.projectId !== alert.projectId;
  }
  return facts.at >= file.facts.at && canonical(facts) !== canonical(file.facts);
}

/** 暂挂 ends by itself on its day. */
async function resumeDue({ store, clock }: CaseDesk): Promise<void> {
  const now = clock.now();
  for (let cursor: string | undefined; ;) {
    const page = await store.cases.search({ state: 'suspended', limit: BATCH, cursor });
    for (const file of page.items) {
      if (file.suspended === null || file.suspended.until > dayOf(now)) continue;
      const step: CaseStep = { action: 'resumed', note: `暂挂至 ${file.suspended.until}，已到期。` };
      try {
        await store.cases.append([appendOf(file, SYSTEM, step, now)]);
      } catch (error) {
        // Somebody is at it; should it still be put off, the next run resumes it.
        if (!(error instanceof CaseOvertaken)) throw error;
      }
    }
    cursor = page.nextCursor ?? undefined;
    if (cursor === undefined) return;
  }
}

async function subjectsOf(store: Store, alerts: Alert[]): Promise<CaseSubject[]> {
  const grounds = new Map<Alert, string[]>();
  for (const alert of alerts) {
    grounds.set(
      alert,
      (await groundsOf(store, alert)).map(({ noticeId }) => noticeId),
    );
  }
  const ids = [...grounds.values()].flat();
  const sources = new Map((await store.notices.getMany(ids)).map(({ id, sourceId }) => [id, sourceId]));
  return Promise.all(
    alerts.map(async (alert) => {
      const { finding } = alert;
      const project = await store.projects.get(alert.projectId);
      return {
        alertKey: alert.key,
        projectId: alert.projectId,
        projectName: alert.projectName,
        purchaser: alert.purchaser,
        agency: project?.agency ?? null,
        sourceIds: [...new Set(grounds.get(alert)!.flatMap((id) => sources.get(id) ?? []))].sort(),
        rule: finding.rule,
        nature: alert.nature,
        severity: finding.severity,
        lot: finding.lot,
        round: finding.round,
      };
    }),
  );
}
