import { Pool, type PoolClient } from 'pg';

/** Whoever runs SQL: the pool, or the one connection that a transaction or a cursor holds. */
export type Runner = Pick<PoolClient, 'query'>;
export type Row = Record<string, unknown>;

/** Connections to one running engine. The engine's BSON comes as text, `BSONHEX` and hexadecimal digits. */
export class Backend {
  readonly pool: Pool;
  /** Apart from the others, so that open cursors and transactions cannot starve the answer to `hello`. */
  readonly #pulse: Pool;

  constructor(port: number) {
    const where = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };
    this.pool = new Pool({ ...where, max: 80 });
    this.#pulse = new Pool({ ...where, max: 1, connectionTimeoutMillis: 2_000 });
    for (const pool of [this.pool, this.#pulse]) {
      // An idle connection that breaks is replaced; the next command says whether the engine is gone.
      pool.on('error', () => undefined);
      pool.on('connect', (client) => client.on('error', () => undefined));
    }
  }

  async alive(): Promise<boolean> {
    try {
      await this.#pulse.query('select 1');
      return true;
    } catch {
      return false; // that is the answer
    }
  }

  async end(): Promise<void> {
    await Promise.all([this.pool.end(), this.#pulse.end()]);
  }
}

export async function one(runner: Runner, text: string, values: unknown[]): Promise<Row> {
  const { rows } = await runner.query<Row>({ text, values });
  if (!rows[0]) throw new Error(`no row from ${text}`);
  return rows[0];
}

export function bytesOf(value: unknown): Buffer {
  if (typeof value !== 'string' || !value.startsWith('BSONHEX')) throw new Error(`not BSON: ${String(value)}`);
  return Buffer.from(value.slice('BSONHEX'.length), 'hex');
}
