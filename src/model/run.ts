import type { LocalDay } from './day.ts';
import type { FailureCode } from './failure.ts';
import type { CrawlWindow } from './source.ts';

/** complete: every list page and detail was read · incomplete: something is missing, said what · rejected: nothing may be concluded. */
export type RunOutcome = 'running' | 'complete' | 'incomplete' | 'rejected';

/** One failure as the report prints it. */
export interface FailureRecord {
  code: FailureCode | string;
  message: string;
  advice: string;
  url: string | null;
  channelId: string | null;
  /** Epoch ms. */
  at: number;
  /** The reply that showed it, where there was one. */
  archiveId: string | null;
  /** What stood there in place of what was expected, one line. */
  sample?: string;
}

/** How one column came out of a run. */
export interface ChannelOutcome {
  channelId: string;
  outcome: RunOutcome;
  /** Why it is not complete; null when complete. */
  reason: string | null;
  /** Rows in the lists, in the region, passed over. */
  listed: number;
  inRegion: number;
  passedOver: number;
  /** The site's own total, where it gives one. */
  siteTotal: number | null;
  fetched: number;
  failed: number;
  created: number;
  changed: number;
  /** Stated days over which absence may be concluded when complete; `from` null = from the beginning. */
  covers: { from: LocalDay | null; to: LocalDay } | null;
}

export interface Run {
  id: string;
  sourceId: string;
  window: CrawlWindow;
  full: boolean;
  /** Brings in the past by order of the operator: nobody is told of what it finds as if it were news. */
  backfill: boolean;
  startedAt: number;
  finishedAt: number | null;
  outcome: RunOutcome;
  reason: string | null;
  channels: ChannelOutcome[];
  failures: FailureRecord[];
  /** Requests made, bytes received. */
  requests: number;
  bytes: number;
}

/** What coverage the store can prove for a channel: one complete run's reach. */
export interface CoverageSpan {
  sourceId: string;
  channelId: string;
  runId: string;
  from: LocalDay | null;
  to: LocalDay;
  finishedAt: number;
}
