import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import type { Notice, NoticeFields } from '../model/notice.ts';
import type { Project } from '../model/project.ts';
import { matchNotices } from './stage.ts';
import { bodyOf, notice, sighting } from './testing/notices.ts';

const twin = { projectName: '2026年食堂食材集中配送服务采购项目', projectCode: null, codes: [] };
const bare = {
  ...twin,
  projectName: null,
  purchaser: null,
  agency: null,
  title: `${twin.projectName}结果公告`,
  kind: 'result' as const,
};

/** Projects that meet, part, and hang on a page between them. */
const NOTICES: Notice[] = [
  notice('hh_finance:1', { text: bodyOf('灵泉东路') }),
  notice('yn_ggzy:2', { text: bodyOf('灵泉东路'), publishDate: '2026-03-03' }),
  notice('hh_finance:3', { kind: 'candidate', publishDate: '2026-03-12' }),
  notice('hh_finance:4', { kind: 'result', publishDate: '2026-03-17', projectCode: 'KY-2026-GC-018' }),
  notice('hh_finance:5', {
    kind: 'contract',
    publishDate: '2026-04-17',
    projectCode: 'KY-2026-GC-018',
    projectName: '人行道项目',
  }),
  notice('hh_finance:6', { kind: 'correction', publishDate: '2026-03-05', purchaser: null }),
  notice('hh_finance:7', { purchaser: '开远市教育体育局', projectName: '开远市第三小学运动场维修工程' }),
  notice('hh_finance:8', { projectCode: 'HHZC2026-J1-00915-KYXM-0041', publishDate: '2026-05-06' }),
  notice('hh_finance:9', { projectCode: 'HHZC2026-J1-00915-KYXM-0041', kind: 'result', publishDate: '2026-05-22' }),
  notice('yn_ccgp:10', { ...twin, purchaser: '开远市第一中学校' }),
  notice('yn_ccgp:11', { ...twin, purchaser: '开远市第四中学校', publishDate: '2026-03-09' }),
  notice('ky_gov:12', { ...bare, publishDate: '2026-03-20' }),
  notice('yn_ccgp:13', { ...twin, kind: 'result', purchaser: '开远市第一中学校', publishDate: '2026-03-21' }),
  // May be of the first project, without sufficing to be joined to it.
  notice('ky_gov:14', {
    kind: 'candidate',
    publishDate: '2026-03-11',
    projectName: '开远市灵泉东路人行道改建工程',
    projectCode: null,
  }),
];

/** What the sites change later: a code, a name, a buyer. Each change frees or ties other notices. */
const CHANGES: [number, Partial<NoticeFields>][] = [
  [10, { purchaser: '开远市第一中学校' }],
  [
    3,
    {
      projectCode: 'KY-2026-GC-777',
      codes: ['KY-2026-GC-777'],
      projectName: '开远市西山公园步道修缮工程',
      title: '开远市西山公园步道修缮工程成交结果公告',
    },
  ],
  [9, { projectName: '2026年学生校服采购项目', title: '2026年学生校服采购项目竞争性谈判公告' }],
  [10, { projectName: '开远市第四中学校学生公寓维修项目', title: '开远市第四中学校学生公寓维修项目竞争性谈判公告' }],
  [5, { purchaser: '开远市教育体育局' }],
  [13, { publishDate: '2026-05-12' }],
];

async function projectsIn(store: Store): Promise<Project[]> {
  const all: Project[] = [];
  for await (const project of store.projects.all()) all.push(project);
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('matching as notices come in', () => {
  it('gives what a rebuild of everything gives, whatever the order of arrival and of changes', async () => {
    const order = fc.shuffledSubarray(
      NOTICES.map((_, i) => i),
      { minLength: NOTICES.length },
    );
    await fc.assert(
      fc.asyncProperty(
        order,
        fc.shuffledSubarray(CHANGES),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (arrival, changes, step, late) => {
          const daily = await openSqliteStore(':memory:');
          const rebuilt = await openSqliteStore(':memory:');
          try {
            const sightings = arrival.map((i) => sighting(NOTICES[i]!));
            changes.forEach(([i, changed], n) => {
              const edit = sighting(NOTICES[i]!, changed, NOTICES[i]!.firstSeenAt + (n + 1) * 86_400_000);
              // Anywhere after the notice and its earlier edits: days pass between a notice and its edit.
              const after = sightings.findLastIndex((s) => s.noticeId === edit.noticeId) + 1;
              sightings.splice(after + Math.round(late * (sightings.length - after)), 0, edit);
            });
            for (let i = 0; i < sightings.length; i += step) {
              await daily.notices.observe(sightings.slice(i, i + step));
              await matchNotices(daily);
            }
            await rebuilt.notices.observe(sightings);
            await matchNotices(rebuilt);
            expect(await projectsIn(daily)).toEqual(await projectsIn(rebuilt));
          } finally {
            await daily.close();
            await rebuilt.close();
          }
        },
      ),
      // Always among them: a late edit frees a page that stood between two projects.
      { numRuns: 40, examples: [[NOTICES.map((_, i) => i), [CHANGES[3]!], 1, 1]] },
    );
  });

  it('puts every notice in exactly one project and reports the projects it wrote', async () => {
    const store = await openSqliteStore(':memory:');
    await store.notices.observe(NOTICES.map((n) => sighting(n)));
    const { projects, touched } = await matchNotices(store);
    const written = await projectsIn(store);
    expect(written.map((p) => p.id)).toEqual(touched);
    expect(projects).toBe(written.length);
    expect(written.flatMap((p) => p.noticeIds).sort()).toEqual(NOTICES.map((n) => n.id).sort());
    expect(await matchNotices(store)).toEqual({ projects: 0, touched: [] });
    await store.close();
  });

  it('leaves projects alone that a new notice does not touch', async () => {
    const store = await openSqliteStore(':memory:');
    await store.notices.observe(NOTICES.slice(0, -1).map((n) => sighting(n)));
    await matchNotices(store);
    await store.notices.observe([
      sighting(
        notice('hh_finance:99', {
          projectCode: 'X-2026-000123',
          projectName: '开远市消防救援大队营房维修',
          purchaser: '开远市消防救援大队',
        }),
      ),
    ]);
    expect((await matchNotices(store)).projects).toBe(1);
    await store.close();
  });
});
