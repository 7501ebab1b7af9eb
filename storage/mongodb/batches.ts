import type { AnyBulkWriteOperation, Collection, Document, Filter, UpdateFilter } from 'mongodb';

import type { Connection } from './connection.ts';

/** Documents read at a time. */
export const READ_BATCH = 200;

/**
 * Every document of a collection by id, in batches, each a query of its own: a slow reader (a rebuild parses pages
 * between two of them) outlives no cursor.
 */
export async function* batchesById<T extends Document & { _id: string }>(
  connection: Connection,
  collection: Collection<T>,
  projection: Document = {},
): AsyncGenerator<T[]> {
  for (let after: string | null = null; ;) {
    const filter = (after === null ? {} : { _id: { $gt: after } }) as Filter<T>;
    const docs: T[] = await connection.read(() =>
      collection.find<T>(filter, { projection }).sort({ _id: 1 }).limit(READ_BATCH).toArray(),
    );
    if (docs.length > 0) yield docs;
    if (docs.length < READ_BATCH) return;
    after = docs.at(-1)!._id;
  }
}

/** Adds a document whose id is not there; nothing else. */
export function additionOf<T extends Document & { _id: string }>({ _id, ...parts }: T): AnyBulkWriteOperation<T> {
  const update = { $setOnInsert: parts } as unknown as UpdateFilter<T>;
  return { updateOne: { filter: { _id } as Filter<T>, update, upsert: true } };
}
