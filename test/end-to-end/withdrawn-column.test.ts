import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { crawlSource } from '../../src/crawl/run-source.ts';
import { MemoryArchive } from '../../src/crawl/testing/memory-archive.ts';
import type { TestSite } from '../../src/crawl/testing/site.ts';
import { createWeb } from '../../src/crawl/web.ts';
import { epochOf } from '../../src/model/day.ts';
import type { Run } from '../../src/model/run.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { cityPage, cityRow, citySource, EMPTY_CITY_LIST, startCitySite } from '../support/city-site.ts';
import type { CityShown } from '../support/city-site.ts';

const DAY = 86_400_000;
const WINDOW = { since: '2026-03-10', until: null };
const LAND = 'ky_gov:ggzyjy/tdcr/t1.html';

describe('a column of the city’s site whose only notice is withdrawn', () => {
  let site: TestSite;
  let store: Store;
  let shown: CityShown;
  const clock = { at: 0, now: () => clock.at };
  const archive = new MemoryArchive();

  beforeEach(async () => {
    clock.at = epochOf('2026-03-20T09:00');
    store = await openSqliteStore(':memory:');
    shown = {
      rows: {
        gcjs: [cityRow('gcjs', 1, '开远市灵泉东路道路工程中标结果公示', '2026-03-19')],
        zfcg: [cityRow('zfcg', 1, '开远市公安局执法记录仪采购项目成交结果公告', '2026-03-20')],
        tdcr: [cityRow('tdcr', 1, '开远市2026-3号地块国有建设用地使用权挂牌出让公告', '2026-03-16')],
      },
      instead: new Map(),
      emptyList: EMPTY_CITY_LIST,
    };
    site = await startCitySite(() => shown);
    expect((await visit()).outcome).toBe('complete');
    expect((await visit()).outcome).toBe('complete');
  });
  afterEach(async () => {
    await site.close();
    await store.close();
  });

  async function visit(): Promise<Run> {
    clock.at += DAY / 4;
    const adapter = citySource(site);
    const web = createWeb({
      userAgent: 'Gongshi/0.1.0',
      sleep: (ms) => {
        clock.at += ms;
        return Promise.resolve();
      },
    });
    return crawlSource({ adapter, store, archive, web, clock, window: WINDOW, full: false, newId: randomUUID });
  }

  const codes = (run: Run): string[] => run.failures.map(({ code }) => code);
  const land = (run: Run) => run.channels.find(({ channelId }) => channelId === 'tdcr');

  it.each([
    ['answers 404', 404, 'not found'],
    ['answers 410', 410, 'gone'],
    ['says that it was withdrawn', 200, '<html><body><p>该信息已被撤回。</p></body></html>'],
  ])(
    'and whose page %s: doubted once, then the column is complete and the notice withdrawn',
    async (_, status, text) => {
      withdraw({ status, text });
      const doubted = await visit();
      expect(codes(doubted)).toContain('LIST_EMPTY');
      expect(land(doubted)?.covers).toBeNull();
      // What the other columns list is read all the same.
      expect(doubted.channels.find(({ channelId }) => channelId === 'zfcg')).toMatchObject({ listed: 1 });
      const believed = await visit();
      expect([believed.outcome, codes(believed)]).toEqual(['complete', []]);
      expect(land(believed)).toMatchObject({ outcome: 'complete', listed: 0, covers: { from: '2026-03-10' } });
      await visit();
      expect(await store.vanishings.open('ky_gov')).toMatchObject([{ noticeId: LAND, state: 'withdrawn' }]);
      expect(await store.incidents.open('ky_gov')).toEqual([]);
    },
  );

  it('stays believed when the site is no longer asked after the notice', async () => {
    withdraw({ status: 404, text: 'not found' });
    for (let visits = 0; visits < 3; visits += 1) await visit();
    clock.at += 60 * DAY;
    const before = site.paths().length;
    expect((await visit()).outcome).toBe('complete');
    expect(site.paths().slice(before)).not.toContain('/ggzyjy/tdcr/t1.html');
  });

  it.each([
    [
      'is still there',
      {
        status: 200,
        text: cityPage({ title: '开远市2026-3号地块国有建设用地使用权挂牌出让公告', date: '2026-03-16' }),
      },
    ],
    ['answers with an error', { status: 500, text: 'error' }],
  ])('and whose page %s proves nothing: LIST_EMPTY for as long as it is so', async (_, answer) => {
    withdraw(answer);
    for (let visits = 0; visits < 3; visits += 1) {
      const run = await visit();
      expect([run.outcome, codes(run)]).toEqual(['rejected', ['LIST_EMPTY']]);
      expect(land(run)?.covers).toBeNull();
    }
    expect(await store.vanishings.open('ky_gov')).toMatchObject([{ noticeId: LAND, state: 'missing' }]);
  });

  it('is not asked after where it goes with four others: then the list is lost', async () => {
    for (let number = 2; number <= 5; number += 1) {
      shown.rows['tdcr']!.push(cityRow('tdcr', number, `开远市2026-${number}号地块挂牌出让公告`, '2026-03-17'));
    }
    expect((await visit()).outcome).toBe('complete');
    shown.rows['tdcr'] = [];
    for (let visits = 0; visits < 3; visits += 1) expect(codes(await visit())).toEqual(['LIST_EMPTY']);
    expect(await store.vanishings.open('ky_gov')).toEqual([]);
  });

  it('is doubted where the list has lost an older notice too, whose page still stands', async () => {
    shown.rows['tdcr']!.push(cityRow('tdcr', 0, '开远市2025-1号地块国有建设用地使用权挂牌出让公告', '2026-01-05'));
    expect((await visit()).outcome).toBe('complete');
    const older = shown.rows['tdcr']![1]!;
    withdraw({ status: 404, text: 'not found' });
    shown.instead.set(older.path, { status: 200, text: cityPage(older) });
    for (let visits = 0; visits < 2; visits += 1) expect(codes(await visit())).toEqual(['LIST_EMPTY']);
  });

  it.each([
    ['says 暂无数据 in the list', 'complete', '<div class="xw-main-left lf"><ul><li>暂无数据</li></ul></div>'],
    [
      'has lost its list',
      'LIST_STRUCTURE_CHANGED',
      '<div class="news"><a href="/">首页</a><p>开远市人民政府</p></div>',
    ],
    ['is blank', 'LIST_EMPTY', ''],
    ['counts what it does not show', 'LIST_EMPTY', '<div class="xw-main-left lf"><ul></ul></div>共 3 条'],
  ])('and whose page of the list %s: %s', async (_, comesTo, emptyList) => {
    shown.emptyList = emptyList;
    shown.rows['cqjy'] = [cityRow('cqjy', 1, '开远市国有资产转让公告', '2026-03-18')];
    await visit();
    withdraw({ status: 404, text: 'not found' });
    await visit();
    const run = await visit();
    expect([run.outcome, ...codes(run)]).toContain(comesTo);
    if (comesTo !== 'complete') expect(run.outcome).toBe('rejected');
  });

  function withdraw(answer: { status: number; text: string }): void {
    shown.rows['tdcr'] = [];
    shown.instead.set('/ggzyjy/tdcr/t1.html', answer);
  }
});
