import type { PlantedTrouble, Truth } from '../../test/portal/truth.ts';
import { dayNumber } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';

/** What the product said of the sources and of single pages while it lived through the bench's days. */
export interface Watched {
  visits: { sourceId: string; day: LocalDay; complete: boolean; codes: string[] }[];
  /** By class of event: notice id → day on which it was known. */
  events: ReadonlyMap<string, ReadonlyMap<string, LocalDay>>;
}

export interface ClassScore {
  planted: number;
  detected: number;
  false: number;
  medianDays: number | null;
}

export interface WatchScore {
  /** Troubles of sites that some answer showed: named right; visits to well sites that were said to be unwell. */
  troubles: { planted: number; named: number; false: number; share: number };
  /** What happened to pages where a daily look could know of it. */
  events: { planted: number; detected: number; false: number };
  classes: Record<string, ClassScore>;
}

/** Compares what was said of sites and pages with what the portal did to them. */
export function scoreWatch(truth: Pick<Truth, 'troubles' | 'events'>, watched: Watched): WatchScore {
  const classes: Record<string, ClassScore> = {};
  const days: Record<string, number[]> = {};
  const entry = (name: string) => (classes[name] ??= { planted: 0, detected: 0, false: 0, medianDays: null });
  const shown = truth.troubles.filter((trouble) => trouble.shown);
  for (const trouble of shown) {
    entry(trouble.class).planted++;
    const day = namedOn(trouble, watched);
    if (day === null) continue;
    entry(trouble.class).detected++;
    (days[trouble.class] ??= []).push(dayNumber(day) - dayNumber(trouble.from));
  }
  const isUnwell = (sourceId: string, day: LocalDay): boolean =>
    truth.troubles.some(({ site, from, to }) => site === sourceId && from <= day && day <= to);
  const wellVisits = watched.visits.filter(({ sourceId, day }) => !isUnwell(sourceId, day));
  const unfounded = wellVisits.filter(({ complete, codes }) => !complete || codes.length > 0);
  if (truth.troubles.length > 0) entry('well-site').false = unfounded.length;

  const planted = new Map(truth.events.map((event) => [`${event.class} ${event.notice}`, event]));
  // A page that is gone may come back: until it does, saying that it was withdrawn is right; to whoever sees it only
  // afterwards it was put up late.
  const goneAndBack = new Set(truth.events.flatMap((event) => (event.class === 'gone-and-back' ? [event.notice] : [])));
  // Where one copy is edited the others differ from it, too.
  const disagreeing = new Set(
    truth.events.flatMap((e) => (e.class === 'sites-disagree' || e.class === 'silent-edit' ? e.copies : [])),
  );
  const knowable = truth.events.filter((event) => event.knowable);
  for (const { class: name, notice, from } of knowable) {
    entry(name).planted++;
    const day = watched.events.get(name)?.get(notice);
    if (day === undefined) continue;
    entry(name).detected++;
    (days[name] ??= []).push(Math.max(0, dayNumber(day) - dayNumber(from)));
  }
  for (const [name, found] of watched.events) {
    for (const notice of found.keys()) {
      if (planted.has(`${name} ${notice}`)) continue;
      if ((name === 'withdrawn' || name === 'backdated') && goneAndBack.has(notice)) continue;
      // Where copies disagree, each of them differs from another.
      if (name === 'sites-disagree' && disagreeing.has(notice)) continue;
      entry(name).false++;
    }
  }
  for (const [name, list] of Object.entries(days)) entry(name).medianDays = median(list);
  const of = (names: ReadonlySet<string>, what: 'planted' | 'detected' | 'false'): number =>
    Object.entries(classes).reduce((n, [name, score]) => n + (names.has(name) ? score[what] : 0), 0);
  const troubles = new Set(truth.troubles.map((trouble) => trouble.class));
  const events = new Set([...truth.events.map((event) => event.class), ...watched.events.keys()]);
  const named = of(troubles, 'detected');
  return {
    troubles: {
      planted: shown.length,
      named,
      false: unfounded.length,
      share: shown.length === 0 ? 1 : named / shown.length,
    },
    events: { planted: knowable.length, detected: of(events, 'detected'), false: of(events, 'false') },
    classes,
  };
}

/** The day on which a trouble was called by its name; for one that is none, its first day if nothing was said of it. */
function namedOn({ site, from, to, says }: PlantedTrouble, { visits }: Watched): LocalDay | null {
  const during = visits.filter(({ sourceId, day }) => sourceId === site && from <= day && day <= to);
  if (says.length === 0) return during.every(({ complete, codes }) => complete && codes.length === 0) ? from : null;
  return during.find(({ codes }) => codes.some((code) => says.includes(code)))?.day ?? null;
}

function median(values: number[]): number | null {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
