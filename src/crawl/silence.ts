import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';

/** Working days after `from` up to `to`, both local days; null where no calendar reaches them. */
export type CountWorkdays = (from: LocalDay, to: LocalDay) => number | null;

/** How long a column has been silent, and how long it may be, both in working days. */
export interface Silence {
  newest: LocalDay;
  workdays: number;
  /** Null: the history is too short to say. */
  normal: number | null;
}

/** Thirteen months: offices buy by the year, and the quiet weeks after the Spring Festival come once in it. */
export const HISTORY_DAYS = 396;
/** Fewer pauses than these say nothing: a column with a few notices a year is never called silent. */
const FEWEST_PAUSES = 12;
/** The longest of fewer pauses than these says too little by itself. */
const FREQUENT_PAUSES = 100;
/** Nobody is told of a silence of a working week. */
const LEAST_NORMAL = 5;
const WORKDAYS_A_YEAR = 250;
/** A column that goes on as before is called silent once in fifty years: with thirty columns less than once a year in all. */
const FALSE_A_YEAR = 0.02;
/** The mean of few pauses is uncertain: its upper bound of 95 % is taken (1.645 standard errors). */
const CONFIDENCE = 1.645;

/**
 * Told from the days on which the column's notices are stated. Of its pauses the longer half tells how quickly long ones
 * grow rare, and where there are many so does the longest of them all; normal is what the shorter of the two answers
 * allows, never less than twice the usual or the longest seen.
 */
export function silenceOf(days: readonly LocalDay[], today: LocalDay, countWorkdays: CountWorkdays): Silence | null {
  const since = addDays(today, -HISTORY_DAYS);
  const distinct = [...new Set(days)].filter((day) => day >= since && day <= today).sort();
  const newest = distinct.at(-1);
  const workdays = newest === undefined ? null : countWorkdays(newest, today);
  if (newest === undefined || workdays === null) return null;
  const pauses = distinct
    .slice(1)
    // Two days of one weekend are one moment.
    .flatMap((day, i) => countWorkdays(distinct[i]!, day) || [])
    .sort((a, b) => a - b);
  if (pauses.length < FEWEST_PAUSES) return { newest, workdays, normal: null };
  const median = pauses[Math.floor((pauses.length - 1) / 2)]!;
  return {
    newest,
    workdays,
    normal: Math.max(
      LEAST_NORMAL,
      2 * median,
      pauses.at(-1)!,
      Math.min(longestOfAYear(pauses, median), beyondTheLongest(pauses)),
    ),
  };
}

/**
 * Beyond the median, pauses are taken to grow rare by the same share with each working day, as they do where notices come
 * by chance; the share follows from how far the longer ones reach.
 */
function longestOfAYear(pauses: readonly number[], median: number): number {
  const beyond = pauses.flatMap((pause) => (pause > median ? [pause - median] : []));
  if (beyond.length === 0) return median;
  const mean = (sum(beyond) / beyond.length) * (1 + CONFIDENCE / Math.sqrt(beyond.length));
  const shareLeftADay = 1 - 1 / mean;
  const longAYear = (beyond.length / sum(pauses)) * WORKDAYS_A_YEAR;
  return Math.ceil(median + Math.log(FALSE_A_YEAR / longAYear) / Math.log(shareLeftADay));
}

/**
 * The longest of n pauses is one that 1/n of them reach; where long ones grow rare by the same share with each day, k
 * times as long is reached by 1/n to the k. Says more than the mean does of a column that pauses often and hardly ever long.
 */
function beyondTheLongest(pauses: readonly number[]): number {
  if (pauses.length < FREQUENT_PAUSES) return Infinity;
  const aYear = (pauses.length / sum(pauses)) * WORKDAYS_A_YEAR;
  return Math.ceil((Math.log(aYear / FALSE_A_YEAR) / Math.log(pauses.length)) * pauses.at(-1)!);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

export function isTooLong({ workdays, normal }: Silence): boolean {
  return normal !== null && workdays > normal;
}
