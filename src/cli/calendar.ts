import type { Config } from '../../config/load.ts';
import { Calendar } from '../compliance/calendar.ts';

/** The configured calendar: State Council notices and the local layer. */
export function loadCalendar(config: Config): Calendar {
  return Calendar.load(config.calendar.national, config.calendar.local);
}
