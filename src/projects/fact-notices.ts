import { addDays, dayOf, type LocalDay } from '../model/day.ts';
import type { SheetNotice } from '../model/fact-sheet.ts';
import type { CandidateReading, Notice, NoticeFields, NoticeKind } from '../model/notice.ts';
import type { TimelineEntry } from '../model/project.ts';
import { listDiffers } from './candidate-edits.ts';
import type { CandidateEdit, CandidateEdits } from './candidate-edits.ts';
import { compare, unique } from './identity.ts';
import { correctedEntry } from './corrected.ts';

interface ReadFacts {
  facts: SheetNotice[];
  /** Titles of notices that state no day: nothing can be counted from them, and nothing concluded without them. */
  undated: string[];
}

/**
 * The stored notice behind a fact. One stored notice may be several facts:
 * `id#lot2` what it says of lot 2 (candidates and winners differ by lot) · `id#letter`, `id#contract` the award letter or
 * signing whose date a result notice prints · `id#renewed` the restart that a second publication of candidates is ·
 * `id#edit2` the change in place that its second revision is.
 */
export function noticeIdOf(factId: string): string {
  return factId.replace(/(#lot[^#]*|#letter|#contract|#renewed|#edit\d+)+$/, '');
}

const RENEWED = '#renewed';

/** The restart that a second publication of candidates is, or another list in its place. */
export function isRenewal({ id }: Pick<SheetNotice, 'id'>): boolean {
  return id.endsWith(RENEWED) || /#edit\d+$/.test(id);
}

/** yn_ggzy shows the bulletins of yn_ccgp in these columns, with their own days: a page there proves a publication there. */
const MIRRORS: Readonly<Record<string, string>> = Object.fromEntries(
  ['tender', 'change', 'single', 'result', 'abnormal', 'contract'].map((c) => [`yn_ggzy/mirror_${c}`, 'yn_ccgp']),
);

/** Kinds that a period is counted from or to. */
const BEARING: readonly NoticeKind[] = [
  'candidate',
  'single_source',
  'result',
  'award_letter',
  'contract',
  'correction',
  'failed',
  'terminated',
];

/**
 * Every copy of every notice as the judge needs it.
 * `lots`: all lots of the project · `edits`: lists of candidates changed in place.
 */
export function factNoticesOf(
  entries: readonly TimelineEntry[],
  notices: ReadonlyMap<string, Notice>,
  lots: readonly string[],
  edits: CandidateEdits,
): ReadFacts {
  const facts: SheetNotice[] = [];
  const undated: string[] = [];
  const partsOfEntry = new Map<TimelineEntry, SheetNotice[]>();
  for (const entry of entries) {
    const parts: SheetNotice[] = [];
    for (const id of entry.noticeIds) {
      const notice = notices.get(id);
      if (notice === undefined) continue;
      if (notice.fields.publishDate !== null) {
        parts.push(...partsOf(notice, entry, lots.length > 1, earliestEventDay(entry, entries)));
      } else if (BEARING.includes(entry.kind)) undated.push(notice.fields.title);
    }
    partsOfEntry.set(entry, parts);
  }
  for (const [entry, parts] of partsOfEntry) {
    facts.push(...(entry.kind === 'correction' ? corrections(entry, parts, entries, partsOfEntry, notices) : parts));
    if (entry.kind !== 'candidate') continue;
    facts.push(...renewals(entry, parts, entries, partsOfEntry));
    for (const id of entry.noticeIds) {
      const notice = notices.get(id);
      const own = edits.get(id);
      if (notice === undefined || own === undefined || notice.fields.publishDate === null) continue;
      facts.push(...own.flatMap((edit) => editParts(notice, entry, lots.length > 1, edit)));
    }
  }
  return { facts, undated };
}

/** No letter is written before its round began; a date before that is a misprint or a misreading, and is left out. */
function earliestEventDay(entry: TimelineEntry, entries: readonly TimelineEntry[]): LocalDay | null {
  const start = entries.find(
    (e) => e.round === entry.round && e.day !== null && (e.kind === 'tender' || e.kind === 'single_source'),
  );
  // Where the beginning was not collected: letters and contracts are published within weeks, a year off is a misprint.
  return start?.day ?? (entry.day === null ? null : addDays(entry.day, -90));
}

// ---------------------------------------------------------------- one notice, its parts

function partsOf(notice: Notice, entry: TimelineEntry, severalLots: boolean, earliest: LocalDay | null): SheetNotice[] {
  const { fields } = notice;
  const base = baseOf(notice, entry, severalLots);
  switch (entry.kind) {
    case 'candidate':
      return candidateParts({ ...base, statedPeriod: statedPeriodOf(fields) }, fields, severalLots);
    case 'single_source':
      return [{ ...base, statedPeriod: statedPeriodOf(fields) }];
    case 'result': {
      const results = resultParts(base, fields, severalLots);
      return [
        ...results,
        ...printedEvents(results, 'award_letter', '#letter', fields.awardLetterDate, earliest),
        ...printedEvents(results, 'contract', '#contract', fields.contractDate, earliest),
      ];
    }
    case 'award_letter':
      return resultParts(
        { ...base, eventDate: plausible(fields.awardLetterDate, base, earliest) },
        fields,
        severalLots,
      );
    case 'contract':
      return resultParts({ ...base, eventDate: plausible(fields.contractDate, base, earliest) }, fields, severalLots);
    case 'correction':
      return [{ ...base, material: fields.material, statedPeriod: statedPeriodOf(fields) }];
    default:
      return [base];
  }
}

function baseOf(notice: Notice, entry: TimelineEntry, severalLots: boolean): SheetNotice {
  const { fields, firstPublishDate } = notice;
  const publishedAt = fields.publishDate ?? notice.firstSeenAt;
  const base: SheetNotice = {
    id: notice.id,
    title: fields.title,
    source: notice.sourceId,
    kind: entry.kind,
    publishedAt,
    firstSeenAt: dayOf(notice.firstSeenAt),
    absentAt: notice.absentAt === null ? null : dayOf(notice.absentAt),
    round: entry.round,
  };
  if (firstPublishDate !== null && firstPublishDate.slice(0, 10) !== String(publishedAt).slice(0, 10)) {
    base.prevPublishedAt = firstPublishDate;
  }
  const lots = unique(fields.lots.map((lot) => lot.id));
  if (severalLots && lots.length > 0) base.lots = lots;
  const mirrored = MIRRORS[`${notice.sourceId}/${notice.channelId}`];
  if (mirrored !== undefined) base.mirrors = mirrored;
  return base;
}

/** On one of the media, or in a column that mirrors one of them whole. */
export function isOnMedium(
  { source, mirrors }: Pick<SheetNotice, 'source' | 'mirrors'>,
  media: readonly string[],
): boolean {
  return media.includes(source) || (mirrors !== undefined && media.includes(mirrors));
}

/** Where a page stands, as `isOnMedium` asks for it. */
export function placeOf({ sourceId, channelId }: Pick<Notice, 'sourceId' | 'channelId'>): {
  source: string;
  mirrors?: string;
} {
  return { source: sourceId, mirrors: MIRRORS[`${sourceId}/${channelId}`] };
}

function statedPeriodOf(fields: NoticeFields): SheetNotice['statedPeriod'] {
  if (fields.publicity === null) return null;
  const { from, to, workdays, days, words } = fields.publicity;
  return { from, to, workdays, days, text: words };
}

/** Candidates by rank. Lists of several lots become one fact a lot; ranks that no lot is known for rank nothing. */
function candidateParts(base: SheetNotice, fields: NoticeFields, severalLots: boolean): SheetNotice[] {
  const ranked = [...fields.candidates].sort((a, b) => a.rank - b.rank);
  const names = (lot: string | null): string[] =>
    ranked.filter((c) => lot === null || c.lot === lot).map((c) => c.name);
  const listed = unique(ranked.map((c) => c.lot ?? ''));
  if (!severalLots || (listed.length === 0 && (base.lots ?? []).length < 2)) {
    return [ranked.length === 0 ? base : { ...base, candidates: names(null) }];
  }
  if (listed.length === 0) return [base];
  const parts = listed.map((lot) => ({ ...base, id: `${base.id}#lot${lot}`, lots: [lot], candidates: names(lot) }));
  const rest = (base.lots ?? []).filter((lot) => !listed.includes(lot));
  return rest.length === 0 ? parts : [...parts, { ...base, lots: rest }];
}

/** Winners by lot; a lot that failed inside a result is a failure of that lot. */
function resultParts(base: SheetNotice, fields: NoticeFields, severalLots: boolean): SheetNotice[] {
  const told = fields.lots.filter((lot) => lot.failed || lot.suppliers.length > 0);
  if (!severalLots || told.length === 0 || (told.length === 1 && fields.lots.length === 1 && !told[0]?.failed)) {
    // Names of several lots in one heap say of none who won it.
    const winner = severalLots && fields.lots.length > 1 ? null : winnerOf(fields.suppliers);
    return [winner === null ? base : { ...base, winner }];
  }
  const parts = told.map((lot): SheetNotice => {
    const own = { ...base, id: `${base.id}#lot${lot.id}`, lots: [lot.id] };
    return lot.failed ? { ...own, kind: 'failed' } : { ...own, winner: winnerOf(lot.suppliers) };
  });
  const rest = (base.lots ?? []).filter((id) => !told.some((lot) => lot.id === id));
  return rest.length === 0 ? parts : [...parts, { ...base, lots: rest }];
}

function winnerOf(suppliers: string[]): string | string[] | null {
  const [only] = suppliers;
  return only === undefined ? null : suppliers.length === 1 ? only : suppliers;
}

/** The award letter or signing that a result notice dates: an event of its own, on its own day. */
function printedEvents(
  results: SheetNotice[],
  kind: 'award_letter' | 'contract',
  suffix: string,
  date: LocalDay | null,
  earliest: LocalDay | null,
): SheetNotice[] {
  return results.flatMap((result) => {
    const eventDate = result.kind === 'result' ? plausible(date, result, earliest) : null;
    return eventDate === null ? [] : [{ ...result, id: `${result.id}${suffix}`, kind, eventDate }];
  });
}

function plausible(date: LocalDay | null, base: SheetNotice, earliest: LocalDay | null): LocalDay | null {
  if (date === null || (earliest !== null && date < earliest)) return null;
  return date <= String(base.publishedAt).slice(0, 10) ? date : null;
}

// ---------------------------------------------------------------- what restarts a period

/** A list changed in place: one fact for each lot whose list is another. */
function editParts(notice: Notice, entry: TimelineEntry, severalLots: boolean, edit: CandidateEdit): SheetNotice[] {
  const base = { ...baseOf(notice, entry, severalLots), prevPublishedAt: undefined };
  const partsWith = (candidates: CandidateReading[]): SheetNotice[] =>
    candidateParts(base, { ...notice.fields, candidates }, severalLots);
  const kept = new Set(partsWith(edit.after).map(({ id }) => id));
  const ofLot = (list: readonly CandidateReading[], { lots }: SheetNotice): CandidateReading[] =>
    lots?.length === 1 && severalLots ? list.filter(({ lot }) => lot === null || lot === lots[0]) : [...list];
  return partsWith(edit.before)
    .filter((part) => kept.has(part.id) && listDiffers(ofLot(edit.before, part), ofLot(edit.after, part)))
    .map((part) => ({
      ...part,
      id: `${part.id}#edit${edit.revision}`,
      kind: 'correction' as const,
      corrects: part.id,
      material: edit.isCertain ? true : null,
      publishedAt: dayOf(edit.seenAfter),
      firstSeenAt: dayOf(edit.seenAfter),
      absentAt: null,
      changedAfter: dayOf(edit.seenBefore),
    }));
}

type Parts = ReadonlyMap<TimelineEntry, SheetNotice[]>;

/** A correction, once for each fact it corrects; without a target it stays as it is, and its title speaks. */
function corrections(
  entry: TimelineEntry,
  parts: SheetNotice[],
  entries: readonly TimelineEntry[],
  all: Parts,
  notices: ReadonlyMap<string, Notice>,
): SheetNotice[] {
  const fields = entry.noticeIds.flatMap((id) => notices.get(id)?.fields ?? []);
  const target = correctedEntry(entry, fields, entries);
  const targets = target === null ? [] : firstCopy(all.get(target) ?? []);
  if (targets.length === 0) return parts;
  return parts.flatMap((part) =>
    targets
      .filter((t) => part.lots === undefined || t.lots === undefined || t.lots.some((lot) => part.lots?.includes(lot)))
      .map((t) => ({
        ...part,
        id: targets.length === 1 ? part.id : `${part.id}#lot${t.lots?.join('+') ?? ''}`,
        lots: targets.length === 1 ? part.lots : t.lots,
        corrects: t.id,
      })),
  );
}

/** Facts of the copy that came first: corrections name one page. */
function firstCopy(parts: SheetNotice[]): SheetNotice[] {
  const first = [...parts].sort((a, b) => compare(String(a.publishedAt), String(b.publishedAt)))[0];
  return first === undefined ? [] : parts.filter((p) => noticeIdOf(p.id) === noticeIdOf(first.id));
}

/**
 * Candidates published a second time in a round, by another notice than the first: the period starts anew if they changed.
 * A title that says so (重新公示) is believed; otherwise whether it restarts anything is not known, and the judge weighs both.
 * On a medium that is not designated it renews nothing.
 */
function renewals(
  entry: TimelineEntry,
  parts: SheetNotice[],
  entries: readonly TimelineEntry[],
  all: Parts,
): SheetNotice[] {
  const earlier = entries.filter(
    (e) => e !== entry && e.kind === 'candidate' && e.round === entry.round && (e.day ?? '9') < (entry.day ?? ''),
  );
  return parts.flatMap((part) => {
    const first = earlier
      .flatMap((e) => all.get(e) ?? [])
      .find((f) => f.lots === undefined || part.lots === undefined || f.lots.some((lot) => part.lots?.includes(lot)));
    if (first === undefined) return [];
    const said = /重新|变更|调整|更正|再次/.test(part.title);
    const same =
      first.candidates !== undefined &&
      part.candidates !== undefined &&
      first.candidates.join('\u0000') === part.candidates.join('\u0000');
    if (same && !said) return [];
    return [
      {
        ...part,
        id: `${part.id}${RENEWED}`,
        kind: 'correction' as const,
        corrects: first.id,
        material: said ? true : null,
      },
    ];
  });
}
