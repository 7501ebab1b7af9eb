import type { Store } from '../../storage/store.ts';
import type { Archive } from '../model/archive.ts';
import { RestoreArchive } from '../model/errors.ts';
import { SiteFailure } from '../model/failure.ts';
import type { Clock } from '../model/clock.ts';
import type { SourceRequest } from '../model/source.ts';
import type { Probe } from '../model/vanishing.ts';
import type { CrawlFailure } from './crawl-failure.ts';

const PREFIX = 'probe:';
/** A site is not asked more about what is gone than this in one run, nor for longer than the longest publicity period. */
const MOST_PROBES = 50;
const PROBED_MS = 45 * 86_400_000;

/** The notice that a request asks after; null for any other request. */
export function probedNotice(request: Pick<SourceRequest, 'key'>): string | null {
  return request.key.startsWith(PREFIX) ? request.key.slice(PREFIX.length) : null;
}

/** One visit to the page of each notice of the source that lists no longer show: the request by which it was last read. */
export async function probesFor(
  sourceId: string,
  { runs, notices, vanishings }: Pick<Store, 'runs' | 'notices' | 'vanishings'>,
  archive: Pick<Archive, 'readPage'>,
  clock: Clock,
): Promise<SourceRequest[]> {
  const open = (await vanishings.open(sourceId)).filter(({ openedAt }) => openedAt > clock.now() - PROBED_MS);
  const requests: SourceRequest[] = [];
  for (const { id, archiveId } of await notices.getMany(open.slice(-MOST_PROBES).map(({ noticeId }) => noticeId))) {
    const record = await runs.archiveRecord(archiveId);
    if (record === null) continue;
    try {
      const { request } = await archive.readPage(record);
      requests.push({ ...request, key: PREFIX + id });
    } catch (error) {
      // A damaged archive is the archive's own affair, told where it is checked; the crawl goes on.
      if (!(error instanceof RestoreArchive)) throw error;
    }
  }
  return requests;
}

/** What a site's answer says about a page that was asked after. */
export function foundBy(failure: CrawlFailure | null, status: number | null): Probe['found'] {
  if (failure === null) return 'there';
  if (failure instanceof SiteFailure && failure.code === 'NOTICE_GONE') return 'gone';
  return failure.code === 'HTTP_4XX' && (status === 404 || status === 410) ? 'gone' : 'unclear';
}
