import type { Store } from '../../storage/store.ts';
import type { Clock } from '../model/clock.ts';
import { dayOf } from '../model/day.ts';
import type { FailureRecord, Run } from '../model/run.ts';
import type { CrawlWindow, SourceAdapter, SourceRequest } from '../model/source.ts';
import { acceptRun } from './acceptance.ts';
import { emptiedChannels } from './emptied-channels.ts';
import { guarded, isCrawlFailure } from './crawl-failure.ts';
import type { CrawlFailure } from './crawl-failure.ts';
import { settleIncidents, sightingsOf } from './incidents.ts';

interface RunRecordOptions {
  adapter: SourceAdapter;
  store: Pick<Store, 'runs' | 'notices' | 'incidents'>;
  clock: Clock;
  window: CrawlWindow;
  full: boolean;
  backfill?: boolean;
  newId: () => string;
}

export interface OpenRun {
  run: Run;
  /** The run was left unfinished by an earlier process. */
  resumed: boolean;
  /** The requests the source starts from. */
  first: SourceRequest[];
  /** The source could not even say what to ask for. */
  broken: CrawlFailure | null;
}

/**
 * The lists that an unfinished run has read are this old at most when it is taken up again: what was published since
 * is not in them, and a crawl today must see today's notices.
 */
const MAX_RESUME_AGE_MS = 24 * 3600_000;

/** The unfinished run of the same window and mode, or a new one. A run too old to go on with is closed as it stands. */
export async function openRun(options: RunRecordOptions): Promise<OpenRun> {
  const { adapter, store, window, full, backfill = false, clock, newId } = options;
  const { definition } = adapter;
  let first: SourceRequest[] = [];
  let broken: CrawlFailure | null = null;
  try {
    first = guarded(definition.name, () => definition.channels.flatMap((channel) => adapter.start(channel, window)));
  } catch (error) {
    if (!isCrawlFailure(error)) throw error;
    broken = error;
  }
  const unfinished = await store.runs.unfinished(definition.id, window, full);
  if (unfinished !== null) {
    const fresh = clock.now() - unfinished.startedAt <= MAX_RESUME_AGE_MS;
    if (fresh && unfinished.backfill === backfill) return { run: unfinished, resumed: true, first, broken };
    const endedEarly = fresh ? '同一时段改按另一目的采集，重新采集' : '中断后一天内没有续采，重新采集';
    await closeRun(options, unfinished, { apart: [], endedEarly });
  }
  const run: Run = {
    id: newId(),
    sourceId: definition.id,
    window,
    full,
    backfill,
    startedAt: clock.now(),
    finishedAt: null,
    outcome: 'running',
    reason: null,
    channels: [],
    failures: [],
    requests: 0,
    bytes: 0,
  };
  await store.runs.begin(run, first);
  return { run, resumed: false, first, broken };
}

interface RunEnd {
  /** Failures that belong to no request of the frontier. */
  apart: FailureRecord[];
  /** Why the frontier was not emptied; null where it was. */
  endedEarly: string | null;
  /** Sent by this process; the store's own count stands where it is higher. */
  sent?: { requests: number; bytes: number };
}

/** Decides what may be concluded from the run as the store knows it, settles the source's incidents, and finishes it. */
export async function closeRun(
  { adapter, store, clock }: Pick<RunRecordOptions, 'adapter' | 'store' | 'clock'>,
  run: Run,
  { apart, endedEarly, sent = { requests: 0, bytes: 0 } }: RunEnd,
): Promise<Run> {
  const stored = (await store.runs.get(run.id)) ?? run;
  const now = clock.now();
  const failures = [...stored.failures, ...apart];
  const tallies = await store.runs.tally(run.id);
  const readings = await store.runs.readings(run.id);
  const accepted = acceptRun({
    channels: adapter.definition.channels,
    assertions: adapter.definition.assertions,
    tallies,
    readings,
    emptiedChannels: await emptiedChannels(store.notices, adapter.definition.id, run.window, tallies),
    failures,
    window: run.window,
    startDay: dayOf(run.startedAt),
    now,
    endedEarly,
  });
  const closed = {
    ...stored,
    finishedAt: now,
    outcome: accepted.outcome,
    reason: accepted.reason,
    channels: accepted.channels,
    failures: [...failures, ...accepted.failures],
  };
  // Before the run is finished, which forgets what its pages told: broken off here, it is closed again.
  const sightings = sightingsOf(closed.failures, readings, adapter.settings.acceptedWords, now);
  const open = await store.incidents.open(adapter.definition.id);
  await store.incidents.put(settleIncidents(open, sightings, closed, now));
  await store.runs.finish({
    ...closed,
    requests: Math.max(stored.requests, run.requests + sent.requests),
    bytes: Math.max(stored.bytes, run.bytes + sent.bytes),
  });
  const finished = await store.runs.get(run.id);
  if (finished === null) throw new Error(`The store lost run ${run.id}`);
  return finished;
}
