import type { Notice, NoticeRevision } from '../../src/model/notice.ts';
import type { NoticeSummary } from '../store.ts';
import type { NoticeDoc } from './documents.ts';

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
