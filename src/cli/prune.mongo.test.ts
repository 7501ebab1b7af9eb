import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { folderPlace } from '../../storage/archive/folder.ts';
import { openMongoStore } from '../../storage/mongodb/open.ts';
import { buildAlert, buildFinding, buildOpening, buildStep } from '../../test/support/build.ts';
import { KeptArchive } from '../../test/support/kept-archive.ts';
import { openTestMongo } from '../../test/support/mongo/open.ts';
import type { TestMongo } from '../../test/support/mongo/open.ts';
import { retentionOf } from '../cases/retention.ts';
import { epochOf } from '../model/day.ts';
import { pruneArchive } from './prune.ts';
import type { Pruned } from './prune.ts';

const DAY = 86_400_000;
const MARCH_2 = epochOf('2026-03-02T20:00');
const NOW = epochOf('2026-11-20');
const BEFORE = NOW - 90 * DAY;

let mongo: TestMongo;
let home: string;
let kept: KeptArchive;
beforeAll(async () => {
  mongo = await openTestMongo();
  home = mkdtempSync(join(tmpdir(), 'gongshi-prune-'));
  kept = new KeptArchive(await openMongoStore(mongo.uri), folderPlace(join(home, 'archive')));
});
afterAll(async () => {
  await kept.close();
  await mongo.close();
  rmSync(home, { recursive: true });
});

it('pruning takes nothing of a 暂挂 case and what its remarks name out of an archive on MongoDB, and leaves the rest readable', async () => {
  const { store } = kept;
  await kept.publish({ p1: 'compliant', p2: 'violation', p3: 'compliant' }, MARCH_2, NOW);
  const before = await kept.records();
  const finding = buildFinding({ projectId: 'p3' });
  await store.findings.judge([], [], [buildAlert({ projectId: 'p3', finding })]);
  const { number } = (await store.findings.alert(finding.key))!;
  const opening = buildOpening({ number, alertKey: finding.key, projectId: 'p3' });
  const named = await kept.recordOf('list 2');
  const remark = buildStep(opening.file, { action: 'commented', note: `列表 ${named.id} 未列该公告` });
  const put = buildStep(remark.file, { action: 'suspended', note: '等候答复', until: '2027-03-01' });
  for (const step of [opening, remark, put]) await store.cases.append([step]);

  expect(await prune()).toMatchObject({ dropped: 3, damaged: [], leftovers: 0 });
  const after = await kept.records();
  const gone = before.filter(({ id }) => !after.some((record) => record.id === id));
  expect(gone.map((record) => kept.labelOf(record)).sort()).toEqual(['list 0', 'p1 1', 'p1 2']);
  expect(await kept.unlike(before)).toEqual([]);
  expect(readdirSync(kept.place.name).sort()).toEqual([...new Set(after.map(({ file }) => file))].sort());
  expect(await prune()).toMatchObject({ dropped: 0, rewritten: 0, removed: 0, leftovers: 0 });
});

async function prune(): Promise<Pruned> {
  const { store, place } = kept;
  const retention = await kept.reading((archive) => retentionOf(store, archive, BEFORE));
  return pruneArchive({ store, place }, retention, { before: BEFORE, now: NOW });
}
