import { createHash } from 'node:crypto';

import { canonical } from '../src/model/canonical.ts';

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

/** Digest of one thing by its content, in hex. */
export function contentDigest(item: unknown): string {
  return createHash('sha256').update(canonical(item)).digest('hex');
}
