import { describe, expect, it } from 'vitest';

import { candidate, facts, judged, notice, result, sentenceOf, singleSource, tender } from './test-facts.ts';

// 2024-03-04 is a Monday: the third day is Thursday 03-07, the earliest lawful result Friday 03-08.
const monday = (resultDay: string) => judged(facts([candidate('2024-03-04'), result(resultDay)]));

describe('候选人公示三日', () => {
  it('is kept by a result on the day after the third day', () => {
    expect(monday('2024-03-08')).toEqual({
      verdict: 'compliant',
      codes: ['OK'],
      severity: 'none',
      rule: 'TB-CAND-3D',
      computed: {
        anchor: '2024-03-04',
        nominalLastDay: '2024-03-07',
        lastDay: '2024-03-07',
        earliestResultDate: '2024-03-08',
        resultDate: '2024-03-08',
      },
    });
  });

  it('is one day short when the result comes on the third day: minor', () => {
    expect(monday('2024-03-07')).toMatchObject({
      verdict: 'violation',
      codes: ['PERIOD_TOO_SHORT'],
      severity: 'minor',
    });
  });

  it('is two days short when the result comes on the second day: major', () => {
    expect(monday('2024-03-06')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], severity: 'major' });
  });

  it('does not exist when both come on one day: critical', () => {
    expect(monday('2024-03-04')).toMatchObject({ codes: ['SAME_DAY'], severity: 'critical' });
  });

  it('comes too late when the result is first: critical, and P stays the day of publicity', () => {
    expect(monday('2024-03-01')).toMatchObject({
      codes: ['RESULT_BEFORE_PUBLICITY'],
      severity: 'critical',
      computed: { anchor: '2024-03-04', resultDate: '2024-03-01' },
    });
  });

  it('counts weekends inside the period', () => {
    expect(judged(facts([candidate('2024-03-08'), result('2024-03-12')])).verdict).toBe('compliant');
  });

  it('is extended when its last day is a rest day: the result must wait, minor', () => {
    // Wednesday 03-06: third day Saturday 03-09, extended to Monday 03-11.
    const on = (day: string) => judged(facts([candidate('2024-03-06'), result(day)]));
    expect(on('2024-03-10')).toMatchObject({ codes: ['ROLLOVER_NOT_OBSERVED'], severity: 'minor' });
    expect(on('2024-03-11')).toMatchObject({ codes: ['ROLLOVER_NOT_OBSERVED'], severity: 'minor' });
    expect(on('2024-03-12')).toMatchObject({ verdict: 'compliant' });
    expect(on('2024-03-09')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], severity: 'minor' });
  });

  it('is not extended when the operator has switched the extension off', () => {
    const given = facts([candidate('2024-03-06'), result('2024-03-10')]);
    expect(judged(given, { rollover: false })).toMatchObject({
      verdict: 'compliant',
      computed: { lastDay: '2024-03-09' },
    });
  });

  it('ends with the earliest of result, award letter and contract, letter and contract by their own dates', () => {
    const given = facts([
      candidate('2024-03-04'),
      result('2024-03-11'),
      notice('award_letter', '2024-03-11', { eventDate: '2024-03-06' }),
      notice('contract', '2024-03-12', { eventDate: '2024-03-07' }),
    ]);
    expect(judged(given)).toMatchObject({
      codes: ['PERIOD_TOO_SHORT', 'AWARD_LETTER_BEFORE_END', 'CONTRACT_BEFORE_END'],
      severity: 'major',
      computed: { resultDate: '2024-03-06' },
    });
  });

  it('takes letter and contract without a date of their own by their publication', () => {
    const given = facts([candidate('2024-03-04'), notice('award_letter', '2024-03-07')]);
    expect(judged(given).codes).toEqual(['PERIOD_TOO_SHORT', 'AWARD_LETTER_BEFORE_END']);
  });

  it('does not name the letter when it was written after the period', () => {
    const given = facts([candidate('2024-03-04'), result('2024-03-07'), notice('award_letter', '2024-03-08')]);
    expect(judged(given).codes).toEqual(['PERIOD_TOO_SHORT']);
  });
});

describe('单一来源公示五个工作日', () => {
  const award = (day: string) =>
    judged(
      facts([notice('single_source', '2024-09-26'), result(day)], { project: { ...singleSource, on: '2024-09-26' } }),
    );

  it('ends on the fifth working day, worked Sundays counted and holidays not', () => {
    expect(award('2024-10-10')).toMatchObject({ verdict: 'compliant', computed: { lastDay: '2024-10-09' } });
  });

  it('is one working day short on its last day: minor', () => {
    expect(award('2024-10-09')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], severity: 'minor' });
  });

  it('counts what is missing in working days: a result in the holiday misses two', () => {
    expect(award('2024-10-05')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], severity: 'major' });
  });

  it('is not kept by a candidate notice', () => {
    const given = facts([candidate('2024-09-01'), result('2024-10-10')], { project: singleSource });
    expect(judged(given).codes).toEqual(['MISSING_PUBLICITY']);
  });
});

describe('the period a page states', () => {
  const stated = (statedPeriod: object, resultDay: string) =>
    judged(facts([candidate('2024-05-06', { statedPeriod }), result(resultDay)]));

  it('is too short when it counts the day of publication, even if the result waited', () => {
    expect(stated({ from: '2024-05-06', to: '2024-05-08' }, '2024-05-10')).toMatchObject({
      codes: ['STATED_PERIOD_TOO_SHORT'],
      severity: 'minor',
    });
  });

  it('binds when it promises more', () => {
    expect(stated({ to: '2024-05-13' }, '2024-05-13')).toMatchObject({
      codes: ['RESULT_BEFORE_STATED_END'],
      severity: 'minor',
    });
    expect(stated({ to: '2024-05-13' }, '2024-05-14').verdict).toBe('compliant');
  });

  it('is in order when it ends on the third day', () => {
    expect(stated({ to: '2024-05-09' }, '2024-05-10').verdict).toBe('compliant');
  });

  it('moves the start when it begins later than the publication', () => {
    expect(stated({ from: '2024-05-07', to: '2024-05-10' }, '2024-05-10')).toMatchObject({
      codes: ['PERIOD_TOO_SHORT'],
      computed: { anchor: '2024-05-07' },
    });
  });

  it('does not move the start when it begins before the publication', () => {
    expect(stated({ from: '2024-05-05', to: '2024-05-09' }, '2024-05-10').computed.anchor).toBe('2024-05-06');
  });

  it('in working days ends on the n-th working day after P', () => {
    const given = (day: string) =>
      judged(facts([candidate('2024-05-16', { statedPeriod: { workdays: 3 } }), result(day)]));
    expect(given('2024-05-21').codes).toEqual(['RESULT_BEFORE_STATED_END']);
    expect(given('2024-05-22').verdict).toBe('compliant');
  });

  it('in days ends on the n-th day after P', () => {
    expect(stated({ days: 2 }, '2024-05-10').codes).toEqual(['STATED_PERIOD_TOO_SHORT']);
    expect(stated({ days: 3 }, '2024-05-10').verdict).toBe('compliant');
    expect(stated({ days: 5 }, '2024-05-11').codes).toEqual(['RESULT_BEFORE_STATED_END']);
  });

  it('is doubtful when it ends on the morning of the third day', () => {
    expect(stated({ from: '2024-05-06 09:00', to: '2024-05-09 09:00' }, '2024-05-10')).toMatchObject({
      verdict: 'undetermined',
      codes: ['HOUR_COUNT_AMBIGUOUS'],
      severity: 'info',
      computed: { lastDay: '2024-05-09', resultDate: '2024-05-10' },
    });
  });

  it('passes for the whole day from noon on', () => {
    expect(stated({ to: '2024-05-09 11:59' }, '2024-05-10').verdict).toBe('undetermined');
    expect(stated({ to: '2024-05-09 12:00' }, '2024-05-10').verdict).toBe('compliant');
    expect(stated({ to: '2024-05-09 17:00' }, '2024-05-10').verdict).toBe('compliant');
  });

  it('leaves a result that came too early a violation, whatever the hour', () => {
    expect(stated({ to: '2024-05-09 09:00' }, '2024-05-09').codes).toEqual(['PERIOD_TOO_SHORT']);
  });
});

describe('a stated period that cannot be meant', () => {
  // Published Monday 2024-05-06, result Friday 05-10: lawful by the publication alone.
  const given = (from: string | null, to: string | null, resultDay = '2024-05-10', more = {}) =>
    facts([candidate('2024-05-06', { statedPeriod: { from, to, ...more } }), result(resultDay)]);

  it.each([
    ['begins in the wrong year', '2025-05-06', '2025-05-09'],
    ['begins and ends in last year', '2023-05-06', '2023-05-09'],
    ['ends a year early', '2024-05-06', '2023-05-09'],
    ['names only an end, of last year', null, '2023-05-09'],
    ['begins a month early', '2024-04-06', '2024-04-09'],
    ['ends before it begins', '2024-05-09', '2024-05-06'],
    ['ends in the wrong year', '2024-05-06', '2025-05-09'],
  ])('accuses nobody where it %s', (_, from, to) => {
    expect(judged(given(from, to))).toMatchObject({
      verdict: 'compliant',
      codes: ['OK'],
      computed: { anchor: '2024-05-06', lastDay: '2024-05-09' },
    });
  });

  it('is the usual slip over New Year, and the count runs from the publication', () => {
    const over = facts([
      candidate('2024-12-30', { statedPeriod: { from: '2024-12-30', to: '2024-01-03' } }),
      result('2025-01-06'),
    ]);
    expect(judged(over)).toMatchObject({ verdict: 'compliant', computed: { lastDay: '2025-01-02' } });
  });

  it('is named in the sentence, with what was not counted by', () => {
    expect(sentenceOf(given('2025-05-06', '2025-05-09'))).toContain(
      '所载公示期“2025年5月6日至2025年5月9日”自相矛盾或与发布日期不合，疑为误写，未据以计算',
    );
    expect(sentenceOf(given('2024-05-06', '2024-05-09'))).not.toContain('误写');
  });

  it('excuses no result that came too early by the publication', () => {
    expect(judged(given('2025-05-06', '2025-05-09', '2024-05-09')).codes).toEqual(['PERIOD_TOO_SHORT']);
  });

  it('leaves the number of days that the page promises beside it', () => {
    expect(judged(given('2025-05-06', null, '2024-05-10', { days: 5 })).codes).toEqual(['RESULT_BEFORE_STATED_END']);
  });

  it('is not one that was over when the page went up some days late: that left no day to object', () => {
    expect(judged(given('2024-05-01', '2024-05-04')).codes).toEqual(['STATED_PERIOD_TOO_SHORT']);
  });

  it('is not one of a correction that reprints a start of long ago with a later end', () => {
    const extended = facts([
      candidate('2024-05-06', { id: 'a', statedPeriod: { from: '2024-05-06', to: '2024-06-06' } }),
      notice('correction', '2024-06-05', {
        corrects: 'a',
        material: false,
        statedPeriod: { from: '2024-05-06', to: '2024-06-12' },
      }),
      result('2024-06-11'),
    ]);
    expect(judged(extended).codes).toEqual(['RESULT_BEFORE_STATED_END']);
  });
});

describe('times', () => {
  it('count by their Shanghai date alone', () => {
    const given = (at: string | number) => judged(facts([candidate(at), result('2024-03-08')])).computed.anchor;
    expect(given('2024-03-04 23:50:00')).toBe('2024-03-04');
    expect(given('2024-03-04T16:30:00Z')).toBe('2024-03-05');
    expect(given(1709568000000)).toBe('2024-03-05');
  });

  it('that cannot be read are named with their notice and key', () => {
    expect(() => judged(facts([candidate('昨天', { id: 'x1' })]))).toThrow(/p1 x1 的 publishedAt/);
    expect(() => judged(facts([], { project: { ...tender, on: '某日' } }))).toThrow(/project\.on/);
  });
});

describe('outside the years of the calendar', () => {
  const late = (at: string, day: string) =>
    judged(facts([candidate(at), result(day)], { project: { ...tender, on: '2026-12-01' } }));

  it('nothing is guessed: undetermined, with what can be said', () => {
    expect(late('2026-12-29', '2027-01-03')).toEqual({
      verdict: 'undetermined',
      codes: ['CALENDAR_MISSING'],
      severity: 'info',
      rule: 'TB-CAND-3D',
      computed: { anchor: '2026-12-29', nominalLastDay: '2027-01-01', resultDate: '2027-01-03' },
    });
  });

  it('a violation that needs no calendar stays one', () => {
    expect(late('2027-03-01', '2027-03-01').codes).toEqual(['SAME_DAY']);
    expect(late('2027-03-01', '2027-03-03')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], severity: 'major' });
  });
});

describe('what happens before a result', () => {
  it('is pending, with the dates so far', () => {
    expect(judged(facts([candidate('2024-03-04')]))).toEqual({
      verdict: 'undetermined',
      codes: ['PENDING'],
      severity: 'info',
      rule: 'TB-CAND-3D',
      computed: {
        anchor: '2024-03-04',
        nominalLastDay: '2024-03-07',
        lastDay: '2024-03-07',
        earliestResultDate: '2024-03-08',
      },
    });
  });

  it('is pending without dates where there is no publicity either', () => {
    expect(judged(facts([notice('tender', '2024-03-01')]))).toMatchObject({ codes: ['PENDING'], computed: {} });
  });

  it('ignores what was published after the day of judging', () => {
    const given = facts([candidate('2024-03-04'), result('2024-03-06')], { asOf: '2024-03-05' });
    expect(judged(given).codes).toEqual(['PENDING']);
    expect(judged({ ...given, asOf: '2024-03-06' }).codes).toEqual(['PERIOD_TOO_SHORT']);
  });

  it('is nothing to judge once the round was terminated or failed', () => {
    for (const kind of ['terminated', 'failed'] as const) {
      expect(judged(facts([candidate('2024-03-04'), notice(kind, '2024-03-06')]))).toMatchObject({
        verdict: 'not_applicable',
        codes: ['NOT_APPLICABLE', 'TERMINATED'],
        severity: 'none',
        computed: {},
      });
    }
  });

  it('goes on when publicity follows a stale termination', () => {
    expect(judged(facts([notice('terminated', '2024-03-01'), candidate('2024-03-04')])).codes).toEqual(['PENDING']);
  });

  it('is neither stopped nor restarted by a suspension', () => {
    const given = facts([candidate('2024-03-04'), notice('suspended', '2024-03-05'), result('2024-03-08')]);
    expect(judged(given).verdict).toBe('compliant');
  });

  it('does not save a result that was published before the termination', () => {
    const given = facts([candidate('2024-03-04'), result('2024-03-05'), notice('terminated', '2024-03-06')]);
    expect(judged(given).codes).toEqual(['PERIOD_TOO_SHORT']);
  });
});
