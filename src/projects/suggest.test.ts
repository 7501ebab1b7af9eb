import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import type { LinkSuggestion } from '../model/link-suggestion.ts';
import type { Notice } from '../model/notice.ts';
import { recordDecision, recordWithdrawal } from './record-decision.ts';
import { matchNotices } from './stage.ts';
import { notice, sighting } from './testing/notices.ts';

const WHY = { by: '张三', reason: '已向采购人核实' };
const uncoded = { projectCode: null, codes: [] };
const tender = notice('hh_finance:1');
const result = notice('hh_finance:2', { kind: 'result', publishDate: '2026-03-20' });
const publicity = notice('hh_finance:3', {
  ...uncoded,
  kind: 'candidate',
  publishDate: '2026-03-12',
  projectName: '开远市灵泉东路人行道改建工程',
});

describe('projects that may be one', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(() => store.close());

  const arrive = async (...notices: Notice[]): Promise<void> => {
    await store.notices.observe(notices.map((n) => sighting(n)));
    await matchNotices(store);
  };
  const home = async (of: Notice): Promise<string> => (await store.projects.ofNotices([of.id])).get(of.id)!;
  const suggestionsOf = async (of: Notice): Promise<LinkSuggestion[]> =>
    (await store.projects.get(await home(of)))?.suggestions ?? [];
  const stage = () => ({ store, clock: { now: () => 1 } });

  it('tell of each other, whichever comes later, and stay two', async () => {
    await arrive(tender, result);
    expect(await suggestionsOf(tender)).toEqual([]);
    await arrive(publicity);
    expect(await home(publicity)).not.toBe(await home(tender));
    expect(await suggestionsOf(tender)).toMatchObject([
      { own: tender.id, other: publicity.id, code: 'SIMILAR_NAME', confidence: 0.71 },
    ]);
    expect(await suggestionsOf(publicity)).toMatchObject([{ own: publicity.id, other: tender.id }]);
    const found = await store.projects.search({ suggested: true, limit: 10 });
    expect(found.items).toHaveLength(2);
  });

  it('are told only where together they make one course of events', async () => {
    await arrive(tender, result);
    await arrive(notice('hh_finance:4', { ...publicity.fields, publishDate: '2026-04-20' }));
    expect((await store.projects.search({ suggested: true, limit: 10 })).items).toEqual([]);
    await arrive(notice('hh_finance:5', { ...publicity.fields, kind: 'tender', publishDate: '2026-03-30' }));
    expect((await store.projects.search({ suggested: true, limit: 10 })).items).toEqual([]);
  });

  it('are no longer told of when a page is corrected', async () => {
    await arrive(tender, publicity);
    const renamed = {
      projectName: '开远市第三小学运动场维修工程',
      title: '开远市第三小学运动场维修工程成交候选供应商公示',
    };
    await store.notices.observe([sighting(publicity, renamed, publicity.firstSeenAt + 1)]);
    await matchNotices(store);
    expect(await suggestionsOf(tender)).toEqual([]);
    expect(await suggestionsOf(publicity)).toEqual([]);
  });

  it('are two for good once a person says so, also after a rebuild, and told of again when the word is taken back', async () => {
    await arrive(tender, result, publicity);
    await recordDecision(stage(), 'd', {
      verdict: 'apart',
      projects: [await home(tender), await home(publicity)],
      ...WHY,
    });
    await matchNotices(store);
    expect(await suggestionsOf(tender)).toEqual([]);
    await store.notices.clear();
    await arrive(publicity, tender);
    await arrive(result);
    expect(await suggestionsOf(tender)).toEqual([]);
    expect(await suggestionsOf(publicity)).toEqual([]);
    await recordWithdrawal(stage(), 'd', WHY);
    await matchNotices(store);
    expect(await suggestionsOf(publicity)).toHaveLength(1);
  });

  it('are one once a person says so', async () => {
    await arrive(tender, result, publicity);
    const projects: [string, string] = [await home(tender), await home(publicity)];
    await recordDecision(stage(), 'd', { verdict: 'together', projects, ...WHY });
    await matchNotices(store);
    expect(await home(publicity)).toBe(await home(tender));
    expect(await suggestionsOf(tender)).toEqual([]);
  });

  it('are all told of where a page that names nobody fits several', async () => {
    const name = '2026年食堂食材集中配送服务采购项目';
    const bare = { ...uncoded, projectName: null, purchaser: null, agency: null, title: `${name}结果公告` };
    const page = notice('ky_gov:9', { ...bare, kind: 'result', publishDate: '2026-03-20' });
    await arrive(
      notice('a:1', { ...uncoded, projectName: name, purchaser: '开远市第一中学校' }),
      notice('a:2', { ...uncoded, projectName: name, purchaser: '开远市第四中学校' }),
      page,
    );
    expect((await suggestionsOf(page)).map(({ other, code }) => [other, code])).toEqual([
      ['a:1', 'SEVERAL_FIT'],
      ['a:2', 'SEVERAL_FIT'],
    ]);
  });
});
