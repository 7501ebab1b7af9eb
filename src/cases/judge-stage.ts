import type { Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import { judgeProject } from '../compliance/judge.ts';
import type { Clock } from '../model/clock.ts';
import { dayOf } from '../model/day.ts';
import type { Alert, Finding, Judgement } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import type { CoverageSpan } from '../model/run.ts';
import { factsOf } from '../projects/facts.ts';
import { decideAlerts } from './alerts.ts';

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
  let judged = 0;
  let batch: Project[] = [];
  for await (const project of stage.store.projects.all()) {
    batch.push(project);
    if (batch.length === BATCH) {
      await judgeBatch(stage, batch, coverage);
      judged += batch.length;
      batch = [];
    }
  }
  if (batch.length > 0) await judgeBatch(stage, batch, coverage);
  await clearOrphans(stage);
  return { judged: judged + batch.length };
}

async function judgeBatch(stage: JudgeStage, projects: Project[], coverage: CoverageSpan[]): Promise<void> {
  const { store, policy, calendar, clock } = stage;
  const now = clock.now();
  const notices = new Map(
    (await store.notices.getMany(projects.flatMap((p) => p.noticeIds))).map((notice) => [notice.id, notice]),
  );
  const ids = projects.map((p) => p.id);
  const existing = new Map<string, Alert[]>();
  for (const alert of await store.findings.alertsOfProjects(ids)) {
    existing.set(alert.projectId, [...(existing.get(alert.projectId) ?? []), alert]);
  }
  const findings: Finding[] = [];
  const alerts = projects.flatMap((project) => {
    const own = project.noticeIds.flatMap((id) => notices.get(id) ?? []);
    // Every round is judged on its own: a later one may be a new tender of one lot only.
    const of = rounds(project).flatMap((round) => {
      const facts = factsOf(project, own, { policy, coverage, asOf: dayOf(now), round });
      const { judgements, review } = judgeProject(facts, policy, calendar);
      return [...judgements, ...(review === null ? [] : [review])].map((j) => findingOf(project, j, now));
    });
    findings.push(...of);
    return decideAlerts(project, of, existing.get(project.id) ?? [], now);
  });
  await store.findings.judge(ids, findings, alerts);
}

function rounds(project: Project): number[] {
  return [...new Set(project.timeline.map((entry) => entry.round))].sort((a, b) => a - b);
}

function findingOf(project: Project, judgement: Judgement, judgedAt: number): Finding {
  const key = [project.id, judgement.lot ?? '', judgement.round, judgement.rule].join('|');
  return { ...judgement, key, projectId: project.id, judgedAt };
}

/** Alerts of projects that are gone: their notices were linked otherwise. */
async function clearOrphans({ store, clock }: JudgeStage): Promise<void> {
  let cursor: string | undefined;
  const gone: Alert[] = [];
  do {
    const page = await store.findings.alerts({ state: 'open', limit: 100, cursor });
    for (const alert of page.items) if ((await store.projects.get(alert.projectId)) === null) gone.push(alert);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const changes = gone.flatMap((alert) => decideAlerts(null, [], [alert], clock.now()));
  if (changes.length > 0) await store.findings.judge([], [], changes);
}
