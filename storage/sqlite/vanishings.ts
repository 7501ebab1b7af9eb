import type { Vanishing } from '../../src/model/vanishing.ts';
import { checkedLimit } from '../shared/paging.ts';
import type { VanishingStore } from '../store.ts';
import type { Connection } from './connection.ts';

export class VanishingTable implements VanishingStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async open(sourceId: string): Promise<Vanishing[]> {
    return this.#read(`WHERE state <> 'returned' AND source_id = ? ORDER BY id`, sourceId);
  }

  async put(vanishings: Vanishing[]): Promise<void> {
    if (vanishings.length === 0) return;
    await this.#connection.write(() => vanishings.forEach((vanishing) => this.#put(vanishing)));
  }

  async ofNotices(noticeIds: string[]): Promise<Vanishing[]> {
    return this.#read(
      'WHERE notice_id IN (SELECT value FROM json_each(?)) ORDER BY opened_at, id',
      JSON.stringify(noticeIds),
    );
  }

  async latest({ sourceId, limit }: { sourceId?: string; limit: number }): Promise<Vanishing[]> {
    const where = sourceId === undefined ? '' : 'WHERE source_id = ?';
    const values = sourceId === undefined ? [] : [sourceId];
    return this.#read(`${where} ORDER BY opened_at DESC, id LIMIT ?`, ...values, checkedLimit(limit));
  }

  /** Adds a vanishing of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(vanishing: Vanishing): void {
    if (this.#connection.get('SELECT 1 FROM vanishings WHERE id = ?', vanishing.id) === undefined) this.#put(vanishing);
  }

  #read(where: string, ...values: (string | number)[]): Vanishing[] {
    return this.#connection
      .all<{ doc: string }>(`SELECT doc FROM vanishings ${where}`, ...values)
      .map((row) => JSON.parse(row.doc) as Vanishing);
  }

  #put(vanishing: Vanishing): void {
    this.#connection.run(
      'INSERT OR REPLACE INTO vanishings (id, notice_id, source_id, state, opened_at, doc) VALUES (?, ?, ?, ?, ?, ?)',
      vanishing.id,
      vanishing.noticeId,
      vanishing.sourceId,
      vanishing.state,
      vanishing.openedAt,
      JSON.stringify(vanishing),
    );
  }
}
