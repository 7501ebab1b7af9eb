import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { crawlAll } from '../../src/crawl/crawl.ts';
import { LeaseKeeper } from '../../src/crawl/leases.ts';
import { checkHosts, isKept } from '../../src/crawl/pace-check.ts';
import { quietUntil } from '../../src/crawl/quiet-hours.ts';
import { RequestLog } from '../../src/crawl/request-log.ts';
import { MemoryArchive } from '../../src/crawl/testing/memory-archive.ts';
import type { TestSite } from '../../src/crawl/testing/site.ts';
import { notices, scriptedSource, startScriptedSite } from '../../src/crawl/testing/source.ts';
import { createWeb } from '../../src/crawl/web.ts';
import { epochOf } from '../../src/model/day.ts';
import { collect } from '../support/collect.ts';

const INTERVAL_MS = 15;
const QUIET = { from: 22, to: 6 };
const MINUTE = 60_000;

describe('three sources of one host, crawled over HTTP into an evening', () => {
  let site: TestSite;
  let store: Store;
  /** When requests arrived, by the clock of the quiet hours. */
  const arrived: number[] = [];
  const clock = { at: epochOf('2026-03-20T21:40'), now: () => clock.at };

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    site = await startScriptedSite({
      channels: { c1: notices('a', 12) },
      pageSize: 4,
      fault: () => {
        // Each request takes the site a minute: quiet hours begin while others wait for their turn.
        arrived.push(clock.at);
        clock.at += MINUTE;
        return false;
      },
    });
  });
  afterEach(async () => {
    await site.close();
    await store.close();
  });

  it('leave a log of every request, which proves the pace of the host and that none fell into quiet hours', async () => {
    const web = createWeb({
      userAgent: 'Gongshi/0.1.0',
      sleep: (ms) => {
        clock.at += ms;
        return Promise.resolve();
      },
      log: new RequestLog('this process', (requests) => store.sentRequests.add(requests)),
    });
    const settings = { pace: { minIntervalMs: INTERVAL_MS, reason: '测试' }, quietHours: QUIET };
    const adapters = ['one', 'two', 'three'].map((id) =>
      scriptedSource({ id, address: site.address, channels: [{}], settings }),
    );
    const runs = await crawlAll({
      adapters,
      store,
      leases: new LeaseKeeper({ store: store.leases, owner: 'this process' }),
      archive: new MemoryArchive(),
      web,
      clock,
      window: { since: null, until: null },
      full: false,
      newId: randomUUID,
    });
    expect(runs.map(({ outcome }) => outcome)).toEqual(['complete', 'complete', 'complete']);

    const [host] = await store.sentRequests.hosts();
    const log = await collect(store.sentRequests.ofHost(host!, 0));
    expect(log).toHaveLength(site.received.length);
    expect(new Set(log.map(({ sourceId }) => sourceId))).toEqual(new Set(['one', 'two', 'three']));
    expect(arrived.filter((at) => quietUntil(QUIET, at) !== null)).toEqual([]);
    // The evening ended in the middle of it.
    expect(arrived.some((at) => at < epochOf('2026-03-20T22:00'))).toBe(true);
    expect(arrived.some((at) => at >= epochOf('2026-03-21T06:00'))).toBe(true);

    const [check] = await checkHosts(store.sentRequests, adapters, 0);
    expect(check).toMatchObject({
      host,
      limitMs: INTERVAL_MS,
      requests: log.length,
      tooSoon: [],
      quiet: { broken: [] },
    });
    expect(isKept(check!)).toBe(true);
    expect(check!.shortestMs).toBeGreaterThanOrEqual(INTERVAL_MS);

    const last = log.at(-1)!;
    const planted = [
      { ...last, number: 9001, at: last.at + INTERVAL_MS - 1 },
      { ...last, number: 9002, at: last.at + 1000, clockAt: epochOf('2026-03-21T23:30') },
    ];
    await store.sentRequests.add(planted);
    const [broken] = await checkHosts(store.sentRequests, adapters, 0);
    expect(broken!.tooSoon.map(({ at }) => at)).toEqual([planted[0]!.at]);
    expect(broken!.quiet.broken).toEqual([planted[1]!.clockAt]);
  });
});
