import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CLUSTERS, createTemplate, TEMPLATE } from './cluster.ts';
import { holdLock } from './lock.ts';

const PACKAGE = 'postgresql-18-documentdb';
/** Debian releases that carry the package, the steadier one first (looked up in November 2026). */
const SUITES = ['forky', 'sid'];
const DEBOOTSTRAP_FILES = '/usr/share/debootstrap';

/** No engine can be had here; the message says what the person who runs the tests can do. */
export class EngineUnavailable extends Error {
  constructor(reason: string, advice: string, options?: ErrorOptions) {
    super(
      `没有可用于测试的 MongoDB：${reason}。${advice}；也可以设置 MONGODB_URI，指向一个可以随意写入的 MongoDB（副本集）。`,
      options,
    );
    this.name = 'EngineUnavailable';
  }
}

/** A folder holding a small Debian with the engine in it, and a database cluster to copy from. */
export interface Installation {
  root: string;
  suite: string;
}

function cacheFolder(): string {
  return (
    process.env.GONGSHI_MONGO_CACHE ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gongshi-documentdb')
  );
}

/**
 * The DocumentDB engine, installed once (one to two minutes, 150 MB down, 0.9 GB on disk) and found again afterwards.
 * The folder gets its final name only when it is whole, so that an interrupted installation is taken up again;
 * what it had already downloaded is kept. Two processes do not install twice.
 */
export async function installedEngine(say: (line: string) => void = () => undefined): Promise<Installation> {
  const cache = cacheFolder();
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new EngineUnavailable(
      '安装和启动测试引擎需要 Linux 上的 root 权限（debootstrap、chroot）',
      '请用 root 运行，例如在 CI 的容器里',
    );
  }
  const found = await standing(cache);
  if (found) return found;
  await mkdir(cache, { recursive: true });
  const release = await holdLock(join(cache, 'install.lock'));
  try {
    const root = join(cache, 'root');
    if (!existsSync(root)) {
      say(`安装测试用数据库引擎 ${PACKAGE} 到 ${cache}（一两分钟，只需一次）`);
      await provideDebootstrap(cache, say);
      await bootstrap(cache, say);
    }
    if (!existsSync(join(root, CLUSTERS, TEMPLATE))) await createTemplate(root, join(cache, 'template.log'));
    return (await standing(cache))!;
  } finally {
    await release();
  }
}

async function standing(cache: string): Promise<Installation | null> {
  const root = join(cache, 'root');
  if (!existsSync(join(root, CLUSTERS, TEMPLATE))) return null;
  return { root, suite: (await readFile(join(root, 'etc/gongshi-suite'), 'utf8')).trim() };
}

async function provideDebootstrap(cache: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(join(DEBOOTSTRAP_FILES, 'functions'))) {
    if (!existsSync('/usr/bin/apt-get')) {
      throw new EngineUnavailable('本机既没有 debootstrap，也没有 apt-get', '请先用系统的包管理器安装 debootstrap');
    }
    say('apt-get install debootstrap');
    const log = join(cache, 'apt.log');
    const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const words of [
      ['update'],
      ['install', '-y', '--no-install-recommends', 'debootstrap', 'debian-archive-keyring'],
    ]) {
      const code = await run('/usr/bin/apt-get', words, log, quiet);
      if (code !== 0) throw new EngineUnavailable(`apt-get ${words[0]} 失败：${tail(log)}`, '请检查网络和 apt 源');
    }
  }
}

async function bootstrap(cache: string, say: (line: string) => void): Promise<void> {
  const partial = join(cache, 'root.partial');
  const downloads = join(cache, 'downloads');
  await mkdir(downloads, { recursive: true });
  const scripts = await ownScripts(cache);
  const failures: string[] = [];
  for (const suite of SUITES) {
    await removeTree(partial);
    const log = join(cache, `debootstrap-${suite}.log`);
    const mirror = process.env.GONGSHI_DEBIAN_MIRROR;
    const words = [
      '--variant=minbase',
      `--include=${PACKAGE}`,
      `--cache-dir=${downloads}`,
      suite,
      partial,
      ...(mirror ? [mirror] : []),
    ];
    const code = await run('debootstrap', words, log, { ...process.env, DEBOOTSTRAP_DIR: scripts });
    if (code !== 0) {
      failures.push(`${suite}：${tail(log)}`);
      say(`debootstrap ${suite} 失败，见 ${log}`);
      continue;
    }
    await writeFile(join(partial, 'etc/gongshi-suite'), `${suite}\n`);
    await rename(partial, join(cache, 'root'));
    await rm(downloads, { recursive: true, force: true });
    await rm(join(cache, 'root/var/cache/apt/archives'), { recursive: true, force: true });
    return;
  }
  throw new EngineUnavailable(
    `debootstrap 没有成功（${failures.join('；')}）`,
    '请检查网络、磁盘剩余空间（需要约 1.2 GB）和容器是否允许 mknod 与 chroot，然后重跑，已下载的部分会续用',
  );
}

/** Older debootstraps do not know newer releases, which are all built as sid is; the system's own folder stays as it is. */
async function ownScripts(cache: string): Promise<string> {
  const folder = join(cache, 'debootstrap');
  await rm(folder, { recursive: true, force: true });
  await cp(DEBOOTSTRAP_FILES, folder, { recursive: true, verbatimSymlinks: true });
  for (const suite of SUITES) {
    if (!existsSync(join(folder, 'scripts', suite))) await symlink('sid', join(folder, 'scripts', suite));
  }
  return folder;
}

/** An interrupted debootstrap leaves /proc and /sys mounted inside: removing those would reach the machine's own. */
async function removeTree(folder: string): Promise<void> {
  const mounted = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
  for (const path of mounted) await run('umount', ['-l', path], '/dev/null');
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}

function run(command: string, words: string[], log: string, env = process.env): Promise<number> {
  const out = openSync(log, 'a');
  // Dies with this process, so that nobody writes where a later installation clears away.
  const child = spawn('setpriv', ['--pdeathsig=KILL', command, ...words], { stdio: ['ignore', out, out], env });
  closeSync(out);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function tail(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-4).join(' | ');
}
