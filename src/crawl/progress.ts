/** How far the crawl of one source is, for a progress bar. */
export interface CrawlProgress {
  sourceId: string;
  /** Requests of this process that were answered or given up. */
  done: number;
  /** Requests known and not yet settled; counted anew at every batch. */
  waiting: number;
  failed: number;
  /** Epoch ms until which quiet hours hold the source back; null while it is at work. */
  quietUntil: number | null;
}

/** Counts and tells. */
export class ProgressMeter {
  readonly #progress: CrawlProgress;
  readonly #tell: (progress: CrawlProgress) => void;

  constructor(sourceId: string, tell: (progress: CrawlProgress) => void = () => {}) {
    this.#progress = { sourceId, done: 0, waiting: 0, failed: 0, quietUntil: null };
    this.#tell = tell;
  }

  settled(how: 'answered' | 'failed'): void {
    const { done, waiting, failed } = this.#progress;
    this.#set({ done: done + 1, waiting: Math.max(0, waiting - 1), failed: how === 'failed' ? failed + 1 : failed });
  }

  waiting(count: number): void {
    this.#set({ waiting: count });
  }

  quiet(until: number | null): void {
    this.#set({ quietUntil: until });
  }

  #set(change: Partial<CrawlProgress>): void {
    Object.assign(this.#progress, change);
    this.#tell({ ...this.#progress });
  }
}
