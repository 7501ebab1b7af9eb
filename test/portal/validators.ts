import { createHash } from 'node:crypto';

import type { SiteId } from './model.ts';
import type { Ask, Reply } from './sites/shelf.ts';

/** How a site recognises its pages; the others give nothing to recognise one by. */
const GIVES: Partial<Record<SiteId, 'etag' | 'last-modified'>> = { ky_gov: 'etag', hh_finance: 'last-modified' };

interface Given {
  mark: string;
  etag: string;
  /** Epoch ms, whole seconds. */
  changedAt: number;
}

/** A web server's answers to conditional requests (RFC 9110 §13): validators on whole pages, 304 where they still hold. */
export class SiteValidators {
  readonly #kind: 'etag' | 'last-modified' | null;
  readonly #given = new Map<string, Given>();

  constructor(site: SiteId) {
    this.#kind = GIVES[site] ?? null;
  }

  /**
   * The reply as it goes out.
   * @param stale the page keeps the validators it once had, whatever has become of it
   */
  answer(ask: Pick<Ask, 'method' | 'path' | 'headers'>, reply: Reply, now: number, stale: boolean): Reply {
    if (this.#kind === null || reply.mark === undefined || reply.status !== 200 || ask.method !== 'GET') return reply;
    const given = this.#validatorsOf(ask.path, reply.mark, now, stale);
    const headers: Record<string, string> =
      this.#kind === 'etag' ? { etag: given.etag } : { 'last-modified': new Date(given.changedAt).toUTCString() };
    return this.#holds(ask.headers, given)
      ? { status: 304, headers, body: '' }
      : { ...reply, headers: { ...reply.headers, ...headers } };
  }

  #validatorsOf(path: string, mark: string, now: number, stale: boolean): Given {
    const before = this.#given.get(path);
    if (before !== undefined && (stale || before.mark === mark)) return before;
    // Weak: the counter on the page moves while the page says the same.
    const etag = `W/"${createHash('sha1').update(mark).digest('hex').slice(0, 16)}"`;
    // Two changes within one second would bear one date.
    const changedAt = Math.max(Math.floor(now / 1000) * 1000, (before?.changedAt ?? 0) + 1000);
    const given = { mark, etag, changedAt };
    this.#given.set(path, given);
    return given;
  }

  #holds(headers: Ask['headers'], given: Given): boolean {
    if (this.#kind === 'etag') return headers['if-none-match'] === given.etag;
    return headers['if-modified-since'] === new Date(given.changedAt).toUTCString();
  }
}
