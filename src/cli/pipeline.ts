import { keepCases } from '../cases/case-stage.ts';
import { judgeAllProjects } from '../cases/judge-stage.ts';
import { crawlAll } from '../crawl/crawl.ts';
import { createWeb } from '../crawl/web.ts';
import type { Run } from '../model/run.ts';
import type { CrawlWindow, SourceAdapter } from '../model/source.ts';
import { matchNotices } from '../projects/stage.ts';
import { progressBars } from './progress.ts';
import type { Workshop } from './workshop.ts';

export interface PipelineResult {
  runs: Run[];
  /** Projects judged. */
  judged: number;
}

/** Is told what has been done, as it is done; times by the workshop's clock. */
export interface PipelineObserver {
  ran(run: Run): void;
  staged(stage: 'match' | 'judge', ms: number): void;
}

/** The whole way once: crawl, then match and judge what the store holds. */
export async function runPipeline(
  workshop: Workshop,
  options: {
    adapters: SourceAdapter[];
    window: CrawlWindow;
    full: boolean;
    signal?: AbortSignal;
    observer?: PipelineObserver;
  },
): Promise<PipelineResult> {
  const { store, archive, clock, sleep, newId, config, userAgent } = workshop;
  const bars = progressBars(new Map(options.adapters.map((a) => [a.definition.id, a.definition.name])));
  let runs: Run[];
  try {
    runs = await crawlAll({
      ...options,
      store,
      archive,
      clock,
      newId,
      web: createWeb({ userAgent, sleep }),
      recheckDays: config.crawl.recheckDays,
      onProgress: (progress) => bars.update(progress),
    });
  } finally {
    bars.stop();
  }
  runs.forEach((run) => options.observer?.ran(run));
  if (options.signal?.aborted) return { runs, judged: 0 };
  return { runs, judged: await refresh(workshop, options.observer) };
}

/** Links what is new and judges every project on what is known now. Returns the number of projects judged. */
export async function refresh(
  { store, config, calendar, clock }: Workshop,
  observer?: PipelineObserver,
): Promise<number> {
  const started = clock.now();
  await matchNotices(store);
  const matched = clock.now();
  observer?.staged('match', matched - started);
  const { judged } = await judgeAllProjects({ store, policy: config.policy, calendar, clock });
  await keepCases({ store, calendar, clock, deadlines: config.cases });
  observer?.staged('judge', clock.now() - matched);
  return judged;
}
