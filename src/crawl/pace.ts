import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';

/** Requests to one host, spaced: shared by all sources on that host. */
interface HostPace {
  /** Milliseconds between two starts. */
  readonly intervalMs: number;
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  /** Raises the interval; a lower one changes nothing. Whoever waits, waits on at the new pace. */
  atLeast(intervalMs: number): void;
  /** Another process may have asked the host until now: the next start waits for a whole interval. */
  handedOver(): void;
  /**
   * Runs the task when its time has come and `ready` resolves; what that throws ends the wait.
   * Nothing comes between the last answer of `ready` and the start. The task is told the moment of its start, by the
   * steady clock.
   */
  run<T>(task: (at: number) => Promise<T>, ready?: () => Promise<void>): Promise<T>;
}

export interface Paces {
  of(url: URL): HostPace;
}

/** `onStart` is told of every start. */
export function createPaces(onStart: (host: string, at: number) => void = () => {}): Paces {
  const byHost = new Map<string, HostPace>();
  return {
    of(url) {
      let pace = byHost.get(url.host);
      if (pace === undefined) {
        pace = createHostPace((at) => onStart(url.host, at));
        byHost.set(url.host, pace);
      }
      return pace;
    },
  };
}

/** Pace off, as on a bench: as many at once as two cores can parse behind. */
const UNPACED_CONCURRENCY = 16;
/** A reply within this time leaves room for the next start; slower sites are not asked for more at once than that. */
const USUAL_REPLY_MS = 2000;
const MAX_PACED_CONCURRENCY = 8;

/** As many requests under way as a site answering in two seconds would have at this pace, eight at most. */
function concurrencyAt(intervalMs: number): number {
  if (intervalMs === 0) return UNPACED_CONCURRENCY;
  return Math.max(1, Math.min(MAX_PACED_CONCURRENCY, Math.floor(USUAL_REPLY_MS / intervalMs)));
}

/** Epoch ms as they go on by themselves: a clock that is set moves no start forward or back. */
function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

function createHostPace(onStart: (at: number) => void): HostPace {
  let intervalMs = 0;
  let lastStart = -Infinity;
  let queue = new PQueue({ concurrency: concurrencyAt(0) });
  const waiting = new Set<() => Promise<void>>();

  const enqueue = (start: () => Promise<void>): void => {
    // `start` settles the caller's own promise and never rejects; the queue's promise does when the queue is replaced.
    queue.add(start).catch(() => undefined);
  };

  const tooEarly = (): number => lastStart + intervalMs - steadyNow();

  return {
    get intervalMs() {
      return intervalMs;
    },
    get concurrency() {
      return concurrencyAt(intervalMs);
    },
    atLeast(ms) {
      if (ms <= intervalMs) return;
      intervalMs = ms;
      queue.clear();
      queue = new PQueue({
        concurrency: concurrencyAt(ms),
        interval: ms,
        intervalCap: 1,
        strict: true,
      });
      for (const start of waiting) enqueue(start);
    },
    handedOver() {
      lastStart = steadyNow();
    },
    run<T>(task: (at: number) => Promise<T>, ready: () => Promise<void> = async () => {}): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const begin = async (): Promise<T> => {
          // p-queue stamps a start a moment before it happens, and two queues follow each other when the pace is raised.
          for (;;) {
            await ready();
            const early = tooEarly();
            if (early <= 0) break;
            await delay(early);
          }
          lastStart = steadyNow();
          onStart(lastStart);
          return task(lastStart);
        };
        const start = async (): Promise<void> => {
          waiting.delete(start);
          await begin().then(resolve, reject);
        };
        waiting.add(start);
        enqueue(start);
      });
    },
  };
}
