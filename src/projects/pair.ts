import { siblingCodes, type CodeMark } from './code-marks.ts';
import type { Link } from '../model/project.ts';
import { byDay, daysApart, type Identity } from './identity.ts';
import { COMPARABLE_NAME, OWN_NAME, placesOf, TITLE_WINDOW_DAYS } from './keys.ts';
import { compareBuyers, compareNames } from './parties.ts';
import { containment, nameLikeness, plain, retyped } from './similarity.ts';

/** Evidence that two notices are of one project, looked at for themselves alone. */
export interface PairLink extends Link {
  as: 'project';
  /** How alike their names are; orders links of equal confidence. */
  likeness: number;
  /**
   * firm: holds by itself · title: holds unless the projects it would join contradict each other ·
   * nameless: one page names no buyer and no agency, so it holds only where no second project fits.
   */
  strength: 'firm' | 'title' | 'nameless';
}

type Evidence = Pick<PairLink, 'method' | 'reason' | 'confidence' | 'strength'>;

/** Two processes for one parcel (listing, deal, contract, supply result) lie within two years. */
const PARCEL_WINDOW_DAYS = 730;
/** A page that names nobody is trusted to be near the others in time. */
const NAMELESS_WINDOW_DAYS = 90;

/** The link between two notices, or null. Symmetric: the order of the arguments changes nothing. */
export function pairLink(x: Identity, y: Identity): PairLink | null {
  const [a, b] = byDay(x, y) <= 0 ? [x, y] : [y, x];
  const evidence = a.isLand || b.isLand ? land(a, b) : trade(a, b);
  return evidence === null ? null : { a: a.id, b: b.id, as: 'project', likeness: likenessOf(a, b), ...evidence };
}

/** The best similarity of any two names, 0–1. */
export function likenessOf(a: Identity, b: Identity): number {
  let best = 0;
  for (const m of a.names) for (const n of b.names) best = best === 1 ? 1 : Math.max(best, nameLikeness(m, n));
  return best;
}

// ---------------------------------------------------------------- land: the parcel is the unit

/**
 * A notice that offers several parcels and the deals of each make one project, its parcels the lots: they are offered,
 * corrected and withdrawn together, and a project per parcel would tear the notice apart. A parcel that failed and is
 * offered again under a new number within two years is the next round of that project.
 */
function land(a: Identity, b: Identity): Evidence | null {
  if (!a.isLand || !b.isLand) return null;
  const days = daysApart(a, b);
  const code = sharedCode(a, b);
  const parcel = a.parcels.findIndex((p) => b.parcels.includes(p));
  if (parcel >= 0 && (days === null || days <= PARCEL_WINDOW_DAYS)) {
    return firm('parcel', 0.98, `宗地编号相同（${a.fields.parcels[parcel]?.code ?? a.parcels[parcel]}）`);
  }
  // 开自然资告字〔2026〕4号: one authority numbers its notices by the year.
  const numbered =
    code !== null &&
    !isOfOneParcel(code, a, b) &&
    code.a.key.length >= 8 &&
    (code.a.strong || days === null || days <= PARCEL_WINDOW_DAYS);
  if (numbered && compareBuyers(a, b) !== 'different')
    return firm('code', 0.97, `土地公告编号相同${printedCodes(code)}`);
  return samePlace(a, b, days);
}

/** An 电子监管号 has no words in it and is one parcel's: pages of other parcels that print the same misprint it. */
function isOfOneParcel(code: SharedCode, a: Identity, b: Identity): boolean {
  return apart(a.parcels, b.parcels) && !/\p{Script=Han}/u.test(code.a.printed);
}

/** A supply result that prints no parcel number: same place and, to one part in a hundred, same area. */
function samePlace(a: Identity, b: Identity, days: number | null): Evidence | null {
  if (days === null || days > PARCEL_WINDOW_DAYS) return null;
  if (a.parcels.length > 0 && b.parcels.length > 0) return null;
  const places = placesOf(b);
  for (const p of a.fields.parcels) {
    if (p.areaSqm === null || !places.includes(plain(p.location ?? ''))) continue;
    for (const q of b.fields.parcels) {
      if (q.areaSqm === null || plain(q.location ?? '') !== plain(p.location ?? '')) continue;
      if (Math.abs(p.areaSqm - q.areaSqm) > 0.01 * Math.max(p.areaSqm, q.areaSqm)) continue;
      return firm('parcel', 0.92, `土地坐落相同（${p.location}），面积一致（${p.areaSqm}㎡、${q.areaSqm}㎡）`);
    }
  }
  return null;
}

// ---------------------------------------------------------------- works, procurement, assets

function trade(a: Identity, b: Identity): Evidence | null {
  const buyers = compareBuyers(a, b);
  // One code used by two buyers is two projects, and so is everything else.
  if (buyers === 'different') return null;
  const likeness = likenessOf(a, b);
  if (buyers === 'abbreviated') return byAbbreviatedBuyer(a, b, likeness);
  return byCode(a, b, likeness) ?? byReference(a, b) ?? byContent(a, b) ?? byTitle(a, b, likeness) ?? byPlan(a, b);
}

function byAbbreviatedBuyer(a: Identity, b: Identity, likeness: number): Evidence | null {
  const code = sharedCode(a, b);
  return code !== null && code.a.strong && likeness >= 0.9
    ? firm(
        'code',
        0.92,
        `项目编号相同${printedCodes(code)}，名称相似度 ${percent(likeness)}，采购人为同一单位的简称${buyersOf(a, b)}`,
      )
    : null;
}

function byCode(a: Identity, b: Identity, likeness: number): Evidence | null {
  const code = sharedCode(a, b);
  if (code === null) return null;
  if (code.a.investment && apart(a.specialties, b.specialties)) return null;
  const bothMain = code.a.main && code.b.main;
  if (!bothMain && likeness < 0.9 && siblings(a, b)) return null;
  if (compareBuyers(a, b) === 'same') {
    const confidence = !bothMain ? 0.95 : code.a.strong ? 0.99 : 0.94;
    return firm('code', confidence, `项目编号相同${printedCodes(code)}，采购人相同（${a.fields.purchaser}）`);
  }
  const agencies = compareNames(a.agency, b.agency);
  const silent = '其中一份公告未载明采购人';
  if (code.a.strong && (agencies !== 'different' || likeness >= 0.9)) {
    return firm('code', bothMain ? 0.95 : 0.92, `项目编号相同${printedCodes(code)}，${silent}`);
  }
  if (likeness >= 0.9 || agencies === 'same') {
    const also = agencies === 'same' ? `代理机构相同（${a.fields.agency}）` : `名称相似度 ${percent(likeness)}`;
    return firm('code', 0.91, `项目编号相同${printedCodes(code)}，${also}，${silent}`);
  }
  return null;
}

/** An explicit citation: the earlier notice's whole title, and its day where the page gives one. */
function byReference(a: Identity, b: Identity): Evidence | null {
  for (const [citing, cited] of [
    [a, b],
    [b, a],
  ] as const) {
    const ref = citing.fields.refersTo;
    if (ref?.title == null || plain(ref.title).length < OWN_NAME || plain(ref.title) !== cited.fullTitle) continue;
    if (ref.date !== null && ref.date !== cited.day) continue;
    if (siblings(a, b) || (daysApart(a, b) ?? 0) > TITLE_WINDOW_DAYS) continue;
    return {
      ...firm('reference', 0.96, `公告载明原公告“${ref.title}”${ref.date === null ? '' : `（${ref.date}）`}`),
      strength: 'title',
    };
  }
  return null;
}

/** Copies of one notice: whole title equal, one body within the other. */
function byContent(a: Identity, b: Identity): Evidence | null {
  if (a.fullTitle !== b.fullTitle || a.fullTitle.length < OWN_NAME || a.names.length === 0) return null;
  if ((daysApart(a, b) ?? 0) > 7 || siblings(a, b)) return null;
  const overlap = containment(a.shingles(), b.shingles());
  // 60 runs of five: below that a body is a stub (详见附件) and proves nothing.
  if (overlap < 0.8 || Math.min(a.shingles().size, b.shingles().size) < 60) return null;
  return {
    ...firm('content', 0.95, `标题相同（${a.fields.title}），正文相同部分 ${percent(overlap)}`),
    strength: 'title',
  };
}

function byTitle(a: Identity, b: Identity, likeness: number): Evidence | null {
  if (likeness < 0.9) return null;
  const days = daysApart(a, b);
  if (days !== null && days > TITLE_WINDOW_DAYS) return null;
  const names = likelyNames(a, b);
  if (names === null || apart(a.specialties, b.specialties)) return null;
  const sums = amountsFit(a, b);
  if (sums === null) return null;
  const spoken = `名称${likeness === 1 ? '相同' : `相似度 ${percent(likeness)}`}（“${names[0]}”${names[0] === names[1] ? '' : `与“${names[1]}”`}）`;
  const rest = `${days === null ? '' : `，公告相隔 ${days} 天`}${sums}`;
  const likelyCopy = a.fields.track === null || b.fields.track === null || a.fields.track === b.fields.track;
  if (!likelyCopy && likeness < 1) return null;
  const evidence = (confidence: number, party: string, strength: PairLink['strength']): Evidence => ({
    method: 'title',
    confidence,
    reason: `${spoken}${party}${rest}`,
    strength,
  });
  if (compareBuyers(a, b) === 'same') {
    if (days === null && likeness < 1) return null;
    return evidence(likeness === 1 ? 0.95 : 0.91, `，采购人相同（${a.fields.purchaser}）`, 'title');
  }
  if (likeness < 1) return null;
  const agencies = compareNames(a.agency, b.agency);
  if (agencies === 'same') return evidence(0.92, `，代理机构相同（${a.fields.agency}）`, 'title');
  const longest = Math.max(
    ...a.names.filter((m) => b.names.some((n) => n.whole === m.whole)).map((m) => m.whole.length),
  );
  const nameless = (i: Identity): boolean => i.buyer === null && i.agency === null;
  if (!nameless(a) && !nameless(b)) return null;
  if (longest < OWN_NAME || days === null || days > NAMELESS_WINDOW_DAYS) return null;
  return evidence(0.86, '，其中一份公告未载明采购人和代理机构，且没有第二个项目与之相符', 'nameless');
}

/** A plan names the whole (某工程), the tender its part (某工程监理). Of several parts it goes to one: to the works, if they are among them. */
function byPlan(a: Identity, b: Identity): Evidence | null {
  const days = daysApart(a, b);
  if ((a.fields.kind === 'plan') === (b.fields.kind === 'plan') || a.trunk === null || a.trunk !== b.trunk) return null;
  if (compareBuyers(a, b) !== 'same' || days === null || days > TITLE_WINDOW_DAYS) return null;
  if (apart(a.specialties, b.specialties)) return null;
  const reason = `招标计划的项目名称（“${a.trunk}”）与本标的主体名称相同，采购人相同（${a.fields.purchaser}），公告相隔 ${days} 天`;
  return { method: 'title', confidence: 0.9, reason, strength: 'title' };
}

/** The two names that make the notices alike, as printed; null where they differ by more than retyping. */
export function likelyNames(a: Identity, b: Identity): [string, string] | null {
  for (const m of a.names) for (const n of b.names) if (m.whole === n.whole) return [m.whole, n.whole];
  for (const m of a.names) {
    for (const n of b.names) {
      const comparable = Math.min(m.whole.length, n.whole.length) >= COMPARABLE_NAME;
      if (comparable && nameLikeness(m, n) >= 0.9 && retyped(m, n)) return [m.whole, n.whole];
    }
  }
  return null;
}

/** An award above the ceiling is another project's. Rents and land prices rise above their start: not compared. */
export function amountsFit(a: Identity, b: Identity): string | null {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    const awarded = x.fields.amountKind === 'award' || x.fields.amountKind === 'contract' ? x.fields.amount : null;
    const ceiling = y.fields.ceiling ?? y.fields.budget;
    if (awarded === null || ceiling === null || ceiling <= 0) continue;
    if (awarded > ceiling * 1.0001) return null;
    return `，成交 ${awarded} 元未超过限价 ${ceiling} 元`;
  }
  return '';
}

// ---------------------------------------------------------------- words and codes

function firm(method: Link['method'], confidence: number, reason: string): Evidence {
  return { method, confidence, reason, strength: 'firm' };
}

interface SharedCode {
  a: CodeMark;
  b: CodeMark;
}

/** The code both print: one that is main on both pages before others, long before short. */
export function sharedCode(a: Identity, b: Identity): SharedCode | null {
  let best: SharedCode | null = null;
  let bestRank = -1;
  for (const x of a.codes) {
    const y = b.codes.find((c) => c.key === x.key);
    if (y === undefined) continue;
    const rank = (x.main && y.main ? 4 : 0) + (x.investment ? 0 : 2) + (x.strong ? 1 : 0);
    if (rank > bestRank) [best, bestRank] = [{ a: x, b: y }, rank];
  }
  return best;
}

/** Main codes of one series with other numbers, none shared. */
export function siblings(a: Identity, b: Identity): boolean {
  if (sharedCode(a, b) !== null || a.fields.round !== b.fields.round) return false;
  return a.codes.some((x) => x.main && b.codes.some((y) => y.main && siblingCodes(x.key, y.key)));
}

/** Both name specialties and share none: 施工 and 监理 of one investment. */
export function apart(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !a.some((s) => b.includes(s));
}

export function printedCodes({ a, b }: SharedCode): string {
  return a.printed === b.printed ? `（${a.printed}）` : `（“${a.printed}”与“${b.printed}”统一写法后一致）`;
}

export function buyersOf(a: Identity, b: Identity): string {
  return `（${a.fields.purchaser}、${b.fields.purchaser}）`;
}

export function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}
