import { createHash } from 'node:crypto';

import { addDays, dayFromNumber, dayNumber } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { ExtendCalendar } from '../model/errors.ts';
import { readLocal, readNational } from './calendar-data.ts';
import type { LocalData, NamedDay, NationalData, RestNotice } from './calendar-data.ts';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const;

/** 周一 … 周日. */
export function weekday(day: LocalDay): string {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((dayNumber(day) + 4) % 7) + 7) % 7]!;
}

interface Layers {
  national: NationalData;
  local: LocalData | null;
  /** Local days off count as rest days. */
  localDaysRest: boolean;
}

/**
 * Working days and rest days as the State Council's notices fix them, adjusted weekends (调休) included,
 * with the prefecture's own days off as a layer that can be laid over.
 *
 * Only whole years for which a notice is present are covered. Outside them every question is answered
 * with `ExtendCalendar`: a plain-weekend guess would be wrong around each holiday.
 * Immutable; every question is answered in constant time.
 */
export class Calendar {
  /** First and last day covered. */
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
  /** Changes exactly when an answer may change: date of the latest notice and a digest of all arrangements. */
  readonly version: string;
  /** Changes whenever anything may change that this calendar says, names and unknown years included. */
  readonly digest: string;
  /** Prefecture whose days off are known here; null = none configured. */
  readonly localName: string | null;
  readonly localPrefix: string | null;

  readonly #layers: Layers;
  readonly #first: number;
  /** Name of the holiday, or of the adjustment, of a day that is no ordinary day of the week. */
  readonly #special: Map<LocalDay, { rest: boolean; name: string }>;
  /** Covered days in order, and the place of each: cheaper than date arithmetic where a million notices are judged. */
  readonly #days: LocalDay[];
  /** #upTo[i] = working days among the first i covered days. */
  readonly #upTo: Int32Array;
  /** Offsets of working days from the first day, ascending. */
  readonly #working: Int32Array;
  #withLocal: Calendar | null = null;

  private constructor(layers: Layers) {
    this.#layers = layers;
    const { national, local } = layers;
    const years = national.notices.filter((n) => !n.amends).map((n) => n.year);
    this.firstDay = `${years[0]!}-01-01`;
    this.lastDay = `${years.at(-1)!}-12-31`;
    this.localName = local?.name ?? null;
    this.localPrefix = local?.regionPrefix ?? null;

    this.#special = new Map();
    for (const notice of national.notices) {
      for (const { name, from, to } of notice.holidays) {
        for (let n = dayNumber(from); n <= dayNumber(to); n++) {
          this.#special.set(dayFromNumber(n), { rest: true, name });
        }
      }
      for (const day of notice.worked) this.#special.set(day, { rest: false, name: '调休上班' });
    }
    if (layers.localDaysRest && local !== null) {
      for (const { day, name } of knownDays(local)) {
        // A day off that the nation has anyway keeps its national name.
        if (this.#special.get(day)?.rest !== true) {
          this.#special.set(day, { rest: true, name: `${name}（${local.name}）` });
        }
      }
    }

    this.#first = dayNumber(this.firstDay);
    const length = dayNumber(this.lastDay) - this.#first + 1;
    this.#days = Array.from({ length }, (_, i) => dayFromNumber(this.#first + i));
    this.#upTo = new Int32Array(length + 1);
    const working: number[] = [];
    for (let i = 0; i < length; i++) {
      const rest = this.#restOf(this.#days[i]!);
      if (!rest) working.push(i);
      this.#upTo[i + 1] = working.length;
    }
    this.#working = Int32Array.from(working);
    this.version = versionOf(layers);
    this.digest = createHash('sha256').update(JSON.stringify(layers)).digest('base64url');
  }

  /**
   * From the parsed content of config/calendar.json and config/calendar-local.yaml (null = no local days).
   * Local days do not rest until `withLocalDays` is asked for. Throws `FixConfiguration`.
   */
  static load(national: unknown, local: unknown): Calendar {
    return new Calendar({
      national: readNational(national),
      local: local === null || local === undefined ? null : readLocal(local),
      localDaysRest: false,
    });
  }

  /** The last day covered, where it is near and the next year's notice should be looked for: it is issued in October or November. */
  endsSoon(today: LocalDay): LocalDay | null {
    return dayNumber(this.lastDay) - dayNumber(today) <= NOTICE_DUE_DAYS ? this.lastDay : null;
  }

  covers(day: LocalDay): boolean {
    return day >= this.firstDay && day <= this.lastDay;
  }

  /** Throws `ExtendCalendar` for a day outside the years covered. */
  isRest(day: LocalDay): boolean {
    const offset = this.#offset(day);
    return this.#upTo[offset + 1] === this.#upTo[offset];
  }

  /** Why a day rests or works, for people: 周三, 周六, 国庆节, 调休上班, 州庆（红河州）. */
  why(day: LocalDay): string {
    if (!this.covers(day)) return `${this.weekday(day)}（日历未收录）`;
    const special = this.#special.get(day);
    if (special === undefined) return this.weekday(day);
    // A notice may list an ordinary Monday as the first day back at work (2020-02-03).
    return special.rest || isWeekend(day) ? special.name : this.weekday(day);
  }

  /** The State Council's notice that decides about a day: the last that names it, else that of its year. Null: not covered. */
  noticeFor(day: LocalDay): RestNotice | null {
    const { notices } = this.#layers.national;
    const naming = notices.findLast(
      ({ holidays, worked }) => worked.includes(day) || holidays.some(({ from, to }) => from <= day && day <= to),
    );
    return naming ?? notices.findLast(({ year }) => String(year) === day.slice(0, 4)) ?? null;
  }

  /** Every notice that decides about a day of a span, in order of publication. */
  noticesFor(from: LocalDay, to: LocalDay): RestNotice[] {
    const deciding = new Set<RestNotice>();
    const last = to < this.lastDay ? to : this.lastDay;
    for (let day = from > this.firstDay ? from : this.firstDay; day <= last; day = addDays(day, 1)) {
      const notice = this.noticeFor(day);
      if (notice !== null) deciding.add(notice);
    }
    return this.#layers.national.notices.filter((notice) => deciding.has(notice));
  }

  /** Where the prefecture's days off of a year are from; null where they are not known. */
  localSource(year: number | string): string | null {
    const entry = this.#layers.local?.years[String(year)];
    return entry?.known === true ? entry.source : null;
  }

  /** 周一 … 周日. */
  weekday(day: LocalDay): string {
    const place = this.#placeOf(day);
    return place === undefined ? weekday(day) : WEEKDAYS[(this.#first + place + 4) % 7]!;
  }

  /** So many days later, covered or not. */
  addDays(day: LocalDay, days: number): LocalDay {
    const place = this.#placeOf(day);
    return (place === undefined ? undefined : this.#days[place + days]) ?? addDays(day, days);
  }

  /** The day itself when it is a working day, else the next one. Throws `ExtendCalendar` past the years covered. */
  nextWorkingDay(day: LocalDay): LocalDay {
    return this.#workingAt(this.#upTo[this.#offset(day)]!, day);
  }

  /** The n-th working day after a day, which itself is not counted; n ≥ 1. Throws `ExtendCalendar`. */
  nthWorkingDayAfter(day: LocalDay, n: number): LocalDay {
    return this.#workingAt(this.#upTo[this.#offset(day) + 1]! + n - 1, day);
  }

  /** Working days from the one day to the other, both included; 0 when `to` is before `from`. Throws `ExtendCalendar`. */
  workingDaysBetween(from: LocalDay, to: LocalDay): number {
    if (to < from) return 0;
    return this.#upTo[this.#offset(to) + 1]! - this.#upTo[this.#offset(from)]!;
  }

  /** The same calendar with the prefecture's known days off as rest days. */
  withLocalDays(): Calendar {
    if (this.#layers.localDaysRest || this.#layers.local === null) return this;
    this.#withLocal ??= new Calendar({ ...this.#layers, localDaysRest: true });
    return this.#withLocal;
  }

  /** False: the prefecture's days off of that year are unknown, which is not the same as absent. */
  knowsLocalDays(year: number | string): boolean {
    return this.#layers.local?.years[String(year)]?.known ?? false;
  }

  /** Days off that the operator declares, added to those known; their years become known. */
  declare(days: NamedDay[]): Calendar {
    if (days.length === 0) return this;
    const local = this.#layers.local ?? { name: '红河州', regionPrefix: '5325', years: {} };
    const years: LocalData['years'] = { ...local.years };
    for (const named of days) {
      const year = named.day.slice(0, 4);
      const entry = years[year];
      years[year] = {
        known: true,
        source: entry?.known === true ? entry.source : '本次声明',
        days: [...(entry?.known === true ? entry.days : []), named],
      };
    }
    return new Calendar({ ...this.#layers, local: { ...local, years } });
  }

  /**
   * The calendar as it was known at the end of that day: only notices published by then.
   * Null when none had been. Local days carry no date of publication and stay.
   */
  knownOn(day: LocalDay): Calendar | null {
    const notices = this.#layers.national.notices.filter((n) => n.published <= day);
    if (notices.length === 0) return null;
    return new Calendar({ ...this.#layers, national: { ...this.#layers.national, notices } });
  }

  /**
   * The calendar that bore a version: notices are only ever added at the end, and years of local days filled in, so an
   * earlier calendar is this one without some of them; the version's digest proves which. Null where none of them has
   * it: days were rewritten in place, or the version is none of this configuration's.
   */
  ofVersion(version: string): Calendar | null {
    if (version === this.version) return this;
    const { national, local } = this.#layers;
    for (let n = national.notices.length; n > 0; n--) {
      const notices = national.notices.slice(0, n);
      if (!version.startsWith(`${notices.at(-1)!.published}.`)) continue;
      const earlier = { ...national, notices };
      for (const known of earlierLocals(local)) {
        const layers = { ...this.#layers, national: earlier, local: known };
        if (versionOf(layers) === version) return new Calendar(layers);
      }
    }
    return null;
  }

  #restOf(day: LocalDay): boolean {
    return this.#special.get(day)?.rest ?? isWeekend(day);
  }

  /** Undefined for a day that is not covered, and for a text that is no day. */
  #placeOf(day: LocalDay): number | undefined {
    const place = dayNumber(day) - this.#first;
    return this.#days[place] === day ? place : undefined;
  }

  #offset(day: LocalDay): number {
    const place = this.#placeOf(day);
    if (place === undefined) throw new ExtendCalendar(day);
    return place;
  }

  #workingAt(index: number, after: LocalDay): LocalDay {
    const offset = this.#working[index];
    if (offset === undefined) {
      // The answer lies past the last day covered.
      throw new ExtendCalendar(dayFromNumber(Math.max(dayNumber(this.lastDay), dayNumber(after)) + 1));
    }
    return this.#days[offset]!;
  }
}

/** Sixty days before the year ends: deadlines of thirty working days begin to run beyond it in the middle of November. */
const NOTICE_DUE_DAYS = 60;

function isWeekend(day: LocalDay): boolean {
  const name = weekday(day);
  return name === '周六' || name === '周日';
}

function knownDays(local: LocalData): NamedDay[] {
  return Object.values(local.years).flatMap((entry) => (entry.known ? entry.days : []));
}

/** Years of local days beyond so many are taken back in order only: 2^10 combinations are tried in milliseconds. */
const YEARS_COMBINED = 10;

/** The local layer with each selection of its known years, the others unknown. */
function* earlierLocals(local: LocalData | null): Generator<LocalData | null> {
  if (local === null) {
    yield null;
    return;
  }
  const known = Object.keys(local.years).filter((year) => local.years[year]!.known);
  const only = (kept: readonly string[]): LocalData => ({
    ...local,
    years: Object.fromEntries(
      Object.entries(local.years).map(([year, entry]) => [
        year,
        kept.includes(year) ? entry : { known: false as const },
      ]),
    ),
  });
  if (known.length > YEARS_COMBINED) {
    for (let n = known.length; n >= 0; n--) yield only(known.slice(0, n));
    return;
  }
  for (let chosen = 2 ** known.length - 1; chosen >= 0; chosen--) {
    yield only(known.filter((_, i) => (chosen & (1 << i)) !== 0));
  }
}

function versionOf({ national, local }: Pick<Layers, 'national' | 'local'>): string {
  const days = local === null ? [] : knownDays(local).map((d) => d.day);
  const arrangements = national.notices.map((n) => [n.year, n.published, n.holidays, n.worked]);
  const digest = createHash('sha256')
    .update(JSON.stringify([arrangements, days.sort()]))
    .digest('hex')
    .slice(0, 8);
  return `${national.notices.at(-1)!.published}.${digest}`;
}
