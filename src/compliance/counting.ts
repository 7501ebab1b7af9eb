import { addDays, dayNumber } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { ExtendCalendar } from '../model/errors.ts';
import type { CountedDay } from '../model/finding.ts';
import type { Calendar } from './calendar.ts';

/** A period as a rule fixes it: so many calendar days or working days. */
export interface Period {
  length: number;
  unit: 'calendar' | 'workday';
}

/** A period counted from its anchor. Null: the calendar does not reach that day. */
export interface CountedPeriod {
  /** P, the day of publication. */
  anchor: LocalDay;
  /** L0, the nominal last day. */
  nominalLastDay: LocalDay | null;
  /** L, after extension over rest days. */
  lastDay: LocalDay | null;
}

/**
 * Counts a publicity period.
 * - The day of publication is not counted: 民法典 art. 201 (begin day excluded), before 2021 民法总则 art. 201, 民法通则 art. 154.
 * - 日 is a calendar day (民法典 art. 200); rest days inside the period count like any other.
 * - A last day that is a statutory rest day gives way to the day after the rest: 民法典 art. 203(1).
 *   Adjusted weekends (调休) are working days. `rollover: false` leaves this out.
 * - The period runs to 24:00 of its last day: 民法典 art. 203(2). So the earliest result day is L + 1.
 * A period in working days ends on a working day and needs no extension.
 */
export function countPeriod(period: Period, anchor: LocalDay, calendar: Calendar, rollover: boolean): CountedPeriod {
  if (period.unit === 'workday') {
    const last = reach(calendar, anchor, () => calendar.nthWorkingDayAfter(anchor, period.length));
    return { anchor, nominalLastDay: last, lastDay: last };
  }
  const nominal = calendar.addDays(anchor, period.length);
  return {
    anchor,
    nominalLastDay: nominal,
    lastDay: rollover ? reach(calendar, nominal, () => calendar.nextWorkingDay(nominal)) : nominal,
  };
}

/** L + 1. */
export function earliestResultDate(counted: CountedPeriod): LocalDay | null {
  return counted.lastDay === null ? null : addDays(counted.lastDay, 1);
}

/** Days of the rule's unit from E to L0, both included; the extension is left out. 0 when E is after L0. */
export function daysMissing(
  period: Period,
  resultDate: LocalDay,
  nominalLastDay: LocalDay,
  calendar: Calendar,
): number {
  if (resultDate > nominalLastDay) return 0;
  if (period.unit === 'calendar') return dayNumber(nominalLastDay) - dayNumber(resultDate) + 1;
  return calendar.workingDaysBetween(resultDate, nominalLastDay);
}

/**
 * The days from P to L and E, in order, for the small calendar beside an alert.
 * In a working-day period a rest day is listed with `n` null. A day on which the result falls stands twice:
 * as a day of the period and as the result.
 */
export function countedDays(
  period: Period,
  counted: CountedPeriod | null,
  resultDate: LocalDay | null,
  calendar: Calendar,
): CountedDay[] {
  const days: CountedDay[] = [];
  const add = (day: LocalDay, mark: CountedDay['mark'], n: number | null): void => {
    days.push({ day, mark, n, why: calendar.why(day), rest: calendar.covers(day) && calendar.isRest(day) });
  };
  if (counted !== null) {
    add(counted.anchor, 'published', null);
    let n = 0;
    if (counted.nominalLastDay !== null) {
      for (
        let day = calendar.addDays(counted.anchor, 1);
        day <= counted.nominalLastDay;
        day = calendar.addDays(day, 1)
      ) {
        const skipped = period.unit === 'workday' && calendar.isRest(day);
        add(day, 'counted', skipped ? null : ++n);
      }
      for (let day = calendar.addDays(counted.nominalLastDay, 1); counted.lastDay !== null && day <= counted.lastDay;) {
        add(day, 'extended', null);
        day = calendar.addDays(day, 1);
      }
    }
  }
  if (resultDate !== null) add(resultDate, 'result', null);
  return days.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** Asks the calendar only where it can answer; the last years' end is found by trying. */
function reach(calendar: Calendar, from: LocalDay, ask: () => LocalDay): LocalDay | null {
  if (!calendar.covers(from)) return null;
  try {
    return ask();
  } catch (error) {
    if (error instanceof ExtendCalendar) return null;
    throw error;
  }
}
