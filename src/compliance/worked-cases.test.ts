import { describe, expect, it } from 'vitest';

import { judgeCaseFile } from './case-file.ts';
import { calendar, localWorks, singleSource, tender } from './test-facts.ts';

/**
 * The text of the check, sentence by sentence, as cases that a clerk worked out with a calendar in hand, through the
 * same door as `gongshi judge`. March 2024: the 4th is a Monday.
 */
type Notice = Record<string, unknown>;
interface Worked {
  project?: object;
  policy?: object;
  coverage?: string;
  asOf?: string;
  notices: Notice[];
}

let n = 0;
const of = (kind: string, publishedAt: string | number, more: Notice = {}): Notice => ({
  id: `n${++n}`,
  title: '某公告',
  source: 'yn_ggzy',
  kind,
  publishedAt,
  ...more,
});
const candidate = (at: string | number, more?: Notice) => of('candidate', at, more);
const result = (at: string | number, more?: Notice) => of('result', at, more);
const letter = (at: string, eventDate: string, more?: Notice) => of('award_letter', at, { eventDate, ...more });
const contract = (at: string, eventDate: string, more?: Notice) => of('contract', at, { eventDate, ...more });
const correction = (at: string, corrects: Notice, material: boolean | null, more?: Notice) =>
  of('correction', at, { corrects: corrects['id'], material, ...more });

/** Verdict, codes in order of the alphabet, severity; dates as P L0 L L+1 E without the year's thousands. */
function judged(one: Worked): string {
  const { verdicts, refused, remarks } = judgeCaseFile(
    { cases: [{ id: 'X', project: tender, policy: {}, coverage: 'complete', asOf: null, ...one }] },
    calendar,
  );
  if (refused[0] !== undefined) throw refused[0];
  if (remarks.length > 0) throw new Error(remarks.join());
  const { verdict, codes = [], severity, computed, lots } = verdicts[0]!;
  const days = Object.values(computed).map((day: string) => day.slice(5));
  const byLot = lots === undefined ? '' : ` | ${Object.values(lots).join(' ')}`;
  return `${verdict} ${[...codes].sort().join('+')} ${String(severity)} ${days.join(' ')}`.trimEnd() + byLot;
}

const early = candidate('2024-03-04');
const lots = { ...tender, lots: ['1', '2'] };
const A = { candidates: ['甲公司', '乙公司', '丙公司'] };

describe('which event is the result', () => {
  it.each<[string, Notice[], string]>([
    [
      'the signing, where it comes before letter and notice',
      [early, contract('2024-03-20', '2024-03-06'), letter('2024-03-11', '2024-03-07'), result('2024-03-11')],
      'violation AWARD_LETTER_BEFORE_END+CONTRACT_BEFORE_END+PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-06',
    ],
    [
      'a letter without a date of its own counts by its publication',
      [early, of('award_letter', '2024-03-07'), result('2024-03-11')],
      'violation AWARD_LETTER_BEFORE_END+PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-08 03-07',
    ],
    [
      'a result notice counts by its publication, whatever date it bears',
      [early, result('2024-03-08', { eventDate: '2024-03-05' })],
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'a signing on the extended last day breaks the extension alone',
      [candidate('2024-03-06'), contract('2024-03-20', '2024-03-11'), result('2024-03-12')],
      'violation CONTRACT_BEFORE_END+ROLLOVER_NOT_OBSERVED minor 03-06 03-09 03-11 03-12 03-11',
    ],
    [
      'a letter before the publicity was published',
      [candidate('2024-03-06'), letter('2024-03-12', '2024-03-05'), result('2024-03-12')],
      'violation AWARD_LETTER_BEFORE_END+RESULT_BEFORE_PUBLICITY critical 03-06 03-09 03-11 03-12 03-05',
    ],
    [
      'missing publicity has no period that a letter could cut short',
      [letter('2024-03-12', '2024-03-05'), result('2024-03-12')],
      'violation MISSING_PUBLICITY critical',
    ],
  ])('%s', (_name, notices, expected) => {
    expect(judged({ notices })).toBe(expected);
  });
});

describe('when the period starts', () => {
  const c = candidate('2024-03-04');
  const late = candidate('2024-03-04', { statedPeriod: { from: '2024-03-06', to: '2024-03-09' } });
  it.each<[string, Notice[], string]>([
    [
      'at the stated start where it is later, and not a day before',
      [late, result('2024-03-12')],
      'compliant OK none 03-06 03-09 03-11 03-12 03-12',
    ],
    [
      'at publication where the stated start is earlier',
      [candidate('2024-03-05', { statedPeriod: { from: '2024-03-04', to: '2024-03-08' } }), result('2024-03-08')],
      'violation PERIOD_TOO_SHORT minor 03-05 03-08 03-08 03-09 03-08',
    ],
    [
      'a result between publication and stated start comes first',
      [late, result('2024-03-05')],
      'violation RESULT_BEFORE_PUBLICITY critical 03-06 03-09 03-11 03-12 03-05',
    ],
    [
      'anew at the last of two material corrections',
      [c, correction('2024-03-05', c, true), correction('2024-03-06', c, true), result('2024-03-08')],
      'violation CORRECTION_RESTART+PERIOD_TOO_SHORT major 03-06 03-09 03-11 03-12 03-08',
    ],
    [
      'a correction on the very day of the result counts',
      [c, correction('2024-03-08', c, true), result('2024-03-08')],
      'violation CORRECTION_RESTART+SAME_DAY critical 03-08 03-11 03-11 03-12 03-08',
    ],
    [
      'a correction after the result does not',
      [c, result('2024-03-08'), correction('2024-03-11', c, true)],
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'a correction of unknown content that changes nothing leaves the outcome',
      [c, correction('2024-03-05', c, null), result('2024-03-12')],
      'compliant OK none 03-04 03-07 03-07 03-08 03-12',
    ],
    [
      'a correction of unknown content that would change it leaves the question',
      [c, correction('2024-03-06', c, null), result('2024-03-11')],
      'undetermined CORRECTION_MATERIALITY_UNKNOWN info 03-04 03-07 03-07 03-08 03-11',
    ],
    [
      'a breach under both readings stays one and names no doubt',
      [c, correction('2024-03-05', c, null), result('2024-03-06')],
      'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-06',
    ],
    [
      'a later copy elsewhere restarts nothing',
      [c, candidate('2024-03-06', { source: 'ky_gov' }), result('2024-03-08')],
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'a medium that is not designated starts nothing, a later designated one does',
      [candidate('2024-03-04', { designated: false }), candidate('2024-03-06'), result('2024-03-08')],
      'violation PERIOD_TOO_SHORT major 03-06 03-09 03-11 03-12 03-08',
    ],
    [
      'a medium that is not designated does not cure the absence',
      [candidate('2024-03-04', { designated: false }), result('2024-03-12')],
      'violation MISSING_PUBLICITY+NON_DESIGNATED_MEDIUM critical',
    ],
    [
      'a suspension neither stops nor restarts it',
      [c, of('suspended', '2024-03-05'), result('2024-03-08')],
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      '重新公示 is no new round and starts it anew',
      [c, candidate('2024-03-06', { title: '中标候选人重新公示' }), result('2024-03-12')],
      'compliant OK none 03-06 03-09 03-11 03-12 03-12',
    ],
  ])('%s', (_name, notices, expected) => {
    expect(judged({ notices })).toBe(expected);
  });
});

describe('what the page promises', () => {
  const stated = (to: string, at = '2024-03-04') => candidate(at, { statedPeriod: { from: at, to, text: '公示期' } });
  it.each<[string, Notice[], string]>([
    [
      'a stated end a day early is a breach even if the result waited',
      [stated('2024-03-06'), result('2024-03-08')],
      'violation STATED_PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'too short a result goes before too short a stated period',
      [stated('2024-03-06'), result('2024-03-07')],
      'violation PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-08 03-07',
    ],
    [
      'the extension goes before the stated period',
      [stated('2024-03-08', '2024-03-06'), result('2024-03-11')],
      'violation ROLLOVER_NOT_OBSERVED minor 03-06 03-09 03-11 03-12 03-11',
    ],
    [
      'a stated end on the nominal last day is long enough, though that day is extended',
      [stated('2024-03-09', '2024-03-06'), result('2024-03-12')],
      'compliant OK none 03-06 03-09 03-11 03-12 03-12',
    ],
    [
      'a promised day binds, itself included',
      [stated('2024-03-12'), result('2024-03-12')],
      'violation RESULT_BEFORE_STATED_END minor 03-04 03-07 03-07 03-08 03-12',
    ],
    [
      'and is over the day after',
      [stated('2024-03-12'), result('2024-03-13')],
      'compliant OK none 03-04 03-07 03-07 03-08 03-13',
    ],
    [
      'an end in the morning of the last day leaves the question',
      [stated('2024-03-07 09:00'), result('2024-03-08')],
      'undetermined HOUR_COUNT_AMBIGUOUS info 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'an end at noon is the whole day',
      [stated('2024-03-07 12:00'), result('2024-03-08')],
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'an end in the morning does not excuse a result on that day',
      [stated('2024-03-07 09:00'), result('2024-03-07')],
      'violation PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-08 03-07',
    ],
    [
      '72 hours from nine in the morning end at nine on the third day',
      [candidate('2024-03-04 09:00', { statedPeriod: { hours: 72 } }), result('2024-03-08')],
      'undetermined HOUR_COUNT_AMBIGUOUS info 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      '72 hours from the afternoon are three days',
      [candidate('2024-03-04 15:00', { statedPeriod: { hours: 72 } }), result('2024-03-08')],
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'working days that reach further than the period bind',
      [candidate('2024-03-07', { statedPeriod: { workdays: 3 } }), result('2024-03-12')],
      'violation RESULT_BEFORE_STATED_END minor 03-07 03-10 03-11 03-12 03-12',
    ],
    [
      'two working days over a weekend are long enough',
      [candidate('2024-03-08', { statedPeriod: { workdays: 2 } }), result('2024-03-13')],
      'compliant OK none 03-08 03-11 03-11 03-12 03-13',
    ],
    [
      'two working days in the week are not',
      [candidate('2024-03-04', { statedPeriod: { workdays: 2 } }), result('2024-03-08')],
      'violation STATED_PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-08 03-08',
    ],
  ])('%s', (_name, notices, expected) => {
    expect(judged({ notices })).toBe(expected);
  });
});

describe('candidates and winner', () => {
  const c = candidate('2024-03-04', A);
  it.each<[string, Worked, string]>([
    [
      'a stranger joins the date violation',
      { notices: [c, result('2024-03-06', { winner: '丁公司' })] },
      'violation PERIOD_TOO_SHORT+WINNER_NOT_CANDIDATE critical 03-04 03-07 03-07 03-08 03-06',
    ],
    [
      'the second without a reason is a question',
      { notices: [c, result('2024-03-08', { winner: '乙公司' })] },
      'undetermined FIRST_CANDIDATE_SKIPPED major 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'a reason answers it',
      { project: { ...tender, skipExplained: true }, notices: [c, result('2024-03-08', { winner: '乙公司' })] },
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'the question is not asked of a violation',
      { notices: [c, result('2024-03-07', { winner: '乙公司' })] },
      'violation PERIOD_TOO_SHORT minor 03-04 03-07 03-07 03-08 03-07',
    ],
    [
      'width, brackets and blanks do not make another company',
      {
        notices: [
          candidate('2024-03-04', { candidates: ['云南甲（集团） 有限公司'] }),
          result('2024-03-08', { winner: '云南甲(集团)有限公司' }),
        ],
      },
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'nobody is accused where no list is known',
      { notices: [candidate('2024-03-04'), result('2024-03-08', { winner: '丁公司' })] },
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'under partial coverage a stranger stays one: partial changes two things only',
      { coverage: 'partial', notices: [c, result('2024-03-08', { winner: '丁公司' })] },
      'violation WINNER_NOT_CANDIDATE critical 03-04 03-07 03-07 03-08 03-08',
    ],
  ])('%s', (_name, one, expected) => {
    expect(judged(one)).toBe(expected);
  });
});

describe('lots and rounds', () => {
  const both = { lots: ['1', '2'] };
  it.each<[string, Worked, string]>([
    [
      'the worst lot speaks for the project',
      {
        project: lots,
        notices: [
          candidate('2024-03-04', both),
          result('2024-03-08', { lots: ['1'] }),
          result('2024-03-06', { lots: ['2'] }),
        ],
      },
      'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-06 | compliant violation',
    ],
    [
      'a lot that was never publicised',
      { project: lots, notices: [candidate('2024-03-04', { lots: ['1'] }), result('2024-03-08', both)] },
      'violation MISSING_PUBLICITY critical | compliant violation',
    ],
    [
      'a contract that names no lot leaves every lot open, without dates',
      {
        project: lots,
        notices: [candidate('2024-03-04', both), result('2024-03-06', both), contract('2024-03-20', '2024-03-12')],
      },
      'undetermined LOT_UNRESOLVED info | undetermined undetermined',
    ],
    [
      'a lot still open goes before one in order',
      { project: lots, notices: [candidate('2024-03-04', both), result('2024-03-08', { lots: ['1'] })] },
      'undetermined PENDING info 03-04 03-07 03-07 03-08 | compliant undetermined',
    ],
    [
      'a lot that failed is not open',
      {
        project: lots,
        notices: [
          candidate('2024-03-04', both),
          result('2024-03-08', { lots: ['1'] }),
          of('failed', '2024-03-08', { lots: ['2'] }),
        ],
      },
      'compliant OK none 03-04 03-07 03-07 03-08 03-08 | compliant not_applicable',
    ],
    [
      'a correction of one lot restarts that lot alone',
      {
        project: lots,
        notices: (() => {
          const c = candidate('2024-03-04', both);
          return [c, correction('2024-03-06', c, true, { lots: ['2'] }), result('2024-03-11', both)];
        })(),
      },
      'violation CORRECTION_RESTART+ROLLOVER_NOT_OBSERVED minor 03-06 03-09 03-11 03-12 03-11 | compliant violation',
    ],
    [
      'publicity of the first round does nothing for the second',
      {
        notices: [
          candidate('2024-03-04', { round: 1 }),
          of('failed', '2024-03-06', { round: 1 }),
          result('2024-04-01', { title: '中标结果公示（第二次）' }),
        ],
      },
      'violation MISSING_PUBLICITY+ROUND_MISMATCH critical',
    ],
    [
      'a breach of the first round is not that of the second',
      {
        notices: [
          candidate('2024-03-04', { round: 1 }),
          result('2024-03-05', { round: 1 }),
          candidate('2024-03-11', { round: 2 }),
          result('2024-03-15', { round: 2 }),
        ],
      },
      'compliant OK none 03-11 03-14 03-14 03-15 03-15',
    ],
    [
      'a second round just begun is open',
      {
        notices: [
          candidate('2024-03-04'),
          result('2024-03-05'),
          of('tender', '2024-03-11', { title: '招标公告（二次）' }),
        ],
      },
      'undetermined PENDING info',
    ],
  ])('%s', (_name, one, expected) => {
    expect(judged(one)).toBe(expected);
  });
});

describe('as of a day', () => {
  it.each<[string, Worked, string]>([
    [
      'later notices are ignored, and there is no result day',
      { asOf: '2024-03-06', notices: [candidate('2024-03-04'), result('2024-03-07')] },
      'undetermined PENDING info 03-04 03-07 03-07 03-08',
    ],
    [
      'open even long after the last day',
      { asOf: '2024-06-03', notices: [candidate('2024-03-04')] },
      'undetermined PENDING info 03-04 03-07 03-07 03-08',
    ],
    [
      'nothing published has no dates',
      { asOf: '2024-03-06', notices: [of('tender', '2024-03-04')] },
      'undetermined PENDING info',
    ],
    [
      'a failed round has nothing to check',
      { notices: [candidate('2024-03-04'), of('failed', '2024-03-05')] },
      'not_applicable NOT_APPLICABLE+TERMINATED none',
    ],
    [
      'a result before the termination is judged all the same',
      { notices: [candidate('2024-03-04'), result('2024-03-05'), of('terminated', '2024-03-06')] },
      'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-05',
    ],
    [
      'partial coverage says nothing of an open project',
      { coverage: 'partial', notices: [of('tender', '2024-03-04')] },
      'undetermined PENDING info',
    ],
  ])('%s', (_name, one, expected) => {
    expect(judged(one)).toBe(expected);
  });
});

describe('evidence', () => {
  const seen = (firstSeenAt: string, more: Notice = {}) => candidate('2024-03-04', { firstSeenAt, ...more });
  it.each<[string, Worked, string]>([
    [
      'a gap is the only thing said of an absence under partial coverage, other rounds and sites apart',
      {
        coverage: 'partial',
        notices: [
          candidate('2024-01-08', { round: 1 }),
          candidate('2024-03-04', { round: 2, designated: false }),
          result('2024-03-08', { round: 2 }),
        ],
      },
      'undetermined COVERAGE_GAP info',
    ],
    [
      'a breach of dates stands under partial coverage',
      { coverage: 'partial', notices: [candidate('2024-03-04'), result('2024-03-06')] },
      'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-06',
    ],
    [
      'seen later under partial coverage: the time is unverified even where nothing hinges on it',
      { coverage: 'partial', notices: [seen('2024-03-05 08:00'), result('2024-03-18')] },
      'compliant OK+PUBLISH_TIME_UNVERIFIED none 03-04 03-07 03-07 03-08 03-18',
    ],
    [
      'seen later under complete coverage, in order either way',
      { notices: [seen('2024-03-05 08:00'), result('2024-03-18')] },
      'compliant OK none 03-04 03-07 03-07 03-08 03-18',
    ],
    [
      'seen later, and too late counted from first sight',
      { notices: [seen('2024-03-06 08:00'), result('2024-03-11')] },
      'undetermined BACKDATING_SUSPECTED major 03-04 03-07 03-07 03-08 03-11',
    ],
    [
      'backdating never makes a breach of dates, and a breach needs none',
      { notices: [seen('2024-03-06 08:00'), result('2024-03-06')] },
      'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-06',
    ],
    [
      'the date of the earlier snapshot counts, and a compliant verdict says so too',
      { notices: [candidate('2024-03-01', { prevPublishedAt: '2024-03-04' }), result('2024-03-08')] },
      'compliant OK+PUBLISH_DATE_CHANGED none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'a changed date is told of an open project as well',
      { asOf: '2024-03-06', notices: [candidate('2024-03-01', { prevPublishedAt: '2024-03-04' })] },
      'undetermined PENDING+PUBLISH_DATE_CHANGED info 03-04 03-07 03-07 03-08',
    ],
    [
      'unreachable on the publishing day or after the last day is nothing',
      { notices: [candidate('2024-03-04', { unreachableDates: ['2024-03-04', '2024-03-08'] }), result('2024-03-08')] },
      'compliant OK none 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'unreachable on the last day is a question',
      { notices: [candidate('2024-03-04', { unreachableDates: ['2024-03-07'] }), result('2024-03-08')] },
      'undetermined NOTICE_UNREACHABLE major 03-04 03-07 03-07 03-08 03-08',
    ],
    [
      'unreachable on a day of the extension counts',
      { notices: [candidate('2024-03-06', { unreachableDates: ['2024-03-11'] }), result('2024-03-12')] },
      'undetermined NOTICE_UNREACHABLE major 03-06 03-09 03-11 03-12 03-12',
    ],
    [
      'unreachable changes no violation',
      { notices: [candidate('2024-03-04', { unreachableDates: ['2024-03-05'] }), result('2024-03-06')] },
      'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-06',
    ],
    [
      'two doubts stand side by side, the heavier one weighs',
      {
        notices: [
          candidate('2024-03-04', { ...A, unreachableDates: ['2024-03-05'], statedPeriod: { to: '2024-03-07 09:00' } }),
          result('2024-03-08', { winner: '乙公司' }),
        ],
      },
      'undetermined FIRST_CANDIDATE_SKIPPED+HOUR_COUNT_AMBIGUOUS+NOTICE_UNREACHABLE major 03-04 03-07 03-07 03-08 03-08',
    ],
  ])('%s', (_name, one, expected) => {
    expect(judged(one)).toBe(expected);
  });
});

describe('calendar and local days', () => {
  const over = (first: string, second: string) => [candidate(first), result(second)];
  const elsewhere = { ...tender, city: '530102' };
  it.each<[string, Worked, string]>([
    [
      'local days do not concern other prefectures',
      { project: elsewhere, notices: over('2024-11-15', '2024-11-19') },
      'compliant OK none 11-15 11-18 11-18 11-19 11-19',
    ],
    [
      'after both readings of the period there is no doubt',
      { notices: over('2024-11-15', '2024-11-21') },
      'compliant OK none 11-15 11-18 11-18 11-19 11-21',
    ],
    [
      'with local days as rest days the dates move',
      { policy: { localHolidays: 'restDay' }, notices: over('2024-11-15', '2024-11-20') },
      'violation ROLLOVER_NOT_OBSERVED minor 11-15 11-18 11-20 11-21 11-20',
    ],
    [
      'a year of unknown local days is counted by the national calendar',
      { notices: over('2025-11-14', '2025-11-18') },
      'compliant OK none 11-14 11-17 11-17 11-18 11-18',
    ],
    [
      'without extension the last day is the third',
      { policy: { rollover: false }, notices: over('2024-03-06', '2024-03-10') },
      'compliant OK none 03-06 03-09 03-09 03-10 03-10',
    ],
    [
      'a working Saturday of December stands in the next year’s notice',
      { notices: over('2018-12-26', '2018-12-30') },
      'compliant OK none 12-26 12-29 12-29 12-30 12-30',
    ],
    [
      'a breach that needs no calendar stands outside the years covered',
      { notices: over('2027-03-01', '2027-03-04') },
      'violation PERIOD_TOO_SHORT minor 03-01 03-04 03-04',
    ],
    [
      'else the calendar is missing, and no plain weekend is guessed',
      { notices: over('2027-03-01', '2027-03-05') },
      'undetermined CALENDAR_MISSING info 03-01 03-04 03-05',
    ],
    [
      'five working days skip a holiday and take the worked Sunday',
      { project: singleSource, notices: [of('single_source', '2024-09-26'), result('2024-10-09')] },
      'violation PERIOD_TOO_SHORT minor 09-26 10-09 10-09 10-10 10-09',
    ],
    [
      'days missing are working days where the rule counts those',
      { project: singleSource, notices: [of('single_source', '2024-09-26'), result('2024-10-05')] },
      'violation PERIOD_TOO_SHORT major 09-26 10-09 10-09 10-10 10-05',
    ],
  ])('%s', (_name, one, expected) => {
    expect(judged(one)).toBe(expected);
  });
});

describe('scope', () => {
  const hasty = [candidate('2024-03-04'), result('2024-03-05')];
  const inScope = 'violation PERIOD_TOO_SHORT major 03-04 03-07 03-07 03-08 03-05';
  const out = 'not_applicable NOT_APPLICABLE none';
  const unknown = 'undetermined APPLICABILITY_UNKNOWN info';
  const rule = (part: object) => ({
    localRule: { id: 'KY-GP-3D', from: '2016-01-01', to: null, verifiedTo: null, ...part },
  });
  const ky = { ...localWorks };
  it.each<[string, object, object, string]>([
    ['works at the line', { ...tender, estimate: 4_000_000 }, {}, inScope],
    ['goods below their line', { ...tender, category: 'goods', estimate: 1_999_999 }, {}, out],
    ['services at their line', { ...tender, category: 'services', estimate: 1_000_000 }, {}, inScope],
    [
      'services at the older line',
      { ...tender, category: 'services', estimate: 500_000, on: '2018-05-31' },
      {},
      inScope,
    ],
    ['local works at the limit', { ...ky, budget: 1_000_000 }, {}, inScope],
    ['local works by inquiry', { ...ky, method: 'inquiry' }, {}, inScope],
    ['local works without a budget', { ...ky, budget: null }, {}, unknown],
    ['local works without a budget, after the rule ended', { ...ky, budget: null }, rule({ to: '2017-12-31' }), out],
    ['local works of another county', { ...ky, city: '532503' }, {}, out],
    ['local works that are not municipal', { ...ky, subtype: 'other' }, {}, out],
    ['local works not known to be municipal', { ...ky, subtype: null }, {}, unknown],
    ['above the limit since 2018-06', { ...ky, budget: 1_000_001 }, {}, out],
    ['above the limit before', { ...ky, budget: 1_000_001, on: '2018-05-31' }, {}, unknown],
    ['at the must-tender line, tendered', { ...ky, method: 'open_tender', budget: 4_000_000 }, {}, inScope],
    ['at the must-tender line, not tendered', { ...ky, budget: 4_000_000 }, {}, unknown],
    [
      'after what was confirmed',
      ky,
      rule({ verifiedTo: '2016-12-31' }),
      'undetermined LOCAL_RULE_VALIDITY_UNKNOWN info',
    ],
    ['single source below the threshold', { ...singleSource, aboveOpenTenderThreshold: false }, {}, out],
    ['single source of unknown amount', { ...singleSource, aboveOpenTenderThreshold: null }, {}, unknown],
    ['single source is no local works', { ...ky, method: 'single_source', aboveOpenTenderThreshold: false }, {}, out],
    ['land', { ...tender, regime: 'land', method: 'listing' }, {}, out],
  ])('%s', (_name, project, policy, expected) => {
    expect(judged({ project, policy, notices: hasty })).toBe(expected);
  });
});

describe('moments', () => {
  it.each<[string, string | number, string]>([
    ['with a zone are converted first', '2024-03-04T16:30:00Z', '03-05'],
    ['with our own zone stay', '2024-03-04T23:30:00+08:00', '03-04'],
    ['without a zone are Shanghai time', '2024-03-04T23:59:59', '03-04'],
    ['in milliseconds are converted', Date.UTC(2024, 2, 4, 16, 0), '03-05'],
    ['in milliseconds before midnight too', Date.UTC(2024, 2, 4, 15, 59, 59), '03-04'],
  ])('%s', (_name, at, day) => {
    expect(judged({ notices: [candidate(at), result('2024-03-20')] })).toContain(` none ${day} `);
  });
});
