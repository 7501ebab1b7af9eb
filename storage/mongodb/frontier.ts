import type { Collection } from 'mongodb';

import type { ReadingFacts } from '../../src/model/incident.ts';
import type { FailureRecord } from '../../src/model/run.ts';
import type { SourceRequest } from '../../src/model/source.ts';
import { ROLE_RANK } from '../shared/role-rank.ts';
import type { ChannelTally, FrontierEntry, FrontierItem, PageCommit, PageCommitResult } from '../store.ts';
import { READ_BATCH } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { FrontierDoc } from './documents.ts';
import { idOf, plain } from './plain.ts';

type ListFacts = NonNullable<PageCommit['listFacts']>;

const UNANSWERED = { state: 'waiting', attempts: 0, created: 0, changed: 0, facts: null, reading: null } as const;

/** What the frontier of a run has counted beyond the run's own document. */
interface Progress {
  requests: number;
  bytes: number;
  failures: FailureRecord[];
}

/** The requests of unfinished runs. */
export class FrontierCollection {
  readonly #connection: Connection;
  readonly #frontier: Collection<FrontierDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#frontier = connection.collection<FrontierDoc>('frontier');
  }

  /** Adds requests that the run does not have, from place `first` on. */
  async add(runId: string, requests: SourceRequest[], first: number, session: Session): Promise<void> {
    const entries = requests.map((request) => ({ ...UNANSWERED, runId, request }));
    await this.addEntries(entries, first, session);
  }

  /** Adds requests with what is known of them, from place `first` on; one that is there stays as it is. */
  async addEntries(entries: FrontierEntry[], first: number, session?: Session): Promise<void> {
    if (entries.length === 0) return;
    await this.#frontier.bulkWrite(
      entries.map(({ runId, request, facts, reading, ...entry }, i) => ({
        updateOne: {
          filter: { runId: idOf(runId), key: idOf(request.key) },
          update: {
            $setOnInsert: {
              ...entry,
              rank: ROLE_RANK[request.role],
              place: first + i,
              channelId: request.channelId,
              request: JSON.stringify(request),
              requests: 0,
              bytes: 0,
              facts: plain(facts),
              reading: plain(reading),
              failure: null,
              failedPlace: null,
            },
          },
          upsert: true,
        },
      })),
      { session },
    );
  }

  /** Every request by run and place. */
  async *all(): AsyncGenerator<FrontierEntry> {
    let after = { runId: '', place: 0 };
    for (;;) {
      const { runId, place } = after;
      const docs = await this.#connection.read(() =>
        this.#frontier
          .find({
            // The bound apart: see `behind` in positions.ts.
            runId: { $gte: runId },
            $or: [{ runId: { $gt: runId } }, { runId, place: { $gt: place } }],
          })
          .sort({ runId: 1, place: 1, _id: 1 })
          .limit(READ_BATCH)
          .toArray(),
      );
      yield* docs.map(entryOf);
      const last = docs.at(-1);
      if (last === undefined || docs.length < READ_BATCH) return;
      after = last;
    }
  }

  async waiting(runId: string, limit: number): Promise<FrontierItem[]> {
    const docs = await this.#frontier
      .find({ runId: idOf(runId), state: 'waiting' }, { projection: { request: 1, attempts: 1 } })
      .sort({ rank: 1, place: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return docs.map(({ request, attempts }) => ({ request: JSON.parse(request) as SourceRequest, attempts }));
  }

  async countWaiting(runId: string): Promise<number> {
    return this.#frontier.countDocuments({ runId: idOf(runId), state: 'waiting' });
  }

  async attempted(runId: string, key: string): Promise<void> {
    await this.#frontier.updateOne(
      { runId: idOf(runId), key: idOf(key), state: 'waiting' },
      { $inc: { attempts: 1, requests: 1 } },
    );
  }

  /** The state of a request; null when the run never asked it. */
  async stateOf(runId: string, key: string, session?: Session): Promise<FrontierDoc['state'] | null> {
    const doc = await this.#frontier.findOne(
      { runId: idOf(runId), key: idOf(key) },
      { projection: { state: 1 }, session },
    );
    return doc?.state ?? null;
  }

  /** Marks the request answered, with all that its reply counted; does nothing when it is answered already. */
  async answered(
    commit: PageCommit,
    { created, changed }: PageCommitResult,
    failedPlace: number | null,
    session: Session,
  ): Promise<void> {
    await this.#frontier.updateOne(
      { runId: commit.runId, key: commit.requestKey, state: 'waiting' },
      {
        $set: {
          state: commit.failure === null ? ('done' as const) : ('failed' as const),
          created: created.length,
          changed: changed.length,
          facts: plain(commit.listFacts),
          reading: plain(commit.readingFacts),
          failure: plain(commit.failure),
          failedPlace,
        },
        $inc: { attempts: 1, requests: 1, bytes: commit.bytes },
      },
      { session },
    );
  }

  async tally(runId: string): Promise<ChannelTally[]> {
    const sumOf = (condition: object): object => ({ $sum: { $cond: [condition, 1, 0] } });
    const channels = await this.#frontier
      .aggregate<Omit<ChannelTally, 'channelId' | 'lists'> & { _id: string }>([
        { $match: { runId: idOf(runId) } },
        {
          $group: {
            _id: '$channelId',
            first: { $min: '$place' },
            fetched: sumOf({ $and: [{ $eq: ['$state', 'done'] }, { $eq: ['$rank', ROLE_RANK.detail] }] }),
            failed: sumOf({ $eq: ['$state', 'failed'] }),
            pending: sumOf({ $eq: ['$state', 'waiting'] }),
            created: { $sum: '$created' },
            changed: { $sum: '$changed' },
          },
        },
        { $sort: { first: 1, _id: 1 } },
      ])
      .toArray();
    const answers = await this.#frontier
      .find({ runId, facts: { $ne: null } }, { projection: { facts: 1 } })
      .sort({ place: 1, _id: 1 })
      .toArray();
    const lists = answers.map(({ facts }) => facts as ListFacts).sort((a, b) => a.page - b.page);
    return channels.map(({ _id, fetched, failed, pending, created, changed }) => ({
      channelId: _id,
      lists: lists.filter((facts) => facts.channelId === _id),
      fetched,
      failed,
      pending,
      created,
      changed,
    }));
  }

  /** What the detail pages of a run told, in order of place. */
  async readings(runId: string): Promise<ReadingFacts[]> {
    const docs = await this.#frontier
      .find({ runId: idOf(runId), reading: { $ne: null } }, { projection: { reading: 1 } })
      .sort({ place: 1, _id: 1 })
      .toArray();
    return docs.flatMap(({ reading }) => reading ?? []);
  }

  async progressOf(runIds: string[], session?: Session): Promise<Map<string, Progress>> {
    if (runIds.length === 0) return new Map();
    const sums = await this.#frontier
      .aggregate<{ _id: string; requests: number; bytes: number }>(
        [
          { $match: { runId: { $in: runIds } } },
          { $group: { _id: '$runId', requests: { $sum: '$requests' }, bytes: { $sum: '$bytes' } } },
        ],
        { session },
      )
      .toArray();
    const failed = await this.#frontier
      .find({ runId: { $in: runIds }, state: 'failed' }, { projection: { runId: 1, failure: 1 }, session })
      .sort({ failedPlace: 1, _id: 1 })
      .toArray();
    return new Map(
      sums.map(({ _id, requests, bytes }) => [
        _id,
        {
          requests,
          bytes,
          failures: failed.flatMap(({ runId, failure }) => (runId === _id && failure !== null ? [failure] : [])),
        },
      ]),
    );
  }

  async drop(runId: string, session: Session): Promise<void> {
    await this.#frontier.deleteMany({ runId }, { session });
  }
}

function entryOf({ request, reading, ...entry }: FrontierDoc): FrontierEntry {
  const { runId, state, attempts, created, changed, facts } = entry;
  return {
    runId,
    request: JSON.parse(request) as SourceRequest,
    state,
    attempts,
    created,
    changed,
    facts,
    reading: reading ?? null,
  };
}
