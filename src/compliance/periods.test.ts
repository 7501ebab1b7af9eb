import { describe, expect, it } from 'vitest';

import { ExtendCalendar } from '../model/errors.ts';
import { judgePeriod } from './periods.ts';
import { calendar, rawNational } from './test-facts.ts';

const days = (length: number) => ({ length, unit: 'calendar' as const });
const workdays = (length: number) => ({ length, unit: 'workday' as const });

describe('a minimum period', () => {
  it('is kept when the end event falls on the n-th day, the start day not counted', () => {
    expect(judgePeriod('min', days(20), '2024-03-01', '2024-03-21', calendar)).toEqual({
      verdict: 'compliant',
      earliestAllowed: '2024-03-21',
    });
  });

  it('is broken one day before', () => {
    expect(judgePeriod('min', days(20), '2024-03-01', '2024-03-20', calendar).verdict).toBe('violation');
  });

  it('is not prolonged over a rest day', () => {
    expect(judgePeriod('min', days(5), '2024-03-04', '2024-03-09', calendar).verdict).toBe('compliant');
  });

  it('in working days counts a worked Sunday and skips a holiday', () => {
    expect(judgePeriod('min', workdays(3), '2024-04-26', '2024-04-30', calendar).earliestAllowed).toBe('2024-04-30');
  });
});

describe('a maximum period', () => {
  it('runs to the next working day when its last day is a rest day', () => {
    expect(judgePeriod('max', days(30), '2024-01-11', '2024-02-18', calendar)).toEqual({
      verdict: 'compliant',
      deadline: '2024-02-18',
    });
  });

  it('is broken the day after', () => {
    expect(judgePeriod('max', days(30), '2024-01-11', '2024-02-19', calendar).verdict).toBe('violation');
  });

  it('in working days ends on the n-th working day', () => {
    expect(judgePeriod('max', workdays(2), '2024-05-09', '2024-05-13', calendar)).toEqual({
      verdict: 'violation',
      deadline: '2024-05-11',
    });
  });

  it('is not answered outside the years covered', () => {
    expect(() => judgePeriod('max', workdays(5), '2026-12-30', '2027-01-05', calendar)).toThrow(ExtendCalendar);
  });
});

describe('at the end of the calendar, what needs no calendar is answered', () => {
  // The calendar ends with 2026.
  it('a signing up to the thirtieth day is in time, whatever the holidays of January will be', () => {
    expect(judgePeriod('max', days(30), '2026-12-05', '2026-12-08', calendar)).toEqual({ verdict: 'compliant' });
    expect(judgePeriod('max', days(30), '2026-12-05', '2027-01-04', calendar)).toEqual({ verdict: 'compliant' });
    expect(() => judgePeriod('max', days(30), '2026-12-05', '2027-01-05', calendar)).toThrow(ExtendCalendar);
  });

  it('so many days are never more than as many working days', () => {
    expect(judgePeriod('max', workdays(2), '2026-12-30', '2027-01-01', calendar)).toEqual({ verdict: 'compliant' });
    expect(judgePeriod('min', workdays(3), '2026-12-30', '2027-01-01', calendar)).toEqual({ verdict: 'violation' });
    expect(() => judgePeriod('min', workdays(3), '2026-12-30', '2027-01-02', calendar)).toThrow(ExtendCalendar);
  });

  it('the publishing period of exactly one working day is not', () => {
    expect(() => judgePeriod('exact', workdays(1), '2026-12-31', '2027-01-04', calendar)).toThrow(ExtendCalendar);
  });
});

/** Every day of the years covered, and whether it rests, read from the notices by this test itself. */
function almanac(): { day: string; rest: boolean }[] {
  const national = rawNational as {
    notices: { holidays: { from: string; to: string }[]; worked: string[] }[];
  };
  const special = new Map<string, boolean>();
  const each = (from: string, to: string, visit: (day: string, weekday: number) => void): void => {
    for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
      visit(new Date(at).toISOString().slice(0, 10), new Date(at).getUTCDay());
    }
  };
  for (const { holidays, worked } of national.notices) {
    for (const { from, to } of holidays) each(from, to, (day) => special.set(day, true));
    for (const day of worked) special.set(day, false);
  }
  const all: { day: string; rest: boolean }[] = [];
  each('2016-01-01', '2026-12-31', (day, weekday) => {
    all.push({ day, rest: special.get(day) ?? (weekday === 0 || weekday === 6) });
  });
  return all;
}

/** The law read day by day: a counter that is stepped, no arithmetic. Null: the years covered end before the limit. */
function steppedLimit(all: { day: string; rest: boolean }[], from: number, kind: string, n: number, unit: string) {
  let at = from;
  for (let counted = 0; counted < n;) {
    at++;
    if (at >= all.length) return null;
    if (unit === 'calendar' || !all[at]!.rest) counted++;
  }
  while (kind === 'max' && all[at]!.rest) if (++at >= all.length) return null;
  return all[at]!.day;
}

describe('every day of 2016 to 2026', () => {
  const all = almanac();

  it.each([
    ['min', 3, 'calendar'],
    ['min', 20, 'calendar'],
    ['min', 3, 'workday'],
    ['min', 5, 'workday'],
    ['max', 30, 'calendar'],
    ['max', 2, 'workday'],
    ['max', 10, 'workday'],
    ['exact', 1, 'workday'],
  ] as const)('a period of %s %i %s ends where stepping through the days ends', (kind, length, unit) => {
    const wrong: string[] = [];
    all.forEach(({ day: start }, index) => {
      const limit = steppedLimit(all, index, kind, length, unit);
      if (limit === null) return;
      const before = new Date(Date.parse(limit) - 86_400_000).toISOString().slice(0, 10);
      const after = new Date(Date.parse(limit) + 86_400_000).toISOString().slice(0, 10);
      const verdict = (end: string) => judgePeriod(kind, { length, unit }, start, end, calendar).verdict;
      const on = judgePeriod(kind, { length, unit }, start, limit, calendar);
      const expected = { min: 'violation compliant', max: 'compliant violation', exact: 'violation violation' }[kind];
      if (
        (on.earliestAllowed ?? on.deadline) !== limit ||
        on.verdict !== 'compliant' ||
        `${verdict(before)} ${verdict(after)}` !== expected
      )
        wrong.push(start);
    });
    expect(wrong).toEqual([]);
    expect(all).toHaveLength(4018);
  });
});
