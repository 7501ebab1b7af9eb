import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { everythingIn } from './everything.ts';
import { fill } from './fill.ts';

/**
 * Saves a small database of the present schema, and what it holds, for storage/sqlite/upgrade.test.ts.
 * Run once when a migration has been added: `node test/support/save-schema.ts`. A saved schema is never made again.
 */
const FIXTURES = join(import.meta.dirname, '../../storage/sqlite/fixtures');

const folder = mkdtempSync(join(tmpdir(), 'gongshi-schema-'));
const path = join(folder, 'gongshi.sqlite');
const store = await openSqliteStore(path);
await fill(store);
const contents = await everythingIn(store);
await store.close();
const database = new DatabaseSync(path);
database.exec('PRAGMA journal_mode = DELETE; VACUUM');
const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
database.close();
const name = join(FIXTURES, `schema-${version}`);
writeFileSync(`${name}.sqlite.gz`, gzipSync(readFileSync(path)), { flag: 'wx' });
writeFileSync(`${name}.json.gz`, gzipSync(JSON.stringify(contents)), { flag: 'wx' });
rmSync(folder, { recursive: true });
