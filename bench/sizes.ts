/**
 * `npm run bench:sizes`: what a notice weighs and what it costs, and whether either grows with their number.
 *
 *   node bench/sizes.ts --small 1000 --large 4000 --seed 7 [--json]
 *
 * Two worlds of the bench are crawled over HTTP from sites in a process of their own, pace off, into SQLite, matched and
 * judged; then moved to MongoDB as `migrate-store` does it, and judged there: the server of MONGODB_URI, else the engine
 * of the tests. That engine is no mongod and keeps documents in its own way; what is told of MongoDB is what the adapter
 * writes, measured as BSON, and the keys of its indexes. Times are CPU, on SQLite alone.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { refreshInTurn } from '../src/cli/judging.ts';
import { runPipeline } from '../src/cli/pipeline.ts';
import type { PipelineObserver } from '../src/cli/pipeline.ts';
import { openWorkshop } from '../src/cli/workshop.ts';
import type { Workshop } from '../src/cli/workshop.ts';
import { addDays, epochOf } from '../src/model/day.ts';
import type { Run } from '../src/model/run.ts';
import { openStore } from '../src/cli/store-address.ts';
import { folderPlace } from '../storage/archive/folder.ts';
import { moveStore } from '../storage/move.ts';
import { EngineUnavailable } from '../test/support/mongo/install.ts';
import { openTestMongo } from '../test/support/mongo/open.ts';
import { option } from './figures.ts';
import { mongoParts } from './mongo-parts.ts';
import { CONFIG } from './paths.ts';
import type { PortalReady } from './portal-process.ts';
import { sqliteParts } from './sqlite-parts.ts';
import { stageTimes } from './stage-times.ts';
import type { StageTimes } from './stage-times.ts';

/** What is kept under one name: a table or a collection, or one of its indexes. */
export interface Part {
  of: string;
  /** Null for the rows or documents themselves. */
  index: string | null;
  entries: number;
  bytes: number;
}

interface Crawled {
  notices: number;
  projects: number;
  pages: number;
  /** Bodies of the replies as they came, unpacked. */
  replyBytes: number;
  archiveBytes: number;
  times: StageTimes;
}

/** The sites visited again four hours later, over the last ten days, as the sources' schedules have it. */
interface Visit {
  /** Notices of those days, which are all read again. */
  notices: number;
  pages: number;
  archiveBytes: number;
}

interface Measured extends Crawled {
  visit: Visit;
  sqlite: Part[];
  mongodb: Part[] | null;
}

const seed = option('seed', 7);
const FOUR_HOURS = 4 * 3600_000;
const folder = mkdtempSync(join(tmpdir(), 'gongshi-sizes-'));
try {
  // The first crawl pays for compiling, and is not counted.
  await withPortal(option('small', 1000), (ready) =>
    crawl(ready, join(folder, 'first.sqlite'), join(folder, 'first-archive')),
  );
  const worlds = [await measured(option('small', 1000)), await measured(option('large', 4000))] as const;
  const load = loadavg().map((n) => n.toFixed(1));
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ seed, load, worlds }, null, 1)}\n`);
  else process.stdout.write(`${told(worlds[0], worlds[1])}\nload ${load.join(', ')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function withPortal<T>(notices: number, use: (ready: PortalReady) => Promise<T>): Promise<T> {
  const portal = fork(join(import.meta.dirname, 'portal-process.ts'));
  try {
    portal.send({ seed, notices });
    const [ready] = (await once(portal, 'message')) as [PortalReady];
    return await use(ready);
  } finally {
    portal.disconnect();
  }
}

function measured(wanted: number): Promise<Measured> {
  return withPortal(wanted, async (ready) => {
    const database = join(folder, `${wanted}.sqlite`);
    const archive = join(folder, `${wanted}-archive`);
    const crawled = await crawl(ready, database, archive);
    const parts = { sqlite: sqliteParts(database), mongodb: await movedToMongo(ready, database, archive) };
    return { ...crawled, ...parts, visit: await visitAgain(ready, database, archive, crawled.archiveBytes) };
  });
}

async function crawl(ready: PortalReady, database: string, archive: string): Promise<Crawled> {
  mkdirSync(archive);
  return atWork(ready, { database, archive, later: 0 }, async (workshop) => {
    const { watching, observer, end } = stageTimes(workshop);
    const runs = await runAll(watching, null, observer);
    return {
      notices: await workshop.store.notices.count({}),
      projects: await workshop.store.projects.count({}),
      pages: runs.reduce((sum, run) => sum + run.requests, 0),
      replyBytes: runs.reduce((sum, run) => sum + run.bytes, 0),
      archiveBytes: bytesIn(archive),
      times: end(),
    };
  });
}

function visitAgain(ready: PortalReady, database: string, archive: string, archived: number): Promise<Visit> {
  return atWork(ready, { database, archive, later: FOUR_HOURS }, async (workshop) => {
    const since = addDays(ready.today, -10);
    const runs = await runAll(workshop, since);
    return {
      notices: await workshop.store.notices.count({ from: since }),
      pages: runs.reduce((sum, run) => sum + run.requests, 0),
      archiveBytes: bytesIn(archive) - archived,
    };
  });
}

async function atWork<T>(
  { addresses, today }: PortalReady,
  { database, archive, later }: { database: string; archive: string; later: number },
  use: (workshop: Workshop) => Promise<T>,
): Promise<T> {
  const from = epochOf(`${today}T18:00`) + later;
  const started = Date.now();
  const workshop = await openWorkshop({
    config: CONFIG,
    clock: { now: () => from + (Date.now() - started) },
    data: { database, archive: folderPlace(archive) },
    localSites: addresses,
  });
  try {
    return await use(workshop);
  } finally {
    await workshop.close();
  }
}

async function runAll(workshop: Workshop, since: string | null, observer?: PipelineObserver): Promise<Run[]> {
  const window = { since, until: null };
  const { runs } = await runPipeline(workshop, { adapters: workshop.adapters, window, full: false, observer });
  const unfinished = runs.filter(({ outcome }) => outcome !== 'complete').map(({ sourceId }) => sourceId);
  if (unfinished.length > 0) throw new Error(`Not everything was crawled: ${unfinished.join(', ')}`);
  return runs;
}

function bytesIn(archive: string): number {
  return readdirSync(archive).reduce((sum, file) => sum + statSync(join(archive, file)).size, 0);
}

/** Null where no server can be had. */
async function movedToMongo(ready: PortalReady, database: string, archive: string): Promise<Part[] | null> {
  const mongo = await openTestMongo().catch((error: unknown) => {
    if (!(error instanceof EngineUnavailable)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  });
  if (mongo === null) return null;
  try {
    const [from, to] = [await openStore(database), await openStore(mongo.uri)];
    await moveStore(from, to);
    await Promise.all([from.close(), to.close()]);
    // What projects are judged by is made anew, not moved.
    await atWork(ready, { database: mongo.uri, archive, later: 0 }, (workshop) => refreshInTurn(workshop));
    return await mongoParts(mongo.uri);
  } finally {
    await mongo.close();
  }
}

function told(small: Measured, large: Measured): string {
  const of = (figure: (world: Measured) => number): string => {
    const [a, b] = [figure(small), figure(large)];
    return [a.toFixed(2), b.toFixed(2), `${(b / a).toFixed(2)} ×`].map((cell) => cell.padStart(12)).join('');
  };
  const line = (name: string, figure: (world: Measured) => number): string => `  ${name.padEnd(46)}${of(figure)}`;
  const heading = (name: string): string =>
    `\n${name.padEnd(48)}${[small, large].map(({ notices }) => `${notices}`.padStart(12)).join('')}${'ratio'.padStart(12)}`;
  const stages = Object.keys(small.times) as (keyof StageTimes)[];
  return [
    heading('a notice of this many'),
    line('replies kept', ({ pages, notices }) => pages / notices),
    line('projects', ({ projects, notices }) => projects / notices),
    line('bytes of replies, unpacked', ({ replyBytes, notices }) => replyBytes / notices),
    line('bytes of archive', ({ archiveBytes, notices }) => archiveBytes / notices),
    heading('a visit four hours later, a notice of its days'),
    line('notices of the last ten days, all told', ({ visit }) => visit.notices),
    line('replies', ({ visit }) => visit.pages / visit.notices),
    line('bytes of archive', ({ visit }) => visit.archiveBytes / visit.notices),
    heading('CPU, ms a notice, SQLite'),
    ...stages.map((stage) => line(stage, ({ times, notices }) => times[stage] / notices)),
    ...tableOf('SQLite, bytes a notice on disk', small, large, ({ sqlite }) => sqlite),
    ...(small.mongodb === null || large.mongodb === null
      ? ['\nMongoDB: not measured']
      : tableOf('MongoDB, bytes a notice before compression', small, large, ({ mongodb }) => mongodb!)),
  ].join('\n');

  function tableOf(title: string, a: Measured, b: Measured, partsOf: (world: Measured) => Part[]): string[] {
    const sum = (world: Measured, holds: (part: Part) => boolean): number =>
      partsOf(world)
        .filter(holds)
        .reduce((total, { bytes }) => total + bytes, 0) / world.notices;
    const holdsOf = (name: string, isIndex: boolean) => (part: Part) =>
      part.of === name && (part.index !== null) === isIndex;
    const rows = [...new Set([...partsOf(a), ...partsOf(b)].map((part) => part.of))].flatMap((name) => [
      { name, holds: holdsOf(name, false) },
      { name: `${name}: indexes`, holds: holdsOf(name, true) },
    ]);
    const [shown, left] = [rows.filter(isOfWeight), rows.filter((row) => !isOfWeight(row))];
    return [
      heading(title),
      ...shown.map(({ name, holds }) => line(name, (world) => sum(world, holds))),
      line('all others', (world) => left.reduce((total, { holds }) => total + sum(world, holds), 0)),
      line('all', (world) => sum(world, () => true)),
    ];

    function isOfWeight({ holds }: { holds: (part: Part) => boolean }): boolean {
      return sum(b, holds) >= 50;
    }
  }
}
