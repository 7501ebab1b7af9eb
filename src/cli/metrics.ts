import { rename, writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';

import type { Loops } from '../api/loops.ts';
import { Metrics } from '../api/metrics.ts';
import { momentOf } from '../model/day.ts';
import type { DaemonObserver } from './daemon.ts';
import type { PipelineObserver } from './pipeline.ts';
import type { Workshop } from './workshop.ts';

/** Metrics on what the workshop's store holds, for its configured sources. */
export function workshopMetrics({ store, definitions, config, clock }: Workshop, loops?: Loops): Metrics {
  const channels = config.operators.channels.map(({ name }) => name);
  return new Metrics({ store, sourceIds: definitions.map(({ id }) => id), channels, clock, loops });
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
    page: (took) => metrics.observePage(took),
    staged(stage, ms) {
      metrics.observeStage(stage, ms);
      log.info({ stage, ms }, 'stage done');
    },
  };
}

/** The same, and what each source is doing in this process. */
export function observeDaemon(metrics: Metrics, log: Logger): DaemonObserver {
  const states = new Map<string, string>();
  return {
    ...observePipeline(metrics, log),
    source(source, state, next) {
      metrics.observeWorker(source, state, next);
      if (states.get(source) === state) return;
      states.set(source, state);
      log.info({ source, state, next: next === null ? null : momentOf(next) }, 'source');
    },
  };
}

/**
 * A command ends before anyone could ask it: its metrics go into a file for node_exporter's textfile collector.
 * Replaced whole, so that the collector never reads half of one.
 */
export async function writeMetricsFile(metrics: Metrics, file: string): Promise<void> {
  const arriving = `${file}.${process.pid}`;
  const { text, down } = await metrics.text();
  if (down !== null) throw down;
  await writeFile(arriving, text);
  await rename(arriving, file);
}
