import { bodyRecordId } from '../model/archive.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import type { NoticeObservation } from '../model/notice.ts';
import type { DetailReading, SourceRequest } from '../model/source.ts';
import { noticeDigest } from '../notices/digest.ts';
import type { Absence } from './absence.ts';
import { noticeId } from './list-commit.ts';

/** What an archived detail page shows of its notice: nothing where the page is of another region. */
export async function observationsOf(
  request: SourceRequest,
  { externalId, publicUrl, notice, attachments }: DetailReading,
  record: ArchiveRecord,
  absence: Absence,
): Promise<NoticeObservation[]> {
  if (notice === null) return [];
  const { sourceId, runId } = record;
  const statedDay = notice.fields.publishDate?.slice(0, 10) ?? request.row?.publishDate?.slice(0, 10) ?? null;
  return [
    {
      noticeId: noticeId(sourceId, externalId),
      sourceId,
      channelId: request.channelId,
      externalId,
      url: publicUrl,
      runId,
      observedAt: record.fetchedAt,
      absentAt: await absence.lastAbsent(request.channelId, statedDay, record.fetchedAt),
      reading: notice,
      digest: noticeDigest(notice.fields),
      archiveId: bodyRecordId(record),
      attachments,
    },
  ];
}
