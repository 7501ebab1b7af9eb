import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { buildAlert, buildObservation } from '../../../test/support/build.ts';
import { createModelStore } from '../../../test/conformance/model.ts';
import { folderPlace } from '../../../storage/archive/folder.ts';
import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import type { Store } from '../../../storage/store.ts';
import { systemClock } from '../../model/clock.ts';
import { CorrectInput, RepairDatabase } from '../../model/errors.ts';
import { openWorkshop } from '../workshop.ts';
import { migrateStore, migrateStoreCommand } from './migrate-store.ts';

describe('moving a store', () => {
  let folder: string;
  let out: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    out = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  it('from file to file takes everything along and prints what it proved', async () => {
    const [from, to] = [join(folder, 'a.sqlite'), join(folder, 'b.sqlite')];
    const store = await openSqliteStore(from);
    // Half a character, as a cut through a pair leaves it.
    await store.notices.observe([buildObservation({ fields: { title: '公路\ud842' } })]);
    await store.findings.judge([], [], [buildAlert({ projectId: 'p1' })]);
    await store.close();
    await migrateStoreCommand({ from, to });
    const printed = out.map((line) => JSON.parse(line) as { kind: string; count: number; digest: string });
    expect(printed.find(({ kind }) => kind === 'notices')).toMatchObject({ count: 1, digest: expect.any(String) });
    const moved = await openSqliteStore(to);
    expect(await moved.findings.countAlerts({})).toBe(1);
    await moved.close();
  });

  it('into one that holds anything is refused, and nothing is changed', async () => {
    const [from, to] = [createModelStore(), createModelStore()];
    await from.findings.judge([], [], [buildAlert({ projectId: 'p1' })]);
    await to.notices.observe([buildObservation()]);
    await expect(migrateStore(from, to)).rejects.toThrow(CorrectInput);
    expect(await to.findings.countAlerts({})).toBe(0);
  });

  it('is reported as failed when the target does not hold the same', async () => {
    const [from, to] = [createModelStore(), createModelStore()];
    await from.notices.observe([buildObservation()]);
    const takeIn = to.takeIn.bind(to);
    to.takeIn = async (kind, items) => {
      await takeIn(kind, items);
      if (kind === 'notices')
        await to.notices.observe([buildObservation({ observedAt: 1, noticeId: 'yn_ccgp:other' })]);
    };
    await expect(migrateStore(from, to)).rejects.toThrow(RepairDatabase);
  });

  it('is reported as failed when somebody wrote into the source meanwhile', async () => {
    const [from, to] = [createModelStore(), createModelStore()];
    await from.notices.observe([buildObservation()]);
    const takeIn = to.takeIn.bind(to);
    to.takeIn = async (kind, items) => {
      await takeIn(kind, items);
      if (kind === 'alerts') await from.notices.observe([buildObservation({ noticeId: 'yn_ccgp:late' })]);
    };
    await expect(migrateStore(from, to)).rejects.toThrow(/不一致/);
  });

  it('leaves a target that was not proven whole unusable until it is removed, whatever broke the move off', async () => {
    const to = join(folder, 'half.sqlite');
    const half = await openSqliteStore(to);
    const from = createModelStore();
    await from.notices.observe([buildObservation()]);
    from.contents = ((contents) => (kind) => {
      if (kind === 'projects') throw new Error('the power went');
      return contents(kind);
    })(from.contents.bind(from)) as Store['contents'];
    await expect(migrateStore(from, half)).rejects.toThrow('the power went');
    await half.close();
    const config = join(import.meta.dirname, '../../../config');
    const data = { database: to, archive: folderPlace(join(folder, 'archive')) };
    await expect(openWorkshop({ config, clock: systemClock, data })).rejects.toMatchObject({
      code: 'DATABASE_UNUSABLE',
      message: expect.stringContaining('只搬入了一部分'),
    });
    rmSync(to);
    await migrateStoreAgain(to);
    await (await openWorkshop({ config, clock: systemClock, data })).close();
  });

  it('from a file that is not there makes none', async () => {
    const from = join(folder, 'misspelt.sqlite');
    await expect(migrateStoreCommand({ from, to: join(folder, 'b.sqlite') })).rejects.toThrow(CorrectInput);
    await expect(migrateStoreCommand({ from, to: from })).rejects.toThrow(/同一个数据库/);
  });
});

async function migrateStoreAgain(to: string): Promise<void> {
  const from = createModelStore();
  await from.notices.observe([buildObservation()]);
  const whole = await openSqliteStore(to);
  await migrateStore(from, whole);
  await whole.close();
}
