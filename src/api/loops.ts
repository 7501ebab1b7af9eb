/** One of the loops of a process on duty: a source's watch, linking and judging, telling people. */
interface Loop {
  id: string;
  /** As people read it. */
  name: string;
  /** Steady ms since when it works or rests. */
  since: number;
  /** How long it meant to rest; null while it works. */
  restMs: number | null;
  /** Steady ms of the first failure since it last came off; null where that was no failure. */
  failingSince: number | null;
}

/** How long a loop has been at something, ms. */
export interface LoopSpan {
  id: string;
  name: string;
  ms: number;
}

/** A rest that lasts so much longer than it was meant to is no delay of a laden machine any more. */
const OVERSLEPT_MS = 60_000;

/**
 * What the loops of this process are doing: whether they move, which a database that is gone does not stop, and whether
 * what they do comes off. By a clock that nobody can set. A process that only serves the page has none.
 */
export class Loops {
  readonly #now: () => number;
  readonly #loops = new Map<string, Loop>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  works(id: string, name: string): void {
    const failingSince = this.#loops.get(id)?.failingSince ?? null;
    this.#loops.set(id, { id, name, since: this.#now(), restMs: null, failingSince });
  }

  /** The work is over, and goes on after `ms`. */
  rests(id: string, ms: number, outcome: 'done' | 'failed'): void {
    const loop = this.#loops.get(id);
    if (loop === undefined) throw new Error(`A loop rests that never worked: ${id}`);
    const now = this.#now();
    const failingSince = outcome === 'done' ? null : (loop.failingSince ?? now);
    this.#loops.set(id, { ...loop, since: now, restMs: ms, failingSince });
  }

  /** Those that should have gone on by now and did not. Work has no limit here: a crawl at its pace takes hours. */
  stalled(): LoopSpan[] {
    return this.#spans(({ restMs, since }) =>
      restMs !== null && this.#now() > since + restMs + OVERSLEPT_MS ? since + restMs : null,
    );
  }

  /** Those whose work has not come off, since the first failure. */
  failing(): LoopSpan[] {
    return this.#spans(({ failingSince }) => failingSince);
  }

  /** Those at work. */
  working(): LoopSpan[] {
    return this.#spans(({ restMs, since }) => (restMs === null ? since : null));
  }

  #spans(from: (loop: Loop) => number | null): LoopSpan[] {
    return [...this.#loops.values()].flatMap((loop) => {
      const since = from(loop);
      return since === null ? [] : [{ id: loop.id, name: loop.name, ms: this.#now() - since }];
    });
  }
}
