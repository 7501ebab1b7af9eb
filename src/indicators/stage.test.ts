import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { buildProject } from '../../test/support/build.ts';
import { DEFAULT_INDICATOR_SETTINGS } from '../model/lead.ts';
import { DEFAULT_OPEN_TENDER_LINES } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import { refreshLeads } from './stage.ts';
import { deal, others } from './test-dealings.ts';

const projectsOf = (dealings: ReturnType<typeof deal>[]): Project[] => dealings.map((dealing) => buildProject(dealing));

describe('leads', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(async () => {
    await store.close();
  });

  const refresh = (now: number, settings = DEFAULT_INDICATOR_SETTINGS) =>
    refreshLeads({ store, clock: { now: () => now }, settings, openTenderLines: DEFAULT_OPEN_TENDER_LINES });
  const told = async () => (await store.leads.search({ limit: 100 })).items;

  it('follow the projects: they come, stay with their first moment, change, and go', async () => {
    const group = [deal({ award: 1_200_000 }), deal({ award: 900_000 })];
    await store.projects.replace([], projectsOf([...group, ...others(12)]));
    expect(await refresh(1)).toEqual({ leads: 1 });
    expect(await told()).toMatchObject([{ indicator: 'SPLITTING', since: 1, peers: { count: 13 } }]);
    await refresh(2);
    expect(await told()).toMatchObject([{ since: 1 }]);

    await store.projects.replace([], projectsOf([deal({ id: 'p9999', award: 100_000 })]));
    await refresh(3);
    expect(await told()).toMatchObject([{ since: 1, projectIds: { length: 3 } }]);

    await refresh(4, { ...DEFAULT_INDICATOR_SETTINGS, splitting: { enabled: true, minPeers: 50, atLeast: 2 } });
    expect(await told()).toEqual([]);
  });

  it('marked by a person’s word on links are as they were once they are computed again', async () => {
    const group = [deal({ award: 1_200_000 }), deal({ award: 900_000 })];
    await store.projects.replace([], projectsOf([...group, ...others(12)]));
    await refresh(1);
    const [lead] = await told();
    await store.leads.replace([], [{ ...lead!, affectedAt: 5 }]);
    await refresh(6);
    expect(await told()).toEqual([lead]);
  });

  it('raise no finding and no alert', async () => {
    await store.projects.replace([], projectsOf([deal({ award: 1_200_000 }), deal({ award: 900_000 }), ...others(12)]));
    await refresh(1);
    expect(await store.leads.count({})).toBe(1);
    expect(await store.findings.statistics()).toEqual([]);
    expect(await store.findings.countAlerts({})).toBe(0);
  });
});
