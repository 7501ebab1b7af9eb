import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import PQueue from 'p-queue';

import { RepairDatabase } from '../../src/model/errors.ts';

type Row = Record<string, unknown>;

/** How long a writer waits for another process's transaction. The longest one here, indexing 100 notices, takes well under a second. */
const BUSY_TIMEOUT_MS = 15_000;
/** How long a reader's own housekeeping waits. */
const SHORT_TIMEOUT_MS = 100;
/** Between two tries of a write, growing as SQLite's own wait does. */
const PAUSES_MS = [1, 2, 5, 10, 25, 50, 100];
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

/**
 * One SQLite connection with its prepared statements.
 * Transactions are synchronous: none can be interleaved with another call of this process. Only waiting for another
 * process's transaction is not, so that a file that another program locks holds up writers alone: SQLite's own wait
 * would stop the whole process, and with it the page and whoever watches the service.
 */
export class Connection {
  readonly db: DatabaseSync;
  readonly #statements: Map<string, StatementSync>;
  /** First in every write transaction; what it throws ends the transaction. */
  readonly #guard: () => void;
  /** Writes that wait for another process, in order. */
  readonly #waiting: PQueue;
  readonly #patienceMs: number;

  /** Opens a file; or, given a connection, is that connection with a guard before each of its writes. */
  constructor(of: string | Connection, guard: () => void = () => {}, patienceMs = BUSY_TIMEOUT_MS) {
    if (typeof of === 'string') {
      this.db = new DatabaseSync(of, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
      this.#statements = new Map();
      this.#waiting = new PQueue({ concurrency: 1 });
      this.#patienceMs = patienceMs;
    } else {
      this.db = of.db;
      this.#statements = of.#statements;
      this.#waiting = of.#waiting;
      this.#patienceMs = of.#patienceMs;
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
   * Runs `work` in one write transaction; all of it is stored or none. Where no other process is writing it has run when
   * the call returns; else it waits, behind the writes that wait already.
   * A commit survives the death of this process. With `durable` it also survives a power cut:
   * WAL with synchronous=NORMAL leaves the last commits to the operating system.
   */
  async write<T>(work: () => T, options: { durable?: boolean } = {}): Promise<T> {
    if (this.#waiting.size + this.#waiting.pending === 0) {
      const done = this.#attempt(work, options);
      if (done !== null) return done.result;
    }
    const end = performance.now() + this.#patienceMs;
    return this.#waiting.add(async () => {
      for (let tries = 0; ; tries += 1) {
        const isLast = performance.now() >= end;
        const done = this.#attempt(work, options, { throwBusy: isLast });
        if (done !== null) return done.result;
        await delay(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]);
      }
    });
  }

  /** Null where another process is writing at this moment. */
  #attempt<T>(work: () => T, options: { durable?: boolean }, { throwBusy = false } = {}): { result: T } | null {
    this.db.exec('PRAGMA busy_timeout = 0');
    try {
      return { result: this.writeAtOnce(work, options) };
    } catch (error) {
      if (isBusy(error) && !throwBusy) return null;
      throw error;
    } finally {
      if (this.db.isOpen) this.db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  /** `write`, with the whole process waiting while another one writes: for opening a file, before anything is served. */
  writeAtOnce<T>(work: () => T, options: { durable?: boolean } = {}): T {
    // The level cannot be changed inside a transaction.
    if (options.durable) this.db.exec('PRAGMA synchronous = FULL');
    try {
      this.db.exec('BEGIN IMMEDIATE');
      try {
        this.#guard();
        const result = work();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite itself rolls back on some errors (disk full); a second ROLLBACK would hide the first error.
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    } catch (error) {
      throw namedFailure(error);
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
      this.writeAtOnce(work);
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
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

function isBusy(error: unknown): boolean {
  return error instanceof RepairDatabase && error.facts['errcode'] === SQLITE_BUSY;
}

/** What the operator can do something about, by its code; anything else as it is. */
function namedFailure(error: unknown): unknown {
  const errcode = (error as { errcode?: number }).errcode;
  // The lower byte tells the kind, the rest which file it was.
  const kind = errcode === undefined ? null : errcode & 0xff;
  const facts = { errcode: kind };
  if (kind === SQLITE_BUSY) {
    const advice = '有其他程序长时间占用数据库文件：请关闭备份、杀毒或数据库查看程序。';
    return new RepairDatabase(`数据库被其他程序锁住超过 ${BUSY_TIMEOUT_MS / 1000} 秒`, advice, facts, error);
  }
  if (kind === SQLITE_FULL || kind === SQLITE_IOERR) {
    const what = error instanceof Error ? error.message : String(error);
    const advice = '请检查数据库所在磁盘的剩余空间与写入权限，然后重跑同一命令；已保存的内容没有损坏。';
    return new RepairDatabase(`数据库写入失败：${what}`, advice, facts, error);
  }
  return error;
}
