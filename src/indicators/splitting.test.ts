import { describe, expect, it } from 'vitest';

import { splitting } from './splitting.ts';
import { deal, leadsOf, others } from './test-dealings.ts';

const batches = (...awards: number[]) => awards.map((award) => deal({ award }));

describe('同名采购多次进行，单次低于、累计超过公开招标数额标准', () => {
  it('is told with every purchase, the sum, and the peers it was held against', async () => {
    const group = batches(900_000, 800_000, 500_000);
    const [lead, ...more] = await leadsOf(splitting, [...group, ...others(12)]);
    expect(more).toEqual([]);
    expect(lead).toMatchObject({
      indicator: 'SPLITTING',
      purchaser: '开远市教育局',
      projectIds: group.map(({ id }) => id),
      peers: { count: 13 },
    });
    expect(lead!.sentence).toBe(
      '开远市教育局2026年以公开招标以外的方式3次采购同名货物，每次低于200万元，累计220万元，超过公开招标数额标准（《中央预算单位政府集中采购目录及标准（2020年版）》（国办发〔2019〕55号）；云南省公开招标数额标准未核实，未核对）。',
    );
    expect(lead!.inputs.map(({ value }) => value)).toEqual(['90万元', '80万元', '50万元']);
    expect(lead!.peers.words).toBe(
      '2026年1月1日至12月31日各采购人以公开招标以外方式采购的货物，按采购人与品名归并（数额标准200万元）',
    );
    expect(lead!.peers.spread.find(({ here }) => here)).toEqual({ label: '达到标准', count: 1, here: true });
    expect(JSON.stringify(lead)).not.toContain('违规');
  });

  it.each<[string, ReturnType<typeof deal>[]]>([
    ['the sum only reaches the line (超过 leaves the figure itself out)', batches(1_000_000, 1_000_000)],
    ['one of them was big enough to be tendered by itself', batches(2_000_000, 300_000)],
    ['they were tendered openly', batches(1_900_000, 900_000).map((d) => ({ ...d, method: 'open_tender' as const }))],
    ['there was only one', batches(1_999_999)],
    [
      'they lie in two budget years',
      [deal({ award: 1_900_000, bidding: { called: '2025-12-31' } }), deal({ award: 1_900_000 })],
    ],
    [
      'other things were bought',
      [deal({ award: 1_900_000 }), deal({ award: 1_900_000, bidding: { subject: '教学楼空调' } })],
    ],
    ['they are works', batches(1_900_000, 900_000).map((d) => ({ ...d, category: 'works' as const }))],
    ['no line is known for the day', [2, 3].map(() => deal({ award: 1_900_000, bidding: { called: '2019-03-01' } }))],
    ['nothing came of them', [1, 2].map(() => deal({ lots: [], budget: 1_900_000 }))],
  ])('is not told where %s', async (_why, group) => {
    expect(await leadsOf(splitting, [...group, ...others(12)])).toEqual([]);
  });

  it('says nothing where there are too few peers', async () => {
    const group = batches(1_500_000, 1_500_000);
    expect(await leadsOf(splitting, [...group, ...others(8)])).toEqual([]);
    expect(await leadsOf(splitting, [...group, ...others(9)])).toHaveLength(1);
  });

  it('is not computed where the operator has switched it off', async () => {
    const group = batches(1_500_000, 1_500_000);
    const off = await leadsOf(splitting, [...group, ...others(12)], (s) => (s.splitting.enabled = false));
    expect(off).toEqual([]);
  });
});
