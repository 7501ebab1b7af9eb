import { GongshiError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import type { SourceAdapter } from '../model/source.ts';
import { crawlSource } from './run-source.ts';
import type { CrawlSourceOptions } from './run-source.ts';

interface CrawlAllOptions extends Omit<CrawlSourceOptions, 'adapter'> {
  adapters: SourceAdapter[];
}

/**
 * Crawls the sources side by side; each has its own host and pace. The runs come in the order of the adapters.
 * A source whose crawl throws (the store or the archive failed) is reported as an unfinished run saying so,
 * and the others go on.
 */
export async function crawlAll({ adapters, ...options }: CrawlAllOptions): Promise<Run[]> {
  return Promise.all(
    adapters.map(async (adapter) => {
      const startedAt = options.clock.now();
      try {
        return await crawlSource({ ...options, adapter });
      } catch (error) {
        return broken(adapter, options, startedAt, error);
      }
    }),
  );
}

/** Stands for a run that could not be kept: the store still holds it unfinished, and the next crawl goes on with it. */
function broken(
  adapter: SourceAdapter,
  { window, full, clock }: Omit<CrawlAllOptions, 'adapters'>,
  startedAt: number,
  error: unknown,
): Run {
  const what = error instanceof Error ? error.message : String(error);
  const message = `采集结果无法保存：${what}`;
  const advice =
    error instanceof GongshiError ? error.advice : '请检查磁盘空间与数据文件夹权限，然后重跑同一命令即可续采。';
  return {
    id: '',
    sourceId: adapter.definition.id,
    window,
    full,
    startedAt,
    finishedAt: clock.now(),
    outcome: 'incomplete',
    reason: message,
    channels: [],
    failures: [
      { code: 'CRAWL_NOT_STORED', message, advice, url: null, channelId: null, at: clock.now(), archiveId: null },
    ],
    requests: 0,
    bytes: 0,
  };
}
