import { dayNumber, isLocalDay } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import { searchTokens } from '../../src/notices/search.ts';
import type { Connection } from './connection.ts';

/** Documents of one day are numbered below this: 2^30, so that day number and number fit 2^53. */
const PER_DAY = 2 ** 30;
/** Undated documents stand after all others. */
const UNDATED = 0;

export interface IndexQuery {
  words: string[];
  /** As given to `add`; all must be there. */
  labels: string[];
  from?: LocalDay;
  to?: LocalDay;
}

interface Place {
  sid: number;
  id: string;
}

/**
 * Full-text index whose rowids grow with the stated day, so that a search, newest first, reads postings
 * from their end and stops when it has enough: no sorting, however common the words.
 *
 * Words are the bigrams of src/notices/search.ts, spaced, in FTS5. `detail=none` keeps postings small and knows
 * no positions, hence every word of more than one token is a candidate that the caller checks against the text.
 * The tokenizer is `ascii`, not `unicode61`: both cut at spaces, but unicode61 also cuts at characters that its
 * tables do not know as letters, and would tear rare ideographs in names out of their bigrams.
 * Labels (kind, track, source) are tokens too: a rare label with a common word costs no more than the rare label.
 */
export class OrderedIndex {
  readonly #connection: Connection;
  readonly #places: string;
  readonly #words: string;

  constructor(connection: Connection, name: 'notice' | 'project') {
    this.#connection = connection;
    this.#places = `${name}_places`;
    this.#words = `${name}_words`;
  }

  /** Adds a document under its stated day (or moment); returns its place. Inside a transaction. */
  add(id: string, stated: string | null, text: string, labels: string[]): number {
    const first = firstPlaceOf(stated);
    const last = this.#connection.get<{ last: number | null }>(
      `SELECT max(sid) AS last FROM ${this.#places} WHERE sid BETWEEN ? AND ?`,
      first,
      first + PER_DAY - 1,
    )!.last;
    const sid = last === null ? first : last + 1;
    const tokens = [...withLastIdeographs(searchTokens(text)), ...labels.map(encodeLabel)];
    this.#connection.run(`INSERT INTO ${this.#places} (sid, id) VALUES (?, ?)`, sid, id);
    this.#connection.run(`INSERT INTO ${this.#words} (rowid, words) VALUES (?, ?)`, sid, tokens.join(' '));
    return sid;
  }

  /** Inside a transaction. */
  remove(sid: number): void {
    this.#connection.run(`DELETE FROM ${this.#places} WHERE sid = ?`, sid);
    this.#connection.run(`DELETE FROM ${this.#words} WHERE rowid = ?`, sid);
  }

  /** Inside a transaction. */
  clear(): void {
    this.#connection.run(`DELETE FROM ${this.#places}`);
    this.#connection.run(`INSERT INTO ${this.#words} (${this.#words}) VALUES ('delete-all')`);
  }

  /**
   * Candidates one day after the other, newest day first; those of a day by id.
   * `after`: only what follows this day and id.
   */
  *days(query: IndexQuery, after: { day: number; id: string } | null): Generator<{ day: number; ids: string[] }> {
    let day: number | null = null;
    let ids: string[] = [];
    const bucket = (): { day: number; ids: string[] } => ({
      day: day!,
      ids: ids.filter((id) => after === null || day! < after.day || id > after.id).sort(),
    });
    for (const place of this.#newestFirst(query, after)) {
      const placeDay = Math.floor(place.sid / PER_DAY);
      if (day !== null && placeDay !== day) {
        yield bucket();
        ids = [];
      }
      day = placeDay;
      ids.push(place.id);
    }
    if (day !== null) yield bucket();
  }

  /** How many documents hold every token of the words, and the labels. */
  count(query: IndexQuery): number {
    const match = matchOf(query);
    const [low, high] = range(query);
    const sql =
      match === null
        ? `SELECT count(*) AS n FROM ${this.#places} WHERE sid BETWEEN ? AND ?`
        : `SELECT count(*) AS n FROM ${this.#words} WHERE rowid BETWEEN ? AND ? AND ${this.#words} MATCH ?`;
    return this.#connection.get<{ n: number }>(sql, low, high, ...(match === null ? [] : [match]))!.n;
  }

  #newestFirst(query: IndexQuery, after: { day: number } | null): Iterable<Place> {
    const match = matchOf(query);
    const [low, queryHigh] = range(query);
    const high = after === null ? queryHigh : Math.min(queryHigh, after.day * PER_DAY + PER_DAY - 1);
    if (match === null) {
      return this.#connection.iterate<Place>(
        `SELECT sid, id FROM ${this.#places} WHERE sid BETWEEN ? AND ? ORDER BY sid DESC`,
        low,
        high,
      );
    }
    // CROSS JOIN holds the order of the loops: postings outside, so that rows come newest first without sorting.
    return this.#connection.iterate<Place>(
      `SELECT p.sid, p.id FROM ${this.#words} w CROSS JOIN ${this.#places} p ON p.sid = w.rowid
       WHERE w.rowid BETWEEN ? AND ? AND w.${this.#words} MATCH ? ORDER BY w.rowid DESC`,
      low,
      high,
      match,
    );
  }
}

/** True where a hit in the index alone proves that the word occurs: it is one token, whole. Others are checked against the text. */
export function isProvenByIndex(word: string): boolean {
  const plain = word.normalize('NFKC').toLowerCase();
  const tokens = longTokens(word);
  return tokens.length === 0 ? isSingleIdeograph(plain) : tokens.length === 1 && tokens[0] === plain;
}

/** Day number as the index keeps it: 0 for undated. */
export function placeDay(stated: string | null): number {
  const day = stated?.slice(0, 10) ?? '';
  return isLocalDay(day) ? Math.max(dayNumber(day), 1) : UNDATED;
}

function firstPlaceOf(stated: string | null): number {
  return placeDay(stated) * PER_DAY;
}

/** First and last place of the days asked for; a bound leaves undated documents out. */
function range(query: IndexQuery): [number, number] {
  const low = query.from === undefined ? (query.to === undefined ? 0 : PER_DAY) : firstPlaceOf(query.from);
  const highDay = query.to === undefined ? MAX_DAY : placeDay(query.to);
  return [low, highDay * PER_DAY + PER_DAY - 1];
}

/** 9999-12-31, the last day that can be written `YYYY-MM-DD`. */
const MAX_DAY = dayNumber('9999-12-31');

function matchOf(query: IndexQuery): string | null {
  const terms = [...query.words.flatMap(termsOf), ...query.labels.map((label) => quoted(encodeLabel(label)))];
  return terms.length === 0 ? null : [...new Set(terms)].join(' AND ');
}

function termsOf(word: string): string[] {
  const tokens = longTokens(word);
  // A single ideograph stands at the beginning of a bigram, or is there by itself (see `withLastIdeographs`).
  if (tokens.length === 0) return searchTokens(word).map((token) => `${quoted(encodeToken(token))}*`);
  return tokens.map((token) => (PREFIX_SEARCHED.test(token) ? `${quoted(token)}*` : quoted(token)));
}

/** Codes are searched by their beginnings (HHZC finds HHZC2026); numbers and one or two letters would begin too many. */
const PREFIX_SEARCHED = /^[a-z][a-z0-9]{2,}$/;

/** A word's tokens as the index keeps them, single ideographs left out. */
function longTokens(word: string): string[] {
  return searchTokens(word)
    .filter((token) => !isSingleIdeograph(token))
    .map(encodeToken)
    .filter((token) => token !== '');
}

/** Tokens as the index keeps them, and each ideograph that begins no bigram by itself: a search for it looks for beginnings. */
function withLastIdeographs(tokens: string[]): Set<string> {
  const kept = new Set<string>();
  const beginnings = new Set<string>();
  const ends = new Set<string>();
  for (const token of tokens) {
    const encoded = isPlainPair(token) ? token : encodeToken(token);
    if (encoded === '') continue;
    kept.add(encoded);
    const first = String.fromCodePoint(encoded.codePointAt(0)!);
    beginnings.add(first);
    ends.add(encoded.length === 2 && first.length === 1 ? encoded[1]! : [...encoded].at(-1)!);
  }
  for (const last of ends) {
    if (!beginnings.has(last) && isSingleIdeograph(last)) kept.add(last);
  }
  return kept;
}

/** Two ideographs of the common block, as nine tokens of ten are: nothing in them needs encoding. */
function isPlainPair(token: string): boolean {
  return token.length === 2 && isCommonIdeograph(token.charCodeAt(0)) && isCommonIdeograph(token.charCodeAt(1));
}

function isCommonIdeograph(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

function quoted(token: string): string {
  return `"${token}"`;
}

function isSingleIdeograph(token: string): boolean {
  return /^\p{Script=Han}$/u.test(token);
}

/** Private-use characters mark labels and stand for ASCII marks: text may not bring its own. */
const PRIVATE_USE = /[\uE000-\uF8FF]/g;
const LABEL_MARK = '\uE000';

/** A token that the ascii tokenizer keeps whole: its separators (ASCII marks) become private-use characters. */
function encodeToken(token: string): string {
  // eslint-disable-next-line no-control-regex
  return token.replace(PRIVATE_USE, '').replace(/[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]/g, (mark) => {
    return String.fromCharCode(0xe100 + mark.charCodeAt(0));
  });
}

function encodeLabel(label: string): string {
  return LABEL_MARK + encodeToken(label);
}
