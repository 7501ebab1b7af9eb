import type { RunStore } from '../../storage/store.ts';

/** When a notice, seen for the first time now, is last known not to have been there. */
export interface Absence {
  /**
   * `statedDay`: the day the notice bears; `seenAt`: when it was seen (epoch ms).
   * Epoch ms; null where no complete run before that reached the day.
   */
  lastAbsent(channelId: string, statedDay: string | null, seenAt: number): Promise<number | null>;
}

/**
 * Reads the source's coverage by runs other than this one.
 *
 * The moment returned is the *start* of the last complete run that reached the day. A notice published while that run
 * was under way may have missed its list page by minutes (or by a day, where the run was resumed after a crash):
 * only of its start is the absence certain, and a claim of backdating must not rest on less.
 */
export async function absenceBefore(runs: RunStore, sourceId: string, runId: string): Promise<Absence> {
  const spans = (await runs.coverage([sourceId])).filter((span) => span.runId !== runId).reverse();
  const starts = new Map<string, Promise<number | null>>();
  const startOf = (id: string): Promise<number | null> => {
    let start = starts.get(id);
    if (start === undefined) {
      start = runs.get(id).then((run) => run?.startedAt ?? null);
      starts.set(id, start);
    }
    return start;
  };
  return {
    async lastAbsent(channelId, statedDay, seenAt) {
      if (statedDay === null) return null;
      const span = spans.find(
        (s) =>
          s.channelId === channelId &&
          s.finishedAt <= seenAt &&
          (s.from === null || s.from <= statedDay) &&
          statedDay <= s.to,
      );
      return span === undefined ? null : startOf(span.runId);
    },
  };
}
