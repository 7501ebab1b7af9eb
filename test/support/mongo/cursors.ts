import type { PoolClient } from 'pg';
import { bytesOf, one, type Backend } from './backend.ts';
import { CommandFailure } from './errors.ts';
import type { Request } from './wire.ts';

/** Functions of the engine that answer with the first page of a cursor. */
export type FirstPage = 'find' | 'aggregate' | 'list_collections' | 'list_indexes';

interface Cursor {
  continuation: Buffer;
  /** The connection that holds the rest of the result, when the engine keeps it there. */
  held: PoolClient | null;
  /** The transaction the cursor was opened in, and ends with. */
  within: PoolClient | null;
  session: string | null;
  usedAt: number;
}

/** As in MongoDB. */
const IDLE_MS = 10 * 60_000;

export class Cursors {
  readonly #backend: Backend;
  readonly #open = new Map<string, Cursor>();
  readonly #now: () => number;
  #last: bigint;
  #ended = false;

  constructor(backend: Backend, now: () => number) {
    this.#backend = backend;
    this.#now = now;
    // Ids of an earlier life of the gateway must not be met again.
    this.#last = BigInt(now()) * 1_000_000n;
  }

  async first(kind: FirstPage, request: Request, within: PoolClient | null, session: string | null): Promise<Buffer> {
    this.#forgetIdle();
    const limit = Number(request.head.maxTimeMS ?? 0);
    const id = String(++this.#last);
    const runner = within ?? (await this.#backend.pool.connect());
    let held: PoolClient | null = null;
    let failed = true;
    try {
      if (limit) await runner.query(`set statement_timeout = ${limit}`);
      const page = await one(
        runner,
        `select cursorpage, continuation, persistconnection from documentdb_api.${kind}_cursor_first_page($1, $2, $3)`,
        [request.db, request.spec, id],
      );
      if (limit) await runner.query('set statement_timeout = 0');
      failed = false;
      if (page.continuation != null) {
        if (!within && page.persistconnection === true && !this.#ended) held = runner;
        const continuation = bytesOf(page.continuation);
        this.#open.set(id, { continuation, held, within, session, usedAt: this.#now() });
      }
      return bytesOf(page.cursorpage);
    } finally {
      if (!within && !held) runner.release(failed);
    }
  }

  async more(request: Request, within: PoolClient | null): Promise<Buffer> {
    const id = String(request.head.getMore);
    const cursor = this.#open.get(id);
    if (!cursor || cursor.within !== within)
      throw new CommandFailure(43, 'CursorNotFound', `cursor id ${id} not found`);
    cursor.usedAt = this.#now();
    const page = await one(
      cursor.held ?? cursor.within ?? this.#backend.pool,
      'select cursorpage, continuation from documentdb_api.cursor_get_more($1, $2, $3)',
      [request.db, request.spec, cursor.continuation],
    );
    if (page.continuation == null) this.kill(id, false);
    else cursor.continuation = bytesOf(page.continuation);
    return bytesOf(page.cursorpage);
  }

  /** Whether there was such a cursor. One closed early takes its connection with it. */
  kill(id: string, early = true): boolean {
    const cursor = this.#open.get(id);
    if (!cursor) return false;
    this.#open.delete(id);
    cursor.held?.release(early);
    return true;
  }

  killOf(session: string): void {
    for (const [id, cursor] of this.#open) if (cursor.session === session) this.kill(id);
  }

  /** The server goes down: what is being opened at this moment keeps no connection either. */
  end(): void {
    this.#ended = true;
    for (const id of [...this.#open.keys()]) this.kill(id);
  }

  #forgetIdle(): void {
    const before = this.#now() - IDLE_MS;
    for (const [id, cursor] of this.#open) if (cursor.usedAt < before) this.kill(id);
  }
}
