import { BSON, Long, type Document } from 'bson';
import type { PoolClient } from 'pg';
import { bytesOf, one, type Backend, type Runner } from './backend.ts';
import type { Cursors, FirstPage } from './cursors.ts';
import { codeOfPacked, CommandFailure, isRace } from './errors.ts';
import { explain } from './explain.ts';
import { sessionKey, sessionOf, type Transactions } from './transactions.ts';
import type { Request } from './wire.ts';
import { write } from './writes.ts';

/** One life of the engine, as commands use it. */
export interface Session {
  backend: Backend;
  cursors: Cursors;
  transactions: Transactions;
}

/** Executes a command; the answer is BSON from the engine as it is, or a document. */
type Command = (request: Request, session: Session, within: PoolClient | null) => Promise<Uint8Array | Document>;

const OK: Document = { ok: 1 };
/** A deadlock costs PostgreSQL a second to see; three of one command in a row have not been seen. */
const TRIES = 5;

export const COMMANDS: Record<string, Command> = {
  ping: () => Promise.resolve(OK),
  buildInfo: buildInfo,
  buildinfo: buildInfo,
  insert: writing('insert'),
  update: writing('update'),
  delete: writing('delete'),
  findAndModify: writing('findAndModify'),
  findandmodify: writing('findAndModify'),
  find: cursor('find'),
  aggregate: cursor('aggregate'),
  listCollections: cursor('list_collections'),
  listIndexes: cursor('list_indexes'),
  getMore: (request, { cursors }, within) => cursors.more(request, within),
  killCursors,
  count: document('select document as answer from documentdb_api.count_query($1, $2)'),
  distinct: document('select document as answer from documentdb_api.distinct_query($1, $2)'),
  create: definition('select documentdb_api.create_collection_view($1, $2) as answer'),
  createIndexes,
  dropIndexes: definition('call documentdb_api.drop_indexes($1, $2)', 'retval'),
  collMod: (request, { backend }, within) =>
    bytes(within ?? backend.pool, 'select documentdb_api.coll_mod($1, $2, $3) as answer', [
      request.db,
      subject(request),
      request.spec,
    ]),
  drop: async (request, { backend }, within) => {
    await one(within ?? backend.pool, 'select documentdb_api.drop_collection($1, $2)', [request.db, subject(request)]);
    return OK;
  },
  dropDatabase: async (request, { backend }) => {
    await one(backend.pool, 'select documentdb_api.drop_database($1)', [request.db]);
    return { dropped: request.db, ok: 1 };
  },
  renameCollection: (request, { backend }) =>
    bytes(backend.pool, 'select documentdb_api.rename_collection($1) as answer', [request.spec]),
  listDatabases: (request, { backend }) =>
    bytes(backend.pool, 'select documentdb_api.list_databases($1) as answer', [request.spec]),
  collStats: (request, { backend }) =>
    bytes(backend.pool, 'select documentdb_api.coll_stats($1, $2, 1) as answer', [request.db, subject(request)]),
  dbStats: (request, { backend }) =>
    bytes(backend.pool, 'select documentdb_api.db_stats($1, 1) as answer', [request.db]),
  explain: (request, { backend }) => explain(backend, request.db, request.spec),
  commitTransaction: async (request, { transactions }) => {
    await transactions.commit(request);
    return OK;
  },
  abortTransaction: async (request, { transactions }) => {
    await transactions.abort(sessionOf(request)!);
    return OK;
  },
  endSessions,
  killSessions: endSessions,
};

/** Of the engine, under the wire version it is spoken to in; `documentdb` says who really answers. */
async function buildInfo(_: Request, { backend }: Session): Promise<Document> {
  const row = await one(
    backend.pool,
    `select extversion, current_setting('server_version') as postgresql from pg_extension where extname = 'documentdb'`,
    [],
  );
  const documentdb = { version: row.extversion, postgresql: row.postgresql };
  return { version: '7.0.0', versionArray: [7, 0, 0, 0], documentdb, ok: 1 };
}

function writing(command: Parameters<typeof write>[0]): Command {
  return async (request, { backend, transactions }, within) => {
    const { reply, success } = await again(within, () =>
      timed(request, backend, within, (client) => write(command, request, client, within !== null)),
    );
    if (success) return reply;
    const failed = BSON.deserialize(reply, { promoteValues: false });
    for (const error of failed.writeErrors ?? []) error.code = codeOfPacked(Number(error.code));
    if (within) await transactions.abort(sessionOf(request)!);
    return failed;
  };
}

function cursor(kind: FirstPage): Command {
  return (request, { cursors }, within) => cursors.first(kind, request, within, sessionOf(request));
}

async function killCursors(request: Request, { cursors }: Session): Promise<Document> {
  const ids = (BSON.deserialize(request.spec, { useBigInt64: true }).cursors as bigint[]).map(String);
  const killed = ids.filter((id) => cursors.kill(id));
  const long = (id: string) => Long.fromString(id);
  return {
    cursorsKilled: killed.map(long),
    cursorsNotFound: ids.filter((id) => !killed.includes(id)).map(long),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
}

function document(text: string): Command {
  return (request, { backend }, within) =>
    timed(request, backend, within, (runner) => bytes(runner, text, [request.db, request.spec]));
}

/** Definitions of collections and indexes: two processes that make the same at once both succeed. */
function definition(text: string, column = 'answer'): Command {
  return (request, { backend }, within) =>
    again(within, () => bytes(within ?? backend.pool, text, [request.db, request.spec], column));
}

async function createIndexes(request: Request, { backend }: Session, within: PoolClient | null): Promise<Uint8Array> {
  // Each command is a transaction of its own here, so that the engine's guard against building inside one is passed over.
  const text = 'select * from documentdb_api_internal.create_indexes_non_concurrently($1, $2, true)';
  const row = await again(within, () => one(within ?? backend.pool, text, [request.db, request.spec]));
  return bytesOf(Object.values(row)[0]);
}

async function endSessions(request: Request, { transactions, cursors }: Session): Promise<Document> {
  const ended = BSON.deserialize(request.spec)[request.command] as Parameters<typeof sessionKey>[0][];
  const keys = ended.map(sessionKey);
  await transactions.endSessions(keys);
  for (const key of keys) cursors.killOf(key);
  return OK;
}

/** Name of the collection the command is about. */
function subject(request: Request): string {
  const name: unknown = request.head[request.command];
  if (typeof name !== 'string') throw new CommandFailure(73, 'InvalidNamespace', 'collection name has invalid type');
  return name;
}

async function bytes(runner: Runner, text: string, values: unknown[], column = 'answer'): Promise<Uint8Array> {
  return bytesOf((await one(runner, text, values))[column]);
}

/** Tries again what met another writer, as a mongod does by itself outside transactions. */
async function again<T>(within: PoolClient | null, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (within || tries === TRIES || !isRace(error)) throw error;
    }
  }
}

/** Runs within `maxTimeMS` when the command has one. */
async function timed<T>(
  request: Request,
  backend: Backend,
  within: PoolClient | null,
  run: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const limit = Number(request.head.maxTimeMS ?? 0);
  const client = within ?? (await backend.pool.connect());
  let failed = true;
  try {
    if (limit) await client.query(`set statement_timeout = ${limit}`);
    const result = await run(client);
    if (limit) await client.query('set statement_timeout = 0');
    failed = false;
    return result;
  } finally {
    if (!within) client.release(failed && limit > 0);
  }
}
