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

const answer = (...cases: unknown[]) => judgeCaseFile({ cases }, calendar);
const judge = (...cases: unknown[]) => {
  const { verdicts, refused } = answer(...cases);
  if (refused[0] !== undefined) throw refused[0];
  return verdicts;
};
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
    [
      'a time that is none',
      { ...publicity, notices: [{ ...publicity.notices[0], publishedAt: '昨天' }] },
      'A1',
      'notices.0.publishedAt',
    ],
    ['an unknown kind', { ...publicity, notices: [{ ...publicity.notices[0], kind: 7 }] }, 'A1', 'notices.0.kind'],
    ['an unknown coverage', { ...publicity, coverage: 'most' }, 'A1', 'coverage'],
    ['a negative amount', { ...publicity, project: { ...tender, estimate: -1 } }, 'A1', 'project.estimate'],
    ['a wrong policy', { ...publicity, policy: { rollover: 'no' } }, 'A1', 'policy.rollover'],
    ['a period without length', { ...period, rule: 'UNKNOWN', length: null }, 'B1', 'length'],
    ['neither kind of case', { id: 'C1' }, 'C1', 'project'],
    ['no object', 7, '第 1 个案例', 'project'],
  ])('%s is answered with the case and the key', (_what, one, label, key) => {
    const error = refusal(one);
    expect(error.message).toContain(label);
    expect(error.facts).toMatchObject({ case: label, key });
    expect(error.advice).toMatch(/请/);
  });

  it('does not keep the other cases from being judged', () => {
    const { verdicts, refused } = answer({ ...publicity, id: 'A0', coverage: 'most' }, publicity);
    expect(verdicts.map((v) => v.id)).toEqual(['A1']);
    expect(refused.map((e) => e.facts['case'])).toEqual(['A0']);
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

describe('other ways of writing the same', () => {
  const said = (part: object) => {
    const { verdicts, remarks, refused } = answer({ ...publicity, ...part });
    if (refused[0] !== undefined) throw refused[0];
    return { ...verdicts[0]!, remarks };
  };
  const [published, awarded] = publicity.notices as [object, object];

  it('takes a period from the rule in force where the case does not repeat it', () => {
    const bare = { id: 'B1', rule: period.rule, start: period.start, end: period.end };
    expect(judge(bare)[0]).toMatchObject({ verdict: 'compliant', computed: { earliestAllowed: '2024-03-21' } });
    expect(judge({ ...bare, end: null })[0]).toMatchObject({ verdict: 'undetermined', codes: ['PENDING'] });
  });

  it('reads lots as numbers or objects, candidates as objects with ranks, amounts and regions as text', () => {
    const candidates = [
      { rank: 2, name: '乙公司' },
      { rank: 1, name: '甲公司' },
    ];
    const { verdict, remarks } = said({
      project: { ...tender, estimate: '6000000', city: 532502, lots: [{ id: 1 }, 2] },
      policy: { localHolidays: 'ignore' },
      notices: [
        { ...published, lots: [1, 2], candidates },
        { ...awarded, lots: [1, 2], winners: ['甲公司'] },
      ],
    });
    expect({ verdict, remarks }).toEqual({ verdict: 'compliant', remarks: [] });
  });

  it('takes candidates by lot as one list a lot', () => {
    const lists = { 1: ['甲公司'], 2: ['乙公司'] };
    const { verdict, lots } = said({
      project: { ...tender, lots: ['1', '2'] },
      notices: [
        { ...published, candidates: lists },
        { ...awarded, publishedAt: '2024-11-25', lots: ['1'], winner: '甲公司' },
        { ...awarded, id: 'n3', publishedAt: '2024-11-25', lots: ['2'], winner: '甲公司' },
      ],
    });
    expect(verdict).toBe('violation');
    expect(lots).toEqual({ 1: 'compliant', 2: 'violation' });
  });

  it('judges by the tender notice’s day, else the first notice’s, where the project names none', () => {
    const project = { ...tender, on: undefined, estimate: 3_000_000 };
    const early = { id: 'n0', title: '招标公告', source: 'yn_ggzy', kind: 'tender', publishedAt: '2018-05-31' };
    expect(said({ project }).verdict).toBe('not_applicable');
    expect(said({ project, notices: [published, awarded, early] }).verdict).not.toBe('not_applicable');
  });

  it('takes one word or one for each site for the coverage; a gap at one is a gap', () => {
    const of = (coverage: unknown) => said({ coverage, notices: [awarded] }).codes;
    expect(of({ yn_ggzy: 'complete', hh_finance: 'complete' })).toEqual(['MISSING_PUBLICITY']);
    expect(of({ yn_ggzy: 'partial', hh_finance: 'complete' })).toEqual(['COVERAGE_GAP']);
    expect(of(undefined)).toEqual(['COVERAGE_GAP']);
    expect(said({ coverage: undefined }).remarks[0]).toContain('coverage');
  });

  it('counts a letter that bears its own date only', () => {
    const letter = { id: 'n3', title: '中标通知书', source: 'yn_ggzy', eventDate: '2024-11-16' };
    const { codes, remarks } = said({ notices: [published, letter, awarded] });
    expect(codes).toEqual(['PERIOD_TOO_SHORT', 'AWARD_LETTER_BEFORE_END']);
    expect(remarks[0]).toContain('publishedAt');
  });

  it('takes switches written with dots, and declared days under their usual names', () => {
    expect(said({ policy: { 'localRule.to': '2017-12-31' } }).verdict).toBe('undetermined');
    const days = { declaredLocalDays: ['2024-11-18'], localHolidays: 'restDay' };
    expect(said({ policy: days }).verdict).toBe('violation');
  });

  it('reads the title where it does not know the kind, and says so', () => {
    const { codes, remarks } = said({
      notices: [published, { ...awarded, kind: 'winner', publishedAt: '2024-11-16' }],
    });
    expect(codes).toEqual(['PERIOD_TOO_SHORT']);
    expect(remarks).toEqual([expect.stringContaining('“winner”不是认识的公告种类，改按标题判断')]);
  });

  it('takes a correction whose effect is unknown for one of which it is not known', () => {
    const correction = {
      id: 'c',
      title: '更正公告',
      source: 'a',
      kind: 'correction',
      corrects: 'n1',
      material: 'unknown',
    };
    const notices = [
      published,
      { ...correction, publishedAt: '2024-11-18' },
      { ...awarded, publishedAt: '2024-11-20' },
    ];
    const { codes, remarks } = said({ notices, policy: { localHolidays: 'ignore' } });
    expect({ codes, remarks }).toEqual({ codes: ['CORRECTION_MATERIALITY_UNKNOWN'], remarks: [] });
  });

  it('lets a publicity period run through its last day and over rest days, as the publicity check does', () => {
    const publicised = (rule: string, start: string, end: string, policy = {}) => {
      const { verdict, computed } = judge({ id: 'B2', rule, start, end, policy })[0]!;
      return { verdict, ...computed };
    };
    // Wednesday 6 March 2024: the third day is Saturday, extended to Monday 11 March.
    expect(publicised('TB-CAND-3D', '2024-03-06', '2024-03-11')).toEqual({
      verdict: 'violation',
      earliestAllowed: '2024-03-12',
    });
    expect(publicised('KY-GP-3D', '2024-03-06', '2024-03-12').verdict).toBe('compliant');
    expect(publicised('TB-CAND-3D', '2024-03-06', '2024-03-10', { rollover: false }).verdict).toBe('compliant');
    expect(publicised('GP-SS-5WD', '2024-03-04', '2024-03-11')).toEqual({
      verdict: 'violation',
      earliestAllowed: '2024-03-12',
    });
    expect(publicised('TB-CAND-3D', '2026-12-29', '2027-01-01')).toEqual({ verdict: 'violation' });
  });

  it('says of a field it does not know that it was not used', () => {
    const { remarks } = said({ weather: 'rain', notices: [{ ...published, stamped: true }, awarded] });
    expect(remarks).toEqual(
      ['weather 不是认识的字段，没有用于核查', 'notices.0.stamped 不是认识的字段，没有用于核查'].map((remark) =>
        expect.stringContaining(remark),
      ),
    );
  });
});
