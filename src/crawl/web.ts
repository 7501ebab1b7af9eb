import type { LookupFunction } from 'node:net';

import { createPaces } from './pace.ts';
import type { Paces } from './pace.ts';
import { RequestLog } from './request-log.ts';

/** Waits; rejects with the signal's reason when it aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** What all sources of a process share of the network: one pace a host, one name towards the sites. */
export interface Web {
  /** `Gongshi/<version> (+contact)`. */
  userAgent: string;
  paces: Paces;
  /** What is sent is written down here. */
  log: RequestLog;
  sleep: Sleep;
  /** Name resolution; the system's by default. */
  lookup?: LookupFunction;
}

interface WebOptions {
  userAgent: string;
  sleep: Sleep;
  lookup?: LookupFunction;
  /** Where no log is kept, what is sent is written down nowhere. */
  log?: RequestLog;
}

export function createWeb({ userAgent, sleep, lookup, log = new RequestLog('', async () => {}) }: WebOptions): Web {
  return { userAgent, sleep, lookup, log, paces: createPaces() };
}

/** How the crawler names itself: product and version, and where the site's owner reaches the operator. */
export function userAgentOf(version: string, contact: string): string {
  // A header holds Latin-1 only; a Chinese contact is sent as its percent-encoded form.
  const reachable = contact.trim() === '' ? '' : ` (+${encodeURI(contact.trim()).replace(/%20/g, ' ')})`;
  return `Gongshi/${version}${reachable}`;
}
