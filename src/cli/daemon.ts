import { isDeepStrictEqual } from 'node:util';

import type { Logger } from 'pino';

import { crawlLeased } from '../crawl/leased.ts';
import { dueRun } from '../crawl/schedule.ts';
import type { DueRun } from '../crawl/schedule.ts';
import { GongshiError } from '../model/errors.ts';
import type { SourceAdapter } from '../model/source.ts';
import type { Loops } from '../api/loops.ts';
import type { WorkerState } from '../api/metrics.ts';
import type { Channel } from '../notify/channel.ts';
import { workdayCounter } from './calendar.ts';
import { isJudgingDue, refreshAlone } from './judging.ts';
import { heldWords, settingsToJudgeBy } from './settings-in-force.ts';
import { tellAlone } from './operators.ts';
import type { PipelineObserver } from './pipeline.ts';
import type { Workshop } from './workshop.ts';

export interface DaemonObserver extends PipelineObserver {
  /** `next`: epoch ms of the next run of the schedule; null while one is under way. */
  source(sourceId: string, state: WorkerState, next: number | null): void;
}

interface DaemonOptions {
  workshop: Workshop;
  adapters: SourceAdapter[];
  /** Ways to the people on duty. */
  channels: Channel[];
  /** Ends the daemon: pages under way are finished or left to the next run, a judging is finished. */
  signal: AbortSignal;
  /** From 0 up to 1. */
  random: () => number;
  observer: DaemonObserver;
  /** Told what each loop is doing. */
  loops: Loops;
  log: Logger;
  /** For people: what holds the daemon up, and that it goes on again. */
  tell: (text: string) => void;
}

/**
 * How often a worker looks whether there is something to do. With the 30 s after which a lease lapses: the sources of
 * a worker that died are at work again within a minute.
 */
export const LOOK_MS = 10_000;
/** After the store or the archive failed. */
const RETRY_MS = 5_000;
/** Runs looked at to know what is due: a week of hourly ones and their interruptions. */
const RECENT_RUNS = 200;

/** Crawls every source when its schedule says so, links and judges after each run, until the signal. */
export async function runDaemon(options: DaemonOptions): Promise<void> {
  const { adapters } = options;
  await Promise.all([
    ...adapters.map((adapter) => {
      const watch = new SourceWatch(adapter, options);
      const { id, name } = adapter.definition;
      return repeat(options, id, name, () => watch.look());
    }),
    repeat(options, 'judging', '归并与核查', judging(options)),
    repeat(options, 'telling', '值守通知', telling(options)),
  ]);
}

/** One source as this process sees it. */
class SourceWatch {
  readonly #adapter: SourceAdapter;
  readonly #options: DaemonOptions;
  /** Drawn once a moment, so that the moment does not move each time it is looked at. */
  readonly #jitters = new Map<number, number>();

  constructor(adapter: SourceAdapter, options: DaemonOptions) {
    this.#adapter = adapter;
    this.#options = options;
  }

  async look(): Promise<void> {
    const { observer } = this.#options;
    const { definition } = this.#adapter;
    try {
      const { due, next } = await this.#due();
      if (due === null) observer.source(definition.id, 'waiting', next);
      else await this.#crawl(due);
    } catch (error) {
      observer.source(definition.id, 'failing', null);
      throw error;
    }
  }

  async #due(): Promise<ReturnType<typeof dueRun>> {
    const { store, clock } = this.#options.workshop;
    const { definition, settings } = this.#adapter;
    const runs = await store.runs.list({ sourceId: definition.id, limit: RECENT_RUNS });
    return dueRun({ settings, runs, now: clock.now(), jitter: (moment) => this.#jitter(moment) });
  }

  async #crawl({ kind, window }: DueRun): Promise<void> {
    const { workshop, signal, observer, log } = this.#options;
    const { store, archive, clock, newId, config, leases, web } = workshop;
    const source = this.#adapter.definition.id;
    observer.source(source, 'crawling', null);
    const run = await crawlLeased({
      adapter: this.#adapter,
      store,
      leases,
      archive,
      web,
      clock,
      newId,
      window,
      full: false,
      isStillDue: async () => isDeepStrictEqual((await this.#due()).due?.window, window),
      recheckDays: config.crawl.recheckDays,
      countWorkdays: workdayCounter(workshop.calendar),
      signal,
      onPageStep: (took) => observer.page(took),
    });
    if (run === null) {
      observer.source(source, 'elsewhere', null);
      log.debug({ source, kind }, 'another process is crawling this source or its host, or has just done so');
      return;
    }
    if (run.finishedAt === null) log.info({ source, kind, run: run.id }, 'run interrupted');
    else observer.ran(run);
  }

  #jitter(moment: number): number {
    const known = this.#jitters.get(moment);
    if (known !== undefined) return known;
    const drawn = Math.floor(this.#options.random() * this.#adapter.settings.schedule.jitterMinutes * 60_000);
    // Moments that have passed are asked about no more.
    if (this.#jitters.size > 100) this.#jitters.clear();
    this.#jitters.set(moment, drawn);
    return drawn;
  }
}

/**
 * Judges once at the start, since the program may be another, and whenever there is something new. Settings that were
 * edited and not applied are told once, and again when they are edited anew.
 */
function judging({ workshop, observer, log, tell }: DaemonOptions): () => Promise<void> {
  let started = false;
  let told: string | null = null;
  return async () => {
    const { held } = await settingsToJudgeBy(workshop);
    const words = held === null ? null : heldWords(held);
    if (words !== told) {
      if (held !== null) log.warn({ changed: held.changed, since: held.since }, 'settings edited, not applied');
      else log.info('settings of the files are those applied');
      tell(words ?? '设置文件与现在适用的设置一致。');
      told = words;
    }
    if (started && !(await isJudgingDue(workshop))) return;
    if ((await refreshAlone(workshop, observer)) !== null) started = true;
  };
}

/** Tells the people on duty what is new about the sources; a channel that takes nothing is complained of once, here. */
function telling({ workshop, channels, log, tell }: DaemonOptions): () => Promise<void> {
  const failing = new Set<string>();
  return async () => {
    for (const { channel, opened, closed, failure } of await tellAlone(workshop, channels)) {
      if (failure === null) {
        log.info({ channel, opened, closed }, 'told');
        if (failing.delete(channel)) tell(`值守通知“${channel}”：已恢复送达。`);
      } else {
        log.error({ channel, opened, closed, err: failure }, 'not told; trying again');
        if (!failing.has(channel)) tell(`${failure.message}。${failure.advice}`);
        failing.add(channel);
      }
    }
  };
}

/** Does it again and again. What fails is told once, tried again until it comes off, and told to be over. */
async function repeat(
  { workshop, signal, loops, log, tell }: DaemonOptions,
  id: string,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  let trouble: string | null = null;
  while (!signal.aborted) {
    loops.works(id, what);
    try {
      await work();
      if (trouble !== null) {
        log.info({ what }, 'goes on again');
        tell(`${what}：已恢复，继续工作。`);
      }
      trouble = null;
      loops.rests(id, LOOK_MS, 'done');
      await rest(workshop, LOOK_MS, signal);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log.error({ what, err: error }, 'failed; trying again');
      if (trouble === null) {
        const advice = error instanceof GongshiError ? error.advice : '请查看日志。';
        tell(`${what}：${message}。${advice}程序会自动重试，恢复后接着做。`);
      }
      trouble = message;
      loops.rests(id, RETRY_MS, 'failed');
      await rest(workshop, RETRY_MS, signal);
    }
  }
}

async function rest({ sleep }: Workshop, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
