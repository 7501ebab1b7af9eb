import type { Collection } from 'mongodb';

import type { Telling } from '../../src/model/telling.ts';
import type { TellingStore } from '../store.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection } from './connection.ts';
import type { TellingDoc } from './documents.ts';
import { idOf, plain } from './plain.ts';

export class TellingCollection implements TellingStore {
  readonly #connection: Connection;
  readonly #tellings: Collection<TellingDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#tellings = connection.collection<TellingDoc>('tellings');
  }

  async pending(channel: string): Promise<Telling[]> {
    return this.#connection.read(async () => {
      const filter = { channel: idOf(channel), isOver: false };
      return (await this.#tellings.find(filter).sort({ _id: 1 }).toArray()).map(tellingOf);
    });
  }

  async put(tellings: Telling[]): Promise<void> {
    if (tellings.length === 0) return;
    const docs = tellings.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#tellings.bulkWrite(
        docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } })),
      );
    });
  }

  async *all(): AsyncGenerator<Telling> {
    for await (const docs of batchesById(this.#connection, this.#tellings)) yield* docs.map(tellingOf);
  }

  /** Adds tellings of another store; one that is here stays as it is. */
  async takeIn(tellings: Telling[]): Promise<void> {
    const docs = tellings.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#tellings.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }
}

function documentOf({ id, ...telling }: Telling): TellingDoc {
  return { _id: idOf(id), ...telling };
}

function tellingOf({ _id, ...telling }: TellingDoc): Telling {
  return { id: _id, ...telling };
}
