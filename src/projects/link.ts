import { dayOf } from '../model/day.ts';
import type { LinkDecision } from '../model/link-decision.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Link } from '../model/project.ts';
import { siblingCodes } from './code-marks.ts';
import { wordsOf } from './decisions.ts';
import type { Words } from './decisions.ts';
import { COPY_WINDOW_DAYS } from './group.ts';
import { byDay, compare, daysApart, type Identity } from './identity.ts';
import { linkKeysOf } from './keys.ts';
import { apart, pairLink, type PairLink } from './pair.ts';
import { compareBuyers } from './parties.ts';

/** Notices of one project, earliest first, and the links that hold them together. */
export interface LinkedProject {
  members: Identity[];
  links: Link[];
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
  joinNameless(
    clusters,
    links.filter((link) => link.strength === 'nameless'),
  );
  return clusters.projects();
}

/** Every link between two of these notices that share a key. */
function pairLinks(notices: Identity[]): PairLink[] {
  const stored = new Map<string, Identity[]>();
  for (const notice of notices) {
    for (const key of linkKeysOf(notice).stored) {
      const held = stored.get(key);
      if (held === undefined) stored.set(key, [notice]);
      else held.push(notice);
    }
  }
  const links = new Map<string, PairLink>();
  for (const notice of notices) {
    const met = new Set<Identity>();
    for (const key of linkKeysOf(notice).searched()) for (const other of stored.get(key) ?? []) met.add(other);
    for (const other of met) {
      // Sharing a key is symmetric, so each pair is met from both sides: one is enough.
      if (compare(notice.id, other.id) >= 0) continue;
      const link = pairLink(notice, other);
      if (link !== null) links.set(`${link.a}\u0000${link.b}`, link);
    }
  }
  return [...links.values()];
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

  projects(): LinkedProject[] {
    return [...new Set(this.#wholes.values())].map(({ ids, links }) => {
      const clusters = [...new Set(ids.map((id) => this.of(id)))];
      return {
        members: clusters.flatMap((c) => c.notices).sort(byDay),
        links: [...links, ...clusters.flatMap((c) => c.links.map(toLink))],
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

// ---------------------------------------------------------------- what keeps two projects apart

function compatible(a: Cluster, b: Cluster, link: PairLink): boolean {
  if (some(a, b, (x, y) => !x.isLand && compareBuyers(x, y) === 'different')) return false;
  if (link.strength === 'firm') return !(byInvestmentAlone(a, b, link) && specialtiesApart(a, b));
  return !specialtiesApart(a, b) && !twoPurchases(a, b);
}

function some(a: Cluster, b: Cluster, test: (x: Identity, y: Identity) => boolean): boolean {
  return a.notices.some((x) => b.notices.some((y) => test(x, y)));
}

function specialtiesApart(a: Cluster, b: Cluster): boolean {
  return apart(
    a.notices.flatMap((n) => n.specialties),
    b.notices.flatMap((n) => n.specialties),
  );
}

/** A plan names the whole investment; it must not join its works to its supervision. */
function byInvestmentAlone(a: Cluster, b: Cluster, link: PairLink): boolean {
  const of = (id: string): Identity | undefined => [...a.notices, ...b.notices].find((n) => n.id === id);
  const other = of(link.b)?.codes ?? [];
  const shared = (of(link.a)?.codes ?? []).filter((c) => other.some((d) => d.key === c.key));
  return link.method === 'code' && shared.length > 0 && shared.every((c) => c.investment);
}

/** A project has one of each in a round and lot. */
const ONCE: readonly NoticeKind[] = ['tender', 'single_source', 'candidate', 'result'];

/**
 * Equal names do not make one project of two purchases: each side has its own event of one kind, in one round and
 * lot, under its own code or for its own sum, and nothing failed in between that would make the later a new round.
 */
function twoPurchases(a: Cluster, b: Cluster): boolean {
  if (sectionOfNothing(a, b) || otherSections(a, b)) return true;
  const conflict = some(a, b, (x, y) => {
    const kind = x.fields.kind;
    if (kind !== y.fields.kind || !ONCE.includes(kind) || x.fields.round !== y.fields.round) return false;
    if (x.lots.length > 0 && y.lots.length > 0 && !x.lots.some((l) => y.lots.includes(l))) return false;
    return otherCode(x, y) || (kind === 'tender' && otherBudget(x, y)) || otherInAll(x, y);
  });
  const settled = (c: Cluster): boolean => c.notices.length > 1;
  const ownCodes =
    settled(a) && settled(b) && some(a, b, otherCode) && !some(a, b, (x, y) => x.fields.round !== y.fields.round);
  return (conflict || ownCodes) && !failedBetween(a, b);
}

/**
 * One side is a section by its name (二标段, B包) and goes by its own code, the other speaks of no sections:
 * two purchases of one office, also where the first came to nothing.
 */
function sectionOfNothing(a: Cluster, b: Cluster): boolean {
  const isSection = (c: Cluster): boolean => c.notices.every((n) => n.lots.length > 0);
  const isWhole = (c: Cluster): boolean => c.notices.every((n) => n.lots.length === 0);
  return ((isSection(a) && isWhole(b)) || (isWhole(a) && isSection(b))) && ownNumbers(a, b);
}

/** Both sides speak of sections, of none in common (B包; 1包 and 2包), and each goes by its own code. */
function otherSections(a: Cluster, b: Cluster): boolean {
  const sections = (c: Cluster): string[] => c.notices.flatMap((n) => n.lots);
  return apart(sections(a), sections(b)) && ownNumbers(a, b);
}

/** Both sides print codes, none in common. */
function ownNumbers(a: Cluster, b: Cluster): boolean {
  const codes = (c: Cluster): string[] => c.notices.flatMap((n) => n.codes.map((code) => code.key));
  return apart(codes(a), codes(b));
}

function otherCode(x: Identity, y: Identity): boolean {
  return mainCodes(x).some((p) => mainCodes(y).some((q) => siblingCodes(p, q))) && !shareMainCode(x, y);
}

function mainCodes(notice: Identity): string[] {
  return notice.codes.filter((c) => c.main).map((c) => c.key);
}

function shareMainCode(x: Identity, y: Identity): boolean {
  return mainCodes(x).some((code) => mainCodes(y).includes(code));
}

function otherBudget(x: Identity, y: Identity): boolean {
  return x.where === y.where && differ(budgetOf(x), budgetOf(y));
}

/**
 * Number, sum and day all differ. A copy may bear the platform's number beside the body's, or one figure mistyped, but
 * then the day is the same: copies go out within ten days, and bids are opened on one.
 */
function otherInAll(x: Identity, y: Identity): boolean {
  const numbered = mainCodes(x).length > 0 && mainCodes(y).length > 0 && !shareMainCode(x, y);
  const sums = differ(budgetOf(x), budgetOf(y)) || differ(awardOf(x), awardOf(y));
  const opening = (n: Identity): string | null => n.fields.openingDate?.slice(0, 10) ?? null;
  return numbered && sums && (differ(opening(x), opening(y)) || (daysApart(x, y) ?? 0) > COPY_WINDOW_DAYS);
}

function budgetOf({ fields }: Identity): number | null {
  return fields.budget ?? fields.ceiling;
}

function awardOf({ fields }: Identity): number | null {
  return fields.amountKind === 'award' ? fields.amount : null;
}

function differ<T>(x: T | null, y: T | null): boolean {
  return x !== null && y !== null && x !== y;
}

/** One side failed before the other began: the other may be its next round under a new number. */
function failedBetween(a: Cluster, b: Cluster): boolean {
  const first = (c: Cluster): string => c.notices.flatMap((n) => n.day ?? []).sort()[0] ?? '';
  const [early, late] = first(a) <= first(b) ? [a, b] : [b, a];
  return early.notices.some(
    (n) => (n.fields.kind === 'failed' || n.fields.kind === 'terminated') && n.day !== null && n.day <= first(late),
  );
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
