import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildObservation } from '../../test/support/build.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { epochOf } from '../model/day.ts';
import type { Lead } from '../model/lead.ts';
import { recordDecision, recordWithdrawal } from './record-decision.ts';
import type { DecisionRecord, LinkWord } from './record-decision.ts';
import { matchNotices } from './stage.ts';

const NOW = epochOf('2026-04-01T09:00');
const WHY = { by: '张三', reason: '采购计划编号一致' };

describe('a person joins and splits projects', () => {
  let store: Store;
  let desk: DecisionRecord;
  const other = { projectName: '开远市第三小学运动场维修工程', projectCode: 'X-2026-000123', codes: ['X-2026-000123'] };

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    desk = { store, clock: { now: () => NOW } };
    await store.notices.observe([
      buildObservation({ externalId: '1' }),
      buildObservation({ externalId: '2', fields: { kind: 'result', title: '医疗设备采购项目结果公告' } }),
      buildObservation({ externalId: '3', fields: { ...other, title: `${other.projectName}公开招标公告` } }),
    ]);
    await matchNotices(store);
  });
  afterEach(() => store.close());

  const home = async (n: string): Promise<string> =>
    (await store.projects.ofNotices([`yn_ccgp:${n}`])).get(`yn_ccgp:${n}`)!;

  const decide = async (word: LinkWord) => {
    const decision = await recordDecision(desk, 'd1', word);
    await matchNotices(store);
    return decision;
  };

  it('joins two projects with all their notices, and says who, when and why', async () => {
    const decision = await decide({ verdict: 'together', projects: [await home('1'), await home('3')], ...WHY });
    expect(decision).toMatchObject({ id: 'd1', by: '张三', reason: '采购计划编号一致', at: NOW, withdrawn: null });
    expect([...decision.notices].sort()).toEqual(['yn_ccgp:1', 'yn_ccgp:2', 'yn_ccgp:3']);
    expect(await home('3')).toBe(await home('1'));
  });

  it('splits a notice from its project and leaves the rest as it is', async () => {
    await decide({ verdict: 'apart', notices: ['yn_ccgp:2'], ...WHY });
    expect(await home('2')).not.toBe(await home('1'));
    expect((await store.projects.get(await home('1')))?.noticeIds).toEqual(['yn_ccgp:1']);
  });

  it('marks the leads on the projects it touches until they are computed again, and no others', async () => {
    const lead = (key: string, projectId: string): Lead => ({
      ...{ key, indicator: 'SPLITTING', version: '1', purchaser: null, agency: null, day: '2026-03-02' },
      ...{ sentence: '', formula: '', inputs: [], peers: { words: '', count: 10, spread: [] }, since: 1 },
      projectIds: [projectId],
    });
    const [touched, apart] = [lead('a', await home('1')), lead('b', await home('3'))];
    await store.leads.replace([], [touched, apart]);
    await recordDecision(desk, 'd1', { verdict: 'apart', notices: ['yn_ccgp:2'], ...WHY });
    const told = async () =>
      (await store.leads.search({ limit: 5 })).items.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(await told()).toEqual([{ ...touched, affectedAt: NOW }, apart]);
    await store.leads.replace([], [touched]);
    await recordWithdrawal(desk, 'd1', { by: '李四', reason: '核对有误' });
    expect(await told()).toEqual([{ ...touched, affectedAt: NOW }, apart]);
  });

  it('takes a decision back, once, and keeps it on record', async () => {
    await decide({ verdict: 'apart', notices: ['yn_ccgp:2'], ...WHY });
    await recordWithdrawal(desk, 'd1', { by: '李四', reason: '核对有误' });
    await matchNotices(store);
    expect(await home('2')).toBe(await home('1'));
    expect(await store.linkDecisions.get('d1')).toMatchObject({
      withdrawn: { by: '李四', reason: '核对有误', at: NOW },
    });
    await expect(recordWithdrawal(desk, 'd1', WHY)).rejects.toThrow('已经撤销');
  });

  it('refuses what says nothing', async () => {
    const refused = (word: LinkWord) => expect(recordDecision(desk, 'd', word)).rejects;
    const project = await home('1');
    await refused({ verdict: 'together', projects: [project, project], ...WHY }).toThrow('是同一个');
    await refused({ verdict: 'together', projects: [project, 'p0'], ...WHY }).toThrow('没有项目 p0');
    await refused({ verdict: 'apart', notices: ['yn_ccgp:1', 'yn_ccgp:2'], ...WHY }).toThrow('全部公告');
    await refused({ verdict: 'apart', notices: ['yn_ccgp:1', 'yn_ccgp:3'], ...WHY }).toThrow('不在同一个项目');
    await refused({ verdict: 'apart', notices: ['yn_ccgp:9'], ...WHY }).toThrow('没有公告 yn_ccgp:9');
    await refused({ verdict: 'apart', notices: ['yn_ccgp:2'], by: ' ', reason: '有理由' }).toThrow('裁定人');
    await refused({ verdict: 'apart', notices: ['yn_ccgp:2'], by: '张三', reason: '' }).toThrow('理由');
    expect(await store.linkDecisions.standing()).toEqual([]);
  });
});
