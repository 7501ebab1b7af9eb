import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { EJSON } from 'bson';
import type { Document } from 'bson';
import type { Db, IndexDescription } from 'mongodb';

import type { Everything } from '../everything.ts';

/** One a schema, made by the program of that schema: `schema-7.json.gz`. */
const FIXTURES = join(import.meta.dirname, '../../../storage/mongodb/fixtures');

/** A collection as its server keeps it. */
export interface SavedCollection {
  name: string;
  /** Validator, its level and action. */
  options: Document;
  /** All but the one that every `_id` has, by name. */
  indexes: (IndexDescription & { name: string })[];
  /** By `_id`; numbers with the type they are stored under. */
  documents: Document[];
}

/** A database, and what the program that made it read from it. */
export interface SavedDatabase {
  collections: SavedCollection[];
  holds: Everything;
}

export function savedSchemas(): number[] {
  return readdirSync(FIXTURES)
    .map((name) => /^schema-(\d+)\.json\.gz$/.exec(name)?.[1])
    .filter((version) => version !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

export function savedDatabase(version: number): SavedDatabase {
  const text = gunzipSync(readFileSync(fileOf(version))).toString();
  const plain = EJSON.parse(text, { relaxed: true }) as SavedDatabase;
  const typed = EJSON.parse(text, { relaxed: false }) as SavedDatabase;
  const collections = plain.collections.map((one, i) => ({ ...one, documents: typed.collections[i]!.documents }));
  return { collections, holds: plain.holds };
}

/** A saved schema is never made again: fails where it is there. */
export function save(version: number, saved: SavedDatabase): void {
  writeFileSync(fileOf(version), gzipSync(EJSON.stringify(saved, { relaxed: false }), { level: 9 }), { flag: 'wx' });
}

function fileOf(version: number): string {
  return join(FIXTURES, `schema-${version}.json.gz`);
}

/** Every collection, by name. */
export async function collectionsOf(db: Db): Promise<SavedCollection[]> {
  const all: SavedCollection[] = [];
  for (const { name, options } of (await db.listCollections().toArray()) as Document[]) {
    const collection = db.collection(name as string);
    all.push({
      name: name as string,
      options: (options ?? {}) as Document,
      indexes: (await collection.indexes())
        .filter((index) => index.name !== '_id_')
        .map(ownWords)
        .sort(byName),
      documents: await collection.find({}, { promoteValues: false }).sort({ _id: 1 }).toArray(),
    });
  }
  return all.sort(byName);
}

/** An index without what each server adds of its own, such as its version. */
function ownWords(index: Document): IndexDescription & { name: string } {
  const { name, key, unique, partialFilterExpression } = index as IndexDescription & { name: string };
  return { name, key, ...(unique && { unique }), ...(partialFilterExpression && { partialFilterExpression }) };
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

/** Makes an empty database what the saved one was; the validators of its time look at each document. */
export async function makeAnew(db: Db, collections: readonly SavedCollection[]): Promise<void> {
  for (const { name, options, indexes, documents } of collections) {
    await db.createCollection(name, options);
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes);
    if (documents.length > 0) await db.collection(name).insertMany(documents);
  }
}
