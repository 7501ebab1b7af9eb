import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { buildSentRequest } from '../../test/support/build.ts';
import { epochOf } from '../model/day.ts';
import type { SentRequest } from '../model/sent-request.ts';
import { checkPace, isKept } from './pace-check.ts';
import { paceWords } from './pace-words.ts';

const NINE = epochOf('2026-03-20T09:00');
const HOST = 'example.test';

describe('the log of requests', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(() => store.close());

  /** Requests at these seconds after nine. */
  async function sent(seconds: number[], given: Partial<SentRequest> = {}): Promise<void> {
    await store.sentRequests.add(
      seconds.map((s, i) => buildSentRequest({ at: NINE + s * 1000, number: i + 1, host: HOST, ...given })),
    );
  }
  const check = () => checkPace(store.sentRequests, HOST, 0);

  it('proves the pace where every request came its whole interval after the one before', async () => {
    await sent([0, 3, 6, 20]);
    const found = await check();
    expect(found).toMatchObject({ requests: 4, limitMs: 3000, shortestMs: 3000, tooSoon: [] });
    expect(isKept(found)).toBe(true);
    expect(paceWords(found)).toEqual([
      '限值：两次访问至少间隔 3 秒',
      '访问：2026年3月20日 09:00:00 至 2026年3月20日 09:00:20 共 4 次，相邻两次最短间隔 3 秒',
      '最忙的一分钟：2026年3月20日 09:00:00 起 4 次，限 20 次',
      '免打扰时段：未设',
      '结论：任何时段都没有超过限值',
    ]);
  });

  it('finds a request that came a millisecond too soon, also of another source on the host', async () => {
    await sent([0, 3]);
    await sent([5.999], { sourceId: 'ky_gov', number: 9 });
    const found = await check();
    expect(found.tooSoon).toMatchObject([{ gapMs: 2999, limitMs: 3000, betweenProcesses: false }]);
    expect(paceWords(found)).toContain('过快：2026年3月20日 09:00:05 距上一次 2.999 秒，应至少 3 秒');
    expect(paceWords(found).at(-1)).toBe('结论：不符，过快 1 次');
  });

  it('holds each request against the interval that was in force, not against a shorter one before', async () => {
    await sent([0, 1, 2], { intervalMs: 1000 });
    await sent([4], { intervalMs: 3000, number: 9 });
    expect((await check()).tooSoon).toMatchObject([{ gapMs: 2000, limitMs: 3000 }]);
  });

  it('says where two processes followed each other too closely, since their clocks may differ', async () => {
    await sent([0]);
    await sent([1], { process: 'process-2' });
    const found = await check();
    expect(found.tooSoon).toMatchObject([{ betweenProcesses: true }]);
    expect(paceWords(found).join()).toContain('先后由两个进程发出');
  });

  it('finds the busiest minute wherever it begins', async () => {
    await sent([0, 50, 55, 60, 65, 109, 111]);
    expect((await check()).busiest).toEqual({ from: NINE + 50_000, requests: 5, allowed: 20 });
  });

  it.each<[string, string, boolean]>([
    ['a second before ten in the evening', '2026-03-20T21:59', true],
    ['at ten in the evening', '2026-03-20T22:00', false],
    ['after midnight', '2026-03-21T03:00', false],
    ['at six in the morning', '2026-03-21T06:00', true],
  ])('of a source that rests from 22 to 6, a request %s is %s', async (_name, moment, kept) => {
    await sent([0], { quietHours: { from: 22, to: 6 }, clockAt: epochOf(moment) });
    const found = await check();
    expect(found.quiet).toMatchObject({ requests: 1, hours: ['22 时至 6 时'] });
    expect(isKept(found)).toBe(kept);
    expect(paceWords(found).at(-1)).toBe(
      kept ? '结论：任何时段都没有超过限值，免打扰时段内没有访问' : '结论：不符，免打扰时段内访问 1 次',
    );
  });

  it('that is empty proves nothing, and says so', async () => {
    expect(paceWords(await check())).toEqual(['没有访问记录，无从核对']);
  });
});
