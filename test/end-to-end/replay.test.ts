import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { digestOf } from '../../storage/move.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { CONTENT_KINDS } from '../../storage/store.ts';
import type { Store } from '../../storage/store.ts';
import { benchClock } from '../../src/cli/bench-clock.ts';
import { eveningOf, openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { actOnCases } from '../../src/cases/case-stage.ts';
import { refresh } from '../../src/cli/judging.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { differences, rebuild } from '../../src/cli/rebuild.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import type { Clock } from '../../src/model/clock.ts';
import { addDays } from '../../src/model/day.ts';
import { recordDecision } from '../../src/projects/record-decision.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

const CONFIG = join(import.meta.dirname, '../../config');

/** Days on which somebody crawls: gaps make lists show what was read before, and notices that came in between. */
const DAYS_AGO = [30, 21, 20, 9, 1, 0];

async function digests(store: Store): Promise<Record<string, { count: number; digest: string }>> {
  const all: Record<string, { count: number; digest: string }> = {};
  for (const kind of CONTENT_KINDS) all[kind] = await digestOf(store, kind);
  return all;
}

describe('rebuilding everything after the archive', () => {
  let portal: Portal;
  let workshop: Workshop;
  let rebuilt: Store;

  beforeAll(async () => {
    const clock = benchClock('2000-01-01T00:00');
    portal = await startPortal({ seed: 11, notices: 400, now: () => clock.now() });
    workshop = await openBenchWorkshop(portal, CONFIG, clock);
    for (const ago of DAYS_AGO) {
      clock.set(eveningOf(addDays(portal.truth.today, -ago)));
      const window = { since: null, until: null };
      await runPipeline(workshop, { adapters: workshop.adapters, window, full: ago === 20 });
    }
    await people(clock);
    rebuilt = await openSqliteStore(':memory:');
    await rebuild(workshop, rebuilt);
  });

  /** A supervisor takes up a case, puts it right, and says of two projects that they are two. */
  async function people(clock: Clock): Promise<void> {
    const { store, calendar, config } = workshop;
    const [alert] = (await store.findings.alerts({ state: 'open', limit: 1 })).items;
    const desk = { store, calendar, clock, deadlines: config.cases };
    const li = { kind: 'person', name: '李明' } as const;
    for (const command of [
      { action: 'started', note: '' },
      { action: 'confirmed', note: '已调阅档案。' },
    ] as const) {
      const { number, version } = (await store.cases.get(alert!.number))!;
      await actOnCases(desk, li, new Map([[number, version]]), command);
    }
    const ids: string[] = [];
    for await (const { id } of store.projects.all()) ids.push(id);
    const projects: [string, string] = [ids[0]!, ids[1]!];
    await recordDecision({ store, clock }, 'd1', { verdict: 'apart', projects, by: '李明', reason: '两个不同的项目' });
    await refresh(workshop);
  }

  afterAll(async () => {
    await rebuilt.close();
    await workshop.close();
    await portal.close();
  });

  it('gives exactly what the daily runs gave: notices, revisions, both clocks, projects, alerts with their numbers, and every finding with when it was judged and all it said before', async () => {
    const before = await digests(workshop.store);
    expect(before['notices']!.count).toBeGreaterThan(300);
    expect(before['alerts']!.count).toBeGreaterThan(10);
    const findings = [];
    for await (const finding of workshop.store.contents('findings')) findings.push(finding);
    expect(findings.filter(({ history }) => (history ?? []).length > 0).length).toBeGreaterThan(5);
    expect(await digests(rebuilt)).toEqual(before);
  });

  it('keeps what people decided: cases with every event, and their word on links', async () => {
    const [alert] = (await workshop.store.findings.alerts({ state: 'open', limit: 1 })).items;
    const actions = (await rebuilt.cases.events(alert!.number)).map(({ step }) => step.action);
    expect(actions.slice(-2)).toEqual(['started', 'confirmed']);
    expect((await rebuilt.linkDecisions.standing()).map(({ id }) => id)).toEqual(['d1']);
  });

  it('keeps what a finding said where the rebuilt store says something else', async () => {
    const { store } = workshop;
    const [alert] = (await store.findings.alerts({ state: 'open', limit: 1 })).items;
    const old = (await store.findings.ofProject(alert!.projectId)).map((finding) =>
      finding.key === alert!.finding.key
        ? { ...finding, sentence: '旧的程序这样说。', ruleVersion: '0', codes: [] }
        : finding,
    );
    const now = await store.findings.ofProject(alert!.projectId);
    await store.findings.judge([alert!.projectId], old, []);
    const again = await openSqliteStore(':memory:');
    await rebuild(workshop, again);
    const finding = (await again.findings.ofProject(alert!.projectId)).find(({ key }) => key === alert!.finding.key)!;
    expect(finding.sentence).toBe(alert!.finding.sentence);
    expect(finding.history!.at(-1)).toMatchObject({ sentence: '旧的程序这样说。', ruleVersion: '0' });
    await again.close();
    await store.findings.judge([alert!.projectId], now, []);
  });

  it('reads again what stands in attached files, and names those that cannot be read', async () => {
    const files = [];
    for await (const { sourceId, fields, origins, attachments } of rebuilt.notices.all()) {
      const { purchaser } = fields;
      for (const file of attachments) files.push({ ...file, sourceId, purchaser, origin: origins.purchaser });
    }
    const read = files.filter(({ state, origin }) => state === 'read' && origin?.attachment !== undefined);
    expect(read.some(({ name }) => name.endsWith('.pdf'))).toBe(true);
    expect(read.some(({ name }) => name.endsWith('.docx'))).toBe(true);
    for (const { name, origin, purchaser } of read)
      expect([origin?.attachment, purchaser]).toEqual([name, expect.any(String)]);
    // Every way to a file is gone: links on the page, and the call that tells which files hang on a notice.
    const kept = files.filter(({ archiveId }) => archiveId !== undefined);
    expect(new Set(kept.map(({ sourceId }) => sourceId))).toEqual(
      new Set(['hh_finance', 'ky_gov', 'yn_ccgp', 'yn_ggzy']),
    );
    const sealed = files.filter(({ name, state }) => name.endsWith('.ZCZBJ') && state === 'unread');
    expect(sealed.length).toBeGreaterThan(0);
    expect(new Set(sealed.map(({ reason }) => reason))).toEqual(new Set(['格式 ZCZBJ 不能读取']));
    expect(files.filter(({ state }) => state === 'missing' || state === undefined)).toEqual([]);
  });

  it('finds no difference to report', async () => {
    expect(await differences(workshop.store, rebuilt)).toMatchObject([
      { kind: 'notices', gone: [], added: [], changed: [] },
      { kind: 'projects', gone: [], added: [], changed: [] },
      { kind: 'findings', gone: [], added: [], changed: [] },
    ]);
  });

  it('refuses a store that holds something already', async () => {
    await expect(rebuild(workshop, rebuilt)).rejects.toThrow('目标数据库不是空的');
  });
});
