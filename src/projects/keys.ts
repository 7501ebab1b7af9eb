import { createHash } from 'node:crypto';

import { dayNumber, dayOf } from '../model/day.ts';
import { plain } from './similarity.ts';
import { unique, type Identity } from './identity.ts';

/** Two notices are linked by their titles within half a year at most (a tender and its result). */
export const TITLE_WINDOW_DAYS = 180;

/** A name of this length may be compared where no buyer is known: a shorter one (办公设备采购) is anybody's. */
export const OWN_NAME = 8;

/** Below this length one character in ten is none: names must be equal. */
export const COMPARABLE_NAME = 10;

/**
 * The keys a notice is stored and looked for under. Whatever `pairLink` links shares one of them:
 * `stored` of the one meets `searched` of the other.
 *
 * | key | holds |
 * |---|---|
 * | code | a code |
 * | parcel, place | a land parcel's number; where it lies |
 * | title | a whole title key, by half-year; a short one together with buyer or agency |
 * | moved, rest | a title key without its generic words: its characters, and what is left without two classes of them; with the buyer, by half-year |
 * | trunk | a name without specialties, with the buyer, by half-year |
 * | reference | a whole title, its own or the one it cites, by half-year |
 */
interface LinkKeys {
  stored: string[];
  searched(): string[];
}

export function linkKeysOf(notice: Identity): LinkKeys {
  let keys = known.get(notice);
  if (keys === undefined) {
    keys = readKeys(notice);
    known.set(notice, keys);
  }
  return keys;
}

const known = new WeakMap<Identity, LinkKeys>();

function readKeys(notice: Identity): LinkKeys {
  const timeless = [
    ...notice.codes.map((c) => `code|${c.key}`),
    ...notice.parcels.map((p) => `parcel|${p}`),
    ...placesOf(notice).map((p) => `place|${p}`),
  ].map(hash);
  // Land notices of a county carry one title for years on end: parcels and numbers tell them apart.
  const whole = notice.isLand ? [] : unique([...titles(notice), ...wholeTitles(notice)]).map(hash);
  const timed = [...whole, ...(notice.isLand ? [] : unique(likeNames(notice)).map(hash))];
  const keys = (halves: string[]): string[] => [
    ...timeless,
    ...timed.flatMap((part) => halves.map((half) => `${part}${half}`)),
  ];
  const own = halfYear(notice);
  let searched: string[] | null = null;
  return { stored: keys([own]), searched: () => (searched ??= keys(around(own))) };
}

/** Every two of these notices that share a key, once. */
export function* meetings(notices: readonly Identity[]): Generator<[Identity, Identity]> {
  const stored = new Map<string, Identity[]>();
  for (const notice of notices) {
    for (const key of linkKeysOf(notice).stored) {
      const held = stored.get(key);
      if (held === undefined) stored.set(key, [notice]);
      else held.push(notice);
    }
  }
  for (const notice of notices) {
    const met = new Set<Identity>();
    for (const key of linkKeysOf(notice).searched()) for (const other of stored.get(key) ?? []) met.add(other);
    // Sharing a key is symmetric, so each pair is met from both sides: one is enough.
    for (const other of met) if (notice.id < other.id) yield [notice, other];
  }
}

/** Its own title and the one it cites: the cited notice must find its correction also when it arrives later. */
function wholeTitles(notice: Identity): string[] {
  return [notice.fullTitle, plain(notice.fields.refersTo?.title ?? '')]
    .filter((title) => title.length >= OWN_NAME)
    .map((title) => `reference|${title}`);
}

/** Where parcels lie, for land records that carry no parcel number; too short a place (西山) is no key. */
export function placesOf(notice: Identity): string[] {
  if (!notice.isLand) return [];
  return unique(notice.fields.parcels.map((p) => plain(p.location ?? ''))).filter((place) => place.length >= 8);
}

function titles({ names, buyer, agency }: Identity): string[] {
  const parties = [buyer, agency].filter((p) => p !== null);
  return names.flatMap(({ whole }) =>
    whole.length >= OWN_NAME ? [`title|${whole}`] : parties.map((party) => `title|${whole}|${party}`),
  );
}

/** Characters fall into so many classes by their code: what is left of a name without two of them is half of it. */
const CLASSES = 4;

/**
 * Names that are not equal are compared only between notices of one buyer, and are linked or suggested where they differ
 * by words moved, by two characters put in, or by one exchanged for another. The first leaves the characters as they are,
 * the others concern two classes of characters at most: what is left without these is equal, wherever the change stands.
 * Half a name alone (灵泉东路, 人行道改造) is shared by all that a buyer does there, or of that kind, and more of them every
 * year; half of its characters, taken from all over it, by hardly any other. A name that begins with the buyer's is
 * looked for without it.
 */
function likeNames({ names, trunk, buyer }: Identity): string[] {
  if (buyer === null) return [];
  const whole = trunk === null ? [] : [`trunk|${trunk}|${buyer}`];
  const parts = names
    .filter(({ whole }) => whole.length >= COMPARABLE_NAME)
    .flatMap(({ essence, withBuyer }) => [
      `moved|${[...essence].sort().join('')}|${buyer}`,
      ...(withBuyer ? [] : withoutTwoClasses(essence).map((rest) => `rest|${rest}|${buyer}`)),
    ]);
  return [...whole, ...parts];
}

function withoutTwoClasses(text: string): string[] {
  const classed = [...text].map((c) => ({ c, of: c.codePointAt(0)! % CLASSES }));
  const rests: string[] = [];
  for (let a = 0; a < CLASSES; a++) {
    for (let b = a + 1; b < CLASSES; b++) {
      const left = classed.filter(({ of }) => of !== a && of !== b).map(({ c }) => c);
      rests.push(`${a}${b}|${left.join('')}`);
    }
  }
  return rests;
}

/** Number of the half-year of its stated day; "-" where it states none. */
function halfYear(notice: Identity): string {
  return notice.day === null ? '-' : String(Math.floor(dayNumber(notice.day) / TITLE_WINDOW_DAYS));
}

/** Half-years in which a linked notice may stand. A notice without a day may belong to any from 2000 to 2050. */
function around(half: string): string[] {
  if (half !== '-') return ['-', ...[-1, 0, 1].map((d) => String(Number(half) + d))];
  const first = Math.floor(dayNumber(dayOf(Date.UTC(2000, 0, 1))) / TITLE_WINDOW_DAYS);
  return ['-', ...Array.from({ length: 102 }, (_, i) => String(first + i))];
}

/** Short and of fixed length, for the store's index. 72 bits: no collision to be expected among 10⁸ keys. */
function hash(text: string): string {
  return createHash('sha1').update(text).digest('base64url').slice(0, 12);
}
