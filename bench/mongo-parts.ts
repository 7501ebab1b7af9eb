import { calculateObjectSize } from 'bson';
import type { Document } from 'bson';
import { MongoClient } from 'mongodb';

import type { Part } from './sizes.ts';

/** What stands beside every key: where its document lies, as a mongod writes it (2 to 9 bytes; 4 below some millions). */
const RECORD_ID_BYTES = 4;

/**
 * Every collection of a database: its documents as BSON, and the keys of each index with nothing compressed. A mongod
 * packs both (snappy; what keys share with the one before), which only a mongod can measure.
 */
export async function mongoParts(uri: string): Promise<Part[]> {
  await using client = await new MongoClient(uri).connect();
  const db = client.db();
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  const parts: Part[] = [];
  for (const name of names) {
    const collection = db.collection(name);
    const own: Part = { of: name, index: null, entries: 0, bytes: 0 };
    for await (const doc of collection.find({})) {
      own.entries += 1;
      own.bytes += calculateObjectSize(doc);
    }
    parts.push(own);
    for (const { name: index, key, partialFilterExpression } of await collection.indexes()) {
      const part: Part = { of: name, index: index!, entries: 0, bytes: 0 };
      for await (const doc of collection.find((partialFilterExpression ?? {}) as Document)) {
        for (const size of keySizes(doc, Object.keys(key))) {
          part.entries += 1;
          part.bytes += size + RECORD_ID_BYTES;
        }
      }
      parts.push(part);
    }
  }
  return parts;
}

/** A key for each value of the one list that an index may go over. */
function keySizes(doc: Document, paths: string[]): number[] {
  const values = paths.map((path) => valuesAt(doc, path.split('.')));
  const keys = Math.max(...values.map((all) => all.length));
  return Array.from({ length: keys }, (_, i) =>
    values.reduce((sum, all) => sum + valueSize(all[Math.min(i, all.length - 1)]), 0),
  );
}

function valuesAt(value: unknown, path: string[]): unknown[] {
  if (Array.isArray(value)) {
    const each = value.flatMap((item) => valuesAt(item, path));
    return each.length === 0 ? [undefined] : distinct(each);
  }
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [undefined];
  return valuesAt((value as Document)[first], rest);
}

function distinct(values: unknown[]): unknown[] {
  return values.every((value) => typeof value === 'string') ? [...new Set(values)] : values;
}

/** As a mongod's key holds it: a byte of type, then the value; a text ends in another. */
function valueSize(value: unknown): number {
  if (value === undefined || value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value) + 2;
  return typeof value === 'number' || value instanceof Date ? 9 : calculateObjectSize({ v: value });
}
