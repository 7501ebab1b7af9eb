import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RepairDatabase } from '../../src/model/errors.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { buildObservation } from '../support/build.ts';
import { describeStore } from './store.ts';

describeStore('SQLite', () => openSqliteStore(':memory:'));

describe('the SQLite file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    path = join(folder, 'data', 'gongshi.sqlite');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('loses no acknowledged page to kill -9, keeps no half page, and the run goes on where it stood', async () => {
    const total = 400;
    const acknowledged = new Set<string>();
    for (const killAfter of [1, 90, 150, Infinity]) {
      const acks = await child(['commit', path, String(total)], killAfter);
      acks.forEach((key) => acknowledged.add(key));

      const store = await openSqliteStore(path);
      const waiting = new Set((await store.runs.waiting('run-1', total)).map((item) => item.request.key));
      const records = [];
      for await (const record of store.runs.allArchiveRecords()) records.push(record.id);
      for (const key of acknowledged) expect(waiting.has(key)).toBe(false);
      for (let i = 0; i < total; i += 1) {
        const stored = (await store.notices.get(`yn_ccgp:${i}`)) !== null;
        expect(stored).toBe(!waiting.has(`detail:${i}`));
        expect(records.filter((id) => id === String(i))).toHaveLength(stored ? 1 : 0);
      }
      // What the killed process had not yet taken into the index is found all the same.
      expect(await store.notices.count({ text: '公路养护' })).toBe(total - waiting.size);
      expect(await store.runs.get('run-1')).toMatchObject({ bytes: total - waiting.size });
      if (killAfter === Infinity) expect(waiting.size).toBe(0);
      await store.close();
    }
    // A page may be committed and its process killed before it could say so: at most one a kill.
    expect(acknowledged.size).toBeGreaterThanOrEqual(total - 3);
  });

  it('is migrated once when several processes open it at the same time', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => child(['open', path], Infinity)));
    expect(opened).toEqual([['opened'], ['opened'], ['opened']]);
    const store = await openSqliteStore(path);
    const { version, known } = await store.schema();
    expect(version).toBe(known);
    await store.close();
  });

  it('is searched while another process writes, and completely afterwards', async () => {
    const store = await openSqliteStore(path);
    await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:a' })]);
    expect((await store.notices.search({ text: '医疗', limit: 9 })).items).toHaveLength(1);
    await store.notices.observe([buildObservation({ noticeId: 'yn_ccgp:b' })]);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect((await store.notices.search({ text: '医疗', limit: 9 })).items).toHaveLength(1);
    other.exec('ROLLBACK');
    other.close();
    expect((await store.notices.search({ text: '医疗', limit: 9 })).items).toHaveLength(2);
    await store.close();
  });

  it('of a newer program is refused and left alone', async () => {
    await (await openSqliteStore(path)).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 9999');
    db.close();
    await expect(openSqliteStore(path)).rejects.toThrow(RepairDatabase);
    await expect(openSqliteStore(path)).rejects.toThrow(/更新的版本/);
  });

  it('that is no database is named with what to do', async () => {
    const file = join(folder, 'notes.txt');
    writeFileSync(file, '这不是数据库。'.repeat(100));
    const error = await openSqliteStore(file).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RepairDatabase);
    expect((error as RepairDatabase).message).toContain(file);
    expect((error as RepairDatabase).advice).toContain('备份');
  });

  /** Lines that the child printed until it ended; killed with SIGKILL after so many. */
  async function child(args: string[], killAfter: number): Promise<string[]> {
    const script = join(import.meta.dirname, '../support/store-child.ts');
    const process_ = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      process_.once('error', reject);
      process_.once('exit', (code, signal) => {
        if (code === 0 || (signal === 'SIGKILL' && killAfter !== Infinity)) resolve();
        else reject(new Error(`child ended with ${code ?? signal}`));
      });
    });
    for await (const line of createInterface({ input: process_.stdout })) {
      lines.push(line);
      if (lines.length === killAfter) process_.kill('SIGKILL');
    }
    await ended;
    return lines;
  }
});
