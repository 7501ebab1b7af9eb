import { tz } from '@date-fns/tz';
import { format, isMatch } from 'date-fns';

/**
 * Local days and moments, always Asia/Shanghai.
 * A day is `YYYY-MM-DD`; a moment `YYYY-MM-DDTHH:mm`. China has kept UTC+8 without
 * summer time since 1991-09-15, and no data here is older than 2000, so reading one takes a fixed offset.
 */
export type LocalDay = string;
export type LocalMoment = string;

const SHANGHAI_OFFSET_MS = 8 * 3600_000;
const DAY_MS = 86_400_000;
const IN_SHANGHAI = { in: tz('Asia/Shanghai') };

/** Epoch milliseconds → local day in Shanghai. */
export function dayOf(epochMs: number): LocalDay {
  return format(epochMs, 'yyyy-MM-dd', IN_SHANGHAI);
}

/** Epoch milliseconds → local moment in Shanghai, to the minute. */
export function momentOf(epochMs: number): LocalMoment {
  return format(epochMs, "yyyy-MM-dd'T'HH:mm", IN_SHANGHAI);
}

/** Local day or moment in Shanghai → epoch milliseconds (a day is its first instant). */
export function epochOf(local: LocalDay | LocalMoment): number {
  return Date.parse(`${local.length === 10 ? `${local}T00:00` : local.slice(0, 16)}:00Z`) - SHANGHAI_OFFSET_MS;
}

/** Whole days since 1970-01-01; the inverse of `dayFromNumber`. */
export function dayNumber(day: LocalDay): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function dayFromNumber(n: number): LocalDay {
  return new Date(n * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return dayFromNumber(dayNumber(day) + days);
}

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isLocalDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMatch(text, 'yyyy-MM-dd');
}
