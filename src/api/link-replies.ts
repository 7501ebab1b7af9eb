import type { LinkDecision } from '../model/link-decision.ts';
import { namedIn } from '../model/link-decision.ts';
import { SUGGESTION_TITLES } from '../model/link-suggestion.ts';
import type { Notice } from '../model/notice.ts';
import type { Project } from '../model/project.ts';
import { sourceName } from './context.ts';
import type { ApiContext } from './context.ts';
import type { LinkDecisionReply, LinkSuggestionReply } from './link-schemas.ts';

/** Decisions with the titles of what they name; a notice that is gone from the store is shown by its id. */
export async function linkDecisionReplies(
  context: ApiContext,
  decisions: readonly LinkDecision[],
): Promise<LinkDecisionReply[]> {
  const named = namer(context, await context.store.notices.getMany([...new Set(decisions.flatMap(namedIn))]));
  return decisions.map((decision) => ({
    ...decision,
    notices: decision.notices.map(named),
    others: decision.others.map(named),
  }));
}

/** Suggestions with the titles of their notices and the other project as it stands; one whose notice is in none is left out. */
export async function linkSuggestionReplies(
  context: ApiContext,
  { suggestions = [] }: Project,
): Promise<LinkSuggestionReply[]> {
  if (suggestions.length === 0) return [];
  const { store } = context;
  const named = namer(context, await store.notices.getMany(suggestions.flatMap(({ own, other }) => [own, other])));
  const homes = await store.projects.ofNotices(suggestions.map(({ other }) => other));
  const replies = await Promise.all(
    suggestions.map(async ({ own, other, code, reason, confidence }): Promise<LinkSuggestionReply[]> => {
      const home = await store.projects.get(homes.get(other) ?? '');
      if (home === null) return [];
      const otherProject = { id: home.id, name: home.name };
      return [
        {
          own: named(own),
          other: named(other),
          otherProject,
          code,
          title: SUGGESTION_TITLES[code],
          reason,
          confidence,
        },
      ];
    }),
  );
  return replies.flat();
}

type NamedNotice = LinkDecisionReply['notices'][number];

function namer(context: ApiContext, notices: readonly Notice[]): (id: string) => NamedNotice {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  return (id) => {
    const notice = byId.get(id);
    const title = notice?.fields.title ?? id;
    return { id, title, sourceName: notice === undefined ? '' : sourceName(context, notice.sourceId) };
  };
}
