import type { LocalDay } from '../model/day.ts';
import type { NoticeKind } from '../model/notice.ts';
import { correctionTarget, time } from './evidence.ts';
import type { Event } from './evidence.ts';
import { sameParty } from './names.ts';
import type { Anchor, Publicity } from './publicity.ts';
import type { Rule } from './rules/rule.ts';

/** Everything that bears on one lot in the round judged. */
export interface Dossier {
  lot: string | null;
  severalLots: boolean;
  round: number;
  publicity: Publicity;
  /** Publicity of the lot and round on media that are not designated. */
  elsewhere: Event[];
  /** Publicity of the lot in other rounds. */
  otherRounds: Event[];
  /** Corrections of the publicity up to E, whatever they change. */
  corrections: Event[];
  /** Lists of the lot that were changed in place, whenever. */
  edits: Event[];
  /** Result notices, award letters, contracts of the lot; the earliest day first. */
  results: Event[];
  /** E; null = none yet. */
  resultDay: LocalDay | null;
  /** Termination or failure that no later publicity of the round contradicts. */
  termination: Event | null;
}

/** A candidate notice that says of itself that publicity is held again; it opens no new round (notice model). */
const HELD_AGAIN = /(重新|再次|再)(进行)?公示/;

/** Later stages: a correction told by its title to concern these does not touch the publicity. */
const BEFORE_PUBLICITY: readonly NoticeKind[] = ['tender', 'preview', 'prequalification', 'plan', 'other'];

/** Gathers the notices of one lot in one round. `events` are all of the project, oldest first. */
export function dossierOf(
  rule: Pick<Rule, 'startKinds' | 'endKinds'>,
  events: readonly Event[],
  round: number,
  lot: string | null,
  severalLots: boolean,
): Dossier {
  const isPublicity = (event: Event): boolean => rule.startKinds.includes(event.kind);
  const inRound = events.filter((event) => event.round === round);
  const speaksOf = (event: Event): boolean => !severalLots || (lot !== null && event.lots?.includes(lot) === true);
  const unknownScope = (event: Event): boolean => severalLots && event.lots === null;

  const results = inRound
    .filter((event) => rule.endKinds.includes(event.kind) && speaksOf(event))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const resultDay = results[0]?.day ?? null;

  const notices = inRound.filter((event) => isPublicity(event) && designated(event) && speaksOf(event));
  const { copies, restarts: heldAgain, doubtful: changedLists } = splitRepeats(notices, resultDay);
  const publicity: Publicity = {
    copies,
    copiesOfUnknownScope: inRound.filter((event) => isPublicity(event) && designated(event) && unknownScope(event)),
    restarts: heldAgain,
    restartCopies: [],
    doubtfulRestarts: changedLists.map((event) => ({ event, code: 'CORRECTION_MATERIALITY_UNKNOWN' })),
    amendedEnds: [],
  };

  const corrections: Event[] = [];
  const edits: Event[] = [];
  const firstDay = [...copies, ...publicity.copiesOfUnknownScope].map((e) => e.published).sort()[0];
  for (const event of inRound) {
    if (event.kind !== 'correction') continue;
    if (event.notice.changedAfter !== undefined) {
      if (isEditOf(rule, event, events, lot, severalLots)) edits.push(event);
      continue;
    }
    if (resultDay !== null && event.published > resultDay) continue;
    const target = correctionTarget(event, events);
    const concerns = target.kind !== null && rule.startKinds.includes(target.kind);
    const may =
      !concerns &&
      !target.sure &&
      (target.kind === null || BEFORE_PUBLICITY.includes(target.kind)) &&
      firstDay !== undefined &&
      event.published >= firstDay;
    if (!concerns && !may) continue;
    const lots = event.lots ?? target.lots;
    if (severalLots && lots !== null && !(lot !== null && lots.includes(lot))) continue;
    // One that names no lot may touch any of those that the notice it corrects speaks of.
    const ofThisLot = !severalLots || (lots !== null && (event.lots !== null || lots.length === 1));
    corrections.push(event);

    const material = event.notice.material ?? null;
    // A new end that it prints is a promise, whatever else it changes.
    if (material !== true && concerns && event.notice.statedPeriod?.to) publicity.amendedEnds.push(event);
    if (material === false) continue;
    // Of a correction whose title speaks of an earlier stage, "material" says nothing about the candidates.
    if (material === null || (may && target.kind !== null)) {
      publicity.doubtfulRestarts.push({ event, code: 'CORRECTION_MATERIALITY_UNKNOWN' });
    } else if (!ofThisLot) {
      publicity.doubtfulRestarts.push({ event, code: 'LOT_UNRESOLVED' });
    } else {
      publicity.restarts.push(event);
    }
  }

  for (const event of edits) {
    // An old page that is made to say what a notice has said changes nothing more.
    const isAnnounced = [...corrections, ...heldAgain].some(
      (e) => e.notice.material !== false && e.published <= event.published,
    );
    if (!isAnnounced) weighEdit(event, resultDay, publicity);
  }
  const { first, later } = withoutCopies(publicity.restarts);
  publicity.restarts = first;
  publicity.restartCopies = later;

  const ended = inRound.filter(
    (event) =>
      (event.kind === 'terminated' || event.kind === 'failed') &&
      (speaksOf(event) || unknownScope(event)) &&
      !notices.some((notice) => notice.published > event.published),
  );
  return {
    lot,
    severalLots,
    round,
    publicity,
    elsewhere: inRound.filter(
      (event) => isPublicity(event) && !designated(event) && (speaksOf(event) || unknownScope(event)),
    ),
    otherRounds: events.filter(
      (event) => event.round !== round && isPublicity(event) && (speaksOf(event) || unknownScope(event)),
    ),
    corrections,
    edits,
    results,
    resultDay,
    termination: ended.at(-1) ?? null,
  };
}

function isEditOf(
  rule: Pick<Rule, 'startKinds'>,
  event: Event,
  events: readonly Event[],
  lot: string | null,
  severalLots: boolean,
): boolean {
  const { kind, lots } = correctionTarget(event, events);
  if (kind === null || !rule.startKinds.includes(kind)) return false;
  return !severalLots || lots === null || (lot !== null && lots.includes(lot));
}

/**
 * A list changed in place took its place on some day from our last sight of the old one to our first of the new one. The
 * period starts anew on the first of these days at the earliest: what breaks it even so breaks it. Where a later day
 * would, or where it may have been changed after the result only, nobody can say. Whether a list of the same names was
 * changed, or is read otherwise, is open too.
 */
function weighEdit(event: Event, resultDay: LocalDay | null, { restarts, doubtfulRestarts }: Publicity): void {
  const since = editedSince(event);
  if (since === null || (resultDay !== null && since > resultDay)) return;
  const isBefore = resultDay === null || event.published <= resultDay;
  if (event.notice.material === true && isBefore) restarts.push({ ...event, published: since, day: since });
  const last = isBefore ? event.published : resultDay;
  doubtfulRestarts.push({
    event: { ...event, published: last, day: last },
    code: 'CORRECTION_MATERIALITY_UNKNOWN',
  });
}

/** The day of our last sight of the list before it was changed in place; null for any other notice. */
export function editedSince({ notice }: Event): LocalDay | null {
  return notice.changedAfter === undefined ? null : time(notice.changedAfter, notice.id, 'changedAfter').day;
}

/** All publicity of the round for the lot, on whatever medium: for candidate lists. */
export function candidateLists(dossier: Dossier): Event[] {
  const { copies, copiesOfUnknownScope, restarts, restartCopies, doubtfulRestarts } = dossier.publicity;
  const restarting = [...restarts, ...restartCopies, ...doubtfulRestarts.map((d) => d.event)];
  const all = [...copies, ...copiesOfUnknownScope, ...restarting];
  return [...new Set([...all, ...dossier.elsewhere])].filter((event) => event.kind !== 'correction');
}

/**
 * Days from the day after P to L on which no designated copy then published could be reached. Of a restarted period the
 * notice that restarted it counts by itself: a reachable page with the superseded list informs nobody of the new one.
 */
export function unreachableDays(
  publicity: Publicity,
  { day: anchor, correction }: Anchor,
  lastDay: LocalDay,
): LocalDay[] {
  const goneFrom = (event: Event): { published: LocalDay; gone: Set<LocalDay> } => ({
    published: event.published,
    gone: new Set((event.notice.unreachableDates ?? []).map((d) => time(d, event.notice.id, 'unreachableDates').day)),
  });
  const copies = [...publicity.copies, ...publicity.copiesOfUnknownScope].map(goneFrom);
  const restart = correction === null ? [] : [correction, ...publicity.restartCopies].map(goneFrom);
  const groups = [copies, restart].filter((group) => group.length > 0);
  const days = new Set(groups.flat().flatMap(({ gone }) => [...gone]));
  return [...days]
    .filter((day) => day > anchor && day <= lastDay)
    .filter((day) => groups.some((group) => group.every((copy) => copy.published > day || copy.gone.has(day))))
    .sort();
}

/**
 * Several designated media carry one correction on several days: the first counts, as of the publicity itself. The n-th
 * restart of each site is taken for the same one; media that are not designated are asked only where no other has any.
 */
function withoutCopies(restarts: readonly Event[]): { first: Event[]; later: Event[] } {
  const bySource = new Map<string, Event[]>();
  const counting = restarts.some(designated) ? restarts.filter(designated) : restarts;
  for (const event of counting.toSorted((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0)))
    bySource.set(event.notice.source, [...(bySource.get(event.notice.source) ?? []), event]);
  const first = new Set<Event>();
  for (let n = 0; [...bySource.values()].some((events) => n < events.length); n++) {
    const nth = [...bySource.values()].flatMap((events) => events[n] ?? []);
    first.add(nth.reduce((best, event) => (event.published < best.published ? event : best)));
  }
  return { first: [...first], later: restarts.filter((event) => !first.has(event)) };
}

/**
 * Parts the first publication and its copies from later notices that hold the publicity again.
 * A later notice with another candidate list under an ordinary title may be a changed result or another
 * site's way of printing: doubtful. `material` decides where it is given.
 */
function splitRepeats(
  notices: readonly Event[],
  resultDay: LocalDay | null,
): { copies: Event[]; restarts: Event[]; doubtful: Event[] } {
  const first = notices[0];
  const copies: Event[] = [];
  const restarts: Event[] = [];
  const doubtful: Event[] = [];
  for (const event of notices) {
    const later = first !== undefined && event.published > first.published;
    const counts = later && (resultDay === null || event.published <= resultDay);
    const material = event.notice.material;
    if (!counts || material === false) copies.push(event);
    else if (material === true || HELD_AGAIN.test(event.notice.title)) restarts.push(event);
    else {
      copies.push(event);
      if (listChanged(first, event)) doubtful.push(event);
    }
  }
  return { copies, restarts, doubtful };
}

/** True when the names that both lists print differ in rank; a shorter list alone is no change. */
function listChanged(before: Event, after: Event): boolean {
  const a = before.notice.candidates ?? [];
  const b = after.notice.candidates ?? [];
  if (String(before.lots) !== String(after.lots)) return false;
  return a.slice(0, b.length).some((name, index) => !sameParty(name, b[index]!));
}

/** Absent means designated. */
function designated(event: Event): boolean {
  return event.notice.designated !== false;
}
