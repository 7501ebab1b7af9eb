import type { Collection } from 'mongodb';

import type { SentRequest } from '../../src/model/sent-request.ts';
import type { SentRequestStore } from '../store.ts';
import { additionOf } from './batches.ts';
import type { Connection } from './connection.ts';
import type { SentRequestDoc } from './documents.ts';
import { idOf, plain } from './plain.ts';

/** Documents an iterator reads at a time; each batch is a query of its own, so that a slow reader outlives no cursor. */
const READ_BATCH = 1000;

export class SentRequestCollection implements SentRequestStore {
  readonly #connection: Connection;
  readonly #requests: Collection<SentRequestDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#requests = connection.collection<SentRequestDoc>('sent_requests');
  }

  async add(requests: SentRequest[]): Promise<void> {
    if (requests.length === 0) return;
    const docs = requests.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#requests.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  async hosts(): Promise<string[]> {
    return (await this.#connection.read(() => this.#requests.distinct('host'))).sort();
  }

  async *ofHost(host: string, from: number): AsyncGenerator<SentRequest> {
    const order = { at: 1, process: 1, number: 1 } as const;
    // What was sent at one moment by one process is read whole: it is never more than a batch.
    for (let after: { at: number; seen: number } = { at: from, seen: 0 }; ;) {
      const { at, seen } = after;
      const docs = await this.#connection.read(() =>
        this.#requests
          .find({ host: idOf(host), at: { $gte: at } })
          .sort(order)
          .skip(seen)
          .limit(READ_BATCH)
          .toArray(),
      );
      yield* docs.map(requestOf);
      const last = docs.at(-1);
      if (last === undefined || docs.length < READ_BATCH) return;
      const alike = docs.filter((doc) => doc.at === last.at).length;
      after = { at: last.at, seen: last.at === at ? seen + alike : alike };
    }
  }

  async forget(before: number): Promise<void> {
    await this.#connection.writeApart(async () => {
      await this.#requests.deleteMany({ at: { $lt: before } });
    });
  }

  async *all(): AsyncGenerator<SentRequest> {
    for (const host of await this.hosts()) yield* this.ofHost(host, 0);
  }

  /** Adds entries of another store; one that is here stays as it is. */
  takeIn(requests: SentRequest[]): Promise<void> {
    return this.add(requests);
  }
}

function documentOf(request: SentRequest): SentRequestDoc {
  const { host, at, process, number } = request;
  return { _id: JSON.stringify([host, at, process, number]), ...request };
}

function requestOf({ _id, ...request }: SentRequestDoc): SentRequest {
  return request;
}
