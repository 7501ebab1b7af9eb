import { MongoClient } from 'mongodb';
import type { Db, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildObservation, MARCH_20 } from '../../test/support/build.ts';
import { fill } from '../../test/support/fill.ts';
import { openTestMongo } from '../../test/support/mongo/open.ts';
import type { TestMongo } from '../../test/support/mongo/open.ts';
import { openMongoStore } from './open.ts';
import { JUDGED_COLLECTIONS, SETTINGS_COLLECTIONS } from './schema.ts';
import { VALIDATORS } from './validators.ts';

type Schema = { bsonType?: string | string[]; required?: string[]; properties?: Record<string, Schema> } & Document;

let mongo: TestMongo;
let client: MongoClient;
let db: Db;
beforeAll(async () => {
  mongo = await openTestMongo();
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
  const store = await openMongoStore(mongo.uri);
  await fill(store);
  await store.notices.observe([buildObservation({ externalId: 'other' })]);
  await store.projects.putSheets(new Map([['p1', '1 {}']]));
  await store.findings.keepJudged({ at: 1, rules: [] });
  const lease = (await store.leases.acquire('source', 'one', 60_000))!;
  await store.leases.release(lease, 'note');
  await store.close();
});
afterAll(async () => {
  await client.close();
  await mongo.close();
});

const validators = {
  ...VALIDATORS,
  settings: SETTINGS_COLLECTIONS['settings']!.validator,
  judged_count: JUDGED_COLLECTIONS['judged_count']!.validator,
};
const collections = Object.keys(validators);

describe('a document that the program wrote', () => {
  it.each(collections)('of %s is refused when any part of it is left out or is of another kind', async (name) => {
    const valid = (await db.collection(name).findOne())!;
    expect(valid, name).not.toBeNull();
    const { passed, tried } = await mutated(name, valid, schemaOf(name));
    expect(passed).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });

  it('has a validator, whatever its collection', async () => {
    const there = (await db.listCollections({}, { nameOnly: true }).toArray()).map((held) => held.name as string);
    expect(there.sort()).toEqual([...collections].sort());
  });

  it.each<[collection: string, what: string, change: (document: Document) => void]>([
    ['alerts', 'a breach without its evidence', (alert) => (alert['finding'].evidence = [])],
    ['alerts', 'an amount of time before all time', (alert) => (alert['openedAt'] = -1)],
    ['archive_records', 'a digest that is none', (record) => (record['sha256'] = 'a'.repeat(63))],
    ['archive_records', 'a negative size', (record) => (record['size'] = -1)],
    ['case_events', 'a chain that is none', (event) => (event['previous'] = 'x')],
    ['cases', 'a day that is none', (file) => (file['due'] = '2026/3/1')],
    ['notices', 'an amount in words', (notice) => (notice['fields'].amount = '一百万元')],
    ['notices', 'a stated day that is none', (notice) => (notice['fields'].publishDate = '3月16日')],
    ['projects', 'a budget in words', (project) => (project['budget'] = '120万元')],
    [
      'runs',
      'coverage to a day that is none',
      (run) => (run['channels'] = [{ channelId: 'a', outcome: 'complete', covers: { from: null, to: 'x' } }]),
    ],
    ['runs', 'a mark of a later version of another kind', (run) => (run['backfill'] = 'yes')],
    ['frontier', 'a reading of another kind', (request) => (request['reading'] = 'none')],
    ['projects', 'suggestions of another kind', (project) => (project['suggestions'] = 'none')],
    ['projects', 'a bidding of another kind', (project) => (project['bidding'] = 'none')],
    ['case_events', 'a case after it of another kind', (event) => (event['after'] = 'none')],
  ])('of %s is refused with %s', async (name, _what, change) => {
    const which = name === 'alerts' ? { 'finding.verdict': 'violation' } : {};
    const valid = (await db.collection(name).findOne(which))!;
    expect(await isTaken(name, valid)).toBe(true);
    const document = structuredCopy(valid);
    change(document);
    expect(await isTaken(name, document)).toBe(false);
  });

  it('of an alert that accuses nobody needs no page to stand on', async () => {
    const alert = (await db.collection('alerts').findOne())!;
    alert['finding'] = { ...alert['finding'], verdict: 'undetermined', evidence: [], judgedAt: MARCH_20 };
    expect(await isTaken('alerts', alert)).toBe(true);
  });
});

function schemaOf(name: string): Schema {
  const validator = validators[name as keyof typeof validators]!;
  return (validator.$jsonSchema ?? validator.$and[0].$jsonSchema) as Schema;
}

/** Each required part of the document left out, and each that is there put in another kind; what the server took all the same. */
async function mutated(name: string, valid: Document, schema: Schema): Promise<{ passed: string[]; tried: number }> {
  const passed: string[] = [];
  let tried = 0;
  for (const path of pathsOf(schema, valid)) {
    for (const [how, change] of [
      ['without', undefined],
      ['mistyped', { of: 'another kind' }],
    ] as const) {
      if (how === 'without' && !path.isRequired) continue;
      // Of what the program looks inside, another kind is no object.
      const other = change !== undefined && path.isObject ? 7.5 : change;
      const document = structuredCopy(valid);
      const holder = path.at.slice(0, -1).reduce<Document>((part, key) => part[key] as Document, document);
      if (other === undefined) delete holder[path.at.at(-1)!];
      else holder[path.at.at(-1)!] = other;
      tried += 1;
      if (await isTaken(name, document)) passed.push(`${path.at.join('.')} ${how}`);
    }
  }
  return { passed, tried };
}

interface Path {
  at: string[];
  isRequired: boolean;
  isObject: boolean;
}

function pathsOf(schema: Schema, document: Document, above: string[] = []): Path[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
    const at = [...above, key];
    // By `_id` a document is found again; the server gives one that is left out.
    if (at.join('.') === '_id' || !(key in document)) return [];
    const value: unknown = document[key];
    const isObject = [part.bsonType].flat().includes('object');
    const inner = isObject && typeof value === 'object' && value !== null ? pathsOf(part, value, at) : [];
    return [{ at, isRequired: (schema.required ?? []).includes(key), isObject }, ...inner];
  });
}

/** Replaces the document by itself changed, in its place; nothing else tells what the validator says. */
async function isTaken(name: string, document: Document): Promise<boolean> {
  try {
    await db.collection(name).replaceOne({ _id: document['_id'] }, document);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 121 });
    return false;
  }
}

/** Deep in objects and lists; ids, dates and bytes stay what they are. */
function structuredCopy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structuredCopy) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, structuredCopy(part)])) as T;
}
