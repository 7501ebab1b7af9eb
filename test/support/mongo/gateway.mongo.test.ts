import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestMongo, type TestMongo } from './open.ts';

let mongo: TestMongo;
let client: MongoClient;

beforeAll(async () => {
  mongo = await openTestMongo();
  client = await new MongoClient(mongo.uri).connect();
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

describe('what the store asks of MongoDB', () => {
  it('refuses a second document under a unique index with code 11000', async () => {
    const notices = client.db().collection('unique');
    await notices.createIndex({ sourceId: 1, externalId: 1 }, { unique: true });
    await notices.insertOne({ sourceId: 'ynggzy', externalId: '1' });
    await expect(notices.insertOne({ sourceId: 'ynggzy', externalId: '1' })).rejects.toMatchObject({ code: 11000 });
  });
});
