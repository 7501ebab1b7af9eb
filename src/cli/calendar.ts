import type { Config } from '../../config/load.ts';
import { Calendar } from '../compliance/calendar.ts';
import type { CountWorkdays } from '../crawl/silence.ts';
import { addDays } from '../model/day.ts';

/** The configured calendar: State Council notices and the local layer. */
export function loadCalendar(config: Config): Calendar {
  return Calendar.load(config.calendar.national, config.calendar.local);
}

/** Working days after a day; a year without a calendar says nothing. */
export function workdayCounter(calendar: Calendar): CountWorkdays {
  return (from, to) =>
    calendar.covers(from) && calendar.covers(to) ? calendar.workingDaysBetween(addDays(from, 1), to) : null;
}
