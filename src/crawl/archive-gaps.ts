import type { Store } from '../../storage/store.ts';
import type { Run } from '../model/run.ts';
import type { PageReading, RequestRole, SourceRequest } from '../model/source.ts';

/** What the crawls read and the archive holds no more. */
export interface ArchiveGaps {
  /** Runs of which something is missing. */
  runs: number;
  /** Pages of notices, repeated visits included. */
  pages: number;
  /** Columns of a run whose lists are gone. */
  lists: number;
}

interface RunHoldings {
  details: number;
  /** Ids of columns. */
  lists: Set<string>;
}

/** Counts what a rebuild finds of every run, and holds it against what the run counted when it was made. */
export class GapCount {
  readonly #found = new Map<string, RunHoldings>();

  /** A reply of the run is there. */
  holds(
    runId: string,
    { channelId, role }: Pick<SourceRequest, 'channelId'> & { role: RequestRole | PageReading['role'] },
  ): void {
    const found = this.#found.get(runId) ?? { details: 0, lists: new Set() };
    if (role === 'detail') found.details += 1;
    if (role === 'list') found.lists.add(channelId);
    this.#found.set(runId, found);
  }

  async against(store: Pick<Store, 'contents'>): Promise<ArchiveGaps> {
    const unanswered: number[] = [];
    for await (const { probes } of store.contents('vanishings')) {
      unanswered.push(...probes.filter(({ archiveId }) => archiveId === null).map(({ at }) => at));
    }
    const gaps: ArchiveGaps = { runs: 0, pages: 0, lists: 0 };
    for await (const run of store.contents('runs')) {
      if (run.finishedAt === null) continue;
      const { pages, lists } = this.#missing(run, unanswered);
      gaps.pages += pages;
      gaps.lists += lists;
      if (pages + lists > 0) gaps.runs += 1;
    }
    return gaps;
  }

  #missing(run: Run, unanswered: readonly number[]): Pick<ArchiveGaps, 'pages' | 'lists'> {
    const { details, lists } = this.#found.get(run.id) ?? { details: 0, lists: new Set() };
    // A visit to a vanished notice that brought no reply counts as read, and left nothing in the archive.
    const without = unanswered.filter((at) => at >= run.startedAt && at <= run.finishedAt!).length;
    const fetched = run.channels.reduce((total, channel) => total + channel.fetched, 0);
    return {
      pages: Math.max(0, fetched - details - without),
      lists: run.channels.filter(({ channelId, listed }) => listed > 0 && !lists.has(channelId)).length,
    };
  }
}
