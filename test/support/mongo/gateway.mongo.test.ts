import { Binary, Decimal128, Long, MongoClient, ObjectId, type Collection, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestMongo, type TestMongo } from './open.ts';

let mongo: TestMongo;
let client: MongoClient;
let db: Db;
let names = 0;

beforeAll(async () => {
  mongo = await openTestMongo();
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

async function collectionOf(...documents: Document[]): Promise<Collection> {
  const collection = db.collection(`c${++names}`);
  if (documents.length) await collection.insertMany(documents);
  return collection;
}

it('says exactly what answers', () => {
  expect(mongo.verifiedOn()).toMatch(/^(DocumentDB \d+\.\d+.* on PostgreSQL \d+|MongoDB \d+\.\d+)/);
});

describe('indexes', () => {
  it('refuse a second document under a unique key with code 11000', async () => {
    const notices = await collectionOf({ sourceId: 'yn', externalId: '1' });
    await notices.createIndex({ sourceId: 1, externalId: 1 }, { unique: true });
    await expect(notices.insertOne({ sourceId: 'yn', externalId: '1' })).rejects.toMatchObject({ code: 11000 });
    await notices.insertOne({ sourceId: 'yn', externalId: '2' });
  });

  it('refuse to be unique over documents that are not', async () => {
    const notices = await collectionOf({ key: 1 }, { key: 1 });
    await expect(notices.createIndex({ key: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
  });

  it('hold to the documents of their partial filter', async () => {
    const projects = await collectionOf({ code: null }, { code: null }, { code: 'KY-1' });
    await projects.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { code: { $type: 'string' } } });
    await projects.insertOne({ code: null });
    await expect(projects.insertOne({ code: 'KY-1' })).rejects.toMatchObject({ code: 11000 });
  });

  it('keep their expiry, and are there only once when two processes make them at once', async () => {
    const leases = db.collection('leases');
    await Promise.all(
      Array.from({ length: 8 }, () => leases.createIndex({ until: 1 }, { expireAfterSeconds: 60, name: 'gone' })),
    );
    const indexes = await leases.listIndexes().toArray();
    expect(indexes.filter(({ name }) => name === 'gone')).toMatchObject([{ expireAfterSeconds: 60 }]);
  });

  it('are refused under a name that another one has', async () => {
    const notices = await collectionOf({ a: 1 });
    await notices.createIndex({ a: 1 }, { name: 'same' });
    await expect(notices.createIndex({ b: 1 }, { name: 'same' })).rejects.toMatchObject({ code: 86 });
  });

  it('go when they are dropped; one that is not there is code 27', async () => {
    const notices = await collectionOf({ a: 1 });
    await notices.createIndex({ a: 1 }, { name: 'short-lived' });
    await notices.dropIndex('short-lived');
    expect((await notices.listIndexes().toArray()).map(({ name }) => name)).toEqual(['_id_']);
    await expect(notices.dropIndex('short-lived')).rejects.toMatchObject({ code: 27 });
  });

  it('are named in the plan of a query that uses them, and absent from one that does not', async () => {
    const notices = await collectionOf(...Array.from({ length: 50 }, (_, i) => ({ project: `p${i}`, day: i })));
    await notices.createIndex({ project: 1, day: -1 }, { name: 'project_day' });
    const served = await notices.find({ project: 'p7' }).sort({ day: -1 }).explain('queryPlanner');
    expect(JSON.stringify(served.queryPlanner.winningPlan)).toMatch(/"stage":"IXSCAN".*"indexName":"project_day"/);
    const unserved = await notices.find({ nothing: 1 }).explain('queryPlanner');
    expect(JSON.stringify(unserved.queryPlanner.winningPlan)).toContain('COLLSCAN');
  });
});

describe('writes', () => {
  it('insert once and update afterwards by upsert', async () => {
    const notices = await collectionOf();
    const write = () =>
      notices.updateOne({ _id: 'n1' as never }, { $setOnInsert: { first: 1 }, $inc: { seen: 1 } }, { upsert: true });
    expect(await write()).toMatchObject({ upsertedCount: 1, upsertedId: 'n1' });
    expect(await write()).toMatchObject({ upsertedCount: 0, modifiedCount: 1 });
    expect(await notices.findOne()).toEqual({ _id: 'n1', first: 1, seen: 2 });
  });

  it('make one document of fifty upserts at once', async () => {
    const notices = await collectionOf();
    await notices.createIndex({ key: 1 }, { unique: true });
    await Promise.all(
      Array.from({ length: 50 }, () => notices.updateOne({ key: 1 }, { $inc: { seen: 1 } }, { upsert: true })),
    );
    expect(await notices.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ key: 1, seen: 50 }]);
  });

  it('reach a collection that many create at once', async () => {
    const fresh = await collectionOf();
    await Promise.all(Array.from({ length: 20 }, (_, i) => fresh.insertOne({ _id: i as never })));
    expect(await fresh.countDocuments()).toBe(20);
  });

  it('give back the document before or after', async () => {
    const leases = await collectionOf({ _id: 1 as never, holder: 'a', turn: 1 });
    const change = { $set: { holder: 'b' }, $inc: { turn: 1 } };
    expect(await leases.findOneAndUpdate({ holder: 'a' }, change, { returnDocument: 'after' })).toMatchObject({
      holder: 'b',
      turn: 2,
    });
    expect(await leases.findOneAndUpdate({ holder: 'a' }, change)).toBeNull();
    expect(await leases.findOneAndDelete({ holder: 'b' })).toMatchObject({ turn: 2 });
  });

  it('accept an update by pipeline, and array filters', async () => {
    const notices = await collectionOf({ _id: 1 as never, amount: 20, rows: [{ s: 1 }, { s: 2 }] });
    await notices.updateOne({ _id: 1 as never }, [{ $set: { twice: { $multiply: ['$amount', 2] } } }]);
    await notices.updateOne({}, { $set: { 'rows.$[row].s': 9 } }, { arrayFilters: [{ 'row.s': 1 }] });
    expect(await notices.findOne()).toEqual({ _id: 1, amount: 20, twice: 40, rows: [{ s: 9 }, { s: 2 }] });
  });

  it('stop at the first failure of an ordered bulk, and pass over it in an unordered one', async () => {
    const notices = await collectionOf({ _id: 1 as never });
    const writes = [2, 1, 3].map((id) => ({ insertOne: { document: { _id: id as never } } }));
    await expect(notices.bulkWrite(writes, { ordered: true })).rejects.toMatchObject({
      code: 11000,
      result: { insertedCount: 1 },
    });
    expect(await notices.distinct('_id')).toEqual([1, 2]);
    await expect(notices.bulkWrite(writes, { ordered: false })).rejects.toMatchObject({
      code: 11000,
      result: { insertedCount: 1 },
    });
    expect(await notices.distinct('_id')).toEqual([1, 2, 3]);
  });

  it('mix in one bulk, in order', async () => {
    const notices = await collectionOf({ key: 'old' });
    const result = await notices.bulkWrite([
      { insertOne: { document: { key: 'new' } } },
      { updateOne: { filter: { key: 'new' }, update: { $set: { v: 1 } } } },
      { replaceOne: { filter: { key: 'other' }, replacement: { key: 'other' }, upsert: true } },
      { deleteMany: { filter: { key: 'old' } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    expect((await notices.distinct('key')).sort()).toEqual(['new', 'other']);
  });

  it('are refused by the validator of the collection with code 121', async () => {
    const checked = await db.createCollection('checked', {
      validator: { $jsonSchema: { required: ['title'], properties: { title: { bsonType: 'string' } } } },
    });
    await checked.insertOne({ title: '招标公告' });
    await expect(checked.insertOne({ title: 1 })).rejects.toMatchObject({ code: 121 });
    await expect(checked.updateOne({}, { $unset: { title: 1 } })).rejects.toMatchObject({ code: 121 });
    await db.command({ collMod: 'checked', validator: { $jsonSchema: { required: ['day'] } } });
    await expect(checked.insertOne({ title: '中标公告' })).rejects.toMatchObject({ code: 121 });
  });

  it('keep every type as it was, and the order of fields', async () => {
    const kept = {
      _id: new ObjectId(),
      2026: 'a number for a name',
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      bytes: new Binary(Buffer.from('GBK')),
      day: new Date(0),
      nothing: null,
      whole: 1,
      part: 1.5,
      chinese: '开远市农村公路养护工程',
    };
    const types = await collectionOf(kept);
    expect(await types.findOne({}, { promoteValues: false, promoteLongs: false })).toMatchObject({
      long: kept.long,
      decimal: kept.decimal,
      bytes: kept.bytes,
    });
    expect(await types.findOne()).toMatchObject({
      day: kept.day,
      nothing: null,
      whole: 1,
      part: 1.5,
      chinese: kept.chinese,
    });
    const raw = await types.findOne({}, { raw: true });
    expect(Buffer.from(raw as unknown as Uint8Array).toString('latin1')).toMatch(/long.*decimal.*bytes.*day/s);
  });
});

describe('reads', () => {
  it('page through a result by getMore, sorted or not', async () => {
    const many = await collectionOf(...Array.from({ length: 2_500 }, (_, i) => ({ i, half: i % 2 })));
    expect((await many.find().batchSize(300).toArray()).length).toBe(2_500);
    const sorted = await many.find({ half: 1 }).sort({ i: -1 }).batchSize(300).toArray();
    expect(sorted.map(({ i }) => i)).toEqual(Array.from({ length: 1_250 }, (_, k) => 2_499 - 2 * k));
  });

  it('let go of a cursor that is closed early', async () => {
    const many = await collectionOf(...Array.from({ length: 1_000 }, (_, i) => ({ i })));
    for (let round = 0; round < 120; round++) {
      const cursor = many.find().sort({ i: 1 }).batchSize(10);
      for (let k = 0; k < 15; k++) await cursor.next();
      await cursor.close();
    }
    expect(await many.countDocuments()).toBe(1_000);
  });

  it('find by membership, element and absence', async () => {
    const notices = await collectionOf(
      { grams: ['公路', '路养'], lots: [{ s: 9 }] },
      { grams: ['公路'] },
      { other: 1 },
    );
    expect(await notices.countDocuments({ grams: { $all: ['公路', '路养'] } })).toBe(1);
    expect(await notices.countDocuments({ lots: { $elemMatch: { s: { $gt: 8 } } } })).toBe(1);
    expect(await notices.countDocuments({ grams: { $exists: false } })).toBe(1);
    expect(await notices.countDocuments({ $or: [{ other: 1 }, { grams: '路养' }] })).toBe(2);
  });

  it('skip, limit, project, and compare several fields for the next page', async () => {
    const notices = await collectionOf(...[3, 1, 2, 2].map((day, i) => ({ _id: i as never, day, body: '…' })));
    const after = { $or: [{ day: { $lt: 2 } }, { day: 2, _id: { $gt: 2 as never } }] };
    const page = notices
      .find(after, { projection: { body: 0 } })
      .sort({ day: -1, _id: 1 })
      .limit(2);
    expect(await page.toArray()).toEqual([
      { _id: 3, day: 2 },
      { _id: 1, day: 1 },
    ]);
  });

  it('group, join and fan out', async () => {
    const notices = await collectionOf(
      { no: 'X', kind: 'a', amount: 1 },
      { no: 'X', kind: 'b', amount: 2 },
      { no: 'Y', kind: 'a', amount: 4 },
    );
    const sums = [{ $group: { _id: '$kind', n: { $sum: 1 }, sum: { $sum: '$amount' } } }, { $sort: { _id: 1 } }];
    expect(await notices.aggregate(sums).toArray()).toEqual([
      { _id: 'a', n: 2, sum: 5 },
      { _id: 'b', n: 1, sum: 2 },
    ]);
    const projects = await collectionOf({ key: 'X' });
    const joined = { from: notices.collectionName, localField: 'key', foreignField: 'no', as: 'notices' };
    const [project] = await projects.aggregate([{ $lookup: joined }]).toArray();
    expect(project!.notices.map(({ amount }: Document) => amount).sort()).toEqual([1, 2]);
    const facets = { $facet: { all: [{ $count: 'n' }], a: [{ $match: { kind: 'a' } }, { $count: 'n' }] } };
    expect(await notices.aggregate([facets]).toArray()).toEqual([{ all: [{ n: 3 }], a: [{ n: 2 }] }]);
  });

  it('tell what collections there are, and forget one that is dropped', async () => {
    const gone = await collectionOf({ a: 1 });
    const listed = async () => (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect(await listed()).toContain(gone.collectionName);
    await gone.drop();
    await gone.drop();
    expect(await listed()).not.toContain(gone.collectionName);
  });

  it('know a command they do not know', async () => {
    await expect(db.command({ noSuchThing: 1 })).rejects.toMatchObject({ code: 59 });
  });
});

describe('transactions', () => {
  const inSession = async <T>(use: (session: ReturnType<MongoClient['startSession']>) => Promise<T>): Promise<T> => {
    const session = client.startSession();
    try {
      return await use(session);
    } finally {
      await session.endSession();
    }
  };

  it('show all or nothing, and nothing to others before the commit', async () => {
    const notices = await collectionOf({ n: 0 });
    const projects = await collectionOf({ n: 0 });
    await inSession(async (session) => {
      session.startTransaction();
      await notices.insertOne({ n: 1 }, { session });
      await projects.insertOne({ n: 1 }, { session });
      expect(await notices.countDocuments()).toBe(1);
      expect(await notices.countDocuments({}, { session })).toBe(2);
      await session.commitTransaction();
    });
    expect([await notices.countDocuments(), await projects.countDocuments()]).toEqual([2, 2]);
    await inSession(async (session) => {
      session.startTransaction();
      await notices.deleteMany({}, { session });
      await session.abortTransaction();
    });
    expect(await notices.countDocuments()).toBe(2);
  });

  it('end with the first error', async () => {
    const notices = await collectionOf({ _id: 1 as never });
    await inSession(async (session) => {
      session.startTransaction();
      await notices.insertOne({ _id: 2 as never }, { session });
      await expect(notices.insertOne({ _id: 1 as never }, { session })).rejects.toMatchObject({ code: 11000 });
      await expect(notices.insertOne({ _id: 3 as never }, { session })).rejects.toMatchObject({ code: 251 });
      await session.abortTransaction();
    });
    expect(await notices.distinct('_id')).toEqual([1]);
  });

  it('that meet over a document are run again by withTransaction, and none is lost', async () => {
    const counters = await collectionOf({ _id: 1 as never, n: 0 });
    const addOne = () =>
      inSession((session) =>
        session.withTransaction(async () => {
          const counter = await counters.findOne({}, { session });
          await counters.updateOne({}, { $set: { n: counter!.n + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 6 }, addOne));
    expect(await counters.findOne()).toMatchObject({ n: 6 });
  });

  it('page through what they see', async () => {
    const many = await collectionOf(...Array.from({ length: 500 }, (_, i) => ({ i })));
    await inSession(async (session) => {
      session.startTransaction();
      await many.insertOne({ i: 500 }, { session });
      expect(await many.find({}, { session }).sort({ i: 1 }).batchSize(50).toArray()).toHaveLength(501);
      await session.abortTransaction();
    });
    expect(await many.countDocuments()).toBe(500);
  });

  it('are not left open by a session that ends', async () => {
    const notices = await collectionOf({ _id: 1 as never, n: 0 });
    await inSession(async (session) => {
      session.startTransaction();
      await notices.updateOne({}, { $set: { n: 1 } }, { session });
    });
    await notices.updateOne({}, { $set: { n: 2 } });
    expect(await notices.findOne()).toMatchObject({ n: 2 });
  });
});
