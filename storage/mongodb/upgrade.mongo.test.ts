import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { keepCases } from '../../src/cases/case-stage.ts';
import { calendar } from '../../src/compliance/test-facts.ts';
import { MARCH_20 } from '../../test/support/build.ts';
import { collect } from '../../test/support/collect.ts';
import { everythingIn } from '../../test/support/everything.ts';
import type { Everything } from '../../test/support/everything.ts';
import { openTestMongo } from '../../test/support/mongo/open.ts';
import type { TestMongo } from '../../test/support/mongo/open.ts';
import { collectionsOf, makeAnew, savedDatabase, savedSchemas } from '../../test/support/mongo/saved-database.ts';
import type { SavedCollection } from '../../test/support/mongo/saved-database.ts';
import { digestOf } from '../move.ts';
import { CONTENT_KINDS } from '../store.ts';
import type { Store } from '../store.ts';
import { Connection } from './connection.ts';
import { migrate } from './migrate.ts';
import { openMongoStore } from './open.ts';
import { MIGRATIONS } from './schema.ts';

/** Who is migrating and what was done when: every migration writes it anew. */
const OWN_BOOKS = ['locks', 'migrations'];
const saved = savedSchemas();

describe('a MongoDB database of an earlier version', () => {
  let mongo: TestMongo;
  let client: MongoClient;
  let db: Db;
  let opened = 0;
  let shapeOfNew: unknown;
  beforeAll(async () => {
    mongo = await openTestMongo();
    client = new MongoClient(mongo.uri);
    await (await openMongoStore(mongo.uri)).close();
    shapeOfNew = shapesOf(await collectionsOf(client.db()));
  });
  beforeEach(() => {
    db = client.db(`${client.db().databaseName}_u${(opened += 1)}`);
  });
  afterEach(() => db.dropDatabase());
  afterAll(async () => {
    await client.close();
    await mongo.close();
  });

  it.each(saved)('of schema %i opens with all that it held', async (version) => {
    const { collections, holds } = savedDatabase(version);
    await makeAnew(db, collections);
    const store = await open();
    // Later versions may know more of a thing; what was known stays, and nothing is lost or added.
    expect(await everythingIn(store)).toMatchObject(asOpened(holds, version));
    for (const items of Object.values(holds)) expect(items.length).toBeGreaterThan(0);
    // What is kept beside the things themselves: search index, link keys, the run's frontier, alert numbers.
    const found = await store.notices.search({ text: '医疗设备', limit: 5 });
    expect(found.items.map(({ id }) => id)).toEqual(['yn_ccgp:1']);
    expect((await store.notices.byLinkKeys(['name:医疗设备'])).map(({ id }) => id)).toEqual(['yn_ccgp:1']);
    expect((await store.notices.revisions('yn_ccgp:1')).map(({ revision }) => revision)).toEqual([1, 2]);
    expect((await store.runs.waiting('run-2', 5)).map((item) => item.request.key)).toEqual(['detail:3', 'detail:4']);
    expect(await store.findings.countAlerts({ state: 'open', nature: 'violation' })).toBe(1);
    // Notices are linked anew where the way of linking has changed since.
    expect((await store.notices.unmatched(5)).map(({ id }) => id)).toEqual(version < 11 ? ['yn_ccgp:1'] : []);
    // Nothing is suggested of a project of before, and nothing was written down that it is judged or compared by.
    expect(await store.projects.count({ suggested: true })).toBe(0);
    expect(await collect(store.projects.sheets())).toEqual([[{ projectId: 'p1', sheet: null, said: null }]]);
    expect((await collect(store.projects.dealings())).map(({ id }) => id)).toEqual(version < 10 ? [] : ['p1']);
    // Cases of a time before they could be looked for by these are found by them.
    const named = { sourceId: 'yn_ccgp', agency: '云南明诚项目管理有限公司', code: 'MISSING_PUBLICITY' } as const;
    expect(await store.cases.count(named)).toBe(await store.cases.count({}));
    // Alerts of a time before there were cases get theirs, under their numbers.
    const deadlines = { pending: 5, investigating: 30, rectifying: 30, reply: 5 };
    await keepCases({ store, calendar, deadlines, clock: { now: () => MARCH_20 + 86_400_000 } });
    const numbers = (await store.findings.alerts({ limit: 10 })).items.map(({ number }) => number);
    expect((await store.cases.getMany(numbers)).map(({ number }) => number)).toEqual([...numbers].sort());
    expect(await store.schema()).toEqual({ version: MIGRATIONS.length, known: MIGRATIONS.length });
    await store.close();
  });

  it.each(saved)(
    'of schema %i comes to the same, and to the validators and indexes of a new one, however often its steps are applied',
    async (version) => {
      const { collections } = savedDatabase(version);
      await makeAnew(db, collections);
      const store = await open();
      const upgraded = await stateOf(store);
      expect(shapesOf(upgraded.collections)).toEqual(shapeOfNew);

      await db.dropDatabase();
      await makeAnew(db, collections);
      const connection = await Connection.open(mongo.uri, db.databaseName);
      const twice = MIGRATIONS.map((step) => ({
        ...step,
        apply: async (...given: Parameters<typeof step.apply>): Promise<void> => {
          await step.apply(...given);
          await step.apply(...given);
        },
      }));
      await migrate(connection, twice);
      expect(await stateOf(store)).toEqual(upgraded);
      await connection.close();
      await store.close();
    },
  );

  // The oldest and the newest: what the steps meet afterwards is the same for all.
  it.each([saved[0]!, saved.at(-1)!])(
    'of schema %i whose book of migrations was lost goes through all steps again, and again, and stays as it is',
    async (version) => {
      await makeAnew(db, savedDatabase(version).collections);
      const store = await open();
      const connection = await Connection.open(mongo.uri, db.databaseName);
      const applied: unknown[] = [];
      for (let times = 0; times < 2; times += 1) {
        await db.collection('migrations').deleteMany({});
        await migrate(connection, MIGRATIONS);
        applied.push(await stateOf(store));
      }
      expect(applied[1]).toEqual(applied[0]);
      // What was linked under the keys of today is linked once more, which changes nothing else.
      const { notices, ...others } = await everythingIn(store);
      const { notices: held, ...kept } = savedDatabase(version).holds;
      expect(others).toMatchObject(kept);
      expect(notices).toMatchObject(held.map((stored) => ({ ...stored, matched: false })));
      await connection.close();
      await store.close();
    },
  );

  it('is there for the present schema too: after adding a migration run test/support/mongo/save-schema.ts', () => {
    expect(saved).toEqual(MIGRATIONS.map(({ number }) => number));
  });

  /** All that it holds, as the store tells it and as the server keeps it. */
  async function stateOf(store: Store): Promise<{ digests: unknown; collections: SavedCollection[] }> {
    const digests: Record<string, unknown> = {};
    for (const kind of CONTENT_KINDS) digests[kind] = await digestOf(store, kind);
    const collections = await collectionsOf(db);
    return {
      digests,
      collections: collections.map((one) => (OWN_BOOKS.includes(one.name) ? { ...one, documents: [] } : one)),
    };
  }

  function open(): Promise<Store> {
    return openMongoStore(mongo.uri, { database: db.databaseName });
  }
});

/** The tenth and the eleventh schema have every notice linked anew: for what projects are compared by, and for other link keys. */
function asOpened(held: Everything, version: number): Everything {
  if (version >= 11) return held;
  return { ...held, notices: held.notices.map((stored) => ({ ...stored, matched: false })) };
}

function shapesOf(collections: readonly SavedCollection[]): unknown {
  return collections.map(({ name, options, indexes }) => ({ name, options, indexes }));
}
