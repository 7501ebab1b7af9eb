import type { LinkSuggestion } from '../model/link-suggestion.ts';
import type { Project } from '../model/project.ts';
import { mayBeOne } from './contradictions.ts';
import type { Words } from './decisions.ts';
import { compare, type Identity } from './identity.ts';
import type { WeakLink } from './weak.ts';

/** A project with its notices. */
export interface Assembled {
  project: Project;
  members: Identity[];
}

/**
 * What is suggested between these projects, by project id: for each two of them the surest of the weak links, unless
 * they contradict each other or a person has kept them apart.
 */
export function suggestionsAmong(
  projects: readonly Assembled[],
  weak: readonly WeakLink[],
  words: Words,
): Map<string, LinkSuggestion[]> {
  const homes = new Map(projects.flatMap((p) => p.members.map((m) => [m.id, p] as const)));
  const surest = new Map<string, { link: WeakLink; a: Assembled; b: Assembled }>();
  for (const link of weak) {
    const [a, b] = [homes.get(link.a), homes.get(link.b)];
    if (a === undefined || b === undefined || a === b) continue;
    const key = [a.project.id, b.project.id].sort().join('|');
    const known = surest.get(key);
    if (known === undefined || bySureness(link, known.link) < 0) surest.set(key, { link, a, b });
  }
  const suggested = new Map<string, LinkSuggestion[]>();
  const tell = ({ project }: Assembled, suggestion: LinkSuggestion): void =>
    void suggested.set(project.id, [...(suggested.get(project.id) ?? []), suggestion]);
  for (const { link, a, b } of surest.values()) {
    if (keptApart(a, b, words) || !mayBeOne({ notices: a.members }, { notices: b.members })) continue;
    const { code, reason, confidence } = link;
    tell(a, { own: link.a, other: link.b, code, reason, confidence });
    tell(b, { own: link.b, other: link.a, code, reason, confidence });
  }
  return suggested;
}

/** The project with these suggestions and no others. */
export function suggesting({ suggestions: _, ...project }: Project, suggestions: LinkSuggestion[]): Project {
  if (suggestions.length === 0) return project;
  const sorted = suggestions.toSorted(
    (x, y) => y.confidence - x.confidence || compare(x.own, y.own) || compare(x.other, y.other),
  );
  return { ...project, suggestions: sorted };
}

/** A page that names nobody and to which more than one project fits. */
export function undecidedLink(a: Identity, b: Identity): WeakLink {
  const name = a.names.find((m) => b.names.some((n) => n.whole === m.whole))?.whole ?? '';
  const reason = `名称相同（“${name}”），其中一份公告未载明采购人和代理机构，而与之相符的项目不止一个`;
  return { a: a.id, b: b.id, code: 'SEVERAL_FIT', confidence: 0.7, reason };
}

function keptApart(a: Assembled, b: Assembled, words: Words): boolean {
  return a.members.some((x) => b.members.some((y) => words.apart(x.id, y.id)));
}

function bySureness(x: WeakLink, y: WeakLink): number {
  return y.confidence - x.confidence || compare(x.code, y.code) || compare(x.a, y.a) || compare(x.b, y.b);
}
