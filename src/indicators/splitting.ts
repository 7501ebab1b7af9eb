import { yuan } from '../compliance/rules/rule.ts';
import type { Dealing } from '../model/dealing.ts';
import { CATEGORY_NAMES } from '../model/notice-names.ts';
import { openTenderLine } from '../projects/thresholds.ts';
import { commonAgency, groupBy, inputOf, latest, worth, yearOf, yearWords } from './dealings.ts';
import type { Indicator, Measurement, Yardsticks } from './indicator.ts';

/** Purchases of one thing by one buyer in one year, each below the open-tender line, that together reach beyond it. */
export const splitting: Indicator = {
  id: 'SPLITTING',
  version: '1',
  title: '同名采购多次进行，单次低于、累计超过公开招标数额标准',
  because:
    '《中华人民共和国政府采购法实施条例》第二十八条：一个财政年度内将一个预算项目下的同一品目或者类别的货物、服务以公开招标以外的方式多次采购，累计超过公开招标数额标准的，属于化整为零规避公开招标，但项目预算调整或者经批准的除外。是否同一预算项目、是否经批准，公告看不出来',
  formula: ({ splitting: { atLeast } }) =>
    `累计金额 ÷ 公开招标数额标准；同一采购人、同一预算年度、同一类别（货物或服务），名称去除采购人、地区、年份、批次、序号后相同，以公开招标、邀请招标以外的方式采购，金额取成交金额，没有的取预算；不少于${atLeast}次、每次低于标准而累计超过标准的提示`,
  enabled: ({ splitting: { enabled } }) => enabled,
  minPeers: ({ splitting: { minPeers } }) => minPeers,
  steps: [
    { from: 0, label: '标准的25%以下' },
    { from: 0.25, label: '25%–50%' },
    { from: 0.5, label: '50%–75%' },
    { from: 0.75, label: '75%–100%' },
    { from: 1, label: '达到标准' },
  ],
  measure: (dealings, by) =>
    [...groupBy(dealings.filter(isSmallPurchase), sameThing).values()].flatMap((group) => measureGroup(group, by)),
};

function isSmallPurchase({ track, method, category, bidding }: Dealing): boolean {
  return (
    track === 'procurement' &&
    (category === 'goods' || category === 'services') &&
    method !== null &&
    method !== 'open_tender' &&
    method !== 'invited_tender' &&
    bidding.lots.some((lot) => lot.winners.length > 0)
  );
}

function sameThing(dealing: Dealing): string | null {
  const { subject } = dealing.bidding;
  const year = yearOf(dealing);
  return subject === null || year === null ? null : [year, dealing.category, subject].join('|');
}

function measureGroup(group: readonly Dealing[], { settings, openTenderLines }: Yardsticks): Measurement[] {
  const first = group[0]!;
  const year = yearOf(first)!;
  const category = first.category as 'goods' | 'services';
  const lines = new Set(
    group.map(({ bidding, regionCode }) => openTenderLine(bidding.called!, regionCode, openTenderLines)),
  );
  const [line] = lines;
  // The line changed during the year, or is not known: nothing to measure by.
  if (lines.size !== 1 || line == null) return [];
  const known = group.flatMap((dealing) => {
    const amount = worth(dealing);
    return amount === null ? [] : [{ dealing, amount }];
  });
  if (known.length === 0) return [];
  const limit = line[category];
  const sum = known.reduce((total, { amount }) => total + amount, 0);
  const suspicious =
    known.length >= settings.splitting.atLeast && sum > limit && known.every(({ amount }) => amount < limit);
  const dealings = known.map(({ dealing }) => dealing);
  const { purchaser, bidding } = first;
  return [
    {
      peers: `${yearWords(year)}各采购人以公开招标以外方式采购的${CATEGORY_NAMES[category]}，按采购人与品名归并（数额标准${yuan(limit)}）`,
      value: sum / limit,
      draft: suspicious
        ? () => ({
            key: ['SPLITTING', year, bidding.buyer, category, bidding.subject].join('|'),
            purchaser,
            agency: commonAgency(dealings),
            projectIds: dealings.map(({ id }) => id),
            day: latest(dealings),
            sentence: `${purchaser ?? ''}${year}年以公开招标以外的方式${known.length}次采购同名${CATEGORY_NAMES[category]}，每次低于${yuan(limit)}，累计${yuan(sum)}，超过公开招标数额标准（${line.source}${line.checked ? '' : '，未核对'}）。`,
            inputs: known.map(({ dealing, amount }) => inputOf(dealing, yuan(amount))),
          })
        : null,
    },
  ];
}
