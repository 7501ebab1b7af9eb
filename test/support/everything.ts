import { CONTENT_KINDS } from '../../storage/store.ts';
import type { ContentKind, Store, StoreContents } from '../../storage/store.ts';

export type Everything = { [K in ContentKind]: StoreContents[K][] };

/** All that a store holds, kind by kind. */
export async function everythingIn(store: Store): Promise<Everything> {
  const all: Partial<Record<ContentKind, unknown[]>> = {};
  for (const kind of CONTENT_KINDS) {
    const items: unknown[] = [];
    for await (const item of store.contents<ContentKind>(kind)) items.push(item);
    all[kind] = items;
  }
  return all as Everything;
}
