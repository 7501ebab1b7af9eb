import { describe, expect, it } from 'vitest';

import { siteTime } from './times.ts';

describe('times in the fields of sites', () => {
  it.each([
    ['2026-10-02T12:10:05', '2026-10-02T12:10'],
    ['2026-10-02T12:10:05.000+0800', '2026-10-02T12:10'],
    ['2026-10-02T23:10:05Z', '2026-10-03T07:10'],
    ['2026-03-16 09:30:00', '2026-03-16T09:30'],
    ['2026-03-16 00:00:00', '2026-03-16'],
    ['2016/12/16', '2016-12-16'],
    ['2016/1/6', '2016-01-06'],
    ['2026年3月16日', '2026-03-16'],
    ['2026年03月16日 09时30分', '2026-03-16T09:30'],
    ['20260316', '2026-03-16'],
    ['20260316093000', '2026-03-16T09:30'],
    [20260316093000, '2026-03-16T09:30'],
    [Date.UTC(2026, 2, 16, 1, 30), '2026-03-16T09:30'],
    [String(Date.UTC(2026, 2, 15, 16, 0)), '2026-03-16'],
  ])('%s is %s in Shanghai', (printed, expected) => {
    expect(siteTime(printed)).toBe(expected);
  });

  it('an empty field is no time', () => {
    expect(siteTime('')).toBeNull();
    expect(siteTime(null)).toBeNull();
    expect(siteTime(undefined)).toBeNull();
  });

  it.each(['/', '待定', '2026-02-30', '2026-13-01', '20261316', '2026-03-16 25:00:00', 9_999_999_999_999])(
    '%s is named as unreadable, not guessed',
    (printed) => {
      expect(siteTime(printed)).toBeUndefined();
    },
  );
});
