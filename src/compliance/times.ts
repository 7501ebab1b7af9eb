import { dayOf, isLocalDay, momentOf, twoDigitsAt } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';

/** A time as a site delivered it, in Shanghai. `minutes` since midnight, 1440 = 24:00; null where only a day was given. */
export interface StatedTime {
  readonly day: LocalDay;
  readonly minutes: number | null;
}

const EARLIEST = '1970-01-01';
/** An epoch in seconds, read as milliseconds, falls into 1970 and must not pass for a date; no site is older than this. */
const EARLIEST_EPOCH = '2000-01-01';
const LATEST = '2100-12-31';

const PLAIN = /^(?:19[7-9]\d|20\d\d)-\d\d-\d\d$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const WRITTEN =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s*[T ]?\s*(上午|中午|下午|晚上)?\s*(\d{1,2})\s*[:：时点]\s*(?:(\d{1,2})\s*(?:[:：分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a date, a local moment, an ISO moment with zone, or epoch milliseconds.
 * A moment without a zone is Shanghai time. Null = cannot be read as a time.
 */
export function readTime(value: string | number): StatedTime | null {
  if (typeof value === 'number') return ofEpoch(value);
  const known = READ.get(value);
  if (known !== undefined) return known;
  const read = readWritten(value);
  if (value.length <= LONGEST_KEPT) {
    if (READ.size >= TIMES_KEPT) READ.clear();
    READ.set(value, read);
  }
  return read;
}

/** The day of such a time; the same answers as `readTime` gives, sooner for days and for minutes of Shanghai. */
export function readDay(value: string | number): LocalDay | null {
  if (typeof value === 'string' && startsWithDay(value)) {
    if (value.length === 10) return value;
    if (value.length === 16 && isMinute(value)) return value.slice(0, 10);
  }
  return readTime(value)?.day ?? null;
}

const DASH = 45;
const COLON = 58;
const CAPITAL_T = 84;

/** A day of 1970 to 2099 that every month has: read by the million, and without a table. The last days of months take the long way. */
function startsWithDay(text: string): boolean {
  if (text.length < 10 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false;
  const year = twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2);
  const month = twoDigitsAt(text, 5);
  const day = twoDigitsAt(text, 8);
  return year >= 1970 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

function isMinute(text: string): boolean {
  if (text.charCodeAt(10) !== CAPITAL_T || text.charCodeAt(13) !== COLON) return false;
  const hour = twoDigitsAt(text, 11);
  const minute = twoDigitsAt(text, 14);
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

/** Times read before: a million projects share some thousands of days, and tens of thousands of minutes. */
const READ = new Map<string, StatedTime | null>();
const TIMES_KEPT = 100_000;
/** `2024-03-04T09:30:00+08:00`. */
const LONGEST_KEPT = 25;

function readWritten(value: string): StatedTime | null {
  if (PLAIN.test(value) && isLocalDay(value)) return { day: value, minutes: null };
  const text = value.normalize('NFKC').trim();
  if (/^\d{13}$/.test(text)) return ofEpoch(Number(text));
  const compact = COMPACT.exec(text);
  if (compact !== null) {
    const [, y, m, d, hour, minute] = compact;
    return build(`${y}-${m}-${d}`, hour, minute, undefined, undefined);
  }
  const written = WRITTEN.exec(text);
  if (written === null) return null;
  const [, y, m, d, half, hour, minute, , zone] = written;
  return build(`${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`, hour, minute, half, zone);
}

function ofEpoch(ms: number): StatedTime | null {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8e15) return null;
  const day = dayOf(ms);
  if (day < EARLIEST_EPOCH || day > LATEST) return null;
  const moment = momentOf(ms);
  return { day, minutes: Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16)) };
}

function build(
  day: string,
  hour: string | undefined,
  minute: string | undefined,
  half: string | undefined,
  zone: string | undefined,
): StatedTime | null {
  if (!isLocalDay(day) || day < EARLIEST || day > LATEST) return null;
  if (hour === undefined) return { day, minutes: null };
  const afternoon = (half === '下午' || half === '晚上') && Number(hour) < 12 ? 12 : 0;
  const minutes = (Number(hour) + afternoon) * 60 + Number(minute ?? 0);
  if (Number(minute ?? 0) > 59 || minutes > 24 * 60) return null;
  if (zone === undefined) return { day, minutes };
  return ofEpoch(Date.parse(`${day}T00:00:00Z`) + (minutes - zoneMinutes(zone)) * 60_000);
}

function zoneMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}
