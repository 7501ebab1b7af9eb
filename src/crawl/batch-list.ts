import type { BasicCrawlerOptions, Request } from '@crawlee/basic';

type RequestList = NonNullable<BasicCrawlerOptions['requestList']>;

/**
 * Crawlee's view of one batch: a list in memory that lives as long as the batch. Crawlee's own queues and lists
 * reach for the process-wide storage, write one file a request, or purge what another process is working on.
 */
export class BatchList implements RequestList {
  readonly #waiting: Request[];
  readonly #total: number;
  #handled = 0;
  /** Keys of the requests under way. */
  readonly inProgress = new Set<string>();

  constructor(requests: Request[]) {
    this.#waiting = [...requests];
    this.#total = requests.length;
  }

  length(): number {
    return this.#total;
  }

  handledCount(): number {
    return this.#handled;
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.#waiting.length === 0);
  }

  isFinished(): Promise<boolean> {
    return Promise.resolve(this.#waiting.length === 0 && this.inProgress.size === 0);
  }

  fetchNextRequest(): Promise<Request | null> {
    const next = this.#waiting.shift() ?? null;
    if (next !== null) this.inProgress.add(next.uniqueKey);
    return Promise.resolve(next);
  }

  markRequestHandled(request: Request): Promise<void> {
    if (this.inProgress.delete(request.uniqueKey)) this.#handled++;
    return Promise.resolve();
  }

  /** What is to be tried again comes next: a site that is down is known as such before all its pages were asked for. */
  reclaimRequest(request: Request): Promise<void> {
    this.inProgress.delete(request.uniqueKey);
    this.#waiting.unshift(request);
    return Promise.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next !== null; next = await this.fetchNextRequest()) yield next;
  }

  /** Nothing to persist: the frontier lives in the store. */
  persistState(): Promise<void> {
    return Promise.resolve();
  }
}
