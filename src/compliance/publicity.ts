import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { ReasonCode } from '../model/finding.ts';
import type { Calendar } from './calendar.ts';
import { countPeriod } from './counting.ts';
import type { CountedPeriod, Period } from './counting.ts';
import { time } from './evidence.ts';
import type { Event } from './evidence.ts';

/** What starts and restarts the period of one lot in one round. */
export interface Publicity {
  /** Publicity notices on designated media that speak of the lot. */
  copies: Event[];
  /** The same without naming lots in a project of several: they may or may not speak of this one. */
  copiesOfUnknownScope: Event[];
  /** Corrections that are known to change candidates, ranking, price or qualification. */
  restarts: Event[];
  /** Later copies of those on other sites: they carry the restart on, and restart nothing themselves. */
  restartCopies: Event[];
  /** Corrections of which that is not known, each with the code that says why. */
  doubtfulRestarts: { event: Event; code: 'CORRECTION_MATERIALITY_UNKNOWN' | 'LOT_UNRESOLVED' }[];
  /** Corrections that restart nothing but print another end of the period: 延长公示. */
  amendedEnds: Event[];
}

/** End of the period as the page promises it; `minutes` null where it names a day only. */
interface StatedEnd {
  day: LocalDay;
  minutes: number | null;
  /** False: it was stated before a restart, or moved by a correction, so it promises but no longer measures. */
  current: boolean;
}

/** P, and what set it. */
export interface Anchor {
  day: LocalDay;
  setBy: 'publication' | 'stated_start' | 'correction';
  /** The publication that started the period. */
  publication: Event;
  correction: Event | null;
  statedEnd: StatedEnd | null;
  /** A notice whose stated dates cannot be meant: nothing was counted from them. */
  misprinted: Event | null;
}

/** One way of reading the facts where they leave a choice. */
export interface Reading {
  calendar: Calendar;
  /** Count notices of unknown scope as speaking of the lot. */
  withUnknownScope: boolean;
  /** One doubtful correction taken as a restart; null = none. As P is the latest of all, the latest one decides. */
  doubtful: Event | null;
  /** Take our first sight instead of a stated day that a complete run contradicts (`contradicted`) or that none confirms (`all`). */
  firstSight: 'never' | 'contradicted' | 'all';
}

/** Date verdict under one reading. `main` null and `missing` null: in order. */
export interface Assessment {
  anchor: Anchor | null;
  counted: CountedPeriod | null;
  /** Main code of a date violation. */
  main: Extract<
    ReasonCode,
    | 'MISSING_PUBLICITY'
    | 'RESULT_BEFORE_PUBLICITY'
    | 'SAME_DAY'
    | 'PERIOD_TOO_SHORT'
    | 'ROLLOVER_NOT_OBSERVED'
    | 'STATED_PERIOD_TOO_SHORT'
    | 'RESULT_BEFORE_STATED_END'
  > | null;
  /** Undetermined under this reading, violation apart. */
  doubt: 'CALENDAR_MISSING' | 'HOUR_COUNT_AMBIGUOUS' | null;
}

/** P = latest of first designated publication, stated start, last material correction. Null: no publicity. */
function anchorOf(publicity: Publicity, reading: Reading): Anchor | null {
  const dayOf = (event: Event): LocalDay => observed(event, reading.firstSight);
  const copies = [...publicity.copies, ...(reading.withUnknownScope ? publicity.copiesOfUnknownScope : [])];
  const first = earliest(copies, dayOf);
  if (first === null) return null;

  // Several designated media: the first counts; what it states of the period binds. Of copies of that day, one that states a period speaks.
  const firstDay = dayOf(first);
  const speaking = copies.find((copy) => dayOf(copy) === firstDay && states(copy)) ?? first;
  const restarts = [...publicity.restarts, ...(reading.doubtful === null ? [] : [reading.doubtful])];
  const restart = restarts.reduce<Event | null>(
    (last, e) => (last === null || dayOf(e) >= dayOf(last) ? e : last),
    null,
  );

  const from = plausibleTime(speaking, 'from');
  let anchorDay = firstDay;
  let setBy: Anchor['setBy'] = 'publication';
  if (from !== null && from.day > anchorDay) {
    anchorDay = from.day;
    setBy = 'stated_start';
  }
  let source = speaking;
  if (restart !== null && dayOf(restart) > anchorDay) {
    anchorDay = dayOf(restart);
    setBy = 'correction';
    if (states(restart)) source = restart;
    const newStart = plausibleTime(restart, 'from');
    if (newStart !== null && newStart.day > anchorDay) anchorDay = newStart.day;
  }
  const superseded = setBy === 'correction' && source === speaking;
  return {
    day: anchorDay,
    setBy,
    publication: speaking,
    correction: setBy === 'correction' ? restart : null,
    statedEnd: amendedEnd(publicity, source, statedEnd(source, anchorDay, reading.calendar, superseded)),
    misprinted: [source, speaking].find(isMisprinted) ?? null,
  };
}

/**
 * The end that a later correction prints in the place of the first one. It binds as a promise; what a correction of
 * a telephone number reprints shortened makes no period too short, and reprinted as it was it changes nothing. Only a
 * day named outright: 延长3日 does not say from when.
 */
function amendedEnd({ amendedEnds }: Publicity, source: Event, first: StatedEnd | null): StatedEnd | null {
  const last = amendedEnds.filter((event) => event !== source && event.published >= source.published).at(-1);
  const to = last === undefined ? null : plausibleTime(last, 'to');
  return to === null || to.day === first?.day ? first : { ...to, current: false };
}

/** Compares E with the period under one reading. `resultDate` null: still open, only the dates are counted. */
export function assess(
  publicity: Publicity,
  reading: Reading,
  period: Period,
  rollover: boolean,
  resultDate: LocalDay | null,
): Assessment {
  const anchor = anchorOf(publicity, reading);
  if (anchor === null) {
    return { anchor, counted: null, main: resultDate === null ? null : 'MISSING_PUBLICITY', doubt: null };
  }
  const counted = countPeriod(period, anchor.day, reading.calendar, rollover);
  const judged = resultDate === null ? { main: null, doubt: null } : compare(resultDate, counted, anchor.statedEnd);
  return { anchor, counted, ...judged };
}

/** The table of main codes, the first that fits. */
function compare(
  resultDate: LocalDay,
  { anchor, nominalLastDay, lastDay }: CountedPeriod,
  statedEnd: StatedEnd | null,
): Pick<Assessment, 'main' | 'doubt'> {
  const violation = (main: Assessment['main']): Pick<Assessment, 'main' | 'doubt'> => ({ main, doubt: null });
  if (resultDate < anchor) return violation('RESULT_BEFORE_PUBLICITY');
  if (resultDate === anchor) return violation('SAME_DAY');
  if (nominalLastDay === null) return { main: null, doubt: 'CALENDAR_MISSING' };
  if (resultDate <= nominalLastDay) return violation('PERIOD_TOO_SHORT');
  if (lastDay === null) return { main: null, doubt: 'CALENDAR_MISSING' };
  if (resultDate <= lastDay) return violation('ROLLOVER_NOT_OBSERVED');
  if (statedEnd === null) return { main: null, doubt: null };
  if (statedEnd.current && statedEnd.day < nominalLastDay) return violation('STATED_PERIOD_TOO_SHORT');
  if (resultDate <= statedEnd.day) return violation('RESULT_BEFORE_STATED_END');
  // 72 hours from a morning end on the morning of day 3: whether that is three days is disputed. From noon on it passes for the whole day.
  const endsInTheMorning = statedEnd.minutes !== null && statedEnd.minutes < 12 * 60;
  if (statedEnd.current && statedEnd.day === nominalLastDay && endsInTheMorning) {
    return { main: null, doubt: 'HOUR_COUNT_AMBIGUOUS' };
  }
  return { main: null, doubt: null };
}

/** `to` is the stated end; `workdays: n` the n-th working day after P, `days: n` the n-th calendar day. */
function statedEnd(source: Event, anchor: LocalDay, calendar: Calendar, superseded: boolean): StatedEnd | null {
  const stated = source.notice.statedPeriod;
  if (stated === null || stated === undefined) return null;
  const to = plausibleTime(source, 'to');
  if (to !== null) return { ...to, current: !superseded };
  if (isCount(stated.workdays)) {
    const end = countPeriod({ length: stated.workdays, unit: 'workday' }, anchor, calendar, false).lastDay;
    return end === null ? null : { day: end, minutes: null, current: true };
  }
  if (isCount(stated.days)) return { day: addDays(anchor, stated.days), minutes: null, current: true };
  if (stated.hours) return { ...hoursLater(source, anchor, stated.hours), current: true };
  return null;
}

/** From the stated start's hour, else the publication's; from an unknown hour whole days are all that can be said. */
function hoursLater(source: Event, anchor: LocalDay, hours: number): { day: LocalDay; minutes: number | null } {
  const { notice } = source;
  const start =
    plausibleTime(source, 'from') ?? time(notice.prevPublishedAt ?? notice.publishedAt, notice.id, 'publishedAt');
  if (start.minutes === null || start.day !== anchor)
    return { day: addDays(anchor, Math.floor(hours / 24)), minutes: null };
  const minutes = start.minutes + hours * 60;
  return { day: addDays(anchor, Math.floor(minutes / 1440)), minutes: minutes % 1440 };
}

function isCount(n: number | null | undefined): n is number {
  return typeof n === 'number' && Number.isInteger(n) && n > 0 && n < 1000;
}

function states(event: Event): boolean {
  const stated = event.notice.statedPeriod;
  if (stated === null || stated === undefined) return false;
  return (
    Boolean(stated.from) ||
    Boolean(stated.to) ||
    isCount(stated.workdays) ||
    isCount(stated.days) ||
    Boolean(stated.hours)
  );
}

/** Stated and published lie some days apart at most; a wrong month is 28 days off, a wrong year 365. */
const FARTHEST_DAYS = 25;
/** Publicity is promised for days, at most for weeks. */
const LONGEST_DAYS = 60;

/**
 * True when the printed period cannot be meant: it ends before it begins, or lies in another month or year than the
 * publication. A slip of the pen promises nothing and measures nothing. A period that was over some days before the
 * page went up is none: then nobody had it to object in.
 */
function isMisprinted(event: Event): boolean {
  const from = statedTime(event, 'from')?.day ?? null;
  const to = statedTime(event, 'to')?.day ?? null;
  if (from === null && to === null) return false;
  if (from !== null && to !== null && to < from) return true;
  // Nearly always in the month of the publication: then neither month nor year is wrong, and no days need be counted.
  const month = event.published.slice(0, 7);
  if (from?.startsWith(month) !== false && to?.startsWith(month) !== false) return false;
  const earliest = addDays(event.published, -FARTHEST_DAYS);
  // A correction may reprint the start of the first publication, however long ago.
  const beganLongAgo = from !== null && from < earliest && event.kind !== 'correction';
  return (
    beganLongAgo ||
    (from !== null && from > addDays(event.published, FARTHEST_DAYS)) ||
    (to !== null && (to < earliest || to > addDays(event.published, LONGEST_DAYS)))
  );
}

function plausibleTime(event: Event, key: 'from' | 'to'): { day: LocalDay; minutes: number | null } | null {
  const stated = statedTime(event, key);
  return stated === null || isMisprinted(event) ? null : stated;
}

function statedTime(event: Event, key: 'from' | 'to'): { day: LocalDay; minutes: number | null } | null {
  const value = event.notice.statedPeriod?.[key];
  return value === null || value === undefined || value === ''
    ? null
    : time(value, event.notice.id, `statedPeriod.${key}`);
}

function observed(event: Event, firstSight: Reading['firstSight']): LocalDay {
  if (firstSight === 'never' || event.firstSeen === null || event.sight === 'consistent') return event.published;
  if (firstSight === 'contradicted' && event.sight !== 'contradicted') return event.published;
  return event.firstSeen;
}

function earliest(events: readonly Event[], dayOf: (event: Event) => LocalDay): Event | null {
  return events.reduce<Event | null>((best, e) => (best === null || dayOf(e) < dayOf(best) ? e : best), null);
}
