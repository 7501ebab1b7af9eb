import fc from 'fast-check';
import { expect } from 'vitest';

import { ContentDigest } from '../../storage/digest.ts';
import { CONTENT_KINDS } from '../../storage/store.ts';
import type { Store } from '../../storage/store.ts';
import { createModelStore } from './model.ts';
import { operation } from './operations.ts';

/**
 * Random operations, one after the other, on empty stores and on the model: each answers the same,
 * and in the end all hold the same. `without` leaves operations out by name.
 */
export async function expectAgreement(
  open: Record<string, () => Promise<Store>>,
  { runs, length, without = [] }: { runs: number; length: number; without?: string[] },
): Promise<void> {
  const property = fc.asyncProperty(
    fc.array(
      operation.filter(({ does }) => !without.includes(does)),
      { minLength: length / 2, maxLength: length, size: 'max' },
    ),
    async (operations) => {
      const model = createModelStore();
      const stores: [string, Store][] = [];
      try {
        for (const [name, openStore] of Object.entries(open)) stores.push([name, await openStore()]);
        for (const { name, run } of operations) {
          const expected = settled(await run(model));
          for (const [store, adapter] of stores)
            expect(settled(await run(adapter)), `${store}: ${name}`).toEqual(expected);
        }
        const expected = await digests(model);
        for (const [store, adapter] of stores) expect(await digests(adapter), store).toEqual(expected);
      } finally {
        for (const [, store] of stores) await store.close();
      }
    },
  );
  await fc.assert(property, { numRuns: runs, endOnFailure: runs < 20 });
}

/** As it would be sent: half characters are no text in any store. */
function settled(answer: unknown): unknown {
  return answer === undefined
    ? answer
    : JSON.parse(JSON.stringify(answer), (_key, part: unknown) =>
        typeof part === 'string' ? part.toWellFormed() : part,
      );
}

async function digests(store: Store): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const kind of CONTENT_KINDS) {
    const digest = new ContentDigest();
    const items: unknown[] = [];
    for await (const item of store.contents(kind)) {
      digest.add(item);
      items.push(settled(item));
    }
    // The items beside the digest: a difference is then shown, not only known.
    all[kind] = { ...digest.end(), items };
  }
  return all;
}
