import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { Calendar } from './calendar.ts';
import type { Period } from './counting.ts';

/** min: the end event may not come before · max: not after · exact: on that very day. */
export type PeriodKind = 'min' | 'max' | 'exact';

interface PeriodOutcome {
  verdict: 'compliant' | 'violation';
  /** min: first lawful day of the end event. */
  earliestAllowed?: LocalDay;
  /** max: last lawful day of the end event. */
  deadline?: LocalDay;
}

/**
 * Judges a statutory period between two events (bid period, award letter to contract, …).
 * The start day is not counted (民法典 art. 201). A maximum period whose last day is a rest day runs to the
 * next working day (art. 203); a minimum period is not prolonged: the end event may fall on its n-th day.
 * Throws `ExtendCalendar` where the calendar does not reach.
 */
export function judgePeriod(
  kind: PeriodKind,
  period: Period,
  start: LocalDay,
  end: LocalDay,
  calendar: Calendar,
): PeriodOutcome {
  const nth =
    period.unit === 'workday' ? calendar.nthWorkingDayAfter(start, period.length) : addDays(start, period.length);
  if (kind === 'exact')
    return { verdict: end === nth ? 'compliant' : 'violation', earliestAllowed: nth, deadline: nth };
  if (kind === 'min') return { verdict: end >= nth ? 'compliant' : 'violation', earliestAllowed: nth };
  const deadline = period.unit === 'workday' ? nth : calendar.nextWorkingDay(nth);
  return { verdict: end <= deadline ? 'compliant' : 'violation', deadline };
}
