import type { Calendar } from '../compliance/calendar.ts';
import { dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { ExtendCalendar } from '../model/errors.ts';

/**
 * The n-th working day after the day of `at`, local days off resting. Null when the calendar does not reach that far:
 * a guess around a holiday would be a wrong deadline.
 */
export function workingDaysAfter(calendar: Calendar, at: number, n: number): LocalDay | null {
  try {
    return calendar.withLocalDays().nthWorkingDayAfter(dayOf(at), n);
  } catch (error) {
    if (error instanceof ExtendCalendar) return null;
    throw error;
  }
}
