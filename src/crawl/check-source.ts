import type { Clock } from '../model/clock.ts';
import type { Channel, ListReading, SourceAdapter, SourceRequest } from '../model/source.ts';
import { checkReply } from './classify.ts';
import { guarded, isCrawlFailure } from './crawl-failure.ts';
import type { CrawlFailure } from './crawl-failure.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';
import type { Web } from './web.ts';

/** What the first list page of a channel showed. */
interface ChannelCheck {
  channel: Channel;
  rows: number;
  siteTotal: number | null;
  newest: { title: string; publishDate: string | null } | null;
  failure: CrawlFailure | null;
}

/**
 * Reads the first list page of every channel of a source, politely and without storing anything.
 * A failed channel does not end the check of the others, unless the site forbids all fetching.
 */
export async function checkSource(
  adapter: SourceAdapter,
  web: Web,
  clock: Clock,
  signal: AbortSignal,
): Promise<ChannelCheck[]> {
  const line = openLine(adapter, web, clock);
  try {
    const forbidden = await line.readRobots(new URL(adapter.settings.address), signal);
    const checks: ChannelCheck[] = [];
    for (const channel of adapter.definition.channels) {
      checks.push(
        forbidden === null
          ? await checkChannel(adapter, channel, line, signal)
          : { channel, rows: 0, siteTotal: null, newest: null, failure: forbidden },
      );
    }
    return checks;
  } finally {
    line.close();
  }
}

async function checkChannel(
  adapter: SourceAdapter,
  channel: Channel,
  line: Line,
  signal: AbortSignal,
): Promise<ChannelCheck> {
  try {
    for (const request of firstRequests(adapter, channel)) {
      const { page, failure } = await line.fetch(request, signal);
      if (failure !== null) throw failure;
      if (page === null) throw new Error(`Neither a reply nor a failure: ${request.url}`);
      checkReply(page);
      const reading = guarded(request.url, () => adapter.read(page));
      if (reading.role === 'list') return found(channel, reading);
    }
    throw new Error(`Channel ${adapter.definition.id}/${channel.id} asks for no list`);
  } catch (error) {
    if (!isCrawlFailure(error)) throw error;
    return { channel, rows: 0, siteTotal: null, newest: null, failure: error };
  }
}

/** Warm-ups before the first list. */
function firstRequests(adapter: SourceAdapter, channel: Channel): SourceRequest[] {
  const first = adapter.start(channel, { since: null, until: null });
  return [...first.filter((r) => r.role === 'warmup'), ...first.filter((r) => r.role === 'list').slice(0, 1)];
}

function found(channel: Channel, reading: ListReading): ChannelCheck {
  const [newest] = reading.rows;
  return {
    channel,
    rows: reading.rows.length,
    siteTotal: reading.total,
    newest: newest === undefined ? null : { title: newest.title, publishDate: newest.publishDate },
    failure: null,
  };
}
