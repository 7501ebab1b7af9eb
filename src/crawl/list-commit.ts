import type { NoticeStore, PageCommit } from '../../storage/store.ts';
import { dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { SiteFailure } from '../model/failure.ts';
import type { ListReading, SourceRequest } from '../model/source.ts';
import { mayBeLeft } from './recheck.ts';

export interface ListRules {
  sourceId: string;
  notices: Pick<NoticeStore, 'known'>;
  /** Re-reads every row in the region. */
  full: boolean;
  recheckDays: number;
}

type ListPart = Pick<PageCommit, 'seenAgain' | 'discovered' | 'listFacts'>;

/** What a list page adds to the run: its facts, further pages, and for each row in the region a fetch or a sighting. */
export async function listPart(
  request: SourceRequest,
  reading: ListReading,
  now: number,
  rules: ListRules,
): Promise<ListPart> {
  const wanted = reading.rows.filter((row) => row.inRegion !== false);
  const idOf = (externalId: string): string => noticeId(rules.sourceId, externalId);
  const known = rules.full ? new Map() : await rules.notices.known(wanted.map((row) => idOf(row.externalId)));
  const left = new Set(wanted.filter((row) => mayBeLeft(row, known.get(idOf(row.externalId)), rules.recheckDays, now)));
  const planted = reading.passedOver.reduce((total, { count }) => total + count, 0);
  return {
    seenAgain: [...left].map((row) => ({ noticeId: idOf(row.externalId), at: now })),
    discovered: [...reading.next, ...wanted.filter((row) => !left.has(row)).map((row) => row.detail)],
    listFacts: {
      channelId: request.channelId,
      page: request.page ?? 1,
      listed: reading.rows.length + planted,
      inRegion: wanted.length,
      passedOver: planted + reading.rows.length - wanted.length,
      siteTotal: reading.total,
      reachesBackTo: reading.reachesBackTo,
      rowKeys: reading.rows.map((row) => row.externalId),
      ...newestOf(reading, now),
      ...(typeof reading.printedTotal === 'number' && { printedTotal: reading.printedTotal }),
      ...(reading.emptied === true && { emptied: true }),
    },
  };
}

/** A day that has not come is a slip, and says nothing of how fresh the list is. */
function newestOf({ rows }: ListReading, now: number): { newest?: LocalDay } {
  const today = dayOf(now);
  const newest = rows
    .flatMap(({ publishDate }) => publishDate?.slice(0, 10) ?? [])
    .filter((day) => day <= today)
    .sort()
    .at(-1);
  return newest === undefined ? {} : { newest };
}

export function noticeId(sourceId: string, externalId: string): string {
  return `${sourceId}:${externalId}`;
}

/**
 * Remembers the rows of a run's list pages. A page that shows nothing but rows of earlier ones is no further page:
 * a site that ignores the page number would otherwise be followed without end.
 */
export class SeenRows {
  readonly #byChannel = new Map<string, Set<string>>();

  /** Takes in a list page of this run that an earlier process committed. */
  remember({ channelId, rowKeys }: { channelId: string; rowKeys: string[] }): void {
    const seen = this.#of(channelId);
    for (const key of rowKeys) seen.add(key);
  }

  /** Throws REPEATED_PAGE; an empty page repeats nothing. */
  add(request: Pick<SourceRequest, 'channelId' | 'url' | 'page'>, keys: string[]): void {
    const seen = this.#of(request.channelId);
    if (keys.length > 0 && keys.every((key) => seen.has(key))) {
      throw new SiteFailure('REPEATED_PAGE', `第 ${request.page ?? 1} 页没有新的条目：${request.url}`, {
        url: request.url,
        page: request.page ?? 1,
      });
    }
    this.remember({ channelId: request.channelId, rowKeys: keys });
  }

  #of(channelId: string): Set<string> {
    const seen = this.#byChannel.get(channelId) ?? new Set<string>();
    this.#byChannel.set(channelId, seen);
    return seen;
  }
}
