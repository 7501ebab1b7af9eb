import type { ChannelTally } from '../../storage/store.ts';
import type { LocalDay } from '../model/day.ts';
import { SiteFailure } from '../model/failure.ts';
import type { ReadingFacts } from '../model/incident.ts';
import type { ChannelOutcome, FailureRecord, RunOutcome } from '../model/run.ts';
import type { Channel, CrawlWindow, FieldAssertion } from '../model/source.ts';
import { recordOf, remedyOf } from './crawl-failure.ts';
import { lowCoverage } from './field-coverage.ts';

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
  /** Channels whose lists came back empty although the store holds notices of theirs stated in the window. */
  emptiedChannels: ReadonlySet<string>;
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
  const found = [
    ...facts.channels.flatMap((channel) => findingsAcrossPages(channel, facts)),
    ...lowCoverage(facts.channels, facts.assertions, facts.readings, facts.now),
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
const ACROSS_PAGES = new Set(['PAGINATION_SHORT', 'REPEATED_PAGE', 'FIELD_COVERAGE_LOW']);

function acceptChannel(
  channel: Channel,
  { tallies, window, startDay, endedEarly }: RunFacts,
  failures: FailureRecord[],
  stopping: FailureRecord | null,
): ChannelOutcome {
  const tally = tallyOf(tallies, channel.id);
  const own = failures.filter((failure) => failure.channelId === channel.id);
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
    ...across.map((failure) => failure.message),
    ...(missing > 0 ? [`${missing} 个页面未取得，首个原因：${own.find((f) => !across.includes(f))?.message}`] : []),
    ...(tally.pending > 0 ? [`${tally.pending} 个页面未及采集`] : []),
  ];
  if (reasons.length > 0) return not('incomplete', reasons.join('；'));
  return { ...base, outcome: 'complete', reason: null, covers: reach(tally, window, startDay) };
}

/** What no single page shows: rows missing against the site's own count, a column empty that never is. */
function findingsAcrossPages(channel: Channel, { tallies, window, now, emptiedChannels }: RunFacts): FailureRecord[] {
  const tally = tallyOf(tallies, channel.id);
  if (tally.lists.length === 0 || tally.pending > 0) return [];
  const record = (failure: SiteFailure): FailureRecord => ({
    ...recordOf(failure, now, null, null),
    channelId: channel.id,
  });
  const listed = sum(tally, (list) => list.listed);
  const openWindow = window.since === null && window.until === null;
  if (listed === 0 && channel.mayBeEmpty === null && openWindow && tally.failed === 0) {
    return [record(new SiteFailure('LIST_EMPTY', channel.name))];
  }
  // A site that answers "none" where it showed notices before must not prove that nothing was published.
  if (listed === 0 && emptiedChannels.has(channel.id)) {
    return [record(new SiteFailure('LIST_EMPTY', `${channel.name}：此前采到过该时段的公告，本次列表却为空`))];
  }
  const total = siteTotal(tally);
  const showsNewestOnly = tally.lists.some((list) => list.reachesBackTo !== null);
  if (total === null || showsNewestOnly) return [];
  const keys = tally.lists.flatMap((list) => list.rowKeys);
  // Rows that the site plants are in its count but carry no key.
  const planted = listed - keys.length;
  const distinct = new Set(keys).size + planted;
  if (distinct >= total) return [];
  return [record(new SiteFailure('PAGINATION_SHORT', `${channel.name}读到 ${distinct} 条，网站称共 ${total} 条`))];
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

/** The stated days over which this channel now proves absence; null where the window leaves none. */
function reach(tally: ChannelTally, window: CrawlWindow, startDay: LocalDay): ChannelOutcome['covers'] {
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
