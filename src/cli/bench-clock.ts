import type { Clock } from '../model/clock.ts';
import { epochOf } from '../model/day.ts';
import type { LocalMoment } from '../model/day.ts';

/** The bench's clock: runs on as time does, and can be set to another moment. */
export interface BenchClock extends Clock {
  set(moment: LocalMoment): void;
  /** Lets the pauses between tries pass at once. */
  advance(ms: number): void;
}

export function benchClock(moment: LocalMoment): BenchClock {
  let base = epochOf(moment);
  let since = Date.now();
  return {
    now: () => base + (Date.now() - since),
    advance(ms) {
      base += ms;
    },
    set(next) {
      base = epochOf(next);
      since = Date.now();
    },
  };
}
