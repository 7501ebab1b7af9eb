import { systemClock } from '../src/model/clock.ts';
import { createFetcher } from '../src/crawl/fetch.ts';
import { ownHosts } from '../src/crawl/own-hosts.ts';
import { openSources } from '../src/cli/workshop.ts';
import type { FetchedPage, SourceAdapter, SourceRequest } from '../src/model/source.ts';
import { CONFIG } from './paths.ts';

/** A notice's page as the crawler would have fetched it, and who reads it. */
export interface PortalPage {
  adapter: SourceAdapter;
  page: FetchedPage;
}

/**
 * The notices' pages of the portal's five sites, fetched once over loopback and kept in memory.
 * Throws where a page cannot be fetched: a bench on half of the pages measures something else.
 */
export async function detailPages(addresses: Record<string, string>, most: number): Promise<PortalPage[]> {
  const { adapters, userAgent } = await openSources({ config: CONFIG, localSites: addresses });
  const ofEach = await Promise.all(adapters.map((adapter) => pagesOf(adapter, userAgent)));
  return spread(ofEach, most);
}

async function pagesOf(adapter: SourceAdapter, userAgent: string): Promise<PortalPage[]> {
  const { settings, definition } = adapter;
  const fetcher = createFetcher({
    userAgent,
    ownHosts: ownHosts(adapter),
    clock: systemClock,
    timeoutMs: settings.timeoutMs,
    maxBodyBytes: settings.maxBodyBytes,
  });
  const fetch = async (request: SourceRequest): Promise<FetchedPage> => {
    const { page, failure } = await fetcher.fetch(request, (_url, run) => run());
    if (page === null || failure !== null) throw failure ?? new Error(`No reply: ${request.url}`);
    return page;
  };
  try {
    const first = definition.channels.flatMap((channel) => adapter.start(channel, { since: null, until: null }));
    const waiting = [
      ...first.filter(({ role }) => role === 'warmup'),
      ...first.filter(({ role }) => role !== 'warmup'),
    ];
    const known = new Set<string>();
    const pages: PortalPage[] = [];
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      if (known.has(request.key)) continue;
      known.add(request.key);
      const page = await fetch(request);
      if (request.role === 'detail') {
        pages.push({ adapter, page });
        continue;
      }
      const reading = adapter.read(page);
      if (reading.role !== 'list') continue;
      waiting.push(...reading.next, ...reading.rows.filter((row) => row.inRegion !== false).map((row) => row.detail));
    }
    return pages;
  } finally {
    fetcher.close();
  }
}

/** So many pages, from each source in proportion and evenly over its time. */
function spread(ofEach: PortalPage[][], most: number): PortalPage[] {
  const all = ofEach.flat();
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
}
