import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { detectionOf } from '../../src/cli/detection.ts';
import { scoreDetection } from '../../src/cli/detection-score.ts';
import type { DetectionScore } from '../../src/cli/detection-score.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { openTestMongo } from '../support/mongo/open.ts';
import type { TestMongo } from '../support/mongo/open.ts';

const CONFIG = join(import.meta.dirname, '../../config');

describe('the whole way on MongoDB', () => {
  let portal: Portal;
  let mongo: TestMongo;

  beforeAll(async () => {
    [portal, mongo] = await Promise.all([startPortal({ seed: 43, notices: 400 }), openTestMongo()]);
  });

  afterAll(async () => {
    await mongo.close();
    await portal.close();
  });

  it('comes to the same notices, projects and alerts as on SQLite', async () => {
    const onMongo = await lived(mongo.uri);
    expect(onMongo.score.violations).toMatchObject({ precision: 1, recall: 1, false: 0 });
    expect(onMongo).toEqual(await lived());
  });

  async function lived(store?: string): Promise<{ score: DetectionScore; notices: string[]; alerts: string[] }> {
    const workshop = await openBenchWorkshop(portal, CONFIG, undefined, store);
    try {
      await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
      const notices: string[] = [];
      for await (const { id, digest, revision } of workshop.store.notices.all())
        notices.push(`${id} ${revision} ${digest}`);
      const { items } = await workshop.store.findings.alerts({ limit: 1000 });
      return {
        score: scoreDetection(portal.truth, await detectionOf(workshop, portal.truth.today)),
        notices: notices.sort(),
        alerts: items.map(({ key, nature, state, finding }) => `${key} ${nature} ${state} ${finding.sentence}`).sort(),
      };
    } finally {
      await workshop.close();
    }
  }
});
