import { causeOf } from '../../src/model/incident.ts';
import type { Incident } from '../../src/model/incident.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { checkedLimit } from '../shared/paging.ts';
import type { IncidentQuery, IncidentStore, Page } from '../store.ts';
import type { Connection } from './connection.ts';

const MATCHING = '(? IS NULL OR source_id = ?) AND (? IS NULL OR state = ?)';

export class IncidentTable implements IncidentStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async open(sourceId?: string): Promise<Incident[]> {
    return this.#connection
      .all<{ doc: string }>(
        `SELECT doc FROM incidents WHERE state = 'open' AND (? IS NULL OR source_id = ?) ORDER BY id`,
        sourceId ?? null,
        sourceId ?? null,
      )
      .map((row) => JSON.parse(row.doc) as Incident);
  }

  async getMany(ids: string[]): Promise<Incident[]> {
    return this.#connection
      .all<{ doc: string }>(
        'SELECT doc FROM incidents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
        JSON.stringify(ids),
      )
      .map((row) => JSON.parse(row.doc) as Incident);
  }

  async put(incidents: Incident[]): Promise<void> {
    if (incidents.length === 0) return;
    await this.#connection.write(() => incidents.forEach((incident) => this.#put(incident)));
  }

  async search(query: IncidentQuery): Promise<Page<Incident>> {
    const after = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
    const limit = checkedLimit(query.limit);
    const rows = this.#connection.all<{ doc: string }>(
      `SELECT doc FROM incidents WHERE ${MATCHING} ${after === null ? '' : 'AND (opened_at < ? OR (opened_at = ? AND id > ?))'}
       ORDER BY opened_at DESC, id LIMIT ?`,
      ...valuesOf(query),
      ...(after === null ? [] : [after[0]!, after[0]!, after[1]!]),
      limit + 1,
    );
    const items = rows.slice(0, limit).map((row) => JSON.parse(row.doc) as Incident);
    const last = items.at(-1);
    return {
      items,
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor(query, [last.openedAt, last.id]) : null,
    };
  }

  async count(query: Omit<IncidentQuery, 'limit' | 'cursor'>): Promise<number> {
    const sql = `SELECT count(*) AS n FROM incidents WHERE ${MATCHING}`;
    return this.#connection.get<{ n: number }>(sql, ...valuesOf(query))!.n;
  }

  /** Adds an incident of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(incident: Incident): void {
    if (this.#connection.get('SELECT 1 FROM incidents WHERE id = ?', incident.id) === undefined) this.#put(incident);
  }

  #put(incident: Incident): void {
    const cause = causeOf(incident);
    if (incident.state === 'open') {
      const other = this.#connection.get(
        `SELECT 1 FROM incidents WHERE cause = ? AND state = 'open' AND id <> ?`,
        cause,
        incident.id,
      );
      if (other !== undefined) return;
    }
    this.#connection.run(
      `INSERT INTO incidents (id, source_id, cause, state, opened_at, doc) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, opened_at = excluded.opened_at, doc = excluded.doc`,
      incident.id,
      incident.sourceId,
      cause,
      incident.state,
      incident.openedAt,
      JSON.stringify(incident),
    );
  }
}

function valuesOf({ sourceId = null, state = null }: { sourceId?: string | null; state?: string | null }) {
  return [sourceId, sourceId, state, state];
}
