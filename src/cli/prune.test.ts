import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { folderPlace } from '../../storage/archive/folder.ts';
import type { ArchivePlace } from '../../storage/archive/place.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { buildAlert, buildFinding, buildOpening, buildRequest, buildRun, buildStep } from '../../test/support/build.ts';
import { KeptArchive } from '../../test/support/kept-archive.ts';
import { retentionOf } from '../cases/retention.ts';
import type { Retention } from '../cases/retention.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import type { CaseStep } from '../model/case.ts';
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
  let kept: KeptArchive;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'gongshi-prune-'));
    store = await openSqliteStore(join(home, 'gongshi.sqlite'));
    place = folderPlace(join(home, 'archive'));
    kept = new KeptArchive(store, place);
  });
  afterEach(async () => {
    await kept.close();
    rmSync(home, { recursive: true });
  });

  it('drops lists and repeated visits that nothing rests on, and keeps what each notice was read from', async () => {
    await published({ p1: 'compliant' });
    const { dropped, because, young } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 1', 'list 2', 'p1 1', 'p1 2']);
    expect(because).toMatchObject({ reading: 1, watched: 0, absence: 0 });
    expect(young).toBe(1);
  });

  it.each<[string, Verdict]>([
    ['a violation', 'violation'],
    ['not determined yet', 'undetermined'],
  ])('keeps every visit to the pages of a project whose finding is %s', async (_name, verdict) => {
    await published({ p1: 'compliant', p2: verdict });
    const { dropped, because, protectedProjects } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 2', 'p1 1', 'p1 2']);
    expect(because).toMatchObject({ reading: 2, watched: 2 });
    expect(protectedProjects).toBe(1);
  });

  it('keeps the lists of the first complete run after a project, which prove what was not published', async () => {
    await published({ p1: 'violation' });
    const { dropped, because } = await retention();
    // Run 0 ended before the last of its days was over; run 1 proves; run 2 proves nothing more.
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 2']);
    expect(because.absence).toBe(1);
  });

  it('keeps all of a project that ever had an alert, also a cleared one, and of one that was never judged', async () => {
    await published({ p1: 'compliant', p2: null });
    await store.findings.judge([], [], [buildAlert({ projectId: 'p1', state: 'cleared', clearedAt: MARCH_2 })]);
    const { dropped, because } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 2']);
    expect(because.watched).toBe(4);
  });

  it('keeps what an unfinished run fetched, and what a failure names', async () => {
    await published({ p1: 'compliant' });
    await store.runs.begin(buildRun({ id: 'open', startedAt: MARCH_2 }), [buildRequest('list:x')]);
    await kept.commit('open', 'list:x', await kept.fetched('list open', MARCH_2, 'list', 'open'));
    const sample = await kept.fetched('wall', MARCH_2, 'list', 'hit');
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
    await kept.commit('hit', 'list:y', sample);
    await store.runs.finish(buildRun({ id: 'hit', outcome: 'rejected', finishedAt: MARCH_2 + 1, failures: [failure] }));
    const { dropped, because } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 1', 'list 2', 'p1 1', 'p1 2']);
    expect(because).toMatchObject({ running: 1, referred: 1 });
  });

  it.each([
    ['young', NOW],
    ['old, of an unfinished run', MARCH_2],
  ])('keeps the body that a %s reply confirms', async (_name, at) => {
    await published({ p1: 'compliant' });
    const body = (await kept.records()).find(({ id }) => kept.labelOf({ id }) === 'p1 1')!;
    await store.runs.begin(buildRun({ id: 'again', startedAt: at }), [buildRequest('detail:p1')]);
    const confirmation = await kept.fetched('p1 again', at, 'detail', 'again', 'p1');
    await kept.commit('again', 'detail:p1', { ...confirmation, status: 304, revisits: body.id });
    const { dropped, because } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 1', 'list 2', 'p1 2']);
    expect(because.referred).toBe(1);
  });

  it.each<[string, CaseStep[]]>([
    ['待核', []],
    ['核查中', [{ action: 'started', note: '', due: null }]],
    ['暂挂', [{ action: 'suspended', note: '等候财政局答复', until: '2027-03-01' }]],
    [
      '办结',
      [
        { action: 'dismissed', reason: 'corrected', note: '' },
        { action: 'closed', note: '' },
      ],
    ],
  ])('keeps every visit to the pages of a project whose case is %s, whatever is found today', async (_state, steps) => {
    await published({ p1: 'compliant', p2: 'compliant' });
    await openCase('p1', ...steps);
    const { dropped, because, protectedProjects } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 2', 'p2 1', 'p2 2']);
    expect(because.watched).toBe(2);
    expect(protectedProjects).toBe(1);
  });

  it('keeps all of the project that a case was opened for, also when its alert has moved to another one since', async () => {
    await published({ p1: 'compliant', p2: 'compliant', p3: 'compliant' });
    await openCase('p1');
    await moveAlert('p2');
    const { dropped, protectedProjects } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 2', 'p3 1', 'p3 2']);
    expect(protectedProjects).toBe(2);
  });

  it('keeps all of the projects whose notices a case was once told of, also when it rests on others today', async () => {
    await published({ p1: 'compliant', p2: 'compliant', p3: 'compliant' });
    await openCase('p1', {
      ...(buildOpening({ projectId: 'p1' }).event.step as Extract<CaseStep, { action: 'opened' }>),
      action: 'facts_changed',
      changes: ['补发公示'],
      effect: 'noted',
      facts: { ...buildOpening().file.facts, evidence: [{ noticeId: 'yn_ccgp:p2', role: 'candidate' }] },
    });
    const { dropped } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 0', 'list 2', 'p3 1', 'p3 2']);
  });

  it.each<[string, (reply: ArchiveRecord) => string]>([
    ['编号', ({ id }) => `列表页当时没有该公告，见 /archive/${id}。`],
    ['SHA-256', ({ sha256 }) => `列表页 SHA-256：${sha256.toUpperCase()}`],
  ])('keeps a reply that nothing but the remark in a case names, by its %s', async (_by, remark) => {
    await published({ p1: 'compliant', p2: 'compliant' });
    const before = await retention();
    expect(kept.labelsOf(before.dropped)).toContain('list 0');
    await openCase('p1', { action: 'commented', note: remark(await kept.recordOf('list 0')) });
    const { dropped, because } = await retention();
    expect(kept.labelsOf(dropped)).toEqual(['list 2', 'p2 1', 'p2 2']);
    expect(because.referred).toBe(1);
  });

  it('keeps a file of a notice that nothing but the remark in a case names', async () => {
    await published({ p1: 'compliant', p2: 'compliant' });
    await store.runs.begin(buildRun({ id: 'files', startedAt: MARCH_2 }), [buildRequest('file:1')]);
    const file = await kept.fetched('报价单.pdf', MARCH_2, 'detail', 'files', 'p2/1.pdf');
    await kept.commit('files', 'file:1', file);
    await store.runs.finish(buildRun({ id: 'files', outcome: 'complete', finishedAt: MARCH_2 + 1 }));
    expect(kept.labelsOf((await retention()).dropped)).toContain('报价单.pdf');
    await openCase('p1', { action: 'commented', note: `附件 ${file.id} 与成交结果不符` });
    expect(kept.labelsOf((await retention()).dropped)).toEqual(['list 0', 'list 2', 'p2 1', 'p2 2']);
  });

  it('takes the dropped ones out of files and index; every record that stays reads the same, and a backup proves it', async () => {
    await published({ p1: 'compliant', p2: 'violation' });
    const before = await kept.records();
    const pruned = await prune();
    expect(pruned).toMatchObject({ dropped: 4, damaged: [], leftovers: 0 });
    const after = await kept.records();
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
      const before = await kept.records();
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
      expect((await kept.records()).length).toBe(before.length - 4);
      // What the killed one left behind goes once it is old enough.
      await prune(NOW + 200 * DAY, NOW + 100 * DAY);
      const named = new Set((await kept.records()).map(({ file }) => file));
      expect(readdirSync(place.name).sort()).toEqual([...named].sort());
    },
  );

  it('leaves a file alone whose records that must stay cannot be read', async () => {
    await published({ p1: 'compliant', p2: 'violation' });
    const all = await kept.records();
    const last = all.findLast(({ id }) => kept.labelOf({ id }) === 'p2 2')!;
    truncateSync(join(place.name, last.file), last.offset + 3);
    const { damaged, dropped } = await prune();
    expect(damaged).toEqual([last.file]);
    expect((await kept.records()).length).toBe(all.length - dropped);
    expect(readdirSync(place.name)).toContain(last.file);
  });

  const KEY = 'p1||1|KY-GP-3D';

  /** A case for an alert of the project, on evidence that names none of the notices. */
  async function openCase(projectId: string, ...steps: CaseStep[]): Promise<void> {
    await moveAlert(projectId);
    const { number } = (await store.findings.alert(KEY))!;
    let step = buildOpening({ number, alertKey: KEY, projectId });
    await store.cases.append([step]);
    for (const next of steps) {
      step = buildStep(step.file, next);
      await store.cases.append([step]);
    }
  }

  async function moveAlert(projectId: string): Promise<void> {
    const finding = buildFinding({ projectId, verdict: 'violation', evidence: [] });
    await store.findings.judge([], [], [buildAlert({ projectId, key: KEY, finding })]);
  }

  async function published(projects: Record<string, Verdict | null>): Promise<void> {
    await kept.publish(projects, MARCH_2, NOW);
  }

  async function retention(before = BEFORE): Promise<Omit<Retention, 'kept'> & { because: Retention['kept'] }> {
    const { kept: because, ...rest } = await kept.reading((archive) => retentionOf(store, archive, before));
    return { ...rest, because };
  }

  async function prune(now = NOW, before = BEFORE): Promise<Pruned> {
    return pruneArchive({ store, place }, await retention(before), { before, now });
  }

  /** Every record that the index names has its bytes. */
  async function expectWhole(before: ArchiveRecord[]): Promise<void> {
    expect(await kept.unlike(before)).toEqual([]);
  }
});
