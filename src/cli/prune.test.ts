import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { folderPlace } from '../../storage/archive/folder.ts';
import type { ArchivePlace } from '../../storage/archive/place.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import {
  buildAlert,
  buildArchiveEntry,
  buildChannelOutcome,
  buildCommit,
  buildFinding,
  buildObservation,
  buildProject,
  buildRequest,
  buildRun,
} from '../../test/support/build.ts';
import { retentionOf } from '../cases/retention.ts';
import type { Retention } from '../cases/retention.ts';
import type { Archive, ArchiveRecord } from '../model/archive.ts';
import { epochOf } from '../model/day.ts';
import type { Verdict } from '../model/finding.ts';
import { takeBackup } from './backup/take.ts';
import { pruneArchive } from './prune.ts';
import type { Pruned, PruneStep } from './prune.ts';

const DAY = 86_400_000;
const MARCH_2 = epochOf('2026-03-02T20:00');
const NOW = epochOf('2026-11-20');
const BEFORE = NOW - 90 * DAY;

describe('pruning an archive', () => {
  let home: string;
  let store: Store;
  let place: ArchivePlace;
  /** One file a day. */
  const writers = new Map<number, Archive>();
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'gongshi-prune-'));
    store = await openSqliteStore(join(home, 'gongshi.sqlite'));
    place = folderPlace(join(home, 'archive'));
  });
  afterEach(async () => {
    for (const writer of writers.values()) await writer.close();
    writers.clear();
    await store.close();
    rmSync(home, { recursive: true });
  });

  it('drops lists and repeated visits that nothing rests on, and keeps what each notice was read from', async () => {
    await published({ p1: 'compliant' });
    const { dropped, kept, young } = await retention();
    expect(labelsOf(dropped)).toEqual(['list 0', 'list 1', 'list 2', 'p1 1', 'p1 2']);
    expect(kept).toMatchObject({ reading: 1, watched: 0, absence: 0 });
    expect(young).toBe(1);
  });

  it.each<[string, Verdict]>([
    ['a violation', 'violation'],
    ['not determined yet', 'undetermined'],
  ])('keeps every visit to the pages of a project whose finding is %s', async (_name, verdict) => {
    await published({ p1: 'compliant', p2: verdict });
    const { dropped, kept, protectedProjects } = await retention();
    expect(labelsOf(dropped)).toEqual(['list 0', 'list 2', 'p1 1', 'p1 2']);
    expect(kept).toMatchObject({ reading: 2, watched: 2 });
    expect(protectedProjects).toBe(1);
  });

  it('keeps the lists of the first complete run after a project, which prove what was not published', async () => {
    await published({ p1: 'violation' });
    const { dropped, kept } = await retention();
    // Run 0 ended before the last of its days was over; run 1 proves; run 2 proves nothing more.
    expect(labelsOf(dropped)).toEqual(['list 0', 'list 2']);
    expect(kept.absence).toBe(1);
  });

  it('keeps all of a project that ever had an alert, also a cleared one, and of one that was never judged', async () => {
    await published({ p1: 'compliant', p2: null });
    await store.findings.judge([], [], [buildAlert({ projectId: 'p1', state: 'cleared', clearedAt: MARCH_2 })]);
    const { dropped, kept } = await retention();
    expect(labelsOf(dropped)).toEqual(['list 0', 'list 2']);
    expect(kept.watched).toBe(4);
  });

  it('keeps what an unfinished run fetched, and what a failure names', async () => {
    await published({ p1: 'compliant' });
    await store.runs.begin(buildRun({ id: 'open', startedAt: MARCH_2 }), [buildRequest('list:x')]);
    await commit('open', 'list:x', await fetched('list open', MARCH_2, 'list', 'open'));
    const sample = await fetched('wall', MARCH_2, 'list', 'hit');
    const failure = {
      code: 'CHALLENGE',
      message: '',
      advice: '',
      url: null,
      channelId: null,
      at: 1,
      archiveId: sample.id,
    };
    await store.runs.begin(buildRun({ id: 'hit', startedAt: MARCH_2 }), [buildRequest('list:y')]);
    await commit('hit', 'list:y', sample);
    await store.runs.finish(buildRun({ id: 'hit', outcome: 'rejected', finishedAt: MARCH_2 + 1, failures: [failure] }));
    const { dropped, kept } = await retention();
    expect(labelsOf(dropped)).toEqual(['list 0', 'list 1', 'list 2', 'p1 1', 'p1 2']);
    expect(kept).toMatchObject({ running: 1, referred: 1 });
  });

  it.each([
    ['young', NOW],
    ['old, of an unfinished run', MARCH_2],
  ])('keeps the body that a %s reply confirms', async (_name, at) => {
    await published({ p1: 'compliant' });
    const body = (await records()).find(({ id }) => labels.get(id) === 'p1 1')!;
    await store.runs.begin(buildRun({ id: 'again', startedAt: at }), [buildRequest('detail:p1')]);
    const confirmation = await fetched('p1 again', at, 'detail', 'again', 'p1');
    await commit('again', 'detail:p1', { ...confirmation, status: 304, revisits: body.id });
    const { dropped, kept } = await retention();
    expect(labelsOf(dropped)).toEqual(['list 0', 'list 1', 'list 2', 'p1 2']);
    expect(kept.referred).toBe(1);
  });

  it('takes the dropped ones out of files and index; every record that stays reads the same, and a backup proves it', async () => {
    await published({ p1: 'compliant', p2: 'violation' });
    const before = await records();
    const pruned = await prune();
    expect(pruned).toMatchObject({ dropped: 4, damaged: [], leftovers: 0 });
    const after = await records();
    expect(after.length).toBe(before.length - 4);
    await expectWhole(before);
    const manifest = await takeBackup(
      { database: join(home, 'gongshi.sqlite'), archive: place },
      join(home, 'backup'),
      { now: () => NOW },
    );
    expect(manifest.records).toEqual({ checked: after.length, unreadable: [] });
    expect(await prune()).toMatchObject({ dropped: 0, rewritten: 0, removed: 0, leftovers: 0 });
  });

  it.each<PruneStep>(['written', 'indexed', 'removed'])(
    'loses nothing when killed after a file was %s, and the next run finishes',
    // Starts a process, which takes its time on a busy machine.
    async (step) => {
      await published({ p1: 'compliant', p2: 'violation' });
      const before = await records();
      const child = spawn(
        process.execPath,
        [
          join(import.meta.dirname, '../../test/support/prune-child.ts'),
          ...[join(home, 'gongshi.sqlite'), place.name, String(BEFORE), String(NOW), step],
        ],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      expect(await new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))).toBe('SIGKILL');
      await expectWhole(before);
      await prune();
      await expectWhole(before);
      expect((await records()).length).toBe(before.length - 4);
      // What the killed one left behind goes once it is old enough.
      await prune(NOW + 200 * DAY, NOW + 100 * DAY);
      const named = new Set((await records()).map(({ file }) => file));
      expect(readdirSync(place.name).sort()).toEqual([...named].sort());
    },
  );

  it('leaves a file alone whose records that must stay cannot be read', async () => {
    await published({ p1: 'compliant', p2: 'violation' });
    const all = await records();
    const last = all.findLast(({ id }) => labels.get(id) === 'p2 2')!;
    truncateSync(join(place.name, last.file), last.offset + 3);
    const { damaged, dropped } = await prune();
    expect(damaged).toEqual([last.file]);
    expect((await records()).length).toBe(all.length - dropped);
    expect(readdirSync(place.name)).toContain(last.file);
  });

  /** One notice a project, read in run 0 of three daily runs and visited again in each; each run has a list; one visit is young. */
  async function published(projects: Record<string, Verdict | null>): Promise<void> {
    for (const [n, at] of [0, 1, 2].map((day) => [day, MARCH_2 + day * DAY] as const)) {
      const keys = Object.keys(projects).map((id) => `detail:${id}`);
      const run = buildRun({ id: `run-${n}`, startedAt: at });
      await store.runs.begin(
        run,
        ['list:1', ...keys].map((key) => buildRequest(key)),
      );
      await commit(run.id, 'list:1', await fetched(`list ${n}`, at, 'list', run.id));
      for (const id of Object.keys(projects)) {
        const record = await fetched(`${id} ${n}`, at, 'detail', run.id, id);
        await commit(run.id, `detail:${id}`, record, id);
      }
      const covers = { from: '2026-02-01', to: '2026-03-31' };
      const channels = [buildChannelOutcome({ outcome: 'complete', covers })];
      await store.runs.finish({ ...run, outcome: 'complete', finishedAt: at + 1000, channels });
    }
    for (const [id, verdict] of Object.entries(projects)) {
      const days = { firstDay: '2026-03-01', lastDay: '2026-03-02' };
      await store.projects.replace([`yn_ccgp:${id}`], [buildProject({ id, noticeIds: [`yn_ccgp:${id}`], ...days })]);
      if (verdict !== null) {
        await store.findings.judge([id], [buildFinding({ projectId: id, verdict, evidence: [] })], []);
      }
    }
    await store.runs.begin(buildRun({ id: 'late', startedAt: NOW }), [buildRequest('list:1')]);
    await commit('late', 'list:1', await fetched('list late', NOW, 'list', 'late'));
    await store.runs.finish(buildRun({ id: 'late', outcome: 'complete', finishedAt: NOW + 1 }));
  }

  /** A detail page's address is its project's; the label is its body. */
  async function fetched(
    label: string,
    at: number,
    role: 'list' | 'detail',
    runId: string,
    id?: string,
  ): Promise<ArchiveRecord> {
    const archive = writers.get(at) ?? (await place.open({ clock: { now: () => at } }));
    writers.set(at, archive);
    const request = { ...buildRequest(role), role };
    const url = `https://example.test/${id ?? 'list'}`;
    const isPost = role === 'list';
    const record = await archive.append(
      buildArchiveEntry({
        url,
        runId,
        request,
        fetchedAt: at,
        body: Buffer.from(label),
        method: isPost ? 'POST' : 'GET',
      }),
    );
    labels.set(record.id, label);
    return record;
  }

  async function commit(runId: string, requestKey: string, archive: ArchiveRecord, id?: string): Promise<void> {
    const observation =
      id === undefined
        ? []
        : [
            buildObservation({
              noticeId: `yn_ccgp:${id}`,
              externalId: id,
              archiveId: archive.id,
              url: archive.url,
              absentAt: null,
            }),
          ];
    await store.runs.commitPage(buildCommit({ runId, requestKey, archive, observations: observation }));
  }

  async function retention(before = BEFORE): Promise<Retention> {
    return reading((archive) => retentionOf(store, archive, before));
  }

  async function prune(now = NOW, before = BEFORE): Promise<Pruned> {
    return pruneArchive({ store, place }, await retention(before), { before, now });
  }

  async function records(): Promise<ArchiveRecord[]> {
    const all: ArchiveRecord[] = [];
    for await (const record of store.runs.allArchiveRecords()) all.push(record);
    return all;
  }

  /** Every record that the index names has its bytes, in their order and with their requests. */
  async function expectWhole(before: ArchiveRecord[]): Promise<void> {
    const now = await records();
    const order = before.map(({ id }) => id);
    expect(now.map(({ id }) => order.indexOf(id))).toEqual(
      now.map(({ id }) => order.indexOf(id)).sort((a, b) => a - b),
    );
    await reading(async (archive) => {
      for (const record of now) {
        expect(Buffer.from(await archive.read(record)).toString()).toBe(labels.get(record.id));
        await archive.readPage(record);
      }
    });
  }

  async function reading<T>(use: (archive: Archive) => Promise<T>): Promise<T> {
    const archive = await place.open();
    try {
      return await use(archive);
    } finally {
      await archive.close();
    }
  }
});

const labels = new Map<string, string>();

function labelsOf(dropped: Retention['dropped']): string[] {
  return [...dropped.values()].flatMap((ids) => [...ids].map((id) => labels.get(id)!)).sort();
}
