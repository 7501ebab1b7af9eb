import type { LinkDecision } from '../model/link-decision.ts';
import { namedIn } from '../model/link-decision.ts';
import { sourceName } from './context.ts';
import type { ApiContext } from './context.ts';
import type { LinkDecisionReply } from './link-schemas.ts';

/** Decisions with the titles of what they name; a notice that is gone from the store is shown by its id. */
export async function linkDecisionReplies(
  context: ApiContext,
  decisions: readonly LinkDecision[],
): Promise<LinkDecisionReply[]> {
  const notices = await context.store.notices.getMany([...new Set(decisions.flatMap(namedIn))]);
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const named = (id: string) => {
    const notice = byId.get(id);
    const title = notice?.fields.title ?? id;
    return { id, title, sourceName: notice === undefined ? '' : sourceName(context, notice.sourceId) };
  };
  return decisions.map((decision) => ({
    ...decision,
    notices: decision.notices.map(named),
    others: decision.others.map(named),
  }));
}
