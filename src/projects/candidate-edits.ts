import type { Store } from '../../storage/store.ts';
import { bodyRecordId } from '../model/archive.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import type { CandidateReading, Notice, NoticeRevision } from '../model/notice.ts';
import { nameKey } from '../notices/parties.ts';

/** A list of candidates that a page showed, and another one in its place later, without a notice that says so. */
export interface CandidateEdit {
  /** Of the notice, with the new list. */
  revision: number;
  before: CandidateReading[];
  after: CandidateReading[];
  /** Epoch ms: our last visit that found the old bytes, our first that found the new list. */
  seenBefore: number;
  seenAfter: number;
  /** A name of the old list stands nowhere on the page any more: no other way of reading the same words explains it. */
  isCertain: boolean;
}

/** By notice; most have none. */
export type CandidateEdits = ReadonlyMap<string, readonly CandidateEdit[]>;

/** The lists of candidates that were changed in place, as far as our visits show it. */
export async function candidateEditsOf(
  store: Pick<Store, 'notices' | 'runs'>,
  notices: readonly Notice[],
): Promise<CandidateEdits> {
  const edits = new Map<string, readonly CandidateEdit[]>();
  for (const notice of notices) {
    if (notice.revision === 1 || notice.fields.kind !== 'candidate') continue;
    const found: CandidateEdit[] = [];
    let shown: NoticeRevision | null = null;
    for (const revision of await store.notices.revisions(notice.id)) {
      // A page on which no list could be read says nothing of the list.
      if (revision.fields.candidates.length === 0) continue;
      const before = shown;
      shown = revision;
      if (before === null || !listDiffers(before.fields.candidates, revision.fields.candidates)) continue;
      const seenBefore = await lastSightOf(store, before, revision);
      if (seenBefore !== null) found.push(editOf(notice, before, revision, seenBefore));
    }
    if (found.length > 0) edits.set(notice.id, found);
  }
  return edits;
}

/** Other names, another order, another price; width, brackets and blanks apart. */
export function listDiffers(before: readonly CandidateReading[], after: readonly CandidateReading[]): boolean {
  const [a, b] = [ranked(before), ranked(after)];
  return (
    a.length !== b.length ||
    a.some((one, i) => {
      const other = b[i]!;
      const isPriced = one.price !== null && other.price !== null;
      return (
        one.lot !== other.lot || nameKey(one.name) !== nameKey(other.name) || (isPriced && one.price !== other.price)
      );
    })
  );
}

function ranked(list: readonly CandidateReading[]): CandidateReading[] {
  return list.toSorted((a, b) => ((a.lot ?? '') < (b.lot ?? '') ? -1 : a.lot === b.lot ? a.rank - b.rank : 1));
}

function editOf(notice: Notice, before: NoticeRevision, after: NoticeRevision, seenBefore: number): CandidateEdit {
  const text = nameKey(notice.text);
  const left = new Set(after.fields.candidates.map(({ name }) => nameKey(name)));
  const dropped = before.fields.candidates.map(({ name }) => nameKey(name)).filter((name) => !left.has(name));
  return {
    revision: after.revision,
    before: before.fields.candidates,
    after: after.fields.candidates,
    seenBefore,
    seenAfter: after.observedAt,
    isCertain: dropped.some((name) => !text.includes(name)),
  };
}

/**
 * When the old bytes were last found: a reply with them, or one that confirms them. Null where the page has the same
 * bytes as before: then it was the program that reads them otherwise.
 */
async function lastSightOf(
  { runs }: Pick<Store, 'runs'>,
  before: NoticeRevision,
  after: NoticeRevision,
): Promise<number | null> {
  const [old, now] = [await runs.archiveRecord(before.archiveId), await runs.archiveRecord(after.archiveId)];
  if (old === null || now === null) return before.observedAt;
  if (old.sha256 === now.sha256) return null;
  const visits = await runs.archiveRecordsOf(old.url);
  const bodies = new Set(
    visits.filter(({ sha256, revisits }) => revisits === undefined && sha256 === old.sha256).map(idOf),
  );
  const sights = visits.filter((visit) => visit.fetchedAt < after.observedAt && bodies.has(bodyRecordId(visit)));
  return Math.max(before.observedAt, ...sights.map(({ fetchedAt }) => fetchedAt));
}

function idOf({ id }: ArchiveRecord): string {
  return id;
}
