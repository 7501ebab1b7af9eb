import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoClient } from 'mongodb';

import { openBreakableMongo } from '../../test/support/mongo/open.ts';
import type { BreakableMongo } from '../../test/support/mongo/open.ts';
import { openMongoStore } from './open.ts';

const CHILD = join(import.meta.dirname, '../../test/support/store-child.ts');

describe('processes on one MongoDB', () => {
  let mongo: BreakableMongo;
  beforeAll(async () => {
    mongo = await openBreakableMongo();
  });
  afterAll(() => mongo.close());

  it('migrate an empty database once when three start at the same moment', async () => {
    const created: string[] = [];
    // Strikes nothing: it only looks.
    const watch = mongo.fault({
      kind: 'slow',
      when: (command, collection) => {
        if (command === 'create') created.push(String(collection));
        return false;
      },
    });
    const uri = addressOf('migrated');
    const lines = await Promise.all([1, 2, 3].map(() => linesOf(['open', uri])));
    watch.lift();
    expect(lines).toEqual([['opened'], ['opened'], ['opened']]);
    expect(created.length).toBeGreaterThan(5);
    expect(new Set(created).size).toBe(created.length);
    const client = new MongoClient(uri);
    const steps = await client.db().collection<{ _id: number }>('migrations').find().sort({ _id: 1 }).toArray();
    const store = await openMongoStore(uri);
    const { version, known } = await store.schema();
    expect(steps.map(({ _id }) => _id)).toEqual(Array.from({ length: known }, (_, i) => i + 1));
    expect(version).toBe(known);
    await Promise.all([store.close(), client.close()]);
  });

  it('lose no acknowledged page when the engine is killed with SIGKILL under load, and go on when it is back', async () => {
    const uri = addressOf('killed');
    const total = 60;
    const acknowledged: string[] = [];
    let kills = 0;
    let back = Promise.resolve();
    await linesOf(['commit', uri, String(total)], (key) => {
      acknowledged.push(key);
      if (acknowledged.length % 20 !== 10 || kills === 2) return;
      kills += 1;
      back = mongo.killEngine().then(() => mongo.restartEngine());
    });
    await back;
    expect(kills).toBe(2);
    const store = await openMongoStore(uri);
    const waiting = new Set((await store.runs.waiting('run-1', total)).map(({ request }) => request.key));
    expect(acknowledged.filter((key) => waiting.has(key))).toEqual([]);
    const records = new Set<string>();
    for await (const { id } of store.runs.allArchiveRecords()) records.add(id);
    const ids = acknowledged.map((key) => key.slice('detail:'.length));
    expect(ids.filter((id) => !records.has(id))).toEqual([]);
    expect((await store.notices.getMany(ids.map((id) => `yn_ccgp:${id}`))).length).toBe(ids.length);
    expect(await store.runs.get('run-1')).toMatchObject({ requests: total, bytes: total });
    expect(waiting.size).toBe(0);
    await store.close();
  });

  function addressOf(database: string): string {
    const uri = new URL(mongo.uri);
    uri.pathname = `/${database}`;
    return uri.href;
  }
});

/** What a process printed, line by line; rejects when it failed. */
async function linesOf(args: string[], onLine: (line: string) => void = () => undefined): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`child ended with ${code}`))));
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    onLine(line);
  }
  await ended;
  return lines;
}
