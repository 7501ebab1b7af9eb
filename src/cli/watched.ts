import type { LocalDay } from '../model/day.ts';
import { dayOf } from '../model/day.ts';
import type { Notice } from '../model/notice.ts';
import type { Run } from '../model/run.ts';
import { backdatingOf } from '../projects/backdating.ts';
import { differencesAmong } from '../projects/copies.ts';
import type { Watched } from './watch-score.ts';
import type { Workshop } from './workshop.ts';

/** Vanishings that the page and the score look at; a bench has a few dozen. */
const MOST = 10_000;

/** One source's run of a day, as the score compares it. */
export function visitOf(run: Run, day: LocalDay): Watched['visits'][number] {
  return {
    sourceId: run.sourceId,
    day,
    complete: run.outcome === 'complete',
    codes: [...new Set(run.failures.map(({ code }) => code))],
  };
}

/** What the store knows to have happened to single pages, by class, with the day on which it was known. */
export async function eventsIn({ store }: Workshop): Promise<Watched['events']> {
  const events = new Map<string, Map<string, LocalDay>>(
    ['withdrawn', 'gone-and-back', 'silent-edit', 'date-changed', 'backdated', 'sites-disagree'].map((name) => [
      name,
      new Map(),
    ]),
  );
  const know = (name: string, noticeId: string, at: number): void => {
    if (!events.get(name)!.has(noticeId)) events.get(name)!.set(noticeId, dayOf(at));
  };
  for (const { noticeId, state, probes, missedBy } of await store.vanishings.latest({ limit: MOST })) {
    const gone = probes.find(({ found }) => found === 'gone');
    if (state === 'withdrawn') know('withdrawn', noticeId, Math.max(missedBy[1]?.at ?? 0, gone?.at ?? 0));
    if (state === 'returned' && gone !== undefined) know('gone-and-back', noticeId, gone.at);
  }
  for await (const notice of store.notices.all()) {
    const backdating = backdatingOf(notice);
    if (backdating !== null) know('backdated', notice.id, backdating.seenAt);
    if (notice.revision === 1) continue;
    for (const { changed, observedAt } of await store.notices.revisions(notice.id)) {
      if (changed.length > 0)
        know(changed.includes('publishDate') ? 'date-changed' : 'silent-edit', notice.id, observedAt);
    }
  }
  for await (const project of store.projects.all()) {
    for (const { noticeIds } of project.groups) {
      if (noticeIds.length < 2) continue;
      const copies = await store.notices.getMany(noticeIds);
      if (differencesAmong(copies).length === 0) continue;
      for (const { id } of copies) know('sites-disagree', id, knownSince(copies));
    }
  }
  return events;
}

const knownSince = (copies: Notice[]): number => Math.max(...copies.map(({ firstSeenAt }) => firstSeenAt));
