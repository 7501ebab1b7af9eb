import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays } from '../model/day.ts';
import { countedDays, countPeriod, daysMissing, earliestResultDate } from './counting.ts';
import type { Period } from './counting.ts';
import { calendar } from './test-facts.ts';

const threeDays: Period = { length: 3, unit: 'calendar' };
const fiveWorkingDays: Period = { length: 5, unit: 'workday' };

/** Walks one day at a time; knows only whether a day rests. */
function walk(period: Period, anchor: string, rollover: boolean): { nominal: string; last: string } {
  let day = anchor;
  let counted = 0;
  while (counted < period.length) {
    day = addDays(day, 1);
    if (period.unit === 'calendar' || !calendar.isRest(day)) counted++;
  }
  const nominal = day;
  while (rollover && calendar.isRest(day)) day = addDays(day, 1);
  return { nominal, last: day };
}

const allDays = Array.from({ length: 4018 }, (_, i) => addDays('2016-01-01', i));

describe('counting a period', () => {
  it('agrees with walking, for three calendar days from every day of 2016–2026', () => {
    for (const anchor of allDays.slice(0, -5)) {
      const counted = countPeriod(threeDays, anchor, calendar, true);
      const walked = walk(threeDays, anchor, true);
      expect([counted.nominalLastDay, counted.lastDay]).toEqual([walked.nominal, walked.last]);
    }
  });

  it('agrees with walking, for five working days from every day of 2016–2026', () => {
    for (const anchor of allDays.slice(0, -10)) {
      const counted = countPeriod(fiveWorkingDays, anchor, calendar, true);
      expect(counted.lastDay).toBe(walk(fiveWorkingDays, anchor, true).last);
      expect(counted.nominalLastDay).toBe(counted.lastDay);
    }
  });

  it('agrees with walking, for any length, unit and extension', () => {
    const anyPeriod = fc.record({
      length: fc.integer({ min: 1, max: 40 }),
      unit: fc.constantFrom<Period['unit']>('calendar', 'workday'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...allDays.slice(0, -100)), anyPeriod, fc.boolean(), (anchor, period, rollover) => {
        const walked = walk(period, anchor, rollover);
        expect(countPeriod(period, anchor, calendar, rollover)).toEqual({
          anchor,
          nominalLastDay: walked.nominal,
          lastDay: walked.last,
        });
      }),
    );
  });

  it('misses as many days as lie from the result to the nominal last day, both included', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allDays.slice(0, -100)),
        fc.constantFrom(threeDays, fiveWorkingDays),
        fc.integer({ min: 1, max: 15 }),
        (anchor, period, later) => {
          const result = addDays(anchor, later);
          const { nominal } = walk(period, anchor, false);
          let missing = 0;
          for (let day = result; day <= nominal; day = addDays(day, 1)) {
            if (period.unit === 'calendar' || !calendar.isRest(day)) missing++;
          }
          expect(daysMissing(period, result, nominal, calendar)).toBe(missing);
        },
      ),
    );
  });

  it('does not count the day of publication (民法典第二百零一条)', () => {
    expect(countPeriod(threeDays, '2024-03-04', calendar, true).nominalLastDay).toBe('2024-03-07');
  });

  it('extends a last day that is a rest day to the next working day (民法典第二百零三条)', () => {
    expect(countPeriod(threeDays, '2024-03-06', calendar, true).lastDay).toBe('2024-03-11');
  });

  it('does not extend over a worked Sunday (调休)', () => {
    expect(countPeriod(threeDays, '2024-02-15', calendar, true).lastDay).toBe('2024-02-18');
  });

  it('leaves the extension out when the operator has switched it off', () => {
    expect(countPeriod(threeDays, '2024-03-06', calendar, false).lastDay).toBe('2024-03-09');
  });

  it('gives the day after the last day as the earliest for a result', () => {
    expect(earliestResultDate(countPeriod(threeDays, '2024-03-04', calendar, true))).toBe('2024-03-08');
  });

  it('leaves the last day open where the calendar does not reach', () => {
    expect(countPeriod(threeDays, '2026-12-29', calendar, true)).toEqual({
      anchor: '2026-12-29',
      nominalLastDay: '2027-01-01',
      lastDay: null,
    });
    expect(countPeriod(fiveWorkingDays, '2026-12-29', calendar, true).nominalLastDay).toBeNull();
    expect(countPeriod(fiveWorkingDays, '2015-12-29', calendar, true).nominalLastDay).toBeNull();
  });
});

describe('the small calendar', () => {
  it('shows publication, each counted day, the extension and the result', () => {
    const counted = countPeriod(threeDays, '2024-03-06', calendar, true);
    expect(countedDays(threeDays, counted, '2024-03-09', calendar)).toEqual([
      { day: '2024-03-06', mark: 'published', n: null, why: '周三', rest: false },
      { day: '2024-03-07', mark: 'counted', n: 1, why: '周四', rest: false },
      { day: '2024-03-08', mark: 'counted', n: 2, why: '周五', rest: false },
      { day: '2024-03-09', mark: 'counted', n: 3, why: '周六', rest: true },
      { day: '2024-03-09', mark: 'result', n: null, why: '周六', rest: true },
      { day: '2024-03-10', mark: 'extended', n: null, why: '周日', rest: true },
      { day: '2024-03-11', mark: 'extended', n: null, why: '周一', rest: false },
    ]);
  });

  it('lists rest days inside a working-day period without a number', () => {
    const counted = countPeriod(fiveWorkingDays, '2024-09-26', calendar, true);
    const days = countedDays(fiveWorkingDays, counted, null, calendar);
    expect(days.filter((d) => d.n !== null).map((d) => d.day)).toEqual([
      '2024-09-27',
      '2024-09-29',
      '2024-09-30',
      '2024-10-08',
      '2024-10-09',
    ]);
    expect(days.find((d) => d.day === '2024-10-03')).toMatchObject({ mark: 'counted', n: null, why: '国庆节' });
  });

  it('shows a result alone where there was no publicity', () => {
    expect(countedDays(threeDays, null, '2024-03-09', calendar).map((d) => d.mark)).toEqual(['result']);
  });
});
