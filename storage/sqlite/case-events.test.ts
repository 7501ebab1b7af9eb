import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';

import { buildOpening } from '../../test/support/build.ts';
import { openSqliteStore } from './open.ts';

it('the events of a case are neither changed nor removed, whoever opens the database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  const path = join(folder, 'gongshi.sqlite');
  const store = await openSqliteStore(path);
  const opening = buildOpening();
  await store.cases.append([opening]);
  await store.close();
  const raw = new DatabaseSync(path);
  expect(() => raw.exec("UPDATE case_events SET doc = '{}'")).toThrow(/never changed/);
  expect(() => raw.exec('DELETE FROM case_events')).toThrow(/never removed/);
  raw.close();
  const again = await openSqliteStore(path);
  expect(await again.cases.events(opening.file.number)).toEqual([opening.event]);
  await again.close();
  rmSync(folder, { recursive: true });
});
