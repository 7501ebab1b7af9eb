import type { ComputedDates, CountedDay } from './finding.ts';

/** What the dates of a finding are of: a publicity period, the shortest or longest period of another duty, or none. */
export type Counts = 'publicity' | 'min' | 'max' | 'nothing';

/** How a rule counts, with its two ends in words where they are those of a duty beside the publicity periods. */
export interface Counted {
  counts: Counts;
  start: string | null;
  end: string | null;
}

export type DateName = keyof ComputedDates;

/** Names of a finding's dates for people, in the order in which a clerk works through them. */
export function dateNames({ counts, start, end }: Counted): [DateName, string][] {
  if (counts === 'publicity') return PUBLICITY;
  const of = (words: string | null): string => (words === null ? '' : `（${words}）`);
  return [
    ['anchor', `起算日${of(start)}`],
    ['earliestAllowed', '最早可在'],
    ['deadline', '至迟应在'],
    ['resultDate', `实际日期${of(end)}`],
  ];
}

const PUBLICITY: [DateName, string][] = [
  ['anchor', '公示起始日'],
  ['nominalLastDay', '期限届满日'],
  ['lastDay', '顺延后的届满日'],
  ['earliestResultDate', '结果最早可在'],
  ['earliestAllowed', '按所载公示期，结果最早可在'],
  ['resultDate', '结果日'],
];

/** What a day is in the counting, for people: the day on which it starts counts for nothing, under either. */
export function markName({ counts }: Pick<Counted, 'counts'>, { mark, n }: Pick<CountedDay, 'mark' | 'n'>): string {
  switch (mark) {
    case 'published':
      return counts === 'publicity' ? '公示起始' : '起算';
    case 'counted':
      return n === null ? '不计' : '计入';
    case 'extended':
      return '顺延';
    case 'result':
      return counts === 'publicity' ? '结果日' : '实际日期';
  }
}
