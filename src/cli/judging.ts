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

/** Waits while another process links and judges. */
export async function refreshInTurn(workshop: Workshop, observer?: StageObserver): Promise<number> {
  const never = new AbortController().signal;
  for (let asked = 0; ; asked += 1) {
    const judged = await refreshAlone(workshop, observer);
    if (judged !== null) return judged;
    if (asked === 0) say('另一进程正在归并与核查，等它完成后再做。');
    await workshop.sleep(1000, never);
  }
}

/** Whether a run has ended, a day begun or a person decided on links since the last judging, by whichever process. */
export async function isJudgingDue(workshop: Workshop): Promise<boolean> {
  return (await workshop.store.leases.note(JUDGING)) !== (await judgeable(workshop));
}

/** What a judging of this moment rests on: the day, people's word on links, and each source's last finished run. */
async function judgeable({ store, definitions, clock }: Workshop): Promise<string> {
  const finished = await Promise.all(
    definitions.map(async ({ id }) => {
      const runs = await store.runs.list({ sourceId: id, limit: RECENT_RUNS });
      const ended = runs.filter((run) => run.finishedAt !== null);
      return [id, ended.map((run) => run.id).sort()];
    }),
  );
  const decisions = (await store.linkDecisions.standing()).map(({ id, at }) => [id, at]);
  return JSON.stringify([dayOf(clock.now()), decisions, ...finished]);
}

/** What leads are computed from and by. */
export function leadStage({ store, config, clock }: Pick<Workshop, 'store' | 'config' | 'clock'>): IndicatorStage {
  return { store, clock, settings: config.indicators, openTenderLines: config.policy.openTenderLines };
}

/** What projects are judged with: in threads where the store is a file. */
export function judgeStage({
  store,
  config,
  calendar,
  clock,
}: Pick<Workshop, 'store' | 'config' | 'calendar' | 'clock'>): JudgeStage {
  const sifter = siftingInThreads(store, { calendar: config.calendar });
  return { store, calendar, clock, sifter, policy: config.policy };
}

/** Links what is new and judges every project on what is known now, by whoever has the store alone. Returns the number of projects judged. */
export async function refresh(workshop: Workshop, observer?: StageObserver): Promise<number> {
  const { store, config, calendar, clock } = workshop;
  const started = clock.now();
  await matchNotices(store);
  const matched = clock.now();
  observer?.staged('match', matched - started);
  const { judged } = await judgeAllProjects(judgeStage(workshop));
  await keepCases({ store, calendar, clock, deadlines: config.cases });
  await refreshLeads(leadStage({ store, config, clock }));
  observer?.staged('judge', clock.now() - matched);
  return judged;
}
