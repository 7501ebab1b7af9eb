import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

type Row = Record<string, unknown>;

/** How long a writer waits for another process's transaction. The longest one here, indexing 100 notices, takes well under a second. */
const BUSY_TIMEOUT_MS = 15_000;
/** How long a reader's own housekeeping waits. */
const SHORT_TIMEOUT_MS = 100;
const SQLITE_BUSY = 5;

/**
 * One SQLite connection with its prepared statements.
 * Everything is synchronous: a transaction can never be interleaved with another call of this process.
 */
export class Connection {
  readonly db: DatabaseSync;
  readonly #statements: Map<string, StatementSync>;
  readonly #writes: { count: number };
  /** First in every write transaction; what it throws ends the transaction. */
  readonly #guard: () => void;

  /** Opens a file; or, given a connection, is that connection with a guard before each of its writes. */
  constructor(of: string | Connection, guard: () => void = () => {}) {
    if (typeof of === 'string') {
      this.db = new DatabaseSync(of, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
      this.#statements = new Map();
      this.#writes = { count: 0 };
    } else {
      this.db = of.db;
      this.#statements = of.#statements;
      this.#writes = of.#writes;
    }
    this.#guard = guard;
  }

  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#statement(sql).all(...values) as T[];
  }

  get<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.#statement(sql).get(...values) as T | undefined;
  }

  /** Rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** Rows one by one, prepared afresh: a cached statement would be reset by a nested use of the same text. */
  iterate<T = Row>(sql: string, ...values: SQLInputValue[]): Iterable<T> {
    return this.db.prepare(sql).iterate(...values) as Iterable<T>;
  }

  /**
   * Runs `work` in one write transaction; all of it is stored or none.
   * A commit survives the death of this process. With `durable` it also survives a power cut:
   * WAL with synchronous=NORMAL leaves the last commits to the operating system.
   */
  write<T>(work: () => T, options: { durable?: boolean } = {}): T {
    // The level cannot be changed inside a transaction.
    if (options.durable) this.db.exec('PRAGMA synchronous = FULL');
    try {
      this.db.exec('BEGIN IMMEDIATE');
      try {
        this.#guard();
        const result = work();
        this.db.exec('COMMIT');
        this.#writes.count += 1;
        return result;
      } catch (error) {
        // SQLite itself rolls back on some errors (disk full); a second ROLLBACK would hide the first error.
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    } finally {
      if (options.durable) this.db.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /**
   * A write that can be done later: gives up after a moment when another process is writing, instead of holding up
   * everything that this process answers. False = not done.
   */
  writeIfFree(work: () => void): boolean {
    this.db.exec(`PRAGMA busy_timeout = ${SHORT_TIMEOUT_MS}`);
    try {
      this.write(work);
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
      throw error;
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  /** Differs whenever this or another process has written since. */
  version(): string {
    const row = this.get<{ data_version: number }>('PRAGMA data_version');
    return `${row?.data_version}.${this.#writes.count}`;
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
