import type { LocalDay } from '../../src/model/day.ts';
import { dayRange, placeDay } from '../shared/days.ts';
import { documentTerms, queryTerms } from '../shared/terms.ts';
import type { Term } from '../shared/terms.ts';
import type { Connection } from './connection.ts';

/** Documents of one day are numbered below this: 2^30, so that day number and number fit 2^53. */
const PER_DAY = 2 ** 30;

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
    const first = placeDay(stated) * PER_DAY;
    const last = this.#connection.get<{ last: number | null }>(
      `SELECT max(sid) AS last FROM ${this.#places} WHERE sid BETWEEN ? AND ?`,
      first,
      first + PER_DAY - 1,
    )!.last;
    const sid = last === null ? first : last + 1;
    const tokens = [...documentTerms(text), ...labels.map(encodeLabel)];
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

  /** How many documents hold every token of the words, and the labels; counted up to `atMost` (-1: all). */
  count(query: IndexQuery, atMost = -1): number {
    const match = matchOf(query);
    const [low, high] = range(query);
    const from =
      match === null
        ? `${this.#places} WHERE sid BETWEEN ? AND ?`
        : `${this.#words} WHERE rowid BETWEEN ? AND ? AND ${this.#words} MATCH ?`;
    const given = match === null ? [low, high] : [low, high, match];
    return this.#connection.get<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ?)`,
      ...given,
      atMost,
    )!.n;
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

/** First and last place of the days asked for. */
function range(query: IndexQuery): [number, number] {
  const [first, last] = dayRange(query);
  return [first * PER_DAY, last * PER_DAY + PER_DAY - 1];
}

function matchOf(query: IndexQuery): string | null {
  const terms = [
    ...query.words.flatMap(queryTerms).map(termOf),
    ...query.labels.map((label) => quoted(encodeLabel(label))),
  ];
  return terms.length === 0 ? null : [...new Set(terms)].join(' AND ');
}

function termOf({ token, prefix }: Term): string {
  return prefix ? `${quoted(token)}*` : quoted(token);
}

function quoted(token: string): string {
  return `"${token}"`;
}

/** A private-use character marks labels: tokens of a text are letters and numbers alone, and cannot pass themselves off as one. */
const LABEL_MARK = '\uE000';

/** A label that the ascii tokenizer keeps whole: its separators (ASCII marks) become private-use characters. */
function encodeLabel(label: string): string {
  // eslint-disable-next-line no-control-regex
  const whole = label.replace(/[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]/g, (mark) => {
    return String.fromCharCode(0xe100 + mark.charCodeAt(0));
  });
  return LABEL_MARK + whole;
}
