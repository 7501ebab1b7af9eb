import type { Calendar } from './calendar.ts';
import type { Publicity, Reading } from './publicity.ts';

/** A choice the facts leave open: its code, and the readings that differ from the base in this choice alone. */
export interface Doubt {
  code: 'LOCAL_HOLIDAY_DEPENDENT' | 'CORRECTION_MATERIALITY_UNKNOWN' | 'LOT_UNRESOLVED';
  readings: Reading[];
}

interface Readings {
  /** National calendar (or the one the policy fixes), stated dates, doubtful corrections ignored. */
  base: Reading;
  dimensions: Doubt[];
  /** Every combination, the base first. */
  all: Reading[];
}

/** All ways of reading the facts. A verdict is certain only when it is the same under each of them. */
export function readingsOf(calendar: Calendar, localCalendar: Calendar | null, publicity: Publicity): Readings {
  const base: Reading = { calendar, withUnknownScope: true, doubtful: null, firstSight: 'never' };
  const calendars = localCalendar === null ? [calendar] : [calendar, localCalendar];
  const scopes = publicity.copiesOfUnknownScope.length > 0 ? [true, false] : [true];
  const doubtful = [null, ...publicity.doubtfulRestarts.map((d) => d.event)];

  const all = calendars.flatMap((c) =>
    scopes.flatMap((withUnknownScope) =>
      doubtful.map((event): Reading => ({ ...base, calendar: c, withUnknownScope, doubtful: event })),
    ),
  );
  const dimensions: Doubt[] = [];
  if (localCalendar !== null) {
    dimensions.push({ code: 'LOCAL_HOLIDAY_DEPENDENT', readings: [{ ...base, calendar: localCalendar }] });
  }
  for (const code of ['CORRECTION_MATERIALITY_UNKNOWN', 'LOT_UNRESOLVED'] as const) {
    const readings: Reading[] = publicity.doubtfulRestarts
      .filter((d) => d.code === code)
      .map((d) => ({ ...base, doubtful: d.event }));
    if (code === 'LOT_UNRESOLVED' && scopes.length > 1) readings.push({ ...base, withUnknownScope: false });
    if (readings.length > 0) dimensions.push({ code, readings });
  }
  return { base, dimensions, all };
}
