import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { SheetReader } from '../../storage/sqlite/sheet-reader.ts';
import type { SheetRange } from '../../storage/sqlite/sheet-reader.ts';
import type { Store } from '../../storage/store.ts';
import { siftingHere } from '../cases/sift.ts';
import type { Sieve, Sifted, Sifter } from '../cases/sift.ts';
import type { SiftingAnswer, SiftingTask } from './sifting-thread.ts';
import { failureOf } from './thread-failure.ts';

/** Loading the rules takes each thread a second or two of a core, in which one thread judges some ten thousand. */
const FEWEST = 100_000;
/** Each holds some 150 MB. */
const MOST_THREADS = 8;
/** Projects at a time: were all of them to be looked at again, some 4 MB on their way. */
const RANGE = 2_000;
/** Ranges given to threads before the first answer is used, for each of them: they go on while the writer writes, and not further. */
const AHEAD = 4;
/** One thread's batches take a few dozen MB; what takes more than this is a defect, and says so. */
const MOST_HEAP_MB = 1024;
/** What a project needs is dropped with it: with room for some thousands, little of it is ever looked at by the collector. */
const YOUNG_HEAP_MB = 128;

export interface Threads {
  /** As configured; see `Calendar.load`. */
  calendar: { national: unknown; local: unknown };
  threads?: number;
  fewest?: number;
  range?: number;
}

/**
 * Sifts in threads, each with a read-only connection of its own, and gives what they find in the order of ids; in this
 * thread where there are few projects, or the store is no file. Whoever stops reading, or fails, ends the threads; what goes wrong in one of them
 * is thrown here with its code.
 */
export function siftingInThreads(store: Pick<Store, 'projects' | 'file'>, options: Threads): Sifter {
  const { threads = Math.min(availableParallelism(), MOST_THREADS), fewest = FEWEST, range = RANGE } = options;
  const { file } = store;
  if (file === null || threads < 2) return siftingHere(store);
  return async function* siftAll(sieve) {
    const ranges = rangesOf(file, range);
    if (ranges.length * range < fewest) {
      yield* siftingHere(store)(sieve);
      return;
    }
    const pool = Array.from({ length: threads }, () => new SiftingThread(taskOf(sieve, file, options)));
    try {
      yield* inOrder(pool, ranges);
    } finally {
      await Promise.all(pool.map((thread) => thread.stop()));
    }
  };
}

function rangesOf(database: string, size: number): SheetRange[] {
  const reader = new SheetReader(database);
  try {
    return reader.ranges(size);
  } finally {
    reader.close();
  }
}

function taskOf({ by, ground, concerned }: Sieve, database: string, { calendar }: Threads): SiftingTask {
  const { policy, coverage, asOf, goneDays } = by;
  return { database, calendar, by: { policy, coverage, asOf, goneDays }, ground, concerned };
}

/** Each range goes to the thread with the fewest before it: another program may hold one of them up. */
async function* inOrder(pool: readonly SiftingThread[], ranges: readonly SheetRange[]): AsyncGenerator<Sifted> {
  const answers: Promise<Sifted>[] = [];
  for (let next = 0; next < ranges.length || answers.length > 0;) {
    while (next < ranges.length && answers.length < pool.length * AHEAD) {
      const free = pool.reduce((least, thread) => (thread.ahead < least.ahead ? thread : least));
      answers.push(free.sift(ranges[next]!));
      next += 1;
    }
    yield await answers.shift()!;
  }
}

interface Waiting {
  resolve: (sifted: Sifted) => void;
  reject: (error: Error) => void;
}

class SiftingThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: Error | null = null;

  constructor(task: SiftingTask) {
    this.#worker = new Worker(new URL('./sifting-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    this.#worker.on('message', (answer: SiftingAnswer) => {
      if ('failure' in answer) this.#fail(failureOf(answer.failure));
      else this.#waiting.shift()?.resolve(answer.sifted);
    });
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`核查线程中途退出（${code}）`)));
  }

  /** Ranges it has not answered. */
  get ahead(): number {
    return this.#waiting.length;
  }

  sift(range: SheetRange): Promise<Sifted> {
    const answer = new Promise<Sifted>((resolve, reject) => {
      if (this.#failure === null) this.#waiting.push({ resolve, reject });
      else reject(this.#failure);
    });
    // Whoever reads stops at the first failure; those behind it are no news.
    answer.catch(() => undefined);
    this.#worker.postMessage(range);
    return answer;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
