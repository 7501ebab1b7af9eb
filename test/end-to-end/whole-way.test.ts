import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { detectionOf } from '../../src/cli/detection.ts';
import { scoreDetection } from '../../src/cli/detection-score.ts';
import type { DetectionScore } from '../../src/cli/detection-score.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import type { PipelineResult } from '../../src/cli/pipeline.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

const CONFIG = join(import.meta.dirname, '../../config');

describe('from five sites to a defended alert', () => {
  let portal: Portal;
  let workshop: Workshop;
  let first: PipelineResult;
  let score: DetectionScore;

  const crawl = (): Promise<PipelineResult> =>
    runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });

  beforeAll(async () => {
    portal = await startPortal({ seed: 43, notices: 400 });
    workshop = await openBenchWorkshop(portal, CONFIG);
    first = await crawl();
    score = scoreDetection(portal.truth, await detectionOf(workshop, portal.truth.today));
  });

  afterAll(async () => {
    await workshop.close();
    await portal.close();
  });

  it('every source is completely crawled', () => {
    expect(first.runs.map((run) => [run.sourceId, run.outcome, run.reason])).toEqual(
      first.runs.map((run) => [run.sourceId, 'complete', null]),
    );
    expect(first.runs).toHaveLength(5);
  });

  it('every notice of Kaiyuan is stored once', async () => {
    const stored: string[] = [];
    for await (const notice of workshop.store.notices.all()) stored.push(notice.id);
    expect(stored.sort()).toEqual(portal.truth.projects.flatMap((p) => p.notices).sort());
  });

  it('every planted violation is alerted, and none besides', () => {
    expect(score.faults).toEqual(
      Object.fromEntries(
        Object.entries(score.faults).map(([name, f]) => [name, { ...f, detected: f.planted, false: 0 }]),
      ),
    );
    expect(score.violations).toMatchObject({ false: 0, precision: 1, recall: 1 });
  });

  it('every result without three full days is put up for review, and none besides', () => {
    expect(score.review).toMatchObject({ false: 0, precision: 1, recall: 1 });
  });

  it('copies of one notice are grouped and notices of one project linked', () => {
    expect(score.groups).toEqual({ precision: 1, recall: 1 });
    expect(score.projects).toEqual({ precision: 1, recall: 1 });
  });

  it('an alert carries its sentence, its dates and pages that can be read from the archive unchanged', async () => {
    const { items } = await workshop.store.findings.alerts({ nature: 'violation', state: 'open', limit: 50 });
    for (const alert of items) {
      expect(alert.finding.sentence).toMatch(/\d/);
      expect(alert.finding.evidence.length).toBeGreaterThan(0);
      for (const { noticeId } of alert.finding.evidence) {
        const notice = await workshop.store.notices.get(noticeId);
        const record = await workshop.store.runs.archiveRecord(notice!.archiveId);
        expect((await workshop.archive.read(record!)).byteLength).toBe(record!.size);
      }
    }
  });

  it('crawling again adds no notice, no revision and no second alert', async () => {
    const alertsBefore = await allAlerts(workshop);
    const second = await crawl();
    const sum = (of: (c: PipelineResult['runs'][number]['channels'][number]) => number): number =>
      second.runs.flatMap((run) => run.channels).reduce((n, channel) => n + of(channel), 0);
    expect([sum((c) => c.created), sum((c) => c.changed)]).toEqual([0, 0]);
    expect(await allAlerts(workshop)).toEqual(alertsBefore);
  });
});

async function allAlerts({ store }: Workshop): Promise<string[]> {
  const { items } = await store.findings.alerts({ limit: 1000 });
  return items.map((alert) => JSON.stringify([alert.key, alert.number, alert.state, alert.openedAt, alert.history]));
}
