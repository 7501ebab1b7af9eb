import { tz } from '@date-fns/tz';
import { format, isMatch } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dayFromNumber, dayNumber, dayOf, isLocalDay, momentOf } from './day.ts';

const SHANGHAI = { in: tz('Asia/Shanghai') };

describe('local days in Shanghai', () => {
  it('are those of the zone’s own rules, summer time of the eighties included', () => {
    const anyTime = fc.integer({ min: Date.UTC(1985, 0, 1), max: Date.UTC(2110, 0, 1) });
    fc.assert(
      fc.property(anyTime, (epoch) => {
        expect(dayOf(epoch)).toBe(format(epoch, 'yyyy-MM-dd', SHANGHAI));
        expect(momentOf(epoch)).toBe(format(epoch, "yyyy-MM-dd'T'HH:mm", SHANGHAI));
      }),
    );
  });

  it('begin at midnight there', () => {
    expect(momentOf(Date.UTC(2026, 2, 15, 15, 59, 59, 999))).toBe('2026-03-15T23:59');
    expect(momentOf(Date.UTC(2026, 2, 15, 16))).toBe('2026-03-16T00:00');
  });

  it('are numbered and named back', () => {
    fc.assert(fc.property(fc.integer({ min: -10_000, max: 60_000 }), (n) => dayNumber(dayFromNumber(n)) === n));
  });

  it('are real ones exactly where the calendar has them', () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const written = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), part(14), part(33))
      .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${month}-${day}`);
    fc.assert(fc.property(written, (text) => isLocalDay(text) === isMatch(text, 'yyyy-MM-dd')));
    for (const day of ['2024-02-29', '2000-02-29']) expect(isLocalDay(day)).toBe(true);
    for (const day of ['2023-02-29', '1900-02-29', '2024-13-01', '2024-1-01']) expect(isLocalDay(day)).toBe(false);
  });
});
