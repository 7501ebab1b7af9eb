import type { FactSheet, RoundSheet, SheetNotice } from '../model/fact-sheet.ts';
import type { DaySpan, LifeEvent, LotOutcome } from '../model/life.ts';
import { CompactReader, CompactWriter } from './compact-text.ts';

/**
 * Raised whenever the same pages give another sheet, or a sheet is written otherwise: sheets of another version are
 * made anew from the pages before anything is judged by them.
 */
const VERSION = 5;
const HEAD = `${VERSION} `;

/** As the stores keep it. */
export function sheetText(sheet: FactSheet): string {
  const to = new CompactWriter();
  to.word(sheet.projectId);
  to.word(sheet.name);
  to.word(sheet.purchaser);
  to.word(sheet.track);
  to.amount(sheet.ceiling);
  to.list(sheet.notices, ([id, revision, firstSeenAt]) => {
    to.word(id);
    to.number(revision);
    to.number(firstSeenAt);
  });
  to.other(sheet.suggestions);
  to.list(sheet.rounds, (round) => writeRound(round, to));
  return HEAD + to.toString();
}

/** Null for a text of another version. */
export function sheetOfText(text: string): FactSheet | null {
  if (!text.startsWith(HEAD)) return null;
  const from = new CompactReader(text.slice(HEAD.length));
  return {
    projectId: from.word(),
    name: from.word(),
    purchaser: from.wordOrNull(),
    track: from.word() as FactSheet['track'],
    ceiling: from.amount(),
    notices: from.list(() => [from.word(), from.number(), from.number()]),
    suggestions: from.other() as FactSheet['suggestions'],
    rounds: from.list(readRound),
  };
}

// ---------------------------------------------------------------- rounds

const UNKNOWN = 2;

function writeRound(sheet: RoundSheet, to: CompactWriter): void {
  const { project } = sheet;
  const { stateFunded = null } = project;
  to.number(sheet.round);
  to.word(project.regime);
  to.word(project.method);
  to.word(project.category);
  to.word(project.subtype ?? null);
  to.word(project.city ?? null);
  to.word(project.on);
  to.number(stateFunded === null ? UNKNOWN : Number(stateFunded));
  to.number(Number(project.skipExplained ?? false));
  to.amount(project.estimate ?? null);
  to.amount(project.budget ?? null);
  to.words(project.lots ?? []);
  to.amount(sheet.award);
  to.list(sheet.notices, (notice) => writeNotice(notice, to));
  to.words(sheet.undated);
  to.words(sheet.calls);
  to.words(sheet.openings);
  to.list(sheet.events, (event) => writeEvent(event, to));
}

function readRound(from: CompactReader): RoundSheet {
  return {
    round: from.number(),
    project: readProject(from),
    award: from.amount(),
    notices: from.list(readNotice),
    undated: from.words(),
    calls: from.words(),
    openings: from.words(),
    events: from.list(readEvent),
  };
}

function readProject(from: CompactReader): RoundSheet['project'] {
  const regime = from.word();
  const method = from.wordOrNull();
  const category = from.wordOrNull();
  const subtype = from.wordOrNull();
  const city = from.wordOrNull();
  const on = from.wordOrNull();
  const funded = from.number();
  const skipExplained = from.number() === 1;
  const estimate = from.amount();
  const budget = from.amount();
  const lots = from.words();
  return {
    regime,
    method,
    category,
    subtype,
    stateFunded: funded === UNKNOWN ? null : funded === 1,
    estimate,
    budget,
    city,
    on,
    lots: lots.length === 0 ? undefined : lots,
    skipExplained,
  };
}

// ---------------------------------------------------------------- notices

/** What a notice has beside what every notice has. */
const HAS = { winner: 1, winners: 2, candidates: 4, eventDate: 8, mirrors: 16, lots: 32, more: 64 } as const;

/** What fewer notices have, by name. */
type More = Pick<SheetNotice, 'prevPublishedAt' | 'statedPeriod' | 'corrects' | 'material' | 'changedAfter' | 'text'>;

function writeNotice(notice: SheetNotice, to: CompactWriter): void {
  const { winner, candidates, eventDate, mirrors, lots } = notice;
  const { prevPublishedAt, statedPeriod, corrects, material, changedAfter, text } = notice;
  const more: More = { prevPublishedAt, statedPeriod, corrects, material, changedAfter, text };
  to.word(notice.id);
  to.word(notice.title);
  to.word(notice.source);
  to.word(notice.kind ?? null);
  to.word(String(notice.publishedAt));
  to.word(notice.firstSeenAt == null ? null : String(notice.firstSeenAt));
  to.word(notice.absentAt == null ? null : String(notice.absentAt));
  to.number(notice.round ?? 1);
  let has = 0;
  if (winner != null) has += Array.isArray(winner) ? HAS.winners : HAS.winner;
  if (candidates !== undefined) has += HAS.candidates;
  if (eventDate != null) has += HAS.eventDate;
  if (mirrors !== undefined) has += HAS.mirrors;
  if (lots !== undefined) has += HAS.lots;
  if (Object.values(more).some((value) => value !== undefined)) has += HAS.more;
  to.number(has);
  if (winner != null) {
    if (Array.isArray(winner)) to.words(winner);
    else to.word(winner);
  }
  if (candidates !== undefined) to.words(candidates);
  if (eventDate != null) to.word(String(eventDate));
  if (mirrors !== undefined) to.word(mirrors);
  if (lots !== undefined) to.words(lots);
  if (has & HAS.more) to.other(more);
}

const NOTHING_MORE: More = {};

/** Every field by name: one that a notice gains and this file does not know is an error of types. */
type WholeNotice = { [Field in keyof Required<SheetNotice>]: SheetNotice[Field] };

/** Of one shape, whatever it has: what is asked of all notices is then found at one place. */
function readNotice(from: CompactReader): WholeNotice {
  const id = from.word();
  const title = from.word();
  const source = from.word();
  const kind = from.wordOrNull() as SheetNotice['kind'];
  const publishedAt = from.word();
  const firstSeenAt = from.wordOrNull();
  const absentAt = from.wordOrNull();
  const round = from.number();
  const has = from.number();
  const winner = has & HAS.winner ? from.word() : has & HAS.winners ? from.words() : undefined;
  const candidates = has & HAS.candidates ? from.words() : undefined;
  const eventDate = has & HAS.eventDate ? from.word() : undefined;
  const mirrors = has & HAS.mirrors ? from.word() : undefined;
  const lots = has & HAS.lots ? from.words() : undefined;
  const more = has & HAS.more ? (from.other() as More) : NOTHING_MORE;
  return {
    id,
    title,
    source,
    kind,
    publishedAt,
    firstSeenAt,
    absentAt,
    prevPublishedAt: more.prevPublishedAt,
    eventDate,
    statedPeriod: more.statedPeriod,
    candidates,
    winner,
    lots,
    round,
    corrects: more.corrects,
    material: more.material,
    changedAfter: more.changedAfter,
    text: more.text,
    mirrors,
  };
}

// ---------------------------------------------------------------- events

function writeEvent(event: LifeEvent, to: CompactWriter): void {
  to.word(event.kind);
  to.number(event.round);
  to.word(event.title);
  to.words(event.noticeIds);
  to.word(event.published);
  to.word(event.onDesignated);
  writeSpan(event.documents, to);
  to.word(event.opening);
  writeSpan(event.listing, to);
  to.word(event.determined);
  to.word(event.letter);
  to.word(event.signed);
  to.list(event.candidates, ({ lot, names }) => {
    to.word(lot);
    to.words(names);
  });
  to.list(event.outcomes, ({ lot, ceiling, amount, suppliers, failed }) => {
    to.word(lot);
    to.amount(ceiling);
    to.amount(amount);
    to.words(suppliers);
    to.number(Number(failed));
  });
}

function readEvent(from: CompactReader): LifeEvent {
  return {
    kind: from.word() as LifeEvent['kind'],
    round: from.number(),
    title: from.word(),
    noticeIds: from.words(),
    published: from.word(),
    onDesignated: from.wordOrNull(),
    documents: readSpan(from),
    opening: from.wordOrNull(),
    listing: readSpan(from),
    determined: from.wordOrNull(),
    letter: from.wordOrNull(),
    signed: from.wordOrNull(),
    candidates: from.list(readCandidates),
    outcomes: from.list(readOutcome),
  };
}

function writeSpan(span: DaySpan | null, to: CompactWriter): void {
  to.word(span === null ? null : span.from);
  if (span !== null) to.word(span.to);
}

function readSpan(from: CompactReader): DaySpan | null {
  const first = from.wordOrNull();
  return first === null ? null : { from: first, to: from.wordOrNull() };
}

function readCandidates(from: CompactReader): LifeEvent['candidates'][number] {
  return { lot: from.wordOrNull(), names: from.words() };
}

function readOutcome(from: CompactReader): LotOutcome {
  return {
    lot: from.wordOrNull(),
    ceiling: from.amount(),
    amount: from.amount(),
    suppliers: from.words(),
    failed: from.number() === 1,
  };
}
