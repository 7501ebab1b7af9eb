import { describe, expect, it } from 'vitest';

import { DEFAULT_POLICY } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import { judgeLife } from './judge-life.ts';
import { unknownLocalDays } from './local-calendar.ts';
import { event, life, purchase } from './statutes/test-life.ts';
import { calendar } from './test-facts.ts';

/** A contract notice after its signing: two working days (政府采购法实施条例第五十条). */
function published(signed: string, on: string, city: string, localHolidays: Policy['localHolidays']): string {
  const project = { ...purchase, city, on: signed };
  const given = life(project, [event('contract', on, { signed })], { asOf: on });
  const found = judgeLife(given, { ...DEFAULT_POLICY, localHolidays }, calendar);
  const judgement = found.find(({ rule }) => rule === 'GP-CONTRACT-PUB-2WD')!;
  return [judgement.verdict, ...judgement.codes, judgement.computed.deadline].join(' ');
}

describe('a deadline over the prefecture’s own days off', () => {
  it('that only the national calendar breaks accuses nobody: 2024-11-18 and 19 were 州庆', () => {
    // Signed Thursday 14 November: Friday and Monday nationally, Friday and Wednesday the 20th where 州庆 rests.
    expect(published('2024-11-14', '2024-11-20', '532502', 'undetermined')).toBe(
      'undetermined LOCAL_HOLIDAY_DEPENDENT 2024-11-18',
    );
    expect(published('2024-11-14', '2024-11-20', '532502', 'ignore')).toBe('violation DEADLINE_MISSED 2024-11-18');
    expect(published('2024-11-14', '2024-11-20', '532502', 'restDay')).toBe('compliant OK 2024-11-20');
    expect(published('2024-11-14', '2024-11-20', '530111', 'undetermined')).toBe(
      'violation DEADLINE_MISSED 2024-11-18',
    );
  });

  it('is missed under both calendars a day later', () => {
    expect(published('2024-11-14', '2024-11-21', '532502', 'undetermined')).toBe(
      'violation DEADLINE_MISSED 2024-11-18',
    );
  });

  it('of a year whose days are not known has the grace of as many days as there may have been', () => {
    expect(published('2025-11-14', '2025-11-20', '532502', 'undetermined')).toBe(
      'undetermined LOCAL_HOLIDAY_DEPENDENT 2025-11-18',
    );
    expect(published('2025-11-14', '2025-11-21', '532502', 'undetermined')).toBe(
      'violation DEADLINE_MISSED 2025-11-18',
    );
  });

  it('has no grace in months without a local holiday', () => {
    expect(published('2025-03-03', '2025-03-06', '532502', 'undetermined')).toBe(
      'violation DEADLINE_MISSED 2025-03-05',
    );
  });

  it('counts at most two unknown days in summer and two in November', () => {
    expect(unknownLocalDays(calendar, '2025-06-01', '2025-06-30')).toBe(0);
    expect(unknownLocalDays(calendar, '2025-06-30', '2025-07-01')).toBe(2);
    expect(unknownLocalDays(calendar, '2025-08-31', '2025-11-15')).toBe(4);
    expect(unknownLocalDays(calendar, '2024-07-01', '2024-11-30')).toBe(0);
    expect(unknownLocalDays(calendar, '2025-11-22', '2026-07-01')).toBe(4);
  });
});
