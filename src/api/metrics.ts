import { Gauge, Histogram, Registry } from 'prom-client';

import type { Store } from '../../storage/store.ts';
import { RULE_IDS } from '../model/finding.ts';
import type { AlertNature } from '../model/finding.ts';
import type { Clock } from '../model/clock.ts';

/** Stages of the pipeline whose time is measured where they run. */
export type Stage = 'crawl' | 'match' | 'judge';

const NATURES: readonly AlertNature[] = ['violation', 'review'];
/** What a worker is doing about a source: elsewhere = another process is crawling it or its host · failing = store or archive do not answer. */
const WORKER_STATES = ['waiting', 'crawling', 'elsewhere', 'failing'] as const;
export type WorkerState = (typeof WORKER_STATES)[number];

/** From a stage with nothing to do to a first crawl through a slow site at its pace. */
const STAGE_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400];

interface Observed {
  store: Store;
  /** Sources whose figures are given; never taken from crawled data, so that the number of series stays bounded. */
  sourceIds: readonly string[];
  clock: Clock;
}

/**
 * Prometheus metrics in a registry of their own. What the store knows is read from it at every scrape, so that it is
 * true whichever process crawls; a figure that does not exist (a source never completely read) has no series.
 * Stage times are observed by the process that runs the stages.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #observed: Observed;
  readonly #stageSeconds: Histogram<'stage' | 'source'>;
  readonly #runSeconds = this.#gauge('gongshi_last_run_seconds', 'Duration of the last finished run', ['source']);
  readonly #requests = this.#gauge('gongshi_last_run_requests', 'Requests of the latest run', ['source']);
  readonly #bytes = this.#gauge('gongshi_last_run_bytes', 'Body bytes received by the latest run', ['source']);
  readonly #failures = this.#gauge('gongshi_last_run_failures', 'Failures of the latest run', ['source', 'code']);
  readonly #outcome = this.#gauge('gongshi_last_run_outcome', '1 for the latest run as it stands', [
    'source',
    'outcome',
  ]);
  readonly #queue = this.#gauge('gongshi_queue_depth', 'Requests waiting in the frontier of the unfinished run', [
    'source',
  ]);
  readonly #age = this.#gauge('gongshi_last_complete_run_age_seconds', 'Time since a complete run ended', ['source']);
  readonly #worker = this.#gauge('gongshi_worker_source', '1 for what this process is doing about the source', [
    'source',
    'state',
  ]);
  readonly #next = this.#gauge('gongshi_next_run_timestamp_seconds', 'When the schedule has the next run', ['source']);
  readonly #alerts = this.#gauge('gongshi_open_alerts', 'Open alerts', ['nature', 'rule']);

  constructor(observed: Observed) {
    this.#observed = observed;
    this.#stageSeconds = new Histogram({
      name: 'gongshi_stage_seconds',
      help: 'Time a stage of the pipeline took in this process; source is empty for stages over all sources',
      labelNames: ['stage', 'source'],
      buckets: STAGE_SECONDS,
      registers: [this.registry],
    });
  }

  observeStage(stage: Stage, ms: number, source = ''): void {
    this.#stageSeconds.observe({ stage, source }, ms / 1000);
  }

  /** `next`: epoch ms of the next run; null while one is under way or none can be known. */
  observeWorker(source: string, state: WorkerState, next: number | null): void {
    for (const each of WORKER_STATES) this.#worker.set({ source, state: each }, each === state ? 1 : 0);
    if (next === null) this.#next.remove({ source });
    else this.#next.set({ source }, next / 1000);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Prometheus text. Rejects when the store does not answer: old figures are never passed off as present ones. */
  async text(): Promise<string> {
    const { sourceIds } = this.#observed;
    const [sources, alerts] = [await Promise.all(sourceIds.map((id) => this.#runsOf(id))), await this.#openAlerts()];
    // Set together after everything was read: two scrapes at once never see half of each other's figures.
    const perSource = [this.#runSeconds, this.#requests, this.#bytes, this.#failures];
    for (const gauge of [...perSource, this.#outcome, this.#queue, this.#age, this.#alerts]) gauge.reset();
    sources.forEach((set) => set());
    for (const { nature, rule, count } of alerts) this.#alerts.set({ nature, rule }, count);
    return this.registry.metrics();
  }

  async #runsOf(source: string): Promise<() => void> {
    const { store, clock } = this.#observed;
    const list = store.runs;
    const [recent, complete] = await Promise.all([
      list.list({ sourceId: source, limit: 2 }),
      list.list({ sourceId: source, outcome: 'complete', limit: 1 }),
    ]);
    const [latest] = recent;
    const finished = recent.find((run) => run.finishedAt !== null);
    const ended = complete[0]?.finishedAt ?? null;
    const waiting =
      latest?.finishedAt === null ? (await list.tally(latest.id)).reduce((n, channel) => n + channel.pending, 0) : 0;
    return () => {
      this.#queue.set({ source }, waiting);
      if (ended !== null) this.#age.set({ source }, (clock.now() - ended) / 1000);
      if (finished !== undefined) {
        this.#runSeconds.set({ source }, ((finished.finishedAt ?? 0) - finished.startedAt) / 1000);
      }
      if (latest === undefined) return;
      this.#requests.set({ source }, latest.requests);
      this.#bytes.set({ source }, latest.bytes);
      this.#outcome.set({ source, outcome: latest.outcome }, 1);
      for (const { code } of latest.failures) this.#failures.inc({ source, code });
    };
  }

  async #openAlerts(): Promise<{ nature: AlertNature; rule: string; count: number }[]> {
    const { findings } = this.#observed.store;
    const pairs = NATURES.flatMap((nature) => RULE_IDS.map((rule) => ({ nature, rule })));
    return Promise.all(
      pairs.map(async (pair) => ({ ...pair, count: await findings.countAlerts({ ...pair, state: 'open' }) })),
    );
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
