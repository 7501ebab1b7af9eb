import { describe, expect, it } from 'vitest';

import { decisionWithinDay } from './decision-within-day.ts';
import { deal, leadsOf, others } from './test-dealings.ts';

const sameDay = (given = {}) => deal({ ...given, bidding: { opened: '2026-03-10', decided: '2026-03-10' } });

describe('开标（提交截止）当日即定标', () => {
  it('is told where hardly any of its kind is decided on the day', async () => {
    const own = sameDay({ name: '教学设备采购' });
    const [lead] = await leadsOf(decisionWithinDay, [own, ...others(20)]);
    expect(lead).toMatchObject({
      sentence: '教学设备采购于2026年3月10日开标（提交截止），当日即确定供应商或发布候选人、结果。',
      day: '2026-03-10',
      peers: { words: '2026年1月1日至12月31日政府采购竞争性谈判（货物）载明开标与定标日期的项目', count: 21 },
    });
    expect(lead!.peers.spread.map(({ count }) => count)).toEqual([1, 0, 20, 0, 0]);
  });

  it('is not told where that is usual among its kind', async () => {
    expect(await leadsOf(decisionWithinDay, [sameDay(), sameDay(), sameDay(), ...others(20)])).toEqual([]);
  });

  it('is not told on the next day, nor where the dates contradict each other', async () => {
    const next = deal({ bidding: { opened: '2026-03-10', decided: '2026-03-11' } });
    const before = deal({ bidding: { opened: '2026-03-10', decided: '2026-03-09' } });
    expect(await leadsOf(decisionWithinDay, [next, before, ...others(20)])).toEqual([]);
  });

  it('compares a method with itself alone, and says nothing among too few', async () => {
    const asked = others(20, { method: 'inquiry' });
    expect(await leadsOf(decisionWithinDay, [sameDay(), ...asked])).toEqual([]);
    expect(await leadsOf(decisionWithinDay, [sameDay(), ...others(18)])).toEqual([]);
  });
});
