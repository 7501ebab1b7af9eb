import { breachesByEvent } from '../../compliance/breaches-by-event.ts';
import { nextDays } from '../../compliance/next-days.ts';
import { dayOf } from '../../model/day.ts';
import type { Notice } from '../../model/notice.ts';
import type { Project } from '../../model/project.ts';
import { inNames, sourceName } from '../context.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { NotFound } from '../failures.ts';
import { linkDecisionReplies, linkSuggestionReplies } from '../link-replies.ts';
import { findingReply, leadReply, projectSummaryReply } from '../replies.ts';
import { page, projectDetail, projectSummary, queries } from '../schemas.ts';
import type { ProjectDetailReply } from '../schemas.ts';
import { FAILURES, idParameter } from './route.ts';

export function projectRoutes(app: ApiInstance, context: ApiContext): void {
  const { store } = context;

  app.get(
    '/api/projects',
    {
      schema: {
        summary: '检索项目，按最近公告日期从新到旧',
        tags: ['项目'],
        querystring: queries.projects.strict(),
        response: { 200: page(projectSummary), ...FAILURES },
      },
    },
    async (request) => {
      const { q, ...rest } = request.query;
      const query = { text: q, ...rest };
      const [found, total] = [await store.projects.search(query), await store.projects.count(query)];
      return { items: found.items.map(projectSummaryReply), nextCursor: found.nextCursor, total };
    },
  );

  app.get(
    '/api/projects/:id',
    {
      schema: {
        summary: '一个项目：经过、归并理由、公示期核查与告警',
        tags: ['项目'],
        params: idParameter,
        response: { 200: projectDetail, ...FAILURES },
      },
    },
    async (request) => {
      const project = await store.projects.get(request.params.id);
      if (project === null) throw new NotFound('项目', request.params.id);
      return projectDetailReply(context, project);
    },
  );
}

async function projectDetailReply(context: ApiContext, project: Project): Promise<ProjectDetailReply> {
  const { store } = context;
  const notices = new Map((await store.notices.getMany(project.noticeIds)).map((notice) => [notice.id, notice]));
  const findings = await store.findings.ofProject(project.id);
  const breaches = breachesByEvent(project.timeline, findings, context.codeText);
  const alerts = await store.findings.alertsOfProjects([project.id]);
  return {
    ...projectSummaryReply(project),
    codes: project.codes,
    category: project.category,
    lots: project.lots,
    round: project.round,
    timeline: project.timeline.map(({ day, kind, round, lots, title, state, remark, noticeIds }, i) => ({
      day,
      kind,
      round,
      lots,
      title,
      state,
      remark,
      breaches: (breaches.get(i) ?? []).map(({ key, words }) => ({ findingKey: key, words })),
      notices: noticeIds
        .map((id) => notices.get(id))
        .filter((notice): notice is Notice => notice !== undefined)
        .map((notice) => ({
          id: notice.id,
          sourceName: sourceName(context, notice.sourceId),
          title: notice.fields.title,
          publishDate: notice.fields.publishDate,
          firstSeenAt: notice.firstSeenAt,
        })),
    })),
    decisions: await linkDecisionReplies(context, await store.linkDecisions.naming(project.noticeIds)),
    suggestions: await linkSuggestionReplies(context, project),
    links: project.links,
    findings: findings.map((finding) => findingReply(context, finding)),
    leads: (await store.leads.ofProject(project.id)).map(leadReply),
    nextDays: nextDays(findings, project.round, dayOf(context.clock.now())),
    alerts: alerts.map(({ key, number, nature, state, finding }) => ({
      key,
      number,
      nature,
      state,
      findingKey: finding.key,
      sentence: inNames(context, finding.sentence),
    })),
  };
}
