import type { SentRequest } from '../../src/model/sent-request.ts';
import type { SentRequestStore } from '../store.ts';
import type { Connection } from './connection.ts';

/** Rows an iterator reads at a time. */
const READ_BATCH = 1000;

export class SentRequestTable implements SentRequestStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(requests: SentRequest[]): Promise<void> {
    if (requests.length === 0) return;
    await this.#connection.write(() => requests.forEach((request) => this.takeIn(request)));
  }

  async hosts(): Promise<string[]> {
    // From host to host along the index: a plain DISTINCT would read every entry.
    return this.#connection
      .all<{ host: string }>(
        `WITH RECURSIVE hosts (host) AS (
           SELECT min(host) FROM sent_requests
           UNION ALL
           SELECT (SELECT min(host) FROM sent_requests WHERE host > hosts.host) FROM hosts WHERE host IS NOT NULL
         ) SELECT host FROM hosts WHERE host IS NOT NULL`,
      )
      .map(({ host }) => host);
  }

  async *ofHost(host: string, from: number): AsyncGenerator<SentRequest> {
    let after: [number, string, number] = [from, '', -1];
    for (;;) {
      const rows = this.#connection.all<Row>(
        `SELECT * FROM sent_requests WHERE host = ? AND (at, process, number) > (?, ?, ?)
         ORDER BY at, process, number LIMIT ${READ_BATCH}`,
        host,
        ...after,
      );
      yield* rows.map(requestOf);
      const last = rows.at(-1);
      if (last === undefined || rows.length < READ_BATCH) return;
      after = [last.at, last.process, last.number];
    }
  }

  async forget(before: number): Promise<void> {
    for (const host of await this.hosts()) {
      await this.#connection.write(() =>
        this.#connection.run('DELETE FROM sent_requests WHERE host = ? AND at < ?', host, before),
      );
    }
  }

  async *all(): AsyncGenerator<SentRequest> {
    for (const host of await this.hosts()) yield* this.ofHost(host, 0);
  }

  /** Adds an entry; inside the caller's transaction. One that is here stays as it is. */
  takeIn({ host, at, process, number, sourceId, clockAt, intervalMs, quietHours }: SentRequest): void {
    this.#connection.run(
      `INSERT INTO sent_requests
         (host, at, process, number, source_id, clock_at, interval_ms, quiet_from, quiet_to)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      host,
      at,
      process,
      number,
      sourceId,
      clockAt,
      intervalMs,
      quietHours?.from ?? null,
      quietHours?.to ?? null,
    );
  }
}

interface Row {
  host: string;
  at: number;
  process: string;
  number: number;
  source_id: string;
  clock_at: number;
  interval_ms: number;
  quiet_from: number | null;
  quiet_to: number | null;
}

function requestOf(row: Row): SentRequest {
  return {
    host: row.host,
    at: row.at,
    clockAt: row.clock_at,
    sourceId: row.source_id,
    process: row.process,
    number: row.number,
    intervalMs: row.interval_ms,
    quietHours: row.quiet_from === null ? null : { from: row.quiet_from, to: row.quiet_to! },
  };
}
