import type { PoolClient } from 'pg';
import type { Backend } from './backend.ts';
import { CommandFailure } from './errors.ts';
import type { Request } from './wire.ts';

interface Transaction {
  number: bigint;
  state: 'open' | 'aborted' | 'committed';
  client: PoolClient | null;
}

/**
 * Multi-document transactions: one PostgreSQL connection each, at repeatable read, which is MongoDB's snapshot.
 * As in MongoDB an error ends the transaction. A commit asked twice is answered twice, even across a crash of the engine.
 */
export class Transactions {
  readonly #backend: Backend;
  readonly #bySession = new Map<string, Transaction>();
  #ended = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The connection this command runs on, or null when it stands outside transactions. */
  async join(request: Request): Promise<PoolClient | null> {
    if (request.head.autocommit !== false) return null;
    const session = sessionOf(request)!;
    const number = BigInt(request.head.txnNumber);
    if (request.head.startTransaction === true) await this.#begin(session, number);
    const transaction = this.#bySession.get(session);
    if (transaction?.number !== number || transaction.state !== 'open' || !transaction.client) {
      throw noSuchTransaction(number);
    }
    return transaction.client;
  }

  async #begin(session: string, number: bigint): Promise<void> {
    await this.abort(session);
    const client = await this.#backend.pool.connect();
    if (this.#ended) {
      client.release();
      throw noSuchTransaction(number);
    }
    this.#bySession.set(session, { number, state: 'open', client });
    await client.query(`begin isolation level repeatable read; set local idle_in_transaction_session_timeout = '60s'`);
  }

  async commit(request: Request): Promise<void> {
    const session = sessionOf(request)!;
    const number = BigInt(request.head.txnNumber);
    const transaction = this.#bySession.get(session);
    if (transaction?.number === number && transaction.state === 'open' && transaction.client) {
      const { client } = transaction;
      // From here on the connection is the commit's alone: a server that goes down meanwhile must not release it too.
      transaction.client = null;
      try {
        await client.query({
          text: 'insert into gongshi_gateway.committed values ($1)',
          values: [`${session}:${number}`],
        });
        await client.query('commit');
        transaction.state = 'committed';
      } catch (error) {
        transaction.state = 'aborted';
        throw error;
      } finally {
        client.release(transaction.state !== 'committed');
      }
      return;
    }
    const { rowCount } = await this.#backend.pool.query({
      text: 'select 1 from gongshi_gateway.committed where transaction = $1',
      values: [`${session}:${number}`],
    });
    if (!rowCount) throw noSuchTransaction(number);
  }

  /** Rolls back what is open in the session, if anything is. */
  async abort(session: string): Promise<void> {
    const transaction = this.#bySession.get(session);
    if (!transaction?.client) return;
    const { client } = transaction;
    transaction.client = null;
    transaction.state = 'aborted';
    let broken = false;
    try {
      await client.query('rollback');
    } catch {
      broken = true; // the engine is gone, and the transaction with it
    }
    client.release(broken);
  }

  async endSessions(sessions: string[]): Promise<void> {
    for (const session of sessions) {
      await this.abort(session);
      this.#bySession.delete(session);
    }
  }

  /** The server goes down: nothing is open afterwards, what is being begun at this moment neither. */
  async end(): Promise<void> {
    this.#ended = true;
    // All at once: one may wait for what another holds.
    await Promise.all([...this.#bySession.keys()].map((session) => this.endSessions([session])));
  }
}

export function sessionOf(request: Request): string | null {
  return request.head.lsid ? sessionKey(request.head.lsid) : null;
}

export function sessionKey(lsid: { id: { buffer: Uint8Array } }): string {
  return Buffer.from(lsid.id.buffer).toString('hex');
}

function noSuchTransaction(number: bigint): CommandFailure {
  return new CommandFailure(
    251,
    'NoSuchTransaction',
    `Transaction with number ${number} has been aborted or is unknown`,
    ['TransientTransactionError'],
  );
}
