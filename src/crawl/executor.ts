import { setImmediate as nextTick } from 'node:timers/promises';
import type { StorageClient } from '@crawlee/basic';
import { BasicCrawler, Configuration, EventManager, Log, LogLevel, NonRetryableError, Request } from '@crawlee/basic';
import { MemoryStorage } from '@crawlee/memory-storage';

import type { FrontierItem } from '../../storage/store.ts';
import { BatchList } from './batch-list.ts';
import { isCrawlFailure } from './crawl-failure.ts';
import type { CrawlFailure } from './crawl-failure.ts';

interface Batch {
  items: FrontierItem[];
  concurrency: number;
  /** Fetches and commits one item. Throws a `CrawlFailure`, `Withdrawn`, or what is nobody's fault but ours. */
  handle(item: FrontierItem): Promise<void>;
  /** Before another try; resolves when the pause is over. `tries` counts those made. */
  again(item: FrontierItem, failure: CrawlFailure, tries: number): Promise<void>;
  /** The item failed for good. */
  giveUp(item: FrontierItem, failure: CrawlFailure): Promise<void>;
  signal: AbortSignal;
}

/**
 * done: every item was settled · stopped: a failure stopped the source, what was not asked stays waiting ·
 * interrupted: the process is asked to end.
 */
type BatchEnd = 'done' | 'stopped' | 'interrupted';

/** Thrown by `handle` where the source was stopped while the item waited for its turn: it stays in the frontier. */
export class Withdrawn extends Error {}

/** The first try and three more: what fails four times in a minute will not come right by asking. */
const MAX_RETRIES = 3;

/** Requests wait for their turn inside the handler, in quiet hours for a night: Crawlee's own time limit must not cut in. */
const HANDLER_TIMEOUT_SECS = 14 * 24 * 3600;

/** Concurrency is fixed, so that no memory limit is looked at; without one Crawlee starts a `ps` for every batch to find it. */
const UNUSED_MEMORY_MBYTES = 1024;

/** No systemInfo snapshots either: each would start another `ps`, every second. */
class SilentEvents extends EventManager {}

/**
 * Crawlee opens a key-value store for its statistics. This one is in memory, and has neither `purge`, which would
 * empty another process's folder, nor `teardown`, for which Crawlee keeps the process alive a second longer.
 */
function volatileStorage(): StorageClient {
  const memory = new MemoryStorage({ persistStorage: false, writeMetadata: false });
  return {
    datasets: () => memory.datasets(),
    dataset: (id) => memory.dataset(id),
    keyValueStores: () => memory.keyValueStores(),
    keyValueStore: (id) => memory.keyValueStore(id),
    requestQueues: () => memory.requestQueues(),
    requestQueue: (id, options) => memory.requestQueue(id, options),
  };
}

/**
 * Runs one batch of frontier items through Crawlee, in memory, on a configuration and list of its own.
 * The error's remedy decides: `again` up to three times, `leave` gives up the item, `stop` ends the source.
 * An error that is no `CrawlFailure` ends the batch and is thrown.
 */
export async function executeBatch(batch: Batch): Promise<BatchEnd> {
  const items = new Map(batch.items.map((item) => [item.request.key, item]));
  const underWay = new Set<Promise<void>>();
  let settled = 0;
  let stopped = false;
  let defect: { error: unknown } | null = null;

  const config = new Configuration({
    storageClient: volatileStorage(),
    persistStorage: false,
    purgeOnStart: false,
    memoryMbytes: UNUSED_MEMORY_MBYTES,
  });
  config.useEventManager(new SilentEvents(config));

  const crawler = new BasicCrawler(
    {
      requestList: new BatchList(batch.items.map(crawleeRequest)),
      minConcurrency: batch.concurrency,
      maxConcurrency: batch.concurrency,
      maxRequestRetries: MAX_RETRIES,
      requestHandlerTimeoutSecs: HANDLER_TIMEOUT_SECS,
      useSessionPool: false,
      retryOnBlocked: false,
      statisticsOptions: { persistenceOptions: { enable: false } },
      log: new Log({ level: LogLevel.OFF }),
      async requestHandler({ request }) {
        if (stopped || defect !== null || batch.signal.aborted) throw new NonRetryableError('withdrawn');
        await tracked(attempt(itemOf(request)));
      },
      async errorHandler({ request }, error) {
        const failure = failureIn(error);
        if (failure === null) return;
        await tracked(guardDefects(() => batch.again(itemOf(request), failure, request.retryCount + 1)));
      },
      async failedRequestHandler({ request }, error) {
        const failure = failureIn(error);
        if (failure === null) return;
        await tracked(guardDefects(() => batch.giveUp(itemOf(request), failure)));
        settled++;
        if (failure.remedy === 'stop') stop();
      },
    },
    config,
  );

  async function tracked(work: Promise<void>): Promise<void> {
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  }

  function itemOf(request: Request): FrontierItem {
    const item = items.get(request.uniqueKey);
    if (item === undefined) throw new Error(`Not of this batch: ${request.uniqueKey}`);
    return item;
  }

  async function attempt(item: FrontierItem): Promise<void> {
    try {
      await batch.handle(item);
      settled++;
    } catch (error) {
      if (isCrawlFailure(error)) {
        throw error.remedy === 'again' ? error : new NonRetryableError(error.message, { cause: error });
      }
      if (!(error instanceof Withdrawn)) fail(error);
      throw new NonRetryableError('withdrawn', { cause: error });
    }
  }

  function stop(): void {
    stopped = true;
    crawler.stop();
  }

  function fail(error: unknown): void {
    defect ??= { error };
    crawler.stop();
  }

  /** An error in our own bookkeeping must not be taken for the site's. */
  async function guardDefects(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      fail(error);
    }
  }

  const interrupt = (): void => crawler.stop();
  batch.signal.addEventListener('abort', interrupt);
  try {
    await crawler.run();
    // On Ctrl+C Crawlee returns at once; what is under way must still be committed or known to be lost.
    while (underWay.size > 0) {
      await Promise.allSettled(underWay);
      await nextTick();
    }
  } finally {
    batch.signal.removeEventListener('abort', interrupt);
  }
  const found = defect as { error: unknown } | null;
  if (found !== null) throw found.error;
  if (stopped) return 'stopped';
  return settled === batch.items.length ? 'done' : 'interrupted';
}

function crawleeRequest({ request, attempts }: FrontierItem): Request {
  const crawlee = new Request({ url: request.url, uniqueKey: request.key, skipNavigation: true });
  crawlee.maxRetries = Math.max(0, MAX_RETRIES - attempts);
  return crawlee;
}

function failureIn(error: unknown): CrawlFailure | null {
  if (isCrawlFailure(error)) return error;
  return error instanceof NonRetryableError && isCrawlFailure(error.cause) ? error.cause : null;
}
