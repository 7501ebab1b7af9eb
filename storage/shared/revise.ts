import { isDeepStrictEqual } from 'node:util';

import type { AttachmentLink, FieldName, Notice, NoticeFields, NoticeObservation } from '../../src/model/notice.ts';

/**
 * What an observation does to what is stored. One rule for every adapter:
 * - `create`: never seen before
 * - `revise`: the business fields differ from the latest revision
 * - `seen`: the same fields again; only `lastSeenAt` moves forward, and files are completed (`completedAttachments`)
 *
 * A page that is already a revision (same archived record, same digest) is a repetition after a crash,
 * and one older than the latest revision arrives late: neither ever becomes the latest again.
 */
type Effect = 'create' | 'revise' | 'seen';

interface LatestRevision {
  digest: string;
  /** Observed time of the latest revision, epoch ms. */
  revisedAt: number;
}

export function effectOf(
  observation: NoticeObservation,
  latest: LatestRevision | null,
  isRevisionAlready: () => boolean,
): Effect {
  if (latest === null) return 'create';
  if (observation.digest === latest.digest || observation.observedAt < latest.revisedAt) return 'seen';
  return isRevisionAlready() ? 'seen' : 'revise';
}

/**
 * The files of a notice whose page says what it said: one that is new stands behind the others, and one that could not
 * be had before takes its place when it came. Null where nothing is new.
 */
export function completedAttachments(
  before: readonly AttachmentLink[],
  { attachments }: Pick<NoticeObservation, 'attachments'>,
): AttachmentLink[] | null {
  const came = new Map(attachments.map((link) => [link.url, link]));
  let changed = false;
  const completed = before.map((link) => {
    const now = came.get(link.url);
    came.delete(link.url);
    if (link.archiveId !== undefined || now?.archiveId === undefined) return link;
    changed = true;
    return now;
  });
  const added = [...came.values()];
  return changed || added.length > 0 ? [...completed, ...added] : null;
}

/** Business fields that differ, in the order of the fields. */
export function changedFields(before: NoticeFields, after: NoticeFields): FieldName[] {
  return (Object.keys(after) as FieldName[]).filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** A notice as its first observation shows it. */
export function firstNotice(observation: NoticeObservation): Notice {
  const { reading } = observation;
  return {
    id: observation.noticeId,
    sourceId: observation.sourceId,
    channelId: observation.channelId,
    externalId: observation.externalId,
    url: observation.url,
    fields: reading.fields,
    origins: reading.origins,
    disagreements: reading.disagreements,
    text: reading.text,
    attachments: observation.attachments,
    digest: observation.digest,
    revision: 1,
    firstSeenAt: observation.observedAt,
    absentAt: observation.absentAt,
    lastSeenAt: observation.observedAt,
    archiveId: observation.archiveId,
    firstPublishDate: reading.fields.publishDate,
  };
}
