import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { AlertChange, Store } from '../../storage/store.ts';
import { buildAlert, buildFinding, buildObservation, buildProject } from '../../test/support/build.ts';
import { collect } from '../../test/support/collect.ts';
import { calendar } from '../compliance/test-facts.ts';
import type { Actor } from '../model/case.ts';
import { epochOf } from '../model/day.ts';
import { CorrectInput, StepNotAllowed } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { decideAlerts } from './alerts.ts';
import { caseOf } from './case-events.ts';
import { actOnCases, keepCases, openDoubtCase } from './case-stage.ts';
import type { CaseDesk } from './case-stage.ts';
import { wordsOf } from './event-words.ts';
import { ledgerOf } from './ledger.ts';
import type { CaseCommand } from './steps.ts';

const LI: Actor = { kind: 'person', name: '李明' };
const BY = { name: '李明', note: '结果公告早于公示一日，公示页日期曾改动' };

describe('a case that a supervisor opens on what could not be judged', () => {
  let store: Store;
  let now: number;
  let desk: CaseDesk;
  const project = buildProject({ id: 'p1', noticeIds: ['yn_ccgp:a'] });
  const doubtful = buildFinding({
    projectId: 'p1',
    verdict: 'undetermined',
    codes: ['BACKDATING_SUSPECTED'],
    severity: 'major',
    sentence: '公示所载日期早于系统首次发现，疑似倒填，无法判定。',
    evidence: [{ noticeId: 'yn_ccgp:a', role: 'result' }],
  });
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    now = epochOf('2026-09-24T09:00');
    const deadlines = { pending: 5, investigating: 30, rectifying: 10, reply: 3 };
    desk = { store, calendar, deadlines, clock: { now: () => now } };
    await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a' })]);
    await store.projects.replace(['yn_ccgp:a'], [project]);
    await store.findings.judge(['p1'], [doubtful], []);
  });
  afterEach(() => store.close());

  const open = () => openDoubtCase(desk, BY, doubtful.key);
  /** As the daily judging does. */
  async function judge(finding: Finding) {
    now += 60_000;
    const existing = await store.findings.alertsOfProjects(['p1']);
    await store.findings.judge(['p1'], [finding], decideAlerts(project, [finding], existing, now));
    await keepCases(desk);
  }
  async function act(number: string, command: CaseCommand) {
    const { version } = (await store.cases.get(number))!;
    return (await actOnCases(desk, LI, new Map([[number, version]]), command))[0]!;
  }
  const decided = (change: Partial<Finding>) => buildFinding({ ...doubtful, ...change });
  const compliant = decided({ verdict: 'compliant', codes: ['OK'], severity: 'none', sentence: '公示期符合规定。' });
  const breach = decided({
    verdict: 'violation',
    codes: ['MISSING_PUBLICITY'],
    severity: 'critical',
    sentence: '未见公示。',
  });

  it('is of the nature 存疑, under the next number, opened by that person for the reason given', async () => {
    await store.findings.judge([], [], [buildAlert({ projectId: 'p9', openedAt: now })]);
    const file = await open();
    expect(file).toMatchObject({ number: 'KY-2026-0002', nature: 'doubt', state: 'pending', due: '2026-10-09' });
    const [opening] = await store.cases.events(file.number);
    expect(opening).toMatchObject({ actor: LI, at: now, step: { action: 'opened', note: BY.note } });
    expect(wordsOf(opening!)).toEqual([
      '由人就无法判定的结论立案（存疑）',
      doubtful.sentence,
      '期限 2026年10月9日',
      BY.note,
    ]);
  });

  it('stays as it is when the next judging finds the same', async () => {
    const { number } = await open();
    await judge(doubtful);
    expect((await store.cases.events(number)).map(({ step }) => step.action)).toEqual(['opened']);
    expect(await store.findings.alert(doubtful.key)).toMatchObject({ nature: 'doubt', state: 'open' });
  });

  it('is opened once a matter: the second person is told the number', async () => {
    const { number } = await open();
    await expect(open()).rejects.toThrow(StepNotAllowed);
    await expect(open()).rejects.toThrow(number);
    expect(await store.findings.countAlerts({})).toBe(1);
  });

  it('is refused for a finding that was judged, and for a hint to check, which raises its own alert', async () => {
    await store.findings.judge(['p1'], [compliant], []);
    await expect(open()).rejects.toThrow(/不是“无法判定”/);
    const hint = decided({ rule: 'KY-REVIEW-3D', codes: ['REVIEW_NO_PUBLICITY'], severity: 'info' });
    await store.findings.judge(['p1'], [hint], []);
    await expect(openDoubtCase(desk, BY, hint.key)).rejects.toThrow(CorrectInput);
  });

  it('rests on all pages of the project where the finding names none', async () => {
    await store.findings.judge(['p1'], [decided({ evidence: [], codes: ['APPLICABILITY_UNKNOWN'] })], []);
    expect(await open()).toMatchObject({ nature: 'doubt', sourceIds: ['yn_ccgp'] });
  });

  it('is refused without a reason, and for a finding that is not there', async () => {
    await expect(openDoubtCase(desk, { name: '李明', note: '' }, doubtful.key)).rejects.toThrow(/写明理由/);
    await expect(openDoubtCase(desk, BY, 'none')).rejects.toThrow(CorrectInput);
    expect(await store.findings.countAlerts({})).toBe(0);
  });

  it('goes through the same steps, and ends with a reason that only a doubt has', async () => {
    const { number } = await open();
    await act(number, { action: 'started', note: '' });
    await act(number, { action: 'asked', to: '代理机构', note: '请提供公示截图。' });
    await act(number, { action: 'replied', note: '已提供公证文书。' });
    const file = await act(number, { action: 'dismissed', reason: 'found_in_order', note: '公证文书证明公示满3日。' });
    expect(file).toMatchObject({ state: 'dismissed', decision: { reason: 'found_in_order', by: '李明' } });
    expect(caseOf(await store.cases.events(number))).toEqual(file);
  });

  it('lends its own reasons to no breach', async () => {
    await store.findings.judge([], [], [buildAlert({ projectId: 'p9', openedAt: now })]);
    await keepCases(desk);
    await act('KY-2026-0001', { action: 'started', note: '' });
    const dismissal = act('KY-2026-0001', { action: 'dismissed', reason: 'found_in_order', note: '' });
    await expect(dismissal).rejects.toThrow(/只用于存疑案件/);
  });

  it('says in a banner that a later judging decides it lawful, and waits for the person', async () => {
    const { number } = await open();
    await act(number, { action: 'started', note: '' });
    await judge(compliant);
    expect(await store.cases.get(number)).toMatchObject({
      nature: 'doubt',
      state: 'investigating',
      facts: { alertState: 'cleared' },
      news: {
        effect: 'cleared',
        changes: ['原来无法判定，按新的事实不再存疑。', '按新的事实重新核查：现判定为合规。公示期符合规定。'],
      },
    });
    await expect(act(number, { action: 'confirmed', note: '确认' })).rejects.toThrow(/新的事实/);
  });

  it('becomes a breach under its own number where a later judging finds one, opens again if it was decided, and says so', async () => {
    const { number } = await open();
    await act(number, { action: 'started', note: '' });
    await act(number, { action: 'dismissed', reason: 'beyond_proof', note: '' });
    await judge(breach);
    const file = (await store.cases.get(number))!;
    expect(file).toMatchObject({ nature: 'violation', state: 'pending', news: { effect: 'reopened' } });
    expect(file.news!.changes[0]).toBe('原来无法判定，现已可以判定：由“存疑”变为“违规告警”。');
    expect(await store.findings.countAlerts({})).toBe(1);
    expect(await store.findings.countAlerts({ nature: 'violation', state: 'open' })).toBe(1);
  });

  it('is in doubt again where what decided it falls away', async () => {
    const { number } = await open();
    await judge(compliant);
    await judge(doubtful);
    expect(await store.findings.alert(doubtful.key)).toMatchObject({ nature: 'doubt', state: 'open' });
    expect((await store.cases.get(number))!.news!.changes).toContain('又无法判定，重新存疑。');
  });

  it('is brought up to a judging that was under way when it was opened and knew nothing of it', async () => {
    const { number } = await open();
    now += 60_000;
    await store.findings.judge(['p1'], [compliant], []);
    await keepCases(desk);
    expect(await store.findings.alert(doubtful.key)).toMatchObject({ nature: 'doubt', state: 'cleared' });
    expect(await store.cases.get(number)).toMatchObject({ news: { effect: 'cleared' } });
  });

  it('broken off before the case was written is opened by the next run, in that person’s name', async () => {
    const change: AlertChange = buildAlert({ projectId: 'p1', finding: doubtful, nature: 'doubt', openedAt: now });
    await store.findings.open({ ...change, openedBy: BY });
    await keepCases(desk);
    expect((await store.cases.events('KY-2026-0001'))[0]).toMatchObject({ actor: LI, step: { note: BY.note } });
  });

  it('is counted with no alert, and in the ledger apart', async () => {
    const { number } = await open();
    await act(number, { action: 'started', note: '' });
    await act(number, { action: 'confirmed', note: '经核实存在问题' });
    expect(await store.findings.countAlerts({ nature: 'violation' })).toBe(0);
    expect(await store.findings.alertStatistics()).toEqual([
      { nature: 'doubt', state: 'open', rule: doubtful.rule, count: 1 },
    ]);
    const files = await collect(store.cases.all());
    const each = async function* () {
      yield* files;
    };
    expect(await ledgerOf(each())).toEqual({ byRule: [], bySource: [], byAgency: [], doubts: 1 });
  });
});
