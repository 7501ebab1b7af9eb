import { addDays, type LocalDay } from '../../../src/model/day.ts';

/** Weeks of a month (`YYYY-MM`) from Monday to Sunday; null = a place outside the month. */
export function monthWeeks(month: string): (LocalDay | null)[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const places: (LocalDay | null)[] = Array.from({ length: before }, () => null);
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) places.push(day);
  while (places.length % 7 !== 0) places.push(null);
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7));
}
