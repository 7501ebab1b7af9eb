import type { ChannelTally, ColumnNotice, NoticeStore } from '../../storage/store.ts';
import { addDays } from '../model/day.ts';
import { plainDay } from '../model/day-words.ts';
import type { LocalDay } from '../model/day.ts';
import { SiteFailure } from '../model/failure.ts';
import type { Channel } from '../model/source.ts';

/** What the store holds of a column over the days that the run's lists reached, held against those lists. */
export interface HeldColumn {
  held: ColumnNotice[];
  /** Of these, the ones that no list of the source showed in this run. */
  unlisted: ColumnNotice[];
}

/**
 * The days at both ends of a reach are left out: a list may give a notice the neighbouring day, or show only the
 * newest part of its last one. A list that shows no row of whatever day is held against all that the column ever showed.
 */
export async function heldOf(
  notices: Pick<NoticeStore, 'ofColumn'>,
  sourceId: string,
  tallies: readonly ChannelTally[],
  reach: (tally: ChannelTally) => { from: LocalDay | null; to: LocalDay } | null,
): Promise<Map<string, HeldColumn>> {
  const listed = new Set(tallies.flatMap(({ lists }) => lists.flatMap(({ rowKeys }) => rowKeys)));
  const columns = new Map<string, HeldColumn>();
  for (const tally of tallies) {
    const span = tally.lists.length === 0 ? null : reach(tally);
    if (span === null) continue;
    const emptied = tally.lists.some((list) => list.emptied);
    const from = span.from === null || emptied ? null : addDays(span.from, 1);
    const held = await notices.ofColumn({ sourceId, channelId: tally.channelId, from, to: span.to });
    columns.set(tally.channelId, { held, unlisted: held.filter(({ externalId }) => !listed.has(externalId)) });
  }
  return columns;
}

/** Notices go one by one; so many of a column at once do not. */
export const FEWEST_LOST = 5;
const LOST_SHARE = 0.3;
/** A day of which two notices or more were read, and not one is listed any more, is missing as a day. */
const FEWEST_OF_DAY = 2;
const MOST_DAYS = 2;

/**
 * What a list lacks of what its column showed before; null where it lacks nothing, or no more than single notices,
 * which may have been withdrawn. `proven`: ids of notices of which the site itself says that they are gone.
 */
export function lackIn(
  channel: Channel,
  column: HeldColumn,
  proven: ReadonlySet<string>,
  today: LocalDay,
): SiteFailure | null {
  const held = column.held.filter(({ id, publishDate }) => !proven.has(id) && publishDate.slice(0, 10) < today);
  const unlisted = column.unlisted.filter(({ id, publishDate }) => !proven.has(id) && publishDate.slice(0, 10) < today);
  if (unlisted.length === 0) return null;
  const sample = unlisted[0]!.title;
  if (unlisted.length === held.length && held.length > 1) {
    return new SiteFailure('BELOW_MINIMUM', `${channel.name}：此前采到的该时段 ${held.length} 条一条也没有列出`, {
      sample,
    });
  }
  const days = wholeDays(held, unlisted);
  const ofDays = unlisted.filter(({ publishDate }) => days.includes(publishDate.slice(0, 10))).length;
  if (days.length > 0 && days.length <= MOST_DAYS && ofDays === unlisted.length) {
    const what = `${channel.name}：${days.map(plainDay).join('、')}的 ${ofDays} 条公告全部不再列出`;
    return new SiteFailure('DAY_MISSING', what, { sample, days });
  }
  if (unlisted.length < FEWEST_LOST || unlisted.length < held.length * LOST_SHARE) return null;
  const what = `${channel.name}：此前采到的该时段 ${held.length} 条中有 ${unlisted.length} 条不再列出`;
  return new SiteFailure('BELOW_MINIMUM', what, { sample });
}

/**
 * Days of which a source lists nothing any more in any of its columns, though each column lost single notices only.
 * @param columns all of them, read to their end
 */
export function lostDays(
  columns: readonly HeldColumn[],
  proven: ReadonlySet<string>,
  today: LocalDay,
): ReadonlySet<LocalDay> {
  const standing = (notices: readonly ColumnNotice[]): ColumnNotice[] =>
    notices.filter(({ id, publishDate }) => !proven.has(id) && publishDate.slice(0, 10) < today);
  const held = columns.flatMap((column) => standing(column.held));
  const days = wholeDays(
    held,
    columns.flatMap((column) => standing(column.unlisted)),
  );
  return new Set(days.length > MOST_DAYS ? [] : days);
}

/** A column's part in a day that its source has lost; null where it has none. */
export function lackOfDays(
  channel: Channel,
  column: HeldColumn,
  days: ReadonlySet<LocalDay>,
  proven: ReadonlySet<string>,
): SiteFailure | null {
  const lost = column.unlisted.filter(({ id, publishDate }) => days.has(publishDate.slice(0, 10)) && !proven.has(id));
  if (lost.length === 0) return null;
  const own = [...new Set(lost.map(({ publishDate }) => publishDate.slice(0, 10)))].sort();
  const what = `${channel.name}：${own.map(plainDay).join('、')}的公告，该网站各栏目都不再列出，本栏目 ${lost.length} 条`;
  return new SiteFailure('DAY_MISSING', what, { sample: lost[0]!.title, days: own });
}

function wholeDays(held: readonly ColumnNotice[], unlisted: readonly ColumnNotice[]): LocalDay[] {
  const dayOf = ({ publishDate }: ColumnNotice): LocalDay => publishDate.slice(0, 10);
  const lost = Map.groupBy(unlisted, dayOf);
  const all = Map.groupBy(held, dayOf);
  return [...lost]
    .filter(([day, gone]) => gone.length >= FEWEST_OF_DAY && gone.length === all.get(day)?.length)
    .map(([day]) => day)
    .sort();
}
