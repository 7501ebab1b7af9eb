import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bringBack } from '../../src/cli/backup/bring-back.ts';
import type { Manifest } from '../../src/cli/backup/manifest.ts';
import { takeBackup } from '../../src/cli/backup/take.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { Places } from '../../src/cli/workshop.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { everythingIn } from '../support/everything.ts';
import type { Everything } from '../support/everything.ts';
import { installationAt } from '../support/installation.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('a backup taken while a crawl is running', () => {
  let portal: Portal;
  let home: string;
  let elsewhere: string;
  let folder: string;
  let manifest: Manifest;
  let before: Everything;
  let restored: Everything;

  beforeAll(async () => {
    portal = await startPortal({ seed: 7, notices: 240 });
    home = installationAt(portal);
    elsewhere = installationAt(portal);
    folder = join(home, 'backup');
    expect(await crawl(home)).toBe(0);
    before = await contentsOf(home);

    const answeredBefore = answered(portal);
    let taken: Promise<Manifest> | null = null;
    const code = await crawl(home, ['--full'], () => {
      if (taken === null && answered(portal) - answeredBefore > 60)
        taken = takeBackup(places(home), folder, systemClock);
    });
    expect(code).toBe(0);
    manifest = await taken!;
    await bringBack(folder, places(elsewhere));
    restored = await contentsOf(elsewhere);
  });

  afterAll(async () => {
    await portal.close();
    for (const path of [home, elsewhere]) rmSync(path, { recursive: true, force: true });
  });

  it('holds one state of the database, in the middle of that crawl', () => {
    expect(restored.runs.filter((run) => run.outcome === 'running').length).toBeGreaterThan(0);
    expect(restored.archiveRecords.length).toBeGreaterThan(before.archiveRecords.length);
    // Projects and alerts change after the crawl only: they are those of the state before it.
    for (const kind of ['projects', 'findings', 'alerts', 'alertNumbers'] as const) {
      expect(restored[kind]).toEqual(before[kind]);
    }
    const lasting = (all: Everything): unknown[] =>
      all.notices.map(({ notice: { lastSeenAt: _seen, archiveId: _archived, ...rest }, projectId }) => ({
        rest,
        projectId,
      }));
    expect(lasting(restored)).toEqual(lasting(before));
    // What is answered in the frontier and what is archived were committed together.
    const running = new Set(restored.runs.filter((run) => run.outcome === 'running').map((run) => run.id));
    const settled = restored.frontier.filter((entry) => running.has(entry.runId) && entry.state === 'done').length;
    expect(settled).toBeGreaterThan(0);
    expect(restored.archiveRecords.filter((r) => running.has(r.runId)).length).toBeGreaterThanOrEqual(settled);
  });

  it('has every reply its database knows, unchanged, after being restored elsewhere', async () => {
    expect(manifest.records).toEqual({ checked: restored.archiveRecords.length, unreadable: [] });
    const archive = await places(elsewhere).archive.open();
    for (const record of restored.archiveRecords) expect((await archive.read(record)).byteLength).toBe(record.size);
    await archive.close();
    const known = new Set(restored.archiveRecords.map((record) => record.id));
    expect(restored.notices.filter(({ notice }) => !known.has(notice.archiveId))).toEqual([]);
  });

  it('is not restored over data that is there', async () => {
    await expect(bringBack(folder, places(elsewhere))).rejects.toThrow(/目标位置已有数据库文件/);
    const onlyArchive = { database: join(home, 'other/gongshi.sqlite'), archive: places(elsewhere).archive };
    await expect(bringBack(folder, onlyArchive)).rejects.toThrow(/不是空的/);
  });

  it('is taken into an empty folder only', async () => {
    await expect(takeBackup(places(home), folder, systemClock)).rejects.toThrow(/不是空的/);
  });

  it('of which the crawl goes on where it stood and ends complete', async () => {
    expect(await crawl(elsewhere, ['--full'])).toBe(0);
  });

  it('is refused once a file of it has changed, before anything is written', async () => {
    const target = { database: join(home, 'new/gongshi.sqlite'), archive: folderPlace(join(home, 'new/archive')) };
    const file = manifest.archive[0]!.file;
    appendFileSync(join(folder, 'archive', file), 'x');
    await expect(bringBack(folder, target)).rejects.toThrow(`文件 ${file} 与备份清单中的大小或 SHA-256 不符`);
    writeFileSync(join(folder, 'manifest.json'), '{"format":1}');
    await expect(bringBack(folder, target)).rejects.toThrow(/不合规定/);
    rmSync(join(folder, 'manifest.json'));
    await expect(bringBack(folder, target)).rejects.toThrow(/没有可读的备份清单/);
    expect(readdirSync(home)).not.toContain('new');
  });
});

function places(folder: string): Places {
  return { database: join(folder, 'data/gongshi.sqlite'), archive: folderPlace(join(folder, 'data/archive')) };
}

/** Runs the command an operator runs, looking on every few milliseconds. */
async function crawl(folder: string, args: string[] = [], look?: () => void): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'src/cli/gongshi.js'), '--config', join(folder, 'config'), 'crawl', ...args],
    { stdio: 'ignore' },
  );
  const watch = look === undefined ? undefined : setInterval(look, 2);
  try {
    return await new Promise((resolve) => child.once('exit', resolve));
  } finally {
    clearInterval(watch);
  }
}

function answered(portal: Portal): number {
  return Object.values(portal.requests()).reduce((a, b) => a + b, 0);
}

async function contentsOf(folder: string): Promise<Everything> {
  const store = await openSqliteStore(places(folder).database);
  try {
    return await everythingIn(store);
  } finally {
    await store.close();
  }
}
