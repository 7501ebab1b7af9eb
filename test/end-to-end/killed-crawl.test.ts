import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Run } from '../../src/model/run.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { installationAt } from '../support/installation.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('a crawl killed in the middle', () => {
  let portal: Portal;
  const folders: string[] = [];

  beforeAll(async () => {
    portal = await startPortal({ seed: 7, notices: 240 });
  });

  afterAll(async () => {
    await portal.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('and started again comes to what an undisturbed crawl comes to', async () => {
    const undisturbed = installation();
    expect(await crawl(undisturbed)).toBe(0);

    const killed = installation();
    const before = answered(portal);
    const died = await crawl(killed, () => answered(portal) - before > 90);
    expect(died).toBe('SIGKILL');
    expect(await crawl(killed)).toBe(0);

    expect(await contentOf(killed)).toEqual(await contentOf(undisturbed));
  }, 120_000);

  function installation(): string {
    const folder = installationAt(portal);
    folders.push(folder);
    return folder;
  }
});

/** Runs the command an operator runs; kills it with SIGKILL when `when` says so. Resolves to exit code or signal. */
async function crawl(folder: string, when?: () => boolean): Promise<number | string> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'src/cli/gongshi.js'), '--config', join(folder, 'config'), 'crawl'],
    { stdio: 'ignore' },
  );
  const watch = when === undefined ? undefined : setInterval(() => void (when() && child.kill('SIGKILL')), 2);
  try {
    return await new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code ?? -1)));
  } finally {
    clearInterval(watch);
  }
}

function answered(portal: Portal): number {
  return Object.values(portal.requests()).reduce((a, b) => a + b, 0);
}

/** All that a crawl leaves, but for times and the ids made in passing. */
async function contentOf(folder: string): Promise<unknown> {
  const store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
  try {
    const notices: unknown[] = [];
    for await (const { id, fields, text, revision, digest, attachments } of store.notices.all()) {
      const files = attachments.map(({ name, url, state }) => ({ name, url, state }));
      notices.push({ id, fields, text, revision, digest, files });
    }
    const projects: unknown[] = [];
    for await (const project of store.projects.all()) projects.push(project);
    const alerts = (await store.findings.alerts({ limit: 1000 })).items;
    return {
      notices,
      projects,
      alerts: alerts.map(({ nature, state, finding }) => ({ nature, state, ...finding, judgedAt: 0 })),
      runs: [...(await lastRuns(store)).values()]
        .map((run) => ({ source: run.sourceId, outcome: run.outcome, listed: run.channels.map((c) => c.listed) }))
        .sort((a, b) => a.source.localeCompare(b.source)),
    };
  } finally {
    await store.close();
  }
}

/** A source that was through before the kill is visited once more: the last run of each counts. */
async function lastRuns(store: Store): Promise<Map<string, Run>> {
  const latestFirst = await store.runs.list({ limit: 100 });
  return new Map(latestFirst.toReversed().map((run) => [run.sourceId, run]));
}
