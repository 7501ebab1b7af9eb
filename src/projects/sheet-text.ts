import type { FactSheet, RoundSheet, SheetNotice } from '../model/fact-sheet.ts';
import type { LifeEvent } from '../model/life.ts';

/**
 * Raised whenever the same pages give another sheet, or a sheet is written otherwise: sheets of another version are
 * made anew from the pages before anything is judged by them.
 */
const VERSION = 3;
const HEAD = `${VERSION} `;

/**
 * As the stores keep it: every text once (ids, titles, names and days recur in a project), the rest as tuples of numbers
 * that point to them. A third of the size of the plain JSON, and read in half the time.
 */
export function sheetText(sheet: FactSheet): string {
  const words = new Words();
  const body = sheetTuple(sheet, words);
  return HEAD + JSON.stringify([words.list, body]);
}

/** Null for a text of another version. */
export function sheetOfText(text: string): FactSheet | null {
  if (!text.startsWith(HEAD)) return null;
  const [words, body] = JSON.parse(text.slice(HEAD.length)) as [Reading, SheetTuple];
  return sheetOf(body, words);
}

/** Place of a text in the list. */
type Word = number;
/** At the first place stands null. */
type Reading = readonly (string | null)[];

class Words {
  readonly list: (string | null)[] = [null];
  readonly #places = new Map<string, Word>();

  of(text: string | null): Word {
    if (text === null) return 0;
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.list.push(text) - 1;
      this.#places.set(text, place);
    }
    return place;
  }

  all(texts: readonly string[]): Word[] {
    return texts.map((text) => this.of(text));
  }
}

// ---------------------------------------------------------------- the sheet

type SheetTuple = [
  ids: [projectId: Word, name: Word, purchaser: Word, track: Word],
  ceiling: number | null,
  notices: [id: Word, revision: number, firstSeenAt: number][],
  suggestions: FactSheet['suggestions'],
  rounds: RoundTuple[],
];

function sheetTuple(sheet: FactSheet, words: Words): SheetTuple {
  const { projectId, name, purchaser, track } = sheet;
  return [
    [words.of(projectId), words.of(name), words.of(purchaser), words.of(track)],
    sheet.ceiling,
    sheet.notices.map(([id, revision, firstSeenAt]) => [words.of(id), revision, firstSeenAt]),
    sheet.suggestions,
    sheet.rounds.map((round) => roundTuple(round, words)),
  ];
}

function sheetOf(
  [[projectId, name, purchaser, track], ceiling, notices, suggestions, rounds]: SheetTuple,
  words: Reading,
): FactSheet {
  return {
    projectId: words[projectId]!,
    name: words[name]!,
    purchaser: words[purchaser]!,
    track: words[track] as FactSheet['track'],
    ceiling,
    notices: notices.map(([id, revision, firstSeenAt]) => [words[id]!, revision, firstSeenAt]),
    suggestions,
    rounds: rounds.map((round) => roundOf(round, words)),
  };
}

// ---------------------------------------------------------------- rounds

type ProjectTuple = [
  texts: [regime: Word, method: Word, category: Word, subtype: Word, city: Word, on: Word],
  stateFunded: boolean | null,
  estimate: number | null,
  budget: number | null,
  skipExplained: boolean,
  lots: Word[],
];

type RoundTuple = [
  round: number,
  project: ProjectTuple,
  award: number | null,
  notices: NoticeTuple[],
  undated: Word[],
  calls: Word[],
  openings: Word[],
  events: EventTuple[],
];

function roundTuple(
  { round, project, award, notices, undated, calls, openings, events }: RoundSheet,
  words: Words,
): RoundTuple {
  const { regime, method, category, subtype = null, city = null, on } = project;
  const { stateFunded = null, estimate = null, budget = null } = project;
  return [
    round,
    [
      [words.of(regime), words.of(method), words.of(category), words.of(subtype), words.of(city), words.of(on)],
      stateFunded,
      estimate,
      budget,
      project.skipExplained ?? false,
      words.all(project.lots ?? []),
    ],
    award,
    notices.map((notice) => noticeTuple(notice, words)),
    words.all(undated),
    words.all(calls),
    words.all(openings),
    events.map((event) => eventTuple(event, words)),
  ];
}

function roundOf(
  [round, project, award, notices, undated, calls, openings, events]: RoundTuple,
  words: Reading,
): RoundSheet {
  const [[regime, method, category, subtype, city, on], stateFunded, estimate, budget, skip, lots] = project;
  return {
    round,
    project: {
      regime: words[regime]!,
      method: words[method]!,
      category: words[category]!,
      subtype: words[subtype]!,
      stateFunded,
      estimate,
      budget,
      city: words[city]!,
      on: words[on]!,
      lots: lots.length === 0 ? undefined : textsOf(lots, words),
      skipExplained: skip,
    },
    award,
    notices: notices.map((notice) => noticeOf(notice, words)),
    undated: textsOf(undated, words),
    calls: textsOf(calls, words),
    openings: textsOf(openings, words),
    events: events.map((event) => eventOf(event, words)),
  };
}

function textsOf(places: readonly Word[], words: Reading): string[] {
  return places.map((place) => words[place]!);
}

// ---------------------------------------------------------------- notices

/** What few notices have stands behind, by name. */
type Rest = Partial<Omit<SheetNotice, 'winner' | 'candidates'>> & { winner?: Word | Word[]; candidates?: Word[] };
type NoticeTuple = [
  id: Word,
  title: Word,
  source: Word,
  kind: Word,
  publishedAt: Word,
  firstSeenAt: Word,
  absentAt: Word,
  round: number,
  rest?: Rest,
];

function noticeTuple(notice: SheetNotice, words: Words): NoticeTuple {
  const { id, title, source, kind = null, publishedAt, firstSeenAt, absentAt, round, ...more } = notice;
  const { winner, candidates, ...others } = more;
  const rest: Rest = { ...others };
  if (winner != null) rest.winner = Array.isArray(winner) ? words.all(winner) : words.of(winner);
  if (candidates !== undefined) rest.candidates = words.all(candidates);
  const tuple: NoticeTuple = [
    words.of(id),
    words.of(title),
    words.of(source),
    words.of(kind),
    words.of(String(publishedAt)),
    words.of(firstSeenAt == null ? null : String(firstSeenAt)),
    words.of(absentAt == null ? null : String(absentAt)),
    round ?? 1,
  ];
  if (Object.values(rest).some((value) => value !== undefined)) tuple.push(rest);
  return tuple;
}

function noticeOf(tuple: NoticeTuple, words: Reading): SheetNotice {
  const [id, title, source, kind, publishedAt, firstSeenAt, absentAt, round, rest] = tuple;
  const notice: SheetNotice = {
    id: words[id]!,
    title: words[title]!,
    source: words[source]!,
    kind: words[kind] as SheetNotice['kind'],
    publishedAt: words[publishedAt]!,
    firstSeenAt: words[firstSeenAt],
    absentAt: words[absentAt],
    round,
  };
  if (rest === undefined) return notice;
  const { winner, candidates, ...others } = rest;
  Object.assign(notice, others);
  if (winner !== undefined) notice.winner = typeof winner === 'number' ? words[winner] : textsOf(winner, words);
  if (candidates !== undefined) notice.candidates = textsOf(candidates, words);
  return notice;
}

// ---------------------------------------------------------------- events

type SpanTuple = [from: Word, to: Word] | 0;
type EventTuple = [
  texts: [
    kind: Word,
    title: Word,
    published: Word,
    onDesignated: Word,
    opening: Word,
    determined: Word,
    letter: Word,
    signed: Word,
  ],
  round: number,
  noticeIds: Word[],
  documents: SpanTuple,
  listing: SpanTuple,
  candidates: [lot: Word, names: Word[]][],
  outcomes: [lot: Word, ceiling: number | null, amount: number | null, suppliers: Word[], failed: boolean][],
];

function eventTuple(event: LifeEvent, words: Words): EventTuple {
  const { kind, title, published, onDesignated, opening, determined, letter, signed } = event;
  const span = (of: LifeEvent['documents']): SpanTuple => (of === null ? 0 : [words.of(of.from), words.of(of.to)]);
  const texts = [kind, title, published, onDesignated, opening, determined, letter, signed];
  return [
    texts.map((text) => words.of(text)) as EventTuple[0],
    event.round,
    words.all(event.noticeIds),
    span(event.documents),
    span(event.listing),
    event.candidates.map(({ lot, names }) => [words.of(lot), words.all(names)]),
    event.outcomes.map(({ lot, ceiling, amount, suppliers, failed }) => [
      words.of(lot),
      ceiling,
      amount,
      words.all(suppliers),
      failed,
    ]),
  ];
}

function eventOf(
  [texts, round, noticeIds, documents, listing, candidates, outcomes]: EventTuple,
  words: Reading,
): LifeEvent {
  const [kind, title, published, onDesignated, opening, determined, letter, signed] = texts;
  return {
    kind: words[kind] as LifeEvent['kind'],
    round,
    title: words[title]!,
    noticeIds: textsOf(noticeIds, words),
    published: words[published]!,
    onDesignated: words[onDesignated]!,
    documents: spanOf(documents, words),
    opening: words[opening]!,
    listing: spanOf(listing, words),
    determined: words[determined]!,
    letter: words[letter]!,
    signed: words[signed]!,
    candidates: candidates.map(([lot, names]) => ({ lot: words[lot]!, names: textsOf(names, words) })),
    outcomes: outcomes.map(([lot, ceiling, amount, suppliers, failed]) => ({
      lot: words[lot]!,
      ceiling,
      amount,
      suppliers: textsOf(suppliers, words),
      failed,
    })),
  };
}

function spanOf(span: SpanTuple, words: Reading): LifeEvent['documents'] {
  return span === 0 ? null : { from: words[span[0]]!, to: words[span[1]]! };
}
