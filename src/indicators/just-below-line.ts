import { mustTenderLine } from '../compliance/must-tender.ts';
import { yuan } from '../compliance/rules/rule.ts';
import type { Dealing } from '../model/dealing.ts';
import { CATEGORY_NAMES } from '../model/notice-names.ts';
import type { OpenTenderLine } from '../model/policy.ts';
import { openTenderLine } from '../projects/thresholds.ts';
import { commonAgency, groupBy, inputOf, latest, percent, yearOf, yearWords } from './dealings.ts';
import type { Indicator, Measurement, Yardsticks } from './indicator.ts';

/** Budgets of one buyer that lie again and again just below the amount from which a tender is a duty. */
export const justBelowLine: Indicator = {
  id: 'JUST_BELOW_LINE',
  version: '1',
  title: '预算多次略低于招标数额标准',
  because:
    '预算集中在标准之下，可能是为了不必招标而定，也可能是预算本来如此；《中华人民共和国政府采购法》第二十八条、《中华人民共和国招标投标法》第四条禁止化整为零或者以其他方式规避招标',
  formula: ({ justBelowLine: { within, atLeast } }) =>
    `预算（或估算价、最高限价）÷ 当时的标准；标准：政府采购货物、服务为公开招标数额标准，工程为必须招标的标准；同一采购人、同一预算年度、同一类别中，不少于${atLeast}次低于标准而相差不超过标准的${percent(within)}的提示`,
  enabled: ({ justBelowLine: { enabled } }) => enabled,
  minPeers: ({ justBelowLine: { minPeers } }) => minPeers,
  steps: [
    { from: 0, label: '标准的50%以下' },
    { from: 0.5, label: '50%–80%' },
    { from: 0.8, label: '80%–95%' },
    { from: 0.95, label: '95%–100%' },
    { from: 1, label: '达到标准' },
  ],
  measure(dealings, by) {
    const placed = dealings.flatMap((dealing) => place(dealing, by.openTenderLines) ?? []);
    const groups = groupBy(placed, ({ dealing }) => {
      const year = yearOf(dealing);
      return year === null ? null : [year, dealing.track, dealing.category].join('|');
    });
    return [...groups.values()].flatMap((group) => measureGroup(group, by));
  },
};

interface Placed {
  dealing: Dealing;
  budget: number;
  line: number;
  source: string;
}

/** A dealing beside the line of its day; null where either is not known. */
function place(dealing: Dealing, lines: readonly OpenTenderLine[]): Placed | null {
  const { track, category, regionCode, budget, ceiling, estimate, bidding } = dealing;
  const amount = estimate ?? budget ?? ceiling;
  const on = bidding.called;
  if (amount === null || on === null) return null;
  if (track === 'construction' || (track === 'procurement' && category === 'works')) {
    if (category !== 'works' && category !== 'goods' && category !== 'services') return null;
    const { basis, ...line } = mustTenderLine(on);
    return { dealing, budget: amount, line: line[category], source: basis };
  }
  if (track !== 'procurement' || (category !== 'goods' && category !== 'services')) return null;
  const line = openTenderLine(on, regionCode, lines);
  if (line === null) return null;
  return { dealing, budget: amount, line: line[category], source: `${line.source}${line.checked ? '' : '，未核对'}` };
}

function measureGroup(group: readonly Placed[], { settings }: Yardsticks): Measurement[] {
  const { atLeast, within } = settings.justBelowLine;
  const near = group.filter(({ budget, line }) => budget < line && budget >= line * (1 - within));
  const { purchaser, track, category, bidding } = group[0]!.dealing;
  const year = yearOf(group[0]!.dealing)!;
  const what = CATEGORY_NAMES[category!];
  const peers = `${yearWords(year)}${purchaser ?? ''}的${track === 'construction' ? '建设工程招标' : '政府采购'}（${what}）`;
  const dealings = near.map(({ dealing }) => dealing);
  return group.map((one) => ({
    peers,
    value: one.budget / one.line,
    draft:
      near.length >= atLeast && one === near[0]
        ? () => ({
            key: ['JUST_BELOW_LINE', year, bidding.buyer, track, category].join('|'),
            purchaser,
            agency: commonAgency(dealings),
            projectIds: dealings.map(({ id }) => id),
            day: latest(dealings),
            sentence: `${purchaser ?? ''}${year}年${group.length}个载明预算的${what}项目中，${near.length}个预算低于标准而相差不超过${percent(within)}（标准${yuan(one.line)}，${one.source}）。`,
            inputs: near.map(({ dealing, budget, line }) =>
              inputOf(dealing, `${yuan(budget)}，为标准${yuan(line)}的${percent(budget / line)}`),
            ),
          })
        : null,
  }));
}
