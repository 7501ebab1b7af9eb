import { momentOf } from '../model/day.ts';
import type { SourceSettings } from '../model/source.ts';

const HOUR_MS = 3600_000;
const DAY_HOURS = 24;

/**
 * When quiet hours `[from, to)` (local, over midnight too) that hold at `now` end, epoch ms; null when none hold.
 */
export function quietUntil(quietHours: SourceSettings['quietHours'], now: number): number | null {
  if (quietHours === null) return null;
  const { from, to } = quietHours;
  const hour = Number(momentOf(now).slice(11, 13));
  const quiet = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
  if (!quiet) return null;
  const hours = (to - hour + DAY_HOURS) % DAY_HOURS || DAY_HOURS;
  // Shanghai is a whole number of hours ahead of UTC, so that hours begin alike in both.
  return Math.floor(now / HOUR_MS) * HOUR_MS + hours * HOUR_MS;
}
