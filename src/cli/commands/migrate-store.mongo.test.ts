import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { digestOf } from '../../../storage/move.ts';
import { CONTENT_KINDS } from '../../../storage/store.ts';
import {
  buildAlert,
  buildArchiveRecord,
  buildCommit,
  buildFinding,
  buildObservation,
  buildProject,
  buildRequest,
  buildRun,
} from '../../../test/support/build.ts';
import { openTestMongo } from '../../../test/support/mongo/open.ts';
import type { TestMongo } from '../../../test/support/mongo/open.ts';
import { openStore } from '../store-address.ts';
import { migrateStoreCommand } from './migrate-store.ts';

let mongo: TestMongo;
let folder: string;
beforeAll(async () => {
  mongo = await openTestMongo();
  folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await mongo.close();
});

it('a SQLite file goes into MongoDB and back, and is the same by its digests', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const [from, back] = [join(folder, 'from.sqlite'), join(folder, 'back.sqlite')];
  const store = await openStore(from);
  const ids = Array.from({ length: 450 }, (_, i) => `yn_ccgp:${i}`);
  await store.runs.begin(
    buildRun(),
    ids.map((id) => buildRequest(`detail:${id}`)),
  );
  for (const [i, noticeId] of ids.slice(0, 20).entries()) {
    await store.runs.commitPage(
      buildCommit({
        requestKey: `detail:${noticeId}`,
        archive: buildArchiveRecord({ id: `record-${99 - i}` }),
        observations: [buildObservation({ noticeId, fields: { amount: i / 7 } })],
      }),
    );
  }
  await store.notices.observe(ids.map((noticeId) => buildObservation({ noticeId, text: '\ud800农村公路\u0000' })));
  await store.projects.replace(ids, [buildProject({ id: 'p1', noticeIds: ids })], new Map([[ids[0]!, ['k']]]));
  await store.findings.judge(['p1'], [buildFinding({ projectId: 'p1' })], [buildAlert({ projectId: 'p1' })]);
  const expected = await Promise.all(CONTENT_KINDS.map((kind) => digestOf(store, kind)));
  await store.close();

  await migrateStoreCommand({ from, to: mongo.uri });
  await migrateStoreCommand({ from: mongo.uri, to: back });
  const returned = await openStore(back);
  expect(await Promise.all(CONTENT_KINDS.map((kind) => digestOf(returned, kind)))).toEqual(expected);
  expect(await returned.notices.count({ text: '公路' })).toBe(450);
  const filled = CONTENT_KINDS.flatMap((kind, i) => (expected[i]!.count > 0 ? [[kind, expected[i]!.count]] : []));
  expect(Object.fromEntries(filled)).toEqual({
    runs: 1,
    frontier: 450,
    archiveRecords: 20,
    notices: 450,
    projects: 1,
    findings: 1,
    alerts: 1,
    alertNumbers: 1,
  });
  await returned.close();
  vi.restoreAllMocks();
});
