import type { User } from '../../src/model/user.ts';
import type { UserStore } from '../store.ts';
import type { Connection } from './connection.ts';

export class UserTable implements UserStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(name: string): Promise<User | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM users WHERE name = ?', name);
    return row === undefined ? null : (JSON.parse(row.doc) as User);
  }

  async list(): Promise<User[]> {
    return this.#connection
      .all<{ doc: string }>('SELECT doc FROM users ORDER BY name')
      .map((row) => JSON.parse(row.doc) as User);
  }

  async put(user: User): Promise<void> {
    await this.#connection.write(() => this.#write(user, 'UPDATE SET doc = excluded.doc'), { durable: true });
  }

  /** Adds an account of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(user: User): void {
    this.#write(user, 'NOTHING');
  }

  #write(user: User, whenThere: string): void {
    this.#connection.run(
      `INSERT INTO users (name, doc) VALUES (?, ?) ON CONFLICT (name) DO ${whenThere}`,
      user.name,
      JSON.stringify(user),
    );
  }
}
