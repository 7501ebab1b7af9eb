import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bringBack } from '../../src/cli/backup/bring-back.ts';
import type { Manifest } from '../../src/cli/backup/manifest.ts';
import { takeFromServer } from '../../src/cli/backup/take-from-server.ts';
import { openStore } from '../../src/cli/store-address.ts';
import { openWorkshop } from '../../src/cli/workshop.ts';
import type { Places, Workshop } from '../../src/cli/workshop.ts';
import { systemClock } from '../../src/model/clock.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import { digestOf } from '../../storage/move.ts';
import { CONTENT_KINDS } from '../../storage/store.ts';
import type { ContentKind, Store } from '../../storage/store.ts';
import { SITE_IDS } from '../portal/model.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { buildOpening, buildStep, buildUser } from '../support/build.ts';
import { collect } from '../support/collect.ts';
import { answered, start, until } from '../support/commands.ts';
import type { Command } from '../support/commands.ts';
import { installationAt } from '../support/installation.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';
import { withDatabase } from '../support/mongo/uri.ts';

type Digests = Map<ContentKind, { count: number; digest: string }>;

/** A crawl through the gateway takes half a minute, on a laden machine several. */
const PATIENCE_MS = 900_000;

describe('a backup of a MongoDB store, taken while a worker crawls and a supervisor works', () => {
  let portal: Portal;
  let mongo: TestMongo;
  let home: string;
  let elsewhere: string;
  let folder: string;
  let other: string;
  let worker: Command;
  let manifest: Manifest;
  /** What the store held at the moment of the copy. */
  let held: Digests;
  const waitedFor: string[] = [];
  const opening = buildOpening({ number: 'KY-2020-0001' });

  beforeAll(async () => {
    [portal, mongo] = await Promise.all([startPortal({ seed: 7, notices: 240 }), openTestMongo()]);
    home = installationAt(portal, { once: true });
    elsewhere = installationAt(portal);
    folder = join(mkdtempSync(join(tmpdir(), 'gongshi-backup-')), 'taken');
    other = withDatabase(mongo.uri, `gongshi_test_${randomBytes(6).toString('hex')}`);
    use(home, mongo.uri);
    use(elsewhere, other);

    worker = start(home, ['run', '--no-serve']);
    await until(() => answered(portal) > 40);
    const workshop = await openWorkshop({ config: join(home, 'config'), clock: systemClock });
    try {
      await workshop.store.cases.append([opening]);
      await workshop.store.users.put(buildUser());
      manifest = await backup(workshop);
    } finally {
      await workshop.close();
    }
    worker.child.kill('SIGTERM');
    await worker.ended;
    await bringBack(folder, places(elsewhere, other));
  }, PATIENCE_MS);

  afterAll(async () => {
    worker.child.kill('SIGKILL');
    await dropped(other);
    await mongo.close();
    await portal.close();
    for (const path of [home, elsewhere, join(folder, '..')]) rmSync(path, { recursive: true, force: true });
  });

  it('waits until each crawl under way has come to its end, and takes one state in which none is open', async () => {
    expect(waitedFor.some((what) => what.startsWith('来源 '))).toBe(true);
    await opened(other, async (store) => {
      const runs = await store.runs.list({ limit: 100 });
      expect(runs.map(({ sourceId, outcome }) => [sourceId, outcome]).sort()).toEqual(
        [...SITE_IDS].sort().map((id) => [id, 'complete']),
      );
    });
  });

  it('holds the step and the file that the supervisor added while the notices were copied', async () => {
    await opened(other, async (store) => {
      expect((await store.cases.events(opening.file.number)).map(({ step }) => step.action)).toEqual([
        'opened',
        'commented',
      ]);
      expect(await store.cases.get(opening.file.number)).toMatchObject({ version: 2 });
      expect(Buffer.from((await store.cases.attachment('c'.repeat(64)))!).toString()).toBe('询问笔录');
    });
  });

  it('is brought back into another database the same in every kind, by its digests', async () => {
    expect(await opened(other, digestsOf)).toEqual(held);
    for (const kind of ['runs', 'archiveRecords', 'notices', 'cases', 'caseEvents', 'users', 'sentRequests'] as const) {
      expect([kind, held.get(kind)!.count > 0]).toEqual([kind, true]);
    }
  });

  it('has every reply that its database knows', async () => {
    const records = await opened(other, (store) => collect(store.runs.allArchiveRecords()));
    expect(manifest.records).toEqual({ checked: records.length, unreadable: [] });
    const archive = await places(elsewhere, other).archive.open();
    for (const record of records) expect((await archive.read(record)).byteLength).toBe(record.size);
    await archive.close();
  });

  it('is not brought back over a database that holds anything, and says what to do', async () => {
    const again = { database: other, archive: folderPlace(join(folder, '../again')) };
    const error = await bringBack(folder, again).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/目标数据库 .* 不是空的/),
      advice: expect.stringContaining('先删除该数据库'),
    });
    expect(await again.archive.files()).toBeNull();
  });

  it('becomes a SQLite file anywhere', async () => {
    const there = mkdtempSync(join(tmpdir(), 'gongshi-file-'));
    const file = { database: join(there, 'gongshi.sqlite'), archive: folderPlace(join(there, 'archive')) };
    await bringBack(folder, file);
    expect(await opened(file.database, digestsOf)).toEqual(held);
    rmSync(there, { recursive: true });
  });

  it('of which the next crawl ends complete, and finds no notice twice', async () => {
    const before = held.get('notices')!.count;
    expect(await start(elsewhere, ['crawl']).ended).toBe(0);
    await opened(other, async (store) => {
      expect(await store.notices.count({})).toBe(before);
      expect((await store.runs.list({ limit: 5 })).map(({ outcome }) => outcome)).toEqual(Array(5).fill('complete'));
    });
  });

  async function backup(workshop: Workshop): Promise<Manifest> {
    return takeFromServer({
      workshop,
      from: places(home, mongo.uri),
      folder,
      patience: { waitMs: PATIENCE_MS, sleep: workshop.sleep, onWait: (what) => waitedFor.push(what) },
      onCopied: async (kind) => {
        if (kind === 'notices') {
          await workshop.store.cases.append([buildStep(opening.file, { action: 'commented', note: '已电话询问' })]);
          await workshop.store.cases.putAttachment('c'.repeat(64), Buffer.from('询问笔录'));
        }
        // The last: nobody but the supervisor has written since the leases were taken.
        if (kind === 'caseAttachments') held = await digestsOf(workshop.store);
      },
    });
  }

  function use(at: string, database: string): void {
    const file = join(at, 'config/gongshi.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('data/gongshi.sqlite', database));
  }

  function places(at: string, database: string): Places {
    return { database, archive: folderPlace(join(at, 'data/archive')) };
  }
});

async function dropped(address: string): Promise<void> {
  const client = new MongoClient(address);
  await client.db().dropDatabase();
  await client.close();
}

async function digestsOf(store: Store): Promise<Digests> {
  const digests: Digests = new Map();
  for (const kind of CONTENT_KINDS) digests.set(kind, await digestOf(store, kind));
  return digests;
}

async function opened<T>(address: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(address);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
