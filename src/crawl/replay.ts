import type { Store } from '../../storage/store.ts';
import type { Archive, ArchiveRecord } from '../model/archive.ts';
import type { NoticeObservation } from '../model/notice.ts';
import type { Run } from '../model/run.ts';
import type { FetchedPage, PageReading, SourceAdapter, SourceRequest } from '../model/source.ts';
import { absenceBefore } from './absence.ts';
import type { Absence } from './absence.ts';
import { continueChain, openChain } from './attachment-chain.ts';
import type { ChainContext, ChainStep } from './attachment-chain.ts';
import { GapCount } from './archive-gaps.ts';
import type { ArchiveGaps } from './archive-gaps.ts';
import { checkReply } from './classify.ts';
import { guarded, isCrawlFailure } from './crawl-failure.ts';
import { listPart, noticeId, SeenRows } from './list-commit.ts';
import { ownHosts } from './own-hosts.ts';
import { pageBehind } from './page-behind.ts';

export interface ReplayOptions {
  /** Holds runs and archive index, and no notices. */
  store: Pick<Store, 'runs' | 'notices' | 'contents'>;
  archive: Pick<Archive, 'read' | 'readPage'>;
  /** Also of sources that are no longer crawled. */
  adapters: SourceAdapter[];
  /** As at the time of the crawls: it decides which rows of a list stood for a page that was not read again. */
  recheckDays: number;
  onProgress?: (replies: number) => void;
}

/** What became of the archived replies. */
export interface Replayed {
  replies: number;
  /** Notices made, revisions besides the first. */
  created: number;
  changed: number;
  /** Replies that could not be read, by failure code: the same that the crawl reported, unless a parser has changed. */
  failures: Record<string, number>;
  /** Replies whose connection broke: half a page was archived, and is not read. */
  brokenOff: number;
  /** What the crawls read and is archived no more: what followed from it cannot be rebuilt. */
  missing: ArchiveGaps;
}

/** Failures of the way, not of the page: the archived bytes are not what the site meant to send. */
const BROKE_OFF: readonly string[] = [
  'TIMED_OUT',
  'CONNECTION_LOST',
  'BODY_TRUNCATED',
  'TLS_FAILED',
  'REDIRECTED_ELSEWHERE',
  // Whole, but not believed: nothing of it was taken in.
  'ABOVE_MAXIMUM',
  'DUPLICATE_FLOOD',
];

/** Pages whose notices are stored together: outweighs a transaction's cost, and is some megabytes. */
const BATCH = 200;

/**
 * Reads every archived reply again, in the order in which the crawls committed them, and stores what it shows with the
 * times of then. The same parsers give the same notices, revisions and clocks; what runs concluded stays as it was.
 * Throws `RestoreArchive` where a reply is gone, differs from what was stored, or comes from a source that is unknown.
 */
export async function replayArchive(options: ReplayOptions): Promise<Replayed> {
  const { store, archive, onProgress } = options;
  const adapters = new Map(options.adapters.map((adapter) => [adapter.definition.id, adapter]));
  const runs = new Map<string, ReplayedRun>();
  const result = { replies: 0, created: 0, changed: 0, failures: {} as Record<string, number>, brokenOff: 0 };
  const gaps = new GapCount();
  let waiting: NoticeObservation[] = [];

  const flush = async (): Promise<void> => {
    const { created, changed } = await store.notices.observe(waiting);
    result.created += created.length;
    result.changed += changed.length;
    waiting = [];
  };

  /** Notices whose files are not all there yet: the request that comes next, by archive record of the page. */
  const chains = new Map<string, { request: SourceRequest; record: ArchiveRecord }>();
  const settle = async (step: ChainStep, detailArchiveId: string, record: ArchiveRecord): Promise<void> => {
    const [request] = step.discovered;
    if (request === undefined) chains.delete(detailArchiveId);
    else chains.set(detailArchiveId, { request, record });
    waiting.push(...step.observations);
    if (step.seenAgain.length > 0) await store.notices.sight(step.seenAgain);
    if (waiting.length >= BATCH) await flush();
  };
  const contextOf = async (record: ArchiveRecord): Promise<ChainContext> => {
    const adapter = adapters.get(record.sourceId)!;
    const { absence } = await runOf(record);
    const { notices } = store;
    const read = (page: FetchedPage): PageReading => guarded(page.request.url, () => adapter.read(page));
    return { absence, archive, fresh: record, notices, own: ownHosts(adapter), read, runs: store.runs };
  };
  const runOf = async (record: ArchiveRecord): Promise<ReplayedRun> => {
    const known = runs.get(record.runId) ?? (await replayedRun(store.runs, record));
    runs.set(record.runId, known);
    return known;
  };
  /** Files that never came left nothing in the archive; their notices wait no longer than their run. */
  const endChains = async (isOver: (record: ArchiveRecord) => boolean): Promise<void> => {
    for (const [detailArchiveId, { request, record }] of [...chains]) {
      if (!isOver(record)) continue;
      const step = await continueChain(request, null, await contextOf(record), { givenUp: true });
      await settle(step, detailArchiveId, record);
    }
  };

  for await (const record of store.runs.allArchiveRecords()) {
    result.replies++;
    if (result.replies % BATCH === 0) onProgress?.(result.replies);
    const adapter = adapters.get(record.sourceId);
    if (adapter === undefined) throw new Error(`no source ${record.sourceId} to read archived replies with`);
    const run = await runOf(record);
    await endChains(({ sourceId, runId }) => sourceId === record.sourceId && runId !== record.runId);
    if (run.brokenOff.has(record.id)) {
      result.brokenOff++;
      continue;
    }
    const page = await pageBehind(record, { archive, runs: store.runs });
    if (!run.failed.has(record.id)) gaps.holds(record.runId, page.request);
    if (page.request.role === 'attachment') {
      const { detailArchiveId } = page.request.attachment!;
      await settle(await continueChain(page.request, record, await contextOf(record)), detailArchiveId, record);
      continue;
    }
    let reading: PageReading;
    try {
      checkReply(page);
      reading = guarded(page.request.url, () => adapter.read(page));
      if (reading.role === 'list') run.remember(page.request, reading.rows);
    } catch (error) {
      if (!isCrawlFailure(error)) throw error;
      result.failures[error.code] = (result.failures[error.code] ?? 0) + 1;
      continue;
    }
    if (reading.role === 'detail') {
      // Whether a reading may replace the stored one depends on what is stored.
      const id = noticeId(record.sourceId, reading.externalId);
      if (waiting.some((observation) => observation.noticeId === id)) await flush();
      await settle(await openChain(page.request, reading, record, await contextOf(record)), record.id, record);
    } else if (reading.role === 'attachments') {
      const step = await continueChain(page.request, reading.attachments, await contextOf(record));
      await settle(step, page.request.attachment!.detailArchiveId, record);
    } else if (reading.role === 'list') {
      // What a list passes over depends on what was known when it was read.
      await flush();
      const rules = {
        sourceId: record.sourceId,
        notices: store.notices,
        full: run.full,
        recheckDays: options.recheckDays,
      };
      const { seenAgain } = await listPart(page.request, reading, record.fetchedAt, rules);
      if (seenAgain.length > 0) await store.notices.sight(seenAgain);
    }
  }
  await endChains(() => true);
  await flush();
  return { ...result, missing: await gaps.against(store) };
}

/** What reading a run's replies again needs to know of it. */
interface ReplayedRun {
  full: boolean;
  absence: Absence;
  /** Archive ids: of replies that showed a failure, and of those that are not whole or were not believed. */
  failed: ReadonlySet<string>;
  brokenOff: ReadonlySet<string>;
  remember(request: SourceRequest, rows: { externalId: string }[]): void;
}

async function replayedRun(runs: Store['runs'], { runId, sourceId }: ArchiveRecord): Promise<ReplayedRun> {
  const run: Run | null = await runs.get(runId);
  if (run === null) throw new Error(`no run ${runId} for its archived replies`);
  const broken = run.failures.flatMap(({ code, archiveId }) =>
    archiveId !== null && BROKE_OFF.includes(code) ? [archiveId] : [],
  );
  const seenRows = new SeenRows();
  return {
    full: run.full,
    absence: await absenceBefore(runs, sourceId, runId),
    // A share of fields that is too low names a page that was read.
    failed: new Set(
      run.failures.flatMap(({ archiveId, code }) => (code === 'FIELD_COVERAGE_LOW' ? [] : (archiveId ?? []))),
    ),
    brokenOff: new Set(broken),
    remember: (request, rows) =>
      seenRows.add(
        request,
        rows.map((row) => row.externalId),
      ),
  };
}
