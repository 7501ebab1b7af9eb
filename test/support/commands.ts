import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Run } from '../../src/model/run.ts';
import { SITE_IDS } from '../portal/model.ts';
import type { Portal } from '../portal/portal.ts';

const GONGSHI = join(import.meta.dirname, '../../src/cli/gongshi.js');

/** A command an operator runs, on the installation of a folder. */
export interface Command {
  child: ChildProcess;
  /** What it has told people so far. */
  told(): string;
  /** Exit code or signal. */
  ended: Promise<number | string>;
}

/** @param shell what a shell does before it becomes the command, e.g. `ulimit -f 100` */
export function start(folder: string, args: string[], shell?: string): Command {
  const command = [process.execPath, GONGSHI, '--config', join(folder, 'config'), ...args];
  const [program, ...rest] = shell === undefined ? command : ['bash', '-c', `${shell}; exec "$@"`, 'bash', ...command];
  const child = spawn(program!, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk;
  });
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code ?? -1)),
  );
  return { child, told: () => told, ended };
}

/** Resolves when it holds; asked again every few milliseconds, as a process of its own tells nothing of itself. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}

/** Requests that the portal's sites have answered. */
export function answered(portal: Portal): number {
  return Object.values(portal.requests()).reduce((a, b) => a + b, 0);
}

/** Whether every source has a complete run, and all of them are judged. */
export async function isThrough(store: Store): Promise<boolean> {
  const done = (await store.runs.list({ limit: 100 })).filter(({ outcome }) => outcome === 'complete');
  if (new Set(done.map(({ sourceId }) => sourceId)).size < SITE_IDS.length) return false;
  const note = await store.leases.note('judging');
  return note !== null && done.every(({ id }) => note.includes(id));
}

/** All that a crawl leaves, but for times and the ids made in passing. */
export async function contentOf(folder: string): Promise<unknown> {
  return withStore(folder, contentIn);
}

export async function contentIn(store: Store): Promise<unknown> {
  const notices: { id: string }[] = [];
  for await (const { id, fields, text, revision, digest, attachments } of store.notices.all()) {
    const files = attachments.map(({ name, url, state }) => ({ name, url, state }));
    const kept = { id, fields, text, revision, digest, files };
    notices.push(kept);
  }
  const projects: { id: string }[] = [];
  for await (const project of store.projects.all()) projects.push(project);
  // One that a judging between two sources opened and the next cleared is no part of what it comes to.
  const alerts = (await store.findings.alerts({ state: 'open', limit: 1000 })).items;
  return {
    notices: notices.sort(byId),
    projects: projects.sort(byId),
    // What was found at earlier judgings is each installation's own, and so is how far its crawls had come at the one
    // that first said what is still said: a finding keeps the facts of its moment.
    alerts: alerts
      .map(({ nature, state, finding }) => {
        const facts = { ...finding.facts, asOf: null, coverage: null };
        return { nature, state, ...finding, facts, judgedAt: 0, history: [] };
      })
      .sort((a, b) => placeOf(a).localeCompare(placeOf(b))),
    runs: [...(await lastRuns(store)).values()]
      .map((run) => ({ source: run.sourceId, outcome: run.outcome, listed: run.channels.map((c) => c.listed) }))
      .sort((a, b) => a.source.localeCompare(b.source)),
  };
}

const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id);
const placeOf = ({ projectId, lot, round, rule }: Pick<Finding, 'projectId' | 'lot' | 'round' | 'rule'>): string =>
  [projectId, lot, round, rule].join();

export async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** A source that was through before the kill is visited once more: the last run of each counts. */
async function lastRuns(store: Store): Promise<Map<string, Run>> {
  const latestFirst = await store.runs.list({ limit: 100 });
  return new Map(latestFirst.toReversed().map((run) => [run.sourceId, run]));
}
