import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildLinkDecision } from '../../test/support/build.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import type { LinkDecision } from '../model/link-decision.ts';
import type { Notice } from '../model/notice.ts';
import { identityOfStored } from './identity.ts';
import { linkNotices } from './link.ts';
import { matchNotices } from './stage.ts';
import { bodyOf, notice, sighting } from './testing/notices.ts';

const tender = notice('hh_finance:1', { text: bodyOf('灵泉东路') });
const result = notice('hh_finance:2', { kind: 'result', publishDate: '2026-03-17' });
/** Another purchase by its code and name: the machine leaves it apart. */
const renamed = notice('hh_finance:3', {
  kind: 'contract',
  publishDate: '2026-04-17',
  projectCode: 'KY-2026-GC-018',
  projectName: '开远市市政人行道项目',
});
const contract = notice('yn_ccgp:4', {
  kind: 'contract',
  publishDate: '2026-04-18',
  projectCode: 'KY-2026-GC-018',
  projectName: '开远市市政人行道项目',
});
const ALL = [tender, result, renamed, contract];

function projects(decisions: LinkDecision[], notices = ALL): string[][] {
  return linkNotices(notices.map(identityOfStored), decisions)
    .map((p) => p.members.map((m) => m.id).sort())
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}
const join = (id: string, at: number, ...notices: Notice[]): LinkDecision =>
  buildLinkDecision({ id, at, verdict: 'together', notices: notices.map((n) => n.id) });
const split = (id: string, at: number, notices: Notice[], others: Notice[]): LinkDecision =>
  buildLinkDecision({ id, at, verdict: 'apart', notices: notices.map((n) => n.id), others: others.map((n) => n.id) });

describe("a person's word", () => {
  it('the machine, left alone, makes two projects of these', () => {
    expect(projects([])).toEqual([
      [tender.id, result.id],
      [renamed.id, contract.id],
    ]);
  });

  it('joins what the machine left apart, with all that the machine links to either side', () => {
    expect(projects([join('d', 1, tender, renamed)])).toEqual([ALL.map((n) => n.id)]);
  });

  it('is shown as the reason, with who and when', () => {
    const [project] = linkNotices(ALL.map(identityOfStored), [join('d', 1, tender, renamed)]);
    expect(project!.links.find((link) => link.method === 'person')).toMatchObject({
      a: tender.id,
      b: renamed.id,
      confidence: 1,
      reason: '张三于 1970-01-01 确认为同一项目：同一采购计划，编号印错',
    });
  });

  it('keeps apart what the machine would join', () => {
    expect(projects([split('d', 1, [result], [tender])])).toEqual([
      [tender.id],
      [result.id],
      [renamed.id, contract.id],
    ]);
  });

  it('keeps apart also what a third notice would bring together', () => {
    const correction = notice('hh_finance:9', { kind: 'correction', publishDate: '2026-03-05' });
    const found = projects([split('d', 1, [result], [tender])], [...ALL, correction]);
    expect(found.some((ids) => ids.includes(tender.id) && ids.includes(result.id))).toBe(false);
  });

  it('said later holds against what was said before', () => {
    const [first, second] = [join('a', 1, tender, renamed), split('b', 2, [renamed], [tender])];
    expect(projects([second, first]).some((ids) => ids.includes(tender.id) && ids.includes(renamed.id))).toBe(false);
    const [earlier, later] = [split('a', 1, [renamed], [tender]), join('b', 2, tender, renamed)];
    expect(projects([later, earlier])).toEqual([ALL.map((n) => n.id)]);
  });

  it('taken back leaves what the machine finds', () => {
    const taken = { ...join('d', 1, tender, renamed), withdrawn: { by: '张三', at: 2, reason: '核对有误' } };
    expect(projects([taken])).toEqual(projects([]));
  });

  it('joins notices of two buyers, and further notices still find their own side', () => {
    const other = notice('yn_ccgp:7', { purchaser: '开远市教育体育局', projectName: '开远市第三小学运动场维修工程' });
    const late = notice('yn_ccgp:8', { kind: 'award_letter', publishDate: '2026-03-20' });
    expect(projects([join('d', 1, tender, other)], [tender, other, late])).toEqual([[tender.id, other.id, late.id]]);
  });
});

describe("a person's word in the store", () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
  });
  afterEach(() => store.close());

  const arrive = async (...notices: Notice[]): Promise<void> => {
    await store.notices.observe(notices.map((n) => sighting(n)));
    await matchNotices(store);
  };
  const decide = async (decision: LinkDecision): Promise<void> => {
    await store.linkDecisions.put(decision);
    await matchNotices(store);
  };
  const stored = async (): Promise<string[][]> => {
    const found: string[][] = [];
    for await (const project of store.projects.all()) found.push([...project.noticeIds].sort());
    return found.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  };

  const JOINED = [ALL.map((n) => n.id).sort()];
  const PARTED = [[tender.id], [result.id], [renamed.id, contract.id]];

  it('is heeded at once, survives a rebuild, and is undone by its withdrawal', async () => {
    await arrive(...ALL);
    const decision = join('d', 1, tender, renamed);
    await decide(decision);
    expect(await stored()).toEqual(JOINED);
    await store.notices.clear();
    await arrive(...ALL);
    expect(await stored()).toEqual(JOINED);
    await decide({ ...decision, withdrawn: { by: '张三', at: 2, reason: '核对有误' } });
    expect(await stored()).toEqual(projects([]));
  });

  it('is heeded whatever order the notices arrive in, also when it names some that come later', async () => {
    await decide(join('d', 1, tender, renamed));
    for (const one of [contract, tender, renamed, result]) await arrive(one);
    expect(await stored()).toEqual(JOINED);
  });

  it('keeps apart what comes again changed', async () => {
    await arrive(...ALL);
    await decide(split('d', 1, [result], [tender]));
    expect(await stored()).toEqual(PARTED);
    const again = sighting({ ...result, fields: { ...result.fields, amount: 812_000 } });
    await store.notices.observe([{ ...again, observedAt: again.observedAt + 1, archiveId: 'again' }]);
    await matchNotices(store);
    expect(await stored()).toEqual(PARTED);
  });

  it('is heeded at the next matching where another process linked without knowing of it', async () => {
    await arrive(...ALL);
    const before: Parameters<Store['projects']['replace']>[1] = [];
    for await (const project of store.projects.all()) before.push(project);
    await decide(join('d', 1, tender, renamed));
    await store.projects.replace(
      ALL.map((n) => n.id),
      before,
    );
    expect(await stored()).toEqual(projects([]));
    await matchNotices(store);
    expect(await stored()).toEqual(JOINED);
  });
});
