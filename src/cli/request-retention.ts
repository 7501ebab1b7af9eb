import type { Workshop } from './workshop.ts';

const DAY_MS = 86_400_000;
const RECENT_DAYS = 30;

/**
 * Drops from the log of requests what is older than the operator keeps. A log without an entry of the last month is left
 * alone: it does not grow, or the machine's clock is set wrong, and then nothing may be dropped by it.
 */
export async function forgetOldRequests({
  store: { sentRequests },
  config,
  clock,
}: Pick<Workshop, 'store' | 'config' | 'clock'>): Promise<void> {
  const now = clock.now();
  for (const host of await sentRequests.hosts()) {
    for await (const { at } of sentRequests.ofHost(host, now - RECENT_DAYS * DAY_MS)) {
      if (at > now + DAY_MS) break;
      await sentRequests.forget(now - config.retention.requestDays * DAY_MS);
      return;
    }
  }
}
