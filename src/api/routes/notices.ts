import type { NoticeQuery } from '../../../storage/store.ts';
import { isLocalDay } from '../../model/day.ts';
import type { Notice } from '../../model/notice.ts';
import { sourceName } from '../context.ts';
import { backdatingOf } from '../../projects/backdating.ts';
import { differencesAmong } from '../../projects/copies.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { fieldText } from '../field-text.ts';
import { NotFound, wrongParameter } from '../failures.ts';
import { archiveReply, noticeSummaryReply, summaryOf } from '../replies.ts';
import { noticeDetail, noticePage, queries } from '../schemas.ts';
import type { NoticeDetailReply } from '../schemas.ts';
import { FAILURES, idParameter } from './route.ts';

export function noticeRoutes(app: ApiInstance, context: ApiContext): void {
  const { store } = context;

  app.get(
    '/api/notices',
    {
      schema: {
        summary: '检索公告，按网站所载日期从新到旧',
        tags: ['公告'],
        querystring: queries.notices.strict(),
        response: { 200: noticePage, ...FAILURES },
      },
    },
    async (request) => {
      const { q, kind, track, source, from, to, limit, cursor } = request.query;
      for (const [name, day] of Object.entries({ from, to })) {
        if (day !== undefined && !isLocalDay(day)) throw wrongParameter(name, '日期，如 2026-03-16');
      }
      if (from !== undefined && to !== undefined && from > to)
        throw wrongParameter('to', `不早于 from（${from}）的日期`);
      if (source !== undefined && !context.definitions.some((definition) => definition.id === source)) {
        throw wrongParameter('source', context.definitions.map((definition) => definition.id).join('、'));
      }
      const query: NoticeQuery = { text: q, kind, track, sourceId: source, from, to, limit, cursor };
      const [found, tally] = [await store.notices.search(query), await store.notices.tally(query)];
      return {
        items: found.items.map((summary) => noticeSummaryReply(context, summary)),
        nextCursor: found.nextCursor,
        total: tally.count,
        totalIs: tally.is,
      };
    },
  );

  app.get(
    '/api/notices/:id',
    {
      schema: {
        summary: '一条公告：字段与出处、两个时间、修订、归档',
        tags: ['公告'],
        params: idParameter,
        response: { 200: noticeDetail, ...FAILURES },
      },
    },
    async (request) => {
      const notice = await store.notices.get(request.params.id);
      if (notice === null) throw new NotFound('公告', request.params.id);
      return noticeDetailReply(context, notice);
    },
  );
}

async function noticeDetailReply(context: ApiContext, notice: Notice): Promise<NoticeDetailReply> {
  const { store } = context;
  const { fields } = notice;
  const projectId = (await store.projects.ofNotices([notice.id])).get(notice.id) ?? null;
  const copies = projectId === null ? [] : await otherCopies(context, notice.id, projectId);
  const revisions = await store.notices.revisions(notice.id);
  const record = await store.runs.archiveRecord(notice.archiveId);
  return {
    ...noticeSummaryReply(context, summaryOf(notice, projectId, copies.length)),
    url: notice.url,
    codes: fields.codes,
    agency: fields.agency,
    suppliers: fields.suppliers,
    amountKind: fields.amountKind,
    budget: fields.budget,
    ceiling: fields.ceiling,
    method: fields.method,
    category: fields.category,
    publicityStart: fields.publicity?.from ?? null,
    publicityEnd: fields.publicity?.to ?? null,
    publicityWords: fields.publicity?.words ?? null,
    openingDate: fields.openingDate,
    awardLetterDate: fields.awardLetterDate,
    contractDate: fields.contractDate,
    round: fields.round,
    lots: fields.lots,
    candidates: fields.candidates,
    parcels: fields.parcels,
    origins: notice.origins,
    disagreements: notice.disagreements.map(({ field, value, origin }) => ({
      field,
      value: fieldText(field, value),
      words: origin.words,
      rule: origin.rule,
    })),
    text: notice.text,
    attachments: notice.attachments,
    firstPublishDate: notice.firstPublishDate,
    absentAt: notice.absentAt,
    lastSeenAt: notice.lastSeenAt,
    revision: notice.revision,
    revisions: revisions.map(({ revision, observedAt, changed, archiveId, fields: now }, i) => ({
      revision,
      observedAt,
      archiveId,
      changes: changed.map((field) => ({
        field,
        before: fieldText(field, revisions[i - 1]?.fields[field]),
        after: fieldText(field, now[field]),
      })),
    })),
    backdating: backdatingOf(notice),
    differences: differencesAmong([notice, ...copies]).map(({ field, values }) => ({
      field,
      values: values.map(({ noticeId, sourceId, value }) => ({
        noticeId,
        sourceName: sourceName(context, sourceId),
        value: fieldText(field, value),
      })),
    })),
    archive: record === null ? null : archiveReply(record),
    otherCopies: copies.map((copy) => ({
      id: copy.id,
      sourceName: sourceName(context, copy.sourceId),
      title: copy.fields.title,
      publishDate: copy.fields.publishDate,
    })),
  };
}

async function otherCopies(context: ApiContext, noticeId: string, projectId: string): Promise<Notice[]> {
  const project = await context.store.projects.get(projectId);
  const group = project?.groups.find(({ noticeIds }) => noticeIds.includes(noticeId));
  return context.store.notices.getMany(group?.noticeIds.filter((id) => id !== noticeId) ?? []);
}
