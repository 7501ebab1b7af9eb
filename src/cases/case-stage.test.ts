import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { AlertChange, Store } from '../../storage/store.ts';
import { buildAlert, buildFinding, buildObservation, buildProject } from '../../test/support/build.ts';
import { Calendar } from '../compliance/calendar.ts';
import { calendar, rawLocal, rawNational } from '../compliance/test-facts.ts';
import type { Actor } from '../model/case.ts';
import { epochOf } from '../model/day.ts';
import { CaseOvertaken, CorrectInput, StepNotAllowed } from '../model/errors.ts';
import { caseOf, hashOf } from './case-events.ts';
import { actOnCases, keepCases } from './case-stage.ts';
import type { CaseDesk } from './case-stage.ts';
import { wordsOf } from './event-words.ts';
import type { CaseCommand } from './steps.ts';

const NUMBER = 'KY-2026-0001';
const LI: Actor = { kind: 'person', name: '李明' };
const WANG: Actor = { kind: 'person', name: '王芳' };

describe('a case', () => {
  let store: Store;
  let now: number;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    now = epochOf('2026-09-24T09:00');
    const deadlines = { pending: 5, investigating: 30, rectifying: 10, reply: 3 };
    desk = { store, calendar, deadlines, clock: { now: () => now } };
    await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a', fields: { title: '成交结果公告' } })]);
    await store.projects.replace(['yn_ccgp:a'], [buildProject({ id: 'p1', noticeIds: ['yn_ccgp:a'] })]);
    await alert();
    await keepCases(desk);
  });
  afterEach(() => store.close());

  const finding = buildFinding({ projectId: 'p1', evidence: [{ noticeId: 'yn_ccgp:a', role: 'result' }] });
  async function alert(change: Partial<AlertChange> = {}) {
    const openedAt = epochOf('2026-09-24T09:00');
    await store.findings.judge([], [], [buildAlert({ projectId: 'p1', finding, openedAt, updatedAt: now, ...change })]);
  }
  const file = async () => (await store.cases.get(NUMBER))!;
  async function act(command: CaseCommand, actor = LI) {
    const { version } = await file();
    const [after] = await actOnCases(desk, actor, new Map([[NUMBER, version]]), command);
    return after!;
  }
  const actions = async () => (await store.cases.events(NUMBER)).map(({ step }) => step.action);

  it('is opened once for an alert, under its number, to be looked at within five working days of the National Day calendar', async () => {
    await keepCases(desk);
    // Thursday 24 September 2026: the Mid-Autumn holiday takes the 25th to 27th, National Day 1 to 7 October.
    expect(await file()).toMatchObject({ state: 'pending', due: '2026-10-09', dueUnknown: false, version: 1 });
    expect(await file()).toMatchObject({ agency: '云南明诚项目管理有限公司', sourceIds: ['yn_ccgp'] });
    expect(await actions()).toEqual(['opened']);
  });

  it('says so when the calendar does not reach its deadline', async () => {
    now = epochOf('2026-12-30T09:00');
    await store.findings.judge(
      [],
      [],
      [buildAlert({ projectId: 'p2', openedAt: now }), buildAlert({ projectId: 'p3', openedAt: now })],
    );
    await keepCases(desk);
    expect(await store.cases.get('KY-2026-0002')).toMatchObject({ due: null, dueUnknown: true });
  });

  it('gets the deadlines that could not be counted once the calendar of the year is known, from the day they began', async () => {
    // Thirty working days from 30 November lie beyond the calendar of 2026.
    const grown = Calendar.load(
      {
        ...(rawNational as object),
        notices: [
          ...(rawNational as { notices: object[] }).notices,
          {
            year: 2027,
            published: '2026-11-05',
            address: 'https://www.gov.cn/',
            amends: false,
            holidays: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03' }],
            worked: [],
          },
        ],
      },
      rawLocal,
    );
    now = epochOf('2026-11-30T09:00');
    await act({ action: 'started', note: '' });
    await act({ action: 'asked', to: '采购中心', note: '请说明。' });
    now = epochOf('2026-12-30T09:00');
    await act({ action: 'replied', note: '已答复。' });
    await act({ action: 'asked', to: '采购中心', note: '请补充说明。' });
    expect(await file()).toMatchObject({ due: null, dueUnknown: true, question: { replyBy: null } });

    now = epochOf('2027-01-02T09:00');
    await keepCases(desk);
    expect((await file()).dueUnknown).toBe(true);
    await keepCases({ ...desk, calendar: grown });
    // Thirty working days after Monday 30 November, three after Wednesday 30 December; 1 to 3 January rest.
    expect(await file()).toMatchObject({ due: '2027-01-12', dueUnknown: false, question: { replyBy: '2027-01-05' } });
    const events = await store.cases.events(NUMBER);
    expect(events.at(-1)!.step).toMatchObject({ action: 'deadlines_counted', due: '2027-01-12' });
    expect(wordsOf(events.at(-1)!).join()).toContain('期限 2027年1月12日');
    await keepCases({ ...desk, calendar: grown });
    expect(await store.cases.events(NUMBER)).toEqual(events);
    expect(caseOf(events)).toEqual(await file());
  });

  it('goes 待核 → 核查中 → 确认 → 整改中 → 办结, each step with who and when', async () => {
    await act({ action: 'started', note: '' });
    await act({ action: 'confirmed', note: '已调阅档案，确无公示。' }, WANG);
    expect(await file()).toMatchObject({ state: 'confirmed', decision: { state: 'confirmed', by: '王芳', at: now } });
    await act({ action: 'rectifying', note: '限期改正并报告。' });
    expect(await file()).toMatchObject({ state: 'rectifying', due: '2026-10-15' });
    await act({ action: 'closed', note: '整改报告已收。' });
    expect(await file()).toMatchObject({ state: 'closed', due: null });
    expect(await actions()).toEqual(['opened', 'started', 'confirmed', 'rectifying', 'closed']);
  });

  it('confirmed with a day by which it is to be put right is due on it, before and after the order', async () => {
    await act({ action: 'started', note: '' });
    await expect(act({ action: 'confirmed', due: '2026-09-24', note: '属实' })).rejects.toThrow(CorrectInput);
    await act({ action: 'confirmed', due: '2026-11-02', note: '属实，限期改正。' });
    expect(await file()).toMatchObject({ state: 'confirmed', due: '2026-11-02', decision: { state: 'confirmed' } });
    expect(wordsOf((await store.cases.events(NUMBER)).at(-1)!)[0]).toBe('整改期限 2026年11月2日');
    await act({ action: 'rectifying', note: '已发整改通知。' });
    expect(await file()).toMatchObject({ state: 'rectifying', due: '2026-11-02' });
    expect(caseOf(await store.cases.events(NUMBER))).toEqual(await file());
  });

  it('ordered to be put right after the day that was given gets the operator’s working days', async () => {
    await act({ action: 'started', note: '' });
    await act({ action: 'confirmed', due: '2026-10-08', note: '属实' });
    now = epochOf('2026-10-09T09:00');
    await act({ action: 'rectifying', note: '催办' });
    expect(await file()).toMatchObject({ state: 'rectifying', due: '2026-10-22' });
  });

  it.each<[string, CaseCommand]>([
    ['待核时确认', { action: 'confirmed', note: 'x' }],
    ['待核时排除', { action: 'dismissed', reason: 'misread', note: '' }],
    ['待核时办结', { action: 'closed', note: 'x' }],
    ['未暂挂时恢复', { action: 'resumed', note: '' }],
    ['未询问时登记答复', { action: 'replied', note: 'x' }],
    ['没有新事实时已阅', { action: 'acknowledged', note: '' }],
  ])('refuses %s, names the state, and stays as it was', async (_name, command) => {
    const before = await file();
    await expect(act(command)).rejects.toThrow(StepNotAllowed);
    expect(await file()).toEqual(before);
  });

  it('is given to a person, to another, and to nobody again, each time with who and when', async () => {
    await act({ action: 'assigned', to: '王芳', note: '' });
    expect(await file()).toMatchObject({ assignee: '王芳', state: 'pending' });
    now += 60_000;
    await act({ action: 'assigned', to: '李明', note: '王芳休假' }, WANG);
    await act({ action: 'assigned', to: null, note: '' });
    expect(await file()).toMatchObject({ assignee: null });
    const events = (await store.cases.events(NUMBER)).slice(1);
    expect(events.map(({ actor, step }) => [actor.name, step.action === 'assigned' && step.to])).toEqual([
      ['李明', '王芳'],
      ['王芳', '李明'],
      ['李明', null],
    ]);
    expect(events[1]!.at - events[0]!.at).toBe(60_000);
  });

  it('gets another deadline by a person’s word alone, and never one that has passed', async () => {
    await act({ action: 'due_set', due: '2026-12-01', note: '等待上级批复' });
    expect(await file()).toMatchObject({ due: '2026-12-01', dueUnknown: false });
    await expect(act({ action: 'due_set', due: '2026-09-24', note: 'x' })).rejects.toThrow(CorrectInput);
    await expect(act({ action: 'due_set', due: '2026-02-30', note: 'x' })).rejects.toThrow(CorrectInput);
    expect(await file()).toMatchObject({ due: '2026-12-01', version: 2 });
  });

  it('closed is checked again by a person who says why, with a deadline from that day', async () => {
    await act({ action: 'started', note: '' });
    await act({ action: 'confirmed', note: '属实' });
    await act({ action: 'rectifying', note: '限期改正' });
    await act({ action: 'closed', note: '已改正' });
    await expect(act({ action: 'reopened', note: ' ' })).rejects.toThrow(CorrectInput);
    now = epochOf('2026-10-09T09:00');
    await act({ action: 'reopened', note: '收到新的举报材料' });
    expect(await file()).toMatchObject({ state: 'investigating', decision: null, due: '2026-11-19' });
  });

  it('is dismissed with a reason of the list; “其他” must be explained', async () => {
    await act({ action: 'started', note: '' });
    await expect(act({ action: 'dismissed', reason: 'other', note: ' ' })).rejects.toThrow(CorrectInput);
    await act({ action: 'dismissed', reason: 'mislinked', note: '' });
    expect(await file()).toMatchObject({ state: 'dismissed', decision: { reason: 'mislinked', by: '李明' } });
  });

  it('is put off to a day and taken up again on it, not before', async () => {
    await act({ action: 'started', note: '' });
    await expect(act({ action: 'suspended', until: '2026-09-24', note: '等待' })).rejects.toThrow(CorrectInput);
    await act({ action: 'suspended', until: '2026-10-12', note: '等待法院裁定' });
    await expect(act({ action: 'confirmed', note: 'x' })).rejects.toThrow(StepNotAllowed);
    now = epochOf('2026-10-11T23:00');
    await keepCases(desk);
    expect(await file()).toMatchObject({ state: 'suspended' });
    now = epochOf('2026-10-12T06:00');
    await keepCases(desk);
    expect(await file()).toMatchObject({ state: 'investigating', suspended: null });
    expect((await store.cases.events(NUMBER)).at(-1)).toMatchObject({ actor: { kind: 'system' } });
  });

  it('asks the publisher with a day for the reply, one question at a time', async () => {
    await act({ action: 'started', note: '' });
    await act({ action: 'asked', to: '云南明诚项目管理有限公司', note: '请说明未公示的原因。' });
    expect(await file()).toMatchObject({ question: { to: '云南明诚项目管理有限公司', replyBy: '2026-09-30' } });
    await expect(act({ action: 'asked', to: '采购人', note: '另问' })).rejects.toThrow(StepNotAllowed);
    await act({ action: 'replied', note: '回函：系统故障。' });
    expect(await file()).toMatchObject({ question: null });
  });

  it('dismissed before opens again when the facts change, and says which', async () => {
    await act({ action: 'started', note: '' });
    await act({ action: 'dismissed', reason: 'site_clock', note: '' });
    now += 1000;
    await alert({
      finding: { ...finding, codes: ['SAME_DAY'], computed: { anchor: '2026-03-18', resultDate: '2026-03-18' } },
    });
    await keepCases(desk);
    expect(await file()).toMatchObject({
      state: 'pending',
      decision: null,
      news: {
        effect: 'reopened',
        changes: expect.arrayContaining(['公示起始日由 无 变为 2026-03-18。']) as unknown,
      },
    });
    await keepCases(desk);
    expect(await actions()).toEqual(['opened', 'started', 'dismissed', 'facts_changed']);
  });

  it('is not deleted when later evidence clears it: it says so and waits for a person', async () => {
    await act({ action: 'started', note: '' });
    now += 1000;
    await alert({ state: 'cleared', clearedAt: now });
    await keepCases(desk);
    expect(await file()).toMatchObject({ state: 'investigating', news: { effect: 'cleared' } });
    await expect(act({ action: 'confirmed', note: '确认' })).rejects.toThrow(/新的事实/);
    await act({ action: 'acknowledged', note: '' });
    await act({ action: 'dismissed', reason: 'published_elsewhere', note: '' });
    expect(await file()).toMatchObject({ state: 'dismissed', news: null });
  });

  it('notices a change that came within the same millisecond', async () => {
    await alert({ finding: { ...finding, severity: 'major', sentence: '另一句。' } });
    await keepCases(desk);
    expect(await actions()).toEqual(['opened', 'facts_changed']);
  });

  it('lets nobody decide on facts that came in since the page was opened', async () => {
    const { version } = await file();
    now += 1000;
    await alert({ finding: { ...finding, codes: ['SAME_DAY'] } });
    const late = actOnCases(desk, LI, new Map([[NUMBER, version]]), { action: 'started', note: '' });
    await expect(late).rejects.toThrow(CaseOvertaken);
    expect(await actions()).toEqual(['opened', 'facts_changed']);
  });

  it('tells the second of two people that somebody was faster', async () => {
    const seen = new Map([[NUMBER, 1]]);
    await actOnCases(desk, LI, seen, { action: 'started', note: '' });
    const second = actOnCases(desk, WANG, seen, { action: 'commented', note: '看法' });
    await expect(second).rejects.toThrow(/没有保存/);
    expect(await actions()).toEqual(['opened', 'started']);
  });

  it('handled with others of one cause gets one event of its own, and none when one of them cannot take the step', async () => {
    await store.findings.judge([], [], [buildAlert({ projectId: 'p2', openedAt: now })]);
    await keepCases(desk);
    const both = new Map([
      [NUMBER, 1],
      ['KY-2026-0002', 1],
    ]);
    await actOnCases(desk, LI, both, { action: 'started', note: '同一原因' });
    await act({ action: 'commented', note: '只有这一件' });
    const stale = new Map([
      [NUMBER, 2],
      ['KY-2026-0002', 2],
    ]);
    const command: CaseCommand = { action: 'dismissed', reason: 'site_clock', note: '网站时钟错误' };
    await expect(actOnCases(desk, LI, stale, command)).rejects.toThrow(CaseOvertaken);
    expect(await store.cases.get('KY-2026-0002')).toMatchObject({ state: 'investigating', version: 2 });
    await actOnCases(desk, LI, new Map(stale).set(NUMBER, 3), command);
    for (const number of stale.keys()) {
      expect((await store.cases.events(number)).filter(({ step }) => step.action === 'dismissed')).toHaveLength(1);
    }
  });

  it('keeps its events chained: each hash holds the one before, and the case is what they make', async () => {
    await act({ action: 'started', note: '' });
    await act({ action: 'commented', note: '备注' });
    const events = await store.cases.events(NUMBER);
    for (const [i, event] of events.entries()) {
      expect(event.previous).toBe(events[i - 1]?.hash ?? '');
      expect(hashOf(event)).toBe(event.hash);
    }
    expect(caseOf(events)).toEqual(await file());
    expect(hashOf({ ...events[1]!, actor: WANG })).not.toBe(events[1]!.hash);
  });
});
