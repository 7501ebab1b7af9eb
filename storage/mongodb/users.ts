import type { Collection } from 'mongodb';

import type { User } from '../../src/model/user.ts';
import type { UserStore } from '../store.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection } from './connection.ts';
import type { UserDoc } from './documents.ts';
import { idOf, plain } from './plain.ts';

export class UserCollection implements UserStore {
  readonly #connection: Connection;
  readonly #users: Collection<UserDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#users = connection.provenCollection<UserDoc>('users');
  }

  async get(name: string): Promise<User | null> {
    return this.#connection.read(async () => {
      const doc = await this.#users.findOne({ _id: idOf(name) });
      return doc === null ? null : userOf(doc);
    });
  }

  async list(): Promise<User[]> {
    return this.#connection.read(async () => (await this.#users.find({}).sort({ _id: 1 }).toArray()).map(userOf));
  }

  async put(user: User): Promise<void> {
    const doc = documentOf(plain(user));
    await this.#connection.writeApart(async () => {
      await this.#users.replaceOne({ _id: doc._id }, doc, { upsert: true });
    });
  }

  async *all(): AsyncGenerator<User> {
    for await (const docs of batchesById(this.#connection, this.#users)) yield* docs.map(userOf);
  }

  /** Adds accounts of another store; one that is here stays as it is. */
  async takeIn(users: User[]): Promise<void> {
    const docs = users.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#users.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }
}

function documentOf({ name, ...user }: User): UserDoc {
  return { _id: idOf(name), ...user };
}

function userOf({ _id, ...user }: UserDoc): User {
  return { name: _id, ...user };
}
