import { addDays, dayNumber } from '../../src/model/day.ts';
import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { Page, SiteId, WorldProject } from './model.ts';
import { randomFrom } from './random.ts';
import type { Random } from './random.ts';

/** What happens to a page after it was put up, or how it is put up. */
export const EVENT_KINDS = {
  withdrawn: '撤下，不再出现',
  'gone-and-back': '撤下数日又恢复',
  'silent-edit': '不改日期而改内容',
  'date-changed': '改了所载的发布日期',
  backdated: '数日后才挂出，日期写早',
  'sites-disagree': '同一公告两个网站所载不同',
} as const;
export type EventKind = keyof typeof EVENT_KINDS;

export interface PageEvent {
  kind: EventKind;
  page: Page;
  /** Morning on which it begins to show. */
  from: LocalDay;
  /** Morning on which the page is back; null where it never is. */
  to: LocalDay | null;
  /** The page as it reads from then on, where it reads otherwise. */
  becomes: Page | null;
}

/** Of a thousand pages so many of each kind, and three at least. */
const PER_THOUSAND = 1.5;
const FEWEST = 3;

/**
 * What happens to pages of ordinary projects between two days. Only invitations to tender are touched: they say nothing
 * of a publicity period, so that what is planted about those stays as it is.
 */
export function eventsOf(seed: number, projects: readonly WorldProject[], from: LocalDay, to: LocalDay): PageEvent[] {
  const random = randomFrom(seed).fork('events');
  const tenders = projects
    .filter((project) => project.nearMiss === null && project.planted.every((fault) => fault.nature === 'review'))
    .flatMap((project) => project.notices.filter(({ body }) => body.form === 'tender'))
    .filter(({ pages }) => pages.every((page) => !page.attachmentOnly));
  const total = projects.reduce((n, { notices }) => n + notices.reduce((m, { pages }) => m + pages.length, 0), 0);
  const wanted = Math.max(FEWEST, Math.round((total * PER_THOUSAND) / 1000));
  const taken = new Set<unknown>();
  // Of one column and day one page at most goes: that a day is gone from a list is another trouble.
  const placesLeft = new Set<string>();
  const events: PageEvent[] = [];
  const plant = (
    kind: EventKind,
    fits: (page: Page) => boolean,
    event: (page: Page) => Omit<PageEvent, 'kind' | 'page'>,
  ): void => {
    const pages = tenders.filter((notice) => !taken.has(notice)).flatMap((notice) => notice.pages.filter(fits));
    for (let n = 0; n < wanted && pages.length > 0;) {
      const [page] = pages.splice(random.int(0, pages.length - 1), 1);
      if (page === undefined || taken.has(page.notice)) continue;
      if (LEAVING.has(kind) && placesLeft.has(placeOf(page))) continue;
      taken.add(page.notice);
      if (LEAVING.has(kind)) placesLeft.add(placeOf(page));
      events.push({ kind, page, ...event(page) });
      n++;
    }
  };
  // A page that goes or changes was seen before: published inside the days, and young enough to be looked at again.
  const young = (page: Page): boolean => {
    const day = page.at.slice(0, 10);
    return day > addDays(from, 1) && day < addDays(to, -12) && page.site !== 'yn_ccgp';
  };
  plant(
    'backdated',
    (page) => young(page),
    (page) => late(random, page),
  );
  plant('withdrawn', young, (page) => ({ from: after(random, page), to: null, becomes: null }));
  plant('gone-and-back', young, (page) => {
    const gone = after(random, page);
    return { from: gone, to: addDays(gone, random.int(3, 5)), becomes: null };
  });
  plant('silent-edit', young, (page) => ({ from: after(random, page), to: null, becomes: edited(page, 1) }));
  plant('date-changed', young, (page) => {
    const moved = addDays(page.at.slice(0, 10), -random.int(1, 3)) + page.at.slice(10);
    return { from: after(random, page), to: null, becomes: { ...page, at: moved } };
  });
  const reachable = (page: Page): boolean => page.site !== 'yn_ccgp' || page.at.slice(0, 10) >= from;
  plant(
    'sites-disagree',
    (page) =>
      page.notice.pages.filter(reachable).length > 1 && reachable(page) && page.at.slice(0, 10) < addDays(to, -3),
    // From the first: whoever begins to look only later can know it no sooner.
    (page) => ({ from: page.at.slice(0, 10) < from ? from : page.at.slice(0, 10), to: null, becomes: edited(page, 2) }),
  );
  return events;
}

const LEAVING: ReadonlySet<EventKind> = new Set(['withdrawn', 'gone-and-back']);
const placeOf = ({ site, channel, at }: Page): string => `${site} ${channel} ${at.slice(0, 10)}`;

/** Two to five days after publication: long enough to have been seen, soon enough to be looked at again. */
const after = (random: Random, page: Page): LocalDay => addDays(page.at.slice(0, 10), random.int(2, 5));

function late(random: Random, page: Page): Omit<PageEvent, 'kind' | 'page'> {
  return { from: addDays(page.at.slice(0, 10), random.int(3, 6)), to: null, becomes: null };
}

/** The same page with bids opened some days later. */
function edited(page: Page, days: number): Page {
  const { body } = page.notice;
  if (body.form !== 'tender') throw new RangeError(`${page.externalId} invites nobody`);
  const opening: LocalMoment = addDays(body.opening.slice(0, 10), days) + body.opening.slice(10);
  return { ...page, notice: { ...page.notice, body: { ...body, opening } } };
}

/** Whether days are enough for events to be told from what is always so. */
export const isLongEnough = (from: LocalDay, to: LocalDay): boolean => dayNumber(to) - dayNumber(from) >= 14;

/** Whoever comes by once a day comes at eight in the evening. */
const LOOKED_AT = 'T20:00';

/**
 * Whether somebody who looks at every site each evening can know of an event: the site was well on the evenings that
 * show what was before, what is meanwhile and what is after. A page that vanishes is known to be gone the second time.
 * @param last the last day that is lived through
 */
export function isKnowable(
  { kind, page, from, to }: PageEvent,
  last: LocalDay,
  isWell: (site: SiteId, day: LocalDay) => boolean,
): boolean {
  const evenings = (since: LocalDay, until: LocalDay): number => {
    let well = 0;
    for (let day = since; day < until; day = addDays(day, 1)) if (isWell(page.site, day)) well++;
    return well;
  };
  const day = page.at.slice(0, 10);
  const before = evenings(page.at <= day + LOOKED_AT ? day : addDays(day, 1), from);
  const over = addDays(last, 1);
  switch (kind) {
    case 'withdrawn':
      return before > 0 && evenings(from, over) > 1;
    case 'gone-and-back':
      return before > 0 && evenings(from, to!) > 1 && evenings(to!, over) > 0;
    case 'backdated':
    case 'silent-edit':
    case 'date-changed':
      return before > 0 && evenings(from, over) > 0;
    case 'sites-disagree':
      return true;
  }
}

/** The page as the site shows it at a moment; null where it does not. */
export function pageAt(page: Page, event: PageEvent | undefined, moment: LocalMoment): Page | null {
  if (page.at > moment) return null;
  if (event === undefined) return page;
  const begun = moment >= event.from;
  switch (event.kind) {
    case 'backdated':
      return begun ? page : null;
    case 'withdrawn':
    case 'gone-and-back':
      return begun && (event.to === null || moment < event.to) ? null : page;
    case 'sites-disagree':
      return event.becomes;
    case 'silent-edit':
    case 'date-changed':
      return begun ? event.becomes : page;
  }
}
