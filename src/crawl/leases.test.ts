import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { LeaveToOtherWorker } from '../model/errors.ts';
import { crawlLeased } from './leased.ts';
import { LeaseKeeper } from './leases.ts';
import { MemoryArchive } from './testing/memory-archive.ts';
import { notices, scriptedSource, startScriptedSite } from './testing/source.ts';
import { createWeb } from './web.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const HOUR = 3600_000;

async function openStore(): Promise<Store> {
  const store = await openSqliteStore(':memory:');
  closers.push(() => store.close());
  return store;
}

/** A process that stands still between renewals: its own hours pass only when `later` says so. */
function worker(store: Store, owner: string, ttlMs = HOUR) {
  let now = 0;
  let renew = (): void => {};
  const leases = new LeaseKeeper({
    store: store.leases,
    owner,
    ttlMs,
    monotonic: () => now,
    every: (_ms, work) => {
      renew = work;
      return () => {};
    },
  });
  return { leases, later: (ms: number) => (now += ms), renew: () => renew() };
}

describe('a worker and its leases', () => {
  it('works on without asking while the last renewal is recent', async () => {
    const store = await openStore();
    const { leases } = worker(store, 'one');
    const held = (await leases.take('source:a'))!;
    await store.leases.release(held.lease);
    await expect(held.confirm()).resolves.toBeUndefined();
    expect(held.lost.aborted).toBe(false);
  });

  it('that was paused for longer asks first, and goes on where nobody took over', async () => {
    const store = await openStore();
    const { leases, later } = worker(store, 'one', 0);
    const held = (await leases.take('source:a'))!;
    later(10 * HOUR);
    await expect(held.confirm()).resolves.toBeUndefined();
  });

  it('that was paused for longer finds out that another has taken over before it asks the site', async () => {
    const store = await openStore();
    const { leases, later } = worker(store, 'one', 0);
    const held = (await leases.take('source:a'))!;
    expect(await worker(store, 'two').leases.take('source:a')).not.toBeNull();
    later(1);
    await expect(held.confirm()).rejects.toBeInstanceOf(LeaveToOtherWorker);
    expect(held.lost.reason).toBeInstanceOf(LeaveToOtherWorker);
  });

  it('gives a host back when the last of its sources is done', async () => {
    const store = await openStore();
    const { leases } = worker(store, 'one');
    const [first, second] = [await leases.take('host:a'), await leases.take('host:a')];
    await first!.release();
    await first!.release();
    expect(await worker(store, 'two').leases.take('host:a')).toBeNull();
    await second!.release();
    expect(await worker(store, 'two').leases.take('host:a')).not.toBeNull();
  });

  it('does not wait for a holder that was killed where that can be known', async () => {
    const store = await openStore();
    await worker(store, 'killed').leases.take('source:a');
    await worker(store, 'alive').leases.take('source:b');
    const leases = new LeaseKeeper({
      store: store.leases,
      owner: 'one',
      ttlMs: HOUR,
      isGone: (owner) => owner === 'killed',
    });
    const held = await leases.take('source:a');
    expect(held?.lease).toMatchObject({ owner: 'one', token: 2 });
    await held?.release();
    expect(await leases.take('source:b')).toBeNull();
  });

  it('takes all that a crawl needs or nothing', async () => {
    const store = await openStore();
    await worker(store, 'two').leases.take('source:b');
    expect(await worker(store, 'one').leases.takeAll(['source:b', 'host:a'])).toBeNull();
    expect((await store.leases.held()).map(({ name }) => name)).toEqual(['source:b']);
  });
});

describe('a source that another worker', () => {
  async function bench(onRequest: () => void = () => {}) {
    const store = await openStore();
    const site = await startScriptedSite({
      channels: { c1: notices('a', 5) },
      pageSize: 10,
      fault: () => {
        onRequest();
        return false;
      },
    });
    closers.push(() => site.close());
    const archive = new MemoryArchive();
    const crawl = (leases: LeaseKeeper) =>
      crawlLeased({
        adapter: scriptedSource({ address: site.address, channels: [{}] }),
        store,
        leases,
        archive,
        web: createWeb({ userAgent: 'Gongshi/0.1.0', sleep: async () => {} }),
        clock: { now: () => Date.UTC(2026, 2, 30) },
        window: { since: null, until: null },
        full: false,
        newId: randomUUID,
      });
    return { store, site, crawl };
  }

  it('is crawling is asked for nothing', async () => {
    const { store, site, crawl } = await bench();
    await worker(store, 'two').leases.take('source:scripted');
    expect(await crawl(worker(store, 'one').leases)).toBeNull();
    expect(site.received).toEqual([]);
  });

  it('asks another source of its host is asked for nothing: the pace is the host’s over all workers', async () => {
    const { store, site, crawl } = await bench();
    await worker(store, 'two').leases.take(`host:${new URL(site.address).host}`);
    expect(await crawl(worker(store, 'one').leases)).toBeNull();
    expect(site.received).toEqual([]);
  });

  it('takes over in the middle of a run is left to it, which goes on with the same run', async () => {
    let asked = 0;
    let takeOver = async (): Promise<void> => {};
    const { store, crawl } = await bench(() => {
      asked += 1;
      if (asked === 4) void takeOver();
    });
    const two = worker(store, 'two');
    const one = worker(store, 'one', 0);
    takeOver = async () => {
      await two.leases.take('source:scripted');
      one.later(1);
    };
    expect(await crawl(one.leases)).toBeNull();
    const [left] = await store.runs.list({ limit: 5 });
    expect(left?.outcome).toBe('running');

    const run = await crawl(two.leases);
    expect(run).toMatchObject({ id: left?.id, outcome: 'complete' });
    expect(await store.notices.count({})).toBe(5);
  });
});
