import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe } from 'vitest';

import { openMongoStore } from '../../storage/mongodb/open.ts';
import type { Store } from '../../storage/store.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';
import { describeStore } from './store.ts';

// A replica set has transactions, a lone server has none: the same must come out of both.
describe.each(['replicaSet', 'standalone'] as const)('MongoDB as %s', (topology) => {
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

  describeStore(`MongoDB as ${topology}`, async (): Promise<Store> => {
    const database = `${client.db().databaseName}_${(opened += 1)}`;
    const store = await openMongoStore(mongo.uri, { database });
    const close = store.close.bind(store);
    store.close = async () => {
      await close();
      await client.db(database).dropDatabase();
    };
    return store;
  });
});
