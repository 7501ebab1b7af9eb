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

/** Half a year shows the quiet seasons; fewer days with notices than these say nothing. */
export const HISTORY_DAYS = 180;
const FEWEST_DAYS = 12;
/** Nobody is told of a silence of a working week. */
const LEAST_NORMAL = 5;

/**
 * Told from the days on which the column's notices are stated. Normal is twice as long as all but the longest twentieth
 * of its pauses, and never less than the longest of them.
 */
export function silenceOf(days: readonly LocalDay[], today: LocalDay, countWorkdays: CountWorkdays): Silence | null {
  const since = addDays(today, -HISTORY_DAYS);
  const distinct = [...new Set(days)].filter((day) => day >= since && day <= today).sort();
  const newest = distinct.at(-1);
  const workdays = newest === undefined ? null : countWorkdays(newest, today);
  if (newest === undefined || workdays === null) return null;
  const pauses = distinct
    .slice(1)
    .flatMap((day, i) => countWorkdays(distinct[i]!, day) ?? [])
    .sort((a, b) => a - b);
  if (pauses.length < FEWEST_DAYS) return { newest, workdays, normal: null };
  const usual = pauses[Math.floor(pauses.length * 0.95)]!;
  return { newest, workdays, normal: Math.max(LEAST_NORMAL, usual * 2, pauses.at(-1)!) };
}

export function isTooLong({ workdays, normal }: Silence): boolean {
  return normal !== null && workdays > normal;
}
