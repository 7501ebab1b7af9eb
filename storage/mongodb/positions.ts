import { decodeCursor } from '../shared/cursor.ts';

/** Where a list ordered by day, newest first, then id, goes on. */
interface Position {
  day: number;
  id: string;
}

/** The position that a query's cursor stands for; null at the beginning. Throws `CorrectInput` for another query's cursor. */
export function positionOf(query: { cursor?: string }): Position | null {
  if (query.cursor === undefined) return null;
  const [day, id] = decodeCursor(query, query.cursor, ['number', 'string']);
  return { day: day as number, id: id as string };
}

/**
 * What stands behind the position, for a sort by `field` descending, then `_id`. Every document has a number there.
 * The bound apart from the choice: by it a server begins in the index where the page begins, however deep it lies.
 */
export function behind(field: string, position: Position | null): object[] {
  if (position === null) return [];
  const { day, id } = position;
  return [{ [field]: { $lte: day } }, { $or: [{ [field]: { $lt: day } }, { [field]: day, _id: { $gt: id } }] }];
}

/** All conditions at once; none means everything. */
export function allOf(conditions: object[]): object {
  return conditions.length === 0 ? {} : { $and: conditions };
}

/**
 * Counts without conditions are made in the index of ids; by itself a server reads every document for them. Not from
 * the collection's own figure, which after a crash of the server, and on shards, is no exact one.
 */
export function countingAll(filter: object): { hint?: string } {
  return Object.keys(filter).length === 0 ? { hint: '_id_' } : {};
}

/** The first `count` items that satisfy `wanted`; the rest is not read. */
export async function firstOf<T>(items: AsyncIterable<T>, count: number, wanted: (item: T) => boolean): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    if (!wanted(item)) continue;
    found.push(item);
    if (found.length === count) break;
  }
  return found;
}

/** In the order in which the server sorts ids: by their UTF-8 bytes. For the few that no index has in this order. */
export function inOrderOfIds<T extends { _id: string }>(docs: T[]): T[] {
  return docs
    .map((doc) => ({ doc, bytes: Buffer.from(doc._id) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ doc }) => doc);
}
