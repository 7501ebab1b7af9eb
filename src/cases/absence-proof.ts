import { addDays, epochOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { CoverageSpan } from '../model/run.ts';

interface Window {
  from: LocalDay;
  to: LocalDay;
}

/**
 * The runs whose lists prove, for each of these stretches of days (both included), what was and was not published in
 * them: in every column the first complete run that ended after the stretch and covers it whole; where none does, all
 * that cover a part of it. An earlier run proves nothing, and a later one nothing more.
 */
export function provingRuns(spans: readonly CoverageSpan[], windows: readonly Window[]): Set<string> {
  const columns = Map.groupBy(spans, ({ sourceId, channelId }) => `${sourceId}/${channelId}`);
  const runs = new Set<string>();
  const distinct = new Map(windows.map((window) => [`${window.from} ${window.to}`, window]));
  for (const { from, to } of distinct.values()) {
    const end = epochOf(addDays(to, 1));
    for (const column of columns.values()) {
      // Oldest first, as the store gives them.
      const after = column.filter(
        (span) => span.finishedAt >= end && (span.from === null || span.from <= to) && span.to >= from,
      );
      const whole = after.find((span) => (span.from === null || span.from <= from) && span.to >= to);
      for (const { runId } of whole === undefined ? after : [whole]) runs.add(runId);
    }
  }
  return runs;
}
