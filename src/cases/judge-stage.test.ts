import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { SheetRow, Store } from '../../storage/store.ts';
import { Calendar } from '../compliance/calendar.ts';
import { epochOf } from '../model/day.ts';
import type { Alert } from '../model/finding.ts';
import type { Notice } from '../model/notice.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { recordDecision } from '../projects/record-decision.ts';
import { matchNotices } from '../projects/stage.ts';
import { bodyOf, notice, sighting } from '../projects/testing/notices.ts';
import { whyChanged } from './change-words.ts';
import { judgeAllProjects, previewAllProjects } from './judge-stage.ts';
import type { FindingChange, JudgeStage } from './judge-stage.ts';

const CALENDAR = Calendar.load(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8')),
  null,
);

const FIRM = '云南恒泰建设工程有限公司';
const facts = { category: 'works', subtype: 'municipal', method: 'competitive_negotiation', budget: 860_000 } as const;
const tender = notice('hh_finance:1', { ...facts, text: bodyOf('灵泉东路') });
const publicity = notice('hh_finance:2', {
  ...facts,
  kind: 'candidate',
  publishDate: '2026-03-12',
  candidates: [{ rank: 1, name: FIRM, price: null, lot: null }],
});
const result = notice('hh_finance:3', { ...facts, kind: 'result', publishDate: '2026-03-13', suppliers: [FIRM] });

describe('an alert whose project is put together anew', () => {
  let store: Store;
  let now: number;

  const live = async (day: string, ...notices: Notice[]): Promise<void> => {
    now = epochOf(`${day}T20:00`);
    await store.notices.observe(notices.map((n) => sighting(n)));
    await matchNotices(store);
    await judgeAllProjects({ store, policy: DEFAULT_POLICY, calendar: CALENDAR, clock: { now: () => now } });
  };
  const alerts = async (): Promise<Alert[]> => (await store.findings.alerts({ limit: 50 })).items;
  const projectOf = async (id: string): Promise<string> => (await store.projects.ofNotices([id])).get(id) ?? 'none';

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(() => store.close());

  it('accuses nobody while a publicity that may be the project’s is neither confirmed nor refused', async () => {
    const earlier = notice('hh_finance:4', {
      ...publicity.fields,
      projectName: '开远市灵泉东路人行道改建工程',
      title: '开远市灵泉东路人行道改建工程成交候选供应商公示',
      projectCode: null,
      codes: [],
      publishDate: '2026-03-06',
    });
    await live('2026-04-01', tender, publicity, result, earlier);
    const finding = async () =>
      (await store.findings.ofProject(await projectOf(result.id))).find(({ rule }) => rule === 'KY-GP-3D');
    expect(await finding()).toMatchObject({ verdict: 'undetermined', codes: ['LINK_UNCONFIRMED'], severity: 'info' });
    expect((await finding())?.sentence).toBe(
      '另有2026年3月6日（周五）的公告“开远市灵泉东路人行道改建工程成交候选供应商公示”可能属于本项目：名称相似度 88%（“灵泉东路人行道改造工程”与“灵泉东路人行道改建工程”），采购人相同（开远市住房和城乡建设局），公告相隔 4 天。若属本项目，按“开远市100万元以下市政工程政府采购成交候选供应商公示不少于3日”核查的结论不同，目前不能判断。确认或排除这一归并后可以判断。',
    );
    expect((await finding())?.evidence.map(({ noticeId }) => noticeId)).toContain(earlier.id);
    expect(await alerts()).toEqual([]);
    const projects: [string, string] = [await projectOf(result.id), await projectOf(earlier.id)];
    const word = { verdict: 'apart', projects, by: '张三', reason: '已向采购人核实' } as const;
    await recordDecision({ store, clock: { now: () => now } }, 'd', word);
    await live('2026-04-02');
    expect(await finding()).toMatchObject({ verdict: 'violation', codes: ['PERIOD_TOO_SHORT'] });
    expect((await alerts()).map(({ state }) => state)).toEqual(['open']);
  });

  it('keeps number, address and history when an earlier notice of its project is collected later', async () => {
    await live('2026-03-13', publicity, result);
    const [before] = await alerts();
    expect(before).toMatchObject({ state: 'open', nature: 'violation', projectId: await projectOf(result.id) });

    await live('2026-03-20', tender);
    const after = await alerts();
    expect(after).toMatchObject([
      { key: before!.key, number: before!.number, openedAt: before!.openedAt, state: 'open', clearedAt: null },
    ]);
    expect(after[0]!.projectId).not.toBe(before!.projectId);
    expect(after[0]!.projectId).toBe(await projectOf(tender.id));
    expect(after[0]!.history.slice(0, 2).map(({ event }) => event)).toEqual(['opened', 'moved']);
    expect((await store.findings.ofProject(after[0]!.projectId)).map(({ key }) => key)).toContain(
      after[0]!.finding.key,
    );
  });

  it('says nothing twice when it is judged again after its move', async () => {
    await live('2026-03-13', publicity, result);
    await live('2026-03-20', tender);
    const moved = await alerts();
    await live('2026-03-21');
    expect(await alerts()).toEqual(moved);
  });

  it('goes with its pages when the store is rebuilt from what was read', async () => {
    await live('2026-03-13', publicity, result);
    await live('2026-03-20', tender);
    const before = await alerts();
    await store.notices.clear();
    await live('2026-03-21', result, tender, publicity);
    expect(await alerts()).toEqual(before);
  });

  it('is cleared with the reason when no project holds its pages any longer', async () => {
    await live('2026-03-13', publicity, result);
    await store.notices.clear();
    await live('2026-03-21', tender);
    expect(await alerts()).toMatchObject([{ state: 'cleared', history: [{}, { event: 'cleared' }] }]);
  });
});

/** Dated on the day of the publicity: the result is then a day earlier than its notice. */
const letter = notice('hh_finance:4', {
  ...facts,
  kind: 'award_letter',
  publishDate: '2026-03-13',
  awardLetterDate: '2026-03-12',
});

describe('judging again', () => {
  let store: Store;
  let now: number;

  const stage = (policy = DEFAULT_POLICY): JudgeStage => ({
    store,
    policy,
    calendar: CALENDAR,
    clock: { now: () => now },
  });
  const see = async (day: string, ...notices: Notice[]): Promise<void> => {
    now = epochOf(`${day}T20:00`);
    await store.notices.observe(notices.map((n) => sighting(n)));
    await matchNotices(store);
  };
  const local = async () => {
    const { items } = await store.findings.search({ rule: 'KY-GP-3D', limit: 5 });
    return items[0]!;
  };
  const preview = async (policy = DEFAULT_POLICY): Promise<FindingChange[]> => {
    const changes: FindingChange[] = [];
    await previewAllProjects(stage(policy), (change) => changes.push(change));
    return changes;
  };
  const rows = async (): Promise<SheetRow[]> => {
    const all: SheetRow[] = [];
    for await (const some of store.projects.sheets()) all.push(...some);
    return all;
  };
  const switchedOff = { ...DEFAULT_POLICY, enabled: { ...DEFAULT_POLICY.enabled, 'KY-GP-3D': false } };

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await see('2026-03-13', tender, publicity, result);
    await judgeAllProjects(stage());
  });
  afterEach(() => store.close());

  it('keeps the moment and the facts of a finding that says what it said', async () => {
    const before = await local();
    now += 86_400_000;
    await judgeAllProjects(stage());
    expect(await local()).toEqual(before);
    expect(before.facts).toMatchObject({
      on: '2026-03-02',
      method: 'competitive_negotiation',
      amounts: { budget: 860_000 },
    });
    expect(before.facts?.notices.map(([id]) => id)).toEqual(['hh_finance:1', 'hh_finance:2', 'hh_finance:3']);
  });

  it('counts projects that could be judged, the same whether their findings are made anew or stand', async () => {
    const counted = await store.findings.judged();
    expect(counted?.at).toBe(now);
    const rule = counted?.rules.find((one) => one.rule === 'KY-GP-3D');
    expect(rule).toEqual({ rule: 'KY-GP-3D', judged: 1, pending: 0, unjudged: 0, violating: 1, reasons: [] });
    now += 1;
    await judgeAllProjects(stage());
    expect(await store.findings.judged()).toEqual({ at: now, rules: counted?.rules });
    await judgeAllProjects(stage(switchedOff));
    expect((await store.findings.judged())?.rules.map((one) => one.rule)).not.toContain('KY-GP-3D');
  });

  it('reads neither pages nor findings where every project says what it said', async () => {
    const read = [vi.spyOn(store.notices, 'getMany'), vi.spyOn(store.findings, 'ofProjects')];
    expect(await judgeAllProjects(stage())).toEqual({ judged: 1 });
    for (const spy of read) expect(spy).not.toHaveBeenCalled();
  });

  it('compares every word where a setting changed, and writes no finding where each of them stands', async () => {
    const landOff = { ...DEFAULT_POLICY, enabled: { ...DEFAULT_POLICY.enabled, 'LAND-LIST-10D': false } };
    const [{ said: before }] = (await rows()) as [SheetRow];
    const [read, written] = [vi.spyOn(store.findings, 'ofProjects'), vi.spyOn(store.findings, 'judge')];
    await judgeAllProjects(stage(landOff));
    const [{ projectId, said }] = (await rows()) as [SheetRow];
    expect(said).not.toBe(before);
    expect(written.mock.calls).toEqual([[[], [], [], new Map([[projectId, said]])]]);
    await judgeAllProjects(stage(landOff));
    expect(written).toHaveBeenCalledOnce();
    expect(read).not.toHaveBeenCalled();
  });

  it('makes a sheet anew that another version of the program wrote, and says the same by it', async () => {
    const before = await local();
    const { projectId, sheet } = (await rows())[0]!;
    await store.projects.putSheets(new Map([[projectId, '0 {}']]));
    await judgeAllProjects(stage());
    expect(await rows()).toMatchObject([{ projectId, sheet }]);
    expect(await local()).toEqual(before);
  });

  it('keeps what a finding said before, with rule, calendar and facts', async () => {
    const before = await local();
    await see('2026-03-20', letter);
    await judgeAllProjects(stage());
    const after = await local();
    expect(after.computed.resultDate).not.toBe(before.computed.resultDate);
    expect(after.history).toEqual([
      expect.objectContaining({
        judgedAt: before.judgedAt,
        verdict: before.verdict,
        sentence: before.sentence,
        ruleVersion: before.ruleVersion,
        calendarVersion: before.calendarVersion,
        facts: before.facts,
      }),
    ]);
  });

  it('shows first what a changed setting would change and why, and writes nothing', async () => {
    const before = await local();
    const changes = await preview(switchedOff);
    const change = changes.find(({ after }) => after?.rule === 'KY-GP-3D')!;
    expect([change.before?.verdict, change.after?.verdict]).toEqual(['violation', 'not_applicable']);
    expect(whyChanged(change)).toBe('设置改变（config/rules.yaml）');
    expect(await local()).toEqual(before);
    expect((await store.findings.alerts({ limit: 5 })).items[0]?.state).toBe('open');
  });

  it('shows nothing where nothing would change', async () => {
    expect(await preview()).toEqual([]);
  });

  it('says that notices were added where that is why', async () => {
    await see('2026-03-20', letter);
    const why = (await preview()).filter(({ after }) => after?.rule === 'KY-GP-3D').map(whyChanged);
    expect(why).toEqual([expect.stringContaining('新公告 1 份')]);
  });
});
