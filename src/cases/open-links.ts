import type { Store } from '../../storage/store.ts';
import { ruleTitle } from '../compliance/rules/index.ts';
import { fullDay } from '../compliance/wording.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import type { Judgement } from '../model/finding.ts';
import type { LinkSuggestion } from '../model/link-suggestion.ts';
import type { Notice } from '../model/notice.ts';
import { assemble } from '../projects/assemble.ts';
import { candidateEditsOf } from '../projects/candidate-edits.ts';
import { factSheetOf } from '../projects/fact-sheet.ts';
import { identityOfStored } from '../projects/identity.ts';
import { judgementsOf } from './judge-round.ts';
import type { JudgedBy } from './judge-round.ts';

/** A suggestion that nobody has confirmed or refused, and what the two projects would be as one. */
export interface OpenLink {
  suggestion: LinkSuggestion;
  joined: FactSheet;
  other: Notice;
}

/** The open links of those of the projects that have any, by project id. */
export async function openLinksOf(
  store: Pick<Store, 'notices' | 'projects' | 'runs'>,
  sheets: readonly FactSheet[],
): Promise<Map<string, OpenLink[]>> {
  const open = new Map<string, OpenLink[]>();
  for (const { projectId, notices: own, suggestions } of sheets) {
    if (suggestions.length === 0) continue;
    const homes = await store.projects.ofNotices(suggestions.map(({ other }) => other));
    const links: OpenLink[] = [];
    for (const suggestion of suggestions) {
      const other = await store.projects.get(homes.get(suggestion.other) ?? '');
      if (other === null) continue;
      const notices = await store.notices.getMany([...own.map(([id]) => id), ...other.noticeIds]);
      const joined = assemble({ members: notices.map(identityOfStored), links: [] });
      const named = notices.find(({ id }) => id === suggestion.other)!;
      const edits = await candidateEditsOf(store, notices);
      links.push({ suggestion, joined: factSheetOf(joined, notices, edits), other: named });
    }
    open.set(projectId, links);
  }
  return open;
}

/**
 * Leaves open what a person still has to decide: a breach that would not stand if a suggested project were this one
 * accuses nobody until the suggestion is confirmed or refused. Pure.
 */
export function withOpenLinks(judgements: readonly Judgement[], links: readonly OpenLink[], by: JudgedBy): Judgement[] {
  if (links.length === 0 || judgements.every(({ verdict }) => verdict !== 'violation')) return [...judgements];
  const joined = links.map((link) => ({ link, judgements: judgementsOf(link.joined, by) }));
  return judgements.map((judgement) => {
    if (judgement.verdict !== 'violation') return judgement;
    const against = joined.find((other) => !other.judgements.some((j) => isSameBreach(j, judgement)));
    return against === undefined ? judgement : leftOpen(judgement, against.link);
  });
}

/** As one, the projects may have lots that one of them does not name. */
function isSameBreach(joined: Judgement, judgement: Judgement): boolean {
  const lots = joined.lot === null || judgement.lot === null || joined.lot === judgement.lot;
  return joined.verdict === 'violation' && joined.rule === judgement.rule && lots;
}

function leftOpen(judgement: Judgement, { suggestion, other }: OpenLink): Judgement {
  const { title, publishDate } = other.fields;
  const day = publishDate === null ? '' : `${fullDay(publishDate.slice(0, 10))}的`;
  return {
    ...judgement,
    verdict: 'undetermined',
    codes: ['LINK_UNCONFIRMED'],
    severity: 'info',
    computed: {},
    sentence: `另有${day}公告“${title}”可能属于本项目：${suggestion.reason}。若属本项目，按“${ruleTitle(judgement.rule)}”核查的结论不同，目前不能判断。确认或排除这一归并后可以判断。`,
    evidence: [...judgement.evidence, { noticeId: suggestion.other, role: 'other' }],
    days: [],
  };
}
