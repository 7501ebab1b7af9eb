import type { Telling } from '../../src/model/telling.ts';
import type { TellingStore } from '../store.ts';
import type { Connection } from './connection.ts';

export class TellingTable implements TellingStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async pending(channel: string): Promise<Telling[]> {
    return this.#connection
      .all<{ doc: string }>('SELECT doc FROM tellings WHERE channel = ? AND is_over = 0 ORDER BY id', channel)
      .map((row) => JSON.parse(row.doc) as Telling);
  }

  async put(tellings: Telling[]): Promise<void> {
    if (tellings.length === 0) return;
    await this.#connection.write(() => tellings.forEach((telling) => this.#put(telling)));
  }

  /** Adds a telling of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(telling: Telling): void {
    if (this.#connection.get('SELECT 1 FROM tellings WHERE id = ?', telling.id) === undefined) this.#put(telling);
  }

  #put(telling: Telling): void {
    this.#connection.run(
      'INSERT OR REPLACE INTO tellings (id, channel, is_over, doc) VALUES (?, ?, ?, ?)',
      telling.id,
      telling.channel,
      telling.isOver ? 1 : 0,
      JSON.stringify(telling),
    );
  }
}
