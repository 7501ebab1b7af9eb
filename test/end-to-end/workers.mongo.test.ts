import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openMongoStore } from '../../storage/mongodb/open.ts';
import type { Store } from '../../storage/store.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { installationAt } from '../support/installation.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A lease lapses after 30 s, workers look every 10 s, and a machine under load is slower than that. */
const TAKEN_OVER_WITHIN_MS = 60_000;
const PACE_MS = 400;
/** Requests that may be under way at that pace: a page asked for and not yet stored is asked for by the next worker too. */
const UNDER_WAY = 5;

describe('three workers on one MongoDB', () => {
  let portal: Portal;
  let mongo: TestMongo;
  let folder: string;
  const workers: ChildProcess[] = [];
  const asked: { line: string; at: number }[] = [];

  beforeAll(async () => {
    const log = (line: string): void => void asked.push({ line, at: performance.now() });
    [portal, mongo] = await Promise.all([startPortal({ seed: 7, notices: 240, log }), openTestMongo()]);
    folder = installationAt(portal);
    edit('gongshi.yaml', (text) => text.replace('data/gongshi.sqlite', mongo.uri));
    edit('sources.yaml', (text) => text.replaceAll('minIntervalMs: 0', `minIntervalMs: ${PACE_MS}`));
  }, 300_000);

  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await mongo.close();
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'share the sources; what one that is killed and one that is paused held is taken over, nothing is doubled',
    { timeout: 400_000 },
    async () => {
      const store = await openMongoStore(mongo.uri);
      try {
        const first = start();
        await until(async () => asked.length > 30);
        const others = [start(), start()];
        first.kill('SIGSTOP');
        const pausedAt = performance.now();
        const second = await holderAmong(store, others);
        const takenOver = performance.now() - pausedAt;
        await until(async () => asked.filter(({ at }) => at > pausedAt + takenOver).length > 20);
        second.kill('SIGKILL');
        const killedAt = performance.now();
        const third = others.filter((worker) => worker !== second);
        await holderAmong(store, third);
        const takenOverAgain = performance.now() - killedAt;
        // The first goes on in the middle of what is another's now.
        first.kill('SIGCONT');
        await until(async () => (await finished(store)) === 5, 240_000);
        await until(async () => (await store.leases.note('judging')) !== null, 240_000);

        expect(Math.max(takenOver, takenOverAgain)).toBeLessThan(TAKEN_OVER_WITHIN_MS);
        const strikes = [pausedAt, killedAt];
        const twice = pagesAskedTwice(asked);
        // Only what was under way when a worker was struck is asked for again: no page that was stored.
        expect(twice.filter(({ first: at }) => !strikes.some((strike) => Math.abs(strike - at) < 10_000))).toEqual([]);
        expect(twice.length).toBeLessThanOrEqual(UNDER_WAY * 5 * strikes.length);
        for (const site of Object.keys(portal.addresses)) expect(mostWithin(asked, site, 4000)).toBeLessThanOrEqual(12);

        const runs = await store.runs.list({ limit: 100 });
        expect(runs.map((run) => [run.sourceId, run.outcome]).sort()).toEqual(
          Object.keys(portal.addresses)
            .sort()
            .map((id) => [id, 'complete']),
        );
        for await (const notice of store.notices.all()) expect([notice.id, notice.revision]).toEqual([notice.id, 1]);
        const alerts = (await store.findings.alerts({ limit: 1000 })).items;
        const open = alerts.map(({ projectId, finding }) =>
          [projectId, finding.lot, finding.round, finding.rule].join(),
        );
        expect(new Set(open).size).toBe(open.length);
        expect(new Set(alerts.map(({ number }) => number)).size).toBe(alerts.length);
      } finally {
        await store.close();
      }
    },
  );

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

/** The first of these workers to hold anything. */
async function holderAmong(store: Store, workers: ChildProcess[]): Promise<ChildProcess> {
  let found: ChildProcess | undefined;
  await until(async () => {
    const pids = new Set((await store.leases.held()).map(({ owner }) => Number(owner.split(' ')[1])));
    found = workers.find(({ pid }) => pid !== undefined && pids.has(pid));
    return found !== undefined;
  });
  return found!;
}

async function finished(store: Store): Promise<number> {
  const runs = await store.runs.list({ limit: 100 });
  return runs.filter((run) => run.finishedAt !== null).length;
}

/** Pages that two workers asked for, with the moment of the first time. robots.txt and sessions are each worker's own. */
function pagesAskedTwice(asked: { line: string; at: number }[]): { line: string; first: number }[] {
  const pages = asked.filter(({ line }) => !/robots\.txt|session|checkcode|init/i.test(line));
  return [...Map.groupBy(pages, ({ line }) => line)].flatMap(([line, times]) =>
    times.length > 1 ? [{ line, first: times[0]!.at }] : [],
  );
}

/** The most requests that one site met in any stretch of so many milliseconds. */
function mostWithin(asked: { line: string; at: number }[], site: string, ms: number): number {
  const times = asked.filter(({ line }) => line.startsWith(`${site} `)).map(({ at }) => at);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));
}

async function until(holds: () => Promise<boolean>, withinMs = 120_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to pass in time');
    await delay(100);
  }
}
