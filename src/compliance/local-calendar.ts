import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';

/** The calendars a buyer's dates are counted by. */
export interface Calendars {
  /** The calendar that gives the dates. */
  calendar: Calendar;
  /** Where local days may turn the verdict: the same with these days off. */
  localCalendar: Calendar | null;
  /** Buyer in the prefecture whose days off may be unknown. */
  underLocalCalendar: boolean;
}

/** Local days count only for buyers of the prefecture; the policy may fix one reading. */
export function calendarsFor(city: string | null | undefined, policy: Policy, calendar: Calendar): Calendars {
  const prefix = calendar.localPrefix;
  const local = prefix !== null && city?.startsWith(prefix) === true;
  if (!local || policy.localHolidays === 'ignore') return { calendar, localCalendar: null, underLocalCalendar: false };
  const withDays = calendar.withLocalDays();
  return policy.localHolidays === 'restDay'
    ? { calendar: withDays, localCalendar: null, underLocalCalendar: true }
    : { calendar, localCalendar: withDays === calendar ? null : withDays, underLocalCalendar: true };
}

/**
 * How many days off a year may have had that are not known: 矻扎扎节 and 火把节 one day each between July and August, 州庆
 * two days about 18 November (自治条例 art. 69; 2023: 07-28, 08-11, 11-20, 11-21; 2024: 07-12, 07-29, 11-18, 11-19).
 */
const SEASONS: readonly { from: string; to: string; days: number }[] = [
  { from: '07-01', to: '08-31', days: 2 },
  { from: '11-15', to: '11-22', days: 2 },
];

/** At most so many local days off that nobody here knows of lie between two days, both included. */
export function unknownLocalDays(calendar: Calendar, from: LocalDay, to: LocalDay): number {
  let days = 0;
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    if (calendar.knowsLocalDays(year)) continue;
    for (const season of SEASONS)
      if (`${year}-${season.from}` <= to && `${year}-${season.to}` >= from) days += season.days;
  }
  return days;
}

/** Working days by which an event is late. */
export function workingDaysLate(calendar: Calendar, deadline: LocalDay, end: LocalDay): number {
  return calendar.workingDaysBetween(addDays(deadline, 1), end);
}
