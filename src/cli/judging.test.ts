import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { folderPlace } from '../../storage/archive/folder.ts';
import { buildLinkDecision, buildRequest, buildRun, buildSentRequest } from '../../test/support/build.ts';
import { collect } from '../../test/support/collect.ts';
import { epochOf } from '../model/day.ts';
import { isJudgingDue, refreshAlone } from './judging.ts';
import { openWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';

const DAY = 86_400_000;
const EVENING = epochOf('2026-03-20T20:00');

describe('linking and judging', () => {
  let workshop: Workshop;
  let folder: string;
  const clock = { at: EVENING, now: () => clock.at };

  beforeEach(async () => {
    clock.at = EVENING;
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    workshop = await openWorkshop({
      config: join(import.meta.dirname, '../../config'),
      clock,
      data: { database: ':memory:', archive: folderPlace(join(folder, 'archive')) },
    });
  });
  afterEach(async () => {
    await workshop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const due = (): Promise<boolean> => isJudgingDue(workshop);
  const judge = (): Promise<number | null> => refreshAlone(workshop);

  it('are due until they have been done once, and then not again', async () => {
    expect(await due()).toBe(true);
    await judge();
    expect(await due()).toBe(false);
  });

  it('are due when a run has ended, not when one begins', async () => {
    await judge();
    await workshop.store.runs.begin(buildRun({ sourceId: 'ky_gov' }), [buildRequest('list:1')]);
    expect(await due()).toBe(false);
    await workshop.store.runs.finish({ ...buildRun({ sourceId: 'ky_gov' }), finishedAt: EVENING, outcome: 'complete' });
    expect(await due()).toBe(true);
    await judge();
    expect(await due()).toBe(false);
  });

  it('are due when a day has begun: deadlines pass by themselves', async () => {
    await judge();
    clock.at += 3 * 3600_000;
    expect(await due()).toBe(false);
    clock.at += 3600_000;
    expect(await due()).toBe(true);
  });

  it('are due when a person has joined or split, and again when that is taken back', async () => {
    await judge();
    const decision = buildLinkDecision({ at: EVENING });
    await workshop.store.linkDecisions.put(decision);
    expect(await due()).toBe(true);
    await judge();
    expect(await due()).toBe(false);
    await workshop.store.linkDecisions.put({ ...decision, withdrawn: { by: '李明', at: EVENING + 1, reason: '误判' } });
    expect(await due()).toBe(true);
    await judge();
    expect(await due()).toBe(false);
  });

  it('are due still when a person decided while they were under way', async () => {
    const { store } = workshop;
    const deciding: Workshop = {
      ...workshop,
      store: {
        ...store,
        leases: store.leases,
        contents: store.contents.bind(store),
        fenced: (lease) => {
          const fenced = store.fenced(lease);
          void store.linkDecisions.put(buildLinkDecision({ at: EVENING }));
          return fenced;
        },
      } as Workshop['store'],
    };
    await refreshAlone(deciding);
    expect(await due()).toBe(true);
  });

  it('drop requests from the log that are older than the operator keeps', async () => {
    const { sentRequests } = workshop.store;
    const at = [EVENING - 401 * DAY, EVENING - 399 * DAY, EVENING];
    await sentRequests.add(at.map((when, number) => buildSentRequest({ at: when, number })));
    await judge();
    const [host] = await sentRequests.hosts();
    expect((await collect(sentRequests.ofHost(host!, 0))).map((request) => request.at)).toEqual(at.slice(1));
  });

  it('drop nothing from the log by a clock that was set years ahead', async () => {
    const { sentRequests } = workshop.store;
    await sentRequests.add([buildSentRequest({ at: EVENING })]);
    clock.at += 3 * 365 * DAY;
    await judge();
    expect(await sentRequests.hosts()).toHaveLength(1);
  });
});
