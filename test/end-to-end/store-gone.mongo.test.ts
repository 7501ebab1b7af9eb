import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { Loops } from '../../src/api/loops.ts';
import { runDaemon } from '../../src/cli/daemon.ts';
import { startServer } from '../../src/cli/server.ts';
import { openWorkshop } from '../../src/cli/workshop.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import { LeaseKeeper } from '../../src/crawl/leases.ts';
import { systemClock } from '../../src/model/clock.ts';
import { openMongoStore } from '../../storage/mongodb/open.ts';
import type { Store } from '../../storage/store.ts';
import { SITE_IDS } from '../portal/model.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { contentIn, contentOf, isThrough, start, until } from '../support/commands.ts';
import type { Command } from '../support/commands.ts';
import { installationAt } from '../support/installation.ts';
import { openBreakableMongo } from '../support/mongo/open.ts';
import type { BreakableMongo } from '../support/mongo/open.ts';

/** Through the gateway a crawl takes half a minute, on a laden machine several. */
const PATIENCE = { timeout: 500_000 };
/** What each source may have under way when the store goes: asked for, not stored, and asked for again. */
const UNDER_WAY = SITE_IDS.length * 16;
const MINUTE_MS = 60_000;
/** How long the daemon's own processes wait for a server, instead of 20 s. */
const SELECTION_MS = 400;

describe('a MongoDB that is gone for a minute', () => {
  let portal: Portal;
  let mongo: BreakableMongo;
  /** What came of a crawl that nothing disturbed. */
  let undisturbed: unknown;
  /** Requests since a test began to look. */
  let asked: string[] = [];
  let databases = 0;
  const folders: string[] = [];
  const commands: Command[] = [];

  beforeAll(async () => {
    const log = (line: string): void => void asked.push(line);
    [portal, mongo] = await Promise.all([startPortal({ seed: 4, notices: 200, log }), openBreakableMongo()]);
    const folder = installationAt(portal);
    folders.push(folder);
    expect(await begin(folder, ['crawl']).ended).toBe(0);
    undisturbed = await contentOf(folder);
  });

  // Also where a test ends early.
  afterEach(() => mongo.reconnect());

  afterAll(async () => {
    for (const { child } of commands) child.kill('SIGKILL');
    await Promise.all(commands.map(({ ended }) => ended));
    await portal.close();
    await mongo.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it(
    'run, in the middle of a crawl, says so, asks no site for anything meanwhile, and goes on by itself',
    PATIENCE,
    async () => {
      const { folder, uri } = installation();
      asked = [];
      const daemon = begin(folder, ['run', '--no-serve']);
      await until(() => asked.length > 60);
      await mongo.disconnect();
      const failures = (): number => daemon.told().match(/failed; trying again/g)?.length ?? 0;
      // Every source has found it out, and then tried again.
      await until(() => sourcesIn(daemon).length === SITE_IDS.length);
      const found = failures();
      const before = asked.length;
      await until(() => failures() > found + SITE_IDS.length);
      expect(asked.length).toBe(before);
      expect(daemon.told()).toContain('程序会自动重试，恢复后接着做');
      mongo.reconnect();
      await withMongo(uri, async (store) => {
        await until(() => isThrough(store));
        daemon.child.kill('SIGTERM');
        expect(await daemon.ended).toBe(0);
        expect(daemon.told()).toContain('已恢复，继续工作');
        await expectNothingLostOrDouble(store);
        await expectOneRunEach(store);
      });
      const twice = [...Map.groupBy(pagesIn(asked), (line) => line).values()].filter(({ length }) => length > 1);
      expect(twice.filter(({ length }) => length > 2)).toEqual([]);
      expect(twice.length).toBeLessThanOrEqual(UNDER_WAY);
    },
  );

  it('crawl, in the middle of its work, says what to do; the next one comes to the end', PATIENCE, async () => {
    const { folder, uri } = installation();
    asked = [];
    const crawl = begin(folder, ['crawl']);
    await until(() => asked.length > 60);
    await mongo.disconnect();
    expect(await crawl.ended).toBe(1);
    expect(crawl.told()).toContain('连不上数据库');
    expect(crawl.told()).toContain('恢复后重跑同一命令即可接着做，不会重复');
    mongo.reconnect();
    expect(await begin(folder, ['crawl']).ended).toBe(0);
    await withMongo(uri, expectNothingLostOrDouble);
  });

  it(
    'run, while it links and judges, says on /readyz that it is not ready until the database is back',
    PATIENCE,
    async () => {
      const { folder, uri } = installation();
      const steady = { ahead: 0 };
      const workshop = hurried(await openWorkshop({ config: join(folder, 'config'), clock: systemClock }), steady);
      // What is expected to fail here is told to the test, not to its log.
      const log = { level: 'silent', stream: process.stderr } as const;
      const server = await startServer(workshop, { home: folder, host: '127.0.0.1', port: 0, log });
      const ending = new AbortController();
      const told: string[] = [];
      const ready = async (): Promise<number> => (await fetch(`${server.address}/readyz`)).status;
      const gone = Promise.withResolvers<void>();
      const fault = mongo.fault({
        kind: 'drop-before',
        commands: ['insert', 'update', 'bulkWrite', 'findAndModify'],
        when: (_, collection) => {
          const strikes = collection === 'findings' || collection === 'alerts';
          if (strikes) mongo.disconnect().then(gone.resolve, gone.reject);
          return strikes;
        },
      });
      const daemon = runDaemon({
        workshop,
        channels: [],
        adapters: workshop.adapters,
        signal: ending.signal,
        random: () => 0,
        observer: { source: () => {}, ran: () => {}, staged: () => {}, page: () => {} },
        loops: new Loops(),
        log: pino({ level: 'silent' }),
        tell: (text) => told.push(text),
      });
      try {
        await gone.promise;
        expect(fault.hits).toBe(1);
        steady.ahead = MINUTE_MS;
        await until(() => told.some((text) => text.startsWith('归并与核查：连不上数据库')));
        const answer = await fetch(`${server.address}/readyz`);
        expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'DATABASE_UNUSABLE' }]);
        mongo.reconnect();
        await until(async () => (await ready()) === 200);
        await until(() => isThrough(workshop.store));
        await until(() => told.includes('归并与核查：已恢复，继续工作。'));
      } finally {
        ending.abort();
        await daemon;
        await server.close();
        await workshop.close();
      }
      await withMongo(uri, expectNothingLostOrDouble);
      await withMongo(uri, expectOneRunEach);
    },
  );

  async function expectNothingLostOrDouble(store: Store): Promise<void> {
    expect(await contentIn(store)).toEqual(undisturbed);
    const runs = await store.runs.list({ limit: 100 });
    expect(runs.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
    const alerts = (await store.findings.alerts({ limit: 1000 })).items;
    expect(new Set(alerts.map(({ number }) => number)).size).toBe(alerts.length);
  }

  /** What was broken off was gone on with; nothing was begun anew. */
  async function expectOneRunEach(store: Store): Promise<void> {
    const runs = await store.runs.list({ limit: 100 });
    expect(runs.map(({ sourceId }) => sourceId).sort()).toEqual([...SITE_IDS].sort());
  }

  /** Sources that a daemon says not to reach the database for. */
  function sourcesIn(daemon: Command): string[] {
    return [...daemon.told().matchAll(/^(.+)：连不上数据库/gm)].flatMap(([, name]) =>
      name === undefined || ['归并与核查', '值守通知'].includes(name) ? [] : [name],
    );
  }

  function begin(folder: string, args: string[]): Command {
    const command = start(folder, args);
    commands.push(command);
    return command;
  }

  /** A folder as an operator has it, with a database of its own on the server. */
  function installation(): { folder: string; uri: string } {
    const folder = installationAt(portal, { once: true });
    folders.push(folder);
    const uri = new URL(mongo.uri);
    uri.pathname = `/store_gone_${(databases += 1)}`;
    const file = join(folder, 'config/gongshi.yaml');
    const hasty = `${uri.href}&serverSelectionTimeoutMS=${SELECTION_MS}`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('data/gongshi.sqlite', hasty));
    return { folder, uri: uri.href };
  }
});

/** Pauses pass at once, and leases age by a clock that can be set ahead. */
function hurried(workshop: Workshop, steady: { ahead: number }): Workshop {
  const monotonic = (): number => performance.now() + steady.ahead;
  const leases = new LeaseKeeper({ store: workshop.store.leases, owner: 'the only one', monotonic });
  return { ...workshop, leases, sleep: (_ms, signal) => delay(10, undefined, { signal }) };
}

async function withMongo(uri: string, use: (store: Store) => Promise<void>): Promise<void> {
  const store = await openMongoStore(uri);
  try {
    await use(store);
  } finally {
    await store.close();
  }
}

/** Sessions and robots.txt are asked for anew by whoever goes on; the first page of yn_ccgp fails at every fifth call. */
function pagesIn(lines: readonly string[]): string[] {
  return lines.filter((line) => !/robots\.txt|session|checkcode|init|firstpage\.gghtlist/i.test(line));
}
