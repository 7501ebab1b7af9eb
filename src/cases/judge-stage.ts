import type { AlertChange, Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import type { Clock } from '../model/clock.ts';
import { dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { Alert, FactsUsed, Finding, Judgement } from '../model/finding.ts';
import type { Notice } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import type { CoverageSpan } from '../model/run.ts';
import { goneDaysOf } from '../projects/gone-days.ts';
import { decideAlerts, substance } from './alerts.ts';
import { markBackfilled } from './backfilled.ts';
import { judgeRounds } from './judge-round.ts';
import type { JudgedBy } from './judge-round.ts';
import { openLinksOf, withOpenLinks } from './open-links.ts';
import type { OpenLink } from './open-links.ts';

export interface JudgeStage {
  store: Store;
  policy: Policy;
  calendar: Calendar;
  clock: Clock;
}

/** Projects judged and written together: bounds memory, keeps transactions short. */
const BATCH = 200;

/** One finding as it stands in the store and as it would stand; null = there is none. */
export interface FindingChange {
  project: Project;
  before: Finding | null;
  after: Finding | null;
}

/**
 * Judges every project on what is known now and brings the alerts up to date. Findings that say what they said are left
 * alone: repeating it changes nothing.
 */
export async function judgeAllProjects(stage: JudgeStage): Promise<{ judged: number }> {
  return examineAll(stage, async (batch) => {
    await stage.store.findings.judge(batch.ids, batch.findings, batch.alerts);
  });
}

/** What judging every project now would change, told project by project; nothing is written. */
export async function previewAllProjects(
  stage: JudgeStage,
  tell: (change: FindingChange) => void,
): Promise<{ judged: number }> {
  return examineAll(stage, (batch) => {
    batch.changes.forEach(tell);
    return Promise.resolve();
  });
}

interface Batch {
  /** Projects of which some finding changed, with all their findings. */
  ids: string[];
  findings: Finding[];
  alerts: AlertChange[];
  changes: FindingChange[];
}

async function examineAll(stage: JudgeStage, use: (batch: Batch) => Promise<void>): Promise<{ judged: number }> {
  const coverage = await stage.store.runs.coverage();
  const strays = await strayAlerts(stage.store);
  let judged = 0;
  let projects: Project[] = [];
  const examine = async (): Promise<void> => {
    if (projects.length === 0) return;
    await use(await examineBatch(stage, projects, coverage, strays));
    judged += projects.length;
    projects = [];
  };
  for await (const project of stage.store.projects.all()) {
    projects.push(project);
    if (projects.length === BATCH) await examine();
  }
  await examine();
  const orphans = strays.homeless.flatMap((alert) => decideAlerts(null, [], [alert], stage.clock.now()));
  if (orphans.length > 0) await use({ ids: [], findings: [], alerts: orphans, changes: [] });
  return { judged };
}

async function examineBatch(
  stage: JudgeStage,
  projects: Project[],
  coverage: CoverageSpan[],
  strays: Strays,
): Promise<Batch> {
  const { store, clock } = stage;
  const now = clock.now();
  const notices = new Map(
    (await store.notices.getMany(projects.flatMap((p) => p.noticeIds))).map((notice) => [notice.id, notice]),
  );
  const goneDays = goneDaysOf(await store.vanishings.ofNotices([...notices.keys()]));
  const ids = projects.map((p) => p.id);
  const existing = new Map(ids.map((id) => [id, [...(strays.comingTo.get(id) ?? [])]]));
  for (const alert of await store.findings.alertsOfProjects(ids)) {
    if (!strays.leaving.has(alert.key)) existing.get(alert.projectId)?.push(alert);
  }
  const stored = new Map<string, Map<string, Finding>>(ids.map((id) => [id, new Map()]));
  for (const finding of await store.findings.ofProjects(ids)) stored.get(finding.projectId)?.set(finding.key, finding);

  const openLinks = await openLinksOf(store, projects);
  const batch: Batch = { ids: [], findings: [], alerts: [], changes: [] };
  const alerts = projects.flatMap((project) => {
    const before = stored.get(project.id)!;
    const judged = judgeOne(stage, project, notices, { coverage, goneDays }, openLinks.get(project.id) ?? [], now).map(
      (finding) => remembering(finding, before),
    );
    const changes = changesOf(project, before, judged);
    if (changes.length > 0) {
      batch.ids.push(project.id);
      batch.findings.push(...judged);
      batch.changes.push(...changes);
    }
    return decideAlerts(project, judged, existing.get(project.id) ?? [], now);
  });
  const noticesOf = (id: string): Notice[] =>
    projects.filter((p) => p.id === id).flatMap((p) => p.noticeIds.flatMap((noticeId) => notices.get(noticeId) ?? []));
  batch.alerts = await underFreeKeys(store, await markBackfilled(store, alerts, noticesOf), existing);
  return batch;
}

function judgeOne(
  { policy, calendar }: JudgeStage,
  project: Project,
  notices: ReadonlyMap<string, Notice>,
  { coverage, goneDays }: Pick<JudgedBy, 'coverage' | 'goneDays'>,
  openLinks: OpenLink[],
  now: number,
): Finding[] {
  const own = project.noticeIds.flatMap((id) => notices.get(id) ?? []);
  const asOf = dayOf(now);
  const by = { policy, calendar, coverage, asOf, goneDays };
  return judgeRounds(project, notices, by).flatMap(({ facts, judgements }) => {
    const used = factsUsed(facts, own, asOf);
    return withOpenLinks(judgements, openLinks, by).map((judgement) => ({
      ...findingOf(project, judgement, now),
      facts: used,
    }));
  });
}

function factsUsed({ project, coverage }: ProjectFacts, notices: readonly Notice[], asOf: LocalDay): FactsUsed {
  return {
    asOf,
    on: project.on,
    amounts: { budget: project.budget ?? null, estimate: project.estimate ?? null },
    method: project.method,
    category: project.category,
    coverage,
    notices: notices.map((n): [string, number] => [n.id, n.revision]).sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** A finding that says what it said keeps its moment and its facts; one that says something else remembers what it said. */
function remembering(finding: Finding, stored: ReadonlyMap<string, Finding>): Finding {
  const before = stored.get(finding.key);
  if (before === undefined) return { ...finding, history: [] };
  if (substance(before) === substance(finding)) return before;
  const { judgedAt, ruleVersion, calendarVersion, verdict, codes, severity, computed, sentence, facts = null } = before;
  const past = { judgedAt, ruleVersion, calendarVersion, verdict, codes, severity, computed, sentence, facts };
  return { ...finding, history: [...(before.history ?? []), past] };
}

function changesOf(
  project: Project,
  before: ReadonlyMap<string, Finding>,
  judged: readonly Finding[],
): FindingChange[] {
  const keys = new Set(judged.map((finding) => finding.key));
  const gone = [...before.values()].filter((finding) => !keys.has(finding.key));
  return [
    ...judged
      .filter((finding) => before.get(finding.key) !== finding)
      .map((after) => ({ project, before: before.get(after.key) ?? null, after })),
    ...gone.map((finding) => ({ project, before: finding, after: null })),
  ];
}

function findingOf(project: Project, judgement: Judgement, judgedAt: number): Finding {
  const key = [project.id, judgement.lot ?? '', judgement.round, judgement.rule].join('|');
  return { ...judgement, key, projectId: project.id, judgedAt };
}

/** Alerts whose pages have gone to another project than the one they were raised for, or are in none. */
interface Strays {
  /** By project, those that it takes over. */
  comingTo: ReadonlyMap<string, Alert[]>;
  /** Keys of the same. */
  leaving: ReadonlySet<string>;
  homeless: Alert[];
}

/**
 * A project's id follows its earliest notice, and a person or a new page may part and join projects: what an alert rests
 * on stays, so the alert goes where the first page of its evidence is.
 */
async function strayAlerts(store: Store): Promise<Strays> {
  const comingTo = new Map<string, Alert[]>();
  const leaving = new Set<string>();
  const homeless: Alert[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.findings.alerts({ limit: 500, cursor });
    const firstPage = (alert: Alert): string => alert.finding.evidence[0]?.noticeId ?? '';
    const homes = await store.projects.ofNotices(page.items.map(firstPage));
    for (const alert of page.items) {
      const home = homes.get(firstPage(alert));
      if (home === alert.projectId) continue;
      if (home !== undefined) {
        comingTo.set(home, [...(comingTo.get(home) ?? []), alert]);
        leaving.add(alert.key);
      } else if ((await store.projects.get(alert.projectId)) === null) homeless.push(alert);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { comingTo, leaving, homeless };
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
