import { MongoClient } from 'mongodb';
import type { Db, Document } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { RepairDatabase } from '../../src/model/errors.ts';
import type { NoticeKind } from '../../src/model/notice.ts';
import { buildAlert, buildIncident, buildObservation, buildOpening } from '../../test/support/build.ts';
import { openTestMongo } from '../../test/support/mongo/open.ts';
import type { TestMongo } from '../../test/support/mongo/open.ts';
import { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { openMongoStore } from './open.ts';
import { MIGRATIONS } from './schema.ts';
import type { Migration } from './schema.ts';

let mongo: TestMongo;
let client: MongoClient;
let db: Db;
let opened = 0;
beforeAll(async () => {
  mongo = await openTestMongo();
  client = new MongoClient(mongo.uri);
});
beforeEach(() => {
  db = client.db(`${client.db().databaseName}_s${(opened += 1)}`);
});
afterEach(async () => {
  await db.dropDatabase();
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

const open = () => openMongoStore(mongo.uri, { database: db.databaseName });

describe('the schema of a MongoDB database', () => {
  it('is made once when several processes start at the same time', async () => {
    const made: string[] = [];
    const slow: Migration[] = [1, 2].map((number) => ({
      number,
      name: `step ${number}`,
      apply: async (database) => {
        made.push(`begin ${number}`);
        await database.collection('steps').insertOne({ number });
        made.push(`end ${number}`);
      },
    }));
    const connections = await Promise.all([1, 2, 3, 4].map(() => Connection.open(mongo.uri, db.databaseName)));
    await Promise.all(connections.map((connection) => migrate(connection, slow)));
    await Promise.all(connections.map((connection) => migrate(connection, slow)));
    expect(made).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
    expect((await db.collection<{ _id: number }>('migrations').find().toArray()).map(({ _id }) => _id)).toEqual([1, 2]);
    await Promise.all(connections.map((connection) => connection.close()));
  });

  it('waits for a process that is at it, and takes over from one that died', async () => {
    const lock = db.collection<{ _id: string; owner: string; until: Date }>('locks');
    await lock.insertOne({ _id: 'migrations', owner: 'another process', until: new Date(0) });
    await lock.updateOne({ _id: 'migrations' }, [{ $set: { until: { $add: ['$$NOW', 3_600_000] } } }]);
    let made = false;
    const connection = await Connection.open(mongo.uri, db.databaseName);
    const migrated = migrate(connection, [
      {
        number: 1,
        name: 'step',
        apply: async () => {
          made = true;
          const { owner, until } = (await lock.findOne())!;
          expect(owner).not.toBe('another process');
          expect(until.getTime()).toBeGreaterThan(Date.now());
        },
      },
    ]);
    expect((await lock.findOne())?.owner).toBe('another process');
    expect(made).toBe(false);
    // It died: its hour passes.
    await lock.updateOne({ _id: 'migrations' }, { $set: { until: new Date(0) } });
    await migrated;
    expect(made).toBe(true);
    expect(await lock.findOne()).toMatchObject({ owner: null });
    await connection.close();
  });

  it('takes up a migration that was broken off', async () => {
    await db.createCollection('runs');
    await db.collection('alerts').createIndex({ number: 1 }, { name: 'number_once', unique: true });
    const store = await open();
    await store.findings.judge([], [], [buildAlert({ projectId: 'p1' })]);
    const { version, known } = await store.schema();
    expect(version).toBe(known);
    expect(await store.findings.countAlerts({})).toBe(1);
    await store.close();
  });

  it('of a newer program is refused and left alone', async () => {
    await (await open()).close();
    await db
      .collection<Document & { _id: number }>('migrations')
      .insertOne({ _id: 9999, name: 'of the future', at: new Date() });
    await expect(open()).rejects.toThrow(RepairDatabase);
    await expect(open()).rejects.toThrow(/更新的版本/);
  });

  it('numbers its steps without a gap', () => {
    expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  });

  it.each<[string, Document]>([
    ['notices', { _id: 'a', title: '没有其他字段' }],
    ['alerts', { _id: 'k', number: '1' }],
    ['counters', { _id: 'alerts 2026', last: 'viele' }],
    ['frontier', { runId: 'run-1', key: 'list:1', state: 'lost' }],
  ])('refuses a broken document in %s, whoever writes it', async (collection, document) => {
    await (await open()).close();
    await expect(db.collection(collection).insertOne(document)).rejects.toMatchObject({ code: 121 });
  });

  it('refuses a value outside the model, and says so to the operator', async () => {
    const store = await open();
    const strange = buildObservation({ fields: { kind: 'nonsense' as NoticeKind } });
    await expect(store.notices.observe([strange])).rejects.toThrow(/结构要求/);
    expect(await store.notices.count({})).toBe(0);
    await store.close();
  });

  it('lets no two alerts have one number, and no notice, request or revision stand twice', async () => {
    const store = await open();
    await store.findings.judge([], [], [buildAlert({ projectId: 'p1' })]);
    const { _id, ...alert } = (await db.collection('alerts').findOne())!;
    expect(_id).toBe(buildAlert({ projectId: 'p1' }).key);
    await expect(
      db.collection<{ _id: string }>('alerts').insertOne({ ...alert, _id: 'another' }),
    ).rejects.toMatchObject({
      code: 11000,
    });
    const unique = async (collection: string) =>
      (await db.collection(collection).indexes())
        .filter((index) => index.unique)
        .map((index) => Object.keys(index.key));
    expect(await unique('frontier')).toEqual([['runId', 'key']]);
    expect(await unique('notice_revisions')).toEqual([['noticeId', 'revision']]);
    expect(await unique('run_failures')).toEqual([['runId', 'digest']]);
    await store.close();
  });

  it('lets no cause have two open incidents, whoever writes them', async () => {
    const store = await open();
    await store.incidents.put([buildIncident()]);
    const raw = db.collection<Document & { _id: string }>('incidents');
    const { _id, ...incident } = (await raw.findOne())!;
    await expect(raw.insertOne({ ...incident, _id: `${_id} again` })).rejects.toMatchObject({ code: 11000 });
    await raw.insertOne({ ...incident, _id: `${_id} closed`, state: 'closed' });
    await expect(raw.updateOne({ state: 'closed' }, { $set: { state: 'open' } })).rejects.toMatchObject({
      code: 11000,
    });
    expect(await raw.countDocuments({ state: 'open' })).toBe(1);
    await store.close();
  });

  it('lets no place of a case hold two events, whatever they call themselves', async () => {
    const store = await open();
    await store.cases.append([buildOpening()]);
    const raw = db.collection<Document & { _id: string }>('case_events');
    const { _id, ...event } = (await raw.findOne())!;
    expect(_id).toBe('KY-2026-0001#000001');
    // Their ids keep them apart; the place they claim does not.
    await expect(raw.insertOne({ ...event, _id: 'KY-2026-0001#000009' })).rejects.toMatchObject({ code: 11000 });
    await raw.insertOne({ ...event, _id: 'KY-2026-0001#000002', seq: 2 });
    await expect(raw.updateOne({ seq: 2 }, { $set: { seq: 1 } })).rejects.toMatchObject({ code: 11000 });
    await store.close();
  });
});
