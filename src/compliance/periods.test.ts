import { describe, expect, it } from 'vitest';

import { ExtendCalendar } from '../model/errors.ts';
import { judgePeriod } from './periods.ts';
import { calendar } from './test-facts.ts';

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
