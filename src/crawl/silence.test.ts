import { describe, expect, it } from 'vitest';

import { addDays, dayNumber } from '../model/day.ts';
import { isTooLong, silenceOf } from './silence.ts';

/** Every day a working day. */
const everyDay = (from: string, to: string) => dayNumber(to) - dayNumber(from);
const daily = Array.from({ length: 30 }, (_, i) => addDays('2026-02-01', i));
const weekly = Array.from({ length: 20 }, (_, i) => addDays('2025-10-20', i * 7));

describe('a column that shows nothing new', () => {
  it('every day for a month may be silent for a working week', () => {
    expect(isTooLong(silenceOf(daily, '2026-03-07', everyDay)!)).toBe(false);
    expect(isTooLong(silenceOf(daily, '2026-03-08', everyDay)!)).toBe(true);
  });

  it('once a week is not silent after ten days, and is after fifteen', () => {
    const last = weekly.at(-1)!;
    expect(isTooLong(silenceOf(weekly, addDays(last, 14), everyDay)!)).toBe(false);
    expect(silenceOf(weekly, addDays(last, 15), everyDay)).toEqual({ newest: last, workdays: 15, normal: 14 });
    expect(isTooLong(silenceOf(weekly, addDays(last, 15), everyDay)!)).toBe(true);
  });

  it('with a dozen days of history or fewer cannot be called silent', () => {
    expect(silenceOf(daily.slice(0, 12), '2026-06-01', everyDay)?.normal).toBeNull();
  });

  it('in a year without a calendar is not judged', () => {
    expect(silenceOf(daily, '2026-03-30', () => null)).toBeNull();
  });

  it('is measured in working days: a long holiday is no silence', () => {
    const holiday = (from: string, to: string) =>
      everyDay(from, to) - (from <= '2026-03-02' && to > '2026-03-10' ? 8 : 0);
    expect(isTooLong(silenceOf(daily, '2026-03-12', holiday)!)).toBe(false);
  });
});
