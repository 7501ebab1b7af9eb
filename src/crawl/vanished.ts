import type { Probe, Vanishing } from '../model/vanishing.ts';
import type { ColumnNotice } from '../../storage/store.ts';

/** What a run says about the notices of one column. */
export interface ColumnSighting {
  channelId: string;
  /** Only a complete column says that a notice is not there. */
  complete: boolean;
  unlisted: readonly ColumnNotice[];
}

/** So many complete runs must miss a notice before anything is said about it. */
const RUNS_TO_BELIEVE = 2;
/** Enough for the longest publicity period, counted daily. */
const MOST_KEPT = 60;

/**
 * How vanished notices stand after a run. Pure; only changes are returned, and a repetition for the same run gives them
 * again as they were.
 * @param open those that are not listed again
 * @param probes what visits to their pages in this run found, by notice
 */
export function followVanishings(
  run: { id: string; sourceId: string; startedAt: number },
  open: readonly Vanishing[],
  columns: readonly ColumnSighting[],
  listed: ReadonlySet<string>,
  probes: ReadonlyMap<string, Probe>,
  now: number,
): Vanishing[] {
  const missed = new Map(columns.flatMap((column) => column.unlisted.map((notice) => [notice.id, column] as const)));
  const complete = new Set(columns.filter((column) => column.complete).map(({ channelId }) => channelId));
  const changed = open.flatMap((vanishing): Vanishing[] => {
    if (listed.has(vanishing.noticeId)) return [{ ...vanishing, state: 'returned', returnedAt: now }];
    if (!complete.has(vanishing.channelId)) return [];
    const probe = probes.get(vanishing.noticeId);
    const counts = missed.has(vanishing.noticeId) && vanishing.missedBy.every(({ runId }) => runId !== run.id);
    if (probe === undefined && !counts) return [];
    const missedBy = counts ? [...vanishing.missedBy, { runId: run.id, at: run.startedAt }] : vanishing.missedBy;
    const seen = probe === undefined || vanishing.probes.some(({ at }) => at === probe.at);
    const next = {
      ...vanishing,
      missedBy: missedBy.slice(-MOST_KEPT),
      probes: (seen ? vanishing.probes : [...vanishing.probes, probe]).slice(-MOST_KEPT),
    };
    return [{ ...next, state: stateOf(next) }];
  });
  const known = new Set(open.map(({ noticeId }) => noticeId));
  const fresh = columns.flatMap(({ channelId, complete: counts, unlisted }) =>
    unlisted
      .filter(({ id }) => !known.has(id))
      .map(({ id, lastSeenAt }): Vanishing => ({
        id: `${id}|${run.id}`,
        noticeId: id,
        sourceId: run.sourceId,
        channelId,
        state: 'missing',
        missedBy: counts ? [{ runId: run.id, at: run.startedAt }] : [],
        probes: [],
        lastSeenAt,
        openedAt: run.startedAt,
        returnedAt: null,
      })),
  );
  return [...changed, ...fresh];
}

function stateOf({ missedBy, probes }: Pick<Vanishing, 'missedBy' | 'probes'>): Vanishing['state'] {
  const found = probes.at(-1)?.found;
  if (missedBy.length < RUNS_TO_BELIEVE || found === undefined || found === 'unclear') return 'missing';
  return found === 'gone' ? 'withdrawn' : 'unlisted';
}
