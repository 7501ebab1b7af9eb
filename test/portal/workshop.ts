import { addDays } from '../../src/model/day.ts';
import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import type { NoticeKind } from '../../src/model/notice.ts';
import { isWorkday, workdayAfter } from './calendar.ts';
import type { Body, Page, PrintedPeriod, SiteId, WorldNotice, WorldProject } from './model.ts';
import type { NameBook } from './names.ts';
import type { Random } from './random.ts';
import type { Course, Span } from './scenarios.ts';
import { titleOf } from './titles.ts';
import { printDay } from './wording.ts';

/** What the builders of one world share. */
export interface Workshop {
  today: LocalDay;
  /** Days on which an evaluation may end. */
  span: Span;
  names: NameBook;
  /** Running number of a series, from 1. */
  serial(series: string): number;
}

/** Where a notice is published, and how many working days after its own day. */
export interface Placement {
  site: SiteId;
  channel: string;
  lag?: number;
}

const OFFICE_HOURS = { from: 8 * 60 + 40, to: 17 * 60 + 35 };

/** Nobody publishes over lunch: 12:00 to 14:30 moves to the afternoon. */
const awake = (minutes: number): number => (minutes >= 720 && minutes < 870 ? 870 + ((minutes - 720) % 90) : minutes);

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Ids as each site makes them; unique on the site. */
function externalId(site: SiteId, channel: string, day: LocalDay, random: Random, shop: Workshop): string {
  switch (site) {
    case 'landchina':
      return `${{ transfer: 'gygg', deal: 'cjgs', result: 'gdxm' }[channel] ?? 'zd'}${random.uuid()}`;
    case 'yn_ccgp':
      return `${random.hex(8)}.${random.hex(11)}.-${random.hex(4)}`;
    case 'yn_ggzy':
      return random.uuid();
    case 'ky_gov':
      return `ggzyjy/${channel}/t${day.replaceAll('-', '')}_${1_403_000 + shop.serial('ky_gov')}.html`;
    case 'hh_finance':
      return `zfcgxx/${day.slice(0, 7).replace('-', '')}/${52_000 + shop.serial('hh_finance')}.html`;
  }
}

interface NewNotice {
  kind: NoticeKind;
  day: LocalDay;
  body: Body;
  round?: number;
  lots?: string[];
  name?: string;
  code?: string | null;
  /** Minutes of the day, where the order within a day matters. */
  minutes?: number;
  places: Placement[];
}

/**
 * Publishes a notice of a project. Pages dated after the world's last day are left out;
 * null where none is left: the project is still under way.
 */
export function publish(shop: Workshop, random: Random, project: WorldProject, draft: NewNotice): WorldNotice | null {
  const notice: WorldNotice = {
    project,
    kind: draft.kind,
    round: draft.round ?? 1,
    lots: draft.lots ?? [],
    name: draft.name ?? project.name,
    code: draft.code === undefined ? project.code : draft.code,
    day: draft.day,
    body: draft.body,
    pages: [],
  };
  const first = draft.minutes ?? random.int(OFFICE_HOURS.from, OFFICE_HOURS.to - 90);
  for (const { site, channel, lag = 0 } of draft.places) {
    const day = lag === 0 ? draft.day : workdayAfter(draft.day, lag);
    if (day > shop.today) continue;
    const minutes =
      lag === 0
        ? Math.min(first + notice.pages.length * random.int(2, 25), 18 * 60)
        : random.int(OFFICE_HOURS.from, OFFICE_HOURS.to);
    const page: Page = {
      site,
      channel,
      externalId: externalId(site, channel, day, random, shop),
      title: '',
      at: `${day}T${clock(awake(minutes))}`,
      // hh_finance and landchina type narrow brackets more often than not.
      brackets: random.chance(site === 'hh_finance' ? 0.6 : 0.2) ? 'half' : 'full',
      codeStyle: random.chance(site === 'ky_gov' ? 0.12 : 0.04) ? 'fullwidth' : 'plain',
      attachmentOnly: false,
      notice,
    };
    const title = titleOf(notice);
    page.title = page.brackets === 'full' ? title : title.replaceAll('（', '(').replaceAll('）', ')');
    notice.pages.push(page);
  }
  if (notice.pages.length === 0) return null;
  project.notices.push(notice);
  return notice;
}

/** The working day on or before a day. */
export function workdayUpTo(day: LocalDay): LocalDay {
  let at = day;
  while (!isWorkday(at)) at = addDays(at, -1);
  return at;
}

export const at = (day: LocalDay, time: string): LocalMoment => `${day}T${time}`;

/** A publicity period in one of the forms in which offices print it. */
export function printPeriod(random: Random, project: WorldProject, course: Course, published: LocalDay): PrintedPeriod {
  const style = project.habits.dates;
  const from = printDay(published, style);
  const to = printDay(course.statedEnd, style);
  if (course.statedHour !== null) {
    const opens = course.statedHour < '12:00' ? course.statedHour : '09:00';
    return {
      words: `${from} ${opens} 至 ${to} ${course.statedHour}`,
      end: at(course.statedEnd, course.statedHour),
    };
  }
  const words = random.pick([`${from}至${to}`, `自${from}起至${to}止`, `${from}—${to}`]);
  return { words, end: at(course.statedEnd, '23:59') };
}
