import type { LocalDay } from '../../../src/model/day.ts';
import type { FindingReply } from '../../../src/api/schemas.ts';

export interface DayMark {
  as: 'published' | 'counted' | 'skipped' | 'extended' | 'earliest' | 'result';
  words: string;
}

/** All that a finding says of one day. The day of the result may also be a day of the period: it then has both marks. */
export interface DayOfCounting {
  marks: DayMark[];
  rest: boolean;
  why: string | null;
}

/** A finding's days by day, and the months (`YYYY-MM`) on which they lie, in order. */
export function countingDays(finding: Pick<FindingReply, 'days' | 'computed'>): {
  byDay: Map<LocalDay, DayOfCounting>;
  months: string[];
} {
  const byDay = new Map<LocalDay, DayOfCounting>();
  const add = (day: LocalDay, mark: DayMark, said: { rest: boolean; why: string } | null) => {
    const known = byDay.get(day) ?? { marks: [], rest: false, why: null };
    byDay.set(day, {
      marks: [...known.marks, mark],
      rest: said?.rest ?? known.rest,
      why: said?.why ?? known.why,
    });
  };
  const earliest = finding.computed.earliestResultDate;
  const results = finding.days.filter(({ mark }) => mark === 'result');
  for (const day of finding.days) if (day.mark !== 'result') add(day.day, markOf(day), day);
  if (earliest !== undefined) add(earliest, { as: 'earliest', words: '最早可发' }, null);
  for (const day of results) add(day.day, { as: 'result', words: '结果日' }, day);
  return { byDay, months: [...new Set([...byDay.keys()].map((day) => day.slice(0, 7)))].sort() };
}

function markOf({ mark, n }: FindingReply['days'][number]): DayMark {
  switch (mark) {
    case 'published':
      return { as: 'published', words: '公示发布' };
    case 'extended':
      return { as: 'extended', words: '顺延' };
    case 'result':
      return { as: 'result', words: '结果日' };
    case 'counted':
      // In a period of working days a rest day lies inside the period and is not counted.
      return n === null ? { as: 'skipped', words: '不计' } : { as: 'counted', words: `第${n}日` };
  }
}
