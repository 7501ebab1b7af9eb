import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { evidence } from '../../src/cli/commands/evidence.ts';
import { ledger } from '../../src/cli/commands/ledger.ts';
import { user } from '../../src/cli/commands/user.ts';
import { startPortal } from '../portal/portal.ts';
import { withStore } from '../support/commands.ts';
import { installationAt } from '../support/installation.ts';

const GONGSHI = join(import.meta.dirname, '../../src/cli/gongshi.js');

interface Told {
  code: number | null;
  out: string;
  err: string;
}

// A process takes seconds to start where others keep the machine busy.
describe('the commands of those who handle cases, on one installation', { timeout: 240_000 }, () => {
  let folder: string;
  /** Number of an open case on a breach. */
  let number: string;

  const gongshi = async (args: string[], input = '', config = join(folder, 'config')): Promise<Told> => {
    const child = spawn(process.execPath, [GONGSHI, '--config', config, ...args]);
    child.stdin.end(input);
    const [out, err, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ]);
    return { code, out, err };
  };
  const configured = (name: string, file: string, change: (text: string) => string): string => {
    const config = join(folder, name);
    cpSync(join(folder, 'config'), config, { recursive: true });
    writeFileSync(join(config, file), change(readFileSync(join(config, file), 'utf8')));
    return config;
  };

  beforeAll(async () => {
    const portal = await startPortal({ seed: 5, notices: 150 });
    folder = installationAt(portal);
    await gongshi(['crawl']);
    await portal.close();
    number = await withStore(folder, async (store) => {
      const { items } = await store.findings.alerts({ nature: 'violation', state: 'open', limit: 1 });
      return items[0]!.number;
    });
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('user makes an account whose password it reads from standard input, and refuses in Chinese what is wrong', async () => {
    const made = await gongshi(['user', 'add', '李明'], 'correct horse battery\n');
    expect([made.code, made.out, made.err]).toEqual([0, '', '已建立账号 李明（监管人员）。\n']);
    const listed = await gongshi(['user', 'list']);
    expect(listed.out).toMatch(/^账号 +角色 +建立时间\n李明 +监管人员 +\d{4}-\d\d-\d\d \d\d:\d\d\n$/);
    const short = await gongshi(['user', 'add', '王芳'], 'short\n');
    expect([short.code, short.out]).toEqual([1, '']);
    expect(short.err).toMatch(/密码的长度不对[\s\S]*怎么办：请使用 10 到 200 个字符的密码/);
  });

  it('user names the account, the role or the action that is none', async () => {
    const config = join(folder, 'config');
    const act = (action: string, name?: string, role = 'viewer'): Promise<void> => user({ config, action, name, role });
    await expect(act('add', '王芳', 'boss')).rejects.toThrow('没有角色 boss');
    await expect(act('disable', '张三')).rejects.toThrow('没有账号 张三');
    await expect(act('frob', '李明')).rejects.toThrow('不认识的动作 frob');
    await expect(act('add')).rejects.toThrow('没有写明账号名');
    await expect(act('add', '王 芳')).rejects.toThrow('账号名不对');
  });

  it('evidence writes the sheet, and names the number, the kind of file or the place that is wrong', async () => {
    const out = join(folder, '核查单.DOCX');
    expect(await gongshi(['evidence', number, '--out', out])).toEqual({
      code: 0,
      out: '',
      err: `核查单已写入 ${out}。\n`,
    });
    // A zip archive.
    expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK');
    const to = (name: string, of = number): Promise<void> =>
      evidence({ config: join(folder, 'config'), number: of, out: join(folder, name) });
    await expect(to('a.pdf')).rejects.toThrow('不知道写成哪种文件');
    await expect(to('a.docx', 'KY-2026-9999')).rejects.toThrow('没有案件 KY-2026-9999');
    await expect(to('nowhere/a.docx')).rejects.toThrow('所在文件夹不存在');
    expect(existsSync(join(folder, 'a.docx'))).toBe(false);
  });

  it('verify finds a case equal in every hash and its verdict; programs read standard output alone', async () => {
    const { code, out, err } = await gongshi(['verify', number, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ case: number, equal: true });
    expect(err).toMatch(/相同 归档页面[\s\S]*相同 核查结论\n[\s\S]*项全部相同。\n$/);
  });

  it('verify finds a case equal under the settings it was judged under, and tells apart what edited ones would say', async () => {
    const config = configured('changed', 'rules.yaml', (text) =>
      text.replace('reviewAlert: review', 'reviewAlert: off'),
    );
    const { code, err } = await gongshi(['verify', number], '', config);
    expect(code).toBe(0);
    expect(err).toMatch(/相同 当时适用的设置[\s\S]*相同 核查结论\n/);
    expect(err).toMatch(/按现行规则、日历、设置对同一批公告核查.*：违规[\s\S]*项全部相同。\n$/);
  });

  it('ledger shows rules, sources and agencies, and tries other settings on history without touching it', async () => {
    const config = configured('tried', 'rules.yaml', (text) => text.replace('reviewAlert: review', 'reviewAlert: off'));
    const { code, out } = await gongshi(['ledger', '--simulate', config]);
    expect(code).toBe(0);
    expect(out).toMatch(/^规则 +确认 +排除 +系统有误 +未决定 +确认占比 +已判定的项目\n/);
    expect(out).toMatch(/\n(?:KY-GP|TB-CAND)-3D .*[1-9]\d*\/[1-9]\d*（\d+\.\d%）\n/);
    expect(out).toMatch(/\nKY-REVIEW-3D .*—\n/);
    expect(out).toMatch(/\n来源 [\s\S]*\n代理机构 [\s\S]*太少（不足 10 件）/);
    expect(out).toMatch(/按该设置重新核查 \d+ 个项目（未作任何改动）：\n不会再有的告警 [1-9]/);
    const raised = configured('raised', 'rules.yaml', (text) =>
      text.replace('reviewAlert: review', 'reviewAlert: { as: violation, from: 2016-01-01 }'),
    );
    expect((await gongshi(['ledger', '--simulate', raised])).out).toMatch(
      /性质或程度会变的告警 [1-9]\d* 条.*\n {2}KY-.*KY-REVIEW-3D.*：待核提示（待人工判断） → 违规告警（/,
    );
    const none = { config: join(folder, 'config'), simulate: join(folder, 'none') };
    await expect(ledger(none)).rejects.toThrow('读不到配置文件');
  });

  it('rejudge tells a new calendar that changes no verdict from one that does, and writes only with --apply', async () => {
    const config = configured('newer', 'calendar-local.yaml', (text) =>
      text.replace(
        '  2022: { known: false }',
        "  2022: { known: true, source: '试', days: [{ day: 2022-11-18, name: 州庆 }] }",
      ),
    );
    const events = () => withStore(folder, (store) => store.cases.events(number));
    const before = await events();
    const preview = await gongshi(['rejudge'], '', config);
    expect(preview.out).toMatch(/^重新核查 \d+ 个项目，结论没有变化。\n$/);
    expect(preview.err).toMatch(/另有 [1-9]\d* 条结论的规则或日历版本已更新.*不入历史，不触动案件/);
    expect(preview.err).toContain('以上只是预览，没有写入。确认后加 --apply 重跑。');
    const applied = await gongshi(['rejudge', '--apply'], '', config);
    expect(applied.err).toMatch(/已写入 0 条改变的结论，改记 [1-9]\d* 条的版本/);
    expect(await events()).toEqual(before);
  });

  it('rejudge shows what a changed setting would take away and why', async () => {
    const config = configured('off', 'rules.yaml', (text) => text.replace('reviewAlert: review', 'reviewAlert: off'));
    const { out } = await gongshi(['rejudge'], '', config);
    expect(out).toMatch(/条结论将改变：[\s\S]*KY-REVIEW-3D[\s\S]*缘由：/);
  });

  it('edited settings change no finding until rejudge --apply, whatever else judges meanwhile', async () => {
    const config = configured('edited', 'rules.yaml', (text) =>
      text.replace('reviewAlert: review', 'reviewAlert: off'),
    );
    const reviews = () => withStore(folder, (store) => store.findings.countAlerts({ nature: 'review', state: 'open' }));
    const before = await reviews();
    expect(before).toBeGreaterThan(0);
    const [notice, other] = await withStore(folder, async (store) => (await store.notices.search({ limit: 2 })).items);
    const decide = ['link', 'split', notice!.id, other!.id, '--reason', '两个项目', '--by', '李明'];
    const decided = await gongshi(decide, '', config);
    expect(decided.err).toMatch(/设置已改，尚未适用：待核提示（reviewAlert）.*请先运行 gongshi rejudge 预览/);
    expect(await reviews()).toBe(before);
    expect((await gongshi(['rejudge', '--apply'], '', config)).err).toContain('改过的设置已适用');
    expect(await reviews()).toBe(0);
    expect((await gongshi(['rejudge', '--apply'])).err).toContain('改过的设置已适用');
    expect(await reviews()).toBe(before);
  });

  it('a line nobody understands is answered in Chinese', async () => {
    const { code, err } = await gongshi(['verfy']);
    expect([code, err]).toEqual([1, '错误：没有命令 verfy，全部命令见 gongshi --help；是不是 verify？\n']);
  });
});
