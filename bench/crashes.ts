import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { openSqliteStore } from '../storage/sqlite/open.ts';
import { SITE_IDS } from '../test/portal/model.ts';
import { startPortal } from '../test/portal/portal.ts';
import { randomFrom } from '../test/portal/random.ts';
import { installationAt } from '../test/support/installation.ts';
import type { CrashOrder } from './crash-process.ts';

/**
 * Kills `gongshi crawl` with SIGKILL at random moments of crawling, matching and judging (keeping cases included), lets
 * the next run go on, and compares what it comes to with an undisturbed run:
 * `node bench/crashes.ts --kills 200 --seed 3`.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '3' },
    // Fewer leave a site's column empty, which no crawl calls complete.
    notices: { type: 'string', default: '240' },
  },
});
const KILLS = Number(values.kills);
/** Kills that one database lives through before it is let to the end and looked at. */
const KILLS_A_LIFE = 8;
/** Strikes in a row that came too late: the world has become too small to be struck. */
const MOST_MISSES = 50;
const STAGES = ['crawl', 'match', 'judge'] as const;
type Stage = (typeof STAGES)[number];

interface Kill {
  stage: Stage;
  /** In the crawl after so many answers, in a later stage after so many milliseconds. */
  at: number;
}

const chance = randomFrom(Number(values.seed));
let answers = 0;
let onAnswer = (): void => {};
const portal = await startPortal({
  seed: Number(values.seed),
  notices: Number(values.notices),
  log: () => {
    answers += 1;
    onAnswer();
  },
});
/** What the first process compiled, the others need not. */
const compiled = mkdtempSync(join(tmpdir(), 'gongshi-compiled-'));
let standby = started();
const kills: Record<Stage, number> = { crawl: 0, match: 0, judge: 0 };
const begun = Date.now();
let lost = 0;
let doubled = 0;
let different = 0;
let incomplete = 0;
let lives = 0;
let misses = 0;
try {
  const undisturbed = installationAt(portal);
  const whole = await crawl(undisturbed, null);
  if (whole.killedIn !== null || whole.code !== 0) {
    throw new Error(`the undisturbed run failed: ${whole.code}\n${whole.told}`);
  }
  const requests = answers;
  const expected = await contentOf(undisturbed);
  rmSync(undisturbed, { recursive: true });

  for (let done = 0; done < KILLS; lives += 1) {
    const folder = installationAt(portal);
    for (let i = 0; i < KILLS_A_LIFE && done < KILLS;) {
      const stage = chance.pick(STAGES);
      const at = stage === 'crawl' ? chance.int(1, requests) : chance.next() * whole.ms[stage];
      const { killedIn } = await crawl(folder, { stage, at });
      if (killedIn === null) {
        if (++misses > MOST_MISSES) throw new Error(`${misses} strikes came too late`);
        // The run came to its end: nothing is left to be broken off in this database.
        break;
      }
      misses = 0;
      i += 1;
      kills[killedIn] += 1;
      done += 1;
    }
    const last = await crawl(folder, null);
    if (last.code !== 0) incomplete += 1;
    const found = await contentOf(folder);
    for (const [id, content] of expected) {
      if (!found.has(id)) lost += 1;
      else if (found.get(id) !== content) different += 1;
    }
    doubled += [...found.keys()].filter((id) => !expected.has(id)).length + (await doublesIn(folder));
    rmSync(folder, { recursive: true });
    const report = { ...kills, lives: lives + 1, lost, doubled, different, incomplete };
    process.stderr.write(`${JSON.stringify(report)}\n`);
  }
} finally {
  standby.kill('SIGKILL');
  rmSync(compiled, { recursive: true, force: true });
  await portal.close();
}
const total = kills.crawl + kills.match + kills.judge;
const seconds = Math.round((Date.now() - begun) / 1000);
process.stdout.write(
  `${JSON.stringify({ seed: Number(values.seed), notices: Number(values.notices), kills: total, byStage: kills, databases: lives, lost, doubled, different, lastRunIncomplete: incomplete, seconds })}\n`,
);
process.exitCode = lost + doubled + different + incomplete === 0 && total >= KILLS ? 0 : 1;

/** A process that has loaded the command and waits for its order. */
function started(): ChildProcess {
  return fork(join(import.meta.dirname, 'crash-process.ts'), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, GONGSHI_LOG_LEVEL: 'info', NODE_COMPILE_CACHE: compiled },
  });
}

/** Runs the command an operator runs; the process of the next run is started meanwhile. */
async function crawl(
  folder: string,
  kill: Kill | null,
): Promise<{ code: number | null; killedIn: Stage | null; told: string; ms: Record<Stage, number> }> {
  const child = standby;
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  standby = started();
  const ms = { crawl: 0, match: 0, judge: 0 };
  let stage: Stage = 'crawl';
  let crawled = 0;
  let timer: NodeJS.Timeout | undefined;
  const strike = (): void => {
    timer = setTimeout(() => child.kill('SIGKILL'), kill?.at ?? 0);
  };
  const from = answers;
  onAnswer = () => {
    if (kill?.stage === 'crawl' && answers - from >= kill.at) child.kill('SIGKILL');
  };
  let rest = '';
  let told = '';
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.includes('"source crawled"') && ++crawled === SITE_IDS.length) {
        stage = 'match';
        if (kill?.stage === 'match') strike();
      }
      const done = /"stage":"(match|judge)","ms":(\d+)/.exec(line);
      if (done !== null) ms[done[1] as Stage] = Number(done[2]);
      if (done?.[1] === 'match') {
        stage = 'judge';
        if (kill?.stage === 'judge') strike();
      }
    }
  });
  child.send({ config: join(folder, 'config'), sources: [] } satisfies CrashOrder);
  const [code, signal] = await ended;
  onAnswer = () => {};
  clearTimeout(timer);
  return { code, killedIn: signal === 'SIGKILL' ? stage : null, told, ms };
}

/** All that is known of the world, by id; without times, and without the numbers and keys made in passing. */
async function contentOf(folder: string): Promise<Map<string, string>> {
  const store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
  const found = new Map<string, string>();
  try {
    for await (const { id, fields, text, digest } of store.notices.all()) {
      found.set(`notice ${id}`, JSON.stringify({ fields, text, digest }));
    }
    for await (const project of store.projects.all()) found.set(`project ${project.id}`, JSON.stringify(project));
    for await (const finding of store.contents('findings')) {
      found.set(`finding ${finding.key}`, JSON.stringify({ ...finding, judgedAt: 0 }));
    }
    for await (const { key, nature, state, finding } of store.contents('alerts')) {
      if (state === 'open') found.set(`alert ${key}`, JSON.stringify({ nature, ...finding, judgedAt: 0 }));
    }
    for await (const { alertKey, nature, state } of store.cases.all()) {
      found.set(`case ${alertKey}`, JSON.stringify({ nature, state }));
    }
  } finally {
    await store.close();
  }
  return found;
}

/** Revisions that the site never made, numbers and cases given twice, and what was left undone. */
async function doublesIn(folder: string): Promise<number> {
  const store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
  let doubles = 0;
  try {
    for await (const { revision } of store.notices.all()) doubles += revision - 1;
    const numbers: string[] = [];
    for await (const { number } of store.contents('alerts')) numbers.push(number);
    const cases: string[] = [];
    for await (const { alertKey } of store.cases.all()) cases.push(alertKey);
    for (const list of [numbers, cases]) doubles += list.length - new Set(list).size;
    doubles += (await store.notices.unmatched(10)).length;
  } finally {
    await store.close();
  }
  return doubles;
}
