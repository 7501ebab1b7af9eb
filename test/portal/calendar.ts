import { addDays, dayNumber, isLocalDay } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';

/**
 * The bench's own calendar and its own counting, by walking from day to day.
 * Nothing here comes from src/compliance: what is planted must not be computed by the code that is to find it.
 * Days off and worked weekends: the State Council's yearly notices for 2023–2026.
 */
const OFF: Record<string, string> = {
  2023: '01-01 01-02 01-21 01-22 01-23 01-24 01-25 01-26 01-27 04-05 04-29 04-30 05-01 05-02 05-03 06-22 06-23 06-24 09-29 09-30 10-01 10-02 10-03 10-04 10-05 10-06',
  2024: '01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 02-17 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-10 09-15 09-16 09-17 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
  2025: '01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08',
  2026: '01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
};
const WORKED: Record<string, string> = {
  2023: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  2024: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  2025: '01-26 02-08 04-27 09-28 10-11',
  2026: '01-04 02-14 02-28 05-09 09-20 10-10',
};

const daysIn = (table: Record<string, string>): ReadonlySet<LocalDay> =>
  new Set(Object.entries(table).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`)));

const off = daysIn(OFF);
const worked = daysIn(WORKED);

/** First and last day on which the bench may be looked at: what is judged reaches up to 432 days back. */
export const FIRST_TODAY: LocalDay = '2024-04-01';
export const LAST_TODAY: LocalDay = '2026-12-31';

/** True where a world can be built for this day. */
export function isCovered(today: string): boolean {
  return isLocalDay(today) && today >= FIRST_TODAY && today <= LAST_TODAY;
}

/** 0 = Sunday. 1970-01-01 was a Thursday. */
function weekday(day: LocalDay): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

export function isWeekend(day: LocalDay): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}

/** A public holiday or the bridge that comes with it, by the yearly notice. */
export function isHoliday(day: LocalDay): boolean {
  return off.has(day);
}

/** 调休: a Saturday or Sunday on which offices work. */
export function isWorkedWeekend(day: LocalDay): boolean {
  return worked.has(day);
}

/** Days after LAST_TODAY are told by the weekday alone: nothing that late is ever shown. */
export function isWorkday(day: LocalDay): boolean {
  return worked.has(day) || (!off.has(day) && !isWeekend(day));
}

/** The n-th working day after `day`; n = 0: `day` itself if it is one, else the next. Negative n walks back. */
export function workdayAfter(day: LocalDay, n: number): LocalDay {
  const step = n < 0 ? -1 : 1;
  let at = day;
  if (n === 0) while (!isWorkday(at)) at = addDays(at, 1);
  for (let left = Math.abs(n); left > 0;) {
    at = addDays(at, step);
    if (isWorkday(at)) left--;
  }
  return at;
}

/** What a publicity period is by walking: its nominal last day, its last day after the extension, the first lawful result day. */
export interface WalkedPeriod {
  nominal: LocalDay;
  last: LocalDay;
  earliest: LocalDay;
}

/** Three calendar days after publication, the last moved on to a working day. */
export function threeDays(published: LocalDay): WalkedPeriod {
  const nominal = addDays(addDays(addDays(published, 1), 1), 1);
  let last = nominal;
  while (!isWorkday(last)) last = addDays(last, 1);
  return { nominal, last, earliest: addDays(last, 1) };
}

/** Five working days after publication. */
export function fiveWorkdays(published: LocalDay): WalkedPeriod {
  let last = published;
  for (let counted = 0; counted < 5;) {
    last = addDays(last, 1);
    if (isWorkday(last)) counted++;
  }
  return { nominal: last, last, earliest: addDays(last, 1) };
}
