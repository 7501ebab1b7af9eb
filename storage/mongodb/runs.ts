import type { Collection } from 'mongodb';

import type { ArchiveRecord } from '../../src/model/archive.ts';
import type { ReadingFacts } from '../../src/model/incident.ts';
import type { CoverageSpan, Run, RunOutcome } from '../../src/model/run.ts';
import type { CrawlWindow, SourceRequest } from '../../src/model/source.ts';
import type {
  ArchiveChange,
  ChannelTally,
  FrontierEntry,
  FrontierItem,
  PageCommit,
  PageCommitResult,
  RunStore,
} from '../store.ts';
import { ArchiveRecordCollection } from './archive-records.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { Counters } from './counters.ts';
import type { RunDoc } from './documents.ts';
import { FailureCollection, onceEach } from './failures.ts';
import { FrontierCollection } from './frontier.ts';
import type { NoticeCollection } from './notices.ts';
import { idOf, plain } from './plain.ts';

export class RunCollection implements RunStore {
  readonly #connection: Connection;
  readonly #notices: NoticeCollection;
  readonly #runs: Collection<RunDoc>;
  readonly #frontier: FrontierCollection;
  readonly #failures: FailureCollection;
  readonly #archive: ArchiveRecordCollection;

  constructor(connection: Connection, notices: NoticeCollection, counters: Counters) {
    this.#connection = connection;
    this.#notices = notices;
    this.#runs = connection.collection<RunDoc>('runs');
    this.#frontier = new FrontierCollection(connection);
    this.#failures = new FailureCollection(connection);
    this.#archive = new ArchiveRecordCollection(connection, counters);
  }

  async unfinished(sourceId: string, window: CrawlWindow, full: boolean): Promise<Run | null> {
    return this.#connection.read(async () => {
      const doc = await this.#runs
        .find({
          sourceId: idOf(sourceId),
          finishedAt: null,
          'window.since': window.since,
          'window.until': window.until,
          full,
        })
        .sort({ startedAt: -1, _id: -1 })
        .limit(1)
        .next();
      return doc === null ? null : (await this.#runsOf([doc]))[0]!;
    });
  }

  /**
   * Where there is no transaction the frontier comes before the run: a run that is there can be gone on with,
   * and requests of a run that never came to be are found by nobody.
   */
  async begin(run: Run, first: SourceRequest[]): Promise<void> {
    const { id } = run;
    const begun = asBegun(plain(run));
    await this.#connection.write(async (session) => {
      if ((await this.#runs.findOne({ _id: idOf(id) }, { projection: { _id: 1 }, session })) !== null) return;
      await this.#frontier.add(id, first, 1, session);
      await this.#runs.updateOne(
        { _id: id },
        { $setOnInsert: { ...begun, lastPlace: first.length } },
        { upsert: true, session },
      );
    });
  }

  async waiting(runId: string, limit: number): Promise<FrontierItem[]> {
    return this.#connection.read(() => this.#frontier.waiting(runId, limit));
  }

  async countWaiting(runId: string): Promise<number> {
    return this.#connection.read(() => this.#frontier.countWaiting(runId));
  }

  async attempted(runId: string, requestKey: string): Promise<void> {
    await this.#connection.writeOnce(() => this.#frontier.attempted(runId, requestKey));
  }

  /**
   * Where there is no transaction: what was read first, then what was discovered, the request answered last. Broken off
   * anywhere, the request waits still, and its page read again finds what is there already.
   */
  async commitPage(commit: PageCommit): Promise<PageCommitResult> {
    const { runId, requestKey } = commit;
    const places = await this.#takePlaces(commit);
    const via = JSON.stringify([runId, requestKey]);
    const done: PageCommitResult[] = [];
    let stored: PageCommitResult | null = null;
    return this.#connection.write(async (session) => {
      const state = await this.#frontier.stateOf(runId, requestKey, session);
      if (state === null) throw new Error(`request ${requestKey} is not in the frontier of run ${runId}`);
      // Stored before, perhaps by this very call, whose acknowledgement was lost.
      if (state !== 'waiting') return stored ?? { created: [], changed: [] };
      if (commit.archive !== null) await this.#archive.add([commit.archive], places.archive, session);
      const result = await this.#notices.store(commit.observations, via, session, done);
      await this.#notices.seenAgain(commit.seenAgain, session);
      await this.#frontier.add(runId, commit.discovered, places.discovered, session);
      stored = result;
      await this.#frontier.answered(commit, result, commit.failure === null ? null : places.failure, session);
      return result;
    });
  }

  async tally(runId: string): Promise<ChannelTally[]> {
    return this.#connection.read(() => this.#frontier.tally(runId));
  }

  async readings(runId: string): Promise<ReadingFacts[]> {
    return this.#connection.read(() => this.#frontier.readings(runId));
  }

  /** Where there is no transaction: failures first, then the run with its counts, from which on it is finished; its frontier last. */
  async finish(run: Run): Promise<void> {
    const { id, finishedAt, outcome, reason, channels, failures, requests, bytes } = plain(run);
    await this.#connection.write(async (session) => {
      const stored = (await this.#recorded([idOf(id)], session)).get(id);
      if (stored === undefined) throw new Error(`run ${id} was never begun`);
      await this.#failures.add(id, [...stored.failures, ...failures], session);
      await this.#runs.updateOne(
        { _id: id },
        {
          $set: { finishedAt, outcome, reason, channels },
          $max: {
            requests: Math.max(stored.requests, requests),
            bytes: Math.max(stored.bytes, bytes),
          },
        },
        { session },
      );
      await this.#frontier.drop(id, session);
    });
  }

  async get(runId: string): Promise<Run | null> {
    return this.#connection.read(async () => (await this.#recorded([idOf(runId)])).get(runId) ?? null);
  }

  async list(options: { sourceId?: string; outcome?: RunOutcome; limit: number }): Promise<Run[]> {
    return this.#connection.read(async () => {
      const docs = await this.#runs
        .find({
          ...(options.sourceId !== undefined && { sourceId: options.sourceId }),
          ...(options.outcome !== undefined && { outcome: options.outcome }),
        })
        .sort({ startedAt: -1, _id: -1 })
        .limit(options.limit)
        .toArray();
      return this.#runsOf(docs);
    });
  }

  async coverage(sourceIds?: string[]): Promise<CoverageSpan[]> {
    const [only, ...others] = sourceIds ?? [];
    return this.#connection.read(async () => {
      // In the order of the index: taken apart by the server, channels would have to be sorted, all of them at once.
      const docs = await this.#runs
        .find(
          {
            ...(sourceIds !== undefined && {
              sourceId: only !== undefined && others.length === 0 ? only : { $in: sourceIds },
            }),
            'channels.outcome': 'complete',
            finishedAt: { $gte: 0 },
          },
          {
            projection: {
              sourceId: 1,
              finishedAt: 1,
              'channels.channelId': 1,
              'channels.outcome': 1,
              'channels.covers': 1,
            },
          },
        )
        .sort({ finishedAt: 1, _id: 1 })
        .toArray();
      return docs.flatMap(spansOf);
    });
  }

  async archiveRecord(id: string): Promise<ArchiveRecord | null> {
    return this.#connection.read(() => this.#archive.get(id));
  }

  async archiveRecordsOf(url: string): Promise<ArchiveRecord[]> {
    return this.#connection.read(() => this.#archive.ofUrl(url));
  }

  async lastReply(sourceId: string, url: string): Promise<ArchiveRecord | null> {
    return this.#connection.read(() => this.#archive.lastReply(sourceId, url));
  }

  async rearrangeArchive(change: ArchiveChange): Promise<void> {
    await this.#connection.write((session) => this.#archive.rearrange(change, session));
  }

  allArchiveRecords(): AsyncIterable<ArchiveRecord> {
    return this.#archive.all();
  }

  /** Every run by id. */
  async *all(): AsyncGenerator<Run> {
    for await (const docs of batchesById(this.#connection, this.#runs)) {
      yield* await this.#connection.read(() => this.#runsOf(docs));
    }
  }

  frontier(): AsyncIterable<FrontierEntry> {
    return this.#frontier.all();
  }

  /** Adds runs of another store; one that is here stays as it is. */
  async takeIn(runs: Run[]): Promise<void> {
    await this.#connection.writeApart(async () => {
      for (const { id, failures } of runs) await this.#failures.add(idOf(id), failures, undefined);
      const docs = runs.map(plain).map(asDocument);
      await this.#runs.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  /** Adds requests of another store's frontier, behind those that are here. */
  async takeInFrontier(entries: FrontierEntry[]): Promise<void> {
    await this.#connection.writeApart(async () => {
      for (const [runId, ofRun] of Map.groupBy(entries, (entry) => entry.runId)) {
        await this.#frontier.addEntries(ofRun, await this.#takeFrontierPlaces(runId, ofRun.length));
      }
    });
  }

  /** Adds records of another store, behind those that are here. */
  async takeInRecords(records: ArchiveRecord[]): Promise<void> {
    await this.#connection.writeApart(async () => {
      await this.#archive.add(records, await this.#archive.takePlaces(records.length));
    });
  }

  /** Numbers that a commit needs, taken before its transaction; those of a commit that fails are given to nobody. */
  async #takePlaces(commit: PageCommit): Promise<{ archive: number; discovered: number; failure: number }> {
    return this.#connection.writeApart(async () => {
      const archive = commit.archive === null ? 0 : await this.#archive.takePlaces();
      const needed = commit.discovered.length + (commit.failure === null ? 0 : 1);
      const discovered = needed === 0 ? 0 : await this.#takeFrontierPlaces(commit.runId, needed);
      return { archive, discovered, failure: discovered + commit.discovered.length };
    });
  }

  /** Takes places in the frontier of a run; returns the first. */
  async #takeFrontierPlaces(runId: string, count: number): Promise<number> {
    const run = await this.#runs.findOneAndUpdate(
      { _id: idOf(runId) },
      { $inc: { lastPlace: count } },
      { projection: { lastPlace: 1 }, returnDocument: 'before' },
    );
    return (run?.lastPlace ?? 0) + 1;
  }

  async #recorded(ids: string[], session?: Session): Promise<Map<string, Run>> {
    const docs = await this.#runs
      .find({ _id: { $in: ids } }, { session })
      .sort({ _id: 1 })
      .toArray();
    return new Map((await this.#runsOf(docs, session)).map((run) => [run.id, run]));
  }

  /** Runs with what their frontiers have counted so far; a finished run has counted everything itself. */
  async #runsOf(docs: RunDoc[], session?: Session): Promise<Run[]> {
    const open = docs.filter(({ finishedAt }) => finishedAt === null).map(({ _id }) => _id);
    const progress = await this.#frontier.progressOf(open, session);
    const failures = await this.#failures.ofRuns(
      docs.map(({ _id }) => _id),
      session,
    );
    return docs.map(({ _id, lastPlace: _lastPlace, ...run }) => {
      const counted = progress.get(_id) ?? { requests: 0, bytes: 0, failures: [] };
      return {
        id: _id,
        ...run,
        backfill: run.backfill ?? false,
        failures: onceEach([...(failures.get(_id) ?? []), ...counted.failures]),
        requests: run.requests + counted.requests,
        bytes: run.bytes + counted.bytes,
      };
    });
  }
}

/** Where absence may be concluded, column by column. */
function spansOf({ _id, sourceId, finishedAt, channels }: RunDoc): CoverageSpan[] {
  const spans = channels.flatMap(({ channelId, outcome, covers }) =>
    outcome === 'complete' && covers !== null && finishedAt !== null
      ? [{ sourceId, channelId, runId: _id, from: covers.from, to: covers.to, finishedAt }]
      : [],
  );
  return spans.sort((a, b) => Buffer.compare(Buffer.from(a.channelId), Buffer.from(b.channelId)));
}

/** What a run is when it begins; its failures come with its pages. */
function asBegun({ id: _id, failures: _failures, ...run }: Run): Omit<RunDoc, '_id' | 'lastPlace'> {
  return { ...run, finishedAt: null, outcome: 'running', reason: null, channels: [] };
}

function asDocument({ id, failures: _failures, ...run }: Run): RunDoc {
  return { _id: id, ...run, lastPlace: 0 };
}
