import { markName } from '../../../src/model/date-names.ts';
import type { LocalDay } from '../../../src/model/day.ts';
import type { FindingReply } from '../../../src/api/schemas.ts';

export interface DayMark {
  as: 'published' | 'counted' | 'skipped' | 'extended' | 'earliest' | 'latest' | 'result';
  words: string;
}

/** All that a finding says of one day. The day of the result may also be a day of the period: it then has both marks. */
export interface DayOfCounting {
  marks: DayMark[];
  rest: boolean;
  why: string | null;
}

/** A finding's days by day, and the months (`YYYY-MM`) on which they lie, in order. */
export function countingDays(finding: Pick<FindingReply, 'days' | 'computed' | 'counted'>): {
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
  const { counted, computed } = finding;
  const results = finding.days.filter(({ mark }) => mark === 'result');
  for (const day of finding.days) if (day.mark !== 'result') add(day.day, markOf(counted, day), day);
  if (finding.days.length > 0) {
    const earliest = counted.counts === 'publicity' ? computed.earliestResultDate : computed.earliestAllowed;
    const words = counted.counts === 'publicity' ? '最早可发' : '最早可在';
    if (earliest !== undefined) add(earliest, { as: 'earliest', words }, null);
    if (computed.deadline !== undefined) add(computed.deadline, { as: 'latest', words: '至迟应在' }, null);
  }
  for (const day of results) add(day.day, { as: 'result', words: markName(counted, day) }, day);
  return { byDay, months: [...new Set([...byDay.keys()].map((day) => day.slice(0, 7)))].sort() };
}

function markOf(counted: FindingReply['counted'], day: FindingReply['days'][number]): DayMark {
  switch (day.mark) {
    case 'counted':
      // In a period of working days a rest day lies inside the period and is not counted.
      return day.n === null
        ? { as: 'skipped', words: markName(counted, day) }
        : { as: 'counted', words: `第${day.n}日` };
    default:
      return { as: day.mark, words: markName(counted, day) };
  }
}
