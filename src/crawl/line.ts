import type { Validators } from '../model/archive.ts';
import type { Clock } from '../model/clock.ts';
import { SiteFailure } from '../model/failure.ts';
import type { SourceAdapter, SourceRequest } from '../model/source.ts';
import { Withdrawn } from './executor.ts';
import { createFetcher } from './fetch.ts';
import type { Fetched, Turn } from './fetch.ts';
import { ownHosts } from './own-hosts.ts';
import { timed } from './page-step.ts';
import { quietUntil } from './quiet-hours.ts';
import { createRobots } from './robots.ts';
import type { RequestLog } from './request-log.ts';
import type { Robots } from './robots.ts';
import type { Web } from './web.ts';

/** Quiet hours fell while a request waited for its turn. */
class Fallen extends Error {}

/** The line to one source for one run: cookies, robots.txt, pace and quiet hours behind one `fetch`. */
export interface Line {
  /** `known`: see `Fetcher.fetch`. */
  fetch(request: SourceRequest, signal: AbortSignal, known?: Validators): Promise<Fetched>;
  /** Reads robots.txt of the host; a failure that forbids all fetching is returned, and read again at the next call. */
  readRobots(address: URL, signal: AbortSignal): Promise<SiteFailure | null>;
  /** Nothing more is sent: whoever still waits for a turn gets `Withdrawn`. */
  withdraw(): void;
  readonly withdrawn: boolean;
  /** Requests worth having under way at the source's own address. */
  readonly concurrency: number;
  readonly sent: { requests: number; bytes: number };
  /** Told when quiet hours begin to hold the source back (epoch ms of their end) and when they no longer do (null). */
  onQuiet: (until: number | null) => void;
  /** Told how long each request for a page was under way, ms, waiting for its turn left out. */
  onFetched: (ms: number) => void;
  close(): void;
}

/** `confirm` is asked before every start whether this process may still ask the site; what it throws ends the request. */
export function openLine(
  adapter: SourceAdapter,
  web: Web,
  clock: Clock,
  confirm: () => Promise<void> = async () => {},
): Line {
  const { settings } = adapter;
  const own = ownHosts(adapter);
  const fetcher = createFetcher({
    userAgent: web.userAgent,
    ownHosts: own,
    clock,
    timeoutMs: settings.timeoutMs,
    maxBodyBytes: settings.maxBodyBytes,
    lookup: web.lookup,
  });
  let withdrawn = false;
  let robots = newRobots();

  async function awake(signal: AbortSignal): Promise<void> {
    for (;;) {
      const until = quietUntil(settings.quietHours, clock.now());
      if (until === null) return;
      line.onQuiet(until);
      await web.sleep(until - clock.now(), signal);
      line.onQuiet(null);
    }
  }

  /**
   * Quiet hours, then the host's pace; at the start itself it is asked once more whether to send at all: quiet hours
   * may have begun while the request waited for its turn.
   */
  const paced =
    (signal: AbortSignal): Turn =>
    async (url, run) => {
      if (withdrawn) throw new Withdrawn();
      const pace = web.paces.of(url);
      pace.atLeast(settings.pace.minIntervalMs);
      const ready = async (): Promise<void> => {
        await confirm();
        if (!withdrawn && !signal.aborted && quietUntil(settings.quietHours, clock.now()) !== null) throw new Fallen();
      };
      for (;;) {
        try {
          await awake(signal);
        } catch (error) {
          if (!signal.aborted) throw error;
        }
        try {
          return await pace.run((at) => {
            if (withdrawn || signal.aborted) throw new Withdrawn();
            return web.log.sending(entryOf(url, at, pace.intervalMs), run);
          }, ready);
        } catch (error) {
          if (!(error instanceof Fallen)) throw error;
        }
      }
    };

  function entryOf({ host }: URL, at: number, intervalMs: number): Parameters<RequestLog['sending']>[0] {
    const { quietHours } = settings;
    return { host, at, clockAt: clock.now(), sourceId: adapter.definition.id, intervalMs, quietHours };
  }

  function newRobots(): Robots {
    return createRobots({
      userAgent: web.userAgent,
      onCrawlDelay: (url, delayMs) => web.paces.of(url).atLeast(delayMs),
      fetch: (url) => fetcher.fetch(robotsRequest(url), paced(robotsSignal)),
    });
  }

  let robotsSignal = new AbortController().signal;

  const line: Line = {
    fetch(request, signal, known) {
      const turn = paced(signal);
      const allowed: Turn = async (url, run) => {
        await robots.check(url);
        return turn(url, () => timed(run, (ms) => line.onFetched(ms)));
      };
      return fetcher.fetch(request, allowed, known);
    },
    async readRobots(address, signal) {
      robotsSignal = signal;
      try {
        await robots.check(new URL('/', address));
        return null;
      } catch (error) {
        if (error instanceof Withdrawn) return null;
        if (!(error instanceof SiteFailure)) throw error;
        // The start page being forbidden forbids no list: that is asked request by request.
        if (error.code === 'ROBOTS_DISALLOWED') return null;
        robots = newRobots();
        return error;
      }
    },
    withdraw() {
      withdrawn = true;
    },
    get withdrawn() {
      return withdrawn;
    },
    get concurrency() {
      return web.paces.of(new URL(settings.address)).concurrency;
    },
    sent: fetcher.sent,
    onQuiet: () => {},
    onFetched: () => {},
    close: () => fetcher.close(),
  };
  return line;
}

function robotsRequest(url: URL): SourceRequest {
  return { key: 'robots', channelId: '', role: 'warmup', method: 'GET', url: url.href, expects: 'html' };
}
