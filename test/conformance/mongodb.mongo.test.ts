import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, it } from 'vitest';

import { openMongoStore } from '../../storage/mongodb/open.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';
import { expectAgreement } from './agreement.ts';
import { describeStore } from './store.ts';

// A replica set has transactions, a lone server has none: the same must come out of both.
const topologies = ['replicaSet', 'standalone'] as const;
/** A server that was given is what it is. */
const tried = process.env.MONGODB_URI ? topologies.slice(0, 1) : topologies;

describe.each(tried)('MongoDB as %s', (topology) => {
  let mongo: TestMongo;
  let client: MongoClient;
  let opened = 0;
  beforeAll(async () => {
    mongo = await openTestMongo({ topology });
    client = new MongoClient(mongo.uri);
  });
  afterAll(async () => {
    await client.close();
    await mongo.close();
  });

  describeStore(`MongoDB as ${topology}`, openEmpty);

  it('answers random operations as SQLite and the model do', async () => {
    const open = { SQLite: () => openSqliteStore(':memory:'), MongoDB: openEmpty };
    await expectAgreement(open, { runs: 15, length: 40 });
  });

  async function openEmpty(): Promise<Store> {
    const database = `${client.db().databaseName}_${(opened += 1)}`;
    const store = await openMongoStore(mongo.uri, { database });
    const close = store.close.bind(store);
    store.close = async () => {
      await close();
      await client.db(database).dropDatabase();
    };
    return store;
  }
});

it.skipIf(process.env.MONGODB_URI)(
  'through a router of shards random operations are answered as SQLite and the model do',
  async () => {
    const mongo = await openTestMongo({ topology: 'sharded' });
    let opened = 0;
    const open = {
      SQLite: () => openSqliteStore(':memory:'),
      MongoDB: () => openMongoStore(mongo.uri, { database: `sharded_${(opened += 1)}` }),
    };
    await expectAgreement(open, { runs: 1, length: 40 });
    await mongo.close();
  },
);
