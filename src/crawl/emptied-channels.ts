import type { ChannelTally, Store } from '../../storage/store.ts';
import type { CrawlWindow } from '../model/source.ts';

/** Enough to meet a column's notice among those of its site's other columns; a site has at most a few dozen columns. */
const LOOK_AT = 2_000;

/**
 * Channels whose lists came back without a single row although the store holds notices of theirs stated in the window:
 * the site is at fault, not the world. Channels that listed anything are not looked at.
 */
export async function emptiedChannels(
  notices: Pick<Store['notices'], 'search'>,
  sourceId: string,
  { since, until }: CrawlWindow,
  tallies: readonly ChannelTally[],
): Promise<Set<string>> {
  const empty = new Set(
    tallies
      .filter(({ lists }) => lists.length > 0 && lists.every((list) => list.listed === 0))
      .map(({ channelId }) => channelId),
  );
  const emptied = new Set<string>();
  let cursor: string | undefined;
  for (let seen = 0; empty.size > emptied.size && seen < LOOK_AT;) {
    const page = await notices.search({
      sourceId,
      from: since ?? undefined,
      to: until ?? undefined,
      limit: 100,
      cursor,
    });
    for (const { channelId } of page.items) if (empty.has(channelId)) emptied.add(channelId);
    seen += page.items.length;
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return emptied;
}
