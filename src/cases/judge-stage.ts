import type { AlertChange, Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import { judgeLife } from '../compliance/judge-life.ts';
import { judgeProject } from '../compliance/judge.ts';
import type { Clock } from '../model/clock.ts';
import { dayOf } from '../model/day.ts';
import type { Alert, Finding, Judgement } from '../model/finding.ts';
import type { Notice } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import type { CoverageSpan } from '../model/run.ts';
import { factsOf } from '../projects/facts.ts';
import { lifeOf } from '../projects/life.ts';
import { decideAlerts } from './alerts.ts';
import { markBackfilled } from './backfilled.ts';

export interface JudgeStage {
  store: Store;
  policy: Policy;
  calendar: Calendar;
  clock: Clock;
}

/** Projects judged and written together: bounds memory, keeps transactions short. */
const BATCH = 200;

/**
 * Judges every project on what is known now and brings the alerts up to date.
 * Repeating it changes nothing but the moment of judging.
 */
export async function judgeAllProjects(stage: JudgeStage): Promise<{ judged: number }> {
  const coverage = await stage.store.runs.coverage();
  const strays = await strayAlerts(stage.store);
  let judged = 0;
  let batch: Project[] = [];
  for await (const project of stage.store.projects.all()) {
    batch.push(project);
    if (batch.length === BATCH) {
      await judgeBatch(stage, batch, coverage, strays);
      judged += batch.length;
      batch = [];
    }
  }
  if (batch.length > 0) await judgeBatch(stage, batch, coverage, strays);
  const orphans = strays.homeless.flatMap((alert) => decideAlerts(null, [], [alert], stage.clock.now()));
  if (orphans.length > 0) await stage.store.findings.judge([], [], orphans);
  return { judged: judged + batch.length };
}

async function judgeBatch(
  stage: JudgeStage,
  projects: Project[],
  coverage: CoverageSpan[],
  strays: Strays,
): Promise<void> {
  const { store, policy, calendar, clock } = stage;
  const now = clock.now();
  const notices = new Map(
    (await store.notices.getMany(projects.flatMap((p) => p.noticeIds))).map((notice) => [notice.id, notice]),
  );
  const ids = projects.map((p) => p.id);
  const existing = new Map(ids.map((id) => [id, [...(strays.comingTo.get(id) ?? [])]]));
  for (const alert of await store.findings.alertsOfProjects(ids)) {
    if (!strays.leaving.has(alert.key)) existing.get(alert.projectId)?.push(alert);
  }
  const findings: Finding[] = [];
  const alerts = projects.flatMap((project) => {
    const own = project.noticeIds.flatMap((id) => notices.get(id) ?? []);
    // Every round is judged on its own: a later one may be a new tender of one lot only.
    const of = rounds(project).flatMap((round) => {
      const facts = factsOf(project, own, { policy, coverage, asOf: dayOf(now), round });
      const { judgements, review } = judgeProject(facts, policy, calendar);
      const life = lifeOf(project, notices, facts, { round, coverage, asOf: dayOf(now) });
      const all = [...judgements, ...(review === null ? [] : [review]), ...judgeLife(life, policy, calendar)];
      return all.map((j) => findingOf(project, j, now));
    });
    findings.push(...of);
    return decideAlerts(project, of, existing.get(project.id) ?? [], now);
  });
  const noticesOf = (id: string): Notice[] =>
    projects.filter((p) => p.id === id).flatMap((p) => p.noticeIds.flatMap((noticeId) => notices.get(noticeId) ?? []));
  const marked = await markBackfilled(store, alerts, noticesOf);
  await store.findings.judge(ids, findings, await underFreeKeys(store, marked, existing));
}

function rounds(project: Project): number[] {
  return [...new Set(project.timeline.map((entry) => entry.round))].sort((a, b) => a - b);
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
