import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

import type { Fault } from '../portal/faults.ts';
import { startPortal } from '../portal/portal.ts';
import { installationAt } from '../support/installation.ts';

const ROOT = join(import.meta.dirname, '../..');

function gongshi(...args: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [join(ROOT, 'src/cli/gongshi.js'), ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function file(name: string, content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'gongshi-')), name);
  writeFileSync(path, content);
  return path;
}

describe('the commands', () => {
  it('judge prints one JSON line a case on standard output and nothing else', () => {
    const cases = file(
      'cases.json',
      JSON.stringify({
        cases: [
          {
            id: 'one',
            project: {
              regime: 'construction_tender',
              method: 'open_tender',
              category: 'works',
              stateFunded: true,
              estimate: 5e6,
              city: '532502',
              on: '2026-03-02',
            },
            coverage: 'complete',
            asOf: null,
            notices: [
              { id: 'c', title: '某某道路工程中标候选人公示', source: 'yn_ggzy', publishedAt: '2026-03-02' },
              { id: 'r', title: '某某道路工程中标结果公示', source: 'yn_ggzy', publishedAt: '2026-03-05' },
            ],
          },
        ],
      }),
    );
    const { code, out } = gongshi('judge', cases, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      id: 'one',
      verdict: 'violation',
      codes: ['PERIOD_TOO_SHORT'],
      rule: 'TB-CAND-3D',
      computed: { anchor: '2026-03-02', lastDay: '2026-03-05', earliestResultDate: '2026-03-06' },
    });
  });

  it('extract reads a page and match links what extract printed', () => {
    const text = (title: string, body: string): string => `${title}\n发布时间：2026-03-02\n${body}`;
    const tender = file(
      'tender.txt',
      text(
        '开远市人民南路排水工程竞争性谈判公告',
        '项目编号：KYZC2026-012\n项目名称：开远市人民南路排水工程\n采购人：开远市住房和城乡建设局\n预算金额：860000元',
      ),
    );
    const result = file(
      'result.txt',
      text(
        '开远市人民南路排水工程成交结果公告',
        '一、项目编号：KYZC2026-012\n二、项目名称：开远市人民南路排水工程\n三、中标（成交）信息\n供应商名称：云南某某建设有限公司\n成交金额：85.2万元\n采购人信息\n名称：开远市住房和城乡建设局',
      ),
    );
    const read = gongshi('extract', tender, result, '--json');
    expect(read.code).toBe(0);
    const lines = read.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { file: tender, kind: 'tender', projectCode: 'KYZC2026-012', amount: 860_000 },
      { file: result, kind: 'result', amount: 852_000, suppliers: ['云南某某建设有限公司'] },
    ]);
    const linked = JSON.parse(gongshi('match', file('lines.jsonl', read.out), '--json').out) as {
      projects: string[][];
    };
    expect(linked.projects).toEqual([[tender, result].sort()]);
  });

  it('a file that does not exist is named, with what to do, and the exit code says so', () => {
    const { code, out, err } = gongshi('judge', '/nowhere/cases.json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/INPUT_INVALID.*\/nowhere\/cases\.json[\s\S]*怎么办：/);
  });

  it('a source nobody knows is answered with those there are', () => {
    const { code, err } = gongshi('sources', 'check', 'nobody');
    expect(code).toBe(1);
    expect(err).toContain('landchina');
  });

  it('a date that is none is refused before anything is fetched', () => {
    const { code, err } = gongshi('crawl', '--since', '2026-02-30');
    expect(code).toBe(1);
    expect(err).toContain('应为日期');
  });

  it('sources lists the five sites', () => {
    const { out } = gongshi('sources');
    for (const name of ['中国土地市场网', '云南省政府采购网', '开远市人民政府网']) expect(out).toContain(name);
  });

  it('sources check reads the first list of every column and says what it saw', async () => {
    await withPortal([], async (config) => {
      const { code, out } = await later('--config', config, 'sources', 'check');
      expect(code).toBe(0);
      expect(out).toMatch(/正常 {2}中标候选人公示：首页 \d+ 条，网站共 \d+ 条；首条：\d{4}-\d\d-\d\d /);
      expect(out).not.toMatch(/^ {2}异常/m);
    });
  });

  it('sources check says when each source will be read by itself, and why then', async () => {
    await withPortal([], async (config) => {
      const { out } = await later('--config', config, 'sources', 'check', 'ky_gov');
      expect(out).toMatch(
        /安排 {2}平日采集 12 8-20\/4 \* \* \*（下次 \d{4}-\d\d-\d\d \d\d:12，重读最近 10 天）；通读 12 12 \* \* 0/,
      );
      expect(out).toMatch(/免打扰 未设；理由：县级公告每日数条/);
    });
  });

  it('sources pace proves from the log how a crawl and a check asked the sites', async () => {
    await withPortal([], async (config) => {
      expect((await later('--config', config, 'sources', 'pace')).out).toBe('还没有访问记录，无从核对。\n');
      await later('--config', config, 'crawl', 'ky_gov');
      const count = async (): Promise<number> => {
        const { code, out } = await later('--config', config, 'sources', 'pace', 'ky_gov');
        expect(code).toBe(0);
        expect(out).toMatch(/^127\.0\.0\.1:\d+（开远市人民政府网）\n {2}限值：未设间隔\n/);
        expect(out).toMatch(/结论：未设间隔\n/);
        return Number(/共 (\d+) 次/.exec(out)?.[1]);
      };
      const crawled = await count();
      expect(crawled).toBeGreaterThan(5);
      await later('--config', config, 'sources', 'check', 'ky_gov');
      // robots.txt and the first page of four columns.
      expect(await count()).toBe(crawled + 5);
    });
  });

  it('sources check names a site that asks for a verification, and what to do', async () => {
    await withPortal([{ site: 'yn_ccgp', kind: 'challenge' }], async (config) => {
      const { code, out, err } = await later('--config', config, 'sources', 'check', 'yn_ccgp');
      expect(code).toBe(1);
      expect(out).toContain('异常  首页结果公告');
      expect(err).toMatch(/CHALLENGE[\s\S]*不得绕过验证/);
    });
  });
});

async function withPortal(faults: Fault[], use: (config: string) => Promise<void>): Promise<void> {
  const portal = await startPortal({ seed: 5, notices: 400, faults });
  try {
    await use(join(installationAt(portal), 'config'));
  } finally {
    await portal.close();
  }
}

/** As `gongshi`, but leaves this process free to answer as the portal. */
async function later(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/gongshi.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  return { code, out, err };
}
