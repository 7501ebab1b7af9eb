import type { Store } from '../../storage/store.ts';
import { keepCases } from '../cases/case-stage.ts';
import { judgeAllProjects } from '../cases/judge-stage.ts';
import type { JudgeStage } from '../cases/judge-stage.ts';
import { refreshLeads } from '../indicators/stage.ts';
import type { IndicatorStage } from '../indicators/stage.ts';
import { LeaveToOtherWorker } from '../model/errors.ts';
import { dayOf } from '../model/day.ts';
import { matchNotices } from '../projects/stage.ts';
import { say } from './output.ts';
import { forgetOldRequests } from './request-retention.ts';
import { heldWords, settingsToJudgeBy } from './settings-in-force.ts';
import type { Applicable } from './settings-in-force.ts';
import { siftingInThreads } from './sifting-threads.ts';
import type { Workshop } from './workshop.ts';

/** Is told what has been done; times by the workshop's clock. */
export interface StageObserver {
  staged(stage: 'match' | 'judge', ms: number): void;
}

/** Linking and judging go over all sources: one process at a time does both. */
export const JUDGING = 'judging';
/** Of a source's latest runs one at most is unfinished in each mode. */
const RECENT_RUNS = 10;

/**
 * Links what is new and judges, alone among the processes on the store. Null where another process is at it or took
 * over. What it leaves behind tells every process up to which runs it went, also after it was killed.
 */
export async function refreshAlone(workshop: Workshop, observer?: StageObserver): Promise<number | null> {
  return workshop.judgingTurn.add(() => refreshUnderLease(workshop, observer));
}

async function refreshUnderLease(workshop: Workshop, observer?: StageObserver): Promise<number | null> {
  const held = await workshop.leases.take(JUDGING);
  if (held === null) return null;
  let judgedUpTo: string | undefined;
  try {
    const before = await judgeable(workshop);
    const judged = await refresh({ ...workshop, store: workshop.store.fenced(held.lease) }, observer);
    judgedUpTo = before;
    await forgetOldRequests(workshop);
    return judged;
  } catch (error) {
    if (error instanceof LeaveToOtherWorker) return null;
    throw error;
  } finally {
    // Where the store does not answer the lease lapses by itself, and the judging counts as not done.
    await held.release(judgedUpTo).catch(() => undefined);
  }
}

/** Waits while another process links and judges. Says so where the settings of the files are not those applied. */
export async function refreshInTurn(workshop: Workshop, observer?: StageObserver): Promise<number> {
  const judged = await inTurn(workshop, () => refreshAlone(workshop, observer));
  const { held } = await settingsToJudgeBy(workshop);
  if (held !== null) say(heldWords(held));
  return judged;
}

/** The work on the store that this process then has for itself; waits while another process links and judges. */
export async function inJudgingTurn<T>(workshop: Workshop, work: (store: Store) => Promise<T>): Promise<T> {
  const { done } = await inTurn(workshop, () => workshop.judgingTurn.add(() => alone(workshop, work)));
  return done;
}

async function alone<T>({ leases, store }: Workshop, work: (store: Store) => Promise<T>): Promise<{ done: T } | null> {
  const held = await leases.take(JUDGING);
  if (held === null) return null;
  try {
    return { done: await work(store.fenced(held.lease)) };
  } finally {
    await held.release().catch(() => undefined);
  }
}

async function inTurn<T>({ sleep }: Workshop, attempt: () => Promise<T | null>): Promise<T> {
  const never = new AbortController().signal;
  for (let asked = 0; ; asked += 1) {
    const done = await attempt();
    if (done !== null) return done;
    if (asked === 0) say('另一进程正在归并与核查，等它完成后再做。');
    await sleep(1000, never);
  }
}

/** Whether a run has ended, a day begun, a person decided on links or settings been applied since the last judging, by whichever process. */
export async function isJudgingDue(workshop: Workshop): Promise<boolean> {
  return (await workshop.store.leases.note(JUDGING)) !== (await judgeable(workshop));
}

/** What a judging of this moment rests on: the day, settings, people's word on links, and each source's last finished run. */
async function judgeable(workshop: Workshop): Promise<string> {
  const { store, definitions, clock } = workshop;
  const finished = await Promise.all(
    definitions.map(async ({ id }) => {
      const runs = await store.runs.list({ sourceId: id, limit: RECENT_RUNS });
      const ended = runs.filter((run) => run.finishedAt !== null);
      return [id, ended.map((run) => run.id).sort()];
    }),
  );
  const decisions = (await store.linkDecisions.standing()).map(({ id, at }) => [id, at]);
  const { settings } = await settingsToJudgeBy(workshop);
  return JSON.stringify([dayOf(clock.now()), settings.id, decisions, ...finished]);
}

/** What leads are computed from and by. */
export function leadStage(
  { store, config, clock }: Pick<Workshop, 'store' | 'config' | 'clock'>,
  { policy }: Pick<Applicable, 'policy'>,
): IndicatorStage {
  return { store, clock, settings: config.indicators, openTenderLines: policy.openTenderLines };
}

/** What projects are judged with: in threads where the store is a file. */
export function judgeStage({ store, clock }: Pick<Workshop, 'store' | 'clock'>, by: Applicable): JudgeStage {
  const { policy, calendar, settings } = by;
  return { store, policy, calendar, clock, sifter: siftingInThreads(store, { calendar: settings.calendar }) };
}

/**
 * Links what is new and judges every project on what is known now, by whoever has the store alone, under the settings
 * that were applied: edited ones wait for `rejudge`. Returns the number of projects judged.
 */
export async function refresh(workshop: Workshop, observer?: StageObserver): Promise<number> {
  const { store, config, clock } = workshop;
  const started = clock.now();
  await matchNotices(store);
  const matched = clock.now();
  observer?.staged('match', matched - started);
  const by = await settingsToJudgeBy(workshop);
  if (by.isNew) await store.settings.put(by.settings);
  const { judged } = await judgeAllProjects(judgeStage(workshop, by));
  await keepCases({ store, calendar: by.calendar, clock, deadlines: config.cases });
  await refreshLeads(leadStage(workshop, by));
  observer?.staged('judge', clock.now() - matched);
  return judged;
}
