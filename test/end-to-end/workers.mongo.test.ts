import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkPace } from '../../src/crawl/pace-check.ts';
import type { PaceCheck } from '../../src/crawl/pace-check.ts';
import type { Lease } from '../../src/model/lease.ts';
import { openMongoStore } from '../../storage/mongodb/open.ts';
import type { Store } from '../../storage/store.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { isThrough, until } from '../support/commands.ts';
import { installationAt } from '../support/installation.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';

const ROOT = join(import.meta.dirname, '../..');
const PACE_MS = 400;
const CLOCKS_APART_MS = 20;
/** Requests that may be under way at that pace: a page asked for and not yet stored is asked for by the next worker too. */
const UNDER_WAY = 5;

describe('three workers on one MongoDB', () => {
  let portal: Portal;
  let mongo: TestMongo;
  let folder: string;
  const workers: ChildProcess[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    const log = (line: string): void => void asked.push(line);
    [portal, mongo] = await Promise.all([startPortal({ seed: 7, notices: 240, log }), openTestMongo()]);
    folder = installationAt(portal, { once: true });
    edit('gongshi.yaml', (text) => text.replace('data/gongshi.sqlite', mongo.uri));
    edit('sources.yaml', (text) => text.replaceAll('minIntervalMs: 0', `minIntervalMs: ${PACE_MS}`));
  });

  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await mongo.close();
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('share the sources; what one that is killed and one that is paused held is taken over, nothing is doubled', async () => {
    const store = await openMongoStore(mongo.uri);
    try {
      const first = start();
      await until(() => asked.length > 30);
      const others = [start(), start()];
      first.kill('SIGSTOP');
      const second = await holderAmong(store, others);
      const paused = asked.length;
      await until(() => asked.length > paused + 20);
      const left = await heldBy(store, second);
      second.kill('SIGKILL');
      const third = others.filter((worker) => worker !== second);
      await holderAmong(store, third, left);
      const killed = asked.length;
      // The first goes on in the middle of what is another's now.
      first.kill('SIGCONT');
      await until(() => isThrough(store));

      // Only what was under way when a worker was struck is asked for again: no page that was stored. What it had sent
      // the sites may log after the strike, but not when its sources are another's.
      const underWay = new Set([paused, killed].flatMap((strike) => lastOfEachSite(asked.slice(0, strike))));
      expect(askedTwice(asked).filter((line) => !underWay.has(line))).toEqual([]);
      // The log's moments are those of the workers: one process after another on one machine, by clocks a moment apart.
      for (const { host, shortestMs } of await paceIn(store)) {
        expect([host, (shortestMs ?? PACE_MS) > PACE_MS - CLOCKS_APART_MS]).toEqual([host, true]);
      }

      const runs = await store.runs.list({ limit: 100 });
      expect(runs.map((run) => [run.sourceId, run.outcome]).sort()).toEqual(
        Object.keys(portal.addresses)
          .sort()
          .map((id) => [id, 'complete']),
      );
      for await (const notice of store.notices.all()) expect([notice.id, notice.revision]).toEqual([notice.id, 1]);
      const alerts = (await store.findings.alerts({ limit: 1000 })).items;
      const open = alerts.map(({ projectId, finding }) => [projectId, finding.lot, finding.round, finding.rule].join());
      expect(new Set(open).size).toBe(open.length);
      expect(new Set(alerts.map(({ number }) => number)).size).toBe(alerts.length);
    } finally {
      await store.close();
    }
  });

  function edit(name: string, change: (text: string) => string): void {
    const file = join(folder, 'config', name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  function start(): ChildProcess {
    const worker = spawn(
      process.execPath,
      [join(ROOT, 'src/cli/gongshi.js'), '--config', join(folder, 'config'), 'run', '--no-serve'],
      { stdio: 'ignore' },
    );
    workers.push(worker);
    return worker;
  }
});

/** The first of these workers to crawl a source: any, or one of these. */
async function holderAmong(store: Store, workers: ChildProcess[], sources?: string[]): Promise<ChildProcess> {
  let found: ChildProcess | undefined;
  await until(async () => {
    const held = (await sourcesHeld(store)).filter(({ name }) => sources?.includes(name) ?? true);
    found = workers.find((worker) => held.some((lease) => isOf(worker, lease)));
    return found !== undefined;
  });
  return found!;
}

async function heldBy(store: Store, worker: ChildProcess): Promise<string[]> {
  const held = (await sourcesHeld(store)).filter((lease) => isOf(worker, lease)).map(({ name }) => name);
  expect(held.length).toBeGreaterThan(0);
  return held;
}

async function sourcesHeld(store: Store): Promise<Lease[]> {
  return (await store.leases.held()).filter(({ name }) => name.startsWith('source:'));
}

function isOf({ pid }: ChildProcess, { owner }: Lease): boolean {
  return Number(owner.split(' ')[1]) === pid;
}

/** What was asked of each site last. */
function lastOfEachSite(asked: readonly string[]): string[] {
  const sites = Map.groupBy(asked, (line) => line.split(' ')[0]);
  return [...sites.values()].flatMap((lines) => lines.slice(-UNDER_WAY));
}

/** Pages asked for more than once. robots.txt and sessions are each worker's own. */
function askedTwice(asked: readonly string[]): string[] {
  const pages = asked.filter((line) => !/robots\.txt|session|checkcode|init/i.test(line));
  return [...Map.groupBy(pages, (line) => line)].flatMap(([line, times]) => (times.length > 1 ? [line] : []));
}

async function paceIn(store: Store): Promise<PaceCheck[]> {
  const hosts = await store.sentRequests.hosts();
  return Promise.all(hosts.map((host) => checkPace(store.sentRequests, host, 0)));
}
