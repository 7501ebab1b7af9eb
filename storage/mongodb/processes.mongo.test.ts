import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoClient } from 'mongodb';

import { caseOf } from '../../src/cases/case-events.ts';
import { openBreakableMongo } from '../../test/support/mongo/open.ts';
import type { BreakableMongo } from '../../test/support/mongo/open.ts';
import { COMMON_CASE } from '../../test/support/writer-child.ts';
import type { Acknowledged, WriterKind } from '../../test/support/writer-child.ts';
import { openMongoStore } from './open.ts';

const CHILD = join(import.meta.dirname, '../../test/support/store-child.ts');
const WRITER = join(import.meta.dirname, '../../test/support/writer-child.ts');
const KILLS = 3;
/** On a laden machine the engine takes its time to come back. */
const PATIENCE = 'serverSelectionTimeoutMS=200000';

describe('processes on one MongoDB', () => {
  let mongo: BreakableMongo;
  beforeAll(async () => {
    mongo = await openBreakableMongo();
  });
  afterAll(async () => {
    // Those that a failed test left behind.
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.map(({ gone }) => gone));
    await mongo.close();
  });

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

  it('lose no acknowledged page, event or alert when the engine is killed with SIGKILL under six writers, and go on when it is back', async () => {
    const uri = `${addressOf('killed')}&${PATIENCE}`;
    const kinds = ['pages', 'pages', 'cases', 'cases', 'alerts', 'alerts'] as const;
    const writers = kinds.map((kind, i) => startWriter([uri, kind, `100${i}`]));
    for (let kills = 0; kills < KILLS; kills += 1) {
      // All six are in the middle of their work.
      await Promise.all(writers.map((writer) => writer.acknowledges(3)));
      await mongo.killEngine();
      await mongo.restartEngine();
    }
    await Promise.all(writers.map((writer) => writer.acknowledges(3)));
    const acknowledged = (await Promise.all(writers.map((writer) => writer.end()))).flat();

    const store = await openMongoStore(uri);
    const of = <K extends WriterKind>(kind: K) =>
      acknowledged.filter((one): one is Extract<Acknowledged, { kind: K }> => one.kind === kind);
    const pages = of('pages');
    const notices = new Map((await store.notices.getMany(pages.map((page) => page.noticeId))).map((n) => [n.id, n]));
    for (const { archiveId, noticeId, runId, text } of pages) {
      expect(notices.get(noticeId)).toMatchObject({ text, revision: 1, archiveId });
      expect(await store.runs.archiveRecord(archiveId)).toMatchObject({ id: archiveId, runId });
    }
    expect(await store.notices.count({})).toBe(pages.length);
    for (const [runId, own] of Map.groupBy(pages, (page) => page.runId)) {
      const waiting = (await store.runs.waiting(runId, 9)).map(({ request }) => request.key);
      expect(waiting).toEqual([`detail:${own.length}`]);
      expect(await store.runs.get(runId)).toMatchObject({ requests: own.length, bytes: own.length });
    }

    // Each event at its place, none doubled; that of the common case's opening is either's.
    const events = of('cases').map(({ event }) => event);
    for (const [number, own] of Map.groupBy(events, (event) => event.number)) {
      const found = await store.cases.events(number);
      const after = number === COMMON_CASE ? found.slice(1) : found;
      expect(after).toEqual(own.toSorted((a, b) => a.seq - b.seq));
      expect(await store.cases.get(number)).toEqual(caseOf(found));
    }

    const alerts = of('alerts').map(({ alert }) => alert);
    for (const alert of alerts) {
      expect(await store.findings.alert(alert.key)).toEqual(alert);
      expect(await store.findings.ofProject(alert.projectId)).toEqual([alert.finding]);
    }
    expect(await store.findings.countAlerts({})).toBe(alerts.length);
    expect(new Set(alerts.map(({ number }) => number)).size).toBe(alerts.length);
    await store.close();
  });

  function addressOf(database: string): string {
    const uri = new URL(mongo.uri);
    uri.pathname = `/${database}`;
    return uri.href;
  }
});

interface Writer {
  /** Resolves when it has had so many more writes acknowledged; rejects when it failed. */
  acknowledges(more: number): Promise<void>;
  /** Has it end after the write it is at: all that was acknowledged to it. */
  end(): Promise<Acknowledged[]>;
}

const started: { child: ChildProcess; gone: Promise<unknown> }[] = [];

function startWriter(args: string[]): Writer {
  const child = spawn(process.execPath, [WRITER, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const acknowledged: Acknowledged[] = [];
  let awaited = { count: Infinity, resolve: (): void => undefined };
  createInterface({ input: child.stdout }).on('line', (line) => {
    acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length >= awaited.count) awaited.resolve();
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${args[1]} ended with ${code}`))));
  });
  started.push({ child, gone: ended.catch(() => undefined) });
  return {
    acknowledges: async (more) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      awaited = { count: acknowledged.length + more, resolve };
      await Promise.race([promise, ended]);
    },
    end: async () => {
      child.stdin.end();
      await ended;
      return acknowledged;
    },
  };
}

/** What a process printed, line by line; rejects when it failed. */
async function linesOf(args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`child ended with ${code}`))));
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  await ended;
  return lines;
}
