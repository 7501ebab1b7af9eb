import { systemClock } from '../../model/clock.ts';
import { ruleTitle } from '../../compliance/rules/index.ts';
import { createLog, logSettings } from '../log.ts';
import { observePipeline, workshopMetrics, writeMetricsFile } from '../metrics.ts';
import { say } from '../output.ts';
import { runPipeline } from '../pipeline.ts';
import { crawlReport, storeReport } from '../report.ts';
import { chooseSources, openWorkshop } from '../workshop.ts';

/** `gongshi crawl`: exit code 1 where a source did not come out complete. */
export async function crawl(options: {
  config: string;
  sources: string[];
  since: string | null;
  until: string | null;
  full: boolean;
}): Promise<void> {
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
    const { since, until, full } = options;
    const { runs } = await runPipeline(workshop, {
      adapters,
      window: { since, until },
      full,
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
