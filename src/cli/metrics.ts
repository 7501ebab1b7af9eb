import { rename, writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';

import { Metrics } from '../api/metrics.ts';
import type { PipelineObserver } from './pipeline.ts';
import type { Workshop } from './workshop.ts';

/** Metrics on what the workshop's store holds, for its configured sources. */
export function workshopMetrics({ store, definitions, clock }: Workshop): Metrics {
  return new Metrics({ store, sourceIds: definitions.map(({ id }) => id), clock });
}

/** Tells metrics and log what the pipeline does. */
export function observePipeline(metrics: Metrics, log: Logger): PipelineObserver {
  return {
    ran(run) {
      const ms = run.finishedAt === null ? null : run.finishedAt - run.startedAt;
      if (ms !== null) metrics.observeStage('crawl', ms, run.sourceId);
      const { id, sourceId: source, outcome, reason, requests, bytes } = run;
      for (const { code, message, url, channelId } of run.failures) {
        log.warn({ run: id, source, code, url, channelId, message }, 'request or check failed');
      }
      log.info({ run: id, source, outcome, reason, requests, bytes, ms }, 'source crawled');
    },
    staged(stage, ms) {
      metrics.observeStage(stage, ms);
      log.info({ stage, ms }, 'stage done');
    },
  };
}

/**
 * A command ends before anyone could ask it: its metrics go into a file for node_exporter's textfile collector.
 * Replaced whole, so that the collector never reads half of one.
 */
export async function writeMetricsFile(metrics: Metrics, file: string): Promise<void> {
  const arriving = `${file}.${process.pid}`;
  await writeFile(arriving, await metrics.text());
  await rename(arriving, file);
}
