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

/** What stands behind the position, for a sort by `field` descending, then `_id`. */
export function behind(field: string, position: Position | null): object[] {
  if (position === null) return [];
  return [{ $or: [{ [field]: { $lt: position.day } }, { [field]: position.day, _id: { $gt: position.id } }] }];
}

/** All conditions at once; none means everything. */
export function allOf(conditions: object[]): object {
  return conditions.length === 0 ? {} : { $and: conditions };
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
