import { Cron } from 'croner';

/** Moments that come round, as five-field cron patterns in Asia/Shanghai. */
const TIME_ZONE = 'Asia/Shanghai';
const crons = new Map<string, Cron>();

/** True for five fields that come round: what a schedule may be written as. */
export function isCronPattern(text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false;
  try {
    return cron(text).nextRun() !== null;
  } catch {
    return false;
  }
}

/** The `count` last moments up to and with `now` (epoch ms), latest first. */
export function momentsUpTo(pattern: string, now: number, count: number): number[] {
  return cron(pattern)
    .previousRuns(count, new Date(now + 1))
    .map((date) => date.getTime());
}

/** The first moment after `now`, epoch ms. */
export function momentAfter(pattern: string, now: number): number {
  return cron(pattern).nextRun(new Date(now))?.getTime() ?? Infinity;
}

function cron(pattern: string): Cron {
  const known = crons.get(pattern) ?? new Cron(pattern, { timezone: TIME_ZONE, paused: true });
  crons.set(pattern, known);
  return known;
}
