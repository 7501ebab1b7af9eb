import type { BidLot } from '../model/bidding.ts';
import type { Dealing } from '../model/dealing.ts';
import { CATEGORY_NAMES, TRACK_NAMES } from '../model/notice-names.ts';
import { groupBy, yearOf, yearWords } from './dealings.ts';
import type { Indicator, Measurement } from './indicator.ts';

/** Bidders of one lot that ask the same price to the fen. */
export const equalPrices: Indicator = {
  id: 'EQUAL_PRICES',
  version: '1',
  title: '同一标段（包）中不同供应商报价相同',
  because:
    '《中华人民共和国招标投标法实施条例》第四十条第四项：不同投标人的投标文件异常一致或者投标报价呈规律性差异的，视为相互串通投标。报价相同本身不能证明投标文件异常一致，固定价格、政府定价的项目报价本应相同',
  formula: () =>
    '同一标段（包）中报价完全相同（精确到分）的供应商个数；两个以上相同的提示，报价等于预算或最高限价的（固定价格）除外',
  enabled: ({ equalPrices: { enabled } }) => enabled,
  minPeers: ({ equalPrices: { minPeers } }) => minPeers,
  steps: [
    { from: 0, label: '各不相同' },
    { from: 2, label: '2个相同' },
    { from: 3, label: '3个以上相同' },
  ],
  measure: (dealings) => dealings.flatMap((dealing) => dealing.bidding.lots.flatMap((lot) => measureLot(dealing, lot))),
};

function measureLot(dealing: Dealing, { lot, bids }: BidLot): Measurement[] {
  const { track, category, purchaser, agency, budget, ceiling, bidding } = dealing;
  const year = yearOf(dealing);
  const priced = bids.flatMap(({ name, price }) => (price === null ? [] : [{ name, fen: Math.round(price * 100) }]));
  if (year === null || priced.length < 2) return [];
  const same = [...groupBy(priced, ({ fen }) => String(fen)).values()].sort((a, b) => b.length - a.length)[0]!;
  const price = same[0]!.fen / 100;
  const alike = same.length > 1 && price !== budget && price !== ceiling;
  const where = lot === null ? '' : `标段（包）${lot}`;
  return [
    {
      peers: `${yearWords(year)}${TRACK_NAMES[track]}${category === null ? '' : `（${CATEGORY_NAMES[category]}）`}载有两个以上报价的标段（包）`,
      value: alike ? same.length : 1,
      draft: alike
        ? () => ({
            key: ['EQUAL_PRICES', dealing.id, lot ?? ''].join('|'),
            purchaser,
            agency,
            projectIds: [dealing.id],
            day: bidding.called ?? '',
            sentence: `${dealing.name}${where}载明报价的${priced.length}个供应商中，${same.length}个报价同为${price}元。`,
            inputs: priced.map(({ name, fen }) => ({ name, value: `${fen / 100}元`, projectId: null })),
          })
        : null,
    },
  ];
}
