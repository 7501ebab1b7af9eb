import { addDays, dayOf } from '../model/day.ts';
import { momentAfter, momentsUpTo } from '../model/recurrence.ts';
import type { Run } from '../model/run.ts';
import type { CrawlWindow, SourceSettings } from '../model/source.ts';
import { quietUntil } from './quiet-hours.ts';

/**
 * visit: the days of the overlap, read again whatever is known · sweep: every list from its beginning, which alone
 * finds a notice that was backdated to before the overlap · resume: what an interrupted process left.
 */
type RunKind = 'visit' | 'sweep' | 'resume';

export interface DueRun {
  kind: RunKind;
  window: CrawlWindow;
}

interface ScheduleFacts {
  settings: Pick<SourceSettings, 'schedule' | 'quietHours'>;
  /** Runs of the source, latest first; some fifty are enough. */
  runs: Run[];
  now: number;
  /** Milliseconds by which the visit of a moment (epoch ms) comes later; the same at every call. */
  jitter: (moment: number) => number;
}

/** Runs that began later than this from now are of a clock that was set back since: they say nothing of what is due. */
const CLOCK_TOLERANCE_MS = 3600_000;

/**
 * What a source has due, and when to look again (epoch ms, never before `now`). Pure.
 * It follows from the runs alone, whichever process made them: moments missed while nothing ran make one run due,
 * whose window reaches back to the last run that was accepted.
 */
export function dueRun({ settings, runs, now, jitter }: ScheduleFacts): { due: DueRun | null; next: number } {
  const { schedule, quietHours } = settings;
  const quiet = quietUntil(quietHours, now);
  if (quiet !== null) return { due: null, next: quiet };

  const own = runs.filter(
    (run) => !run.backfill && run.window.until === null && run.startedAt <= now + CLOCK_TOLERANCE_MS,
  );
  const left = own.find((run) => run.finishedAt === null && !run.full);
  if (left !== undefined) return { due: { kind: 'resume', window: left.window }, next: now };

  const moments = [schedule.visits, schedule.sweep];
  const last = Math.max(...moments.map((pattern) => latest(pattern, now, jitter)));
  if (own.some((run) => run.startedAt >= last)) {
    return { due: null, next: Math.min(...moments.map((pattern) => upcoming(pattern, now, jitter))) };
  }
  const sweptSince = latest(schedule.sweep, now, jitter);
  const isSwept = own.some(
    (run) => run.window.since === null && run.startedAt >= sweptSince && run.outcome !== 'rejected',
  );
  if (!isSwept) return { due: { kind: 'sweep', window: { since: null, until: null } }, next: now };
  const accepted = own.find((run) => run.outcome === 'complete' || run.outcome === 'incomplete');
  const reached = dayOf(Math.min(accepted?.startedAt ?? now, now));
  return {
    due: { kind: 'visit', window: { since: addDays(reached, -schedule.overlapDays), until: null } },
    next: now,
  };
}

/**
 * The last moment of the pattern that has come, its jitter included; before all time where there was none. The moment
 * itself, without jitter: another process may have drawn a smaller one and begun before.
 */
function latest(pattern: string, now: number, jitter: (moment: number) => number): number {
  return momentsUpTo(pattern, now, 2).find((moment) => moment + jitter(moment) <= now) ?? -Infinity;
}

function upcoming(pattern: string, now: number, jitter: (moment: number) => number): number {
  const moments = [...momentsUpTo(pattern, now, 1), momentAfter(pattern, now)];
  return Math.min(...moments.map((moment) => moment + jitter(moment)).filter((moment) => moment > now));
}
