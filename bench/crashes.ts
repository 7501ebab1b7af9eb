import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { openSqliteStore } from '../storage/sqlite/open.ts';
import { startPortal } from '../test/portal/portal.ts';
import type { Portal } from '../test/portal/portal.ts';
import { randomFrom } from '../test/portal/random.ts';
import { installationAt } from '../test/support/installation.ts';

/**
 * Kills `gongshi crawl` with SIGKILL at random moments of crawling, matching and judging, lets the next run go on,
 * and compares what it comes to with an undisturbed run: `node bench/crashes.ts --kills 200 --seed 7`.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '7' },
    notices: { type: 'string', default: '240' },
  },
});
const KILLS = Number(values.kills);
/** Kills that one database lives through before it is let to the end and looked at. */
const KILLS_A_LIFE = 10;
const ROOT = join(import.meta.dirname, '..');
const STAGES = ['crawl', 'match', 'judge'] as const;
type Stage = (typeof STAGES)[number];

const chance = randomFrom(Number(values.seed));
const portal = await startPortal({ seed: Number(values.seed), notices: Number(values.notices) });
const kills: Record<Stage, number> = { crawl: 0, match: 0, judge: 0 };
let lost = 0;
let doubled = 0;
let different = 0;
let incomplete = 0;
let lives = 0;
try {
  const undisturbed = installationAt(portal);
  const before = answered(portal);
  const whole = await crawl(undisturbed, null);
  if (whole.killedIn !== null || whole.code !== 0) throw new Error(`the undisturbed run failed: ${whole.code}`);
  const requests = answered(portal) - before;
  const expected = await contentOf(undisturbed);
  rmSync(undisturbed, { recursive: true });

  for (let done = 0; done < KILLS; lives += 1) {
    const folder = installationAt(portal);
    for (let i = 0; i < KILLS_A_LIFE && done < KILLS; i += 1) {
      const stage = chance.pick(STAGES);
      const at = stage === 'crawl' ? chance.int(0, requests - 1) : chance.next() * whole.ms[stage];
      const { killedIn } = await crawl(folder, { stage, at });
      if (killedIn === null) continue;
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
  await portal.close();
}
const total = kills.crawl + kills.match + kills.judge;
process.stdout.write(
  `${JSON.stringify({ seed: Number(values.seed), notices: Number(values.notices), kills: total, byStage: kills, databases: lives, lost, doubled, different, lastRunIncomplete: incomplete })}\n`,
);
process.exitCode = lost + doubled + different + incomplete === 0 && total >= KILLS ? 0 : 1;

/** Runs the command an operator runs. `kill`: in the crawl after so many answers, in a later stage after so many milliseconds. */
async function crawl(
  folder: string,
  kill: { stage: Stage; at: number } | null,
): Promise<{ code: number | null; killedIn: Stage | null; ms: Record<Stage, number> }> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'src/cli/gongshi.js'), '--config', join(folder, 'config'), 'crawl'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, GONGSHI_LOG_LEVEL: 'info' } },
  );
  const started = answered(portal);
  const ms = { crawl: 0, match: 0, judge: 0 };
  let stage: Stage = 'crawl';
  let crawled = 0;
  let timer: NodeJS.Timeout | undefined;
  const strike = (): void => {
    timer = setTimeout(() => child.kill('SIGKILL'), kill?.at ?? 0);
  };
  const watch = setInterval(() => {
    if (kill?.stage === 'crawl' && answered(portal) - started >= kill.at) child.kill('SIGKILL');
  }, 2);
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.includes('"source crawled"') && ++crawled === Object.keys(portal.addresses).length) {
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
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...ended) => resolve(ended)),
  );
  clearInterval(watch);
  clearTimeout(timer);
  return { code, killedIn: signal === 'SIGKILL' ? stage : null, ms };
}

function answered(of: Portal): number {
  return Object.values(of.requests()).reduce((a, b) => a + b, 0);
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
  } finally {
    await store.close();
  }
  return found;
}

/** Revisions that the site never made, and evidence or places in lists given twice. */
async function doublesIn(folder: string): Promise<number> {
  const store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
  let doubles = 0;
  try {
    for await (const { revision } of store.notices.all()) doubles += revision - 1;
    const numbers: string[] = [];
    const lots = new Set<string>();
    for await (const { number, key, state } of store.contents('alerts')) {
      numbers.push(number);
      if (state === 'open' && lots.has(key)) doubles += 1;
      lots.add(key);
    }
    doubles += numbers.length - new Set(numbers).size;
    doubles += (await store.notices.unmatched(10)).length;
  } finally {
    await store.close();
  }
  return doubles;
}
