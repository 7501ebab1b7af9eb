import { tz } from '@date-fns/tz';
import { format } from 'date-fns';

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
/** From here on an offset of eight hours is exact, and cheap where times are read by the million. */
const OFFSET_HOLDS_FROM = Date.UTC(1991, 8, 15);
/** Far beyond any page: 2106-11-22. */
const OFFSET_ASKED_UNTIL = 50_000 * DAY_MS;

/** Epoch milliseconds → local day in Shanghai. */
export function dayOf(epochMs: number): LocalDay {
  if (!isRecent(epochMs)) return format(epochMs, 'yyyy-MM-dd', IN_SHANGHAI);
  return dayFromNumber(Math.floor((epochMs + SHANGHAI_OFFSET_MS) / DAY_MS));
}

/** Epoch milliseconds → local moment in Shanghai, to the minute. */
export function momentOf(epochMs: number): LocalMoment {
  if (!isRecent(epochMs)) return format(epochMs, "yyyy-MM-dd'T'HH:mm", IN_SHANGHAI);
  const minutes = minutesOf(epochMs);
  return `${dayOf(epochMs)}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** Minutes since midnight in Shanghai. */
function minutesOf(epochMs: number): number {
  return Math.floor(((epochMs + SHANGHAI_OFFSET_MS) % DAY_MS) / 60_000);
}

function isRecent(epochMs: number): boolean {
  return epochMs >= OFFSET_HOLDS_FROM && epochMs < OFFSET_ASKED_UNTIL;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

/** Local day or moment in Shanghai → epoch milliseconds (a day is its first instant). */
export function epochOf(local: LocalDay | LocalMoment): number {
  return Date.parse(`${local.length === 10 ? `${local}T00:00` : local.slice(0, 16)}:00Z`) - SHANGHAI_OFFSET_MS;
}

/** Days once numbered and named: a century of them is little beside what is asked of them. */
const DAYS_KEPT = 40_000;
const NUMBERS = new Map<LocalDay, number>();
const NAMES = new Map<number, LocalDay>();

/** Whole days since 1970-01-01; the inverse of `dayFromNumber`. */
export function dayNumber(day: LocalDay): number {
  return numberOfPlainDay(day) ?? numberOfDay(day);
}

function numberOfDay(day: LocalDay): number {
  const known = NUMBERS.get(day);
  if (known !== undefined) return known;
  const n = Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
  if (day.length === 10 && NUMBERS.size < DAYS_KEPT) NUMBERS.set(day, n);
  return n;
}

/** Days before each month of a year that begins in March: so that a leap day is its last. */
const BEFORE_MONTH = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

/** Of a day of 1970 to 2099 that every month has, by reckoning: a table would have to hash the text first. Else null. */
function numberOfPlainDay(day: LocalDay): number | null {
  if (day.length !== 10 || day.charCodeAt(4) !== DASH || day.charCodeAt(7) !== DASH) return null;
  const year = twoDigitsAt(day, 0) * 100 + twoDigitsAt(day, 2);
  const month = twoDigitsAt(day, 5);
  const ofMonth = twoDigitsAt(day, 8);
  if (!(year >= 1970 && year <= 2099 && month >= 1 && month <= 12 && ofMonth >= 1 && ofMonth <= 28)) return null;
  // Every fourth of these years is a leap year. 1970-01-01 lies 1,969 years of 365 days, 492 leap days and 306 days on.
  const marchYear = month < 3 ? year - 1 : year;
  return marchYear * 365 + (marchYear >> 2) + BEFORE_MONTH[month - 1]! + ofMonth - FIRST_RECKONED;
}

const DASH = 45;
const FIRST_RECKONED = 1969 * 365 + 492 + 306 + 1;

/** Two digits of a text as a number; NaN where they are none. */
export function twoDigitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

export function dayFromNumber(n: number): LocalDay {
  let name = NAMES.get(n);
  if (name === undefined) {
    name = new Date(n * DAY_MS).toISOString().slice(0, 10);
    if (NAMES.size < DAYS_KEPT) NAMES.set(n, name);
  }
  return name;
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return dayFromNumber(dayNumber(day) + days);
}

const WRITTEN_DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a real calendar day written `YYYY-MM-DD`. */
export function isLocalDay(text: string): boolean {
  if (!WRITTEN_DAY.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && isLeapYear ? 29 : MONTH_LENGTHS[month - 1]!);
}
