import { crawlAll } from '../crawl/crawl.ts';
import type { OnPageStep } from '../crawl/page-step.ts';
import type { Run } from '../model/run.ts';
import type { CrawlWindow, SourceAdapter } from '../model/source.ts';
import { workdayCounter } from './calendar.ts';
import { refreshInTurn } from './judging.ts';
import type { StageObserver } from './judging.ts';
import { progressBars } from './progress.ts';
import type { Workshop } from './workshop.ts';

export interface PipelineResult {
  runs: Run[];
  /** Projects judged. */
  judged: number;
}

/** Is told what has been done, as it is done; times by the workshop's clock. */
export interface PipelineObserver extends StageObserver {
  ran(run: Run): void;
  page: OnPageStep;
}

/** The whole way once: crawl, then match and judge what the store holds. */
export async function runPipeline(
  workshop: Workshop,
  options: {
    adapters: SourceAdapter[];
    window: CrawlWindow;
    windowOf?: (sourceId: string) => CrawlWindow;
    full: boolean;
    backfill?: boolean;
    signal?: AbortSignal;
    observer?: PipelineObserver;
  },
): Promise<PipelineResult> {
  const { store, archive, clock, newId, config, web, leases } = workshop;
  const bars = progressBars(new Map(options.adapters.map((a) => [a.definition.id, a.definition.name])));
  let runs: Run[];
  try {
    runs = await crawlAll({
      ...options,
      store,
      archive,
      clock,
      newId,
      web,
      leases,
      recheckDays: config.crawl.recheckDays,
      countWorkdays: workdayCounter(workshop.calendar),
      onProgress: (progress) => bars.update(progress),
      onPageStep: (took) => options.observer?.page(took),
    });
  } finally {
    bars.stop();
  }
  runs.forEach((run) => options.observer?.ran(run));
  if (options.signal?.aborted) return { runs, judged: 0 };
  return { runs, judged: await refreshInTurn(workshop, options.observer) };
}
