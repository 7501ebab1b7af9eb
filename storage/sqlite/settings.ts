import type { KeptSettings } from '../../src/model/kept-settings.ts';
import type { SettingsStore } from '../store.ts';
import type { Connection } from './connection.ts';

export class SettingsTable implements SettingsStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async inForce(): Promise<KeptSettings | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM settings ORDER BY applied_at DESC, id LIMIT 1');
    return row === undefined ? null : (JSON.parse(row.doc) as KeptSettings);
  }

  async put(settings: KeptSettings): Promise<void> {
    await this.#connection.write(() => this.#put(settings), { durable: true });
  }

  /** Adds settings of another store; inside the caller's transaction. Those that are here stay as they are. */
  takeIn(settings: KeptSettings): void {
    if (this.#connection.get('SELECT 1 FROM settings WHERE id = ?', settings.id) === undefined) this.#put(settings);
  }

  #put(settings: KeptSettings): void {
    this.#connection.run(
      'INSERT OR REPLACE INTO settings (id, applied_at, doc) VALUES (?, ?, ?)',
      settings.id,
      settings.appliedAt.at(-1)!,
      JSON.stringify(settings),
    );
  }
}
