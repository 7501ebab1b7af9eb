import type { SentRequestStore } from '../../storage/store.ts';
import type { SentRequest } from '../model/sent-request.ts';
import type { SourceAdapter } from '../model/source.ts';
import { ownHosts } from './own-hosts.ts';
import { quietUntil } from './quiet-hours.ts';

/** A request that came sooner after the one before it than its limit allows. */
interface TooSoon {
  at: number;
  gapMs: number;
  limitMs: number;
  /** The two were sent by different processes: their clocks may differ. */
  betweenProcesses: boolean;
}

/** What the log of a host proves. Times are epoch ms. */
export interface PaceCheck {
  host: string;
  requests: number;
  sourceIds: string[];
  first: number | null;
  last: number | null;
  /** The smallest interval that was in force at any request; 0: none was set. */
  limitMs: number;
  /** Between two requests that follow each other; null where there are not two. */
  shortestMs: number | null;
  /** The minute, wherever it begins, with most requests, and how many the limit allows in it; null where there is none. */
  busiest: { from: number; requests: number; allowed: number } | null;
  /** Every window holds where no two neighbours are too close: so many in `w` ms are at most `w / limit + 1`. */
  tooSoon: TooSoon[];
  /** Requests of sources with quiet hours, the hours as they were set, and the requests that fell into them. */
  quiet: { requests: number; hours: string[]; broken: number[] };
}

const MINUTE_MS = 60_000;

/** Every host of these sources that the log knows. */
export async function checkHosts(
  log: SentRequestStore,
  sources: readonly Pick<SourceAdapter, 'definition' | 'settings'>[],
  from: number,
): Promise<PaceCheck[]> {
  const own = sources.map(ownHosts);
  const hosts = (await log.hosts()).filter((host) => own.some((isOwn) => isOwn(new URL(`http://${host}`))));
  return Promise.all(hosts.map((host) => checkPace(log, host, from)));
}

/** Holds the log of a host against the limits that were in force. */
export async function checkPace(log: Pick<SentRequestStore, 'ofHost'>, host: string, from: number): Promise<PaceCheck> {
  const check: PaceCheck = {
    host,
    requests: 0,
    sourceIds: [],
    first: null,
    last: null,
    limitMs: 0,
    shortestMs: null,
    busiest: null,
    tooSoon: [],
    quiet: { requests: 0, hours: [], broken: [] },
  };
  const sources = new Set<string>();
  const hours = new Set<string>();
  const minute: number[] = [];
  let limit = Infinity;
  let busiest = { from: 0, requests: 0 };
  let before: SentRequest | null = null;
  for await (const request of log.ofHost(host, from)) {
    const { at, clockAt, intervalMs, quietHours } = request;
    check.requests += 1;
    check.first ??= at;
    check.last = at;
    sources.add(request.sourceId);
    limit = Math.min(limit, intervalMs);
    if (before !== null) {
      const gapMs = at - before.at;
      check.shortestMs = Math.min(check.shortestMs ?? Infinity, gapMs);
      if (gapMs < intervalMs) {
        check.tooSoon.push({ at, gapMs, limitMs: intervalMs, betweenProcesses: request.process !== before.process });
      }
    }
    minute.push(at);
    while (minute[0]! <= at - MINUTE_MS) minute.shift();
    if (minute.length > busiest.requests) busiest = { from: minute[0]!, requests: minute.length };
    if (quietHours !== null) {
      check.quiet.requests += 1;
      hours.add(`${quietHours.from} 时至 ${quietHours.to} 时`);
      if (quietUntil(quietHours, clockAt) !== null) check.quiet.broken.push(clockAt);
    }
    before = request;
  }
  if (check.requests === 0) return check;
  check.limitMs = limit;
  check.sourceIds = [...sources].sort();
  check.quiet.hours = [...hours];
  // A window that is open at its end: floor((w - ε) / limit) + 1.
  const allowed = limit === 0 ? Infinity : Math.ceil(MINUTE_MS / limit);
  check.busiest = { ...busiest, allowed };
  return check;
}

/** True where nothing in the log breaks pace or quiet hours. */
export function isKept({ tooSoon, quiet }: PaceCheck): boolean {
  return tooSoon.length === 0 && quiet.broken.length === 0;
}
