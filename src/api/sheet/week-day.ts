import { weekday } from '../../compliance/calendar.ts';
import { plainDay } from '../../model/day-words.ts';
import type { LocalDay, LocalMoment } from '../../model/day.ts';

/** 2024年3月7日（周四）: a reader with a calendar in hand looks for both. */
export function weekDay(day: LocalDay): string {
  return `${plainDay(day)}（${weekday(day)}）`;
}

/** The same, and 09:30 behind it where a minute is stated. */
export function weekStated(stated: LocalDay | LocalMoment): string {
  const day = weekDay(stated.slice(0, 10));
  return stated.length > 10 ? `${day} ${stated.slice(11, 16)}` : day;
}
