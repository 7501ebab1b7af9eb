import { namedIn } from '../../src/model/link-decision.ts';
import type { LinkDecision } from '../../src/model/link-decision.ts';
import type { LinkDecisionStore } from '../store.ts';
import type { Connection } from './connection.ts';

export class LinkDecisionTable implements LinkDecisionStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Survives a power cut once resolved. */
  async put(decision: LinkDecision): Promise<void> {
    await this.#connection.write(
      () => {
        this.#put(decision);
        const named = JSON.stringify(namedIn(decision));
        this.#connection.run('UPDATE notices SET matched = 0 WHERE id IN (SELECT value FROM json_each(?))', named);
      },
      { durable: true },
    );
  }

  async get(id: string): Promise<LinkDecision | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM link_decisions WHERE id = ?', id);
    return row === undefined ? null : (JSON.parse(row.doc) as LinkDecision);
  }

  async naming(noticeIds: string[]): Promise<LinkDecision[]> {
    return this.#connection
      .all<{ doc: string }>(
        `SELECT doc FROM link_decisions WHERE id IN (SELECT decision_id FROM link_decision_notices
           WHERE notice_id IN (SELECT value FROM json_each(?))) ORDER BY at, id`,
        JSON.stringify(noticeIds),
      )
      .map((row) => JSON.parse(row.doc) as LinkDecision);
  }

  async standing(): Promise<LinkDecision[]> {
    return this.#connection
      .all<{ doc: string }>('SELECT doc FROM link_decisions ORDER BY at, id')
      .map((row) => JSON.parse(row.doc) as LinkDecision)
      .filter((decision) => decision.withdrawn === null);
  }

  /** Adds a decision of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(decision: LinkDecision): void {
    if (this.#connection.get('SELECT 1 FROM link_decisions WHERE id = ?', decision.id) === undefined) {
      this.#put(decision);
    }
  }

  #put(decision: LinkDecision): void {
    // Stored again, it may name fewer notices.
    const before = this.#connection.get<{ doc: string }>('SELECT doc FROM link_decisions WHERE id = ?', decision.id);
    if (before !== undefined) {
      this.#connection.run(
        `DELETE FROM link_decision_notices
           WHERE notice_id IN (SELECT value FROM json_each(?)) AND decision_id = ?`,
        JSON.stringify(namedIn(JSON.parse(before.doc) as LinkDecision)),
        decision.id,
      );
    }
    this.#connection.run(
      `INSERT INTO link_decisions (id, at, doc) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET at = excluded.at, doc = excluded.doc`,
      decision.id,
      decision.at,
      JSON.stringify(decision),
    );
    for (const noticeId of namedIn(decision)) {
      this.#connection.run(
        `INSERT INTO link_decision_notices (notice_id, decision_id) VALUES (?, ?)
         ON CONFLICT (notice_id, decision_id) DO NOTHING`,
        noticeId,
        decision.id,
      );
    }
  }
}
