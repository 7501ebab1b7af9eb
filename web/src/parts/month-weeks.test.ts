import { describe, expect, it } from 'vitest';

import { monthWeeks } from './month-weeks.ts';

describe('a month as weeks', () => {
  it('puts 1 November 2026, a Sunday, into the seventh place', () => {
    expect(monthWeeks('2026-11')[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
  });

  it('has 29 February in a leap year and no more', () => {
    const days = monthWeeks('2028-02')
      .flat()
      .filter((day) => day !== null);
    expect(days.at(-1)).toBe('2028-02-29');
    expect(days).toHaveLength(29);
  });

  it('fills four whole weeks when a February of 28 days begins on a Monday', () => {
    expect(monthWeeks('2027-02')).toHaveLength(4);
    expect(monthWeeks('2027-02').flat()).not.toContain(null);
  });
});
