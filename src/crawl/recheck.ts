import { dayNumber, dayOf } from '../model/day.ts';
import type { ListRow } from '../model/source.ts';

/** What the store knows of a notice before its page is fetched again. */
interface KnownNotice {
  title: string;
  publishDate: string | null;
  lastSeenAt: number;
}

/**
 * Whether a row's detail page may be left alone: the notice is known, the list says of it what it said, and it is
 * older than the window in which pages are read again to catch silent edits. Where its age is unknown it is read.
 */
export function mayBeLeft(row: ListRow, known: KnownNotice | undefined, recheckDays: number, now: number): boolean {
  if (known === undefined) return false;
  const stated = (row.publishDate ?? known.publishDate)?.slice(0, 10);
  if (stated === undefined) return false;
  const age = dayNumber(dayOf(now)) - dayNumber(stated);
  return age > recheckDays && sameTitle(row.title, known.title) && sameDay(row.publishDate, known.publishDate);
}

/** Lists cut long titles and differ from the page in spacing and bracket width. */
function sameTitle(listed: string, read: string): boolean {
  const row = plain(listed);
  const title = plain(read);
  const cut = /(?:…+|\.{3,})$/.exec(row);
  return cut === null ? row === title : title.startsWith(row.slice(0, cut.index));
}

function plain(title: string): string {
  return title.normalize('NFKC').replace(/\s+/g, '');
}

/** A day against a minute of that day is no change; a date that one side does not state proves none. */
function sameDay(listed: string | null, read: string | null): boolean {
  return listed === null || read === null || listed.slice(0, 10) === read.slice(0, 10);
}
