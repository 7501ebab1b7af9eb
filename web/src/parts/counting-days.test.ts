import { describe, expect, it } from 'vitest';

import type { FindingReply } from '../../../src/api/schemas.ts';
import { countingDays } from './counting-days.ts';

type Day = FindingReply['days'][number];
const day = (at: string, mark: Day['mark'], n: number | null = null, rest = false): Day => ({
  day: at,
  mark,
  n,
  rest,
  why: rest ? '国庆节' : '周三',
});

const counted: FindingReply['counted'] = { counts: 'publicity', start: null, end: null };

const finding = {
  counted,
  days: [
    day('2026-09-29', 'published'),
    day('2026-09-30', 'counted', 1),
    day('2026-10-01', 'counted', 2, true),
    day('2026-10-01', 'result', null, true),
  ],
  computed: { earliestResultDate: '2026-10-09' },
};

describe('the counting on a calendar', () => {
  it('shows the months from publication to the earliest day for the result', () => {
    expect(countingDays(finding).months).toEqual(['2026-09', '2026-10']);
  });

  it('leaves a day of the period its number when the result fell on it', () => {
    const marks = countingDays(finding)
      .byDay.get('2026-10-01')
      ?.marks.map(({ words }) => words);
    expect(marks).toEqual(['第2日', '结果日']);
  });

  it('marks the earliest day for the result although the judgement does not list it', () => {
    expect(countingDays(finding).byDay.get('2026-10-09')?.marks).toEqual([{ as: 'earliest', words: '最早可发' }]);
  });

  it('says that a rest day inside a period of working days is not counted', () => {
    const { byDay } = countingDays({
      counted,
      days: [day('2026-10-01', 'counted', null, true)],
      computed: {},
    });
    expect(byDay.get('2026-10-01')).toEqual({ marks: [{ as: 'skipped', words: '不计' }], rest: true, why: '国庆节' });
  });

  it('has no month where nothing could be counted', () => {
    expect(countingDays({ counted, days: [], computed: {} }).months).toEqual([]);
  });

  it('of a contract that had to be signed in time calls neither day a publicity or a result', () => {
    const { byDay } = countingDays({
      counted: { counts: 'max', start: '合同签订', end: '合同公告发布' },
      days: [day('2026-10-12', 'published'), day('2026-10-13', 'counted', 1), day('2026-10-15', 'result')],
      computed: { anchor: '2026-10-12', deadline: '2026-10-13', resultDate: '2026-10-15' },
    });
    const words = [...byDay.values()].map(({ marks }) => marks.map((mark) => mark.words));
    expect(words).toEqual([['起算'], ['第1日', '至迟应在'], ['实际日期']]);
  });
});
