import type { Store } from '../../storage/store.ts';
import type { Run } from '../model/run.ts';
import type { SourceAdapter } from '../model/source.ts';
import { LeaveToOtherWorker } from '../model/errors.ts';
import type { HeldLease, LeaseKeeper } from './leases.ts';
import { hostNamesOf, ownAddresses } from './own-hosts.ts';
import { crawlSource } from './run-source.ts';
import type { CrawlSourceOptions } from './run-source.ts';
import type { Web } from './web.ts';

export interface LeasedCrawlOptions extends Omit<CrawlSourceOptions, 'store' | 'confirm'> {
  store: Store;
  leases: LeaseKeeper;
  /** Asked once the source is this process's alone: whoever had it until now may have done what was to be done. */
  isStillDue?: () => Promise<boolean>;
}

/**
 * Crawls a source that no other process is crawling; null where one is, or has just done so.
 * The leases are the source's, which fences all writes, and those of its hosts: all sources of a host are crawled by
 * one process at a time, whose own pace is then the host's pace over all processes.
 */
export async function crawlLeased({ leases, isStillDue, ...options }: LeasedCrawlOptions): Promise<Run | null> {
  const { adapter, store, web } = options;
  const held = await takeSource(adapter, leases, web);
  if (held === null) return null;
  try {
    if (isStillDue !== undefined && !(await isStillDue())) return null;
    const fence = held.find(({ lease }) => lease.name === sourceLease(adapter))!;
    return await crawlSource({
      ...options,
      store: store.fenced(fence.lease),
      signal: AbortSignal.any([...held.map(({ lost }) => lost), ...(options.signal ? [options.signal] : [])]),
      confirm: () => confirmAll(held),
    });
  } catch (error) {
    if (error instanceof LeaveToOtherWorker) return null;
    throw error;
  } finally {
    for (const lease of held) await lease.release().catch(leftToLapse);
  }
}

/** The leases under which a source may be asked for anything; null where another process has one of them. */
export async function takeSource(adapter: SourceAdapter, leases: LeaseKeeper, web: Web): Promise<HeldLease[] | null> {
  const held = await leases.takeAll([sourceLease(adapter), ...hostNamesOf(adapter).map((name) => `host:${name}`)]);
  // The last holder may have asked the site a moment ago: the first request waits as if it had.
  if (held?.some(({ first }) => !first)) ownAddresses(adapter).forEach((url) => web.paces.of(url).handedOver());
  return held;
}

/** The lease under which a source is crawled. */
export function sourceLease(adapter: SourceAdapter): string {
  return `source:${adapter.definition.id}`;
}

async function confirmAll(held: HeldLease[]): Promise<void> {
  for (const lease of held) await lease.confirm();
}

/** The store does not answer: nothing is lost by it, the lease lapses by itself. */
function leftToLapse(): void {}
