import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import type { Store } from '../../storage/store.ts';
import { CASE_STATES } from '../model/case.ts';
import { addDays, dayOf } from '../model/day.ts';
import { countUntold } from '../notify/tell-operators.ts';
import type { OnPageStep } from '../crawl/page-step.ts';
import type { Loops } from './loops.ts';
import { ALERT_NATURES, RULE_IDS } from '../model/finding.ts';
import type { Clock } from '../model/clock.ts';

/** Stages of the pipeline whose time is measured where they run. */
export type Stage = 'crawl' | 'match' | 'judge';

/** What a worker is doing about a source: elsewhere = another process is crawling it or its host · failing = store or archive do not answer. */
const WORKER_STATES = ['waiting', 'crawling', 'elsewhere', 'failing'] as const;
export type WorkerState = (typeof WORKER_STATES)[number];

/** From a stage with nothing to do to a first crawl through a slow site at its pace. */
const STAGE_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400];

/** From a page read in a millisecond to a request that runs into its time limit. */
const PAGE_SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120];

interface Observed {
  store: Store;
  /** Sources whose figures are given; never taken from crawled data, so that the number of series stays bounded. */
  sourceIds: readonly string[];
  /** Ways to people on duty, by the names they have in the settings. */
  channels: readonly string[];
  clock: Clock;
  /** Loops of this process, where it has any. */
  loops?: Loops;
}

/**
 * Prometheus metrics in a registry of their own. What the store knows is read from it at every scrape, so that it is
 * true whichever process crawls; a figure that does not exist (a source never completely read) has no series. Where the
 * store does not answer, none of its figures has: old ones are never passed off as present ones.
 * Times of stages and steps are observed by the process that runs them.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #observed: Observed;
  readonly #stageSeconds: Histogram<'stage' | 'source'>;
  readonly #pageSeconds: Histogram<'step' | 'source'>;
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
  readonly #incidents = this.#gauge('gongshi_open_incidents', 'Open incidents of sources', ['source', 'code']);
  readonly #unmatched = this.#gauge('gongshi_unmatched_notices', 'Notices waiting to be linked', []);
  readonly #untold = this.#gauge('gongshi_untold_news', 'News of incidents a channel has not taken yet', ['channel']);
  readonly #cases = this.#gauge('gongshi_cases', 'Cases by state', ['state']);
  readonly #overdue = this.#gauge('gongshi_overdue_cases', 'Cases whose day is past', []);
  readonly #up = this.#gauge('gongshi_database_up', '1 while the store answers', []);
  readonly #working = this.#gauge('gongshi_loop_working_seconds', 'Since when a loop of this process works', ['loop']);
  readonly #failing = this.#gauge('gongshi_loop_failing_seconds', 'Since when the work of a loop fails', ['loop']);

  constructor(observed: Observed) {
    this.#observed = observed;
    this.#stageSeconds = new Histogram({
      name: 'gongshi_stage_seconds',
      help: 'Time a stage of the pipeline took in this process; source is empty for stages over all sources',
      labelNames: ['stage', 'source'],
      buckets: STAGE_SECONDS,
      registers: [this.registry],
    });
    this.#pageSeconds = new Histogram({
      name: 'gongshi_page_seconds',
      help: 'Time a step took for one page in this process',
      labelNames: ['step', 'source'],
      buckets: PAGE_SECONDS,
      registers: [this.registry],
    });
    collectDefaultMetrics({ register: this.registry });
  }

  readonly observePage: OnPageStep = ({ sourceId: source, step, ms }) => {
    this.#pageSeconds.observe({ step, source }, ms / 1000);
  };

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

  /** Prometheus text; `down`: what the store failed with, null while it answers. */
  async text(): Promise<{ text: string; down: unknown }> {
    const { set, down } = await this.#stored().then(
      (read) => ({ set: read, down: null }),
      (error: unknown) => ({ set: () => {}, down: error }),
    );
    // Set together after everything was read: two scrapes at once never see half of each other's figures.
    const perSource = [this.#runSeconds, this.#requests, this.#bytes, this.#failures, this.#outcome, this.#queue];
    for (const gauge of [...perSource, this.#age, this.#alerts, this.#incidents, this.#untold, this.#cases]) {
      gauge.reset();
    }
    for (const gauge of [this.#unmatched, this.#overdue]) gauge.remove();
    this.#up.set(down === null ? 1 : 0);
    set();
    this.#setLoops();
    return { text: await this.registry.metrics(), down };
  }

  /** Everything that is read from the store; returns what sets it. */
  async #stored(): Promise<() => void> {
    const { store, sourceIds, channels, clock } = this.#observed;
    const [sources, alerts, incidents, unmatched, untold, cases, overdue] = await Promise.all([
      Promise.all(sourceIds.map((id) => this.#runsOf(id))),
      store.findings.alertStatistics(),
      store.incidents.open(),
      store.notices.countUnmatched(),
      Promise.all(channels.map(async (channel) => ({ channel, count: await countUntold(store, channel) }))),
      Promise.all(CASE_STATES.map(async (state) => ({ state, count: await store.cases.count({ state }) }))),
      store.cases.count({ dueBy: addDays(dayOf(clock.now()), -1) }),
    ]);
    return () => {
      sources.forEach((set) => set());
      for (const nature of ALERT_NATURES) for (const rule of RULE_IDS) this.#alerts.set({ nature, rule }, 0);
      for (const { nature, state, rule, count } of alerts) {
        if (state === 'open') this.#alerts.set({ nature, rule }, count);
      }
      for (const { sourceId: source, code } of incidents) this.#incidents.inc({ source, code });
      this.#unmatched.set(unmatched);
      for (const { channel, count } of untold) this.#untold.set({ channel }, count);
      for (const { state, count } of cases) this.#cases.set({ state }, count);
      this.#overdue.set(overdue);
    };
  }

  #setLoops(): void {
    this.#working.reset();
    this.#failing.reset();
    for (const { id, ms } of this.#observed.loops?.working() ?? []) this.#working.set({ loop: id }, ms / 1000);
    for (const { id, ms } of this.#observed.loops?.failing() ?? []) this.#failing.set({ loop: id }, ms / 1000);
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
    const waiting = latest?.finishedAt === null ? await list.countWaiting(latest.id) : 0;
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

  #gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
