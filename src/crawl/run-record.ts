import type { ChannelTally, Store } from '../../storage/store.ts';
import type { Archive } from '../model/archive.ts';
import type { Clock } from '../model/clock.ts';
import { addDays, dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { FailureCode } from '../model/failure.ts';
import type { FailureRecord, Run } from '../model/run.ts';
import type { CrawlWindow, SourceAdapter, SourceRequest } from '../model/source.ts';
import type { Probe, Vanishing } from '../model/vanishing.ts';
import { acceptRun, reach } from './acceptance.ts';
import { guarded, isCrawlFailure } from './crawl-failure.ts';
import type { CrawlFailure } from './crawl-failure.ts';
import { FEWEST_LOST, heldOf } from './held.ts';
import type { HeldColumn } from './held.ts';
import { settleIncidents, sightingsOf } from './incidents.ts';
import { noticeId } from './list-commit.ts';
import { probesFor } from './probe.ts';
import { HISTORY_DAYS, silenceOf } from './silence.ts';
import type { CountWorkdays, Silence } from './silence.ts';
import { followVanishings } from './vanished.ts';

interface RunRecordOptions {
  adapter: SourceAdapter;
  store: Pick<Store, 'runs' | 'notices' | 'incidents' | 'vanishings'>;
  archive: Pick<Archive, 'readPage'>;
  clock: Clock;
  countWorkdays: CountWorkdays;
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
  await store.runs.begin(run, [...first, ...(await probesFor(definition.id, store, options.archive, clock))]);
  return { run, resumed: false, first, broken };
}

interface RunEnd {
  /** Failures that belong to no request of the frontier. */
  apart: FailureRecord[];
  /** Why the frontier was not emptied; null where it was. */
  endedEarly: string | null;
  /** Sent by this process; the store's own count stands where it is higher. */
  sent?: { requests: number; bytes: number };
  /** What visits to vanished notices found, by notice, and how the site's clock stands to ours. */
  probes?: ReadonlyMap<string, Probe>;
  skewMs?: number | null;
}

/** Decides what may be concluded from the run as the store knows it, settles the source's incidents, and finishes it. */
export async function closeRun(
  { adapter, store, clock, countWorkdays }: Pick<RunRecordOptions, 'adapter' | 'store' | 'clock' | 'countWorkdays'>,
  run: Run,
  { apart, endedEarly, sent = { requests: 0, bytes: 0 }, probes = new Map(), skewMs = null }: RunEnd,
): Promise<Run> {
  const stored = (await store.runs.get(run.id)) ?? run;
  const now = clock.now();
  const failures = [...stored.failures, ...apart];
  const tallies = await store.runs.tally(run.id);
  const readings = await store.runs.readings(run.id);
  const startDay = dayOf(run.startedAt);
  const sourceId = adapter.definition.id;
  const known = await store.vanishings.open(sourceId);
  const gone = provenGone(known, probes);
  const held = await heldOf(store.notices, sourceId, tallies, (tally) => reach(tally, run.window, startDay));
  const accepted = acceptRun({
    channels: adapter.definition.channels,
    assertions: adapter.definition.assertions,
    tallies,
    readings,
    held,
    provenGone: gone,
    silences: await silencesOf(store.notices, sourceId, tallies, startDay, countWorkdays),
    skewMs,
    failures,
    window: run.window,
    startDay,
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
  const open = await store.incidents.open(sourceId);
  const lasting = adapter.settings.conditionalRequests.use ? LASTING : NONE;
  await store.incidents.put(settleIncidents(open, sightings, closed, now, lasting));
  await store.vanishings.put(vanishingsAfter(known, gone, closed, tallies, held, probes, now));
  await store.runs.finish({
    ...closed,
    requests: Math.max(stored.requests, run.requests + sent.requests),
    bytes: Math.max(stored.bytes, run.bytes + sent.bytes),
  });
  const finished = await store.runs.get(run.id);
  if (finished === null) throw new Error(`The store lost run ${run.id}`);
  return finished;
}

/** Notices of which the site says in this run that they are gone, or said so before and was not found to say otherwise. */
function provenGone(known: readonly Vanishing[], probes: ReadonlyMap<string, Probe>): Set<string> {
  const before = known.flatMap(({ noticeId: id, state }) => (state === 'withdrawn' && !probes.has(id) ? [id] : []));
  const now = [...probes].flatMap(([id, { found }]) => (found === 'gone' ? [id] : []));
  return new Set([...before, ...now]);
}

/** What no run disproves while the source is set as it is: runs avoid it. */
const LASTING: ReadonlySet<string> = new Set<FailureCode>(['STALE_VALIDATORS']);
const NONE: ReadonlySet<string> = new Set();

/** What a list that was read to its end can lack; nothing else may stand against it. */
const LACKS = ['DAY_MISSING', 'BELOW_MINIMUM', 'LIST_EMPTY'];

/**
 * How vanished notices stand after the run. Only columns whose lists were read to their end say anything; those that
 * lack too much to be complete say which pages to visit next, so that one notice withdrawn from a quiet column does not
 * make its list unbelievable for ever.
 */
function vanishingsAfter(
  known: readonly Vanishing[],
  gone: ReadonlySet<string>,
  run: Run,
  tallies: readonly ChannelTally[],
  held: ReadonlyMap<string, HeldColumn>,
  probes: ReadonlyMap<string, Probe>,
  now: number,
): Vanishing[] {
  const { sourceId } = run;
  const isWhole = (channelId: string): boolean =>
    tallies.some((tally) => tally.channelId === channelId && tally.pending === 0 && isAskable(tally)) &&
    run.failures.every((failure) => failure.channelId !== channelId || LACKS.includes(failure.code));
  // Where many are lost with a list that is empty altogether, it is the list that is lost: no page of theirs is asked after.
  const isAskable = ({ channelId, lists }: ChannelTally): boolean =>
    !lists.some((list) => list.emptied) ||
    (held.get(channelId)?.held.filter(({ id }) => !gone.has(id)) ?? []).length < FEWEST_LOST;
  const whole = [...held].filter(([channelId]) => isWhole(channelId));
  const columns = whole.map(([channelId, { unlisted }]) => {
    const complete = run.channels.some((channel) => channel.channelId === channelId && channel.outcome === 'complete');
    return { channelId, complete, unlisted };
  });
  const listed = tallies.flatMap(({ lists }) => lists.flatMap(({ rowKeys }) => rowKeys));
  const ids = new Set(listed.map((key) => noticeId(sourceId, key)));
  return followVanishings(run, known, columns, ids, probes, now);
}

/** How long each column that was read has shown nothing new, told from its notices of the last half year. */
async function silencesOf(
  notices: Pick<Store['notices'], 'ofColumn'>,
  sourceId: string,
  tallies: readonly ChannelTally[],
  today: LocalDay,
  countWorkdays: CountWorkdays,
): Promise<Map<string, Silence>> {
  const silences = new Map<string, Silence>();
  for (const { channelId, lists } of tallies) {
    if (lists.length === 0) continue;
    const held = await notices.ofColumn({ sourceId, channelId, from: addDays(today, -HISTORY_DAYS), to: today });
    const days = held.map(({ publishDate }) => publishDate.slice(0, 10));
    const silence = silenceOf(days, today, countWorkdays);
    if (silence !== null) silences.set(channelId, silence);
  }
  return silences;
}
