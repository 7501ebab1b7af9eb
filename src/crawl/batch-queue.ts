import type { Request } from '@crawlee/basic';
import type { BasicCrawlerOptions } from '@crawlee/basic';

type RequestManager = NonNullable<BasicCrawlerOptions['requestManager']>;

/**
 * Crawlee's view of one batch: a queue in memory that lives as long as the batch. Crawlee's own queues and lists
 * reach for the process-wide storage, write one file a request, or purge what another process is working on.
 */
export class BatchQueue implements RequestManager {
  readonly #waiting: Request[];
  readonly #total: number;
  #underWay = 0;
  #handled = 0;

  constructor(requests: Request[]) {
    this.#waiting = requests;
    this.#total = requests.length;
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.#waiting.length === 0);
  }

  isFinished(): Promise<boolean> {
    return Promise.resolve(this.#waiting.length === 0 && this.#underWay === 0);
  }

  handledCount(): Promise<number> {
    return Promise.resolve(this.#handled);
  }

  getTotalCount(): number {
    return this.#total;
  }

  getPendingCount(): number {
    return this.#total - this.#handled;
  }

  fetchNextRequest<T extends Record<string, unknown>>(): Promise<Request<T> | null> {
    const next = this.#waiting.shift() ?? null;
    if (next !== null) this.#underWay++;
    return Promise.resolve(next as Request<T> | null);
  }

  markRequestHandled(): Promise<void> {
    this.#underWay--;
    this.#handled++;
    return Promise.resolve();
  }

  /** A request to be tried again goes to the end: the site has the rest of the batch to recover. */
  reclaimRequest(request: Request): Promise<null> {
    this.#underWay--;
    this.#waiting.push(request);
    return Promise.resolve(null);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next !== null; next = await this.fetchNextRequest()) yield next;
  }

  addRequest(): Promise<never> {
    return Promise.reject(new Error('A batch is closed: new requests go into the frontier of the store'));
  }

  addRequestsBatched(): Promise<never> {
    return this.addRequest();
  }
}
