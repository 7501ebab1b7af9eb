import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { keepCases } from '../../src/cases/case-stage.ts';
import { calendar } from '../../src/compliance/test-facts.ts';
import { MARCH_20 } from '../../test/support/build.ts';
import { everythingIn } from '../../test/support/everything.ts';
import type { Everything } from '../../test/support/everything.ts';
import { openSqliteStore } from './open.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const unpacked = (name: string): Buffer => gunzipSync(readFileSync(join(FIXTURES, name)));
const saved = readdirSync(FIXTURES)
  .map((name) => /^schema-(\d+)\.sqlite\.gz$/.exec(name)?.[1])
  .filter((version) => version !== undefined)
  .map(Number);

describe('a database of an earlier version', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    path = join(folder, 'gongshi.sqlite');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(saved)('of schema %i opens with all that it held', async (version) => {
    writeFileSync(path, unpacked(`schema-${version}.sqlite.gz`));
    const held = asOpened(JSON.parse(unpacked(`schema-${version}.json.gz`).toString()) as Everything, version);
    const store = await openSqliteStore(path);
    // Later versions may know more of a thing; what was known stays, and nothing is lost or added.
    const holds = await everythingIn(store);
    expect(holds).toMatchObject(held);
    for (const items of Object.values(held)) expect(items.length).toBeGreaterThan(0);
    // What is kept beside the things themselves: search index, link keys, the run's frontier, alert numbers.
    const found = await store.notices.search({ text: '医疗设备', limit: 5 });
    expect(found.items.map(({ id }) => id)).toEqual(['yn_ccgp:1']);
    expect((await store.notices.byLinkKeys(['name:医疗设备'])).map(({ id }) => id)).toEqual(['yn_ccgp:1']);
    expect((await store.notices.revisions('yn_ccgp:1')).map(({ revision }) => revision)).toEqual([1, 2]);
    expect((await store.runs.waiting('run-2', 5)).map((item) => item.request.key)).toEqual(['detail:3', 'detail:4']);
    expect(await store.findings.countAlerts({ state: 'open', nature: 'violation' })).toBe(1);
    // Cases of a time before they could be looked for by these are found by them.
    const named = { sourceId: 'yn_ccgp', agency: '云南明诚项目管理有限公司', code: 'MISSING_PUBLICITY' } as const;
    expect(await store.cases.count(named)).toBe(await store.cases.count({}));
    // Alerts of a time before there were cases get theirs, under their numbers.
    const deadlines = { pending: 5, investigating: 30, rectifying: 30, reply: 5 };
    await keepCases({ store, calendar, deadlines, clock: { now: () => MARCH_20 + 86_400_000 } });
    const numbers = (await store.findings.alerts({ limit: 10 })).items.map(({ number }) => number);
    expect((await store.cases.getMany(numbers)).map(({ number }) => number)).toEqual([...numbers].sort());
    await store.close();
    expect(schemaOf(path)).toBe(await presentSchema());
  });

  it('is there for the present schema too: after adding a migration run test/support/save-schema.ts', async () => {
    expect(saved).toContain(await presentSchema());
  });

  async function presentSchema(): Promise<number> {
    const fresh = join(folder, 'fresh.sqlite');
    await (await openSqliteStore(fresh)).close();
    return schemaOf(fresh);
  }
});

/** The ninth and the tenth schema have every notice linked anew: for what projects are compared by, and for other link keys. */
function asOpened(held: Everything, version: number): Everything {
  if (version >= 10) return held;
  return { ...held, notices: held.notices.map((stored) => ({ ...stored, matched: false })) };
}

function schemaOf(path: string): number {
  const database = new DatabaseSync(path);
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  const { integrity_check: integrity } = database.prepare('PRAGMA integrity_check').get() as {
    integrity_check: string;
  };
  database.close();
  expect(integrity).toBe('ok');
  return version;
}
