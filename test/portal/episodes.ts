import { addDays, dayNumber } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { SiteId } from './model.ts';
import { workdayAfter } from './calendar.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';

/** A site's trouble from one morning to another evening, both days included. */
export interface Episode {
  site: SiteId;
  fault: Fault;
  from: LocalDay;
  to: LocalDay;
  /** What a crawler should say of it, any one; empty: nothing, the site only looks unwell. */
  says: readonly string[];
}

/** Where a fault can be planted and what it is called by whoever meets it. */
interface Trouble {
  kind: FaultKind;
  sites: readonly SiteId[];
  says: readonly string[];
  days: readonly [number, number];
  fault?: Partial<Fault>;
}

const EVERY: readonly SiteId[] = ['landchina', 'yn_ccgp', 'yn_ggzy', 'ky_gov', 'hh_finance'];
const PAGED: readonly SiteId[] = ['hh_finance'];
const STATIC: readonly SiteId[] = ['ky_gov', 'hh_finance'];

const TROUBLES: readonly Trouble[] = [
  { kind: 'down', sites: EVERY, says: ['CONNECTION_REFUSED'], days: [1, 3] },
  { kind: 'dns', sites: EVERY, says: ['DNS_FAILED'], days: [1, 2] },
  { kind: 'tls', sites: EVERY, says: ['TLS_FAILED'], days: [1, 2] },
  { kind: 'slow', sites: ['landchina', 'ky_gov'], says: ['TIMED_OUT'], days: [1, 1], fault: { delayMs: 30_000 } },
  { kind: 'error-500', sites: EVERY, says: ['HTTP_5XX'], days: [1, 3] },
  { kind: 'detail-404', sites: STATIC, says: ['HTTP_4XX'], days: [1, 2] },
  { kind: 'redirect', sites: EVERY, says: ['REDIRECTED_ELSEWHERE'], days: [1, 2] },
  { kind: 'challenge', sites: EVERY, says: ['CHALLENGE'], days: [1, 2] },
  { kind: 'waf', sites: ['ky_gov', 'hh_finance', 'yn_ggzy'], says: ['CHALLENGE'], days: [1, 2], fault: { after: 3 } },
  { kind: 'forbidden', sites: EVERY, says: ['BLOCKED', 'CHALLENGE'], days: [1, 2] },
  { kind: 'too-many', sites: EVERY, says: ['BLOCKED'], days: [1, 2] },
  { kind: 'html-for-json', sites: ['yn_ggzy', 'landchina', 'yn_ccgp'], says: ['WRONG_CONTENT_TYPE'], days: [1, 2] },
  { kind: 'empty-body', sites: EVERY, says: ['BODY_EMPTY'], days: [1, 2] },
  { kind: 'truncated', sites: EVERY, says: ['BODY_TRUNCATED'], days: [1, 2] },
  { kind: 'huge-body', sites: STATIC, says: ['BODY_TOO_LARGE'], days: [1, 1], fault: { where: 'list' } },
  { kind: 'wrong-charset', sites: PAGED, says: ['CHARSET_BROKEN'], days: [1, 2] },
  { kind: 'site-error', sites: ['landchina', 'yn_ggzy', 'yn_ccgp'], says: ['SITE_ERROR'], days: [1, 2] },
  { kind: 'redesign', sites: STATIC, says: ['LIST_STRUCTURE_CHANGED'], days: [2, 4] },
  { kind: 'detail-redesign', sites: STATIC, says: ['FIELD_MISSING'], days: [2, 3] },
  { kind: 'empty-list', sites: ['hh_finance', 'ky_gov'], says: ['LIST_EMPTY'], days: [1, 2] },
  { kind: 'repeats-page-1', sites: PAGED, says: ['REPEATED_PAGE'], days: [1, 2] },
  { kind: 'pagination-short', sites: PAGED, says: ['PAGINATION_SHORT'], days: [1, 2] },
  { kind: 'page-shift', sites: PAGED, says: ['PAGE_SHIFTED'], days: [1, 1] },
  { kind: 'missing-day', sites: ['hh_finance', 'yn_ggzy'], says: ['DAY_MISSING'], days: [1, 3] },
  { kind: 'shrunken', sites: ['hh_finance'], says: ['BELOW_MINIMUM'], days: [1, 2] },
  { kind: 'flood', sites: ['hh_finance'], says: ['ABOVE_MAXIMUM'], days: [1, 2] },
  { kind: 'duplicate-flood', sites: ['hh_finance'], says: ['DUPLICATE_FLOOD'], days: [1, 2] },
  { kind: 'clock-skew', sites: EVERY, says: ['CLOCK_SKEW'], days: [1, 2] },
  // GBK with no word about it: read as it stands, nothing to be said.
  { kind: 'no-charset', sites: PAGED, says: [], days: [1, 3] },
];

/** Sites are well at the beginning, so that what is normal can be learned, and at the end, so that gaps can be closed. */
const WELL_AT_FIRST = 6;
const WELL_AT_LAST = 4;
/** In working days: enough for any column that shows something on most of them to be missed. */
const FROZEN_WORKDAYS = 12;
/** As many days without a holiday among them. */
const FROZEN_DAYS = 16;

/**
 * Which site is unwell when, for the days `from` … `to`: every kind once where the days suffice, in an order the seed
 * decides, never two at once on one site, and at least two good days between.
 */
export function episodesOf(seed: number, from: LocalDay, to: LocalDay): Episode[] {
  const random = randomFrom(seed).fork('episodes');
  const last = addDays(to, -WELL_AT_LAST);
  const free = new Map<SiteId, LocalDay>(EVERY.map((site) => [site, addDays(from, WELL_AT_FIRST)]));
  const episodes: Episode[] = [];
  const room = dayNumber(last) - dayNumber(from) - WELL_AT_FIRST;
  // A frozen site needs weeks to be noticed: it is planted where there are some, and before all else.
  if (room >= 2 * FROZEN_DAYS) {
    const start = addDays(from, WELL_AT_FIRST);
    const end = workdayAfter(addDays(start, -1), FROZEN_WORKDAYS);
    episodes.push({
      site: 'hh_finance',
      fault: { site: 'hh_finance', kind: 'frozen' },
      from: start,
      to: end,
      says: ['SILENT_TOO_LONG'],
    });
    free.set('hh_finance', addDays(end, 3));
  }
  for (const trouble of shuffled(random, TROUBLES)) {
    const length = random.int(...trouble.days);
    const [site] = [...trouble.sites].sort((a, b) =>
      free.get(a)! < free.get(b)! ? -1 : free.get(a)! > free.get(b)! ? 1 : 0,
    );
    const start = free.get(site!)!;
    const end = addDays(start, length - 1);
    if (end > last) continue;
    episodes.push({
      site: site!,
      fault: { ...trouble.fault, site: site!, kind: trouble.kind },
      from: start,
      to: end,
      says: trouble.says,
    });
    free.set(site!, addDays(end, 1 + random.int(2, 3)));
  }
  return episodes.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const left = [...list];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(random.int(0, left.length - 1), 1));
  return order;
}
