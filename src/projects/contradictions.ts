import type { NoticeKind } from '../model/notice.ts';
import { siblingCodes } from './code-marks.ts';
import { COPY_WINDOW_DAYS } from './group.ts';
import { daysApart, type Identity } from './identity.ts';
import { apart, type PairLink } from './pair.ts';
import { compareBuyers } from './parties.ts';

/** Notices of one project. */
interface Members {
  notices: readonly Identity[];
}

/** Whether what two clusters state allows this link between them. */
export function compatible(a: Members, b: Members, link: PairLink): boolean {
  if (some(a, b, (x, y) => !x.isLand && compareBuyers(x, y) === 'different')) return false;
  if (link.strength === 'firm') return !(byInvestmentAlone(a, b, link) && specialtiesApart(a, b));
  return !specialtiesApart(a, b) && !twoPurchases(a, b);
}

export function some(a: Members, b: Members, test: (x: Identity, y: Identity) => boolean): boolean {
  return a.notices.some((x) => b.notices.some((y) => test(x, y)));
}

function specialtiesApart(a: Members, b: Members): boolean {
  return apart(
    a.notices.flatMap((n) => n.specialties),
    b.notices.flatMap((n) => n.specialties),
  );
}

/** A plan names the whole investment; it must not join its works to its supervision. */
function byInvestmentAlone(a: Members, b: Members, link: PairLink): boolean {
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
function twoPurchases(a: Members, b: Members): boolean {
  if (sectionOfNothing(a, b) || otherSections(a, b) || moreSectionsLater(a, b)) return true;
  const conflict = some(a, b, (x, y) => {
    const kind = x.fields.kind;
    if (kind !== y.fields.kind || !ONCE.includes(kind) || x.fields.round !== y.fields.round) return false;
    if (x.lots.length > 0 && y.lots.length > 0 && !x.lots.some((l) => y.lots.includes(l))) return false;
    return otherCode(x, y) || (kind === 'tender' && otherBudget(x, y)) || otherInAll(x, y);
  });
  const settled = (c: Members): boolean => c.notices.length > 1;
  const ownCodes =
    settled(a) && settled(b) && some(a, b, otherCode) && !some(a, b, (x, y) => x.fields.round !== y.fields.round);
  return (conflict || ownCodes) && !failedBetween(a, b);
}

/**
 * One side is a section by its name (二标段, B包) and goes by its own code, the other speaks of no sections:
 * two purchases of one office, also where the first came to nothing.
 */
function sectionOfNothing(a: Members, b: Members): boolean {
  const isSection = (c: Members): boolean => c.notices.every((n) => n.lots.length > 0);
  const isWhole = (c: Members): boolean => c.notices.every((n) => n.lots.length === 0);
  return ((isSection(a) && isWhole(b)) || (isWhole(a) && isSection(b))) && ownNumbers(a, b);
}

/** Both sides speak of sections, of none in common (B包; 1包 and 2包), and each goes by its own code. */
function otherSections(a: Members, b: Members): boolean {
  const sections = (c: Members): string[] => c.notices.flatMap((n) => n.lots);
  return apart(sections(a), sections(b)) && ownNumbers(a, b);
}

/** The later one has the earlier one's sections and more, under its own code: a next round has no more than failed. */
function moreSectionsLater(a: Members, b: Members): boolean {
  const [early, late] = inOrder(a, b);
  const sections = (c: Members): Set<string> => new Set(c.notices.flatMap((n) => n.lots));
  const isSection = early.notices.every((n) => n.lots.length > 0);
  return isSection && sections(late).size > sections(early).size && ownNumbers(a, b);
}

/** Both sides print codes, none in common. */
function ownNumbers(a: Members, b: Members): boolean {
  const codes = (c: Members): string[] => c.notices.flatMap((n) => n.codes.map((code) => code.key));
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

/** One side failed before the other began, and what failed did not go on by itself: the other may be its next round under a new number. */
function failedBetween(a: Members, b: Members): boolean {
  const [early, late] = inOrder(a, b);
  const began = firstDay(late);
  return early.notices.some(
    (failure) =>
      (failure.fields.kind === 'failed' || failure.fields.kind === 'terminated') &&
      failure.day !== null &&
      failure.day <= began &&
      !early.notices.some((after) => wentOn(failure, after)),
  );
}

function inOrder(a: Members, b: Members): [early: Members, late: Members] {
  return firstDay(a) <= firstDay(b) ? [a, b] : [b, a];
}

function firstDay({ notices }: Members): string {
  return notices.flatMap((n) => n.day ?? []).sort()[0] ?? '';
}

function wentOn(failure: Identity, after: Identity): boolean {
  const later = failure.day !== null && after.day !== null && after.day > failure.day;
  return later && ONCE.includes(after.fields.kind) && !apart(failure.lots, after.lots);
}

/** What comes after what within a round. */
const STEPS: readonly (readonly NoticeKind[])[] = [
  ['tender', 'single_source'],
  ['candidate'],
  ['result'],
  ['award_letter'],
  ['contract'],
  ['acceptance'],
];

/**
 * Whether two projects may yet be one for all they state: nothing tells them apart, none has a step that the other has
 * too (copies of one page go out within ten days), and together their steps are in order.
 */
export function mayBeOne(a: Members, b: Members): boolean {
  const contradicted = some(
    a,
    b,
    (x, y) => compareBuyers(x, y) === 'different' || x.isLand !== y.isLand || otherCode(x, y) || outOfOrder(x, y),
  );
  return !contradicted && !specialtiesApart(a, b) && !twoPurchases(a, b);
}

function outOfOrder(x: Identity, y: Identity): boolean {
  const [p, q] = [x, y].map((n) => STEPS.findIndex((kinds) => kinds.includes(n.fields.kind))) as [number, number];
  if (p < 0 || q < 0 || x.day === null || y.day === null || x.fields.round !== y.fields.round) return false;
  if (apart(x.lots, y.lots)) return false;
  if (p === q) return ONCE.includes(x.fields.kind) && (daysApart(x, y) ?? 0) > COPY_WINDOW_DAYS;
  return p < q ? x.day > y.day : y.day > x.day;
}
