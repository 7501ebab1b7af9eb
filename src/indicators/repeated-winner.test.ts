import { describe, expect, it } from 'vitest';

import { repeatedWinner } from './repeated-winner.ts';
import { deal, leadsOf } from './test-dealings.ts';

const won = (purchaser: string, ...winners: string[]) =>
  winners.map((name) => deal({ purchaser, lots: [{ winners: [name], amount: 50_000 }] }));
const mixed = ['甲', '乙', '丙', '丁'].flatMap((buyer) =>
  won(`${buyer}局`, 'A公司', 'B公司', 'C公司', 'D公司', 'E公司'),
);

describe('同一供应商在同一采购人处重复中标（成交）', () => {
  it('is told where one supplier wins most of a buyer’s awards, beside other buyers', async () => {
    const own = won('开远市教育局', 'A公司', 'A 公司', 'A公司', 'B公司', 'C公司');
    const [lead, ...more] = await leadsOf(repeatedWinner, [...own, ...mixed]);
    expect(more).toEqual([]);
    expect(lead).toMatchObject({
      sentence: '开远市教育局2026年政府采购共5次中标（成交），其中A公司3次，占60%。',
      projectIds: own.slice(0, 3).map(({ id }) => id),
      peers: { words: '2026年1月1日至12月31日政府采购领域中标（成交）不少于5次的各采购人', count: 5 },
    });
    expect(lead!.peers.spread.map(({ count }) => count)).toEqual([4, 0, 1, 0]);
  });

  it.each<[string, string[]]>([
    ['the buyer awarded too little to speak of a share', ['A公司', 'A公司', 'A公司', 'A公司']],
    ['twice is not often', ['A公司', 'A公司', 'B公司', 'C公司', 'D公司']],
    ['others won more together', ['A公司', 'A公司', 'A公司', 'B公司', 'C公司', 'D公司', 'E公司']],
    ['a branch is another supplier', ['A公司', 'A公司', 'A公司开远分公司', 'B公司', 'C公司']],
  ])('is not told where %s', async (_why, winners) => {
    expect(await leadsOf(repeatedWinner, [...won('开远市教育局', ...winners), ...mixed])).toEqual([]);
  });

  it('says nothing where too few other buyers can be compared', async () => {
    const own = won('开远市教育局', 'A公司', 'A公司', 'A公司', 'A公司', 'A公司');
    expect(await leadsOf(repeatedWinner, [...own, ...mixed.slice(5)])).toEqual([]);
  });

  it('counts each lot', async () => {
    const lots = ['1', '2', '3', '4', '5'].map((lot) => ({ lot, winners: ['A公司'] }));
    const [lead] = await leadsOf(repeatedWinner, [deal({ lots }), ...mixed]);
    expect(lead).toMatchObject({ sentence: expect.stringContaining('共5次') as string, projectIds: { length: 1 } });
  });
});
