import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';

import { buildApi } from '../../src/api/api.ts';
import { apiContext } from '../../src/cli/server.ts';
import { openWorkshop } from '../../src/cli/workshop.ts';
import { systemClock } from '../../src/model/clock.ts';
import { folderPlace } from '../../storage/archive/folder.ts';
import { buildRequest, buildRun } from '../support/build.ts';

it('a database that another program locks leaves the page and the watchdog answered while the daemon waits to write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  const file = join(folder, 'gongshi.sqlite');
  const workshop = await openWorkshop({
    config: join(import.meta.dirname, '../../config'),
    clock: systemClock,
    data: { database: file, archive: folderPlace(join(folder, 'archive')) },
  });
  const api = buildApi({ ...apiContext(workshop), webRoot: null });
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  let stored = false;
  const write = workshop.store.runs.begin(buildRun(), [buildRequest('list:1')]).then(() => (stored = true));
  for (const url of ['/healthz', '/api/overview', '/api/sources']) {
    expect([url, (await api.inject({ url })).statusCode]).toEqual([url, 200]);
  }
  expect(stored).toBe(false);
  other.exec('ROLLBACK');
  await write;
  await api.close();
  await workshop.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});
