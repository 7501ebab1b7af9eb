import { setTimeout as delay } from 'node:timers/promises';

import { ObjectId } from 'mongodb';
import type { Collection } from 'mongodb';

import { RepairDatabase } from '../../src/model/errors.ts';
import type { SchemaState } from '../store.ts';
import type { Connection } from './connection.ts';
import { isDuplicate } from './errors.ts';
import type { Migration } from './schema.ts';

interface AppliedDoc {
  /** The migration's number; being `_id`, it stands here once. */
  _id: number;
  name: string;
  at: Date;
}

interface LockDoc {
  _id: 'migrations';
  owner: string | null;
  until: Date;
}

/**
 * A process that dies while migrating holds the others up this long; one that lives renews it three times meanwhile.
 * Times are the server's: clocks of two machines need not agree.
 */
const LEASE_MS = 30_000;
const RENEW_MS = LEASE_MS / 3;
const WAIT_MS = 100;
/** Building an index on a large collection takes minutes; longer than this somebody should look. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Applies what is missing, in order. Of several processes at once one does it, the others wait and find it done.
 * Throws `RepairDatabase` when a newer program made the database.
 */
export async function migrate(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  const applied = connection.provenCollection<AppliedDoc>('migrations');
  const lock = connection.provenCollection<LockDoc>('locks');
  // One for all attempts: what this process began it may go on with.
  const owner = new ObjectId().toHexString();
  await connection.writeApart(async () => {
    const isDone = async (): Promise<boolean> => (await missing(applied, migrations)).length === 0;
    await waitFor(async () => (await isDone()) || (await take(lock, owner)));
    if (await isDone()) return;
    const lease = keepRenewing(lock, owner);
    try {
      for (const migration of await missing(applied, migrations)) {
        await migration.apply(connection.db, connection.indexBuilding);
        await lease.check();
        await record(applied, migration);
      }
    } finally {
      await lease.end();
    }
  });
}

/** Which steps the database has; a step left out counts as none after it. Only reads. */
export async function schemaOf(connection: Connection, migrations: readonly Migration[]): Promise<SchemaState> {
  const applied = await connection.read(() => numbersOf(connection.provenCollection<AppliedDoc>('migrations')));
  const known = migrations.length;
  const newest = Math.max(0, ...applied);
  const firstMissing = migrations.find(({ number }) => !applied.has(number));
  return { version: newest > known ? newest : (firstMissing?.number ?? known + 1) - 1, known };
}

async function numbersOf(applied: Collection<AppliedDoc>): Promise<Set<number>> {
  return new Set((await applied.find({}).sort({ _id: 1 }).toArray()).map(({ _id }) => _id));
}

async function missing(applied: Collection<AppliedDoc>, migrations: readonly Migration[]): Promise<Migration[]> {
  const numbers = await numbersOf(applied);
  const newest = Math.max(0, ...numbers);
  if (newest > migrations.length) {
    throw new RepairDatabase(
      `数据库由更新的版本建立（结构版本 ${newest}，本程序认识到 ${migrations.length}）`,
      '请升级本程序，或改用旧程序自己的数据库。',
      { from: newest, known: migrations.length },
    );
  }
  return migrations.filter(({ number }) => !numbers.has(number));
}

async function record(applied: Collection<AppliedDoc>, { number, name }: Migration): Promise<void> {
  // $$NOW: the server's time.
  await applied.updateOne({ _id: number }, [{ $set: { name, at: '$$NOW' } }], { upsert: true });
}

/** True when the lock is now this owner's. */
async function take(lock: Collection<LockDoc>, owner: string): Promise<boolean> {
  try {
    // Apart from the taking: an upsert may not compare with the server's time.
    await lock.updateOne(
      { _id: 'migrations' },
      { $setOnInsert: { owner: null, until: new Date(0) } },
      { upsert: true },
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error; // another process made it at the same moment
  }
  const taken = await lock.updateOne({ _id: 'migrations', $or: [{ owner }, { $expr: { $lt: ['$until', '$$NOW'] } }] }, [
    { $set: { owner, until: { $add: ['$$NOW', LEASE_MS] } } },
  ]);
  return taken.matchedCount === 1;
}

async function waitFor(attempt: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await attempt()); waited += WAIT_MS) {
    if (waited >= PATIENCE_MS) {
      throw new RepairDatabase(
        '另一个进程正在升级数据库结构，半小时仍未完成',
        '请查看该进程是否仍在运行；确认其已退出后，本程序会在半分钟内自动接手，重跑同一命令即可。',
      );
    }
    await delay(WAIT_MS);
  }
}

interface Lease {
  /** Throws when the lease was lost: another process may be at work. */
  check(): Promise<void>;
  end(): Promise<void>;
}

function keepRenewing(lock: Collection<LockDoc>, owner: string): Lease {
  const renew = async (): Promise<boolean> => {
    const renewed = await lock.updateOne({ _id: 'migrations', owner }, [
      { $set: { until: { $add: ['$$NOW', LEASE_MS] } } },
    ]);
    return renewed.matchedCount === 1;
  };
  const timer = setInterval(() => {
    // A renewal that fails is noticed by the next check, which asks again.
    renew().catch(() => undefined);
  }, RENEW_MS);
  timer.unref();
  return {
    check: async () => {
      if (await renew()) return;
      throw new RepairDatabase(
        '升级数据库结构时失去了锁，另一个进程已经接手',
        '请稍候片刻重跑同一命令；升级步骤可以重复执行，数据没有损坏。',
      );
    },
    end: async () => {
      clearInterval(timer);
      await lock.updateOne({ _id: 'migrations', owner }, { $set: { owner: null, until: new Date(0) } });
    },
  };
}
