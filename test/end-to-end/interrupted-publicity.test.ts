import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { judgeAllProjects } from '../../src/cases/judge-stage.ts';
import { Calendar } from '../../src/compliance/calendar.ts';
import { crawlSource } from '../../src/crawl/run-source.ts';
import { MemoryArchive } from '../../src/crawl/testing/memory-archive.ts';
import type { TestSite } from '../../src/crawl/testing/site.ts';
import { createWeb } from '../../src/crawl/web.ts';
import { epochOf } from '../../src/model/day.ts';
import type { Finding } from '../../src/model/finding.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import { matchNotices } from '../../src/projects/stage.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { cityRow, citySource, EMPTY_CITY_LIST, startCitySite } from '../support/city-site.ts';
import type { CityShown } from '../support/city-site.ts';

const CALENDAR = Calendar.load(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../config/calendar.json'), 'utf8')),
  null,
);
/** Of the sites only the city's is looked at here: it alone is asked for a publicity. */
const POLICY = { ...DEFAULT_POLICY, designatedMedia: { ...DEFAULT_POLICY.designatedMedia, 'KY-GP-3D': ['ky_gov'] } };
const NAME = '开远市灵泉东路人行道改造工程';
const FIRM = '云南恒泰建设工程有限公司';
const particulars = (more: string): string =>
  `<p>项目编号：KYZC2026-JT-0044</p><p>项目名称：${NAME}</p><p>采购人：开远市住房和城乡建设局</p><p>采购方式：竞争性谈判</p>
   <p>项目类别：工程（市政工程）</p><p>预算金额：86万元</p>${more}`;

const tender = cityRow(
  'zfcg',
  1,
  `${NAME}竞争性谈判公告`,
  '2026-03-02',
  particulars('<p>响应文件提交截止时间：2026年3月13日9时30分</p>'),
);
const publicity = cityRow(
  'zfcg',
  2,
  `${NAME}成交候选供应商公示`,
  '2026-03-16',
  particulars(`<p>第一成交候选供应商：${FIRM}，最终报价：85.2万元</p><p>公示期：2026年3月16日至2026年3月19日</p>`),
);
const result = cityRow(
  'zfcg',
  3,
  `${NAME}成交结果公告`,
  '2026-03-20',
  particulars(`<p>成交供应商：${FIRM}</p><p>成交金额：85.2万元</p>`),
);

describe('a publicity of three days whose page', () => {
  let site: TestSite;
  let store: Store;
  let shown: CityShown;
  const clock = { at: 0, now: () => clock.at };
  const archive = new MemoryArchive();

  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    shown = { rows: { zfcg: [publicity, tender] }, instead: new Map(), emptyList: EMPTY_CITY_LIST };
    for (const column of ['gcjs', 'tdcr', 'cqjy']) {
      shown.rows[column] = [cityRow(column, 9, '开远市其他事项公告', '2026-03-16')];
    }
    site = await startCitySite(() => shown);
  });
  afterEach(async () => {
    await site.close();
    await store.close();
  });

  /** Looks in the evening, links and judges; what is found of the project's publicity. */
  async function evening(day: string, rows: CityShown['rows'][string]): Promise<Finding | undefined> {
    clock.at = epochOf(`${day}T20:00`);
    shown.rows['zfcg'] = rows;
    const run = await crawlSource({
      adapter: citySource(site),
      store,
      archive,
      web: createWeb({ userAgent: 'Gongshi/0.1.0', sleep: async () => {} }),
      clock,
      window: { since: '2026-02-20', until: null },
      full: false,
      newId: randomUUID,
    });
    expect([day, run.outcome, run.failures]).toEqual([day, 'complete', []]);
    await matchNotices(store);
    await judgeAllProjects({ store, policy: POLICY, calendar: CALENDAR, clock });
    const project = (await store.projects.ofNotices(['ky_gov:ggzyjy/zfcg/t1.html'])).get('ky_gov:ggzyjy/zfcg/t1.html');
    return (await store.findings.ofProject(project!)).find(({ rule }) => rule === 'KY-GP-3D');
  }

  async function weekWith(meanwhile: { status: number; text: string }): Promise<Finding | undefined> {
    await evening('2026-03-16', [publicity, tender]);
    shown.instead.set(publicity.path, meanwhile);
    await evening('2026-03-17', [tender]);
    await evening('2026-03-18', [tender]);
    shown.instead.clear();
    await evening('2026-03-19', [publicity, tender]);
    return evening('2026-03-20', [result, publicity, tender]);
  }

  it('stood all the time is lawful', async () => {
    await evening('2026-03-16', [publicity, tender]);
    await evening('2026-03-18', [publicity, tender]);
    expect(await evening('2026-03-20', [result, publicity, tender])).toMatchObject({
      verdict: 'compliant',
      codes: ['OK'],
    });
  });

  it('the site said to be gone on one of them, and showed again: a question with its day, nobody is accused', async () => {
    const finding = await weekWith({ status: 404, text: 'not found' });
    expect(finding).toMatchObject({ verdict: 'undetermined', codes: ['NOTICE_UNREACHABLE'] });
    expect(finding?.sentence).toContain('3月18日');
    expect(await store.vanishings.latest({ limit: 9 })).toMatchObject([{ state: 'returned' }]);
    expect((await store.findings.alerts({ nature: 'violation', limit: 9 })).items).toEqual([]);
  });

  it('was only not listed, or answered with an error, is no interruption that anybody could prove', async () => {
    const finding = await weekWith({ status: 502, text: 'bad gateway' });
    expect(finding).toMatchObject({ verdict: 'compliant', codes: ['OK'] });
  });
});
