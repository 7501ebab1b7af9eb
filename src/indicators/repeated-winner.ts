import { yuan } from '../compliance/rules/rule.ts';
import type { Dealing } from '../model/dealing.ts';
import { TRACK_NAMES } from '../model/notice-names.ts';
import { nameKey } from '../notices/parties.ts';
import { commonAgency, groupBy, inputOf, latest, percent, yearOf, yearWords } from './dealings.ts';
import type { Indicator, Measurement, Yardsticks } from './indicator.ts';

/** One supplier that wins most of what a buyer awards in a year. */
export const repeatedWinner: Indicator = {
  id: 'REPEATED_WINNER',
  version: '1',
  title: '同一供应商在同一采购人处重复中标（成交）',
  because: '多次中标本身完全合法，也可能因为本地供应商少；与其他采购人相比明显集中的，可以看一看竞争是否充分',
  formula: ({ repeatedWinner: { atLeast, minAwards, share } }) =>
    `中标（成交）最多的供应商的次数 ÷ 该采购人同年同领域的全部次数（一个标段为一次）；全部次数不少于${minAwards}次，其中同一供应商不少于${atLeast}次且占${percent(share)}以上的提示`,
  enabled: ({ repeatedWinner: { enabled } }) => enabled,
  minPeers: ({ repeatedWinner: { minPeers } }) => minPeers,
  steps: [
    { from: 0, label: '25%以下' },
    { from: 0.25, label: '25%–50%' },
    { from: 0.5, label: '50%–75%' },
    { from: 0.75, label: '75%以上' },
  ],
  measure(dealings, by) {
    const groups = groupBy(dealings.flatMap(awardsOf), ({ dealing }) => {
      const year = yearOf(dealing);
      return year === null ? null : [year, dealing.track].join('|');
    });
    return [...groups.values()].flatMap((awards) => measureYear(awards, by));
  },
};

interface Award {
  dealing: Dealing;
  lot: string | null;
  winner: string;
  amount: number | null;
}

function awardsOf(dealing: Dealing): Award[] {
  return dealing.bidding.lots.flatMap(({ lot, winners, amount }) =>
    winners.length === 0 ? [] : [{ dealing, lot, winner: winners.join('、'), amount }],
  );
}

function measureYear(awards: readonly Award[], { settings }: Yardsticks): Measurement[] {
  const { atLeast, minAwards, share } = settings.repeatedWinner;
  if (awards.length < minAwards) return [];
  const wins = [...groupBy(awards, ({ winner }) => nameKey(winner)).values()].sort((a, b) => b.length - a.length)[0]!;
  const { purchaser, track, bidding } = awards[0]!.dealing;
  const year = yearOf(awards[0]!.dealing)!;
  const part = wins.length / awards.length;
  const dealings = [...new Set(wins.map(({ dealing }) => dealing))];
  const winner = wins[0]!.winner;
  return [
    {
      peers: `${yearWords(year)}${TRACK_NAMES[track]}领域中标（成交）不少于${minAwards}次的各采购人`,
      value: part,
      draft:
        wins.length >= atLeast && part >= share
          ? () => ({
              key: ['REPEATED_WINNER', year, bidding.buyer, track].join('|'),
              purchaser,
              agency: commonAgency(dealings),
              projectIds: dealings.map(({ id }) => id),
              day: latest(dealings),
              sentence: `${purchaser ?? ''}${year}年${TRACK_NAMES[track]}共${awards.length}次中标（成交），其中${winner}${wins.length}次，占${percent(part)}。`,
              inputs: wins.map(({ dealing, lot, amount }) =>
                inputOf(
                  dealing,
                  [lot === null ? '' : `标段（包）${lot}`, amount === null ? '金额未载明' : yuan(amount)]
                    .filter((part) => part !== '')
                    .join('，'),
                ),
              ),
            })
          : null,
    },
  ];
}
