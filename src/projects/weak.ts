import type { LinkSuggestion } from '../model/link-suggestion.ts';
import { byDay, daysApart, type Identity } from './identity.ts';
import { COMPARABLE_NAME, OWN_NAME, TITLE_WINDOW_DAYS } from './keys.ts';
import { amountsFit, apart, buyersOf, likelyNames, percent, printedCodes, sharedCode, siblings } from './pair.ts';
import { compareBuyers, compareNames } from './parties.ts';
import { similarity, TELLING } from './similarity.ts';

/** Evidence that does not suffice to join two notices' projects, and suffices to have a person look. */
export type WeakLink = Pick<LinkSuggestion, 'code' | 'reason' | 'confidence'> & {
  /** The earlier notice, and the later one. */
  a: string;
  b: string;
};

/** A name one word in five of which differs is near enough to be looked at; a smaller share is any two purchases of an office. */
const ALIKE = 0.8;

/**
 * What speaks for one project where `pairLink` finds nothing that holds; null where nothing does. Symmetric. Land goes by
 * parcels, of which nothing is left open.
 */
export function weakLink(x: Identity, y: Identity): WeakLink | null {
  const [a, b] = byDay(x, y) <= 0 ? [x, y] : [y, x];
  if (a.isLand || b.isLand || apart(a.specialties, b.specialties) || siblings(a, b)) return null;
  if (compareBuyers(a, b) === 'different') return null;
  const evidence = byWeakCode(a, b) ?? bySameName(a, b) ?? bySimilarName(a, b);
  return evidence === null ? null : { a: a.id, b: b.id, ...evidence };
}

type Evidence = Omit<WeakLink, 'a' | 'b'>;

function byWeakCode(a: Identity, b: Identity): Evidence | null {
  const code = sharedCode(a, b);
  // A short number (2026-01) is used by every office in the county.
  if (code === null || !code.a.strong) return null;
  const printed = `项目编号相同${printedCodes(code)}`;
  switch (compareBuyers(a, b)) {
    case 'abbreviated':
      return {
        code: 'SAME_CODE_BUYER_ABBREVIATED',
        confidence: 0.8,
        reason: `${printed}，采购人疑为同一单位的简称${buyersOf(a, b)}，但项目名称不一致${namesOf(a, b)}`,
      };
    case 'unknown':
      return {
        code: 'SAME_CODE_PARTY_UNKNOWN',
        confidence: 0.7,
        reason: `${printed}，其中一份公告未载明采购人，项目名称不一致${namesOf(a, b)}`,
      };
    default:
      return null;
  }
}

function bySameName(a: Identity, b: Identity): Evidence | null {
  const name = a.names.find((m) => m.whole.length >= OWN_NAME && b.names.some((n) => n.whole === m.whole))?.whole;
  if (name === undefined || !inWindow(a, b)) return null;
  const days = daysApart(a, b);
  const spoken = `名称相同（“${name}”）${days === null ? '' : `，公告相隔 ${days} 天`}`;
  const sums = amountsFit(a, b);
  switch (compareBuyers(a, b)) {
    case 'abbreviated':
      return sums === null
        ? null
        : {
            code: 'SAME_NAME_BUYER_ABBREVIATED',
            confidence: 0.75,
            reason: `${spoken}，采购人疑为同一单位的简称${buyersOf(a, b)}${sums}`,
          };
    case 'unknown':
      return sums === null || compareNames(a.agency, b.agency) === 'different'
        ? null
        : {
            code: 'SAME_NAME_PARTY_UNKNOWN',
            confidence: 0.65,
            reason: `${spoken}，其中一份公告未载明采购人，代理机构无从核对${sums}`,
          };
    case 'same':
      return sums !== null
        ? null
        : {
            code: 'SAME_NAME_DEARER',
            confidence: 0.6,
            reason: `${spoken}，采购人相同（${a.fields.purchaser}），但成交金额高于预算或最高限价`,
          };
    default:
      return null;
  }
}

function bySimilarName(a: Identity, b: Identity): Evidence | null {
  if (compareBuyers(a, b) !== 'same' || !inWindow(a, b) || daysApart(a, b) === null) return null;
  if (likelyNames(a, b) !== null || amountsFit(a, b) === null) return null;
  let best: { names: [string, string]; likeness: number } | null = null;
  for (const m of a.names) {
    for (const n of b.names) {
      // The buyer's own name in front makes any two of his purchases alike.
      if (m.withBuyer || n.withBuyer || Math.min(m.whole.length, n.whole.length) < COMPARABLE_NAME) continue;
      const likeness = similarity(m.essence, n.essence);
      if (likeness < ALIKE || likeness <= (best?.likeness ?? 0) || tellsApart(m.essence, n.essence)) continue;
      best = { names: [m.whole, n.whole], likeness };
    }
  }
  if (best === null) return null;
  return {
    code: 'SIMILAR_NAME',
    confidence: Math.floor(best.likeness * 80) / 100,
    reason: `名称相似度 ${percent(best.likeness)}（“${best.names[0]}”与“${best.names[1]}”），采购人相同（${a.fields.purchaser}），公告相隔 ${daysApart(a, b)} 天`,
  };
}

/** A character that one name has and the other has not says which of several projects it is: 一期, 东区, 2026. */
function tellsApart(a: string, b: string): boolean {
  const only = (of: string, other: string): string[] => {
    const left = [...other];
    return [...of].filter((c) => {
      const at = left.indexOf(c);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return [...only(a, b), ...only(b, a)].some((c) => TELLING.test(c));
}

function inWindow(a: Identity, b: Identity): boolean {
  return (daysApart(a, b) ?? 0) <= TITLE_WINDOW_DAYS;
}

function namesOf(a: Identity, b: Identity): string {
  return `（“${a.fields.projectName ?? a.fields.title}”与“${b.fields.projectName ?? b.fields.title}”）`;
}
