import type { FrontierItem, Store } from '../../storage/store.ts';
import type { Archive } from '../model/archive.ts';
import type { Clock } from '../model/clock.ts';
import type { FailureRecord, Run } from '../model/run.ts';
import type { CrawlWindow, SourceAdapter, SourceRequest } from '../model/source.ts';
import { absenceBefore } from './absence.ts';
import { recordOf } from './crawl-failure.ts';
import type { CrawlFailure } from './crawl-failure.ts';
import { executeBatch } from './executor.ts';
import { credibleNews, FloodGate } from './flood.ts';
import { SeenRows } from './list-commit.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';
import type { OnPageStep, PageStep } from './page-step.ts';
import { PageWork } from './page-work.ts';
import { ProgressMeter } from './progress.ts';
import type { CrawlProgress } from './progress.ts';
import { Revalidation } from './revalidation.ts';
import { closeRun, openRun } from './run-record.ts';
import type { OpenRun } from './run-record.ts';
import type { CountWorkdays } from './silence.ts';
import type { Web } from './web.ts';

export interface CrawlSourceOptions {
  adapter: SourceAdapter;
  store: Pick<Store, 'runs' | 'notices' | 'incidents' | 'vanishings'>;
  archive: Pick<Archive, 'append' | 'read' | 'readPage'>;
  web: Web;
  clock: Clock;
  window: CrawlWindow;
  /** Reads every notice again, whatever is known of it. */
  full: boolean;
  /** Brings in the past: see `Run.backfill`. */
  backfill?: boolean;
  /** Notices younger than this are read again at every run; see `mayBeLeft`. */
  recheckDays?: number;
  newId: () => string;
  /** For telling a column's silence; without a calendar nothing is said of it. */
  countWorkdays?: CountWorkdays;
  onProgress?: (progress: CrawlProgress) => void;
  onPageStep?: OnPageStep;
  /** Ends the crawl early; the run stays unfinished and the next call goes on with it. */
  signal?: AbortSignal;
  /** Asked before every request whether this process may still ask the site; throws where it may not. */
  confirm?: () => Promise<void>;
}

/** Corrections and silent edits cluster in the days after publication; ten cover the longest publicity period. */
const DEFAULT_RECHECK_DAYS = 10;
/** Requests handed to Crawlee at once: enough to outweigh a batch's own cost, little enough to hold in memory. */
const BATCH_SIZE = 200;
/** After the first, second and third failure: a moment, a restart of a service, a short outage. */
const RETRY_PAUSES_MS = [2_000, 10_000, 30_000];
/** So many requests in a row that failed after all retries: the site is down, and asking on only adds to it. */
const GIVE_UP_AFTER = 8;

/**
 * Crawls one source and decides what may be concluded. Goes on with the unfinished run of the same window and mode
 * where a crash or an interruption left one. The returned run is the stored one; outcome `running` means interrupted.
 * Throws only when the store or the archive fails: the run then stays unfinished.
 */
export async function crawlSource(options: CrawlSourceOptions): Promise<Run> {
  const opened = await openRun({ countWorkdays: noCalendar, ...options });
  const line = openLine(options.adapter, options.web, options.clock, options.confirm);
  try {
    return await crawlRun(options, opened, line);
  } finally {
    line.close();
  }
}

async function crawlRun(options: CrawlSourceOptions, opened: OpenRun, line: Line): Promise<Run> {
  const { adapter, store, clock, web } = options;
  const { run } = opened;
  const sourceId = adapter.definition.id;
  const signal = options.signal ?? new AbortController().signal;
  /** Failures that belong to no waiting request. */
  const apart: FailureRecord[] = [];
  let endedEarly: string | null = null;

  const seenRows = new SeenRows();
  for (const { lists } of await store.runs.tally(run.id)) lists.forEach((list) => seenRows.remember(list));
  const progress = new ProgressMeter(sourceId, options.onProgress);
  line.onQuiet = (until) => progress.quiet(until);
  const tookStep = (step: PageStep, ms: number): void => options.onPageStep?.({ sourceId, step, ms });
  line.onFetched = (ms) => tookStep('fetch', ms);

  const work = new PageWork({
    adapter,
    store,
    archive: options.archive,
    clock,
    runId: run.id,
    absence: await absenceBefore(store.runs, sourceId, run.id),
    seenRows,
    flood: new FloodGate(sourceId, store.notices, await credibleNews(store.runs, sourceId, clock.now())),
    rules: { full: options.full, recheckDays: options.recheckDays ?? DEFAULT_RECHECK_DAYS },
    revalidation: await revalidationOf(options, run),
    fetch: (request, known) => line.fetch(request, signal, known),
    tookStep,
  });

  let failuresInARow = 0;
  const execute = (items: FrontierItem[], waiting: boolean): ReturnType<typeof executeBatch> =>
    executeBatch({
      items,
      concurrency: line.concurrency,
      signal,
      async handle(item) {
        await work.handle(item);
        failuresInARow = 0;
        progress.settled('answered');
      },
      async again(item, _failure, tries) {
        await store.runs.attempted(run.id, item.request.key);
        await pause(web, RETRY_PAUSES_MS[item.attempts + tries - 1] ?? 0, signal);
      },
      async giveUp(item, failure) {
        failuresInARow = failure.remedy === 'again' ? failuresInARow + 1 : 0;
        if (failure.remedy === 'stop' || failuresInARow >= GIVE_UP_AFTER) line.withdraw();
        const record = await work.giveUp(item, failure);
        if (!waiting) apart.push(record);
        progress.settled('failed');
      },
    });

  const settled = new Set<string>();
  /** Empties the frontier as far as the source allows; true when the process is asked to end before. */
  const crawlFrontier = async (): Promise<boolean> => {
    const openingFailure = opened.broken ?? (await robotsFailure(line, adapter, web, signal));
    if (signal.aborted) return true;
    if (openingFailure !== null) {
      endedEarly = openingFailure.message;
      apart.push({ ...recordOf(openingFailure, clock.now(), null, null), url: adapter.settings.address });
      return false;
    }
    // A session lives in memory: after a crash the warm-ups that are done must be made again.
    const warmups = opened.resumed ? opened.first.filter((request) => request.role === 'warmup') : [];
    if (warmups.length > 0) {
      const end = await execute(
        distinct(warmups).map((request) => ({ request, attempts: 0 })),
        false,
      );
      if (end !== 'done') return end === 'interrupted' && !line.withdrawn;
    }
    for (;;) {
      const batch = firstRole(await store.runs.waiting(run.id, BATCH_SIZE));
      if (batch.length === 0) return false;
      if (batch.some((item) => settled.has(item.request.key))) {
        throw new Error(`The store still offers a request that was committed: run ${run.id}`);
      }
      progress.waiting(await store.runs.countWaiting(run.id));
      const end = await execute(batch, true);
      if (line.withdrawn) {
        if (failuresInARow >= GIVE_UP_AFTER) endedEarly = `连续 ${failuresInARow} 个页面未取得，提前结束`;
        return false;
      }
      if (end !== 'done') return end === 'interrupted';
      for (const item of batch) settled.add(item.request.key);
    }
  };

  if (await crawlFrontier()) {
    const stored = (await store.runs.get(run.id)) ?? run;
    return { ...stored, reason: '采集被中断，重跑同一命令即可续采' };
  }
  const { probes, skewMs } = work;
  return closeRun({ countWorkdays: noCalendar, ...options }, run, {
    apart,
    endedEarly,
    sent: line.sent,
    probes,
    skewMs,
  });
}

/** A visit asks whether pages still stand, unless the site was found to answer that wrongly. */
async function revalidationOf({ adapter, store, archive }: CrawlSourceOptions, run: Run): Promise<Revalidation> {
  const sourceId = adapter.definition.id;
  const { use } = adapter.settings.conditionalRequests;
  const distrusted = (await store.incidents.open(sourceId)).some(({ code }) => code === 'STALE_VALIDATORS');
  return new Revalidation({
    sourceId,
    runs: store.runs,
    archive,
    used: use,
    asks: use && !distrusted && !run.full && !run.backfill && run.window.since !== null,
    read: (page) => adapter.read(page),
  });
}

/** Reads robots.txt before anything else is asked, trying again as for any page; null when it could be read. */
async function robotsFailure(
  line: Line,
  adapter: SourceAdapter,
  web: Web,
  signal: AbortSignal,
): Promise<CrawlFailure | null> {
  for (let tries = 0; ; tries++) {
    const failure = await line.readRobots(new URL(adapter.settings.address), signal);
    const wait = RETRY_PAUSES_MS[tries];
    if (failure === null || failure.remedy !== 'again' || wait === undefined || signal.aborted) return failure;
    await pause(web, wait, signal);
  }
}

/** A pause that an interruption ends; the caller looks at the signal. */
async function pause(web: Web, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await web.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const noCalendar: CountWorkdays = () => null;

/**
 * Warm-ups are made before anything else starts, and lists are read to their end before the first detail: what a list
 * offers is either believed or not fetched at all.
 */
function firstRole(waiting: FrontierItem[]): FrontierItem[] {
  const role = waiting[0]?.request.role;
  return waiting.filter((item) => item.request.role === role);
}

function distinct(requests: SourceRequest[]): SourceRequest[] {
  return [...new Map(requests.map((request) => [request.key, request])).values()];
}
