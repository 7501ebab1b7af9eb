/**
 * JSON with fields in order of their names. Half characters count as U+FFFD: SQLite keeps one that stands in a JSON
 * column and no other store does; it is no text in either.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return part.toWellFormed();
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
