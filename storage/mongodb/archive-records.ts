import type { Collection } from 'mongodb';

import type { ArchiveRecord } from '../../src/model/archive.ts';
import { additionOf } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { Counters } from './counters.ts';
import type { ArchiveDoc } from './documents.ts';
import type { ArchiveChange } from '../store.ts';
import { idOf, idsOf, plain } from './plain.ts';

/** Documents an iterator reads at a time; each batch is a query of its own, so that a slow reader outlives no cursor. */
const READ_BATCH = 500;
/** Places in the order of commits. */
const COUNTER = 'archive_records';

/** The index of the archive. */
export class ArchiveRecordCollection {
  readonly #connection: Connection;
  readonly #counters: Counters;
  readonly #records: Collection<ArchiveDoc>;

  constructor(connection: Connection, counters: Counters) {
    this.#connection = connection;
    this.#counters = counters;
    this.#records = connection.collection<ArchiveDoc>('archive_records');
  }

  /** Taken before the transaction: every source's commits meet in this counter, and would wait for one another inside. */
  async takePlaces(count = 1): Promise<number> {
    return this.#counters.take(COUNTER, count);
  }

  /** Adds records from a place on; one that is there keeps its own. */
  async add(records: ArchiveRecord[], first: number, session?: Session): Promise<void> {
    if (records.length === 0) return;
    await this.#records.bulkWrite(
      records.map((record, i) => additionOf(documentOf(record, first + i))),
      { session },
    );
  }

  /** Where there is no transaction the moved ones come first: a record is then never without its bytes. */
  async rearrange({ file, moved, dropped }: ArchiveChange, session?: Session): Promise<void> {
    if (moved.length > 0) {
      await this.#records.bulkWrite(
        moved.map(({ id, file: to, offset }) => ({
          updateOne: { filter: { _id: idOf(id), file }, update: { $set: { file: to, offset } } },
        })),
        { session },
      );
    }
    if (dropped.length > 0) await this.#records.deleteMany({ _id: { $in: idsOf(dropped) }, file }, { session });
  }

  async get(id: string): Promise<ArchiveRecord | null> {
    const doc = await this.#records.findOne({ _id: idOf(id) });
    return doc === null ? null : recordOf(doc);
  }

  async ofUrl(url: string): Promise<ArchiveRecord[]> {
    const docs = await this.#records
      .find({ url: idOf(url) })
      .sort({ fetchedAt: 1, place: 1, _id: 1 })
      .toArray();
    return docs.map(recordOf);
  }

  async lastReply(sourceId: string, url: string): Promise<ArchiveRecord | null> {
    const doc = await this.#records.findOne(
      { url: idOf(url), sourceId: idOf(sourceId), revisits: { $exists: false } },
      { sort: { fetchedAt: -1, place: -1, _id: -1 } },
    );
    return doc === null ? null : recordOf(doc);
  }

  async *all(): AsyncGenerator<ArchiveRecord> {
    for (let after = 0; ;) {
      const docs = await this.#connection.read(() =>
        this.#records
          .find({ place: { $gt: after } })
          .sort({ place: 1, _id: 1 })
          .limit(READ_BATCH)
          .toArray(),
      );
      for (const doc of docs) yield recordOf(doc);
      if (docs.length < READ_BATCH) return;
      after = docs.at(-1)!.place;
    }
  }
}

function documentOf(record: ArchiveRecord, place: number): ArchiveDoc {
  const { id, headers, ...rest } = plain(record);
  return { _id: idOf(id), ...rest, headers: Object.entries(headers), place };
}

function recordOf({ _id, place: _place, headers, ...record }: ArchiveDoc): ArchiveRecord {
  return { id: _id, ...record, headers: Object.fromEntries(headers) };
}
