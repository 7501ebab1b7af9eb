import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { digestOf } from '../../../storage/move.ts';
import { CONTENT_KINDS } from '../../../storage/store.ts';
import {
  buildArchiveRecord,
  buildCommit,
  buildObservation,
  buildRequest,
  buildRun,
} from '../../../test/support/build.ts';
import { fill } from '../../../test/support/fill.ts';
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
  await fill(store);
  // More than is taken in at once, records in another order than that of their ids, and text that one of the two does
  // not take as it is.
  const ids = Array.from({ length: 450 }, (_, i) => `yn_ccgp:many-${i}`);
  const run = buildRun({ id: 'run-3' });
  await store.runs.begin(
    run,
    ids.map((id) => buildRequest(`detail:${id}`)),
  );
  for (const [i, id] of ids.slice(0, 20).entries()) {
    const archive = buildArchiveRecord({ id: `record-${99 - i}`, runId: run.id });
    await store.runs.commitPage(buildCommit({ runId: run.id, requestKey: `detail:${id}`, archive }));
  }
  await store.notices.observe(
    ids.map((noticeId, i) => buildObservation({ noticeId, text: '\ud800农村公路\u0000', fields: { amount: i / 7 } })),
  );
  const expected = await Promise.all(CONTENT_KINDS.map((kind) => digestOf(store, kind)));
  expect(CONTENT_KINDS.filter((_, i) => expected[i]!.count === 0)).toEqual([]);
  await store.close();

  await migrateStoreCommand({ from, to: mongo.uri });
  await migrateStoreCommand({ from: mongo.uri, to: back });
  const returned = await openStore(back);
  expect(await Promise.all(CONTENT_KINDS.map((kind) => digestOf(returned, kind)))).toEqual(expected);
  expect(await returned.notices.count({ text: '公路' })).toBe(450);
  await returned.close();
  vi.restoreAllMocks();
});
