import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { actOnCases } from '../../src/cases/case-stage.ts';
import { simulate } from '../../src/cases/simulate.ts';
import { benchClock } from '../../src/cli/bench-clock.ts';
import { eveningOf } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { verifyCase } from '../../src/cli/verify.ts';
import { openWorkshop } from '../../src/cli/workshop.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import type { ArchiveRecord } from '../../src/model/archive.ts';
import type { Alert } from '../../src/model/finding.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

const CONFIG = join(import.meta.dirname, '../../config');

describe('a case verified from the archive', () => {
  let folder: string;
  let portal: Portal;
  let workshop: Workshop;
  let alerts: Alert[];
  beforeAll(async () => {
    portal = await startPortal({ seed: 42, notices: 250 });
    folder = mkdtempSync(join(tmpdir(), 'gongshi-verify-'));
    workshop = await openWorkshop({
      config: CONFIG,
      clock: benchClock(eveningOf(portal.truth.today)),
      data: { database: join(folder, 'gongshi.sqlite'), archive: folderPlace(join(folder, 'archive')) },
      localSites: portal.addresses,
    });
    await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
    ({ items: alerts } = await workshop.store.findings.alerts({ state: 'open', limit: 100 }));
  }, 240_000);
  afterAll(async () => {
    await workshop.close();
    await portal.close();
    rmSync(folder, { recursive: true });
  });

  const differing = async ({ number }: Alert) =>
    (await verifyCase(workshop, number)).filter(({ difference }) => difference !== null);

  it('is equal in every hash, every field and the verdict, for every alert of a world', async () => {
    expect(alerts.length).toBeGreaterThan(5);
    for (const alert of alerts) expect(await differing(alert), alert.finding.sentence).toEqual([]);
  }, 120_000);

  it('stays equal when people have acted on it', async () => {
    const { store, calendar, clock, config } = workshop;
    const desk = { store, calendar, clock, deadlines: config.cases };
    const expected = new Map([[alerts[0]!.number, 1]]);
    await actOnCases(desk, { kind: 'person', name: '李明' }, expected, { action: 'started', note: '调阅' });
    expect(await differing(alerts[0]!)).toEqual([]);
  });

  it('is simulated under another policy without a change: what it would drop is what the rule switched off had raised', async () => {
    const { store, calendar, clock, config } = workshop;
    const same = await simulate({ store, calendar, clock, policy: config.policy });
    expect([same.gone, same.added]).toEqual([[], []]);
    const { gone, added } = await simulate({
      store,
      calendar,
      clock,
      policy: { ...config.policy, reviewAlert: 'off' },
    });
    const reviews = alerts.filter(({ finding }) => finding.rule === 'KY-REVIEW-3D').map(({ number }) => number);
    expect(gone.map(({ number }) => number).sort()).toEqual(reviews.sort());
    expect(added).toEqual([]);
    expect(await store.findings.countAlerts({ state: 'open' })).toBe(alerts.length);
  });

  it('names the page whose byte was flipped in the archive', async () => {
    const [item] = alerts[0]!.finding.evidence;
    const notice = (await workshop.store.notices.get(item!.noticeId))!;
    const record = (await workshop.store.runs.archiveRecord(notice.archiveId))!;
    flipByte(record);
    const found = await differing(alerts[0]!);
    expect(found[0]).toMatchObject({
      what: expect.stringContaining(notice.id) as unknown,
      difference: expect.stringContaining('ARCHIVE_DAMAGED') as unknown,
    });
    expect(found.at(-1)!.what).toBe('核查结论');
  });

  function flipByte({ file, offset, length }: ArchiveRecord): void {
    const path = join(folder, 'archive', file);
    const bytes = readFileSync(path);
    bytes[offset + Math.floor(length / 2)]! ^= 0x01;
    writeFileSync(path, bytes);
  }
});
