import type { Collection } from 'mongodb';

import { LeaveToOtherWorker } from '../../src/model/errors.ts';
import { CLOCK_SLACK_MS, type Lease } from '../../src/model/lease.ts';
import { WRITE_MARK } from '../shared/write-mark.ts';
import type { LeaseStore } from '../store.ts';
import type { Connection, Session } from './connection.ts';
import type { LeaseDoc } from './documents.ts';
import { isDuplicate } from './errors.ts';
import { idOf } from './plain.ts';

const UNHELD = { owner: null, token: 0, until: new Date(0), note: null };
const FREE = { ...UNHELD, writes: 0 };

/** A healthy majority confirms in milliseconds. */
const MARK_TIMEOUT_MS = 4_000;

/** All times are the server's (`$$NOW`). */
export class LeaseCollection implements LeaseStore {
  readonly #connection: Connection;
  readonly #leases: Collection<LeaseDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#leases = connection.provenCollection<LeaseDoc>('leases');
  }

  async acquire(name: string, owner: string, ttlMs: number): Promise<Lease | null> {
    const until = { $add: ['$$NOW', ttlMs] };
    return this.#connection.writeApart(async () => {
      // Apart from the taking: an upsert may not compare with the server's time.
      await this.#leases
        .updateOne({ _id: idOf(name) }, { $setOnInsert: FREE }, { upsert: true })
        .catch(ignoreDuplicate);
      const isFree = { $or: [{ $lte: ['$until', '$$NOW'] }, { $gt: ['$until', { $add: [until, CLOCK_SLACK_MS] }] }] };
      const taken = await this.#leases.findOneAndUpdate(
        { _id: name, $or: [{ owner: null }, { owner }, { $expr: isFree }] },
        [
          {
            $set: {
              token: { $cond: [{ $eq: ['$owner', owner] }, '$token', { $add: ['$token', 1] }] },
              owner,
              until,
            },
          },
        ],
        { returnDocument: 'after' },
      );
      return taken === null ? null : { name, owner, token: taken.token };
    });
  }

  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    return this.#connection.writeApart(async () => {
      const renewed = await this.#leases.updateOne(heldAs(lease), [{ $set: { until: { $add: ['$$NOW', ttlMs] } } }]);
      return renewed.matchedCount === 1;
    });
  }

  async release(lease: Lease, note?: string): Promise<void> {
    const given = note === undefined ? {} : { note };
    await this.#connection.writeApart(async () => {
      await this.#leases.updateOne(heldAs(lease), { $set: { owner: null, until: new Date(0), ...given } });
    });
  }

  async note(name: string): Promise<string | null> {
    return this.#connection.read(async () => (await this.#leases.findOne({ _id: idOf(name) }))?.note ?? null);
  }

  async held(): Promise<Lease[]> {
    return this.#connection.read(async () => {
      const docs = await this.#leases
        .find({ owner: { $ne: null }, $expr: { $gt: ['$until', '$$NOW'] } })
        .sort({ _id: 1 })
        .toArray();
      return docs.flatMap(({ _id, owner, token }) => (owner === null ? [] : [{ name: _id, owner, token }]));
    });
  }

  /**
   * Writes a document that is nobody's lease to a majority. Not begun again by hand and confirmed within seconds, where
   * other writes are patient: whoever asks wants to know how it stands now.
   */
  async mark(): Promise<void> {
    await this.#connection.writeOnce(() =>
      this.#leases
        .updateOne(
          { _id: WRITE_MARK },
          { $inc: { writes: 1 }, $setOnInsert: UNHELD },
          { upsert: true, writeConcern: { w: 'majority', journal: true, wtimeoutMS: MARK_TIMEOUT_MS } },
        )
        .catch(ignoreDuplicate),
    );
  }

  /**
   * Throws `LeaveToOtherWorker` unless the lease is still its owner's. In a transaction it also changes the lease: reading alone
   * would let a transaction that began before another took the lease be committed after it.
   */
  async check(lease: Lease, session: Session): Promise<void> {
    const standing =
      session === undefined
        ? await this.#leases.countDocuments(heldAs(lease), { limit: 1 })
        : (await this.#leases.updateOne(heldAs(lease), { $inc: { writes: 1 } }, { session })).matchedCount;
    if (standing === 0) throw new LeaveToOtherWorker(lease.name);
  }
}

function heldAs({ name, owner, token }: Lease): { _id: string; owner: string; token: number } {
  return { _id: idOf(name), owner, token };
}

/** Another process made it at the same moment. */
function ignoreDuplicate(error: unknown): void {
  if (!isDuplicate(error)) throw error;
}
