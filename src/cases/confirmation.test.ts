import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { Calendar } from '../compliance/calendar.ts';
import { epochOf } from '../model/day.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { matchNotices } from '../projects/stage.ts';
import { bodyOf, notice, sighting } from '../projects/testing/notices.ts';
import { actOnCases, keepCases } from './case-stage.ts';
import { judgeAllProjects, previewAllProjects } from './judge-stage.ts';
import type { FindingChange } from './judge-stage.ts';
import { whyChanged } from './change-words.ts';

const national = JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8')) as {
  notices: object[];
};
/** The calendar with one more notice of 2026 in it. */
function amended(holidays: object[], worked: string[]): Calendar {
  const notices = [
    ...national.notices,
    { year: 2026, published: '2026-03-20', address: '', amends: true, holidays, worked },
  ];
  return Calendar.load({ ...national, notices }, null);
}
const CALENDAR = Calendar.load(national, null);
/** An arrangement of another month. */
const ELSEWHERE = amended([], ['2026-11-14']);

const FIRM = '云南恒泰建设工程有限公司';
const facts = { category: 'works', subtype: 'municipal', method: 'competitive_negotiation', budget: 860_000 } as const;
/** Published on Thursday 12 March: day 3 is Sunday, so Monday the 16th is the last day, on which the result came. */
const PAGES = [
  notice('hh_finance:1', { ...facts, text: bodyOf('灵泉东路') }),
  notice('hh_finance:2', {
    ...facts,
    kind: 'candidate',
    publishDate: '2026-03-12',
    candidates: [{ rank: 1, name: FIRM, price: null, lot: null }],
  }),
  notice('hh_finance:3', { ...facts, kind: 'result', publishDate: '2026-03-16', suppliers: [FIRM] }),
];

describe('a new version of the holiday calendar', () => {
  let store: Store;
  let now = epochOf('2026-03-16T20:00');
  const clock = { now: () => now };
  const deadlines = { pending: 5, investigating: 30, rectifying: 10, reply: 3 };
  const judge = async (calendar: Calendar): Promise<void> => {
    now += 86_400_000;
    await judgeAllProjects({ store, policy: DEFAULT_POLICY, calendar, clock });
    await keepCases({ store, calendar, clock, deadlines });
  };
  const preview = async (calendar: Calendar): Promise<FindingChange[]> => {
    const changes: FindingChange[] = [];
    await previewAllProjects({ store, policy: DEFAULT_POLICY, calendar, clock }, (change) => changes.push(change));
    return changes.filter(({ after, before }) => (after ?? before)!.rule === 'KY-GP-3D');
  };
  const finding = async () => (await store.findings.search({ rule: 'KY-GP-3D', limit: 5 })).items[0]!;
  const alert = async () => (await store.findings.alerts({ rule: 'KY-GP-3D', limit: 5 })).items[0]!;
  const file = async () => (await store.cases.get((await alert()).number))!;
  const dismiss = async (): Promise<void> => {
    for (const command of [
      { action: 'started', note: '' },
      { action: 'dismissed', reason: 'corrected', note: '' },
    ] as const) {
      const { number, version } = await file();
      const desk = { store, calendar: CALENDAR, clock, deadlines };
      await actOnCases(desk, { kind: 'person', name: '李明' }, new Map([[number, version]]), command);
    }
  };

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    now = epochOf('2026-03-16T20:00');
    await store.notices.observe(PAGES.map((page) => sighting(page)));
    await matchNotices(store);
    await judge(CALENDAR);
  });
  afterEach(() => store.close());

  it('that leaves verdict, reasons, dates and evidence as they were is no new fact: no history, no news, no case opened again', async () => {
    await dismiss();
    const [was, told, closed] = [await finding(), await alert(), await file()];
    expect(was).toMatchObject({ verdict: 'violation', codes: ['ROLLOVER_NOT_OBSERVED'] });
    expect(await preview(ELSEWHERE)).toMatchObject([{ confirmed: true }]);
    await judge(ELSEWHERE);
    const confirmed = [{ judgedAt: was.judgedAt, ruleVersion: was.ruleVersion, calendarVersion: CALENDAR.version }];
    expect(await finding()).toMatchObject({ calendarVersion: ELSEWHERE.version, history: [], confirmed });
    expect(await alert()).toEqual({ ...told, finding: await finding() });
    expect(await file()).toEqual(closed);
    await judge(ELSEWHERE);
    expect((await finding()).confirmed).toEqual(confirmed);
  });

  it('that moves a date opens a decided case again, under a banner that names the calendar as the cause', async () => {
    await dismiss();
    const longer = amended([{ name: '补休', from: '2026-03-16', to: '2026-03-16' }], []);
    const [change] = await preview(longer);
    expect(change).toMatchObject({ confirmed: false, after: { computed: { lastDay: '2026-03-17' } } });
    expect(whyChanged(change!)).toContain(`日历版本 ${CALENDAR.version} → ${longer.version}`);
    await judge(longer);
    expect(await finding()).toMatchObject({ history: [{ calendarVersion: CALENDAR.version }] });
    const cause = `放假日历更新（${CALENDAR.version} → ${longer.version}）`;
    expect(await file()).toMatchObject({ state: 'pending', news: { effect: 'reopened' } });
    expect((await file()).news!.changes.slice(0, 2)).toEqual([
      `缘由是${cause}，所依据的公告没有改变。`,
      '顺延后的届满日由 2026-03-16 变为 2026-03-17。',
    ]);
    expect((await alert()).history.at(-1)!.sentence).toContain(`${cause}后重新核查：`);
  });

  it('that makes the result lawful clears the alert and says that the calendar did', async () => {
    const shorter = amended([], ['2026-03-15']);
    await judge(shorter);
    expect(await finding()).toMatchObject({ verdict: 'compliant' });
    expect(await alert()).toMatchObject({ state: 'cleared' });
    expect((await alert()).history.at(-1)!.sentence).toMatch(/^放假日历更新（.*）后重新核查：.*符合规定/);
    expect((await file()).news).toMatchObject({ effect: 'cleared' });
    expect((await file()).news!.changes.at(-1)).toMatch(/^放假日历更新/);
  });

  it('is not named as the cause where new pages came with it', async () => {
    const letter = notice('hh_finance:4', {
      ...facts,
      kind: 'award_letter',
      publishDate: '2026-03-16',
      awardLetterDate: '2026-03-14',
    });
    await store.notices.observe([sighting(letter)]);
    await matchNotices(store);
    await judge(ELSEWHERE);
    const { changes } = (await file()).news!;
    expect(changes.join()).not.toContain('缘由');
    expect(changes).toContain(`其间日历版本由 ${CALENDAR.version} 变为 ${ELSEWHERE.version}。`);
  });

  it('confirmed first is not held responsible for a fact that comes later', async () => {
    await judge(ELSEWHERE);
    await store.notices.observe([
      sighting(
        notice('hh_finance:4', {
          ...facts,
          kind: 'award_letter',
          publishDate: '2026-03-16',
          awardLetterDate: '2026-03-14',
        }),
      ),
    ]);
    await matchNotices(store);
    await judge(ELSEWHERE);
    expect((await alert()).history.at(-1)!.sentence).not.toContain('放假日历更新');
    expect((await file()).news!.changes).toContainEqual(expect.stringContaining('新增证据'));
  });
});
