import { describe, expect, it } from 'vitest';

import { justBelowLine } from './just-below-line.ts';
import { deal, leadsOf } from './test-dealings.ts';

const budgets = (...amounts: number[]) => amounts.map((budget) => deal({ budget }));

describe('预算多次略低于招标数额标准', () => {
  it('is told beside the buyer’s other budgets of the year', async () => {
    const near = budgets(1_990_000, 1_900_000);
    const [lead] = await leadsOf(justBelowLine, [...near, ...budgets(300_000, 700_000, 1_200_000)]);
    expect(lead).toMatchObject({
      projectIds: near.map(({ id }) => id),
      inputs: [{ value: '199万元，为标准200万元的99.5%' }, { value: '190万元，为标准200万元的95%' }],
      peers: { words: '2026年1月1日至12月31日开远市教育局的政府采购（货物）', count: 5 },
    });
    expect(lead!.sentence).toContain('5个载明预算的货物项目中，2个预算低于标准而相差不超过5%');
    expect(lead!.peers.spread.map(({ count }) => count)).toEqual([2, 1, 0, 2, 0]);
  });

  it('holds construction against the amount from which it must be tendered', async () => {
    const works = [3_999_999, 3_800_000, 900_000, 800_000, 700_000].map((estimate) =>
      deal({ track: 'construction', method: 'open_tender', category: 'works', budget: null, estimate }),
    );
    const [lead] = await leadsOf(justBelowLine, works);
    expect(lead?.projectIds).toEqual([works[0]!.id, works[1]!.id]);
    expect(lead?.sentence).toContain('《必须招标的工程项目规定》');
  });

  it.each<[string, number[]]>([
    ['one budget alone lies there', [1_990_000, 300_000, 300_000, 300_000, 300_000]],
    ['a budget at the line is tendered', [2_000_000, 1_990_000, 300_000, 300_000, 300_000]],
    ['they lie further below', [1_899_999, 1_890_000, 300_000, 300_000, 300_000]],
    ['the buyer has too few budgets to compare with', [1_990_000, 1_980_000, 300_000, 300_000]],
  ])('is not told where %s', async (_why, amounts) => {
    expect(await leadsOf(justBelowLine, budgets(...amounts))).toEqual([]);
  });

  it('does not add up years', async () => {
    const other = deal({ budget: 1_990_000, bidding: { called: '2025-12-30' } });
    expect(await leadsOf(justBelowLine, [other, ...budgets(1_990_000, 1, 1, 1, 1)])).toEqual([]);
  });
});
