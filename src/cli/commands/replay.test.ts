import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { buildArchiveEntry, buildCommit, buildRequest, buildRun } from '../../../test/support/build.ts';
import { openArchive } from '../../../storage/archive/open.ts';
import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import { replay } from './replay.ts';

describe('gongshi replay', () => {
  let folder: string;
  let config: string;
  let database: string;

  beforeEach(async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    folder = mkdtempSync(join(tmpdir(), 'gongshi-replay-'));
    config = join(folder, 'config');
    database = join(folder, 'gongshi.sqlite');
    cpSync(join(import.meta.dirname, '../../../config'), config, { recursive: true });
    const settings = join(config, 'gongshi.yaml');
    const text = readFileSync(settings, 'utf8')
      .replace('data/gongshi.sqlite', database)
      .replace('data/archive', join(folder, 'archive'));
    writeFileSync(settings, text);
    // One reply that says the page is gone, and nothing else.
    const archive = await openArchive(join(folder, 'archive'));
    const record = await archive.append(buildArchiveEntry({ sourceId: 'ky_gov', status: 404 }));
    await archive.close();
    const store = await openSqliteStore(database);
    await store.runs.begin(buildRun({ sourceId: 'ky_gov' }), [buildRequest('detail:1')]);
    await store.runs.commitPage(buildCommit({ requestKey: 'detail:1', archive: record }));
    await store.close();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const databases = (): string[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith('gongshi.sqlite'))
      .map((name) => name.replace(/before-.*/, 'before'))
      .sort();

  it('builds beside the database in use, and leaves that as it is', async () => {
    await replay({ config, json: true });
    expect(databases()).toEqual(['gongshi.sqlite', 'gongshi.sqlite.replay']);
    const printed = vi.mocked(process.stdout.write).mock.calls.map(([line]) => line.toString());
    expect(JSON.parse(printed.join(''))).toMatchObject({
      replies: 1,
      created: 0,
      failures: { HTTP_4XX: 1 },
      differences: [{ kind: 'notices' }, { kind: 'projects' }, { kind: 'findings' }],
    });
  });

  it('takes the place of the database in use only when told to, and keeps that under another name', async () => {
    await replay({ config, adopt: true });
    expect(databases()).toEqual(['gongshi.sqlite', 'gongshi.sqlite.before']);
  });

  it('does not take its place while another program has it open', async () => {
    const other = await openSqliteStore(database);
    await expect(replay({ config, adopt: true })).rejects.toThrow('另有程序正在使用现有数据库');
    await other.close();
    expect(databases()).toEqual(['gongshi.sqlite', 'gongshi.sqlite.replay']);
  });

  it('never builds into the database in use', async () => {
    await expect(replay({ config, into: database })).rejects.toThrow('不能在现有数据库上重建');
  });
});
