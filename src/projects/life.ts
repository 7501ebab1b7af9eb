import { addDays, type LocalDay } from '../model/day.ts';
import type { FactSheet, RoundSheet } from '../model/fact-sheet.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { DaySpan, LifeEvent, LotOutcome, ProjectLife } from '../model/life.ts';
import type { Notice, NoticeKind, Track } from '../model/notice.ts';
import type { Project, TimelineEntry } from '../model/project.ts';
import type { CoverageSpan } from '../model/run.ts';
import { auctionDay, documentsSpan, listingSpan } from '../notices/spans.ts';
import { columnsGap } from './coverage.ts';
import { isOnMedium, placeOf } from './fact-notices.ts';

/** The medium the law names for results of a track (实施条例 of both laws); empty: none is judged. */
const LEGAL_MEDIA: Record<Track, readonly string[]> = {
  construction: ['yn_ggzy'],
  procurement: ['yn_ccgp'],
  land: [],
  asset: [],
};

/** Columns in which a contract notice, or the result on the legal medium, would have stood; any of a group proves. */
const CONTRACT_COLUMNS: Record<Track, string[][]> = {
  construction: [['yn_ggzy/gcjs_contract']],
  procurement: [['yn_ccgp/list', 'yn_ggzy/mirror_contract'], ['hh_finance/zfcg']],
  land: [],
  asset: [],
};
const RESULT_COLUMNS: Record<Track, string[][]> = {
  construction: [['yn_ggzy/gcjs_result'], ['yn_ggzy/gcjs_candidate'], ['yn_ggzy/gcjs_change']],
  procurement: [
    ['yn_ccgp/list', 'yn_ggzy/mirror_result'],
    ['yn_ccgp/list', 'yn_ggzy/mirror_change'],
  ],
  land: [],
  asset: [],
};

/** Contracts are signed within 30 days and published within days of that; asked for a little beyond both. */
const CONTRACT_WINDOW_DAYS = 45;
const MEDIUM_WINDOW_DAYS = 15;

/** Kinds whose pages are read for spans of days: text is long, and only these have any. */
const WITH_SPANS: readonly NoticeKind[] = ['tender', 'correction'];

/** One round of a project's life as its statutory duties are judged by. `facts` of the same round give scope and day. */
export function lifeOf(
  sheet: FactSheet,
  { round, events: all }: RoundSheet,
  facts: ProjectFacts,
  { coverage, asOf }: { coverage: readonly CoverageSpan[]; asOf: LocalDay },
): ProjectLife {
  const { track } = sheet;
  const events = all.filter((event) => event.published <= asOf);
  const result = events.find((event) => event.kind === 'result') ?? null;
  const gap = (columns: string[][], days: number): string | null =>
    result === null
      ? null
      : columnsGap(columns, coverage, { from: result.published, to: earlier(addDays(result.published, days), asOf) });
  return {
    id: sheet.projectId,
    project: facts.project,
    ceiling: sheet.ceiling,
    round,
    asOf,
    events,
    // Asked for only where something is missing.
    gaps: {
      get contract() {
        return gap(CONTRACT_COLUMNS[track], CONTRACT_WINDOW_DAYS);
      },
      get medium() {
        return gap(RESULT_COLUMNS[track], MEDIUM_WINDOW_DAYS);
      },
    },
  };
}

/** The round's events, oldest first. */
export function lifeEventsOf(project: Project, notices: ReadonlyMap<string, Notice>, round: number): LifeEvent[] {
  return project.timeline
    .filter((entry) => entry.round === round)
    .flatMap((entry) => eventOf(entry, notices, LEGAL_MEDIA[project.track], project.lots.length > 1))
    .sort((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0));
}

function earlier(a: LocalDay, b: LocalDay): LocalDay {
  return a < b ? a : b;
}

/** All copies of a notice as one event; what one copy does not state another may. An undated notice is no event. */
function eventOf(
  entry: TimelineEntry,
  notices: ReadonlyMap<string, Notice>,
  media: readonly string[],
  severalLots: boolean,
): LifeEvent[] {
  const copies = entry.noticeIds.flatMap((id) => notices.get(id) ?? []);
  const dated = copies.flatMap((copy) => {
    const day = (copy.firstPublishDate ?? copy.fields.publishDate)?.slice(0, 10);
    return day === undefined ? [] : [{ copy, day }];
  });
  const days = dated.map(({ day }) => day).sort();
  const published = days[0];
  if (published === undefined) return [];
  const first = <T>(read: (notice: Notice) => T | null): T | null => {
    for (const copy of copies) {
      const value = read(copy);
      if (value !== null) return value;
    }
    return null;
  };
  const span = (read: (text: string) => DaySpan | null): DaySpan | null =>
    WITH_SPANS.includes(entry.kind) ? first((notice) => read(notice.text)) : null;
  return [
    {
      kind: entry.kind,
      round: entry.round,
      title: entry.title,
      noticeIds: entry.noticeIds,
      published,
      onDesignated:
        dated
          .filter(({ copy }) => isOnMedium(placeOf(copy), media))
          .map(({ day }) => day)
          .sort()[0] ?? null,
      documents: span(documentsSpan),
      opening: first((n) => n.fields.openingDate)?.slice(0, 10) ?? null,
      listing: span(listingSpan) ?? span(auction),
      determined: first((n) => n.fields.determinedDate),
      letter: first((n) => n.fields.awardLetterDate),
      signed: first((n) => n.fields.contractDate),
      candidates: candidatesOf(copies),
      outcomes: outcomesOf(copies, severalLots),
    },
  ];
}

/** What opens with an auction ends with it. */
function auction(text: string): DaySpan | null {
  const day = auctionDay(text);
  return day === null ? null : { from: day, to: null };
}

function candidatesOf(copies: readonly Notice[]): LifeEvent['candidates'] {
  const listed = copies.find((copy) => copy.fields.candidates.length > 0)?.fields.candidates ?? [];
  return [...new Set(listed.map((c) => c.lot))].map((lot) => ({
    lot,
    names: listed.filter((c) => c.lot === lot).map((c) => c.name),
  }));
}

const PAID = ['award', 'contract'];

/** By lot where the project has several; else the page's own amounts and suppliers. */
function outcomesOf(copies: readonly Notice[], severalLots: boolean): LotOutcome[] {
  if (severalLots) {
    const told = copies.find((copy) => copy.fields.lots.length > 0)?.fields;
    if (told === undefined) return [];
    // One lot alone: what the page says of itself it says of this lot.
    const only = told.lots.length === 1;
    return told.lots.map((lot) => ({
      lot: lot.id,
      ceiling: lot.budget,
      amount: lot.amount ?? (only && paid(told.amountKind) ? told.amount : null),
      suppliers: lot.suppliers.length > 0 ? lot.suppliers : only ? told.suppliers : [],
      failed: lot.failed,
    }));
  }
  const pick = <T>(read: (fields: Notice['fields']) => T | null): T | null =>
    copies.map((copy) => read(copy.fields)).find((value) => value !== null) ?? null;
  return [
    {
      lot: null,
      ceiling: pick((f) => f.ceiling ?? f.budget),
      amount: pick((f) => (paid(f.amountKind) ? f.amount : null)),
      suppliers: copies.find((copy) => copy.fields.suppliers.length > 0)?.fields.suppliers ?? [],
      failed: false,
    },
  ];
}

function paid(kind: Notice['fields']['amountKind']): boolean {
  return kind !== null && PAID.includes(kind);
}
