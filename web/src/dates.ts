import { addDays, dayOf, momentOf } from '../../src/model/day.ts';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** `2026-11-20` → `周五`. */
export function weekday(day: string): string {
  return WEEKDAYS[new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? '';
}

/** `2026-11-20` or `2026-11-20T09:30` → `2026年11月20日 周五` (and ` 09:30`). Anything else is shown as it came. */
export function inWords(stated: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(stated);
  if (parts === null) return stated;
  const [, year, month, day, time] = parts;
  const words = `${year}年${Number(month)}月${Number(day)}日 ${weekday(stated)}`;
  return time === undefined ? words : `${words} ${time}`;
}

/** Epoch milliseconds → `2026年11月20日 周五 09:30`, Shanghai time. */
export const observedInWords = (epoch: number): string => inWords(momentOf(epoch));

/** `2026-11` → `2026年11月`. */
export const monthInWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;

/** The month (`2026-11`) `step` months after `month`. */
export function otherMonth(month: string, step: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + step;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export const isMonth = (text: string | null): text is string => text !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The days up to today, oldest first. */
export function lastDays(now: number, many: number): string[] {
  const today = dayOf(now);
  return Array.from({ length: many }, (_, i) => addDays(today, i + 1 - many));
}

export const monthOf = (epoch: number): string => dayOf(epoch).slice(0, 7);

/** Time between two moments, for people: `刚刚`, `3小时前`, `2天前`. */
export function ago(epoch: number, now: number): string {
  const minutes = Math.floor((now - epoch) / 60_000);
  if (minutes < 2) return '刚刚';
  if (minutes < 60) return `${minutes}分钟前`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}小时前`;
  return `${Math.floor(minutes / 1440)}天前`;
}
