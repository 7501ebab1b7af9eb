import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { notices, startScriptedSite } from './testing/source.ts';
import type { TestSite } from './testing/site.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'gongshi-processes-'));
  closers.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const moduleUrl = (path: string): string => pathToFileURL(join(import.meta.dirname, path)).href;

/** The command under test: one crawl of one scripted source into a database file; prints the outcome. */
const PROGRAM = `
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
const { openSqliteStore } = await import(${JSON.stringify(moduleUrl('../../storage/sqlite/open.ts'))});
const { crawlSource } = await import(${JSON.stringify(moduleUrl('run-source.ts'))});
const { createWeb } = await import(${JSON.stringify(moduleUrl('web.ts'))});
const { scriptedSource } = await import(${JSON.stringify(moduleUrl('testing/source.ts'))});
const { MemoryArchive } = await import(${JSON.stringify(moduleUrl('testing/memory-archive.ts'))});
const [id, address, database] = process.argv.slice(1);
const store = await openSqliteStore(database);
const run = await crawlSource({
  adapter: scriptedSource({ id, address, channels: [{}, {}], session: true }),
  store,
  archive: new MemoryArchive(),
  web: createWeb({ userAgent: 'Gongshi/0.1.0', sleep: (ms, signal) => sleep(ms, undefined, { signal }) }),
  clock: { now: () => Date.now() },
  window: { since: null, until: null },
  full: false,
  newId: randomUUID,
});
await store.close();
console.log(JSON.stringify({ outcome: run.outcome, created: run.channels.map((c) => c.created) }));
`;

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

function crawlProcess(cwd: string, args: [id: string, address: string, database: string]) {
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, ...args], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  const ended = once(child, 'close').then(([code, signal]: unknown[]): Ended => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout,
    stderr,
  }));
  return { child, ended };
}

const COLUMNS = { c1: notices('a', 60), c2: notices('b', 60) };

/** What a crawl leaves, without its times and random ids. */
async function contents(store: Store): Promise<unknown> {
  const stored = [];
  for await (const { id, fields, digest, revision, url, text } of store.notices.all()) {
    const revisions = (await store.notices.revisions(id)).map((r) => [r.revision, r.digest, r.changed]);
    stored.push({ id, fields, digest, revision, url, text, revisions });
  }
  const coverage = (await store.runs.coverage()).map(({ channelId, from, to }) => ({ channelId, from, to }));
  const runs = (await store.runs.list({ limit: 10 })).map(({ outcome, reason, channels, failures }) => ({
    outcome,
    reason,
    channels,
    failures,
  }));
  return { stored, coverage, runs };
}

async function contentsOf(database: string): Promise<unknown> {
  const store = await openSqliteStore(database);
  try {
    return await contents(store);
  } finally {
    await store.close();
  }
}

describe('a crawl killed with SIGKILL', () => {
  let undisturbed: unknown;
  let undisturbedRequests = 0;
  let site: TestSite;
  /** Called at each request the site gets. */
  let onRequest = (): void => {};

  beforeAll(async () => {
    site = await startScriptedSite({
      channels: COLUMNS,
      pageSize: 20,
      fault: () => {
        onRequest();
        return false;
      },
    });
    const dir = mkdtempSync(join(tmpdir(), 'gongshi-processes-'));
    const ended = await crawlProcess(dir, ['s', site.address, join(dir, 'whole.sqlite')]).ended;
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    undisturbed = await contentsOf(join(dir, 'whole.sqlite'));
    undisturbedRequests = site.received.length;
    rmSync(dir, { recursive: true });
    return () => site.close();
  });

  it.each([5, 40, 100])('after %i requests, and run again, leaves what an undisturbed crawl leaves', async (killAt) => {
    const dir = folder();
    const database = join(dir, 'killed.sqlite');
    const start = site.received.length;
    const first = crawlProcess(dir, ['s', site.address, database]);
    onRequest = () => {
      if (site.received.length - start >= killAt) first.child.kill('SIGKILL');
    };
    expect((await first.ended).signal).toBe('SIGKILL');
    onRequest = () => {};

    const asked = site.received.length;
    const second = await crawlProcess(dir, ['s', site.address, database]).ended;
    expect(JSON.parse(second.stdout)).toEqual({ outcome: 'complete', created: [60, 60] });
    // Committed pages are not fetched again: what is, was under way (16 at most), robots.txt and the warm-up.
    expect(site.received.length - asked).toBeLessThanOrEqual(undisturbedRequests - killAt + 16 + 2);
    expect(await contentsOf(database)).toEqual(undisturbed);
  });
});

describe('two crawls in two processes', () => {
  it('in one working directory, into one database, do not disturb each other (trap 3)', async () => {
    const dir = folder();
    const sites: TestSite[] = [];
    for (let i = 0; i < 2; i++) sites.push(await startScriptedSite({ channels: COLUMNS, pageSize: 20 }));
    closers.push(() => Promise.all(sites.map((site) => site.close())));
    const database = join(dir, 'data', 'gongshi.sqlite');
    const ended = await Promise.all(sites.map((site, i) => crawlProcess(dir, [`s${i}`, site.address, database]).ended));
    for (const end of ended) {
      expect([end.code, end.stderr]).toEqual([0, '']);
      expect(JSON.parse(end.stdout)).toEqual({ outcome: 'complete', created: [60, 60] });
    }
    const store = await openSqliteStore(database);
    closers.push(() => store.close());
    expect(await store.notices.count({})).toBe(240);
    expect(readdirSync(dir)).toEqual(['data']);
    expect(existsSync(join(dir, 'storage'))).toBe(false);
  });
});
