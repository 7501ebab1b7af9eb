import { dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { Vanishing } from '../model/vanishing.ts';

/** One run may overlook a notice; what it says of a page is believed once a second one does not list it either. */
const RUNS_TO_BELIEVE = 2;

/**
 * By notice: the days on which our own visits found its page gone while the site was well. Days on which nobody looked
 * are not among them: an interruption is counted from what was seen.
 */
export function goneDaysOf(vanishings: readonly Vanishing[]): Map<string, LocalDay[]> {
  const days = new Map<string, LocalDay[]>();
  for (const { noticeId, missedBy, probes } of vanishings) {
    const gone = probes.flatMap(({ found, at }) => (found === 'gone' ? [dayOf(at)] : []));
    if (missedBy.length < RUNS_TO_BELIEVE || gone.length === 0) continue;
    days.set(noticeId, [...new Set([...(days.get(noticeId) ?? []), ...gone])].sort());
  }
  return days;
}
