import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { contentDigest } from '../../storage/digest.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { retentionOf } from '../../src/cases/retention.ts';
import { eveningOf, openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { DERIVED, differences, rebuild } from '../../src/cli/rebuild.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import { LeaseKeeper } from '../../src/crawl/leases.ts';
import { addDays, epochOf } from '../../src/model/day.ts';
import type { SourceAdapter } from '../../src/model/source.ts';
import type { Fault } from '../portal/faults.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

const CONFIG = join(import.meta.dirname, '../../config');
const DAYS = 30;
/** On this day of the month the parsers are changed. */
const CHANGED_ON = 15;
/** They show notices every few days, with files, edits, withdrawals and sites that are unwell. */
const SOURCES = ['ky_gov', 'hh_finance', 'yn_ggzy'];

/** Sites that are unwell on a day of the month. */
const TROUBLES: Record<number, Fault[]> = {
  9: [{ site: 'hh_finance', kind: 'truncated', where: 'detail' }],
  12: [{ site: 'ky_gov', kind: 'error-500', times: 3 }],
  19: [{ site: 'ky_gov', kind: 'challenge', after: 2 }],
  22: [{ site: 'yn_ggzy', kind: 'site-error', where: 'list' }],
};

/** A parser that took every amount for 万元 and knew no agency, as one before its correction. */
function beforeCorrection(adapter: SourceAdapter): SourceAdapter {
  return {
    ...adapter,
    read(page) {
      const reading = adapter.read(page);
      if (reading.role !== 'detail' || reading.notice === null) return reading;
      const { fields } = reading.notice;
      const amount = fields.amount === null ? null : fields.amount * 10_000;
      return { ...reading, notice: { ...reading.notice, fields: { ...fields, amount, agency: null } } };
    },
  };
}

describe('a month of daily crawls with a parser change in the middle', () => {
  let portal: Portal;
  const clock = { at: 0, now: () => clock.at };
  /** Lived through the month with the parsers of its day. */
  let lived: Workshop;
  /** Lived through the same month with the final parsers from the first. */
  let final: Workshop;
  let rebuilt: Store;

  /** Pauses between tries pass at once. */
  async function unhurried(): Promise<Workshop> {
    const workshop = await openBenchWorkshop(portal, CONFIG, clock);
    return { ...workshop, web: { ...workshop.web, sleep: () => Promise.resolve() } };
  }

  beforeAll(async () => {
    portal = await startPortal({ seed: 4, notices: 200, months: 2, days: DAYS, now: () => clock.now() });
    lived = await unhurried();
    final = await unhurried();
    const current = lived.adapters.filter(({ definition }) => SOURCES.includes(definition.id));
    for (let n = 0; n <= DAYS; n++) {
      const day = addDays(portal.truth.today, n - DAYS);
      clock.at = epochOf(eveningOf(day));
      await portal.heal();
      for (const fault of TROUBLES[n] ?? []) await portal.fault(fault);
      // Weekly from the beginning, else the days of the overlap, as the schedule has it.
      const window = { since: n % 7 === 0 ? null : addDays(day, -10), until: null };
      await runPipeline(final, { adapters: current, window, full: false });
      const adapters = n < CHANGED_ON ? current.map(beforeCorrection) : current;
      await runPipeline(lived, { adapters, window, full: false });
    }
    rebuilt = await openSqliteStore(':memory:');
  }, 600_000);

  afterAll(async () => {
    await rebuilt.close();
    await lived.close();
    await final.close();
    await portal.close();
  });

  it('left what the old parsers read: else nothing below would be proven', async () => {
    expect(await contentOf(lived.store)).not.toEqual(await contentOf(final.store));
    expect(await lived.store.notices.count({})).toBe(await final.store.notices.count({}));
  });

  it('is rebuilt by the final parsers to what daily runs with them gave, in every stage', async () => {
    const { missing } = await rebuild(lived, rebuilt);
    expect(missing).toEqual({ runs: 0, pages: 0, lists: 0 });
    const [found, expected] = [await contentOf(rebuilt), await contentOf(final.store)];
    for (const kind of DERIVED) expect(found[kind]).toEqual(expected[kind]);
  });

  it('is rebuilt, where the parsers stayed the same, to exactly what the daily runs gave', async () => {
    const again = await openSqliteStore(':memory:');
    await rebuild(final, again);
    for (const { before, gone, added, changed } of await differences(final.store, again)) {
      expect(before).toBeGreaterThan(30);
      expect([gone, added, changed]).toEqual([[], [], []]);
    }
    await again.close();
  });

  it('is not rebuilt while a process crawls: what is copied must hang together', async () => {
    const other = new LeaseKeeper({ store: lived.store.leases, owner: 'another process' });
    const held = (await other.take('source:ky_gov'))!;
    const target = await openSqliteStore(':memory:');
    await expect(rebuild(lived, target)).rejects.toThrow('有进程正在采集或核查');
    expect(await target.runs.list({ limit: 1 })).toEqual([]);
    await held.release();
    await target.close();
  });

  it('whose archive was pruned is rebuilt with word of what is missing, and concludes nothing from it', async () => {
    const { dropped } = await retentionOf(final.store, final.archive, clock.now() - 12 * 86_400_000);
    let pages = 0;
    for (const [file, ids] of dropped) {
      pages += ids.size;
      await final.store.runs.rearrangeArchive({ file, moved: [], dropped: [...ids] });
    }
    expect(pages).toBeGreaterThan(20);
    const again = await openSqliteStore(':memory:');
    const { missing } = await rebuild(final, again);
    expect(missing.runs).toBeGreaterThan(5);
    expect(missing.pages + missing.lists).toBeGreaterThan(5);
    expect(missing.pages).toBeLessThanOrEqual(pages);
    for (const { gone, added, changed } of await differences(final.store, again)) {
      expect([gone, added, changed]).toEqual([[], [], []]);
    }
    await again.close();
  });
});

/** What follows from the archive, by kind and id; without the ids that two installations give to their own runs and replies. */
async function contentOf(store: Store): Promise<Record<string, Record<string, string>>> {
  const own = new Map<string, string>();
  for await (const { id, url, fetchedAt } of store.runs.allArchiveRecords()) own.set(id, `${url} ${fetchedAt}`);
  for await (const { id, sourceId, startedAt } of store.contents('runs')) own.set(id, `${sourceId} ${startedAt}`);
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return own.get(value) ?? value;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };
  const content: Record<string, Record<string, string>> = {};
  for (const kind of DERIVED) {
    content[kind] = {};
    for await (const item of store.contents(kind)) {
      const id = 'notice' in item ? item.notice.id : 'key' in item ? item.key : item.id;
      // When it was judged and what was known by then is the daily runs' own.
      const judged = 'judgedAt' in item ? { ...item, judgedAt: 0, facts: null, history: [] } : item;
      content[kind][id] = contentDigest(plain(judged));
    }
  }
  return content;
}
