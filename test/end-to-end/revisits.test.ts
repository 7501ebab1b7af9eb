import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { digestOf } from '../../storage/move.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { benchClock } from '../../src/cli/bench-clock.ts';
import type { BenchClock } from '../../src/cli/bench-clock.ts';
import { eveningOf, openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { differences, rebuild } from '../../src/cli/rebuild.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import type { ArchiveRecord } from '../../src/model/archive.ts';
import { addDays } from '../../src/model/day.ts';
import type { Run } from '../../src/model/run.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import type { SiteId } from '../portal/model.ts';
import { collect } from '../support/collect.ts';

const CONFIG = join(import.meta.dirname, '../../config');
/** Sites of the bench that give something to recognise their pages by. */
const STATIC = ['ky_gov', 'hh_finance'];

describe('a second look at the sites of the bench', () => {
  let portal: Portal;
  let workshop: Workshop;
  let clock: BenchClock;
  let first: Run[];
  let second: Run[];

  beforeAll(async () => {
    clock = benchClock('2000-01-01T00:00');
    portal = await startPortal({ seed: 17, notices: 400, months: 2, now: () => clock.now() });
    workshop = await openBenchWorkshop(portal, CONFIG, clock);
    const crawl = async (daysAgo: number, since: string | null): Promise<Run[]> => {
      clock.set(eveningOf(addDays(portal.truth.today, -daysAgo)));
      const window = { since, until: null };
      return (await runPipeline(workshop, { adapters: workshop.adapters, window, full: false })).runs;
    };
    first = await crawl(1, null);
    second = await crawl(0, addDays(portal.truth.today, -11));
  });

  afterAll(async () => {
    await workshop.close();
    await portal.close();
  });

  const recordsOf = async (run: Run): Promise<ArchiveRecord[]> =>
    (await collect(workshop.store.runs.allArchiveRecords())).filter(({ runId }) => runId === run.id);

  it('is answered without bodies where pages stand unchanged, and is complete all the same', async () => {
    expect(first.map(({ outcome }) => outcome)).toEqual(first.map(() => 'complete'));
    expect(second.map(({ outcome }) => outcome)).toEqual(second.map(() => 'complete'));
    for (const run of second) {
      const confirmed = (await recordsOf(run)).filter(({ status }) => status === 304);
      if (STATIC.includes(run.sourceId)) expect(confirmed.length).toBeGreaterThan(0);
      else expect(confirmed).toEqual([]);
      for (const { revisits, url } of confirmed) {
        const body = await workshop.store.runs.archiveRecord(revisits!);
        expect(body).toMatchObject({ status: 200, url });
        expect((await workshop.archive.read(body!)).length).toBe(body!.size);
      }
    }
  });

  it('moves the clock of what was confirmed, and revises nothing', async () => {
    const run = second.find(({ sourceId }) => sourceId === 'ky_gov')!;
    const confirmed = (await recordsOf(run)).filter(({ status }) => status === 304);
    const at = new Map(confirmed.map(({ revisits, fetchedAt }) => [revisits, fetchedAt]));
    const seen = (await collect(workshop.store.notices.all())).filter(({ archiveId }) => at.has(archiveId));
    expect(confirmed.length).toBeGreaterThan(0);
    expect(seen).toHaveLength(confirmed.length);
    for (const { lastSeenAt, revision, archiveId } of seen) {
      expect([lastSeenAt, revision]).toEqual([at.get(archiveId), 1]);
    }
  });

  it('is rebuilt from the archive as it was', async () => {
    const rebuilt: Store = await openSqliteStore(':memory:');
    await rebuild(workshop, rebuilt);
    expect(await digestOf(rebuilt, 'notices')).toEqual(await digestOf(workshop.store, 'notices'));
    for (const { gone, added, changed } of await differences(workshop.store, rebuilt)) {
      expect([gone, added, changed]).toEqual([[], [], []]);
    }
    await rebuilt.close();
  });
});

describe('a site of the bench that answers 304 although its pages were edited', () => {
  it('hides the edits from visits; the sweep finds them and says that the site cannot be asked so', async () => {
    const clock = benchClock('2000-01-01T00:00');
    const portal = await startPortal({ seed: 1, notices: 700, months: 2, days: 50, now: () => clock.now() });
    const workshop = await openBenchWorkshop(portal, CONFIG, clock);
    try {
      const event = portal.truth.events.find(
        ({ class: kind, notice }) => kind === 'silent-edit' && STATIC.some((id) => notice.startsWith(id)),
      )!;
      const site = STATIC.find((id) => event.notice.startsWith(id)) as SiteId;
      const adapters = workshop.adapters.filter(({ definition }) => definition.id === site);
      const crawl = async (day: string, since: string | null): Promise<void> => {
        clock.set(eveningOf(day));
        await runPipeline(workshop, { adapters, window: { since, until: null }, full: false });
      };
      const codes = async () => (await workshop.store.incidents.open(site)).map(({ code }) => code);
      const revision = async () => (await workshop.store.notices.get(event.notice))?.revision;
      await crawl(addDays(event.from, -1), null);
      await portal.fault({ site, kind: 'stale-validators' });
      await crawl(event.from, addDays(event.from, -10));
      expect(await revision()).toBe(1);
      expect(await codes()).not.toContain('STALE_VALIDATORS');
      await crawl(addDays(event.from, 1), null);
      expect(await revision()).toBe(2);
      expect(await codes()).toContain('STALE_VALIDATORS');
    } finally {
      await workshop.close();
      await portal.close();
    }
  });
});
