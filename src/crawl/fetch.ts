import type { Validators } from '../model/archive.ts';
import type { Clock } from '../model/clock.ts';
import { SiteFailure } from '../model/failure.ts';
import type { FetchedPage, SourceRequest } from '../model/source.ts';
import { CookieJar } from './cookies.ts';
import { createExchange } from './exchange.ts';
import type { ExchangeLimits, Message, RawReply } from './exchange.ts';
import type { OwnHosts } from './own-hosts.ts';

/** Asks leave for one request and waits for its time: robots.txt, quiet hours and pace stand behind it. */
export type Turn = <T>(url: URL, run: () => Promise<T>) => Promise<T>;

/** What came of a request. A page can stand beside a failure: it is then the reply that showed it. */
export interface Fetched {
  page: FetchedPage | null;
  failure: SiteFailure | null;
}

/** Fetches for one run of one source: its cookies and connections live as long as this. */
interface Fetcher {
  /**
   * Every HTTP message, redirects included, takes its own turn. Throws what is no fault of the site.
   * `known`: what the site recognises the body by that is at hand; where it still stands, the reply is a 304 without one.
   */
  fetch(request: SourceRequest, turn: Turn, known?: Validators): Promise<Fetched>;
  /** Messages sent and body bytes received so far. */
  readonly sent: { requests: number; bytes: number };
  close(): void;
}

export interface FetcherOptions extends ExchangeLimits {
  /** Who asks, for the site's owner: `Gongshi/<version> (+contact)`. */
  userAgent: string;
  ownHosts: OwnHosts;
  clock: Clock;
}

/** Government sites redirect once to https and once to a start page; more is a loop. */
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function createFetcher({ userAgent, ownHosts, clock, ...limits }: FetcherOptions): Fetcher {
  const exchange = createExchange(limits);
  const cookies = new CookieJar();
  const sent = { requests: 0, bytes: 0 };

  async function fetch(request: SourceRequest, turn: Turn, known: Validators = {}): Promise<Fetched> {
    let message = conditional(messageOf(request, userAgent), known);
    for (let hop = 0; ; hop++) {
      if (!ownHosts(message.url)) return { page: null, failure: elsewhere(request, message.url.href) };
      const current = message;
      const { reply, failure } = await turn(current.url, () => {
        sent.requests++;
        const cookie = cookies.header(current.url, clock.now());
        return exchange.send(cookie === null ? current : { ...current, headers: { ...current.headers, cookie } });
      });
      if (reply === null) return { page: null, failure };
      sent.bytes += reply.bytes.length;
      cookies.store(current.url, reply.setCookie, clock.now());
      const page = pageOf(request, current.url, reply);
      if (failure !== null || !REDIRECTS.has(reply.status)) return { page, failure };
      const target = redirectTarget(current.url, reply.headers['location']);
      if (target === null || hop === MAX_REDIRECTS) {
        const why = target === null ? '没有给出去向' : `超过 ${MAX_REDIRECTS} 次`;
        return {
          page,
          failure: new SiteFailure('REDIRECTED_ELSEWHERE', `跳转${why}：${request.url}`, { url: request.url }),
        };
      }
      if (!ownHosts(target)) return { page, failure: elsewhere(request, target.href) };
      message = redirected(current, target, reply.status);
    }
  }

  return { fetch, sent, close: () => exchange.close() };
}

function messageOf(request: SourceRequest, userAgent: string): Message {
  const headers: Record<string, string> = {
    accept: { json: 'application/json', html: 'text/html', file: '*/*' }[request.expects],
    ...lowerCased(request.headers ?? {}),
    'user-agent': userAgent,
  };
  const body = bodyOf(request);
  if (body !== null) {
    headers['content-type'] ??=
      request.json === undefined ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'application/json;charset=UTF-8';
  }
  return { method: request.method, url: new URL(request.url), headers, body };
}

/** The body of a request as it is sent; null where it has none. */
export function bodyOf(request: Pick<SourceRequest, 'json' | 'form'>): string | null {
  if (request.json !== undefined) return JSON.stringify(request.json);
  return request.form === undefined ? null : new URLSearchParams(request.form).toString();
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function redirectTarget(from: URL, location: string | undefined): URL | null {
  return location === undefined ? null : URL.parse(location, from.href);
}

function conditional(message: Message, { etag, lastModified }: Validators): Message {
  const headers = { ...message.headers };
  if (etag !== undefined) headers['if-none-match'] = etag;
  if (lastModified !== undefined) headers['if-modified-since'] = lastModified;
  return { ...message, headers };
}

/**
 * 307 and 308 repeat the message; the others turn it into a GET, as browsers do (RFC 9110 §15.4). What is known of one
 * address says nothing of another.
 */
function redirected(message: Message, url: URL, status: number): Message {
  const headers = { ...message.headers };
  delete headers['if-none-match'];
  delete headers['if-modified-since'];
  if (status === 307 || status === 308) return { ...message, url, headers };
  delete headers['content-type'];
  return { method: 'GET', url, headers, body: null };
}

function pageOf(request: SourceRequest, url: URL, { status, headers, bytes }: RawReply): FetchedPage {
  return { request, url: url.href, status, headers, bytes };
}

function elsewhere(request: SourceRequest, target: string): SiteFailure {
  const what = target === new URL(request.url).href ? `链接指向 ${target}` : `${request.url} → ${target}`;
  return new SiteFailure('REDIRECTED_ELSEWHERE', what, { url: request.url, target });
}
