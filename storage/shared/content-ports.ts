import type { ContentKind, StoreContents } from '../store.ts';

/** How a store gives out and takes in the things of one kind. */
export interface ContentPort<T> {
  read(): AsyncIterable<T>;
  write(items: T[]): Promise<void>;
}

/** One for each kind: a kind without one does not compile. */
export type ContentPorts = { [K in ContentKind]: ContentPort<StoreContents[K]> };
