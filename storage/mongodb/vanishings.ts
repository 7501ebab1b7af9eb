import type { Collection } from 'mongodb';

import type { Vanishing } from '../../src/model/vanishing.ts';
import { checkedLimit } from '../shared/paging.ts';
import type { VanishingStore } from '../store.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection } from './connection.ts';
import type { VanishingDoc } from './documents.ts';
import { idOf, idsOf, plain } from './plain.ts';
import { inOrderOfIds } from './positions.ts';

export class VanishingCollection implements VanishingStore {
  readonly #connection: Connection;
  readonly #vanishings: Collection<VanishingDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#vanishings = connection.collection<VanishingDoc>('vanishings');
  }

  async open(sourceId: string): Promise<Vanishing[]> {
    return this.#connection.read(async () => {
      const filter = { sourceId: idOf(sourceId), state: { $ne: 'returned' as const } };
      return inOrderOfIds(await this.#vanishings.find(filter).toArray()).map(vanishingOf);
    });
  }

  async put(vanishings: Vanishing[]): Promise<void> {
    if (vanishings.length === 0) return;
    const docs = vanishings.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#vanishings.bulkWrite(
        docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } })),
      );
    });
  }

  async ofNotices(noticeIds: string[]): Promise<Vanishing[]> {
    return this.#connection.read(async () => {
      const filter = { noticeId: { $in: idsOf(noticeIds) } };
      return (await this.#vanishings.find(filter).sort({ openedAt: 1, _id: 1 }).toArray()).map(vanishingOf);
    });
  }

  async latest({ sourceId, limit }: { sourceId?: string; limit: number }): Promise<Vanishing[]> {
    const most = checkedLimit(limit);
    return this.#connection.read(async () => {
      const filter = sourceId === undefined ? {} : { sourceId: idOf(sourceId) };
      const docs = await this.#vanishings.find(filter).sort({ openedAt: -1, _id: 1 }).limit(most).toArray();
      return docs.map(vanishingOf);
    });
  }

  async *all(): AsyncGenerator<Vanishing> {
    for await (const docs of batchesById(this.#connection, this.#vanishings)) yield* docs.map(vanishingOf);
  }

  /** Adds vanishings of another store; one that is here stays as it is. */
  async takeIn(vanishings: Vanishing[]): Promise<void> {
    const docs = vanishings.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#vanishings.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }
}

function documentOf({ id, ...vanishing }: Vanishing): VanishingDoc {
  return { _id: idOf(id), ...vanishing };
}

function vanishingOf({ _id, ...vanishing }: VanishingDoc): Vanishing {
  return { id: _id, ...vanishing };
}
