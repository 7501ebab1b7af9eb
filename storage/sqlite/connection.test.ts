import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildRequest, buildRun } from '../../test/support/build.ts';
import { Connection } from './connection.ts';
import { openSqliteStore } from './open.ts';

describe('a database that another program locks', () => {
  let folder: string;
  let file: string;
  let other: DatabaseSync;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    file = join(folder, 'gongshi.sqlite');
    await (await openSqliteStore(file)).close();
    other = new DatabaseSync(file);
  });
  afterEach(() => {
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds up who writes, in order, and nobody who reads', async () => {
    const store = await openSqliteStore(file);
    other.exec('BEGIN IMMEDIATE');
    const done: string[] = [];
    const writes = ['one', 'two', 'three'].map((id) =>
      store.runs.begin(buildRun({ id }), [buildRequest('list:1')]).then(() => done.push(id)),
    );
    expect(await store.runs.list({ limit: 9 })).toEqual([]);
    expect(done).toEqual([]);
    other.exec('ROLLBACK');
    await Promise.all(writes);
    expect(done).toEqual(['one', 'two', 'three']);
    expect((await store.runs.list({ limit: 9 })).map(({ id }) => id).sort()).toEqual(['one', 'three', 'two']);
    await store.close();
  });

  it('is told of when it lasts, and the write has left nothing', async () => {
    const connection = new Connection(file, undefined, 20);
    other.exec('BEGIN IMMEDIATE');
    const write = connection.write(() => connection.run(`INSERT INTO users (name, doc) VALUES ('李明', '{}')`));
    await expect(write).rejects.toMatchObject({ code: 'DATABASE_UNUSABLE', facts: { errcode: 5 } });
    other.exec('ROLLBACK');
    expect(connection.all('SELECT * FROM users')).toEqual([]);
    await connection.write(() => connection.run(`INSERT INTO users (name, doc) VALUES ('李明', '{}')`));
    expect(connection.all('SELECT * FROM users')).toHaveLength(1);
    connection.close();
  });
});
