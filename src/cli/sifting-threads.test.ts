import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { digestOf } from '../../storage/move.ts';
import type { SheetRow, Store } from '../../storage/store.ts';
import { judgeAllProjects } from '../cases/judge-stage.ts';
import type { JudgeStage } from '../cases/judge-stage.ts';
import { judgedBy } from '../cases/judged-by.ts';
import { groundOf } from '../cases/said.ts';
import { Calendar } from '../compliance/calendar.ts';
import { addDays, epochOf } from '../model/day.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { matchNotices } from '../projects/stage.ts';
import { notice, sighting } from '../projects/testing/notices.ts';
import { siftingInThreads } from './sifting-threads.ts';

const national: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8'));
const calendar = Calendar.load(national, null);
const FIRM = '云南恒泰建设工程有限公司';
const NOW = epochOf('2026-06-01T20:00');
const ROADS = Array.from(
  { length: 24 },
  (_, n) => `${'东西南北'[n % 4]}${'灵秀安宁乐民'[n % 6]}${'一二三四五六七八'[n % 8]}路${n}号`,
);
const noRollover = { ...DEFAULT_POLICY, rollover: false };

// A thread has to load the rules first: seconds on a machine that does other things too.
vi.setConfig({ testTimeout: 240_000 });

/** A purchase whose result comes one to eight days after its publicity. */
function purchase(road: string, n: number) {
  const facts = {
    projectName: `开远市${road}改造工程`,
    projectCode: `HHZC2026-J1-${String(n).padStart(5, '0')}-KYXM-0032`,
    category: 'works',
    subtype: 'municipal',
    method: 'competitive_negotiation',
    budget: 860_000,
  } as const;
  const published = addDays('2026-03-10', n % 5);
  const candidates = [{ rank: 1, name: FIRM, price: null, lot: null }];
  const page = (k: number) => `hh_finance:${n}-${k}`;
  return [
    notice(page(1), facts),
    notice(page(2), { ...facts, kind: 'candidate', publishDate: published, candidates }),
    notice(page(3), { ...facts, kind: 'result', publishDate: addDays(published, 1 + (n % 8)), suppliers: [FIRM] }),
  ];
}

describe('judging in threads', () => {
  let folder: string;
  const stores: Store[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    rmSync(folder, { recursive: true });
  });

  const path = (name: string) => join(folder, `${name}.sqlite`);
  async function filled(name: string, from = 0, to = ROADS.length): Promise<Store> {
    const store = await openSqliteStore(path(name));
    stores.push(store);
    const pages = ROADS.flatMap((road, n) => (n >= from && n < to ? purchase(road, n) : []));
    await store.notices.observe(pages.map((n) => sighting(n)));
    await matchNotices(store);
    return store;
  }
  const stageOf = (store: Store, threads: number, policy = DEFAULT_POLICY): JudgeStage => ({
    store,
    policy,
    calendar,
    clock: { now: () => NOW },
    sifter: siftingInThreads(store, { calendar: { national, local: null }, threads, fewest: 0, range: 5 }),
  });
  async function contentsOf(store: Store) {
    const rows: SheetRow[] = [];
    for await (const some of store.projects.sheets()) rows.push(...some);
    return {
      findings: await digestOf(store, 'findings'),
      alerts: await digestOf(store, 'alerts'),
      judged: await store.findings.judged(),
      rows,
    };
  }

  it('leaves the same findings, alerts and numbers behind in one thread and in three', async () => {
    const half = ROADS.length / 2;
    await judgeAllProjects(stageOf(await filled('one', 0, half), 1));
    // New projects, some that say something else by this setting, and some of which every word stands.
    const one = await filled('one', half, ROADS.length);
    const begun = await contentsOf(one);
    await backup(new DatabaseSync(path('one')), path('three'));
    const three = await openSqliteStore(path('three'));
    stores.push(three);
    expect(await judgeAllProjects(stageOf(one, 1, noRollover))).toEqual({ judged: ROADS.length });
    expect(await judgeAllProjects(stageOf(three, 3, noRollover))).toEqual({ judged: ROADS.length });
    const ended = await contentsOf(one);
    expect(await contentsOf(three)).toEqual(ended);
    expect(ended.alerts.count).toBeGreaterThan(begun.alerts.count);
    expect(ended.alerts.count).toBeLessThan(ROADS.length);
  });

  it('stops and tells the error of a thread with its code, the project and what to do', async () => {
    const store = await filled('one');
    await judgeAllProjects(stageOf(store, 1));
    const database = new DatabaseSync(path('one'));
    const { project_id: project } = database
      .prepare('SELECT project_id FROM fact_sheets ORDER BY project_id LIMIT 1 OFFSET 17')
      .get() as {
      project_id: string;
    };
    database
      .prepare(`UPDATE fact_sheets SET sheet = replace(sheet, '2026-03-1', '2026-33-1') WHERE project_id = ?`)
      .run(project);
    database.close();
    const before = await contentsOf(store);
    const failure: unknown = await judgeAllProjects(stageOf(store, 2, noRollover)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INPUT_INVALID', advice: expect.stringContaining('请改为日期') });
    expect(String(failure)).toContain(project);
    expect(((failure as Error).cause as Error).stack).toContain('evidence.ts');
    // What came before the project was judged in its order; nothing behind it was.
    expect((await contentsOf(store)).rows.slice(20)).toEqual(before.rows.slice(20));
  });

  it('does not judge by two programs at once, should its files have been replaced', async () => {
    const store = await filled('one');
    const by = await judgedBy(stageOf(store, 3));
    const sifter = siftingInThreads(store, { calendar: { national, local: null }, threads: 2, fewest: 0, range: 5 });
    const sifted = sifter({ by, ground: `${groundOf(by)}-before`, concerned: new Set() });
    await expect(sifted[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'PROGRAM_REPLACED',
      advice: expect.stringContaining('重新启动'),
    });
  });

  it('gives up its threads when the reader has seen enough', async () => {
    const store = await filled('one');
    const by = await judgedBy(stageOf(store, 3));
    const sifter = siftingInThreads(store, { calendar: { national, local: null }, threads: 2, fewest: 0, range: 5 });
    for await (const { judged } of sifter({ by, ground: groundOf(by), concerned: new Set() })) {
      expect(judged).toBe(5);
      break;
    }
    expect(process.getActiveResourcesInfo()).not.toContain('MessagePort');
  });

  it('needs no thread for a store that is no file', async () => {
    const store = await openSqliteStore(':memory:');
    stores.push(store);
    await store.notices.observe(purchase('东灵路', 1).map((n) => sighting(n)));
    await matchNotices(store);
    expect(await judgeAllProjects(stageOf(store, 3))).toEqual({ judged: 1 });
  });
});
