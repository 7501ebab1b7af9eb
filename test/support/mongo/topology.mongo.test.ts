import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';
import { openBreakableMongo } from './open.ts';

it('a server without a replica set knows no transactions and no retryable writes', async () => {
  const mongo = await openBreakableMongo({ topology: 'standalone' });
  await using client = await new MongoClient(mongo.uri).connect();
  const collection = client.db().collection('c');
  await using session = client.startSession();
  session.startTransaction();
  await expect(collection.insertOne({ a: 1 }, { session })).rejects.toMatchObject({
    originalError: { code: 20 },
  });
  await session.abortTransaction();
  mongo.fault({ kind: 'drop-before', commands: ['insert'] });
  await expect(collection.insertOne({ a: 1 })).rejects.toThrow(/closed/);
  expect(await collection.countDocuments()).toBe(0);
  await mongo.close();
});

it('a router of a sharded cluster runs transactions', async () => {
  const mongo = await openBreakableMongo({ topology: 'sharded' });
  expect(mongo.verifiedOn()).toContain('mongos');
  await using client = await new MongoClient(mongo.uri).connect();
  const collection = client.db().collection('c');
  await using session = client.startSession();
  await session.withTransaction(() => collection.insertOne({ a: 1 }, { session }));
  expect(await collection.countDocuments()).toBe(1);
  await mongo.close();
});
