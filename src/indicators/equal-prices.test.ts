import { describe, expect, it } from 'vitest';

import { equalPrices } from './equal-prices.ts';
import { deal, leadsOf, others } from './test-dealings.ts';

const bids = (...prices: (number | null)[]) => ({
  bids: prices.map((price, i) => ({ name: `第${i + 1}公司`, price })),
});
const quiet = others(10, { lots: [bids(90_000, 91_000, 92_000)] });

describe('同一标段（包）中不同供应商报价相同', () => {
  it('is told with every price of the lot', async () => {
    const own = deal({ name: '教学设备采购', lots: [{ lot: '2', ...bids(98_000.5, 98_000.5, 99_000) }] });
    const [lead, ...more] = await leadsOf(equalPrices, [own, ...quiet]);
    expect(more).toEqual([]);
    expect(lead).toMatchObject({
      sentence: '教学设备采购标段（包）2载明报价的3个供应商中，2个报价同为98000.5元。',
      inputs: [{ name: '第1公司' }, { name: '第2公司' }, { name: '第3公司', value: '99000元' }],
      peers: { words: '2026年1月1日至12月31日政府采购（货物）载有两个以上报价的标段（包）', count: 11 },
    });
    expect(lead!.peers.spread).toEqual([
      { label: '各不相同', count: 10, here: false },
      { label: '2个相同', count: 1, here: true },
      { label: '3个以上相同', count: 0, here: false },
    ]);
  });

  it.each([
    ['a fen apart', bids(98_000.01, 98_000.02, 99_000)],
    ['only one price is printed', bids(98_000, null, null)],
    ['the price is the budget: it was fixed', bids(800_000, 800_000)],
  ])('is not told where prices are %s', async (_why, lot) => {
    expect(await leadsOf(equalPrices, [deal({ lots: [lot] }), ...quiet])).toEqual([]);
  });

  it('does not compare one lot with another', async () => {
    const lots = [
      { lot: '1', ...bids(90_000, 91_000) },
      { lot: '2', ...bids(90_000, 92_000) },
    ];
    expect(await leadsOf(equalPrices, [deal({ lots }), ...quiet])).toEqual([]);
  });

  it('says nothing where too few lots print their prices', async () => {
    expect(await leadsOf(equalPrices, [deal({ lots: [bids(1000, 1000)] }), ...quiet.slice(2)])).toEqual([]);
  });
});
