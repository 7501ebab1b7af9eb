import { MongoClient, MongoNetworkError, type Collection, type Document } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ArmedFault, Fault } from './faults.ts';
import { openBreakableMongo, type BreakableMongo } from './open.ts';

let mongo: BreakableMongo;
let client: MongoClient;
let collection: Collection;
let armed: ArmedFault[] = [];
let names = 0;

beforeAll(async () => {
  mongo = await openBreakableMongo();
  client = await new MongoClient(mongo.uri, { serverSelectionTimeoutMS: 10_000 }).connect();
});
beforeEach(async () => {
  collection = client.db().collection(`f${++names}`);
  await collection.insertMany([1, 2, 3].map((id) => ({ _id: id as never, n: 0 })));
});
afterEach(() => {
  for (const fault of armed) fault.lift();
  armed = [];
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

function arm(fault: Fault): ArmedFault {
  const one = mongo.fault({ collection: collection.collectionName, ...fault });
  armed.push(one);
  return one;
}

const first = { _id: 1 as never };
const addOne = { $inc: { n: 1 } };

describe.each(['drop-before', 'drop-after', 'not-primary', 'crash-before', 'crash-after'] as const)(
  'a retryable write that meets %s is done exactly once:',
  (kind) => {
    it.each<[string, string, () => Promise<unknown>, Document[]]>([
      ['update', 'updateOne', () => collection.updateOne(first, addOne), [{ n: 1 }, { n: 0 }, { n: 0 }]],
      [
        'findAndModify',
        'findOneAndUpdate',
        () => collection.findOneAndUpdate(first, addOne),
        [{ n: 1 }, { n: 0 }, { n: 0 }],
      ],
      ['delete', 'deleteOne', () => collection.deleteOne({ n: 0 }), [{ n: 0 }, { n: 0 }]],
      [
        'insert',
        'insertMany',
        () => collection.insertMany([{ n: 5 }, { n: 6 }]),
        [{ n: 0 }, { n: 0 }, { n: 0 }, { n: 5 }, { n: 6 }],
      ],
      [
        'update',
        'bulkWrite',
        () =>
          collection.bulkWrite([
            { updateOne: { filter: first, update: addOne } },
            { updateOne: { filter: first, update: addOne } },
            { updateOne: { filter: { _id: 9 as never }, update: addOne, upsert: true } },
          ]),
        [{ n: 2 }, { n: 0 }, { n: 0 }, { n: 1 }],
      ],
    ])('%s (%s)', async (command, _, write, left) => {
      const fault = arm({ kind, commands: [command] });
      await write();
      expect(fault.hits).toBe(1);
      expect(
        await collection
          .find({}, { projection: { _id: 0 } })
          .sort({ _id: 1 })
          .toArray(),
      ).toEqual(left);
    });
  },
);

it('answers a repeated upsert and findOneAndUpdate as the first time', async () => {
  arm({ kind: 'drop-after', commands: ['update', 'findAndModify'], times: 2, when: alternately() });
  const upsert = await collection.updateOne({ _id: 7 as never }, addOne, { upsert: true });
  expect(upsert).toMatchObject({ upsertedCount: 1, upsertedId: 7 });
  expect(await collection.findOneAndUpdate(first, addOne, { returnDocument: 'after' })).toMatchObject({ n: 1 });
});

/** Strikes every other command, so that each is repeated once. */
function alternately(): () => boolean {
  let count = 0;
  return () => count++ % 2 === 0;
}

it('a write without retries is done twice by whoever repeats it: the fault is real', async () => {
  await using plain = await new MongoClient(mongo.uri, { retryWrites: false }).connect();
  const same = plain.db().collection(collection.collectionName);
  arm({ kind: 'drop-after', commands: ['update'] });
  await expect(same.updateOne(first, addOne)).rejects.toBeInstanceOf(MongoNetworkError);
  await same.updateOne(first, addOne);
  expect(await collection.findOne(first)).toMatchObject({ n: 2 });
});

it('a write that is dropped before execution leaves nothing', async () => {
  await using plain = await new MongoClient(mongo.uri, { retryWrites: false }).connect();
  arm({ kind: 'drop-before', commands: ['update'] });
  await expect(plain.db().collection(collection.collectionName).updateOne(first, addOne)).rejects.toBeInstanceOf(
    MongoNetworkError,
  );
  expect(await collection.findOne(first)).toMatchObject({ n: 0 });
});

it('more drops than the driver retries reach the caller', async () => {
  arm({ kind: 'drop-before', commands: ['update'], times: 2 });
  await expect(collection.updateOne(first, addOne)).rejects.toBeInstanceOf(MongoNetworkError);
});

it('a read is repeated after a drop', async () => {
  const fault = arm({ kind: 'drop-after', commands: ['find'] });
  expect(await collection.find().toArray()).toHaveLength(3);
  expect(fault.hits).toBe(1);
});

it('a slow reply runs into the limit of its reader', async () => {
  await using hasty = await new MongoClient(mongo.uri, { socketTimeoutMS: 100 }).connect();
  const fault = arm({ kind: 'slow', commands: ['find'], ms: 1_000, times: 2 });
  await expect(hasty.db().collection(collection.collectionName).findOne()).rejects.toThrow(/timed out/);
  expect(fault.hits).toBe(2);
});

it('a write whose reply comes too late is done once, though it was sent twice', async () => {
  await using hasty = await new MongoClient(mongo.uri, { socketTimeoutMS: 100 }).connect();
  const fault = arm({ kind: 'slow', commands: ['update'], ms: 1_000 });
  await hasty.db().collection(collection.collectionName).updateOne(first, addOne);
  expect(fault.hits).toBe(1);
  expect(await collection.findOne(first)).toMatchObject({ n: 1 });
});

it('a reader that asks for an answer within maxTimeMS gets code 50 when it takes longer', async () => {
  const long = { $sum: { $map: { input: { $range: [0, 1_000_000] }, in: '$$this' } } };
  await expect(collection.aggregate([{ $project: { long } }], { maxTimeMS: 20 }).toArray()).rejects.toMatchObject({
    code: 50,
  });
  expect(await collection.countDocuments({}, { maxTimeMS: 5_000 })).toBe(3);
});

describe('a transaction', () => {
  const addToTwo = async () => {
    await using session = client.startSession();
    await session.withTransaction(async () => {
      await collection.updateOne(first, addOne, { session });
      await collection.updateOne({ _id: 2 as never }, addOne, { session });
    });
  };

  it.each<[string, Fault]>([
    ['its first write is dropped before', { kind: 'drop-before', commands: ['update'] }],
    ['its second write is dropped after', { kind: 'drop-after', commands: ['update'], skip: 1 }],
    ['the primary changes within', { kind: 'not-primary', commands: ['update'], skip: 1 }],
    ['the engine is killed within', { kind: 'crash-after', commands: ['update'], skip: 1 }],
    ['its commit is dropped before', { kind: 'drop-before', commands: ['commitTransaction'] }],
    ['its commit is dropped after', { kind: 'drop-after', commands: ['commitTransaction'] }],
    ['the primary changes at its commit', { kind: 'not-primary', commands: ['commitTransaction'] }],
    ['the engine is killed before its commit', { kind: 'crash-before', commands: ['commitTransaction'] }],
    ['the engine is killed after its commit', { kind: 'crash-after', commands: ['commitTransaction'] }],
  ])('takes place exactly once though %s', async (_, fault) => {
    const struck = arm({
      ...fault,
      ...(fault.commands?.includes('commitTransaction') ? { collection: undefined } : {}),
    });
    await addToTwo();
    expect(struck.hits).toBe(1);
    expect(
      await collection
        .find()
        .sort({ _id: 1 })
        .map(({ n }) => n)
        .toArray(),
    ).toEqual([1, 1, 0]);
  });
});

it('an engine that is down refuses, and serves the same data at the same address when it is back', async () => {
  await using impatient = await new MongoClient(mongo.uri, { serverSelectionTimeoutMS: 300 }).connect();
  const same = impatient.db().collection(collection.collectionName);
  await mongo.killEngine();
  await expect(same.updateOne(first, addOne)).rejects.toThrow();
  await mongo.restartEngine();
  await same.updateOne(first, addOne);
  expect(
    await collection
      .find()
      .sort({ _id: 1 })
      .map(({ n }) => n)
      .toArray(),
  ).toEqual([1, 0, 0]);
});

it('kill -9 of the engine under load loses no acknowledged write', async () => {
  const load = client.db().collection(`load${names}`);
  const acknowledged: number[] = [];
  let next = 0;
  let over = false;
  const writer = async () => {
    while (!over) {
      const id = next++;
      try {
        await load.insertOne({ _id: id as never });
        acknowledged.push(id);
      } catch (error) {
        // Not acknowledged: it may be there or not.
        expect(error).toBeInstanceOf(Error);
      }
    }
  };
  const writers = Array.from({ length: 8 }, writer);
  const until = async (count: number) => {
    while (acknowledged.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  for (const count of [300, 600, 900]) {
    await until(count);
    await mongo.killEngine();
    await mongo.restartEngine();
  }
  await until(1_000);
  over = true;
  await Promise.all(writers);
  const stored = new Set(await load.distinct('_id'));
  expect(acknowledged.filter((id) => !stored.has(id as never))).toEqual([]);
});
