import { LeaveToOtherWorker } from '../../src/model/errors.ts';
import { CLOCK_SLACK_MS, type Lease } from '../../src/model/lease.ts';
import { WRITE_MARK } from '../shared/write-mark.ts';
import type { LeaseStore } from '../store.ts';
import type { Connection } from './connection.ts';

/** The machine's clock as SQLite reads it, epoch ms: the same for every process on the file. */
const NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

export class LeaseTable implements LeaseStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async acquire(name: string, owner: string, ttlMs: number): Promise<Lease | null> {
    return this.#connection.write(() => {
      const row = this.#connection.get<{ token: number }>(
        `INSERT INTO leases (name, owner, token, until, note) VALUES (?1, ?2, 1, ${NOW} + ?3, NULL)
         ON CONFLICT (name) DO UPDATE SET
           token = token + (owner IS NOT excluded.owner), owner = excluded.owner, until = excluded.until
         WHERE owner IS NULL OR owner = excluded.owner OR until <= ${NOW} OR until > excluded.until + ?4
         RETURNING token`,
        name,
        owner,
        ttlMs,
        CLOCK_SLACK_MS,
      );
      return row === undefined ? null : { name, owner, token: row.token };
    });
  }

  async renew({ name, owner, token }: Lease, ttlMs: number): Promise<boolean> {
    return this.#connection.write(
      () =>
        this.#connection.run(
          `UPDATE leases SET until = ${NOW} + ? WHERE name = ? AND owner = ? AND token = ?`,
          ttlMs,
          name,
          owner,
          token,
        ) === 1,
    );
  }

  async release({ name, owner, token }: Lease, note?: string): Promise<void> {
    await this.#connection.write(() =>
      this.#connection.run(
        'UPDATE leases SET owner = NULL, until = 0, note = coalesce(?, note) WHERE name = ? AND owner = ? AND token = ?',
        note ?? null,
        name,
        owner,
        token,
      ),
    );
  }

  async note(name: string): Promise<string | null> {
    return this.#connection.get<{ note: string | null }>('SELECT note FROM leases WHERE name = ?', name)?.note ?? null;
  }

  async held(): Promise<Lease[]> {
    const rows = this.#connection.all<{ name: string; owner: string; token: number }>(
      `SELECT name, owner, token FROM leases WHERE owner IS NOT NULL AND until > ${NOW} ORDER BY name`,
    );
    return rows.map(({ name, owner, token }) => ({ name, owner, token }));
  }

  /** Writes a row that is nobody's lease, as durably as a finding is written. */
  async mark(): Promise<void> {
    await this.#connection.write(
      () =>
        this.#connection.run(
          `INSERT INTO leases (name, owner, token, until, note) VALUES (?, NULL, 1, 0, NULL)
           ON CONFLICT (name) DO UPDATE SET token = token + 1`,
          WRITE_MARK,
        ),
      { durable: true },
    );
  }

  /** Inside a write transaction: throws `LeaveToOtherWorker` unless the lease is still its owner's. */
  check({ name, owner, token }: Lease): void {
    const sql = 'SELECT 1 FROM leases WHERE name = ? AND owner = ? AND token = ?';
    if (this.#connection.get(sql, name, owner, token) === undefined) throw new LeaveToOtherWorker(name);
  }
}
