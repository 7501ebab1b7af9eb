import type { AnyBulkWriteOperation } from 'mongodb';

import type { Notice, NoticeRevision } from '../../src/model/notice.ts';
import { placeDay } from '../shared/days.ts';
import { noticeSearchText } from '../shared/searchable.ts';
import type { NoticeSummary, StoredNotice } from '../store.ts';
import type { NoticeDoc, RevisionDoc } from './documents.ts';
import { idOf, plain } from './plain.ts';
import { wordsOf } from './words.ts';

/** A notice as the product knows it. */
export function noticeOf(doc: NoticeDoc): Notice {
  return {
    id: doc._id,
    sourceId: doc.sourceId,
    channelId: doc.channelId,
    externalId: doc.externalId,
    url: doc.url,
    fields: doc.fields,
    origins: doc.origins,
    disagreements: doc.disagreements,
    text: doc.text,
    attachments: doc.attachments,
    digest: doc.digest,
    revision: doc.revision,
    firstSeenAt: doc.firstSeenAt,
    absentAt: doc.absentAt,
    lastSeenAt: doc.lastSeenAt,
    archiveId: doc.archiveId,
    firstPublishDate: doc.firstPublishDate,
  };
}

/** The latest revision, as the earlier ones are kept. */
export function latestRevisionOf(doc: Omit<NoticeDoc, 'text' | 'words' | 'linkKeys'>): NoticeRevision {
  return {
    noticeId: doc._id,
    revision: doc.revision,
    observedAt: doc.revisedAt,
    runId: doc.runId,
    archiveId: doc.archiveId,
    digest: doc.digest,
    fields: doc.fields,
    changed: doc.changed,
  };
}

/** What lists show. */
export function summaryOf(doc: NoticeDoc): NoticeSummary {
  return {
    id: doc._id,
    sourceId: doc.sourceId,
    channelId: doc.channelId,
    title: doc.fields.title,
    kind: doc.fields.kind,
    track: doc.fields.track,
    projectName: doc.fields.projectName,
    projectCode: doc.fields.projectCode,
    purchaser: doc.fields.purchaser,
    amount: doc.fields.amount,
    publishDate: doc.fields.publishDate,
    region: doc.fields.region,
    projectId: doc.projectId,
    copies: doc.copies,
    firstSeenAt: doc.firstSeenAt,
  };
}

/** A notice with its history and marks, as another store takes it in. */
export function storedOf(doc: NoticeDoc, earlier: NoticeRevision[]): StoredNotice {
  return {
    notice: noticeOf(doc),
    // A copy of what is still the latest may stand among the earlier ones.
    revisions: [...earlier.filter(({ revision }) => revision < doc.revision), latestRevisionOf(doc)],
    matched: doc.matched,
    linkKeys: [...doc.linkKeys].sort(),
    projectId: doc.projectId,
    copies: doc.copies,
  };
}

/** Adds a notice that is not there; nothing else. */
export function creationOf({
  notice,
  revisions,
  via = null,
  ...marks
}: StoredNotice & { via?: string | null }): AnyBulkWriteOperation<NoticeDoc> {
  const { id, firstSeenAt, absentAt, lastSeenAt, firstPublishDate } = notice;
  const clocks = plain({ firstSeenAt, absentAt, lastSeenAt, firstPublishDate });
  return {
    updateOne: {
      filter: { _id: idOf(id) },
      update: { $setOnInsert: { ...latestParts(notice, revisions.at(-1)!, via), ...clocks, ...marks } },
      upsert: true,
    },
  };
}

/** Written whole each time: what is copied is the truth. */
export function copyOf(revision: NoticeRevision): AnyBulkWriteOperation<RevisionDoc> {
  return {
    replaceOne: {
      filter: { noticeId: revision.noticeId, revision: revision.revision },
      replacement: plain(revision),
      upsert: true,
    },
  };
}

type LatestParts = Omit<
  NoticeDoc,
  | '_id'
  | 'firstSeenAt'
  | 'absentAt'
  | 'lastSeenAt'
  | 'firstPublishDate'
  | 'matched'
  | 'linkKeys'
  | 'projectId'
  | 'copies'
>;

/** Everything of a notice that a new revision replaces. */
export function latestParts(
  notice: Notice,
  latest: Pick<NoticeRevision, 'observedAt' | 'runId' | 'changed'>,
  via: string | null,
): LatestParts {
  const kept = plain({
    sourceId: notice.sourceId,
    channelId: notice.channelId,
    externalId: notice.externalId,
    url: notice.url,
    fields: notice.fields,
    origins: notice.origins,
    disagreements: notice.disagreements,
    text: notice.text,
    attachments: notice.attachments,
    digest: notice.digest,
    revision: notice.revision,
    archiveId: notice.archiveId,
    revisedAt: latest.observedAt,
    runId: latest.runId,
    changed: latest.changed,
  });
  return {
    ...kept,
    via,
    day: placeDay(kept.fields.publishDate),
    words: wordsOf(noticeSearchText(kept.fields, kept.text)),
  };
}
