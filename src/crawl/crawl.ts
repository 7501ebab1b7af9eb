import { GongshiError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import type { CrawlWindow, SourceAdapter } from '../model/source.ts';
import { crawlLeased } from './leased.ts';
import type { LeasedCrawlOptions } from './leased.ts';

interface CrawlAllOptions extends Omit<LeasedCrawlOptions, 'adapter'> {
  adapters: SourceAdapter[];
  /** The window of single sources, where it is another than the others'. */
  windowOf?: (sourceId: string) => CrawlWindow;
}

/**
 * Crawls the sources side by side; each has its own host and pace. The runs come in the order of the adapters.
 * A source whose crawl throws (the store or the archive failed) is reported as an unfinished run saying so,
 * and the others go on; so is one that another process is crawling.
 */
export async function crawlAll({ adapters, windowOf, ...given }: CrawlAllOptions): Promise<Run[]> {
  return Promise.all(
    adapters.map(async (adapter) => {
      const options = { ...given, window: windowOf?.(adapter.definition.id) ?? given.window };
      const startedAt = options.clock.now();
      try {
        return (await crawlLeased({ ...options, adapter })) ?? notRun(adapter, options, startedAt, BUSY);
      } catch (error) {
        return notRun(adapter, options, startedAt, notStored(error));
      }
    }),
  );
}

function notStored(error: unknown): { code: string; message: string; advice: string } {
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'CRAWL_NOT_STORED',
    message: `采集结果无法保存：${what}`,
    advice: error instanceof GongshiError ? error.advice : '请检查磁盘空间与数据文件夹权限，然后重跑同一命令即可续采。',
  };
}

const BUSY = {
  code: 'SOURCE_BUSY',
  message: '另一进程正在采集该来源或同一网站的另一来源',
  advice: '请等它完成；值守进程（gongshi run）运行时一般不必另行采集。',
};

/** Stands for a run that is not this process's to keep: what the store holds of it stays, and the next crawl goes on with it. */
function notRun(
  adapter: SourceAdapter,
  { window, full, backfill = false, clock }: Omit<CrawlAllOptions, 'adapters' | 'windowOf'>,
  startedAt: number,
  failure: { code: string; message: string; advice: string },
): Run {
  return {
    id: '',
    sourceId: adapter.definition.id,
    window,
    full,
    backfill,
    startedAt,
    finishedAt: clock.now(),
    outcome: 'incomplete',
    reason: failure.message,
    channels: [],
    failures: [{ ...failure, url: null, channelId: null, at: clock.now(), archiveId: null }],
    requests: 0,
    bytes: 0,
  };
}
