import robotsModule from 'robots-parser';

import { SiteFailure } from '../model/failure.ts';
import type { Fetched } from './fetch.ts';

/** What a host asks of crawlers; read once a run. */
export interface Robots {
  /**
   * Resolves when the address may be fetched. Throws ROBOTS_DISALLOWED where the file says no, and the failure that
   * kept us from reading the file where it could not be read: RFC 9309 §2.3.1.4 then forbids everything.
   */
  check(url: URL): Promise<void>;
}

interface RobotsOptions {
  /** Fetches robots.txt, at the host's pace but without asking robots.txt. */
  fetch(url: URL): Promise<Fetched>;
  userAgent: string;
  /** Called once a host that names a Crawl-delay, before any other request to it. Milliseconds. */
  onCrawlDelay(url: URL, delayMs: number): void;
}

/** RFC 9309 §2.5: at least 500 KiB are to be parsed; more is passed over. */
const PARSE_LIMIT = 512 * 1024;
/** A longer Crawl-delay is a mistake or a way to say no: an hour between pages. */
const MAX_CRAWL_DELAY_MS = 3600_000;

/** The package's types describe an ES module; it is CommonJS, whose export is the function itself. */
const robotsParser = robotsModule as unknown as typeof robotsModule.default;
type Rules = ReturnType<typeof robotsParser>;

export function createRobots({ fetch, userAgent, onCrawlDelay }: RobotsOptions): Robots {
  const byOrigin = new Map<string, Promise<Rules | SiteFailure>>();

  async function load(origin: string): Promise<Rules | SiteFailure> {
    const url = new URL('/robots.txt', origin);
    const { page, failure } = await fetch(url);
    // A redirect off the site says nothing about the site: unavailable, like 404 (§2.3.1.2, §2.3.1.3).
    if (failure !== null && failure.code !== 'REDIRECTED_ELSEWHERE') return unreachable(failure);
    if (page === null || failure !== null) return robotsParser(url.href, '');
    if (page.status >= 500 || page.status === 429) {
      const code = page.status === 429 ? 'BLOCKED' : 'HTTP_5XX';
      return unreachable(
        new SiteFailure(code, `HTTP ${page.status}：${url.href}`, { url: url.href, status: page.status }),
      );
    }
    const found = page.status >= 200 && page.status < 300;
    const text = found ? new TextDecoder().decode(page.bytes.subarray(0, PARSE_LIMIT)) : '';
    const rules = robotsParser(url.href, text);
    const delay = (rules.getCrawlDelay(userAgent) ?? 0) * 1000;
    if (delay > 0) onCrawlDelay(url, Math.min(delay, MAX_CRAWL_DELAY_MS));
    return rules;
  }

  return {
    async check(url) {
      let loading = byOrigin.get(url.origin);
      if (loading === undefined) {
        loading = load(url.origin);
        byOrigin.set(url.origin, loading);
      }
      const rules = await loading;
      if (rules instanceof SiteFailure) throw rules;
      if (rules.isAllowed(url.href, userAgent) === false) {
        const line = rules.getMatchingLineNumber(url.href, userAgent);
        const facts = { url: url.href, robots: new URL('/robots.txt', url).href, line };
        throw new SiteFailure('ROBOTS_DISALLOWED', `${url.href}（robots.txt 第 ${line} 行）`, facts);
      }
    },
  };
}

/** The same class of failure, saying what follows from it. */
function unreachable(failure: SiteFailure): SiteFailure {
  const what = failure.message.replace(/^[^：]*：/, '');
  return new SiteFailure(
    failure.code,
    `robots.txt 无法取得（${what}）；按 RFC 9309 视为不允许访问，本次不采集该站`,
    { ...failure.facts, robots: true },
    failure,
  );
}
