/**
 * A value as every store keeps it: JSON, so that both adapters give back the same (no undefined, no NaN, no -0).
 * Half characters, which a cut through a pair leaves, cannot be written as UTF-8 and become U+FFFD, as in SQLite's texts.
 */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed() : part,
  ) as T;
}

/** An id that names one thing. Anything but text would be taken as a query by the server. */
export function idOf(id: unknown): string {
  if (typeof id === 'string') return id;
  throw new TypeError(`an id must be text, not ${typeof id}`);
}

/** All of them ids. */
export function idsOf(ids: readonly unknown[]): string[] {
  return [...new Set(ids.map(idOf))];
}
