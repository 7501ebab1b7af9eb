import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const BIN = '/usr/lib/postgresql/18/bin';
/** Inside the installation: database clusters, one a running engine, copied from the template. */
export const CLUSTERS = 'srv/gongshi';

/**
 * `fsync=off`: what a killed process had handed to the system survives it, as the tests need; a power cut is not tested.
 * `use_background_workers`: jobs (TTL) otherwise remember the port of the template.
 * `throwDeadlockOnCRUD`: so that the gateway can try again, as a mongod does, instead of passing it on as a write error.
 */
const SETTINGS = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
timezone = 'UTC'
log_timezone = 'UTC'
dynamic_shared_memory_type = mmap
shared_buffers = 64MB
max_connections = 120
max_worker_processes = 24
max_wal_size = 256MB
jit = off
fsync = off
shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
cron.database_name = 'postgres'
cron.timezone = 'UTC'
cron.use_background_workers = on
cron.log_run = off
cron.log_statement = off
documentdb_core.enableCollation = on
documentdb.throwDeadlockOnCRUD = on
`;

/** What the gateway keeps beside the collections, for a driver that asks again: transactions committed, writes answered. */
const GATEWAY_SCHEMA = `
create schema gongshi_gateway;
create table gongshi_gateway.committed (transaction text primary key);
create table gongshi_gateway.answered (write text primary key, reply documentdb_core.bson not null, success boolean not null);
`;

/** The cluster that every engine's data folder is copied from; another one when what it is made of has changed. */
export const TEMPLATE = `template-${createHash('sha256').update(SETTINGS).update(GATEWAY_SCHEMA).digest('hex').slice(0, 12)}`;

/** Makes the template; it gets its name when it is whole. */
export async function createTemplate(root: string, log: string): Promise<void> {
  const folder = `/${CLUSTERS}/${TEMPLATE}.partial`;
  await rm(join(root, folder), { recursive: true, force: true });
  await mkdir(join(root, CLUSTERS), { recursive: true });
  await finished(spawn('chroot', [root, 'chown', 'postgres:postgres', `/${CLUSTERS}`], { stdio: 'ignore' }), 'chown');
  const words = ['-D', folder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  await finished(asPostgres(root, `${BIN}/initdb`, words, log), `initdb（见 ${log}）`);
  appendFileSync(join(root, folder, 'postgresql.conf'), SETTINGS);
  const { child, port } = await startServer(root, folder, log);
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query('create extension documentdb cascade');
  // Indexes are built within createIndexes; the queue of background builds is never used.
  await client.query(`select cron.unschedule(jobid) from cron.job where jobname like 'documentdb_index_build%'`);
  await client.query(GATEWAY_SCHEMA);
  await client.end();
  child.kill('SIGINT');
  await exited(child);
  await rename(join(root, folder), join(root, CLUSTERS, TEMPLATE));
}

/** Starts PostgreSQL on a free port and waits until it answers; a port that someone else took meanwhile is given up for another. */
export async function startServer(
  root: string,
  dataFolder: string,
  log: string,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = asPostgres(root, `${BIN}/postgres`, ['-D', dataFolder, '-p', String(port)], log);
    if (await answers(child, port)) return { child, port };
    const said = await readFile(log, 'utf8');
    if (attempt === 5 || !said.includes('Address already in use')) {
      throw new Error(`测试引擎没有启动：${said.trim().split('\n').slice(-6).join(' | ')}`);
    }
  }
}

/** A process of the installation. It is told to stop when the process that started it dies, however that happens. */
function asPostgres(root: string, command: string, words: string[], log: string): ChildProcess {
  const out = openSync(log, 'a');
  const identity = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--pdeathsig=INT', '--reset-env'];
  const child = spawn('chroot', [root, 'setpriv', ...identity, command, ...words], {
    stdio: ['ignore', out, out],
    cwd: '/',
  });
  closeSync(out);
  return child;
}

async function answers(child: ChildProcess, port: number): Promise<boolean> {
  for (let waited = 0; waited < 30_000 && child.exitCode === null && child.signalCode === null; waited += 30) {
    const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    try {
      await client.connect();
      await client.query('select 1');
      await client.end();
      return true;
    } catch {
      // Not up yet: the loop ends when the process does.
      await pause(30);
    }
  }
  return false;
}

export function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function finished(child: ChildProcess, what: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${what} 失败，退出码 ${code}`))));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
