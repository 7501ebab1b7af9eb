import { describe, expect, it } from 'vitest';

import type { FactNotice } from '../model/facts.ts';
import { judgeProject } from './judge.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { calendar, candidate, facts, judged, localWorks, notice, result, tender } from './test-facts.ts';

describe('absence of publicity', () => {
  it('is a critical violation where every site was completely crawled', () => {
    expect(judged(facts([result('2024-03-08')]))).toEqual({
      verdict: 'violation',
      codes: ['MISSING_PUBLICITY'],
      severity: 'critical',
      rule: 'TB-CAND-3D',
      computed: {},
    });
  });

  it('is never concluded over a gap in coverage', () => {
    expect(judged(facts([result('2024-03-08')], { coverage: 'partial' }))).toMatchObject({
      verdict: 'undetermined',
      codes: ['COVERAGE_GAP'],
      severity: 'info',
      computed: {},
    });
  });

  it('is not cured by a medium that is not designated', () => {
    const given = facts([candidate('2024-03-01', { designated: false }), result('2024-03-08')]);
    expect(judged(given).codes).toEqual(['MISSING_PUBLICITY', 'NON_DESIGNATED_MEDIUM']);
    expect(judged({ ...given, coverage: 'partial' }).codes).toEqual(['COVERAGE_GAP']);
  });

  it('is not cured by publicity of another round', () => {
    const given = facts([candidate('2024-01-08', { round: 1 }), result('2024-02-28', { round: 2 })]);
    expect(judged(given).codes).toEqual(['MISSING_PUBLICITY', 'ROUND_MISMATCH']);
  });
});

describe('several media', () => {
  it('start the period with the first designated one', () => {
    const given = facts([
      candidate('2024-03-05', { source: 'b' }),
      candidate('2024-03-04', { source: 'a' }),
      candidate('2024-03-01', { designated: false }),
      result('2024-03-08'),
    ]);
    expect(judged(given)).toMatchObject({ verdict: 'compliant', computed: { anchor: '2024-03-04' } });
  });
});

describe('rounds', () => {
  const second = (day: string) =>
    judged(
      facts([
        candidate('2024-01-08', { round: 1 }),
        notice('terminated', '2024-01-12', { round: 1 }),
        candidate('2024-02-26', { round: 2 }),
        result(day, { round: 2 }),
      ]),
    );

  it('are judged by the latest alone', () => {
    expect(second('2024-02-28')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], computed: { anchor: '2024-02-26' } });
    expect(second('2024-03-01').verdict).toBe('compliant');
  });

  it('are told from the title where the facts do not say', () => {
    const given = facts([
      notice(undefined, '2024-01-08', { title: '某工程中标候选人公示' }),
      notice(undefined, '2024-02-28', { title: '某工程中标结果公示（二次）' }),
    ]);
    expect(judged(given).codes).toEqual(['MISSING_PUBLICITY', 'ROUND_MISMATCH']);
  });

  it('are not opened by 重新公示', () => {
    const given = facts([
      notice(undefined, '2024-03-04', { title: '某工程中标候选人公示' }),
      notice(undefined, '2024-03-06', { title: '某工程中标候选人公示（重新公示）' }),
      notice(undefined, '2024-03-12', { title: '某工程中标结果公示' }),
    ]);
    expect(judged(given)).toMatchObject({ verdict: 'compliant', computed: { anchor: '2024-03-06' } });
  });
});

describe('a correction', () => {
  const corrected = (material: boolean | null, resultDay: string, more: Partial<FactNotice> = {}) =>
    judged(
      facts([
        candidate('2024-06-03', { id: 'n1' }),
        notice('correction', '2024-06-05', { corrects: 'n1', material, ...more }),
        result(resultDay),
      ]),
    );

  it('of the candidates restarts the period', () => {
    expect(corrected(true, '2024-06-12')).toMatchObject({ codes: ['OK'], computed: { anchor: '2024-06-05' } });
    expect(corrected(true, '2024-06-07')).toMatchObject({
      codes: ['PERIOD_TOO_SHORT', 'CORRECTION_RESTART'],
      severity: 'major',
    });
  });

  it('of a telephone number does not', () => {
    expect(corrected(false, '2024-06-07')).toMatchObject({ codes: ['OK'], computed: { anchor: '2024-06-03' } });
  });

  it('of unknown content is undetermined where it matters, with the dates without it', () => {
    expect(corrected(null, '2024-06-07')).toMatchObject({
      verdict: 'undetermined',
      codes: ['CORRECTION_MATERIALITY_UNKNOWN'],
      severity: 'info',
      computed: { anchor: '2024-06-03', lastDay: '2024-06-06', resultDate: '2024-06-07' },
    });
  });

  it('of unknown content changes nothing where both readings agree', () => {
    expect(corrected(null, '2024-06-12')).toMatchObject({ codes: ['OK'], computed: { anchor: '2024-06-03' } });
    expect(corrected(null, '2024-06-06')).toMatchObject({ codes: ['PERIOD_TOO_SHORT'], severity: 'minor' });
  });

  it('published after the result does not count', () => {
    expect(corrected(true, '2024-06-04')).toMatchObject({
      codes: ['PERIOD_TOO_SHORT'],
      computed: { anchor: '2024-06-03' },
    });
    const later = facts([
      candidate('2024-06-03', { id: 'n1' }),
      notice('correction', '2024-06-08', { corrects: 'n1', material: true }),
      result('2024-06-07'),
    ]);
    expect(judged(later).verdict).toBe('compliant');
  });

  it('of another notice does not touch the publicity', () => {
    const of = (title: string) =>
      judged(
        facts([
          candidate('2024-06-03'),
          notice('correction', '2024-06-05', { title, material: true }),
          result('2024-06-07'),
        ]),
      ).verdict;
    expect(of('某工程中标结果公示更正公告')).toBe('compliant');
    expect(of('某工程中标候选人公示更正公告')).toBe('violation');
  });

  it('that does not say what it corrects, while publicity runs, is weighed both ways', () => {
    const given = facts([
      candidate('2024-06-03'),
      notice('correction', '2024-06-05', { title: '某工程更正公告' }),
      result('2024-06-07'),
    ]);
    expect(judged(given).codes).toEqual(['CORRECTION_MATERIALITY_UNKNOWN']);
  });

  it('with its own stated period replaces the first one', () => {
    expect(corrected(true, '2024-06-12', { statedPeriod: { to: '2024-06-13' } }).codes).toEqual([
      'RESULT_BEFORE_STATED_END',
      'CORRECTION_RESTART',
    ]);
  });

  it('does not make the first stated period too short afterwards', () => {
    const given = facts([
      candidate('2024-06-03', { id: 'n1', statedPeriod: { to: '2024-06-06' } }),
      notice('correction', '2024-06-05', { corrects: 'n1', material: true }),
      result('2024-06-12'),
    ]);
    expect(judged(given).verdict).toBe('compliant');
  });
});

describe('another candidate list under an ordinary title', () => {
  const twice = (second: string[]) =>
    judged(
      facts([
        candidate('2024-06-03', { candidates: ['甲', '乙'] }),
        candidate('2024-06-05', { candidates: second }),
        result('2024-06-07'),
      ]),
    );

  it('may be a changed result: undetermined where that matters', () => {
    expect(twice(['乙', '甲']).codes).toEqual(['CORRECTION_MATERIALITY_UNKNOWN']);
  });

  it('is a copy when it prints the same names, or fewer of them', () => {
    expect(twice(['甲', '乙']).verdict).toBe('compliant');
    expect(twice(['甲']).verdict).toBe('compliant');
  });
});

describe('two clocks', () => {
  const seen = (more: Partial<FactNotice>, resultDay = '2024-07-05', coverage: 'complete' | 'partial' = 'complete') =>
    judged(
      facts([candidate('2024-07-01', { firstSeenAt: '2024-07-05 10:12', ...more }), result(resultDay)], { coverage }),
    );

  it('disagree under complete coverage: backdating suspected, major, never a violation', () => {
    expect(seen({})).toMatchObject({
      verdict: 'undetermined',
      codes: ['BACKDATING_SUSPECTED'],
      severity: 'major',
      computed: { anchor: '2024-07-01', resultDate: '2024-07-05' },
    });
  });

  it('agree enough when the result also waited from our first sight on', () => {
    expect(seen({}, '2024-07-09').codes).toEqual(['OK']);
  });

  it('leave the time unverified where coverage is partial', () => {
    expect(seen({}, '2024-07-05', 'partial').codes).toEqual(['OK', 'PUBLISH_TIME_UNVERIFIED']);
  });

  it('do not disagree when first seen on the stated day', () => {
    expect(seen({ firstSeenAt: '2024-07-01 23:00' }).codes).toEqual(['OK']);
  });

  it('disagree when a complete run ended without it on a later day, even where coverage is partial', () => {
    expect(seen({ absentAt: '2024-07-02 06:00' }, '2024-07-05', 'partial').codes).toEqual(['BACKDATING_SUSPECTED']);
  });

  it('do not disagree when the last run without it ended on the stated day', () => {
    expect(seen({ absentAt: '2024-07-01 06:00', firstSeenAt: '2024-07-02 06:00' }, '2024-07-08').codes).toEqual(['OK']);
    expect(seen({ absentAt: '2024-07-01 06:00' }).codes).toEqual(['OK', 'PUBLISH_TIME_UNVERIFIED']);
  });

  it('leave the time unverified where no run can testify', () => {
    expect(seen({ absentAt: null }).codes).toEqual(['OK', 'PUBLISH_TIME_UNVERIFIED']);
  });

  it('do not turn a violation by the stated date into a doubt', () => {
    expect(seen({}, '2024-07-04')).toMatchObject({ verdict: 'violation', codes: ['PERIOD_TOO_SHORT'] });
  });

  it('are settled by another designated copy that was there in time', () => {
    const given = facts([
      candidate('2024-07-01', { firstSeenAt: '2024-07-05' }),
      candidate('2024-07-01', { source: 'b', firstSeenAt: '2024-07-01' }),
      result('2024-07-05'),
    ]);
    expect(judged(given).codes).toEqual(['OK']);
  });
});

describe('a publish date that was changed', () => {
  it('gives way to the one of our earliest snapshot', () => {
    const given = facts([candidate('2024-07-01', { prevPublishedAt: '2024-07-03' }), result('2024-07-05')]);
    expect(judged(given)).toMatchObject({
      verdict: 'violation',
      codes: ['PERIOD_TOO_SHORT', 'PUBLISH_DATE_CHANGED'],
      severity: 'major',
      computed: { anchor: '2024-07-03' },
    });
  });

  it('accompanies every dated verdict', () => {
    const changed = candidate('2024-07-01', { prevPublishedAt: '2024-07-02' });
    expect(judged(facts([changed, result('2024-07-08')])).codes).toEqual(['OK', 'PUBLISH_DATE_CHANGED']);
    expect(judged(facts([changed])).codes).toEqual(['PENDING', 'PUBLISH_DATE_CHANGED']);
  });

  it('is no change when only the hour differs', () => {
    const given = facts([candidate('2024-07-01 09:00', { prevPublishedAt: '2024-07-01 08:00' }), result('2024-07-05')]);
    expect(judged(given).codes).toEqual(['OK']);
  });
});

describe('a notice that vanished', () => {
  const gone = (...unreachableDates: string[]) =>
    judged(facts([candidate('2024-03-04', { unreachableDates }), result('2024-03-08')]));

  it('during its period makes the verdict doubtful: major', () => {
    expect(gone('2024-03-05')).toMatchObject({
      verdict: 'undetermined',
      codes: ['NOTICE_UNREACHABLE'],
      severity: 'major',
    });
    expect(gone('2024-03-07').codes).toEqual(['NOTICE_UNREACHABLE']);
  });

  it('on the day of publication or after the period does not', () => {
    expect(gone('2024-03-04', '2024-03-08').codes).toEqual(['OK']);
  });

  it('on one site does not while a designated copy stayed', () => {
    const given = facts([
      candidate('2024-03-04', { unreachableDates: ['2024-03-05'] }),
      candidate('2024-03-04', { source: 'b' }),
      result('2024-03-08'),
    ]);
    expect(judged(given).codes).toEqual(['OK']);
  });
});

describe('local days off', () => {
  // Friday 2024-11-15: the third day is Monday 11-18, prefecture day with 11-19.
  const given = facts([candidate('2024-11-15'), result('2024-11-19')]);

  it('make a verdict that hinges on them undetermined, with the national dates', () => {
    expect(judged(given)).toMatchObject({
      verdict: 'undetermined',
      codes: ['LOCAL_HOLIDAY_DEPENDENT'],
      severity: 'info',
      computed: { lastDay: '2024-11-18' },
    });
  });

  it('are read as the policy says', () => {
    expect(judged(given, { localHolidays: 'ignore' }).verdict).toBe('compliant');
    expect(judged(given, { localHolidays: 'restDay' })).toMatchObject({
      verdict: 'violation',
      computed: { lastDay: '2024-11-20' },
    });
  });

  it('count for buyers of the prefecture only', () => {
    expect(judged({ ...given, project: { ...tender, city: '530102' } }).codes).toEqual(['OK']);
    expect(judged({ ...given, project: { ...tender, city: '532503' } }).codes).toEqual(['LOCAL_HOLIDAY_DEPENDENT']);
  });

  it('leave a violation that stands under both readings a violation', () => {
    const early = facts([candidate('2024-07-26'), result('2024-07-29')]);
    expect(judged(early).codes).toEqual(['PERIOD_TOO_SHORT']);
  });

  it('of unknown years invent nothing', () => {
    const unknown = facts([candidate('2025-11-14'), result('2025-11-18')]);
    expect(judged(unknown).codes).toEqual(['OK']);
    const declared = calendar.declare([{ day: '2025-11-17', name: '州庆' }]);
    expect(judgeProject(unknown, DEFAULT_POLICY, declared).overall.codes).toEqual(['LOCAL_HOLIDAY_DEPENDENT']);
  });

  it('and a correction of unknown content that matter only together are both named', () => {
    // Published 11-12: last day Friday 11-15. Restarted 11-14: third day Sunday 11-17, extended to Monday 11-18, or to 11-20 with local days.
    const both = facts([
      candidate('2024-11-12', { id: 'n1' }),
      notice('correction', '2024-11-14', { corrects: 'n1', material: null }),
      result('2024-11-19'),
    ]);
    expect(judged(both).codes).toEqual(['LOCAL_HOLIDAY_DEPENDENT', 'CORRECTION_MATERIALITY_UNKNOWN']);
  });
});

describe('evidence', () => {
  it('names each stored notice once, parts of a page by the page', () => {
    const given = facts([
      candidate('2024-03-04', { id: 's:1' }),
      result('2024-03-08', { id: 's:2' }),
      notice('award_letter', '2024-03-08', { id: 's:2#letter', eventDate: '2024-03-06' }),
    ]);
    expect(judgeProject(given, DEFAULT_POLICY, calendar).judgements[0]!.evidence).toEqual([
      { noticeId: 's:1', role: 'publicity' },
      { noticeId: 's:2', role: 'result' },
    ]);
  });

  it('is the same whatever the order of the notices', () => {
    const notices = [candidate('2024-03-04'), notice('tender', '2024-02-01'), result('2024-03-06')];
    const one = judgeProject(facts(notices, { project: localWorks }), DEFAULT_POLICY, calendar);
    const other = judgeProject(facts(notices.toReversed(), { project: localWorks }), DEFAULT_POLICY, calendar);
    expect(other).toEqual(one);
  });
});
