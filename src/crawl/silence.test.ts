import { describe, expect, it } from 'vitest';

import { addDays, dayNumber } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
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

  it('at irregular times, on average every fifth working day, is not silent after 33, and is after a quarter', () => {
    // The pauses of a column of tenders of a county's size over ten months.
    const pauses = [1, 9, 2, 12, 4, 3, 19, 1, 1, 6, 8, 2, 5, 11, 1, 3, 7, 4, 15, 2, 1, 6, 3, 9, 2, 12, 1, 4, 5, 8];
    const days = after('2026-01-05', pauses);
    const last = days.at(-1)!;
    expect(isTooLong(silenceOf(days, addDays(last, 33), everyDay)!)).toBe(false);
    expect(isTooLong(silenceOf(days, addDays(last, 62), everyDay)!)).toBe(true);
  });

  it('on most days of a year, never silent for more than four, is silent after eight', () => {
    const pauses = Array.from({ length: 190 }, (_, i) => ([20, 60, 120].includes(i) ? 4 : i % 25 === 0 ? 2 : 1));
    const days = after('2026-01-05', pauses);
    const last = days.at(-1)!;
    expect(isTooLong(silenceOf(days, addDays(last, 8), everyDay)!)).toBe(false);
    expect(isTooLong(silenceOf(days, addDays(last, 9), everyDay)!)).toBe(true);
  });

  it('with a dozen days of history or fewer cannot be called silent', () => {
    expect(silenceOf(daily.slice(0, 12), '2026-06-01', everyDay)?.normal).toBeNull();
  });

  it('a few times a year cannot be called silent', () => {
    const sparse = Array.from({ length: 9 }, (_, i) => addDays('2025-03-01', i * 40));
    expect(silenceOf(sparse, '2026-12-31', everyDay)?.normal ?? null).toBeNull();
  });

  it('a dozen times in a year is doubted only after half a year: so little tells little', () => {
    const days = after('2025-12-01', [20, 3, 41, 12, 7, 30, 2, 18, 25, 9, 14, 36]);
    const silence = silenceOf(days, addDays(days.at(-1)!, 120), everyDay)!;
    expect(silence.normal).toBeGreaterThan(120);
    expect(isTooLong(silence)).toBe(false);
  });

  it('was silent as long last winter, and may be again', () => {
    const days = [
      ...daily.slice(0, 10),
      ...after(
        '2026-03-08',
        Array.from({ length: 40 }, () => 1),
      ),
    ];
    expect(silenceOf(days, '2026-05-30', everyDay)?.normal).toBeGreaterThanOrEqual(26);
  });

  it('in a year without a calendar is not judged', () => {
    expect(silenceOf(daily, '2026-03-30', () => null)).toBeNull();
  });

  it('is measured in working days: a long holiday is no silence', () => {
    const holiday = (from: string, to: string) =>
      everyDay(from, to) - (from <= '2026-03-02' && to > '2026-03-10' ? 8 : 0);
    expect(isTooLong(silenceOf(daily, '2026-03-12', holiday)!)).toBe(false);
  });

  it('comes by chance: of columns that go on as before hardly one in twenty is called silent in a year', () => {
    let said = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = chances(seed);
      const rate = [0.6, 0.3, 0.15, 0.08][seed % 4]!;
      const days: LocalDay[] = [];
      let silent = false;
      for (let day = 0; day < 650; day += 1) {
        const today = addDays('2024-01-01', day);
        if (chance() < rate) days.push(today);
        if (day > 400) silent ||= isTooLong(silenceOf(days, today, everyDay)!);
      }
      if (silent) said += 1;
    }
    expect(said).toBeLessThanOrEqual(3);
  });
});

function after(first: LocalDay, pauses: readonly number[]): LocalDay[] {
  const days = [first];
  for (const pause of pauses) days.push(addDays(days.at(-1)!, pause));
  return days;
}

/** Numbers in [0, 1), the same in every run (Park and Miller's generator). */
function chances(seed: number): () => number {
  let state = seed * 48_271;
  return () => (state = (state * 48_271) % 0x7fffffff) / 0x7fffffff;
}
