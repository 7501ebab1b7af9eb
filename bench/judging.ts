import { mkdirSync, rmSync, statSync } from 'node:fs';
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
import type { FactSheet } from '../src/model/fact-sheet.ts';
import type { Project } from '../src/model/project.ts';
import type { Run } from '../src/model/run.ts';
import { sheetOfText, sheetText } from '../src/projects/sheet-text.ts';
import { option } from './figures.ts';
import { copyOf } from './judging-copies.ts';
import { CONFIG } from './paths.ts';

/**
 * The full rejudge on SQLite as projects grow in number: fact sheets read from the store, every rule judged, what is said
 * compared with what is stored, what changed written. The projects are those of one bench world, as crawled and linked,
 * written again and again under other ids, on other days, with other names and amounts.
 *
 *   node bench/judging.ts --projects 1000000 --seed 7 --folder ./judging
 */
const largest = option('projects', 100_000);
const seed = option('seed', 7);
const at = process.argv.indexOf('--folder');
const folder = join(at < 0 ? '/tmp' : process.argv[at + 1]!, `gongshi-judging-${process.pid}`);
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

/** Of the projects filled in so far. */
let notices = 0;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

mkdirSync(folder, { recursive: true });
try {
  await withBench({ seed, notices: 1200, config: CONFIG, living: true }, async ({ workshop }) => {
    await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
    const pattern = await patternOf(workshop.store);
    const { calendar, config, clock } = workshop;
    const store = await openSqliteStore(path);
    try {
      await store.takeIn('runs', pattern.runs);
      const stage: JudgeStage = { store, calendar, clock, policy: config.policy };
      await oneByOne(stage, pattern);
      const steps = [10_000, 100_000, 1_000_000].filter((n) => n < largest);
      let done = 0;
      for (const size of [...steps, largest]) {
        fill(pattern, done, size);
        done = size;
        await step(stage, size);
      }
    } finally {
      await store.close();
    }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
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

/** Straight into the tables: what stands in them is what the linking stage writes, without the search index. */
function fill({ projects }: Pattern, from: number, to: number): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const addProject = database.prepare('INSERT INTO projects (id, sid, doc) VALUES (?, ?, ?)');
  const addSheet = database.prepare('INSERT INTO fact_sheets (project_id, sheet) VALUES (?, ?)');
  for (let n = from; n < to; n++) {
    const { project, sheet } = projects[n % projects.length]!;
    const copy = copyOf(sheet, n);
    addProject.run(copy.projectId, n, JSON.stringify({ ...project, id: copy.projectId, links: [], timeline: [] }));
    addSheet.run(copy.projectId, sheetText(copy));
    notices += copy.notices.length;
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

async function step(stage: JudgeStage, size: number): Promise<void> {
  const { store, policy } = stage;
  const each = ({ wall, cpu }: Time): string =>
    `wall ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s, ${((cpu / size) * 1e6).toFixed(0)} µs CPU a project`;
  let changed = 0;
  const passes: [string, () => Promise<unknown>][] = [
    ['judged, what is new written', () => judgeAllProjects(stage)],
    ['judged again, nothing changed', () => judgeAllProjects(stage)],
    [
      'preview, days not rolled over',
      () => previewAllProjects({ ...stage, policy: { ...policy, rollover: false } }, () => (changed += 1)),
    ],
  ];
  say(`\n${size} projects, ${notices} notices`);
  for (const [what, work] of passes) say(`  ${what.padEnd(32)} ${each(await seconds(work))}`);
  const statistics = await store.findings.statistics();
  const findings = statistics.reduce((sum, { count }) => sum + count, 0);
  const alerts = await store.findings.countAlerts({});
  say(`  findings ${findings}, alerts ${alerts}, the preview changes ${changed} findings`);
  const rss = process.resourceUsage().maxRSS / 1024;
  say(`  database ${(statSync(path).size / 1e6).toFixed(0)} MB, peak RSS ${rss.toFixed(0)} MB`);
}
