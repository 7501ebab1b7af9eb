import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { ExtendCalendar } from '../model/errors.ts';
import type { Calendar } from './calendar.ts';
import type { Period } from './counting.ts';

/** min: the end event may not come before · max: not after · exact: on that very day. */
export type PeriodKind = 'min' | 'max' | 'exact';

interface PeriodOutcome {
  verdict: 'compliant' | 'violation';
  /** min: first lawful day of the end event. Absent: the calendar does not reach it, and the verdict does not need it. */
  earliestAllowed?: LocalDay;
  /** max: last lawful day of the end event; absent as above. */
  deadline?: LocalDay;
}

/**
 * Judges a statutory period between two events (bid period, award letter to contract, …).
 * The start day is not counted (民法典 art. 201). A maximum period whose last day is a rest day runs to the
 * next working day (art. 203); a minimum period is not prolonged: the end event may fall on its n-th day.
 * The n-th working day is never before the n-th day: what that decides needs no calendar, and then the limit may be absent.
 * Throws `ExtendCalendar` where the answer hangs on days that the calendar does not hold.
 */
export function judgePeriod(
  kind: PeriodKind,
  period: Period,
  start: LocalDay,
  end: LocalDay,
  calendar: Calendar,
): PeriodOutcome {
  const soonest = addDays(start, period.length);
  const limit = limitOf(kind, period, start, soonest, calendar);
  if (kind === 'exact') {
    const day = known(limit);
    return { verdict: end === day ? 'compliant' : 'violation', earliestAllowed: day, deadline: day };
  }
  if (typeof limit === 'string') {
    return kind === 'min'
      ? { verdict: end >= limit ? 'compliant' : 'violation', earliestAllowed: limit }
      : { verdict: end <= limit ? 'compliant' : 'violation', deadline: limit };
  }
  if (kind === 'min' && end < soonest) return { verdict: 'violation' };
  if (kind === 'max' && end <= soonest) return { verdict: 'compliant' };
  throw limit;
}

/** First lawful day of a minimum, last lawful day of a maximum; else why the calendar cannot say. */
function limitOf(
  kind: PeriodKind,
  { length, unit }: Period,
  start: LocalDay,
  soonest: LocalDay,
  calendar: Calendar,
): LocalDay | ExtendCalendar {
  try {
    if (unit === 'workday') return calendar.nthWorkingDayAfter(start, length);
    return kind === 'max' ? calendar.nextWorkingDay(soonest) : soonest;
  } catch (error) {
    if (error instanceof ExtendCalendar) return error;
    throw error;
  }
}

function known(limit: LocalDay | ExtendCalendar): LocalDay {
  if (limit instanceof ExtendCalendar) throw limit;
  return limit;
}
