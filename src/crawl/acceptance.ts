import type { ChannelTally } from '../../storage/store.ts';
import type { LocalDay } from '../model/day.ts';
import { plainDay } from '../model/day-words.ts';
import { SiteFailure } from '../model/failure.ts';
import type { ReadingFacts } from '../model/incident.ts';
import type { ChannelOutcome, FailureRecord, RunOutcome } from '../model/run.ts';
import type { Channel, CrawlWindow, FieldAssertion } from '../model/source.ts';
import { recordOf, remedyOf } from './crawl-failure.ts';
import { lowCoverage } from './field-coverage.ts';
import { lackIn, lackOfDays, lostDays } from './held.ts';
import type { HeldColumn } from './held.ts';
import { isTooLong } from './silence.ts';
import type { Silence } from './silence.ts';

/** All that acceptance looks at when a run has ended. */
export interface RunFacts {
  channels: readonly Channel[];
  assertions: readonly FieldAssertion[];
  tallies: ChannelTally[];
  /** What each detail page told. */
  readings: readonly ReadingFacts[];
  /** Failures recorded while crawling. */
  failures: FailureRecord[];
  window: CrawlWindow;
  /** The day the crawl started. */
  startDay: LocalDay;
  now: number;
  /** Why the run was ended before its frontier was empty; null where it was not. */
  endedEarly: string | null;
  /** By channel: what the store holds of the days that the lists reached, held against those lists. */
  held: ReadonlyMap<string, HeldColumn>;
  /** Notices of which the site itself said in this run that they are gone. */
  provenGone: ReadonlySet<string>;
  /** By channel: how long it has shown nothing new. */
  silences: ReadonlyMap<string, Silence>;
  /** By how much the site's clock differs from ours, ms; null where it tells no time. */
  skewMs: number | null;
}

interface Acceptance {
  outcome: Exclude<RunOutcome, 'running'>;
  reason: string | null;
  channels: ChannelOutcome[];
  /** Found only by looking at the whole: short pagination, an empty channel. */
  failures: FailureRecord[];
}

/**
 * Decides what may be concluded from a run. Pure.
 *
 * - rejected: a failure stopped the source, or not one list page was read. Nothing may be concluded.
 * - incomplete: something is missing, and the reason says what.
 * - complete: every list page and every detail was read; only then does a channel cover days.
 */
export function acceptRun(facts: RunFacts): Acceptance {
  // Of a source that was not read whole a day may stand in what was not read.
  const isWhole = facts.failures.length === 0 && facts.tallies.every(({ pending }) => pending === 0);
  const days = lostDays(isWhole ? [...facts.held.values()] : [], facts.provenGone, facts.startDay);
  const found = [
    ...facts.channels.flatMap((channel) => findingsAcrossPages(channel, facts, days)),
    ...lowCoverage(facts.channels, facts.assertions, facts.readings, facts.now),
    ...skewIn(facts),
  ];
  const failures = [...facts.failures, ...found];
  const stopping = failures.find((failure) => remedyOf(failure) === 'stop') ?? null;
  const channels = facts.channels.map((channel) => acceptChannel(channel, facts, failures, stopping));

  const named = (outcome: RunOutcome): string =>
    channels
      .filter((c) => c.outcome === outcome)
      .map((c) => `${facts.channels.find((channel) => channel.id === c.channelId)?.name ?? c.channelId}：${c.reason}`)
      .join('；');
  if (stopping !== null) return { outcome: 'rejected', reason: stopping.message, channels, failures: found };
  if (channels.every((c) => c.outcome === 'rejected')) {
    const reason = facts.endedEarly ?? facts.failures[0]?.message ?? named('rejected');
    return { outcome: 'rejected', reason, channels, failures: found };
  }
  if (channels.some((c) => c.outcome !== 'complete')) {
    const reason = [facts.endedEarly, named('rejected'), named('incomplete')].filter(Boolean).join('；');
    return { outcome: 'incomplete', reason, channels, failures: found };
  }
  return { outcome: 'complete', reason: null, channels, failures: found };
}

/** Failures of a column rather than of one page that could not be had. */
const ACROSS_PAGES = new Set([
  'LIST_EMPTY',
  'PAGINATION_SHORT',
  'REPEATED_PAGE',
  'PAGE_SHIFTED',
  'DAY_MISSING',
  'BELOW_MINIMUM',
  'FIELD_COVERAGE_LOW',
]);
/** Told to the operator, and no reason to doubt what was read: silence covers no day by itself (see `reach`). */
const TOLD_ONLY = new Set(['SILENT_TOO_LONG']);
/** Clocks that keep time by the network differ by seconds; a few minutes are an office's habit. */
const MOST_SKEW_MS = 10 * 60_000;

function acceptChannel(
  channel: Channel,
  { tallies, window, startDay, endedEarly }: RunFacts,
  failures: FailureRecord[],
  stopping: FailureRecord | null,
): ChannelOutcome {
  const tally = tallyOf(tallies, channel.id);
  const own = failures.filter(({ channelId, code }) => channelId === channel.id && !TOLD_ONLY.has(code));
  const skewed = failures.find(({ channelId, code }) => channelId === null && code === 'CLOCK_SKEW');
  const base = {
    channelId: channel.id,
    listed: sum(tally, (list) => list.listed),
    inRegion: sum(tally, (list) => list.inRegion),
    passedOver: sum(tally, (list) => list.passedOver),
    siteTotal: siteTotal(tally),
    fetched: tally.fetched,
    failed: tally.failed,
    created: tally.created,
    changed: tally.changed,
  };
  const not = (outcome: 'incomplete' | 'rejected', reason: string): ChannelOutcome => ({
    ...base,
    outcome,
    reason,
    covers: null,
  });
  if (stopping !== null) return not('rejected', stopping.message);
  if (tally.lists.length === 0) {
    return not('rejected', own[0]?.message ?? endedEarly ?? '列表一页也没有读到');
  }
  const across = own.filter(({ code }) => ACROSS_PAGES.has(code));
  const missing = own.length - across.length;
  const reasons = [
    ...(skewed === undefined ? [] : [skewed.message]),
    ...across.map((failure) => failure.message),
    ...(missing > 0 ? [`${missing} 个页面未取得，首个原因：${own.find((f) => !across.includes(f))?.message}`] : []),
    ...(tally.pending > 0 ? [`${tally.pending} 个页面未及采集`] : []),
  ];
  if (reasons.length > 0) return not('incomplete', reasons.join('；'));
  return { ...base, outcome: 'complete', reason: null, covers: fresh(reach(tally, window, startDay), tallies) };
}

/** What no single page shows: rows missing against the site's own count, a column empty that never is. */
function findingsAcrossPages(channel: Channel, facts: RunFacts, days: ReadonlySet<LocalDay>): FailureRecord[] {
  const { tallies, window, now, held, provenGone, silences, startDay } = facts;
  const tally = tallyOf(tallies, channel.id);
  if (tally.lists.length === 0 || tally.pending > 0) return [];
  const record = (failure: SiteFailure): FailureRecord => ({
    ...recordOf(failure, now, null, null),
    channelId: channel.id,
  });
  const listed = sum(tally, (list) => list.listed);
  const openWindow = window.since === null && window.until === null;
  const column = held.get(channel.id);
  const empty = listed === 0 ? emptinessOf(channel, tally, openWindow, column, provenGone) : null;
  if (empty !== null) return [record(empty)];
  const shifted = shiftIn(channel, tally);
  if (shifted !== null) return [record(shifted)];
  const short = shortageIn(channel, tally, listed);
  if (short !== null) return [record(short)];
  const failed = facts.failures.some(({ channelId }) => channelId === channel.id);
  const lack =
    column === undefined || failed
      ? null
      : (lackIn(channel, column, provenGone, startDay) ?? lackOfDays(channel, column, days, provenGone));
  if (lack !== null) return [record(lack)];
  const silence = silences.get(channel.id);
  return silence !== undefined && isTooLong(silence) ? [record(silentIn(channel, silence))] : [];
}

/**
 * A list without a row; null where that is to be believed. A site that answers "none" where it showed notices before must
 * not prove that nothing was published, unless it says of each of them, asked for its own page, that it is gone.
 */
function emptinessOf(
  channel: Channel,
  tally: ChannelTally,
  openWindow: boolean,
  column: HeldColumn | undefined,
  provenGone: ReadonlySet<string>,
): SiteFailure | null {
  const held = column?.held ?? [];
  const unproven = held.filter(({ id }) => !provenGone.has(id));
  if (unproven.length > 0) {
    const what = `${channel.name}：此前采到过 ${held.length} 条，本次列表却为空；其中 ${unproven.length} 条的页面网站没有答复不存在`;
    return new SiteFailure('LIST_EMPTY', what, { sample: unproven[0]!.title });
  }
  if (held.length > 0 || tally.failed > 0) return null;
  const emptied = tally.lists.some((list) => list.emptied);
  const mayBe = channel.mayBeEmpty !== null && (!emptied || siteTotal(tally) === 0);
  return mayBe || !(emptied || openWindow) ? null : new SiteFailure('LIST_EMPTY', channel.name);
}

/** A row taken down while pages are turned pushes another one over the page's edge, where nobody reads it. */
function shiftIn(channel: Channel, { lists }: ChannelTally): SiteFailure | null {
  const counts = lists.flatMap(({ page, printedTotal }) =>
    printedTotal === undefined ? [] : [{ page, printedTotal }],
  );
  const fallen = counts.findIndex(({ page, printedTotal }, i) => {
    const before = counts[i - 1];
    return before !== undefined && page > before.page && printedTotal < before.printedTotal;
  });
  if (fallen === -1) return null;
  const [before, after] = [counts[fallen - 1]!.printedTotal, counts[fallen]!.printedTotal];
  return new SiteFailure('PAGE_SHIFTED', `${channel.name}：翻页时总数由 ${before} 变为 ${after}`);
}

function silentIn(channel: Channel, { newest, workdays, normal }: Silence): SiteFailure {
  const what = `${channel.name}：最新一条为${plainDay(newest)}，已 ${workdays} 个工作日没有新公告，按以往的发布情况至多约 ${normal} 个`;
  return new SiteFailure('SILENT_TOO_LONG', what);
}

function skewIn({ skewMs, now }: RunFacts): FailureRecord[] {
  if (skewMs === null || Math.abs(skewMs) <= MOST_SKEW_MS) return [];
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const what = `网站时钟比本机${skewMs > 0 ? '快' : '慢'} ${minutes} 分钟`;
  return [recordOf(new SiteFailure('CLOCK_SKEW', what), now, null, null)];
}

/** Rows fewer than the site itself counts. */
function shortageIn(channel: Channel, tally: ChannelTally, listed: number): SiteFailure | null {
  const total = siteTotal(tally);
  const showsNewestOnly = tally.lists.some((list) => list.reachesBackTo !== null);
  if (total === null || showsNewestOnly) return null;
  const keys = tally.lists.flatMap((list) => list.rowKeys);
  // Rows that the site plants are in its count but carry no key.
  const planted = listed - keys.length;
  const distinct = new Set(keys).size + planted;
  if (distinct >= total) return null;
  return new SiteFailure('PAGINATION_SHORT', `${channel.name}读到 ${distinct} 条，网站称共 ${total} 条`);
}

/**
 * The site's count for the channel. A channel may consist of several lists, each with its own first page and count;
 * with one list the highest count stands: rows added while paging push others over the page's edge.
 */
function siteTotal(tally: ChannelTally): number | null {
  const first = tally.lists.filter((list) => list.page === 1);
  const counts = (first.length > 1 ? first : tally.lists).flatMap((list) => list.siteTotal ?? []);
  if (counts.length === 0) return null;
  return first.length > 1 ? counts.reduce((a, b) => a + b, 0) : Math.max(...counts);
}

/**
 * Days up to the newest that any list of the source shows: a site that stands still, or is served out of a cache,
 * answers in good form and proves nothing about the days since.
 */
function fresh(covers: ChannelOutcome['covers'], tallies: readonly ChannelTally[]): ChannelOutcome['covers'] {
  if (covers === null) return null;
  const newest = tallies
    .flatMap(({ lists }) => lists.flatMap((list) => list.newest ?? []))
    .sort()
    .at(-1);
  if (newest === undefined) return null;
  const to = newest < covers.to ? newest : covers.to;
  return covers.from !== null && covers.from > to ? null : { ...covers, to };
}

/** The stated days that this channel's lists reached; null where the window leaves none. */
export function reach(tally: ChannelTally, window: CrawlWindow, startDay: LocalDay): ChannelOutcome['covers'] {
  // Several lists: the one that reaches back least bounds them all.
  const bounds = [window.since, ...tally.lists.map((list) => list.reachesBackTo)].filter((day) => day !== null);
  const from = bounds.sort().at(-1) ?? null;
  const to = window.until !== null && window.until < startDay ? window.until : startDay;
  return from !== null && from > to ? null : { from, to };
}

function tallyOf(tallies: ChannelTally[], channelId: string): ChannelTally {
  return (
    tallies.find((tally) => tally.channelId === channelId) ?? {
      channelId,
      lists: [],
      fetched: 0,
      failed: 0,
      pending: 0,
      created: 0,
      changed: 0,
    }
  );
}

function sum(tally: ChannelTally, of: (list: ChannelTally['lists'][number]) => number): number {
  return tally.lists.reduce((total, list) => total + of(list), 0);
}
