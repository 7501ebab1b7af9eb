import type { LinkDecision } from '../../model/link-decision.ts';
import { recordDecision, recordWithdrawal } from '../../projects/record-decision.ts';
import type { ApiContext, ApiInstance } from '../context.ts';
import { linkDecisionReplies } from '../link-replies.ts';
import { linkDecided, linkWithdrawalBody, linkWordBody } from '../link-schemas.ts';
import type { LinkDecidedReply } from '../link-schemas.ts';
import { actingUser } from '../session.ts';
import { ACT_FAILURES, idParameter } from './route.ts';

export function linkRoutes(app: ApiInstance, context: ApiContext): void {
  const { store, newId, relink } = context;

  /** The decision is kept already: whatever becomes of the linking now, a later one heeds it. */
  async function heeded(decision: LinkDecision): Promise<LinkDecidedReply> {
    const done = await relink();
    const homes = await store.projects.ofNotices(decision.notices);
    const [reply] = await linkDecisionReplies(context, [decision]);
    return { decision: reply!, done, projectIds: [...new Set(homes.values())].sort() };
  }

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
