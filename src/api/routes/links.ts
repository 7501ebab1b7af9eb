import type { LinkDecision } from '../../model/link-decision.ts';
import { recordDecision, recordWithdrawal } from '../../projects/record-decision.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { linkDecisionReplies, linkSuggestionReplies } from '../link-replies.ts';
import { linkDecided, linkWithdrawalBody, linkWordBody, suggestedProject } from '../link-schemas.ts';
import type { LinkDecidedReply } from '../link-schemas.ts';
import { actingUser } from '../session.ts';
import { page, queries } from '../schemas.ts';
import { ACT_FAILURES, FAILURES, idParameter } from './route.ts';

export function linkRoutes(app: ApiInstance, context: ApiContext): void {
  const { store, newId, relink } = context;

  /** The decision is kept already: whatever becomes of the linking now, a later one heeds it. */
  async function heeded(decision: LinkDecision): Promise<LinkDecidedReply> {
    const done = await relink();
    const homes = await store.projects.ofNotices(decision.notices);
    const [reply] = await linkDecisionReplies(context, [decision]);
    return { decision: reply!, done, projectIds: [...new Set(homes.values())].sort() };
  }

  app.get(
    '/api/link-suggestions',
    {
      schema: {
        summary: '疑似归并：证据不足以自动归并、待人工确认或排除的项目，按最近公告日期从新到旧',
        tags: ['项目'],
        querystring: queries.suggestions.strict(),
        response: { 200: page(suggestedProject), ...FAILURES },
      },
    },
    async (request) => {
      const found = await store.projects.search({ ...request.query, suggested: true });
      const items = await Promise.all(
        found.items.map(async (project) => ({
          id: project.id,
          name: project.name,
          purchaser: project.purchaser,
          suggestions: await linkSuggestionReplies(context, project),
        })),
      );
      return { items, nextCursor: found.nextCursor, total: await store.projects.count({ suggested: true }) };
    },
  );

  app.post(
    '/api/links',
    {
      schema: {
        summary: '裁定归并：两个项目（或几条公告）属于同一项目，或几条公告应从所在项目拆出；优先于自动归并',
        tags: ['项目'],
        body: linkWordBody,
        response: { 200: linkDecided, ...ACT_FAILURES },
      },
    },
    async (request) => {
      const user = await actingUser(context, request, ['supervisor']);
      return heeded(await recordDecision(context, newId(), { ...request.body, by: user.name }));
    },
  );

  app.post(
    '/api/links/:id/withdrawal',
    {
      schema: {
        summary: '撤销归并裁定；记录保留',
        tags: ['项目'],
        params: idParameter,
        body: linkWithdrawalBody,
        response: { 200: linkDecided, ...ACT_FAILURES },
      },
    },
    async (request) => {
      const user = await actingUser(context, request, ['supervisor']);
      const { reason } = request.body;
      return heeded(await recordWithdrawal(context, request.params.id, { by: user.name, reason }));
    },
  );
}
