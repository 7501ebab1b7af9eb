import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DetectionScore } from '../../src/cli/detection-score.ts';
import { openMongoStore } from '../../storage/mongodb/open.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';
import { withDatabase } from '../support/mongo/uri.ts';

const GONGSHI = join(import.meta.dirname, '../../src/cli/gongshi.js');

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

describe('the commands, given the address of a MongoDB', () => {
  let mongo: TestMongo;
  let client: MongoClient;
  const used: string[] = [];
  beforeAll(async () => {
    mongo = await openTestMongo();
    client = new MongoClient(mongo.uri);
  });
  afterAll(async () => {
    for (const name of used) await client.db(name).dropDatabase();
    await client.close();
    await mongo.close();
  });

  it('demo --once prints what it prints on SQLite, and leaves there what it tells of', async () => {
    const store = addressOf('demo');
    const asked = ['demo', '--once', '--notices', '160'];
    const [onMongo, onSqlite] = await Promise.all([gongshi(...asked, '--store', store), gongshi(...asked)]);
    expect([onMongo.code, onSqlite.code]).toEqual([0, 0]);
    expect(withoutSeconds(onMongo.out)).toBe(withoutSeconds(onSqlite.out));
    expect(onMongo.out).toMatch(/^公告 160 条，项目 \d+ 个/m);
    expect(onMongo.out).toMatch(/^埋设的违规 ([1-9]\d*) 处，告警 \1 处，误报 0 处。$/m);
    const left = await openMongoStore(store);
    expect(await left.notices.count({})).toBe(160);
    await left.close();
    // Nor does it mix its notices with others'.
    const again = await gongshi(...asked, '--store', store);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toContain('指定的数据库里已有公告');
  });

  it('score over three days comes to the same figures as on SQLite', async () => {
    const asked = ['score', '--notices', '160', '--days', '3', '--json'];
    const [onMongo, onSqlite] = await Promise.all([
      gongshi(...asked, '--store', addressOf('score')),
      gongshi(...asked),
    ]);
    expect([onMongo.code, onSqlite.code]).toEqual([0, 0]);
    const figures = JSON.parse(onMongo.out) as DetectionScore;
    expect(figures).toEqual(JSON.parse(onSqlite.out));
    expect(figures.violations.planted).toBeGreaterThan(0);
    expect(figures.violations).toMatchObject({ precision: 1, recall: 1, false: 0 });
  });

  function addressOf(name: string): string {
    const database = `${client.db().databaseName}_${name}`;
    used.push(database);
    return withDatabase(mongo.uri, database);
  }
});

/** How long it took is each run's own. */
function withoutSeconds(out: string): string {
  return out.replaceAll(/ *\d+\.\d 秒/g, ' … 秒');
}

/** Leaves this process free to answer as the server. */
async function gongshi(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [GONGSHI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
