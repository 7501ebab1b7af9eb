import { describe, expect, it } from 'vitest';

import type { FactNotice, ProjectFacts } from '../model/facts.ts';
import {
  candidate,
  facts,
  judged,
  localWorks,
  notice,
  result,
  sentenceOf,
  singleSource,
  tender,
} from './test-facts.ts';

/** Verdict, codes in order, severity, and P → L0 → L, E where there are dates. */
function said(given: ProjectFacts): string {
  const { verdict, codes, severity, computed } = judged(given);
  const { anchor, nominalLastDay, lastDay, resultDate } = computed;
  const days = [anchor, nominalLastDay, lastDay, resultDate].map((day) => day?.slice(5) ?? '–').join(' ');
  return `${verdict} ${codes.toSorted().join('+')} ${severity}${anchor === undefined ? '' : ` ${days}`}`;
}

const tendered = (notices: FactNotice[], more: Partial<ProjectFacts['project']> = {}): ProjectFacts =>
  facts(notices, { project: { ...tender, on: String(notices[0]!.publishedAt).slice(0, 10), ...more } });
const pair = (from: string, to: string): ProjectFacts => tendered([candidate(from), result(to)]);

describe('the last day of three', () => {
  it.each([
    [
      'Wednesday to Sunday: day 3 is Saturday, the extension runs to Monday',
      '2024-03-06',
      '2024-03-10',
      'violation ROLLOVER_NOT_OBSERVED minor 03-06 03-09 03-11 03-10',
    ],
    [
      'Wednesday to Monday: the extended day itself is too early',
      '2024-03-06',
      '2024-03-11',
      'violation ROLLOVER_NOT_OBSERVED minor 03-06 03-09 03-11 03-11',
    ],
    ['Wednesday to Tuesday: lawful', '2024-03-06', '2024-03-12', 'compliant OK none 03-06 03-09 03-11 03-12'],
    [
      'Thursday to Sunday: one day short, and no more is said of the extension',
      '2024-03-07',
      '2024-03-10',
      'violation PERIOD_TOO_SHORT minor 03-07 03-10 03-11 03-10',
    ],
    [
      'a Saturday that the next year’s notice made a working day (2018-12-29) ends it',
      '2018-12-26',
      '2018-12-30',
      'compliant OK none 12-26 12-29 12-29 12-30',
    ],
    [
      'a Sunday that the next year’s notice made a holiday carries it over the year',
      '2018-12-27',
      '2019-01-02',
      'violation ROLLOVER_NOT_OBSERVED minor 12-27 12-30 01-02 01-02',
    ],
    [
      'the Spring Festival as prolonged on 2020-01-27 carries it to 3 February',
      '2020-01-21',
      '2020-02-03',
      'violation ROLLOVER_NOT_OBSERVED minor 01-21 01-24 02-03 02-03',
    ],
    [
      'a period that ends on 31 December stays in the year',
      '2024-12-28',
      '2025-01-01',
      'compliant OK none 12-28 12-31 12-31 01-01',
    ],
    [
      'the last days the calendar knows are counted',
      '2026-12-28',
      '2027-01-01',
      'compliant OK none 12-28 12-31 12-31 01-01',
    ],
    [
      'a day beyond the calendar is not guessed',
      '2026-12-29',
      '2027-01-05',
      'undetermined CALENDAR_MISSING info 12-29 01-01 – 01-05',
    ],
  ])('%s', (_, from, to, expected) => {
    expect(said(pair(from, to))).toBe(expected);
  });
});

describe('a stated period', () => {
  const stated = (statedPeriod: FactNotice['statedPeriod'], to: string, at = '2024-05-06'): string =>
    said(tendered([candidate(at, { statedPeriod }), result(to)]));

  it('that ends at noon of day 3 passes for the whole day; a minute before, nobody can say', () => {
    const ends = (time: string): string => stated({ from: '2024-05-06 09:00', to: `2024-05-09 ${time}` }, '2024-05-10');
    expect(ends('12:00')).toMatch(/^compliant OK none/);
    expect(ends('11:59')).toMatch(/^undetermined HOUR_COUNT_AMBIGUOUS info/);
    expect(ends('00:00')).toMatch(/^undetermined HOUR_COUNT_AMBIGUOUS info/);
    expect(ends('24:00')).toMatch(/^compliant OK none/);
  });

  it('that begins the day after the publication and ends on its third day is a day short', () => {
    expect(stated({ from: '2024-05-07', to: '2024-05-09' }, '2024-05-14')).toBe(
      'violation STATED_PERIOD_TOO_SHORT minor 05-07 05-10 05-10 05-14',
    );
  });

  it('that begins before the publication starts with the publication', () => {
    expect(stated({ from: '2024-05-06', to: '2024-05-09' }, '2024-05-10', '2024-05-07')).toBe(
      'violation PERIOD_TOO_SHORT minor 05-07 05-10 05-10 05-10',
    );
  });

  it('that begins after the result makes the result come first', () => {
    expect(stated({ from: '2024-05-10', to: '2024-05-13' }, '2024-05-08')).toMatch(
      /^violation RESULT_BEFORE_PUBLICITY critical 05-10/,
    );
  });

  it('of one working day is too short, however long the result waited', () => {
    expect(stated({ workdays: 1 }, '2024-05-22', '2024-05-16')).toMatch(/^violation STATED_PERIOD_TOO_SHORT minor/);
  });

  it('that was kept to its later end shows the statutory days', () => {
    expect(stated({ from: '2024-05-06', to: '2024-05-13' }, '2024-05-14')).toBe(
      'compliant OK none 05-06 05-09 05-09 05-14',
    );
  });
});

describe('an extended period', () => {
  const first = candidate('2024-05-06', { statedPeriod: { from: '2024-05-06', to: '2024-05-09' } });
  const correction = (to: string | null, more: Partial<FactNotice> = {}): FactNotice =>
    notice('correction', '2024-05-08', { corrects: first.id, material: false, statedPeriod: { to }, ...more });

  it('binds: a result before its new end broke a promise', () => {
    expect(said(tendered([first, correction('2024-05-13'), result('2024-05-10')]))).toBe(
      'violation RESULT_BEFORE_STATED_END minor 05-06 05-09 05-09 05-10',
    );
    expect(said(tendered([first, correction('2024-05-13'), result('2024-05-14')]))).toMatch(/^compliant/);
  });

  it('binds whatever else its correction may have changed', () => {
    const unknown = correction('2024-05-13', { material: null, title: '中标候选人公示期延长公告' });
    expect(said(tendered([first, unknown, result('2024-05-10')]))).toMatch(/^violation RESULT_BEFORE_STATED_END minor/);
  });

  it('leaves a first period that was too short what it was where it prints the same end again', () => {
    const short = candidate('2024-05-06', { statedPeriod: { from: '2024-05-06', to: '2024-05-08' } });
    const reprint = correction('2024-05-08', { corrects: short.id });
    expect(said(tendered([short, reprint, result('2024-05-10')]))).toMatch(/^violation STATED_PERIOD_TOO_SHORT minor/);
  });

  it('announced after the result binds nobody', () => {
    const late = correction('2024-05-13', { publishedAt: '2024-05-11' });
    expect(said(tendered([first, late, result('2024-05-10')]))).toMatch(/^compliant/);
  });

  it('is not told from days without a day: 延长3日 does not say from when', () => {
    const vague = correction(null, { statedPeriod: { days: 9 } });
    expect(said(tendered([first, vague, result('2024-05-10')]))).toMatch(/^compliant/);
  });

  it('is no shortening: an earlier end in a correction makes no period too short', () => {
    expect(said(tendered([first, correction('2024-05-08'), result('2024-05-10')]))).toMatch(/^compliant/);
  });

  it('moves the earliest lawful day of a project that is still open', () => {
    const open = judged(tendered([first, correction('2024-05-13')]));
    expect(open.codes).toEqual(['PENDING']);
    expect(open.computed).toMatchObject({ earliestResultDate: '2024-05-10', earliestAllowed: '2024-05-14' });
    expect(sentenceOf(tendered([first, correction('2024-05-13')]))).toContain('公告承诺公示至2024年5月13日');
  });
});

describe('titles where the facts name no kind', () => {
  const titled = (title: string, at: string, more: Partial<FactNotice> = {}): FactNotice =>
    notice(undefined, at, { title, ...more });

  it('a result of the second round is not served by the publicity of the first', () => {
    const both = [titled('中标候选人公示', '2024-01-08'), titled('某工程第二次中标结果公示', '2024-03-01')];
    expect(said(tendered(both))).toMatch(/^violation MISSING_PUBLICITY\+ROUND_MISMATCH critical/);
  });

  it('推荐中标人, 预中标: before the award decision, whatever the last word of the title is', () => {
    for (const title of ['推荐中标人公示', '推荐成交供应商公示', '预中标结果公告', '预中标公示']) {
      const both = [titled(title, '2024-03-04'), titled('中标结果公示', '2024-03-08')];
      expect(said(tendered(both))).toMatch(/^compliant OK/);
    }
  });

  it('关于变更中标候选人的公示 is a correction of which the title does not say what it changes', () => {
    const three = [
      titled('中标候选人公示', '2024-06-03'),
      titled('关于变更中标候选人的公示', '2024-06-05'),
      titled('中标结果公示', '2024-06-07'),
    ];
    expect(said(tendered(three))).toMatch(/^undetermined CORRECTION_MATERIALITY_UNKNOWN/);
  });

  it('中标候选人公示期延长公告 prolongs the promise, in this order of the words too', () => {
    const three = [
      titled('中标候选人公示', '2024-03-04'),
      titled('中标候选人公示期延长公告', '2024-03-06', { statedPeriod: { to: '2024-03-12' } }),
      titled('中标结果公示', '2024-03-08'),
    ];
    expect(said(tendered(three))).toMatch(/^violation RESULT_BEFORE_STATED_END minor/);
  });
});

describe('a restart', () => {
  const first = candidate('2024-06-03', { source: 'a' });
  const again = (at: string, source: string, more: Partial<FactNotice> = {}): FactNotice =>
    notice('correction', at, { source, corrects: first.id, material: true, ...more });

  it('that two designated sites publish on two days begins on the first', () => {
    const both = [first, again('2024-06-04', 'a'), again('2024-06-06', 'b')];
    expect(said(tendered([...both, result('2024-06-08')]))).toBe('compliant OK none 06-04 06-07 06-07 06-08');
  });

  it('on one site twice begins with the second', () => {
    const both = [first, again('2024-06-04', 'a'), again('2024-06-06', 'a')];
    expect(said(tendered([...both, result('2024-06-08')]))).toBe(
      'violation CORRECTION_RESTART+PERIOD_TOO_SHORT major 06-06 06-09 06-11 06-08',
    );
  });

  it('that a site without standing published first begins on the designated medium', () => {
    const both = [first, again('2024-06-04', 'b', { designated: false }), again('2024-06-06', 'a')];
    expect(said(tendered([...both, result('2024-06-08')]))).toMatch(/^violation .* 06-06 /);
  });

  it('whose own page could not be opened is in doubt, though the superseded page could', () => {
    const renewed = again('2024-06-04', 'a', { unreachableDates: ['2024-06-06'] });
    expect(said(tendered([first, renewed, result('2024-06-08')]))).toBe(
      'undetermined NOTICE_UNREACHABLE major 06-04 06-07 06-07 06-08',
    );
    const copy = again('2024-06-05', 'b');
    expect(said(tendered([first, renewed, copy, result('2024-06-08')]))).toMatch(/^compliant/);
  });
});

describe('results on several sites', () => {
  it('count from the first that names the winner to the public', () => {
    const copies = [result('2024-03-09', { source: 'yn_ggzy' }), result('2024-03-07', { source: 'ky_gov' })];
    expect(said(tendered([candidate('2024-03-04'), ...copies]))).toBe(
      'violation PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-07',
    );
  });
});

describe('lots', () => {
  const lots = ['1', '2', '3'];
  const verdicts = (notices: FactNotice[]): unknown => judged(facts(notices, { project: { ...tender, lots } })).lots;

  it('of which one failed leave the others their own verdicts', () => {
    expect(
      verdicts([
        candidate('2024-09-02', { lots: ['1', '2'] }),
        notice('failed', '2024-09-02', { lots: ['3'] }),
        result('2024-09-06', { lots: ['1', '2'] }),
      ]),
    ).toEqual({ 1: 'compliant', 2: 'compliant', 3: 'not_applicable' });
  });

  it('of which one waits are open for that one alone', () => {
    expect(verdicts([candidate('2024-09-02', { lots }), result('2024-09-06', { lots: ['1', '2'] })])).toEqual({
      1: 'compliant',
      2: 'compliant',
      3: 'undetermined',
    });
  });

  it('have candidates of their own: the winner of one may be no candidate of another', () => {
    const notices = [
      candidate('2024-09-02', { lots: ['1'], candidates: ['甲公司'] }),
      candidate('2024-09-02', { lots: ['2'], candidates: ['乙公司'] }),
      result('2024-09-06', { lots: ['1'], winner: '乙公司' }),
      result('2024-09-06', { lots: ['2'], winner: '乙公司' }),
    ];
    const overall = judged(facts(notices, { project: { ...tender, lots: ['1', '2'] } }));
    expect([overall.codes, overall.severity, overall.lots]).toEqual([
      ['WINNER_NOT_CANDIDATE'],
      'critical',
      { 1: 'violation', 2: 'compliant' },
    ]);
  });

  it('publicised elsewhere without naming any are still said to stand elsewhere', () => {
    const notices = [candidate('2024-09-02', { designated: false }), result('2024-09-06', { lots: ['1'] })];
    const overall = judged(facts(notices, { project: { ...tender, lots: ['1', '2'] } }));
    expect(overall.codes).toEqual(['MISSING_PUBLICITY', 'NON_DESIGNATED_MEDIUM']);
  });
});

describe('five working days', () => {
  const bought = (from: string, to: string): string =>
    said(facts([notice('single_source', from), result(to)], { project: { ...singleSource, on: from } }));

  it('count worked Sundays, leave the National Day out, and end at midnight of the fifth', () => {
    expect(bought('2024-09-26', '2024-10-09')).toBe('violation PERIOD_TOO_SHORT minor 09-26 10-09 10-09 10-09');
    expect(bought('2024-09-26', '2024-10-10')).toBe('compliant OK none 09-26 10-09 10-09 10-10');
  });

  it('miss working days only: a result on a Saturday in between misses those after it', () => {
    expect(bought('2024-03-04', '2024-03-09')).toBe('violation PERIOD_TOO_SHORT minor 03-04 03-11 03-11 03-09');
  });

  it('cross the year by the next year’s notice', () => {
    expect(bought('2024-12-27', '2025-01-07')).toBe('compliant OK none 12-27 01-06 01-06 01-07');
  });

  it('stated in calendar days are too short', () => {
    const stated = notice('single_source', '2024-03-04', { statedPeriod: { days: 5 } });
    expect(said(facts([stated, result('2024-03-13')], { project: singleSource }))).toMatch(
      /^violation STATED_PERIOD_TOO_SHORT minor 03-04 03-11/,
    );
  });
});

describe('a rule does not reach back before it was law', () => {
  it('实施条例 of 招标投标法 since 2012-02-01', () => {
    expect(said(tendered([result('2012-01-31')]))).toBe('not_applicable NOT_APPLICABLE none');
    expect(said(tendered([result('2012-02-01')]))).toBe('violation MISSING_PUBLICITY critical');
  });

  it('74号令 since 2014-02-01', () => {
    const on = (day: string): string => said(facts([result(day)], { project: { ...singleSource, on: day } }));
    expect(on('2014-01-31')).toBe('not_applicable NOT_APPLICABLE none');
    expect(on('2014-02-01')).toBe('violation MISSING_PUBLICITY critical');
  });
});

describe('the line of the local rule', () => {
  it('includes 1,000,000 yuan, and ends a fen above', () => {
    const at = (budget: number): string => said(facts([result('2024-03-08')], { project: { ...localWorks, budget } }));
    expect(at(1_000_000)).toBe('violation MISSING_PUBLICITY critical');
    expect(at(1_000_000.01)).toBe('not_applicable NOT_APPLICABLE none');
  });
});

describe('a winner outside the lists seen', () => {
  it('is a violation also where collection has gaps, and says that other lists must be looked for first', () => {
    const notices = [candidate('2024-03-04', { candidates: ['甲公司'] }), result('2024-03-08', { winner: '乙公司' })];
    const given = facts(notices, { coverage: 'partial' });
    expect(judged(given).codes).toEqual(['WINNER_NOT_CANDIDATE']);
    expect(sentenceOf(given)).toContain('采集有缺口，须先核实本轮有无其他候选公示');
    expect(sentenceOf({ ...given, coverage: 'complete' })).not.toContain('采集');
  });
});
