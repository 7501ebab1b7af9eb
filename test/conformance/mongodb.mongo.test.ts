import { afterAll, beforeAll, describe } from 'vitest';

import { openMongoStore } from '../../storage/mongodb/open.ts';
import type { Store } from '../../storage/store.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';
import { describeStore } from './store.ts';

describe('MongoDB', () => {
  let mongo: TestMongo;
  let databases = 0;
  beforeAll(async () => {
    mongo = await openTestMongo();
  });
  afterAll(async () => {
    await mongo.close();
  });

  describeStore('MongoDB', (): Promise<Store> =>
    openMongoStore(mongo.uri, { database: `gongshi-conformance-${(databases += 1)}` }),
  );
});
