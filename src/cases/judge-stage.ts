import type { AlertChange, SheetRow, Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import type { Clock } from '../model/clock.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { Alert, FactsUsed, Finding, Judgement } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import { sheetsOf } from '../projects/sheets.ts';
import { told } from '../compliance/decided.ts';
import { decideAlerts, substance } from './alerts.ts';
import type { NamedProject } from './alerts.ts';
import { markBackfilled } from './backfilled.ts';
import { isConfirmation } from './confirmation.ts';
import { decideRounds } from './judge-round.ts';
import type { DecidedRound, JudgedBy } from './judge-round.ts';
import { addTally, emptyTally, judgedProjectsOf, tallyProject } from './judged-tally.ts';
import type { JudgedTally } from './judged-tally.ts';
import { judgedBy } from './judged-by.ts';
import { openLinksOf, withOpenLinks } from './open-links.ts';
import type { OpenLink } from './open-links.ts';
import { groundOf, saidOf } from './said.ts';
import type { Said } from './said.ts';
import { calendarMark, settingsVersion } from './settings-version.ts';
import { siftingHere } from './sift.ts';
import type { Sieve, Sifter } from './sift.ts';
import { strayAlerts } from './strays.ts';
import type { Strays } from './strays.ts';

export interface JudgeStage {
  store: Store;
  policy: Policy;
  calendar: Calendar;
  clock: Clock;
  /** In other threads; left out: in this one. */
  sifter?: Sifter;
}

/** Projects written together: bounds memory, keeps transactions short. */
const BATCH = 200;
/** Of these only a digest is written. */
const AGAIN_BATCH = 2000;

/** One finding as it stands in the store and as it would stand; null = there is none. */
export interface FindingChange {
  project: NamedProject;
  before: Finding | null;
  after: Finding | null;
  /** It says the same under another version of the rule or the calendar: nothing of it is news. */
  confirmed: boolean;
}

/**
 * Judges every project on what is known now and brings the alerts up to date. Findings that say what they said are left
 * alone: repeating it changes nothing.
 */
export async function judgeAllProjects(stage: JudgeStage): Promise<{ judged: number }> {
  const { findings, projects } = stage.store;
  const { judged, tally } = await examineAll(stage, async (batch) => {
    if (batch.made.size > 0) await projects.putSheets(batch.made);
    if (batch.ids.length + batch.alerts.length + batch.said.size === 0) return;
    await findings.judge(batch.ids, batch.findings, batch.alerts, batch.said);
  });
  await findings.keepJudged({ at: stage.clock.now(), rules: judgedProjectsOf(tally) });
  return { judged };
}

/** What judging every project now would change, told project by project; nothing is written. */
export async function previewAllProjects(
  stage: JudgeStage,
  tell: (change: FindingChange) => void,
): Promise<{ judged: number }> {
  const { judged } = await examineAll(stage, (batch) => {
    batch.changes.forEach(tell);
    return Promise.resolve();
  });
  return { judged };
}

interface Batch {
  /** Projects of which some finding changed, with all their findings. */
  ids: string[];
  findings: Finding[];
  alerts: AlertChange[];
  changes: FindingChange[];
  /** By project: what its findings say now, and the sheet where it had to be made anew. */
  said: Map<string, Said>;
  made: Map<string, string>;
}

/**
 * Every project is judged; only those that say something else than what is remembered, or whose alerts come and go, are
 * looked at again beside their stored findings and alerts.
 */
async function examineAll(
  stage: JudgeStage,
  use: (batch: Batch) => Promise<void>,
): Promise<{ judged: number; tally: JudgedTally }> {
  const { store, clock } = stage;
  const strays = await strayAlerts(store);
  const by = await judgedBy(stage);
  const sieve: Sieve = { by, ground: groundOf(by), concerned: strays.concerned };
  let judged = 0;
  const tally = emptyTally();
  const suspects: SheetRow[] = [];
  const again: [projectId: string, said: Said][] = [];
  const sifter = stage.sifter ?? siftingHere(store);
  for await (const sifted of sifter(sieve)) {
    judged += sifted.judged;
    addTally(tally, sifted.tally);
    again.push(...sifted.again);
    suspects.push(...sifted.suspects);
    while (suspects.length >= BATCH) {
      await use(await examineBatch(stage, suspects.splice(0, BATCH), sieve, strays, tally));
    }
    if (again.length >= AGAIN_BATCH) await use({ ...emptyBatch(), said: new Map(again.splice(0)) });
  }
  if (suspects.length > 0) await use(await examineBatch(stage, suspects, sieve, strays, tally));
  if (again.length > 0) await use({ ...emptyBatch(), said: new Map(again) });
  const alerts = strays.homeless.flatMap((alert) => decideAlerts(null, [], [alert], clock.now()));
  if (alerts.length > 0) await use({ ...emptyBatch(), alerts });
  return { judged, tally };
}

async function examineBatch(
  stage: JudgeStage,
  rows: SheetRow[],
  sieve: Sieve,
  strays: Strays,
  tally: JudgedTally,
): Promise<Batch> {
  const { store, clock } = stage;
  const { by, ground } = sieve;
  const now = clock.now();
  const { sheets, made } = await sheetsOf(store, rows);
  const ids = sheets.map(({ projectId }) => projectId);
  const existing = new Map(ids.map((id) => [id, [...(strays.comingTo.get(id) ?? [])]]));
  for (const alert of await store.findings.alertsOfProjects(ids)) {
    if (!strays.leaving.has(alert.key)) existing.get(alert.projectId)?.push(alert);
  }
  const stored = new Map<string, Map<string, Finding>>(ids.map((id) => [id, new Map()]));
  for (const finding of await store.findings.ofProjects(ids)) stored.get(finding.projectId)?.set(finding.key, finding);

  const known = new Map(rows.map((row) => [row.projectId, row.said]));
  const openLinks = await openLinksOf(store, sheets);
  const batch: Batch = { ...emptyBatch(), made };
  const alerts = sheets.flatMap((sheet) => {
    const project: NamedProject = { id: sheet.projectId, name: sheet.name, purchaser: sheet.purchaser };
    const before = stored.get(project.id)!;
    const rounds = decideRounds(sheet, by);
    const judged = findingsOf(sheet, rounds, by, openLinks.get(project.id) ?? [], now).map((finding) =>
      remembering(finding, before),
    );
    tallyProject(tally, judged);
    const said = saidOf(rounds, judged, ground);
    if (said !== known.get(project.id) || made.has(project.id)) batch.said.set(project.id, said);
    const changes = changesOf(project, before, judged);
    if (changes.length > 0) {
      batch.ids.push(project.id);
      batch.findings.push(...judged);
      batch.changes.push(...changes);
    }
    return decideAlerts(project, judged, existing.get(project.id) ?? [], now);
  });
  const noticesOf = new Map(sheets.map((sheet) => [sheet.projectId, sheet.notices]));
  const marked = await markBackfilled(store, alerts, (id) => noticesOf.get(id) ?? [], now);
  batch.alerts = await underFreeKeys(store, marked, existing);
  return batch;
}

function emptyBatch(): Batch {
  return { ids: [], findings: [], alerts: [], changes: [], said: new Map(), made: new Map() };
}

function findingsOf(
  sheet: FactSheet,
  rounds: readonly DecidedRound[],
  by: JudgedBy,
  openLinks: readonly OpenLink[],
  now: number,
): Finding[] {
  return rounds.flatMap(({ facts, decided }) => {
    const used = factsUsed(facts, sheet, by);
    return withOpenLinks(decided.map(told), openLinks, by).map((judgement) => ({
      ...findingOf(sheet.projectId, judgement, now),
      facts: used,
    }));
  });
}

function factsUsed({ project, coverage }: ProjectFacts, { notices }: FactSheet, by: JudgedBy): FactsUsed {
  return {
    asOf: by.asOf,
    on: project.on,
    amounts: { budget: project.budget ?? null, estimate: project.estimate ?? null },
    method: project.method,
    category: project.category,
    coverage,
    settings: settingsVersion(by.policy),
    calendar: calendarMark(by.calendar),
    notices: notices.map(([id, revision]): [string, number] => [id, revision]).sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** A finding that says what it said keeps its moment and its facts; one that says something else remembers what it said. */
function remembering(finding: Finding, stored: ReadonlyMap<string, Finding>): Finding {
  const before = stored.get(finding.key);
  if (before === undefined) return { ...finding, history: [] };
  if (substance(before) === substance(finding)) return before;
  if (isConfirmation(before, finding)) {
    const { judgedAt, ruleVersion, calendarVersion, confirmed = [], history = [] } = before;
    return { ...finding, history, confirmed: [...confirmed, { judgedAt, ruleVersion, calendarVersion }] };
  }
  const { judgedAt, ruleVersion, calendarVersion, verdict, codes, severity, computed, sentence, facts = null } = before;
  const past = { judgedAt, ruleVersion, calendarVersion, verdict, codes, severity, computed, sentence, facts };
  return { ...finding, history: [...(before.history ?? []), past] };
}

function changesOf(
  project: NamedProject,
  before: ReadonlyMap<string, Finding>,
  judged: readonly Finding[],
): FindingChange[] {
  const keys = new Set(judged.map((finding) => finding.key));
  const gone = [...before.values()].filter((finding) => !keys.has(finding.key));
  return [
    ...judged
      .filter((finding) => before.get(finding.key) !== finding)
      .map((after) => {
        const was = before.get(after.key) ?? null;
        return { project, before: was, after, confirmed: was !== null && isConfirmation(was, after) };
      }),
    ...gone.map((finding) => ({ project, before: finding, after: null, confirmed: false })),
  ];
}

function findingOf(projectId: string, judgement: Judgement, judgedAt: number): Finding {
  return { ...judgement, key: findingKey(projectId, judgement), projectId, judgedAt };
}

/** Under which a finding of a project is stored. */
export function findingKey(projectId: string, { lot, round, rule }: Pick<Judgement, 'lot' | 'round' | 'rule'>): string {
  return [projectId, lot ?? '', round, rule].join('|');
}

/** A key is an alert's address for good. Where the alert that had a finding's key has moved on, a new one takes another. */
async function underFreeKeys(
  store: Store,
  changes: AlertChange[],
  existing: ReadonlyMap<string, Alert[]>,
): Promise<AlertChange[]> {
  const known = new Set([...existing.values()].flat().map((alert) => alert.key));
  const placed: AlertChange[] = [];
  for (const change of changes) {
    let { key } = change;
    if (!known.has(key)) {
      for (let n = 2; (await store.findings.alert(key)) !== null; n++) key = `${change.key}|${n}`;
    }
    placed.push({ ...change, key });
  }
  return placed;
}
