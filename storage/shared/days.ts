import { dayNumber, isLocalDay } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';

/** Undated things stand after all others. */
const UNDATED = 0;
/** 9999-12-31, the last day that can be written `YYYY-MM-DD`. */
const MAX_DAY = dayNumber('9999-12-31');

/** Number of a stated day or moment in lists ordered by day: 0 for undated. */
export function placeDay(stated: string | null): number {
  const day = stated?.slice(0, 10) ?? '';
  return isLocalDay(day) ? Math.max(dayNumber(day), 1) : UNDATED;
}

/** First and last day number asked for, both included; a bound leaves what is undated out. */
export function dayRange(query: { from?: LocalDay; to?: LocalDay }): [number, number] {
  const low = query.from === undefined ? (query.to === undefined ? UNDATED : UNDATED + 1) : placeDay(query.from);
  return [low, query.to === undefined ? MAX_DAY : placeDay(query.to)];
}
