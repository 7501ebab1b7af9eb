import { createHash } from 'node:crypto';

import { dayNumber, dayOf } from '../model/day.ts';
import { essenceOf, plain } from './similarity.ts';
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
 * | head, tail | the first and last characters of a title key without its generic words, with buyer or agency, by half-year |
 * | reference | a whole title, its own or the one it cites, by half-year |
 */
export interface LinkKeys {
  stored: string[];
  searched: string[];
}

export function linkKeysOf(notice: Identity): LinkKeys {
  const timeless = [
    ...notice.codes.map((c) => key('code', c.key)),
    ...notice.parcels.map((p) => key('parcel', p)),
    ...placesOf(notice).map((p) => key('place', p)),
  ];
  const own = halfYear(notice);
  // Land notices of a county carry one title for years on end: parcels and numbers tell them apart.
  const timed = notice.isLand ? [] : [...titleParts(notice), ...wholeTitles(notice).map((t) => `reference|${t}`)];
  return {
    stored: unique([...timeless, ...timed.map((part) => key(part, own))]),
    searched: unique([...timeless, ...timed.flatMap((part) => around(own).map((half) => key(part, half)))]),
  };
}

/** Its own title and the one it cites: the cited notice must find its correction also when it arrives later. */
function wholeTitles(notice: Identity): string[] {
  return [notice.fullTitle, plain(notice.fields.refersTo?.title ?? '')].filter((title) => title.length >= OWN_NAME);
}

/** Where parcels lie, for land records that carry no parcel number; too short a place (西山) is no key. */
export function placesOf(notice: Identity): string[] {
  if (!notice.isLand) return [];
  return unique(notice.fields.parcels.map((p) => plain(p.location ?? ''))).filter((place) => place.length >= 8);
}

function titleParts(notice: Identity): string[] {
  const parties = [notice.buyer, notice.agency].filter((p) => p !== null);
  return notice.names.flatMap((name) => [
    ...(name.length >= OWN_NAME ? [`title|${name}`] : []),
    ...parties.flatMap((party) => [
      ...(name.length < OWN_NAME ? [`title|${name}|${party}`] : []),
      ...(name.length < COMPARABLE_NAME ? [] : endsOf(essenceOf(name)).map((end) => `${end}|${party}`)),
    ]),
  ]);
}

/**
 * The two ends of a name without the words that come and go; of one edit at most one end is hit. Six characters tell
 * names apart well enough; around twelve characters four are taken as well, so that one more never changes what is compared.
 */
function endsOf(name: string): string[] {
  const lengths = name.length < 12 ? [4] : name.length < 15 ? [4, 6] : [6];
  return lengths.flatMap((n) => [`head|${name.slice(0, n)}`, `tail|${name.slice(-n)}`]);
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
function key(...parts: string[]): string {
  return createHash('sha1').update(parts.join('\u0000')).digest('base64url').slice(0, 12);
}
