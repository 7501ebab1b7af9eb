import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import type { IndicatorId } from '../../src/model/lead.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

let portal: Portal;
let workshop: Workshop;

beforeAll(async () => {
  portal = await startPortal({ seed: 77, notices: 1600 });
  workshop = await openBenchWorkshop(portal, join(import.meta.dirname, '../../config'));
  await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
});

afterAll(async () => {
  await workshop.close();
  await portal.close();
});

/** Projects of the truth by lead, as the pages say and as the product found: by one notice of each. */
async function leadsOf(indicator: IndicatorId): Promise<{ planted: string[][]; found: string[][] }> {
  const { truth } = portal;
  const ofNotice = new Map(truth.projects.flatMap((project) => project.notices.map((id) => [id, project.id])));
  const found: string[][] = [];
  for await (const lead of workshop.store.leads.all()) {
    if (lead.indicator !== indicator) continue;
    const projects = await Promise.all(lead.projectIds.map((id) => workshop.store.projects.get(id)));
    found.push(projects.map((project) => ofNotice.get(project!.noticeIds[0]!) ?? '').sort());
  }
  const planted = truth.leads.filter((lead) => lead.indicator === indicator).map(({ projects }) => projects.toSorted());
  return { planted: planted.sort(), found: found.sort() };
}

it.each<IndicatorId>(['EQUAL_PRICES', 'SPLITTING'])(
  '%s: what the pages show is told, and nothing where they are quiet',
  async (indicator) => {
    const { planted, found } = await leadsOf(indicator);
    expect(planted.length).toBeGreaterThan(0);
    expect(found).toEqual(planted);
  },
);
