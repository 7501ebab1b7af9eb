import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildObservation } from '../../test/support/build.ts';
import { openBreakableMongo, openTestMongo } from '../../test/support/mongo/open.ts';
import { watchCommands } from '../../test/support/mongo/watch.ts';
import type { Watched } from '../../test/support/mongo/watch.ts';
import { openMongoStore } from './open.ts';
import { MIGRATIONS } from './schema.ts';

let watched: Watched;
beforeEach(() => {
  watched = watchCommands();
});
afterEach(() => {
  watched.end();
});

const builds = () =>
  watched.commands.filter(({ commandName }) => commandName === 'createIndexes').map(({ command }) => command);
/** Of the store's own connections, in the order in which they were made. */
const timeouts = () =>
  watched.clients.filter(({ options }) => options.appName === 'gongshi').map(({ options }) => options.socketTimeoutMS);

describe('bringing a MongoDB database up to date', () => {
  it('waits for most members to build an index, not for one that is down; no time-out breaks it off', async () => {
    const mongo = await openBreakableMongo();
    const store = await openMongoStore(mongo.uri);
    expect(new Set(builds().map(({ commitQuorum }) => commitQuorum))).toEqual(new Set(['majority']));
    // Those of every day, and those of the work that takes its time.
    expect(timeouts()).toEqual([120_000, 0]);
    await (await openMongoStore(mongo.uri)).close();
    expect(timeouts()).toEqual([120_000, 0, 120_000]);
    await store.close();
    await mongo.close();
  });

  it('asks a lone server for no majority, which it would refuse', async () => {
    const mongo = await openBreakableMongo({ topology: 'standalone' });
    await (await openMongoStore(mongo.uri)).close();
    expect(builds().length).toBeGreaterThan(0);
    expect(builds().filter((command) => 'commitQuorum' in command)).toEqual([]);
    await mongo.close();
  });

  it('puts notices back on the work list some thousands at a time', async () => {
    const mongo = await openTestMongo();
    const store = await openMongoStore(mongo.uri);
    await store.notices.observe([buildObservation()]);
    await using client = await new MongoClient(mongo.uri).connect();
    const notices = client.db().collection<{ _id: string }>('notices');
    const { _id, ...notice } = (await notices.findOne())!;
    const others = Array.from({ length: 2100 }, (_, i) => ({
      ...notice,
      _id: `${_id}-${i}`,
      words: [],
      matched: true,
    }));
    await notices.insertMany(others);
    watched.commands.length = 0;
    await MIGRATIONS[10]!.apply(client.db());
    const writes = watched.commands.flatMap(({ command, commandName }) =>
      commandName === 'update' ? (command['updates'] as { q: object }[]) : [],
    );
    expect(writes.map(({ q }) => q)).toEqual([
      { _id: { $gt: '', $lte: expect.any(String) } },
      { _id: { $gt: expect.any(String), $lte: expect.any(String) } },
    ]);
    expect(await notices.countDocuments({ matched: true })).toBe(0);
    expect((await store.notices.unmatched(5000)).length).toBe(2101);
    await store.close();
    await mongo.close();
  });
});
