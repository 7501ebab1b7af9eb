import { beforeEach, describe, expect, it } from 'vitest';

import { createModelStore } from '../../test/conformance/model.ts';
import type { Store } from '../../storage/store.ts';
import { LeaseKeeper } from '../crawl/leases.ts';
import { holding } from './undisturbed.ts';
import type { Patience } from './undisturbed.ts';

const MINUTE_MS = 60_000;

describe('work that needs the store to keep still', () => {
  let store: Store;
  let worker: LeaseKeeper;
  let ours: LeaseKeeper;
  let told: string[];
  beforeEach(() => {
    store = createModelStore();
    [worker, ours] = ['worker', 'ours'].map((owner) => keeper(owner)) as [LeaseKeeper, LeaseKeeper];
    told = [];
  });

  it('waits for a crawl under way, keeps the other sources from beginning meanwhile, and gives all back', async () => {
    const crawl = (await worker.take('source:b'))!;
    const looks: unknown[] = [];
    const done = await work(async () => 'done', {
      sleep: async () => {
        looks.push((await worker.take('source:a')) === null);
        if (looks.length === 3) await crawl.release();
      },
    });
    expect([done, looks, told]).toEqual(['done', [true, true, true], ['来源 b 的采集']]);
    expect(await store.leases.held()).toEqual([]);
  });

  it('gives up after the time it was given, says what to do, and leaves nothing held', async () => {
    await worker.take('source:b');
    await expect(work(unreached)).rejects.toMatchObject({
      code: 'STORE_BUSY',
      message: '有进程正在采集或核查，已等候 1 分钟',
      advice: expect.stringContaining('重跑同一命令'),
    });
    expect((await store.leases.held()).map(({ name }) => name)).toEqual(['source:b']);
  });

  it('is refused at once where nobody is to be waited for', async () => {
    await worker.take('judging');
    await expect(holding({ leases: ours }, ['judging'], unreached)).rejects.toThrow('有进程正在采集或核查');
  });

  it('does not count when this process was paused so long that another came to it', async () => {
    const paused = work(async () => {
      for (const lease of await store.leases.held()) await store.leases.release(lease);
      await worker.take('source:a');
    });
    await expect(paused).rejects.toMatchObject({ code: 'STORE_BUSY', facts: { lease: 'source:a' } });
    expect((await store.leases.held()).map(({ owner }) => owner)).toEqual(['worker']);
  });

  function work<T>(act: () => Promise<T>, patience: Partial<Patience> = {}): Promise<T> {
    return holding({ leases: ours }, ['source:a', 'source:b', 'judging'], act, {
      waitMs: MINUTE_MS,
      sleep: () => Promise.resolve(),
      onWait: (what) => told.push(what),
      ...patience,
    });
  }

  /** Every look at a lease finds its last renewal to be long ago, as after a pause. */
  function keeper(owner: string): LeaseKeeper {
    let now = 0;
    return new LeaseKeeper({
      store: store.leases,
      owner,
      monotonic: () => (now += MINUTE_MS),
      every: () => () => undefined,
    });
  }
});

const unreached = (): Promise<never> => Promise.reject(new Error('was not to be reached'));
