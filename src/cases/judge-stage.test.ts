import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { Calendar } from '../compliance/calendar.ts';
import { epochOf } from '../model/day.ts';
import type { Alert } from '../model/finding.ts';
import type { Notice, NoticeObservation } from '../model/notice.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { matchNotices } from '../projects/stage.ts';
import { bodyOf, notice } from '../projects/testing/notices.ts';
import { judgeAllProjects } from './judge-stage.ts';

const CALENDAR = Calendar.load(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8')),
  null,
);

const FIRM = '云南恒泰建设工程有限公司';
const facts = { category: 'works', subtype: 'municipal', method: 'competitive_negotiation', budget: 860_000 } as const;
const tender = notice('hh_finance:1', { ...facts, text: bodyOf('灵泉东路') });
const publicity = notice('hh_finance:2', {
  ...facts,
  kind: 'candidate',
  publishDate: '2026-03-12',
  candidates: [{ rank: 1, name: FIRM, price: null, lot: null }],
});
const result = notice('hh_finance:3', { ...facts, kind: 'result', publishDate: '2026-03-13', suppliers: [FIRM] });

function sighting(of: Notice): NoticeObservation {
  const { fields, text } = of;
  return {
    noticeId: of.id,
    sourceId: of.sourceId,
    channelId: of.channelId,
    externalId: of.externalId,
    url: of.url,
    runId: 'run-1',
    observedAt: of.firstSeenAt,
    absentAt: null,
    reading: { fields, origins: {}, disagreements: [], text },
    digest: JSON.stringify(fields),
    archiveId: of.id,
    attachments: [],
  };
}

describe('an alert whose project is put together anew', () => {
  let store: Store;
  let now: number;

  const live = async (day: string, ...notices: Notice[]): Promise<void> => {
    now = epochOf(`${day}T20:00`);
    await store.notices.observe(notices.map(sighting));
    await matchNotices(store);
    await judgeAllProjects({ store, policy: DEFAULT_POLICY, calendar: CALENDAR, clock: { now: () => now } });
  };
  const alerts = async (): Promise<Alert[]> => (await store.findings.alerts({ limit: 50 })).items;
  const projectOf = async (id: string): Promise<string> => (await store.projects.ofNotices([id])).get(id) ?? 'none';

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(() => store.close());

  it('keeps number, address and history when an earlier notice of its project is collected later', async () => {
    await live('2026-03-13', publicity, result);
    const [before] = await alerts();
    expect(before).toMatchObject({ state: 'open', nature: 'violation', projectId: await projectOf(result.id) });

    await live('2026-03-20', tender);
    const after = await alerts();
    expect(after).toMatchObject([
      { key: before!.key, number: before!.number, openedAt: before!.openedAt, state: 'open', clearedAt: null },
    ]);
    expect(after[0]!.projectId).not.toBe(before!.projectId);
    expect(after[0]!.projectId).toBe(await projectOf(tender.id));
    expect(after[0]!.history.slice(0, 2).map(({ event }) => event)).toEqual(['opened', 'moved']);
    expect((await store.findings.ofProject(after[0]!.projectId)).map(({ key }) => key)).toContain(
      after[0]!.finding.key,
    );
  });

  it('says nothing twice when it is judged again after its move', async () => {
    await live('2026-03-13', publicity, result);
    await live('2026-03-20', tender);
    const moved = await alerts();
    await live('2026-03-21');
    expect(await alerts()).toEqual(moved);
  });

  it('goes with its pages when the store is rebuilt from what was read', async () => {
    await live('2026-03-13', publicity, result);
    await live('2026-03-20', tender);
    const before = await alerts();
    await store.notices.clear();
    await live('2026-03-21', result, tender, publicity);
    expect(await alerts()).toEqual(before);
  });

  it('is cleared with the reason when no project holds its pages any longer', async () => {
    await live('2026-03-13', publicity, result);
    await store.notices.clear();
    await live('2026-03-21', tender);
    expect(await alerts()).toMatchObject([{ state: 'cleared', history: [{}, { event: 'cleared' }] }]);
  });
});
