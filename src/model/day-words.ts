import { momentOf } from './day.ts';
import type { LocalDay, LocalMoment } from './day.ts';

/** 2024年3月7日 */
export function plainDay(day: LocalDay): string {
  return `${day.slice(0, 4)}年${shortDay(day)}`;
}

/** 3月7日 */
export function shortDay(day: LocalDay): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
}

/** 2024年3月7日, and 09:30 behind it where a minute is stated. */
export function plainStated(stated: LocalDay | LocalMoment): string {
  return stated.length > 10 ? `${plainDay(stated)} ${stated.slice(11, 16)}` : plainDay(stated);
}

/** Epoch milliseconds → 2024年3月7日 09:30, in Shanghai. */
export function plainMoment(epochMs: number): string {
  return plainStated(momentOf(epochMs));
}

/** 2024年3月7日至2024年3月9日, or the one day. */
export function plainSpan(from: LocalDay, to: LocalDay): string {
  return from === to ? plainDay(from) : `${plainDay(from)}至${plainDay(to)}`;
}
