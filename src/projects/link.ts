import { dayOf } from '../model/day.ts';
import type { LinkDecision } from '../model/link-decision.ts';
import type { Link } from '../model/project.ts';
import { compatible, some } from './contradictions.ts';
import { wordsOf } from './decisions.ts';
import type { Words } from './decisions.ts';
import { COPY_WINDOW_DAYS } from './group.ts';
import { byDay, compare, daysApart, type Identity } from './identity.ts';
import { meetings } from './keys.ts';
import { pairLink, type PairLink } from './pair.ts';

/** Notices of one project, earliest first, and the links that hold them together. */
export interface LinkedProject {
  members: Identity[];
  links: Link[];
  /** Links to notices of other projects that would hold if only one project fitted. */
  undecided: PairLink[];
}

/**
 * Notices → projects. The same notices give the same projects in whatever order they come:
 * links are drawn pair by pair, sorted (surest first), and joined unless the two sides contradict each other.
 * A person's word comes before all of them.
 */
export function linkNotices(notices: Identity[], decisions: readonly LinkDecision[] = []): LinkedProject[] {
  const members = [...new Map(notices.map((n) => [n.id, n])).values()].sort(byDay);
  const clusters = new Clusters(members, wordsOf(decisions, new Set(members.map((n) => n.id))));
  const links = pairLinks(members).sort(
    (x, y) => y.confidence - x.confidence || y.likeness - x.likeness || compare(x.a, y.a) || compare(x.b, y.b),
  );
  for (const link of links) {
    if (link.strength === 'nameless') continue;
    const [a, b] = [clusters.of(link.a), clusters.of(link.b)];
    if (a !== b && !clusters.keptApart(a, b) && compatible(a, b, link)) clusters.join(a, b, link);
  }
  const nameless = links.filter((link) => link.strength === 'nameless');
  joinNameless(clusters, nameless);
  return clusters.projects(nameless);
}

/** Every link between two of these notices that share a key. */
function pairLinks(notices: Identity[]): PairLink[] {
  const links: PairLink[] = [];
  for (const [a, b] of meetings(notices)) {
    const link = pairLink(a, b);
    if (link !== null) links.push(link);
  }
  return links;
}

/** Notices that links hold together. */
interface Cluster {
  notices: Identity[];
  links: PairLink[];
}

/** Clusters that a person's word holds together, or one alone. Links are judged cluster by cluster, whatever a person joins. */
interface Whole {
  ids: string[];
  /** What people said. */
  links: Link[];
}

class Clusters {
  readonly #of: Map<string, Cluster>;
  readonly #wholes: Map<string, Whole>;
  readonly #words: Words;

  constructor(notices: Identity[], words: Words) {
    this.#of = new Map(notices.map((n) => [n.id, { notices: [n], links: [] }]));
    this.#wholes = new Map(notices.map((n) => [n.id, { ids: [n.id], links: [] }]));
    this.#words = words;
    for (const { a, b, decision } of words.together) this.#unite(a, b, [personLink(a, b, decision)]);
  }

  of(id: string): Cluster {
    return held(this.#of, id);
  }

  /** True where a person keeps a notice of one side from one of the other. */
  keptApart(a: Cluster, b: Cluster): boolean {
    const [x, y] = [this.#wholeOf(a), this.#wholeOf(b)];
    return x !== y && x.ids.some((id) => y.ids.some((other) => this.#words.apart(id, other)));
  }

  join(a: Cluster, b: Cluster, link: PairLink): void {
    this.#unite(firstOf(a).id, firstOf(b).id, []);
    const [large, small] = a.notices.length >= b.notices.length ? [a, b] : [b, a];
    for (const notice of small.notices) this.#of.set(notice.id, large);
    large.notices.push(...small.notices);
    large.links.push(...small.links, link);
  }

  projects(nameless: PairLink[]): LinkedProject[] {
    const undecided = new Map<Whole, PairLink[]>();
    for (const link of nameless) {
      const [x, y] = [held(this.#wholes, link.a), held(this.#wholes, link.b)];
      if (x === y || this.keptApart(this.of(link.a), this.of(link.b))) continue;
      for (const whole of [x, y]) undecided.set(whole, [...(undecided.get(whole) ?? []), link]);
    }
    return [...new Set(this.#wholes.values())].map((whole) => {
      const clusters = [...new Set(whole.ids.map((id) => this.of(id)))];
      return {
        members: clusters.flatMap((c) => c.notices).sort(byDay),
        links: [...whole.links, ...clusters.flatMap((c) => c.links.map(toLink))],
        undecided: undecided.get(whole) ?? [],
      };
    });
  }

  #wholeOf(cluster: Cluster): Whole {
    return held(this.#wholes, firstOf(cluster).id);
  }

  #unite(a: string, b: string, links: Link[]): void {
    const [x, y] = [held(this.#wholes, a), held(this.#wholes, b)];
    x.links.push(...links);
    if (x === y) return;
    for (const id of y.ids) this.#wholes.set(id, x);
    x.ids.push(...y.ids);
    x.links.push(...y.links);
  }
}

function held<T>(of: ReadonlyMap<string, T>, id: string): T {
  const found = of.get(id);
  if (found === undefined) throw new Error(`no cluster holds notice ${id}`);
  return found;
}

function firstOf(cluster: Cluster): Identity {
  const [first] = cluster.notices;
  if (first === undefined) throw new Error('a cluster holds no notice');
  return first;
}

function toLink({ a, b, as, method, reason, confidence }: PairLink): Link {
  return { a, b, as, method, reason, confidence };
}

function personLink(a: string, b: string, { by, at, reason }: LinkDecision): Link {
  return {
    a,
    b,
    as: 'project',
    method: 'person',
    reason: `${by}于 ${dayOf(at)} 确认为同一项目：${reason}`,
    confidence: 1,
  };
}

// ---------------------------------------------------------------- pages that name nobody

/**
 * Joins pages that name no buyer and no agency (详见附件) to the only project that fits. Where several do, to the only
 * one that holds a copy of the page: the same whole title within days. To none where that leaves it open.
 */
function joinNameless(clusters: Clusters, links: PairLink[]): void {
  const nameless = (c: Cluster): boolean => c.notices.every((n) => n.buyer === null && n.agency === null);
  for (const link of links) {
    const [a, b] = [clusters.of(link.a), clusters.of(link.b)];
    if (a === b || clusters.keptApart(a, b)) continue;
    if (nameless(a) && nameless(b) && compatible(a, b, link)) clusters.join(a, b, link);
  }
  const choices = new Map<Cluster, Map<Cluster, PairLink>>();
  for (const link of links) {
    const [a, b] = [clusters.of(link.a), clusters.of(link.b)];
    if (nameless(a) === nameless(b) || clusters.keptApart(a, b)) continue;
    const [lost, named] = nameless(a) ? [a, b] : [b, a];
    const fitting = choices.get(lost) ?? new Map<Cluster, PairLink>();
    if (!fitting.has(named)) fitting.set(named, link);
    choices.set(lost, fitting);
  }
  const firstId = (c: Cluster): string => c.notices.map((n) => n.id).sort()[0] ?? '';
  for (const [lost, fitting] of [...choices].sort(([x], [y]) => compare(firstId(x), firstId(y)))) {
    const copied = [...fitting].filter(([named]) => some(lost, named, sameTitleAndTime));
    const [only, ...more] = fitting.size === 1 ? fitting.values() : copied.map(([, link]) => link);
    if (only === undefined || more.length > 0) continue;
    const [a, b] = [clusters.of(only.a), clusters.of(only.b)];
    if (a !== b && !clusters.keptApart(a, b) && compatible(a, b, only)) clusters.join(a, b, only);
  }
}

function sameTitleAndTime(x: Identity, y: Identity): boolean {
  return x.fields.kind === y.fields.kind && x.fullTitle === y.fullTitle && (daysApart(x, y) ?? 0) <= COPY_WINDOW_DAYS;
}
