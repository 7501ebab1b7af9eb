import { addDays, dayNumber } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import { fiveWorkdays, isHoliday, isWeekend, isWorkday, isWorkedWeekend, threeDays, workdayAfter } from './calendar.ts';
import type { Family } from './model.ts';
import type { Random } from './random.ts';

/** What becomes of one lot in one round: every day is a day in Kaiyuan. */
export interface Outcome {
  result: LocalDay;
  /** Award letter's date. */
  letter: LocalDay;
  /** Contract's signing. */
  signed: LocalDay;
}

/** How the publicity of a project runs, and what follows it. */
export interface Course extends Outcome {
  /** P, or null where nothing is publicised. */
  published: LocalDay | null;
  /** The day the evaluation is over; the publicity follows from it. */
  evaluated: LocalDay;
  statedEnd: LocalDay;
  /** "HH:mm" where the page gives an hour. */
  statedHour: string | null;
  /** What becomes of the second lot, where it goes another way. */
  other: Outcome | null;
  winner: 'first' | 'second' | 'second-explained' | 'outsider';
  correction: { day: LocalDay; what: 'price' | 'telephone' | 'attachment' } | null;
}

export interface Span {
  from: LocalDay;
  to: LocalDay;
}

export interface Scenario {
  name: string;
  nature: 'lawful' | 'violation' | 'near-miss';
  families: Family[];
  /** Lots, rounds and steps that the builder lays out. */
  shape: 'plain' | 'lots' | 'second-round' | 'second-round-without' | 'terminated' | 'other-medium' | 'late-copy';
  /** Where the amount stands to the rule's line; missing = no page states one. */
  amount: 'within' | 'outside' | 'missing';
  course(random: Random, span: Span): Course;
}

/** A working day of the span for which `fits` holds. */
function someWorkday(random: Random, span: Span, fits: (day: LocalDay) => boolean = () => true): LocalDay {
  const length = dayNumber(span.to) - dayNumber(span.from);
  // Most days fit most scenarios: draw first, and look through the whole span only for the rare ones.
  for (let attempt = 0; attempt < 20 && length >= 0; attempt++) {
    const day = addDays(span.from, random.int(0, length));
    if (isWorkday(day) && fits(day)) return day;
  }
  const days: LocalDay[] = [];
  for (let day = span.from; day <= span.to; day = addDays(day, 1)) if (isWorkday(day) && fits(day)) days.push(day);
  if (days.length === 0) throw new RangeError(`no fitting day between ${span.from} and ${span.to}`);
  return random.pick(days);
}

/** Result, letter and contract in due order from a result day on. */
function following(random: Random, result: LocalDay): Outcome {
  const letter = random.chance(0.7) ? result : workdayAfter(result, 1);
  return { result, letter, signed: workdayAfter(letter, random.int(2, 12)) };
}

function lawfulOutcome(random: Random, published: LocalDay): Outcome {
  return following(random, workdayAfter(workdayAfter(threeDays(published).earliest, 0), random.int(0, 3)));
}

/** A course that keeps the period; scenarios change what makes them what they are. */
function keeping(random: Random, published: LocalDay): Course {
  const period = threeDays(published);
  return {
    published,
    evaluated: workdayAfter(published, -random.int(1, 2)),
    statedEnd: random.chance(0.7) ? period.last : period.nominal,
    statedHour: random.chance(0.2) ? '17:30' : null,
    ...lawfulOutcome(random, published),
    other: null,
    winner: 'first',
    correction: null,
  };
}

const BOTH: Family[] = ['municipal', 'construction'];
const plain = { shape: 'plain', amount: 'within' } as const;

/** A breach by its result day alone. */
const dated = (name: string, fits: (day: LocalDay) => boolean, result: (day: LocalDay) => LocalDay): Scenario => ({
  name,
  nature: 'violation',
  families: BOTH,
  ...plain,
  course(random, span) {
    const published = someWorkday(random, span, fits);
    return { ...keeping(random, published), ...following(random, result(published)) };
  },
});

/** Inside the period and a day on which offices work: where a date goes that comes too early. */
const insidePeriod = (random: Random, published: LocalDay): LocalDay =>
  someWorkday(random, { from: addDays(published, 1), to: threeDays(published).last });

const rolls = (day: LocalDay): boolean => threeDays(day).last !== threeDays(day).nominal;

const VIOLATIONS: Scenario[] = [
  {
    name: 'missing-publicity',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      const evaluated = someWorkday(random, span);
      const base = keeping(random, evaluated);
      return { ...base, published: null, evaluated, ...following(random, workdayAfter(evaluated, random.int(1, 4))) };
    },
  },
  {
    ...dated(
      'same-day',
      () => true,
      (day) => day,
    ),
  },
  {
    name: 'result-before-publicity',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span);
      const result = workdayAfter(published, -random.int(1, 2));
      return { ...keeping(random, published), evaluated: workdayAfter(result, -1), ...following(random, result) };
    },
  },
  dated(
    'one-day-short',
    (day) => isWorkday(addDays(day, 3)),
    (day) => addDays(day, 3),
  ),
  dated(
    'two-days-short',
    (day) => isWorkday(addDays(day, 2)),
    (day) => addDays(day, 2),
  ),
  dated(
    'three-days-short',
    (day) => isWorkday(addDays(day, 1)),
    (day) => addDays(day, 1),
  ),
  dated(
    'ignored-weekend',
    (day) => rolls(day) && isWeekend(addDays(day, 3)) && !isHoliday(addDays(day, 3)),
    (day) => threeDays(day).last,
  ),
  dated(
    'ignored-holiday',
    (day) => rolls(day) && isHoliday(addDays(day, 3)),
    (day) => threeDays(day).last,
  ),
  {
    name: 'award-letter-inside',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span);
      return { ...keeping(random, published), letter: insidePeriod(random, published) };
    },
  },
  {
    name: 'contract-inside',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span);
      return { ...keeping(random, published), signed: insidePeriod(random, published) };
    },
  },
  {
    name: 'wrong-winner',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course: (random, span) => ({ ...keeping(random, someWorkday(random, span)), winner: 'outsider' }),
  },
  {
    name: 'stated-period-short',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span);
      return { ...keeping(random, published), statedEnd: addDays(published, 2), statedHour: null };
    },
  },
  {
    name: 'before-stated-end',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      // Five days promised or more, the result on the first lawful working day: inside what was promised.
      const published = someWorkday(random, span);
      const result = workdayAfter(threeDays(published).earliest, 0);
      const statedEnd = workdayAfter(result, random.int(0, 2));
      return { ...keeping(random, published), statedEnd, statedHour: null, ...following(random, result) };
    },
  },
  {
    name: 'ignored-correction',
    nature: 'violation',
    families: BOTH,
    ...plain,
    course(random, span) {
      // The corrected price restarts the period; the result keeps to the first one.
      const published = someWorkday(random, span, (day) => isWorkday(addDays(day, 1)));
      const result = workdayAfter(threeDays(published).earliest, 0);
      const day = someWorkday(random, {
        from: addDays(published, 1),
        to: threeDays(published).nominal,
      });
      const restarted = threeDays(day).last >= result ? day : workdayAfter(result, -1);
      return {
        ...keeping(random, published),
        ...following(random, result),
        correction: { day: restarted, what: 'price' },
      };
    },
  },
  {
    name: 'one-lot-short',
    nature: 'violation',
    families: BOTH,
    shape: 'lots',
    amount: 'within',
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkday(addDays(day, 2)));
      return { ...keeping(random, published), other: following(random, addDays(published, 2)) };
    },
  },
  {
    name: 'second-round-without-publicity',
    nature: 'violation',
    families: BOTH,
    shape: 'second-round-without',
    amount: 'within',
    course(random, span) {
      const evaluated = someWorkday(random, span);
      const base = keeping(random, evaluated);
      return { ...base, published: null, evaluated, ...following(random, workdayAfter(evaluated, random.int(1, 4))) };
    },
  },
  {
    name: 'other-medium-only',
    nature: 'violation',
    families: ['municipal'],
    shape: 'other-medium',
    amount: 'within',
    course: (random, span) => keeping(random, someWorkday(random, span)),
  },
];

const NEAR_MISSES: Scenario[] = [
  {
    name: 'adjusted-workday',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkedWeekend(addDays(day, 3)));
      return { ...keeping(random, published), ...following(random, workdayAfter(addDays(published, 4), 0)) };
    },
  },
  {
    name: 'rollover-observed',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span, rolls);
      return { ...keeping(random, published), ...following(random, workdayAfter(threeDays(published).earliest, 0)) };
    },
  },
  {
    name: 'earliest-lawful-day',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkday(threeDays(day).earliest));
      const course = keeping(random, published);
      return { ...course, ...following(random, threeDays(published).earliest) };
    },
  },
  {
    // Municipal works above 1,000,000 yuan, construction below the must-tender line: no rule, however short the period.
    name: 'outside-the-amount',
    nature: 'near-miss',
    families: BOTH,
    shape: 'plain',
    amount: 'outside',
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkday(addDays(day, 2)));
      return { ...keeping(random, published), ...following(random, addDays(published, 2)) };
    },
  },
  {
    name: 'amount-missing',
    nature: 'near-miss',
    families: BOTH,
    shape: 'plain',
    amount: 'missing',
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkday(addDays(day, 2)));
      return { ...keeping(random, published), ...following(random, addDays(published, 2)) };
    },
  },
  {
    name: 'corrected-telephone',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkday(addDays(day, 1)));
      return {
        ...keeping(random, published),
        ...following(random, workdayAfter(threeDays(published).earliest, 0)),
        correction: { day: addDays(published, 1), what: 'telephone' },
      };
    },
  },
  {
    // Undetermined: what the attachment changes nobody can read.
    name: 'correction-unknown',
    nature: 'near-miss',
    families: ['construction'],
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span, (day) => isWorkday(addDays(day, 1)));
      const result = workdayAfter(threeDays(published).earliest, 0);
      const next = addDays(published, 1);
      const day = threeDays(next).last >= result ? next : workdayAfter(result, -1);
      return { ...keeping(random, published), ...following(random, result), correction: { day, what: 'attachment' } };
    },
  },
  {
    name: 'lots-each-lawful',
    nature: 'near-miss',
    families: BOTH,
    shape: 'lots',
    amount: 'within',
    course(random, span) {
      const published = someWorkday(random, span);
      const course = keeping(random, published);
      return { ...course, other: following(random, workdayAfter(course.result, random.int(1, 3))) };
    },
  },
  {
    name: 'second-round-lawful',
    nature: 'near-miss',
    families: BOTH,
    shape: 'second-round',
    amount: 'within',
    course: (random, span) => keeping(random, someWorkday(random, span)),
  },
  {
    name: 'second-candidate-explained',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course: (random, span) => ({ ...keeping(random, someWorkday(random, span)), winner: 'second-explained' }),
  },
  {
    // Undetermined: a person must ask why.
    name: 'second-candidate-unexplained',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course: (random, span) => ({ ...keeping(random, someWorkday(random, span)), winner: 'second' }),
  },
  {
    // Undetermined: 72 hours from nine to nine.
    name: 'hour-window',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course(random, span) {
      const published = someWorkday(random, span);
      return { ...keeping(random, published), statedEnd: threeDays(published).nominal, statedHour: '09:00' };
    },
  },
  {
    // A slip of the pen: the end of the period bears last year's number.
    name: 'stated-year-misprinted',
    nature: 'near-miss',
    families: BOTH,
    ...plain,
    course(random, span) {
      const course = keeping(random, someWorkday(random, span));
      return { ...course, statedEnd: addDays(course.statedEnd, -365), statedHour: null };
    },
  },
  {
    name: 'terminated-after-publicity',
    nature: 'near-miss',
    families: BOTH,
    shape: 'terminated',
    amount: 'within',
    course: (random, span) => keeping(random, someWorkday(random, span)),
  },
  {
    // A copy elsewhere, days later, does not restart the period.
    name: 'late-copy',
    nature: 'near-miss',
    families: BOTH,
    shape: 'late-copy',
    amount: 'within',
    course(random, span) {
      const published = someWorkday(random, span);
      return { ...keeping(random, published), ...following(random, workdayAfter(threeDays(published).earliest, 0)) };
    },
  },
  {
    // Goods and services that were publicised though no law asks for it: not even a review.
    name: 'purchase-publicised',
    nature: 'near-miss',
    families: ['purchase'],
    ...plain,
    course: (random, span) => keeping(random, someWorkday(random, span)),
  },
];

/** Single source: five working days, and what stands beside it. */
const single = (
  name: string,
  nature: Scenario['nature'],
  amount: Scenario['amount'],
  result: (random: Random, published: LocalDay) => LocalDay,
  announced = true,
): Scenario => ({
  name,
  nature,
  families: ['single_source'],
  shape: 'plain',
  amount,
  course(random, span) {
    const published = someWorkday(random, span);
    const period = fiveWorkdays(published);
    return {
      ...keeping(random, published),
      published: announced ? published : null,
      statedEnd: period.nominal,
      statedHour: null,
      ...following(random, result(random, published)),
    };
  },
});

const lawfulSingle = (random: Random, published: LocalDay): LocalDay =>
  workdayAfter(fiveWorkdays(published).earliest, random.int(0, 4));

const SINGLE_SOURCE: Scenario[] = [
  single('single-source-short', 'violation', 'within', (random, day) => workdayAfter(day, random.int(2, 5))),
  single('single-source-missing', 'violation', 'within', (random, day) => workdayAfter(day, random.int(2, 5)), false),
  single('single-source-below-line', 'near-miss', 'outside', (random, day) => workdayAfter(day, random.int(2, 4))),
];

/** Every class of breach, each with the families that can commit it. */
export const VIOLATION_SCENARIOS: readonly Scenario[] = [
  ...VIOLATIONS,
  ...SINGLE_SOURCE.filter((s) => s.nature === 'violation'),
];
export const NEAR_MISS_SCENARIOS: readonly Scenario[] = [
  ...NEAR_MISSES,
  ...SINGLE_SOURCE.filter((s) => s.nature === 'near-miss'),
];

export const LAWFUL: Scenario = {
  name: 'lawful',
  nature: 'lawful',
  families: ['municipal', 'construction', 'purchase'],
  ...plain,
  course: (random, span) => keeping(random, someWorkday(random, span)),
};

export const LAWFUL_SINGLE_SOURCE: Scenario = single('lawful', 'lawful', 'within', lawfulSingle);
