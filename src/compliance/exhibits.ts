import type { Judgement } from '../model/finding.ts';
import { noticeIdOf } from '../projects/fact-notices.ts';
import type { Event } from './evidence.ts';

type Role = Judgement['evidence'][number]['role'];

interface Exhibit {
  event: Event;
  role: Role;
}

export function asPublicity(event: Event): Exhibit {
  return { event, role: 'publicity' };
}

export function asResult(event: Event): Exhibit {
  return { event, role: event.kind === 'award_letter' || event.kind === 'contract' ? event.kind : 'result' };
}

/**
 * The notices a judgement rests on, each stored notice once. Facts may be parts of a notice (`id#letter`):
 * the part that is the page itself names its role.
 */
export function evidence(exhibits: readonly Exhibit[]): Judgement['evidence'] {
  const roles = new Map<string, Role>();
  const whole = (exhibit: Exhibit): boolean => noticeIdOf(exhibit.event.notice.id) === exhibit.event.notice.id;
  for (const exhibit of [...exhibits.filter(whole), ...exhibits.filter((e) => !whole(e))]) {
    const id = noticeIdOf(exhibit.event.notice.id);
    if (!roles.has(id)) roles.set(id, exhibit.role);
  }
  return [...roles].map(([noticeId, role]) => ({ noticeId, role }));
}
