import { isLocalDay, momentOf } from '../../src/model/day.ts';
import type { LocalDay, LocalMoment } from '../../src/model/day.ts';

/** Thirteen digits from 2001-09 to 2100: later than any notice, and a sign of another number in the field. */
const LATEST_MS = 4_102_416_000_000;

const PUNCTUATED =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?)?[分秒]?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;

/**
 * A time as a site's field prints it → local day or moment in Shanghai.
 * Met: `2026-10-02T12:10:05`, the same with a zone, `2026-03-16 09:30:00`, `2016/12/16`, `20260316093000`,
 * `20260316`, epoch milliseconds as number or digits. Midnight is how these sites write a day without an hour.
 * Null: empty. Undefined: something stands there that is no time; the caller names it.
 */
export function siteTime(value: string | number | null | undefined): LocalDay | LocalMoment | null | undefined {
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  if (text === '') return null;
  if (/^\d{13}$/.test(text)) return fromEpoch(Number(text));
  const match = PUNCTUATED.exec(text) ?? COMPACT.exec(text);
  if (match === null) return undefined;
  const [, year, month, date, hour, minute, , zone] = match;
  const day = `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`;
  if (!isLocalDay(day)) return undefined;
  if (hour === undefined) return day;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const clock = `${hour.padStart(2, '0')}:${minute!.padStart(2, '0')}`;
  if (zone !== undefined) {
    const offset = zone === 'Z' ? '+00:00' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
    return withoutMidnight(momentOf(Date.parse(`${day}T${clock}:00${offset}`)));
  }
  return withoutMidnight(`${day}T${clock}`);
}

function fromEpoch(ms: number): LocalDay | LocalMoment | undefined {
  return ms < LATEST_MS ? withoutMidnight(momentOf(ms)) : undefined;
}

function withoutMidnight(moment: LocalMoment): LocalDay | LocalMoment {
  return moment.endsWith('T00:00') ? moment.slice(0, 10) : moment;
}
