import { distance } from 'fastest-levenshtein';

/** Letters, digits and ideographs in one width, nothing else: what is compared when wording alone counts. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** 1 − edits ÷ longer length: 1 for equal texts, 0 where one is empty. */
export function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 || a.length === 0 || b.length === 0 ? 0 : 1 - distance(a, b) / longer;
}

/** Words that come and go when an office retypes a project's name; they never tell two projects apart. */
const GENERIC = /项目|工程|施工|建设|采购|服务|实施|有关|相关|关于|政府|年度|[的及和与之、]/g;

/** A title key, and what is left of it without the words that come and go (all of it, where hardly anything is). */
export interface Name {
  whole: string;
  essence: string;
}

export function withoutGeneric(name: string): string {
  return name.replace(GENERIC, '');
}

export function nameOf(whole: string): Name {
  const essence = withoutGeneric(whole);
  return { whole, essence: essence.length >= 6 ? essence : whole };
}

/**
 * How alike two names are, 0–1: of the names as they stand, or of what is left without the words that come and go,
 * which is never quite 1.
 */
export function nameLikeness(a: Name, b: Name): number {
  if (a.whole === b.whole) return 1;
  return Math.max(similarity(a.whole, b.whole), 0.99 * similarity(a.essence, b.essence));
}

/**
 * Characters that tell sibling projects apart (一期/二期, 大庄/小庄, 东区/西区, 2025/2026): a name that differs
 * in one of them is another name, however long the rest that is shared.
 */
export const TELLING = /[\p{N}a-z〇零一二三四五六七八九十百甲乙丙丁东西南北上下左右前后内外大小新老旧高低]/u;

/**
 * True where two titles differ by retyping only: generic words put in, left out or moved, and up to two further
 * characters put in, none of them telling. A changed character (大庄 → 小庄) is another project.
 */
export function retyped(a: Name, b: Name): boolean {
  if (a.whole === b.whole) return true;
  const [short, long] = [a.essence, b.essence].sort((x, y) => x.length - y.length) as [string, string];
  if (short === long) return true;
  if ([...short].sort().join('') === [...long].sort().join(''))
    return ![...diff(short, long)].some((c) => TELLING.test(c));
  const added = insertions(short, long);
  return added !== null && added.length <= 2 && ![...added].some((c) => TELLING.test(c));
}

/** Characters standing at places where the two, of one length, differ. */
function diff(a: string, b: string): string {
  return [...a].filter((c, i) => c !== b[i]).join('');
}

/** What was put into `short` to make `long`; null where more than that was done. */
function insertions(short: string, long: string): string | null {
  let i = 0;
  let added = '';
  for (const c of long) {
    if (short[i] === c) i++;
    else added += c;
  }
  return i === short.length ? added : null;
}

/** Runs of five: shorter ones are shared by any two procurement notices, longer ones break at every number. */
const SHINGLE = 5;

export function shinglesOf(text: string): Set<string> {
  const body = plain(text);
  const out = new Set<string>();
  for (let i = 0; i + SHINGLE <= body.length; i++) out.add(body.slice(i, i + SHINGLE));
  return out;
}

/** Share of the smaller text that stands in the larger: sites add a summary block, they do not drop the body. */
export function containment(a: Set<string>, b: Set<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return 0;
  let shared = 0;
  for (const s of small) if (large.has(s)) shared++;
  return shared / small.size;
}
