import { describe, expect, it } from 'vitest';

import { ago, inWords, isMonth, observedInWords, otherMonth } from './dates.ts';

describe('dates as people read them', () => {
  it('writes a stated day with its weekday', () => {
    expect(inWords('2026-11-20')).toBe('2026年11月20日 周五');
  });

  it('keeps the time where the site states one', () => {
    expect(inWords('2026-10-02T09:05')).toBe('2026年10月2日 周五 09:05');
  });

  it('shows what is no date as it came', () => {
    expect(inWords('另行通知')).toBe('另行通知');
  });

  it('shows an observed moment in Shanghai time, whatever the zone of the reader', () => {
    expect(observedInWords(Date.UTC(2026, 10, 19, 16, 30))).toBe('2026年11月20日 周五 00:30');
  });

  it('steps over the turn of the year in both directions', () => {
    expect(otherMonth('2026-12', 1)).toBe('2027-01');
    expect(otherMonth('2026-01', -1)).toBe('2025-12');
  });

  it('refuses a month that does not exist', () => {
    expect(isMonth('2026-13')).toBe(false);
    expect(isMonth('2026-09')).toBe(true);
  });

  it('counts whole days only from the second day', () => {
    const now = Date.UTC(2026, 10, 20);
    expect(ago(now - 47 * 3_600_000, now)).toBe('47小时前');
    expect(ago(now - 48 * 3_600_000, now)).toBe('2天前');
  });
});
