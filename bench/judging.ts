import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { openSqliteStore } from '../storage/sqlite/open.ts';
import type { Store } from '../storage/store.ts';
import { judgementsOf } from '../src/cases/judge-round.ts';
import { judgeAllProjects, previewAllProjects } from '../src/cases/judge-stage.ts';
import type { JudgeStage } from '../src/cases/judge-stage.ts';
import { judgedBy } from '../src/cases/judged-by.ts';
import { withBench } from '../src/cli/bench-workshop.ts';
import { runPipeline } from '../src/cli/pipeline.ts';
import { siftingInThreads } from '../src/cli/sifting-threads.ts';
import type { Workshop } from '../src/cli/workshop.ts';
import type { FactSheet } from '../src/model/fact-sheet.ts';
import type { Policy } from '../src/model/policy.ts';
import type { Project } from '../src/model/project.ts';
import type { Run } from '../src/model/run.ts';
import { sheetOfText, sheetText } from '../src/projects/sheet-text.ts';
import { option } from './figures.ts';
import { multiply } from './judging-blocks.ts';
import { copyOf } from './judging-copies.ts';
import { CONFIG } from './paths.ts';

/**
 * The full rejudge on SQLite: fact sheets read from the store, every rule judged, what is decided compared with what
 * was, what changed written. The projects are those of one bench world, as crawled and linked, written again and again
 * under other ids, on other days, with other names and amounts; a block of them is judged by the product and multiplied.
 *
 *   node bench/judging.ts --projects 1000000 --seed 7 --folder ./judging
 *
 * A million takes the better part of an hour to write. In a folder that is given the file is kept, and the passes of the
 * next run go over it again; where the program is another by then, the first of them is of another ground.
 */
const size = option('projects', 100_000);
const seed = option('seed', 7);
const threads = option('threads', availableParallelism());
/** Judged for the first time; the rest are multiples of these. */
const BLOCK = option('block', 50_000);
const at = process.argv.indexOf('--folder');
const kept = at < 0 ? null : process.argv[at + 1]!;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'gongshi-judging-'));
const path = join(folder, 'judging.sqlite');

interface Pattern {
  /** With a sheet each. */
  projects: { project: Project; sheet: FactSheet }[];
  /** Their coverage proves as much for the copies. */
  runs: Run[];
}

interface Time {
  wall: number;
  cpu: number;
}

const seconds = async (work: () => Promise<unknown>): Promise<Time> => {
  const start = process.hrtime.bigint();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: (user + system) / 1e6 };
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

mkdirSync(folder, { recursive: true });
try {
  await withBench({ seed, notices: 1200, config: CONFIG, living: true }, async ({ workshop }) => {
    const { calendar, config } = workshop;
    const now = workshop.clock.now();
    const of = (store: Store): JudgeStage => ({ store, calendar, clock: { now: () => now }, policy: config.policy });
    if (!existsSync(path)) await build(workshop, of);
    const whole = await openSqliteStore(path);
    try {
      await passes(of(whole), config.calendar);
    } finally {
      await whole.close();
    }
  });
} finally {
  if (kept === null) rmSync(folder, { recursive: true, force: true });
}

/** Under another name until it is whole. */
async function build(workshop: Workshop, of: (store: Store) => JudgeStage): Promise<void> {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
  const pattern = await patternOf(workshop.store);
  const block = Math.min(BLOCK, size);
  const store = await openSqliteStore(part);
  await store.takeIn('runs', pattern.runs);
  await oneByOne(of(store), pattern);
  fill(part, pattern, block);
  report('judged for the first time, all written', block, await seconds(() => judgeAllProjects(of(store))));
  const by = await judgedBy(of(store));
  await store.close();
  await multiply(part, Math.ceil(size / block), by);
  renameSync(part, path);
}

async function patternOf(store: Store): Promise<Pattern> {
  const pattern: Pattern = { projects: [], runs: [] };
  for await (const run of store.contents('runs')) pattern.runs.push(run);
  for await (const rows of store.projects.sheets()) {
    for (const { projectId, sheet } of rows) {
      const project = await store.projects.get(projectId);
      pattern.projects.push({ project: project!, sheet: sheetOfText(sheet!)! });
    }
  }
  return pattern;
}

/** Straight into the tables: what stands in them is what the linking stage writes, without texts and search index. */
function fill(file: string, { projects }: Pattern, count: number): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const addProject = database.prepare('INSERT INTO projects (id, sid, doc) VALUES (?, ?, ?)');
  const addSheet = database.prepare('INSERT INTO fact_sheets (project_id, sheet) VALUES (?, ?)');
  const addNotice = database.prepare(
    `INSERT INTO notices (id, source_id, channel_id, external_id, url, title, kind, digest, revision, revised_at,
       first_seen_at, last_seen_at, archive_id, project_id, matched, indexed)
     VALUES (?, '', '', ?, '', '', 'other', '', 1, 0, 0, 0, '', ?, 1, 1)`,
  );
  for (let n = 0; n < count; n++) {
    const { project, sheet } = projects[n % projects.length]!;
    const copy = copyOf(sheet, n);
    addProject.run(copy.projectId, n, JSON.stringify({ ...project, id: copy.projectId, links: [], timeline: [] }));
    addSheet.run(copy.projectId, sheetText(copy));
    for (const [id] of copy.notices) addNotice.run(id, id, copy.projectId);
  }
  database.exec('COMMIT');
  database.close();
}

/** Sheet in, judgements with their sentences out. */
async function oneByOne(stage: JudgeStage, { projects }: Pattern): Promise<void> {
  const by = await judgedBy(stage);
  const times: number[] = [];
  for (let n = 0; n < 20_000; n++) {
    const text = sheetText(copyOf(projects[n % projects.length]!.sheet, n));
    const start = process.hrtime.bigint();
    judgementsOf(sheetOfText(text)!, by);
    if (n >= 5_000) times.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  times.sort((a, b) => a - b);
  const place = (share: number): string => `${times[Math.floor(times.length * share)]!.toFixed(0)} µs`;
  say(`one project: median ${place(0.5)}, p99 ${place(0.99)}, longest ${(times.at(-1)! / 1e3).toFixed(2)} ms`);
}

function report(what: string, projects: number, { wall, cpu }: Time): void {
  const each = `${((cpu / projects) * 1e6).toFixed(0)} µs CPU a project`;
  say(
    `  ${what.padEnd(46)} ${projects} projects, wall ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s, ${each}, load ${load()}`,
  );
}

/** Over the last minute: other programs' part of it is what makes a wall time long. */
function load(): string {
  return loadavg()[0]!.toFixed(1);
}

async function passes(stage: JudgeStage, calendar: { national: unknown; local: unknown }): Promise<void> {
  const { store, policy } = stage;
  const inThreads = (n: number): JudgeStage => ({
    ...stage,
    sifter: siftingInThreads(store, { calendar, threads: n, fewest: 0 }),
  });
  const under = (changed: Partial<Policy>): JudgeStage => ({
    ...inThreads(threads),
    policy: { ...policy, ...changed },
  });
  const landOff = { enabled: { ...policy.enabled, 'LAND-LIST-10D': false } };
  let changed = 0;
  const { projects, notices } = new DatabaseSync(path, { readOnly: true })
    .prepare('SELECT (SELECT count(*) FROM projects) AS projects, (SELECT count(*) FROM notices) AS notices')
    .get() as { projects: number; notices: number };
  say(`\n${projects} projects, ${notices} notices, database ${(statSync(path).size / 1e9).toFixed(1)} GB`);
  const all: [string, () => Promise<unknown>][] = [
    ['beside it: the same sheets read and JSON.parsed', () => peer(store)],
    ['nothing changed, one thread', () => judgeAllProjects(stage)],
    [`nothing changed, ${threads} threads`, () => judgeAllProjects(inThreads(threads))],
    ['a setting changed, every word stands', () => judgeAllProjects(under(landOff))],
    ['days not rolled over: preview', () => previewAllProjects(under({ rollover: false }), () => (changed += 1))],
    ['days not rolled over: written', () => judgeAllProjects(under({ rollover: false }))],
  ];
  for (const [what, work] of all) report(what, projects, await seconds(work));
  const findings = (await store.findings.statistics()).reduce((sum, one) => sum + one.count, 0);
  const alerts = await store.findings.countAlerts({});
  say(`  findings ${findings}, alerts ${alerts}, not rolling over changes ${changed} findings`);
  say(`  peak RSS ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, crawl and threads included`);
}

/** What no judging can do without: every sheet out of the store and out of its JSON. */
async function peer(store: Store): Promise<void> {
  for await (const rows of store.projects.sheets()) {
    for (const { sheet } of rows) JSON.parse(sheet!.slice(sheet!.indexOf(' ')));
  }
}
