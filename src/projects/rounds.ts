import type { NoticeKind } from '../model/notice.ts';
import type { NoticeGroup } from '../model/project.ts';
import { compare, unique, type Identity } from './identity.ts';

/** One notice of a project, all its copies, and the round it belongs to. */
export interface RoundedGroup {
  group: NoticeGroup;
  /** Earliest first. */
  copies: Identity[];
  round: number;
  day: string | null;
  lots: string[];
}

/** Within a day: the order in which a project's events follow each other. */
const ORDER: readonly NoticeKind[] = [
  'plan',
  'preview',
  'prequalification',
  'tender',
  'correction',
  'opening',
  'single_source',
  'candidate',
  'complaint',
  'suspended',
  'result',
  'failed',
  'terminated',
  'award_letter',
  'contract',
  'acceptance',
  'other',
];

/** Kinds that open a round. */
const OPENING: readonly NoticeKind[] = ['tender', 'prequalification', 'single_source', 'preview'];

/**
 * Groups in the order of events, each with its round.
 * A printed round (二次) counts. Without one, a notice belongs to the latest round that had been opened before its day;
 * a notice that opens a round after the whole project failed or was terminated opens the next one, though it may not say so.
 */
export function inRounds(groups: NoticeGroup[], members: Identity[]): RoundedGroup[] {
  const byId = new Map(members.map((m) => [m.id, m]));
  const events = groups
    .map((group) => {
      const copies = group.noticeIds.flatMap((id) => byId.get(id) ?? []);
      const lots = unique(copies.flatMap((c) => c.lots)).sort(byNumber);
      return { group, copies, round: copies[0]?.fields.round ?? 1, day: copies[0]?.day ?? null, lots };
    })
    .sort(
      (x, y) =>
        compare(x.day ?? '9999', y.day ?? '9999') ||
        ORDER.indexOf(kindOf(x)) - ORDER.indexOf(kindOf(y)) ||
        compare(x.group.id, y.group.id),
    );
  const allLots = unique(events.flatMap((e) => e.lots));
  // Opened rounds with the day before which an unmarked notice cannot belong to them.
  const opened: { round: number; day: string | null }[] = [];
  let over: { round: number; day: string | null } | null = null;
  for (const event of events) {
    const kind = kindOf(event);
    const printed = event.round;
    const started = opened.filter((o) => o.round > printed && before(o.day, event.day)).map((o) => o.round);
    event.round = Math.max(printed, ...started);
    if (OPENING.includes(kind)) {
      if (over !== null && event.round <= over.round && before(over.day, event.day)) event.round = over.round + 1;
      opened.push({ round: event.round, day: event.day });
    }
    const whole = event.lots.length === 0 || allLots.every((lot) => event.lots.includes(lot));
    if ((kind === 'failed' || kind === 'terminated') && whole && (over === null || event.round >= over.round)) {
      over = { round: event.round, day: event.day };
    }
  }
  return events;
}

export function kindOf(event: RoundedGroup): NoticeKind {
  return event.copies[0]?.fields.kind ?? 'other';
}

/** Lot ids in the order people count: 2 before 10. */
export function byNumber(a: string, b: string): number {
  return Number(a) - Number(b) || compare(a, b);
}

function before(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a < b;
}
