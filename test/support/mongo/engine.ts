import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CLUSTERS, TEMPLATE, exited, startServer } from './cluster.ts';
import { installedEngine, type Installation } from './install.ts';
import { isRunning, killFamily, processIdentity } from './processes.ts';

/** A DocumentDB engine (PostgreSQL) of its own data folder, running on loopback. */
interface Engine {
  /** PostgreSQL's port; another one after each start. */
  readonly port: number;
  readonly suite: string;
  /** `kill -9` of every process at once; returns when all are gone. The data folder stays as they left it. */
  kill(): Promise<void>;
  /** Orderly stop (SIGINT: open sessions are ended). */
  stop(): Promise<void>;
  /** Starts it again on the same data; recovers from a kill. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** Installs the engine when it is not there yet, and starts one on fresh data: about half a second once installed. */
export async function startEngine(say?: (line: string) => void): Promise<Engine> {
  const installation = await installedEngine(say);
  await removeLeftBehind(installation);
  const name = `run-${processIdentity(process.pid)}-${randomBytes(4).toString('hex')}`;
  const folder = join(installation.root, CLUSTERS, name);
  await copyTree(join(installation.root, CLUSTERS, TEMPLATE), folder);
  return running(installation, name, folder);
}

async function running(installation: Installation, name: string, folder: string): Promise<Engine> {
  const log = join(folder, 'server.log');
  const start = () => startServer(installation.root, `/${CLUSTERS}/${name}`, log);
  let server: { child: ChildProcess; port: number } | null = await start();
  let port = server.port;

  const kill = async () => {
    if (!server?.child.pid) return;
    const killed = await killFamily(server.child.pid);
    await exited(server.child);
    while (killed.some(isRunning)) await pause(5);
    server = null;
  };
  const stop = async () => {
    if (!server) return;
    server.child.kill('SIGINT');
    const stopped = await Promise.race([exited(server.child).then(() => true), pause(10_000, false, { ref: false })]);
    if (stopped) server = null;
    else await kill();
  };
  return {
    get port() {
      return port;
    },
    suite: installation.suite,
    kill,
    stop,
    start: async () => {
      server ??= await start();
      port = server.port;
    },
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Data folders whose owner was killed before it could remove them. */
async function removeLeftBehind({ root }: Installation): Promise<void> {
  for (const name of await readdir(join(root, CLUSTERS))) {
    const owner = /^run-(\d+@\d+)-/.exec(name)?.[1];
    if (owner && !isRunning(owner))
      await rm(join(root, CLUSTERS, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** With owners and modes as they are, which `fs.cp` does not keep. */
async function copyTree(from: string, to: string): Promise<void> {
  const child = spawn('cp', ['-a', '--reflink=auto', from, to], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`无法复制 ${from}，退出码 ${code}`))));
  });
}
