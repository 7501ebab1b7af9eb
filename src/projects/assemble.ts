import { createHash } from 'node:crypto';

import type { LotReading, NoticeFields, NoticeKind, Track } from '../model/notice.ts';
import type { Project } from '../model/project.ts';
import { projectNameFromTitle } from '../notices/title.ts';
import { biddingOf } from './bidding.ts';
import { groupCopies } from './group.ts';
import { byDay, compare, unique, type Identity } from './identity.ts';
import { timelineOf } from './lifecycle.ts';
import type { LinkedProject } from './link.ts';
import { byNumber, inRounds, kindOf, type RoundedGroup } from './rounds.ts';

/** A project's id follows from its earliest notice (stated day, then id), so that a rebuild finds the same one. */
function projectId(firstNoticeId: string): string {
  return `p${createHash('sha256').update(firstNoticeId).digest('hex').slice(0, 16)}`;
}

/** The project that these linked notices make: its facts, its rounds, its life. */
export function assemble({ members, links }: Pick<LinkedProject, 'members' | 'links'>): Project {
  const notices = [...members].sort(byDay);
  const first = notices[0];
  if (first === undefined) throw new Error('a project needs a notice');
  const { groups, links: copies } = groupCopies(notices);
  const events = inRounds(groups, notices);
  const round = Math.max(...events.map((e) => e.round));
  const current = events.filter((e) => e.round === round);
  const fields = notices.map((n) => n.fields);
  const track = trackOf(notices);
  const method = settled(events, (f) => f.method);
  const timeline = timelineOf(track, method, events);
  const days = notices.flatMap((n) => n.day ?? []).sort();
  const codes = codesOf(events);
  const name = nameOf(events);
  const purchaser = settled(events, (f) => f.purchaser);
  return {
    id: projectId(first.id),
    name,
    code: codes[0] ?? null,
    codes,
    track,
    method,
    category: settled(events, (f) => f.category),
    subtype: settled(events, (f) => f.subtype),
    stateFunded: settled(events, (f) => f.stateFunded),
    purchaser,
    agency: settled(events, (f) => f.agency),
    region: regionOf(fields).region,
    regionCode: regionOf(fields).code,
    budget: amountOf(events, 'budget'),
    ceiling: amountOf(events, 'ceiling'),
    estimate: amountOf(events, 'estimate'),
    award: awardOf(current),
    bidding: biddingOf(current, name, purchaser),
    lots: lotsOf(notices),
    round,
    state: timeline.findLast((entry) => entry.round === round)?.state ?? 'UNKNOWN',
    timeline,
    groups,
    links: [...links, ...copies].sort((x, y) => compare(x.as, y.as) || compare(x.a, y.a) || compare(x.b, y.b)),
    noticeIds: notices.map((n) => n.id),
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
  };
}

/** Kinds by how far they bind what a project is: the tender defines it, what follows repeats it. */
const AUTHORITY: readonly NoticeKind[] = [
  'tender',
  'single_source',
  'prequalification',
  'candidate',
  'result',
  'award_letter',
  'contract',
  'preview',
  'plan',
  'correction',
];

/** Latest round first, within it by authority; what every "which value holds" is decided by. */
function byAuthority(events: RoundedGroup[]): RoundedGroup[] {
  const rank = (e: RoundedGroup): number => {
    const i = AUTHORITY.indexOf(kindOf(e));
    return i < 0 ? AUTHORITY.length : i;
  };
  return events
    .map((event, i) => ({ event, i }))
    .sort((x, y) => y.event.round - x.event.round || rank(x.event) - rank(y.event) || x.i - y.i)
    .map(({ event }) => event);
}

/** The value that the most binding notice states. */
function settled<T>(events: RoundedGroup[], read: (fields: NoticeFields) => T | null): T | null {
  for (const event of byAuthority(events)) {
    for (const copy of event.copies) {
      const value = read(copy.fields);
      if (value !== null) return value;
    }
  }
  return null;
}

function nameOf(events: RoundedGroup[]): string {
  const title = byAuthority(events)[0]?.copies[0]?.fields.title ?? '';
  return settled(events, (f) => f.projectName) ?? projectNameFromTitle(title) ?? title;
}

function codesOf(events: RoundedGroup[]): string[] {
  const copies = byAuthority(events).flatMap((e) => e.copies);
  return unique([...copies.flatMap((c) => c.fields.projectCode ?? []), ...copies.flatMap((c) => c.fields.codes)]);
}

/** A notice under two tracks (a copy filed elsewhere) follows the majority; on a tie the earlier one. */
function trackOf(notices: Identity[]): Track {
  const votes = new Map<Track, number>();
  for (const { fields } of notices)
    if (fields.track !== null) votes.set(fields.track, (votes.get(fields.track) ?? 0) + 1);
  const [top] = [...votes].sort(([, x], [, y]) => y - x);
  // Nothing says it: a purchase is what most notices are, and no rule applies to it without further facts.
  return top?.[0] ?? 'procurement';
}

/** The most specific region that most notices state: 开远市 before 红河州. */
function regionOf(fields: NoticeFields[]): { region: string | null; code: string | null } {
  const votes = new Map<string, number>();
  for (const { regionCode } of fields) if (regionCode !== null) votes.set(regionCode, (votes.get(regionCode) ?? 0) + 1);
  const specific = (code: string): number => (code.endsWith('0000') ? 0 : code.endsWith('00') ? 1 : 2);
  const [top] = [...votes].sort(([a, x], [b, y]) => specific(b) - specific(a) || y - x || compare(a, b));
  const code = top?.[0] ?? null;
  const named = fields.find((f) => f.region !== null && f.regionCode === code);
  return { region: named?.region ?? null, code };
}

function lotsOf(notices: Identity[]): string[] {
  return unique(notices.flatMap((n) => n.lots)).sort(byNumber);
}

// ---------------------------------------------------------------- amounts

type Planned = 'budget' | 'ceiling' | 'estimate';

/**
 * Budget, ceiling or estimate of the latest round that states one: from its tender notices, one for each lot added up,
 * replaced by a later correction that states another; from earlier or later notices only where no tender states it.
 */
function amountOf(events: RoundedGroup[], kind: Planned): number | null {
  const rounds = [...new Set(events.map((e) => e.round))].sort((a, b) => b - a);
  for (const round of rounds) {
    const own = events.filter((e) => e.round === round);
    const tenders = own.filter((e) => kindOf(e) === 'tender' && stated(e, kind) !== null);
    if (tenders.length === 0) continue;
    const corrected = own.filter((e) => kindOf(e) === 'correction').map((e) => stated(e, kind));
    const amounts = byLots(tenders, kind);
    return (
      (amounts.length === 1 ? corrected.findLast((v) => v !== null) : undefined) ??
      amounts.reduce((sum, v) => sum + v, 0)
    );
  }
  for (const event of byAuthority(events.filter((e) => kindOf(e) !== 'correction'))) {
    const value = stated(event, kind);
    if (value !== null) return value;
  }
  return null;
}

/** One amount for each set of lots: the same lots announced twice count once, the later notice holds. */
function byLots(tenders: RoundedGroup[], kind: Planned): number[] {
  const amounts = new Map<string, number>();
  for (const tender of tenders) {
    const value = stated(tender, kind);
    if (value !== null) amounts.set(tender.lots.join(), value);
  }
  // A notice of the whole beside notices of single lots already contains them.
  const whole = amounts.get('');
  return whole === undefined ? [...amounts.values()] : [whole];
}

function stated(event: RoundedGroup, kind: Planned): number | null {
  for (const { fields } of event.copies) {
    const lots = kind === 'budget' ? sumOf(fields.lots.map((l) => l.budget)) : null;
    const direct = kind === 'budget' ? fields.budget : kind === 'ceiling' ? fields.ceiling : null;
    const value = direct ?? (fields.amountKind === kind ? fields.amount : null) ?? lots;
    if (value !== null && value > 0) return value;
  }
  return null;
}

function awardOf(current: RoundedGroup[]): number | null {
  const results = current.filter((e) => kindOf(e) === 'result');
  const lots = new Map<string, number>();
  let whole: number | null = null;
  for (const { copies } of results) {
    for (const { fields } of copies) {
      for (const lot of fields.lots) if (lot.amount !== null && !lot.failed) lots.set(lot.id, lot.amount);
      if (fields.lots.length === 0) whole ??= fields.amount;
      else if (fields.lots.every((l: LotReading) => l.amount === null)) {
        const [only] = fields.lots;
        if (fields.lots.length === 1 && only !== undefined && fields.amount !== null) lots.set(only.id, fields.amount);
        else whole ??= fields.amount;
      }
    }
  }
  return lots.size > 0 ? [...lots.values()].reduce((a, b) => a + b, 0) : whole;
}

function sumOf(values: (number | null)[]): number | null {
  return values.length > 0 && values.every((v) => v !== null) ? values.reduce((a: number, b) => a + b, 0) : null;
}
