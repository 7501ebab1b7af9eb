import { addDays } from '../../src/model/day.ts';
import type { LocalDay } from '../../src/model/day.ts';
import { isWorkday } from './calendar.ts';
import type { SiteId, WorldNotice, WorldProject } from './model.ts';

/**
 * A second look at a world, for its tests: reads what the pages show and says which lots of the latest round
 * went out too early, by statute and by hand. It shares nothing with the scenarios that planted the breaches.
 */
export interface Breach {
  lot: string | null;
  what: 'missing' | 'early' | 'stated' | 'winner';
}

interface Scope {
  media: SiteId[];
  publicity: 'candidate' | 'single_source';
  lastDay(published: LocalDay): { nominal: LocalDay; last: LocalDay };
}

function calendarDays(published: LocalDay): { nominal: LocalDay; last: LocalDay } {
  const nominal = addDays(published, 3);
  let last = nominal;
  while (!isWorkday(last)) last = addDays(last, 1);
  return { nominal, last };
}

function workingDays(published: LocalDay): { nominal: LocalDay; last: LocalDay } {
  const days: LocalDay[] = [];
  for (let day = addDays(published, 1); days.length < 5; day = addDays(day, 1)) if (isWorkday(day)) days.push(day);
  const last = days.at(-1) ?? published;
  return { nominal: last, last };
}

/** The rule that applies, or null: by family and by the amount that pages state. */
function scopeOf(project: WorldProject): Scope | null {
  const amount = project.budget;
  if (amount === null) return null;
  const candidates = { publicity: 'candidate', lastDay: calendarDays } as const;
  if (project.family === 'municipal' && amount <= 1_000_000) return { ...candidates, media: ['hh_finance', 'yn_ccgp'] };
  const line = project.category === '工程' ? 4_000_000 : project.category === '货物' ? 2_000_000 : 1_000_000;
  if (project.family === 'construction' && amount >= line) return { ...candidates, media: ['yn_ggzy'] };
  if (project.family === 'single_source' && amount >= 4_000_000) {
    return { media: ['yn_ccgp'], publicity: 'single_source', lastDay: workingDays };
  }
  return null;
}

const shown = (notice: WorldNotice): LocalDay[] => notice.pages.map((page) => page.at.slice(0, 10));

export function naiveBreaches(project: WorldProject): Breach[] {
  const scope = scopeOf(project);
  if (scope === null) return [];
  const round = Math.max(1, ...project.notices.map((notice) => notice.round));
  const notices = project.notices.filter((notice) => notice.round === round);
  const lots = project.lots.length === 0 ? [null] : project.lots.map((lot) => lot.id);
  return lots.flatMap((lot): Breach[] => {
    const mine = notices.filter((notice) => lot === null || notice.lots.includes(lot));
    const events: LocalDay[] = [];
    let winner: string | null = null;
    for (const notice of mine) {
      const { body } = notice;
      if (body.form === 'result') {
        const award = body.awards.find((one) => one.lot === lot);
        if (award === undefined || award.firm === null) continue;
        winner = award.firm;
        events.push(...shown(notice), ...(body.letter === null ? [] : [body.letter]));
      }
      if (body.form === 'award_letter') events.push(body.issued, ...shown(notice));
      if (body.form === 'contract') events.push(body.signed, ...shown(notice));
    }
    const result = events.sort()[0];
    if (result === undefined) return [];

    const publicity = mine.filter(
      (notice) => notice.body.form === scope.publicity && notice.pages.some((page) => scope.media.includes(page.site)),
    );
    const first = publicity[0];
    if (first === undefined) return [{ lot, what: 'missing' }];
    const restarts = mine.filter(
      ({ body, day }) =>
        body.form === 'correction' && body.items.some((item) => item.what.includes('报价')) && day <= result,
    );
    const published =
      [first, ...restarts]
        .map((notice) => notice.day)
        .sort()
        .at(-1) ?? first.day;
    const period = scope.lastDay(published);
    const stated = first.body.form === 'candidate' || first.body.form === 'single_source' ? first.body.period.end : '';
    // Of another year: the page is misprinted and states nothing.
    const misprinted = stated.slice(0, 10) < addDays(first.day, -300);
    const short = stated.slice(0, 10) < period.nominal || result <= stated.slice(0, 10);
    const found: Breach[] = [];
    if (result <= period.last) found.push({ lot, what: 'early' });
    else if (short && !misprinted) found.push({ lot, what: 'stated' });
    const list = first.body.form === 'candidate' ? first.body.lists.find((one) => one.lot === lot) : undefined;
    if (list !== undefined && winner !== null && !list.candidates.some((one) => one.firm === winner)) {
      found.push({ lot, what: 'winner' });
    }
    return found;
  });
}
