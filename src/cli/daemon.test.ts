import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { folderPlace } from '../../storage/archive/folder.ts';
import { crawlLeased } from '../crawl/leased.ts';
import { LEASE_MS, LeaseKeeper } from '../crawl/leases.ts';
import type { TestSite } from '../crawl/testing/site.ts';
import { notices, scriptedSource, startScriptedSite } from '../crawl/testing/source.ts';
import { createWeb } from '../crawl/web.ts';
import { Loops } from '../api/loops.ts';
import { epochOf } from '../model/day.ts';
import { LOOK_MS, runDaemon } from './daemon.ts';
import { openWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';

const OPEN = { since: null, until: null };

describe('a worker that finds a source due', () => {
  let site: TestSite;
  let workshop: Workshop;
  let folder: string;
  let steps: string[];
  let loops: Loops;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    site = await startScriptedSite({ channels: { c1: notices('a', 6) }, pageSize: 10 });
    workshop = await openWorkshop({
      config: join(import.meta.dirname, '../../config'),
      clock: { now: () => epochOf('2026-03-20T09:00') },
      data: { database: ':memory:', archive: folderPlace(join(folder, 'archive')) },
    });
  });
  afterEach(async () => {
    await workshop.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Looks once at what is due, with these leases; resolves with the states it passed through. */
  async function look(leases: LeaseKeeper): Promise<string[]> {
    const ending = new AbortController();
    const states: string[] = [];
    steps = [];
    loops = new Loops();
    let rests = 0;
    await runDaemon({
      workshop: {
        ...workshop,
        leases,
        web: createWeb({ userAgent: 'Gongshi/0.1.0', sleep: async () => {} }),
        // The source's watch, the judging and the telling have each looked once.
        sleep: async (_ms, signal) => {
          if ((rests += 1) === 3) ending.abort();
          else await once(signal, 'abort');
        },
      },
      channels: [],
      adapters: [scriptedSource({ address: site.address, channels: [{}] })],
      signal: ending.signal,
      random: () => 0,
      observer: {
        source: (_id, state) => void states.push(state),
        ran: () => {},
        staged: () => {},
        page: (took) => void steps.push(took.step),
      },
      loops,
      log: pino({ level: 'silent' }),
      tell: () => {},
    });
    return states;
  }

  const worker = (owner: string): LeaseKeeper => new LeaseKeeper({ store: workshop.store.leases, owner });

  async function crawlAs(owner: string): Promise<void> {
    const { store, archive, clock } = workshop;
    await crawlLeased({
      adapter: scriptedSource({ address: site.address, channels: [{}] }),
      store,
      leases: worker(owner),
      archive,
      web: createWeb({ userAgent: 'Gongshi/0.1.0', sleep: async () => {} }),
      clock,
      window: OPEN,
      full: false,
      newId: randomUUID,
    });
  }

  it('after another died finds it so within a minute', () => {
    expect(LEASE_MS + LOOK_MS).toBeLessThan(60_000);
  });

  it('crawls it', async () => {
    expect(await look(worker('one'))).toEqual(['crawling']);
    // Every page passes all four, in their order.
    expect(steps.slice(0, 4)).toEqual(['fetch', 'archive', 'parse', 'store']);
    const count = (step: string): number => steps.filter((one) => one === step).length;
    expect([count('archive'), count('parse'), count('store')]).toEqual(Array(3).fill(count('fetch')));
    expect(count('fetch')).toBeGreaterThan(6);
    expect(site.paths().filter((path) => path === '/notice/a1')).toHaveLength(1);
  });

  it('tells for as long as it fails which of its loops fails, and that every one of them moves', async () => {
    workshop.store.runs.list = () => Promise.reject(new Error('gone'));
    await look(worker('one'));
    // The telling has no channels and asks the store nothing.
    expect(loops.failing().map(({ name }) => name)).toEqual(['来源scripted', '归并与核查']);
    expect([loops.stalled(), loops.working()]).toEqual([[], []]);
  });

  it('and gets it only when another has just done it, asks the site for nothing', async () => {
    const leases = worker('one');
    const takeAll = leases.takeAll.bind(leases);
    let asked = 0;
    leases.takeAll = async (names) => {
      await crawlAs('two');
      asked = site.received.length;
      return takeAll(names);
    };
    expect(await look(leases)).toEqual(['crawling', 'elsewhere']);
    expect(asked).toBeGreaterThan(6);
    expect(site.received.length).toBe(asked);
    expect(await workshop.store.runs.list({ limit: 9 })).toHaveLength(1);
  });
});
