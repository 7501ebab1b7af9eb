import { createHash } from 'node:crypto';

/** SHA-256 over things in order, whatever the order of their fields: equal for the same contents of two stores. */
export class ContentDigest {
  readonly #hash = createHash('sha256');
  #count = 0;

  add(item: unknown): void {
    this.#hash.update(canonical(item)).update('\n');
    this.#count += 1;
  }

  /** How many, and the digest in hex. Ends it. */
  end(): { count: number; digest: string } {
    return { count: this.#count, digest: this.#hash.digest('hex') };
  }
}

/**
 * JSON with fields in order of their names. Half characters count as U+FFFD: SQLite keeps one that stands in a JSON
 * column and no other store does; it is no text in either.
 */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return part.toWellFormed();
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Digest of one thing by its content, in hex. */
export function contentDigest(item: unknown): string {
  return createHash('sha256').update(canonical(item)).digest('hex');
}
