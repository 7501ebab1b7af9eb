import type { LocalDay } from '../model/day.ts';
import { CorrectInput } from '../model/errors.ts';
import type { FactNotice, ProjectFacts } from '../model/facts.ts';
import type { NoticeKind } from '../model/notice.ts';
import { lotNamesOf } from './lot-names.ts';
import type { LotNames } from './lot-names.ts';
import { correctedKind, kindOfTitle, roundOfTitle } from './title-reading.ts';
import { readDay, readTime } from './times.ts';
import type { StatedTime } from './times.ts';

/** A notice with its times read, its kind and round settled. */
export interface Event {
  notice: FactNotice;
  kind: NoticeKind;
  round: number;
  /** Lots it speaks of, under the names the project gives them; null = it names none. */
  lots: readonly string[] | null;
  /** Stated day of publication: the one of our earliest snapshot where the site changed it. */
  published: LocalDay;
  /** The day the site shows now, where it differs from `published`; else null. */
  nowShows: LocalDay | null;
  /** Day on which the event itself took place: letter and contract by their own date, else the publication. */
  day: LocalDay;
  firstSeen: LocalDay | null;
  /** End of the last complete run without it, where one can testify. */
  absent: LocalDay | null;
  /** How far the stated day is contradicted or confirmed by our own visits. */
  sight: Sight;
}

/**
 * - `consistent`: nothing speaks against the stated day, or no first sight is known
 * - `unverified`: first seen on a later day, and no complete run can testify that it was absent
 * - `contradicted`: a complete run after the stated day did not have it
 * - `open`: absent in a run up to the stated day, first seen after it: the stated day lies in between
 */
type Sight = 'consistent' | 'unverified' | 'contradicted' | 'open';

/** Notices of a project up to `asOf`, oldest first; those of one day stay in the order given. Throws `CorrectInput` on a time that cannot be read. */
export function eventsOf(facts: ProjectFacts): Event[] {
  const asOf = facts.asOf === null ? null : day(facts.asOf, facts.id, 'asOf');
  const lotNames = lotNamesOf(facts);
  const events: Event[] = [];
  for (const notice of facts.notices) {
    const event = toEvent(notice, facts, lotNames);
    if (asOf === null || event.published <= asOf) events.push(event);
  }
  return events.sort((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0));
}

/** The day a project is judged by. */
export function projectDay(facts: ProjectFacts): LocalDay {
  return day(facts.project.on, facts.id, 'project.on');
}

/** Lots in order; one `null` for a project without lots. */
export function lotsOf(facts: ProjectFacts, events: readonly Event[]): (string | null)[] {
  const declared = facts.project.lots ?? [];
  const lots = [
    ...new Set(declared.length > 0 ? declared.map(lotNamesOf(facts).nameOf) : events.flatMap((e) => e.lots ?? [])),
  ];
  if (lots.length > 1) return lots;
  return declared.length === 0 ? [null] : lots;
}

/** A time of the facts as a stated time; `key` for the error. */
export function time(value: string | number, owner: string, key: string): StatedTime {
  const read = readTime(value);
  if (read !== null) return read;
  throw unreadable(value, owner, key);
}

function unreadable(value: string | number, owner: string, key: string): CorrectInput {
  return new CorrectInput(
    `${owner} 的 ${key} 不是可识别的时间：${JSON.stringify(value)}`,
    '请改为日期（2024-03-04）、本地时间（2024-03-04 09:30）、带时区的 ISO 时间或毫秒时间戳。',
    { id: owner, key, got: value },
  );
}

function day(value: string | number, owner: string | (() => string), key: string): LocalDay {
  const read = readDay(value);
  if (read !== null) return read;
  throw unreadable(value, typeof owner === 'string' ? owner : owner(), key);
}

function toEvent(notice: FactNotice, facts: ProjectFacts, lotNames: LotNames): Event {
  const owner = (): string => `${facts.id} ${notice.id}`;
  const read = (value: string | number | null | undefined, key: string): LocalDay | null =>
    value === null || value === undefined ? null : day(value, owner, key);

  const kind = notice.kind ?? kindOfTitle(notice.title);
  const shown = day(notice.publishedAt, owner, 'publishedAt');
  const published = read(notice.prevPublishedAt, 'prevPublishedAt') ?? shown;
  const firstSeen = read(notice.firstSeenAt, 'firstSeenAt');
  const absent = read(notice.absentAt, 'absentAt');
  const eventDay = read(notice.eventDate, 'eventDate');
  return {
    notice,
    kind,
    round: notice.round ?? roundOf(notice, facts.notices),
    lots: notice.lots?.length ? [...new Set(notice.lots.map(lotNames.nameOf))] : lotNames.inTitle(notice.title),
    published,
    nowShows: shown === published ? null : shown,
    day: kind === 'award_letter' || kind === 'contract' ? (eventDay ?? published) : published,
    firstSeen,
    absent,
    sight: sightOf(notice, published, firstSeen, absent, facts.coverage),
  };
}

/** The round the facts name, else that of the notice it corrects, else the title's. A chain of corrections is followed, a circle ends. */
function roundOf(notice: FactNotice, notices: readonly FactNotice[]): number {
  let current = notice;
  for (let steps = 0; current.round === undefined && current.corrects !== undefined && steps < 10; steps++) {
    const { corrects } = current;
    const corrected = notices.findLast(({ id }) => id === corrects);
    if (corrected === undefined) break;
    current = corrected;
  }
  return current.round ?? roundOfTitle(current.title);
}

function sightOf(
  notice: FactNotice,
  published: LocalDay,
  firstSeen: LocalDay | null,
  absent: LocalDay | null,
  coverage: ProjectFacts['coverage'],
): Sight {
  if (firstSeen === null || firstSeen <= published) return 'consistent';
  if (notice.absentAt === undefined) return coverage === 'complete' ? 'contradicted' : 'unverified';
  if (absent === null) return 'unverified';
  return absent > published ? 'contradicted' : 'open';
}

/** What a correction corrects: `sure` when it names the notice, else told from its title. Kind null = it does not say. */
export interface CorrectionTarget {
  kind: NoticeKind | null;
  sure: boolean;
  lots: readonly string[] | null;
}

export function correctionTarget(correction: Event, events: readonly Event[]): CorrectionTarget {
  let current = correction;
  // A correction may correct a correction; the chain is followed to its first notice, a circle ends it.
  for (let steps = 0; steps < 10; steps++) {
    const id = current.notice.corrects;
    const target = id === undefined ? undefined : events.find((event) => event.notice.id === id);
    if (target === undefined) break;
    if (target.kind !== 'correction') return { kind: target.kind, sure: true, lots: target.lots };
    current = target;
  }
  const told = correctedKind(correction.notice.title);
  return { kind: told === 'other' || told === 'correction' ? null : told, sure: false, lots: null };
}
