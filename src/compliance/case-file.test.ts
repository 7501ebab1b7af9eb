import { describe, expect, it } from 'vitest';

import { CorrectInput } from '../model/errors.ts';
import { judgeCaseFile } from './case-file.ts';
import { calendar, tender } from './test-facts.ts';

const publicity = {
  id: 'A1',
  title: 'anything',
  project: tender,
  policy: {},
  coverage: 'complete',
  asOf: null,
  notices: [
    { id: 'n1', title: '中标候选人公示', source: 'yn_ggzy', publishedAt: '2024-11-15' },
    { id: 'n2', title: '中标结果公示', source: 'yn_ggzy', publishedAt: '2024-11-19' },
  ],
};

const period = {
  id: 'B1',
  rule: 'TB-BID-20D',
  start: '2024-03-01',
  end: '2024-03-21',
  kind: 'min',
  length: 20,
  unit: 'calendar',
};

const judge = (...cases: unknown[]) => judgeCaseFile({ cases }, calendar);
const withPolicy = (policy: object) => judge({ ...publicity, policy })[0]!;

function refusal(one: unknown): CorrectInput {
  try {
    judge(one);
  } catch (error) {
    if (error instanceof CorrectInput) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('a file of cases', () => {
  it('is answered one line a case, in order', () => {
    expect(judge(publicity, period)).toEqual([
      {
        id: 'A1',
        verdict: 'undetermined',
        codes: ['LOCAL_HOLIDAY_DEPENDENT'],
        severity: 'info',
        rule: 'TB-CAND-3D',
        computed: {
          anchor: '2024-11-15',
          nominalLastDay: '2024-11-18',
          lastDay: '2024-11-18',
          earliestResultDate: '2024-11-19',
          resultDate: '2024-11-19',
        },
      },
      { id: 'B1', verdict: 'compliant', rule: 'TB-BID-20D', computed: { earliestAllowed: '2024-03-21' } },
    ]);
  });

  it('tells kinds from titles', () => {
    const early = {
      ...publicity,
      notices: [publicity.notices[0], { ...publicity.notices[1], publishedAt: '2024-11-16' }],
    };
    expect(judge(early)[0]?.codes).toEqual(['PERIOD_TOO_SHORT']);
  });

  it('honours each case’s policy', () => {
    expect(withPolicy({ localHolidays: 'ignore' }).verdict).toBe('compliant');
    expect(withPolicy({ localHolidays: 'restDay' }).verdict).toBe('violation');
    expect(withPolicy({ localHolidays: 'restDay', rollover: false }).verdict).toBe('compliant');
    expect(withPolicy({ enabled: { 'TB-CAND-3D': false } }).verdict).toBe('not_applicable');
  });

  it('takes days off that the case declares', () => {
    const notices = [
      { ...publicity.notices[0], publishedAt: '2025-11-14' },
      { ...publicity.notices[1], publishedAt: '2025-11-18' },
    ];
    const declared = (policy: object) => judge({ ...publicity, notices, policy })[0]?.codes;
    expect(declared({})).toEqual(['OK']);
    expect(declared({ localDays: ['2025-11-17 州庆'] })).toEqual(['LOCAL_HOLIDAY_DEPENDENT']);
    expect(declared({ localDays: [{ day: '2025-11-17', name: '州庆' }] })).toEqual(['LOCAL_HOLIDAY_DEPENDENT']);
  });

  it('can be judged by the calendar of an earlier day', () => {
    const notices = [
      { ...publicity.notices[0], publishedAt: '2019-04-29' },
      { ...publicity.notices[1], publishedAt: '2019-05-03' },
    ];
    const on = (policy: object) => judge({ ...publicity, notices, policy })[0]?.verdict;
    expect(on({})).toBe('violation');
    expect(on({ calendarBefore: 2019 })).toBe('compliant');
    expect(on({ calendarBefore: '2019-03-21' })).toBe('compliant');
    expect(on({ calendarBefore: '2019-03-22' })).toBe('violation');
    expect(() => on({ calendarBefore: 2010 })).toThrow(CorrectInput);
  });

  it('answers a period outside the calendar as such and goes on', () => {
    const late = { ...period, id: 'B2', unit: 'workday', start: '2026-12-28', end: '2027-03-01' };
    expect(judge(late, period)).toMatchObject([
      { verdict: 'undetermined', codes: ['CALENDAR_MISSING'] },
      { verdict: 'compliant' },
    ]);
  });
});

describe('bad input', () => {
  it.each([
    ['a missing project date', { ...publicity, project: { ...tender, on: undefined } }, 'A1', 'project.on'],
    [
      'a time that is none',
      { ...publicity, notices: [{ ...publicity.notices[0], publishedAt: '昨天' }] },
      'A1',
      'notices.0.publishedAt',
    ],
    [
      'an unknown kind',
      { ...publicity, notices: [{ ...publicity.notices[0], kind: 'winner' }] },
      'A1',
      'notices.0.kind',
    ],
    ['an unknown coverage', { ...publicity, coverage: 'most' }, 'A1', 'coverage'],
    ['a negative amount', { ...publicity, project: { ...tender, estimate: -1 } }, 'A1', 'project.estimate'],
    ['a wrong policy', { ...publicity, policy: { rollover: 'no' } }, 'A1', 'policy.rollover'],
    ['a period without length', { ...period, length: null }, 'B1', 'length'],
    ['neither kind of case', { id: 'C1' }, 'C1', 'project'],
    ['no object', 7, '第 1 个案例', 'project'],
  ])('%s is answered with the case and the key', (_what, one, label, key) => {
    const error = refusal(one);
    expect(error.message).toContain(label);
    expect(error.facts).toMatchObject({ case: label, key });
    expect(error.advice).toMatch(/请/);
  });

  it('says which values are allowed', () => {
    expect(refusal({ ...publicity, coverage: 'most' }).advice).toContain('complete 或 partial');
  });

  it('of another shape altogether is answered with the shape', () => {
    for (const parsed of [null, [], {}, { cases: 3 }]) {
      expect(() => judgeCaseFile(parsed, calendar)).toThrow(/cases/);
    }
  });
});
