import type { NoticeStore, PageCommit } from '../../storage/store.ts';
import { bodyRecordId } from '../model/archive.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import { ASSERTED_FIELDS } from '../model/source.ts';
import type { DetailReading, SourceRequest } from '../model/source.ts';
import type { Absence } from './absence.ts';
import { lostFields } from './lost-fields.ts';
import { observationsOf } from './observation.ts';

export type DetailPart = Pick<PageCommit, 'observations' | 'seenAgain' | 'readingFacts'>;

/**
 * What a detail page adds to the run: its notice, or a sighting where the stored notice says more of the same page,
 * and what it tells of its source. Nothing where the page is of another region.
 */
export async function detailPart(
  request: SourceRequest,
  reading: DetailReading,
  record: ArchiveRecord,
  { absence, notices }: { absence: Absence; notices: Pick<NoticeStore, 'get'> },
): Promise<DetailPart> {
  const [observation] = await observationsOf(request, reading, record, absence);
  if (observation === undefined) return { observations: [], seenAgain: [], readingFacts: null };
  const { noticeId, observedAt } = observation;
  const { fields } = observation.reading;
  const before = await notices.get(noticeId);
  const lost = before === null ? null : lostFields(before, observation.reading);
  return {
    observations: lost === null ? [observation] : [],
    seenAgain: lost === null ? [] : [{ noticeId, at: observedAt }],
    readingFacts: {
      channelId: request.channelId,
      title: fields.title,
      kind: fields.kind,
      fields: ASSERTED_FIELDS.filter((field) => fields[field] !== null),
      oddities: [...(reading.oddities ?? []), ...(lost === null ? [] : [lost])],
      url: request.url,
      archiveId: bodyRecordId(record),
    },
  };
}
