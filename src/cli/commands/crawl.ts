import { CorrectInput } from '../../model/errors.ts';
import { systemClock } from '../../model/clock.ts';
import { ruleTitle } from '../../compliance/rules/index.ts';
import { createLog, logSettings } from '../log.ts';
import { observePipeline, workshopMetrics, writeMetricsFile } from '../metrics.ts';
import { say } from '../output.ts';
import { runPipeline } from '../pipeline.ts';
import { crawlReport, storeReport } from '../report.ts';
import { chooseSources, openWorkshop } from '../workshop.ts';

/** `gongshi crawl` and `gongshi backfill`: exit code 1 where a source did not come out complete. */
export async function crawl(options: {
  config: string;
  sources: string[];
  since: string | null;
  until: string | null;
  full: boolean;
  backfill?: boolean;
}): Promise<void> {
  refuseReversed(options.since, options.until);
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  const interrupt = new AbortController();
  const stop = (): void => {
    say('正在停止；重新运行同一命令即可续采。');
    interrupt.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const adapters = chooseSources(workshop.adapters, options.sources);
    const log = createLog(logSettings(process.env['GONGSHI_LOG_LEVEL'], process.stderr));
    const metrics = workshopMetrics(workshop);
    const { since, until, full, backfill } = options;
    const { runs } = await runPipeline(workshop, {
      adapters,
      window: { since, until },
      full,
      backfill,
      signal: interrupt.signal,
      observer: observePipeline(metrics, log),
    });
    const metricsFile = process.env['GONGSHI_METRICS_FILE'];
    if (metricsFile) await writeMetricsFile(metrics, metricsFile);
    say(crawlReport(runs, workshop.definitions));
    say();
    say(await storeReport(workshop.store, ruleTitle));
    if (runs.some((run) => run.outcome !== 'complete')) process.exitCode = 1;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await workshop.close();
  }
}

function refuseReversed(since: string | null, until: string | null): void {
  if (since === null || until === null || since <= until) return;
  throw new CorrectInput(
    `起日 ${since} 晚于止日 ${until}`,
    '请把 --since 写成较早的日期，--until 写成较晚的日期。',
    {},
  );
}
