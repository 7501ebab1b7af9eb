import { plainDay } from '../model/day-words.ts';
import { dayNumber } from '../model/day.ts';
import type { Dealing } from '../model/dealing.ts';
import { CATEGORY_NAMES, METHOD_NAMES, TRACK_NAMES } from '../model/notice-names.ts';
import { percent, yearOf, yearWords } from './dealings.ts';
import type { Indicator, Measurement } from './indicator.ts';

/** Supplier determined, candidates or result published on the very day on which bids were opened. */
export const decisionWithinDay: Indicator = {
  id: 'DECISION_WITHIN_DAY',
  version: '1',
  title: '开标（提交截止）当日即定标',
  because: '评审可以在一日内完成；同类项目很少如此的，可以看一看评审是否充分',
  formula: ({ decisionWithinDay: { rare } }) =>
    `确定供应商、候选人公示、结果公告三者中最早之日 − 开标（提交截止）之日；当日（0日）且同类中当日定标的不超过${percent(rare)}的提示`,
  enabled: ({ decisionWithinDay: { enabled } }) => enabled,
  minPeers: ({ decisionWithinDay: { minPeers } }) => minPeers,
  steps: [
    { from: 0, label: '当日' },
    { from: 1, label: '1日' },
    { from: 2, label: '2–3日' },
    { from: 4, label: '4–7日' },
    { from: 8, label: '8日以上' },
  ],
  measure: (dealings) => dealings.flatMap(measureOne),
  standsOut: (_value, { count, counts }, { decisionWithinDay: { rare } }) => counts[0]! <= count * rare,
};

function measureOne(dealing: Dealing): Measurement[] {
  const { id, name, track, method, category, purchaser, agency, bidding } = dealing;
  const { opened, decided } = bidding;
  const year = yearOf(dealing);
  if (year === null || opened === null || decided === null) return [];
  const days = dayNumber(decided) - dayNumber(opened);
  // A decision before the opening is a misprint or a misreading: it is not measured.
  if (days < 0) return [];
  const manner = method === null ? '' : METHOD_NAMES[method];
  return [
    {
      peers: `${yearWords(year)}${TRACK_NAMES[track]}${manner}${category === null ? '' : `（${CATEGORY_NAMES[category]}）`}载明开标与定标日期的项目`,
      value: days,
      draft:
        days === 0
          ? () => ({
              key: ['DECISION_WITHIN_DAY', id].join('|'),
              purchaser,
              agency,
              projectIds: [id],
              day: decided,
              sentence: `${name}于${plainDay(opened)}开标（提交截止），当日即确定供应商或发布候选人、结果。`,
              inputs: [
                { name: '开标（提交截止）', value: plainDay(opened), projectId: id },
                { name: '确定供应商、候选人公示或结果公告', value: plainDay(decided), projectId: id },
              ],
            })
          : null,
    },
  ];
}
