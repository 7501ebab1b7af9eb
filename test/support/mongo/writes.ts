import { BSON } from 'bson';
import type { PoolClient } from 'pg';
import { bytesOf, one, type Row } from './backend.ts';
import { codeOfPacked, failureOf } from './errors.ts';
import { sessionOf } from './transactions.ts';
import type { Request } from './wire.ts';

/** Functions of the engine that write, by command, and the field of the documents sent beside it. */
const FUNCTIONS = {
  insert: ['insert', 'documents'],
  update: ['update', 'updates'],
  delete: ['delete', 'deletes'],
  findAndModify: ['find_and_modify', null],
} as const;

interface Written {
  reply: Buffer;
  /** False when a document was refused; the reply says which. */
  success: boolean;
}

/** Upserts at once of the same key: each try lets at least one of them through. */
const UPSERT_TRIES = 20;

/**
 * Does a write, outside a transaction or `within` one. An upsert that another one overtook, and whose key is there now,
 * is tried again, as a mongod does by itself: then it is an update.
 */
export async function write(
  command: keyof typeof FUNCTIONS,
  request: Request,
  client: PoolClient,
  within: boolean,
): Promise<Written> {
  if (within) return once(command, request, client);
  const upsert = isUpsert(request);
  for (let tries = 1; ; tries++) {
    const last = !upsert || tries === UPSERT_TRIES;
    if (upsert) await client.query('begin');
    try {
      const answer = await once(command, request, client);
      const overtaken = !answer.success && !last && isDuplicate(BSON.deserialize(answer.reply).writeErrors);
      if (upsert) await client.query(overtaken ? 'rollback' : 'commit');
      if (!overtaken) return answer;
    } catch (error) {
      if (upsert) await client.query('rollback');
      const stored = await storedAnswer(request, client);
      if (stored) return stored;
      if (last || failureOf(error)?.code !== 11000) throw error;
    }
  }
}

function isUpsert(request: Request): boolean {
  const flag = Buffer.from('\x08upsert\x00\x01', 'latin1'); // a boolean of that name, true
  return [request.spec, ...request.sequences.values()].some((bytes) => bytes.includes(flag));
}

function isDuplicate(errors: { code: number }[] = []): boolean {
  return errors.some(({ code }) => codeOfPacked(code) === 11000);
}

/**
 * A write that the driver may repeat (it carries a number of its session) is kept with its answer in the same
 * PostgreSQL transaction, and answered from there when it comes again, even after a crash. The engine's own
 * `p_transaction_id` does that for single writes only: a batch, DocumentDB 1.0 does all over again.
 */
async function once(command: keyof typeof FUNCTIONS, request: Request, client: PoolClient): Promise<Written> {
  const [name, field] = FUNCTIONS[command];
  const values: unknown[] = [request.db, request.spec];
  if (field !== null) values.push(request.sequences.get(field) ?? null);
  const call = `documentdb_api.${name}(${values.map((_, index) => `$${index + 1}`).join(', ')})`;
  const key = retryKey(request);
  if (key === null)
    return written(await one(client, `select p_result as reply, p_success as success from ${call}`, values));
  const text = `insert into gongshi_gateway.answered (write, reply, success)
    select $${values.length + 1}, p_result, p_success from ${call} returning reply, success`;
  return written(await one(client, text, [...values, key]));
}

/** What a write that failed was answered when it came before, if it did. */
async function storedAnswer(request: Request, client: PoolClient): Promise<Written | null> {
  const key = retryKey(request);
  if (key === null) return null;
  const { rows } = await client.query<Row>({
    text: 'select reply, success from gongshi_gateway.answered where write = $1',
    values: [key],
  });
  return rows[0] ? written(rows[0]) : null;
}

function written(row: Row): Written {
  return { reply: bytesOf(row.reply), success: row.success === true };
}

function retryKey(request: Request): string | null {
  const { txnNumber, autocommit } = request.head;
  return txnNumber === undefined || autocommit !== undefined ? null : `${sessionOf(request)}:${txnNumber}`;
}
