import { Worker } from 'node:worker_threads';

import { pumpsOf } from './stated-expressions.ts';
import type { Stated } from './stated-expressions.ts';

/** An expression, made to go on from match to match, and the word that a text is pumped up with. */
export interface Pump {
  at: string;
  source: string;
  flags: string;
  word: string;
}

export function pumpsFor(stated: readonly Stated[]): Pump[] {
  return stated.flatMap((one) => {
    const flags = one.flags.includes('g') ? one.flags : `${one.flags}g`;
    return pumpsOf(one).map((word) => ({ at: one.at, source: one.source, flags, word }));
  });
}

export interface Driven {
  /** Microseconds of the thread's own time, by pump; what else the machine does is not in it. */
  spent: number[];
  /** The pump that was still at work when its time was up. */
  stuck: Pump | null;
}

/** Drives expressions in a thread of their own, which is ended where one of them does not come to an end. */
export function drive(pumps: readonly Pump[], length: number, limitMs: number): Promise<Driven> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pump-worker.ts', import.meta.url), { workerData: { pumps, length } });
    const spent: number[] = [];
    let at = 0;
    const finish = (stuck: Pump | null): void => {
      clearTimeout(timer);
      void worker.terminate().then(() => resolve({ spent, stuck }));
    };
    const timer = setTimeout(() => finish(pumps[at] ?? null), limitMs);
    worker.on('message', (message: 'done' | { index: number; spent?: number }) => {
      if (message === 'done') return finish(null);
      at = message.index;
      if (message.spent === undefined) timer.refresh();
      else spent[message.index] = message.spent;
    });
    worker.on('error', reject);
  });
}
