import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { ALL_RULES } from '../compliance/rules/index.ts';
import { calendar } from '../compliance/test-facts.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import type { RuleEntryReply, RuleListReply } from './schemas.ts';

describe('the list of rules', () => {
  const inForce: Policy = { ...DEFAULT_POLICY, enabled: { ...DEFAULT_POLICY.enabled, 'TB-DOC-SALE-5D': false } };
  let edited: Policy | null;
  let bench: ApiBench;
  beforeEach(async () => {
    edited = null;
    bench = await openApiBench({
      settingsInForce: () =>
        Promise.resolve({
          policy: inForce,
          calendar,
          held: edited === null ? null : { words: '设置已改，尚未适用', files: { policy: edited, calendar } },
        }),
    });
  });
  afterEach(() => bench.close());

  const list = async () => (await bench.get('/api/rules')).body as RuleListReply;
  const rule = async (id: string): Promise<RuleEntryReply> => (await list()).rules.find((one) => one.id === id)!;
  const setting = async (id: string, name: string) =>
    (await rule(id)).settings.find((one) => one.name.includes(name)) ?? null;

  it('names every rule that is judged by, in their order', async () => {
    expect((await list()).rules.map(({ id }) => id)).toEqual(ALL_RULES.map(({ id }) => id));
  });

  it('tells of a publicity rule its article and where the text was checked, period, events, counting and grades', async () => {
    expect(await rule('TB-CAND-3D')).toMatchObject({
      version: '3',
      basis: [{ text: '《中华人民共和国招标投标法实施条例》第五十四条第一款', checked: true }],
      track: 'construction',
      methods: '公开招标、邀请招标',
      region: null,
      validity: { from: '2012-02-01', to: null },
      kind: 'publicity',
      period: { length: 3, unit: 'calendar' },
      start: '候选人公示发布',
      end: '结果公告、中标（成交）通知书、合同公告三者中最早者',
      severity: 'critical',
      enabled: true,
    });
    const { basis, amountLines, counting, grades, template } = await rule('TB-CAND-3D');
    expect(basis[0]!.readIn).toContain('2026年11月24日核对');
    expect(amountLines.map(({ from, to }) => [from, to])).toContainEqual(['2018-06-01', null]);
    expect(counting).toContain('发布当日不计');
    expect(grades).toContain('少一日的');
    expect(template).toContain('公示期不得少于3日');
  });

  it('marks an article whose text was not checked', async () => {
    const { basis } = await rule('GP-CEILING');
    expect(basis.map(({ checked }) => checked)).toEqual([false, true, false, false]);
  });

  it('tells of other duties whether they are shortest or longest, and of those that count no days', async () => {
    expect(await rule('GP-BID-20D')).toMatchObject({ kind: 'min', start: '招标文件开始发出', grades: '较重' });
    expect(await rule('GP-CONTRACT-30D')).toMatchObject({ kind: 'max', end: '合同签订' });
    expect(await rule('GP-MEDIA')).toMatchObject({ kind: 'logic', period: null, start: null });
  });

  it('says which rules the operator has switched off, by the settings in force', async () => {
    expect(await rule('TB-DOC-SALE-5D')).toMatchObject({ enabled: false });
    expect(await setting('TB-DOC-SALE-5D', 'enabled')).toMatchObject({ value: '停用', edited: null });
    expect((await list()).settingsHeld).toBeNull();
  });

  it('gives the settings that each rule depends on, and no others', async () => {
    expect(await setting('KY-GP-3D', 'localRule')).toMatchObject({ value: '2016年1月1日起，未定终止日' });
    expect(await setting('KY-GP-3D', 'rollover')).toMatchObject({ value: '顺延至下一工作日' });
    expect(await setting('GP-SS-5WD', 'rollover')).toBeNull();
    expect(await setting('GP-SS-5WD', 'openTenderLines')).toMatchObject({
      value: expect.stringContaining('（未核对原文）') as string,
    });
    expect(await setting('KY-REVIEW-3D', 'reviewAlert')).toMatchObject({ value: '作待核提示' });
    expect(await setting('KY-REVIEW-3D', 'localHolidays')).toBeNull();
    expect(await setting('TB-CAND-3D', 'designatedMedia')).toMatchObject({ value: '云南省公共资源交易信息网' });
  });

  it('shows beside a setting in force what the file says and nobody applied yet', async () => {
    edited = {
      ...inForce,
      rollover: false,
      reviewAlert: { as: 'review', methods: ['inquiry'], from: '2026-01-01', minBudget: 500_000 },
    };
    expect((await list()).settingsHeld).toBe('设置已改，尚未适用');
    expect(await setting('TB-CAND-3D', 'rollover')).toMatchObject({ value: '顺延至下一工作日', edited: '不顺延' });
    expect(await setting('TB-CAND-3D', 'enabled')).toMatchObject({ value: '启用', edited: null });
    expect(await setting('KY-REVIEW-3D', 'reviewAlert')).toMatchObject({
      edited: '作待核提示，限于询价，2026年1月1日起，预算50万元以上（含本数）',
    });
  });
});
