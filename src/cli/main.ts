import { Command, InvalidArgumentError } from 'commander';
import { join } from 'node:path';

import { isLocalDay } from '../model/day.ts';
import type { ScoreOptions } from './commands/score.ts';
import { sayError } from './output.ts';
import { speakChinese } from './usage-words.ts';

const HOME = join(import.meta.dirname, '../..');

/** Runs one command. Exit code 0 = done, 1 = failed with a reason on standard error. */
export async function main(argv: string[]): Promise<void> {
  // A write beyond a limit on file sizes fails with an error that is told with advice. Left to itself, a library that
  // proper-lockfile brings (signal-exit) ends the process at the signal beforehand, without a word, when it is quick enough.
  process.on('SIGXFSZ', () => undefined);
  try {
    await program().parseAsync(argv);
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
}

/** The commands, their arguments and options. */
export function program(): Command {
  const gongshi = speakChinese(new Command('gongshi'))
    .description('公示：公共资源交易公告的采集、项目跟踪与公示期核查')
    .option(
      '--config <文件夹>',
      '配置文件夹；也可由环境变量 GONGSHI_CONFIG 给出',
      process.env['GONGSHI_CONFIG'] || join(HOME, 'config'),
    )
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示某个命令的帮助');
  const config = (): string => gongshi.opts<{ config: string }>().config;

  gongshi
    .command('demo')
    .description('在本机启动五个模拟网站，真实采集、核查，并打开页面')
    .option('--once', '只打印结果，不打开页面')
    .option('--seed <整数>', '模拟网站的种子', wholeNumber, 20_161_123)
    .option('--notices <条数>', '公告条数', wholeNumber, 1200)
    .option('--port <端口>', '页面端口，0 为自动选择', wholeNumber, 0)
    .option('--store <地址>', '空的数据库：SQLite 文件路径或 mongodb:// 地址；缺省用临时数据库')
    .action(async (options: { once?: boolean; seed: number; notices: number; port: number; store?: string }) => {
      const { demo } = await import('./commands/demo.ts');
      await demo({ ...options, config: config(), home: HOME });
    });

  gongshi
    .command('crawl')
    .description('采集一次，随后归并项目、核查、更新告警')
    .argument('[来源...]', '来源代号，缺省为全部启用的来源')
    .option('--since <日期>', '公告日期不早于', localDay)
    .option('--until <日期>', '公告日期不晚于', localDay)
    .option('--full', '已读过的公告也全部重新读取')
    .action(async (sources: string[], options: { since?: string; until?: string; full?: boolean }) => {
      const { crawl } = await import('./commands/crawl.ts');
      await crawl({
        config: config(),
        sources,
        since: options.since ?? null,
        until: options.until ?? null,
        full: options.full ?? false,
      });
    });

  gongshi
    .command('backfill')
    .description('补采过去一段日期的公告：照常归并、核查，但所得不作为新消息通知任何人')
    .argument('[来源...]', '来源代号，缺省为全部启用的来源')
    .requiredOption('--since <日期>', '公告日期不早于', localDay)
    .requiredOption('--until <日期>', '公告日期不晚于', localDay)
    .action(async (sources: string[], options: { since: string; until: string }) => {
      const { crawl } = await import('./commands/crawl.ts');
      await crawl({ config: config(), sources, ...options, full: false, backfill: true });
    });

  gongshi
    .command('notify')
    .description('把来源的异常与恢复告知值守人员（值守程序 run 会自动做），打印每个途径是否送达')
    .option('--test', '只向每个途径试发一条')
    .action(async (options: { test?: boolean }) => {
      const { notify } = await import('./commands/notify.ts');
      await notify({ config: config(), test: options.test ?? false });
    });

  gongshi
    .command('run')
    .description('值守：按各来源的安排采集，随后归并、核查，并打开页面与接口；按 Ctrl-C 结束')
    .argument('[来源...]', '来源代号，缺省为全部启用的来源')
    .option('--no-serve', '只采集，不打开页面与接口')
    .option('--host <地址>', '监听地址')
    .option('--port <端口>', '端口', wholeNumber)
    .action(async (sources: string[], options: { serve: boolean; host?: string; port?: number }) => {
      const { run } = await import('./commands/run.ts');
      await run({ config: config(), home: HOME, sources, ...options });
    });

  gongshi
    .command('serve')
    .description('打开页面与接口')
    .option('--host <地址>', '监听地址')
    .option('--port <端口>', '端口', wholeNumber)
    .action(async (options: { host?: string; port?: number }) => {
      const { serve } = await import('./commands/serve.ts');
      await serve({ config: config(), home: HOME, ...options });
    });

  gongshi
    .command('sources')
    .description(
      '列出来源及其异常；check 逐个试读首页列表；pace 按访问记录核对间隔与免打扰时段；new 由列表页地址生成新来源',
    )
    .argument('[动作]', 'check、pace 或 new')
    .argument('[来源...]', '来源代号；new 时为列表页的网址')
    .option('--id <代号>', 'new：新来源的代号')
    .option('--name <名称>', 'new：网站名称')
    .option('--local', 'new：网址是本机的模拟网站')
    .action(
      async (
        action: string | undefined,
        sources: string[],
        options: { id?: string; name?: string; local?: boolean },
      ) => {
        const { sources: command } = await import('./commands/sources.ts');
        await command({ config: config(), home: HOME, action: action ?? 'list', sources, ...options });
      },
    );

  gongshi
    .command('extract')
    .description('读出页面中的字段，每个文件一行 JSON')
    .argument('<文件...>', '.txt、.html 或 .json；同名 .meta.json 为其来历')
    .option('--json', '输出 JSON（缺省即是）')
    .action(async (files: string[]) => {
      const { extract } = await import('./commands/extract.ts');
      await extract(files);
    });

  gongshi
    .command('judge')
    .description('核查案例文件，每个案例一行 JSON')
    .argument('<文件>', '{"cases": […]}')
    .option('--json', '输出 JSON（缺省即是）')
    .action(async (file: string) => {
      const { judge } = await import('./commands/judge.ts');
      await judge(file, config());
    });

  gongshi
    .command('rejudge')
    .description('规则、设置或日历改变之后重新核查：先预览哪些结论会变、为什么，加 --apply 才写入')
    .option('--apply', '写入')
    .option('--json', '每条改变一行 JSON')
    .option('--show <条数>', '逐条列出多少条', wholeNumber, 20)
    .action(async (options: { apply?: boolean; json?: boolean; show: number }) => {
      const { rejudge } = await import('./commands/rejudge.ts');
      const { apply = false, json = false, show } = options;
      await rejudge({ config: config(), apply, json, show });
    });

  gongshi
    .command('match')
    .description('把 extract 的输出归并为公告组与项目')
    .argument('<文件>', 'extract --json 的输出')
    .option('--json', '输出 JSON（缺省即是）')
    .action(async (file: string) => {
      const { match } = await import('./commands/match.ts');
      await match(file);
    });

  gongshi
    .command('portal')
    .description('单独启动五个模拟网站；按 Ctrl-C 结束时输出真相文件')
    .option('--seed <整数>', '种子', wholeNumber, 20_161_123)
    .option('--notices <条数>', '公告条数', wholeNumber, 1200)
    .option('--faults <列表>', '网站故障，如 yn_ggzy:slow,hh_finance:down')
    .option('--rate <毫秒>', '每次应答的延迟', wholeNumber, 0)
    .option('--truth <文件>', '真相文件写到哪里；缺省为标准输出')
    .action(async (options: { seed: number; notices: number; faults?: string; rate: number; truth?: string }) => {
      const { portal } = await import('./commands/portal.ts');
      await portal(options);
    });

  gongshi
    .command('score')
    .description('对模拟网站采集、核查，与真相比较')
    .option('--seed <整数>', '种子', wholeNumber, 20_161_123)
    .option('--notices <条数>', '公告条数', wholeNumber, 2000)
    .option('--days <天数>', '逐日采集这么多天；0 为只在最后一天采集', wholeNumber, 0)
    .option('--faults <列表>', '网站故障，如 yn_ggzy:slow,hh_finance:down')
    .option('--store <地址>', '空的数据库；缺省用临时数据库')
    .option('--json', '输出 JSON')
    .action(async (options: Omit<ScoreOptions, 'config'>) => {
      const { score } = await import('./commands/score.ts');
      await score({ ...options, config: config() });
    });

  gongshi
    .command('migrate-store')
    .description('把数据库整体搬到另一个空的数据库，并逐类核对')
    .requiredOption('--from <地址>', 'SQLite 文件路径或 mongodb:// 地址')
    .requiredOption('--to <地址>', 'SQLite 文件路径或 mongodb:// 地址')
    .action(async (options: { from: string; to: string }) => {
      const { migrateStoreCommand } = await import('./commands/migrate-store.ts');
      await migrateStoreCommand(options);
    });

  gongshi
    .command('prune')
    .description('按保存期限清理归档；缺省只预览，告警、案件、违规与未定项目的证据一律保留')
    .option('--yes', '确认执行；采集与核查在此期间等候')
    .option('--wait <分钟>', '确认执行时，最多等候进行中的采集多久', wholeNumber, 60)
    .option('--json', '输出 JSON')
    .action(async (options: { yes?: boolean; wait: number; json?: boolean }) => {
      const { prune } = await import('./commands/prune.ts');
      await prune({ ...options, config: config() });
    });

  gongshi
    .command('backup')
    .description('把数据库与归档一致地备份到一个空文件夹；MongoDB 备份成 SQLite 文件，复制期间采集等候')
    .argument('<文件夹>', '空文件夹，没有则新建')
    .option('--wait <分钟>', 'MongoDB：最多等候进行中的采集多久', wholeNumber, 60)
    .action(async (folder: string, options: { wait: number }) => {
      const { backup } = await import('./commands/backup.ts');
      await backup({ config: config(), folder, ...options });
    });

  gongshi
    .command('restore')
    .description('核对备份，恢复到设置中的数据库与归档位置；该处必须是空的')
    .argument('<文件夹>', 'backup 写成的文件夹')
    .action(async (folder: string) => {
      const { restore } = await import('./commands/restore.ts');
      await restore({ config: config(), folder });
    });

  const link = gongshi.command('link').description('人工裁定哪些公告属于同一项目；优先于自动归并，重建后仍有效');
  const signed = (command: Command): Command =>
    command.requiredOption('--by <姓名>', '裁定人').requiredOption('--reason <理由>', '理由，长期显示');
  signed(link.command('join'))
    .description('两个项目并为一个')
    .argument('<项目>')
    .argument('<另一项目>')
    .action(async (a: string, b: string, options: { by: string; reason: string }) => {
      const { linkJoin } = await import('./commands/link.ts');
      await linkJoin([a, b], { config: config(), ...options });
    });
  signed(link.command('split'))
    .description('把这些公告从所在项目拆出')
    .argument('<公告...>')
    .action(async (notices: string[], options: { by: string; reason: string }) => {
      const { linkSplit } = await import('./commands/link.ts');
      await linkSplit(notices, { config: config(), ...options });
    });
  signed(link.command('refuse'))
    .description('排除疑似归并：两个项目各是各的')
    .argument('<项目>')
    .argument('<另一项目>')
    .action(async (a: string, b: string, options: { by: string; reason: string }) => {
      const { linkRefuse } = await import('./commands/link.ts');
      await linkRefuse([a, b], { config: config(), ...options });
    });
  signed(link.command('withdraw'))
    .description('撤销一项裁定')
    .argument('<编号>')
    .action(async (id: string, options: { by: string; reason: string }) => {
      const { linkWithdraw } = await import('./commands/link.ts');
      await linkWithdraw(id, { config: config(), ...options });
    });
  link
    .command('list')
    .description('列出有效的裁定')
    .action(async () => {
      const { linkList } = await import('./commands/link.ts');
      await linkList({ config: config() });
    });

  link
    .command('suggestions')
    .description('列出疑似同一项目、待人工确认或排除的')
    .action(async () => {
      const { linkSuggestions } = await import('./commands/link.ts');
      await linkSuggestions({ config: config() });
    });

  gongshi
    .command('replay')
    .description('从归档重新解析、归并、核查，写入另一个空的数据库，并与现有数据比较')
    .option('--into <地址>', '空的数据库；缺省为现有 SQLite 文件旁的 .replay 文件')
    .option('--adopt', '完成后以新库取代现有 SQLite 文件，旧文件改名保留')
    .option('--json', '输出 JSON')
    .action(async (options: { into?: string; adopt?: boolean; json?: boolean }) => {
      const { replay } = await import('./commands/replay.ts');
      await replay({ config: config(), ...options });
    });

  gongshi
    .command('evidence')
    .description('一个案件的核查单：Word 或 Excel 文件')
    .argument('<案件>', '编号，如 KY-2026-0001')
    .requiredOption('--out <文件>', '.docx 或 .xlsx 文件')
    .action(async (number: string, options: { out: string }) => {
      const { evidence } = await import('./commands/evidence.ts');
      await evidence({ config: config(), number, ...options });
    });

  gongshi
    .command('verify')
    .description('从归档重算一个案件的全部哈希与核查结论，说明相同或何处不同')
    .argument('<案件>', '编号，如 KY-2026-0001')
    .option('--json', '输出 JSON')
    .action(async (number: string, options: { json?: boolean }) => {
      const { verify } = await import('./commands/verify.ts');
      await verify({ config: config(), number, ...options });
    });

  gongshi
    .command('ledger')
    .description('准确率台账；用另一套设置试算历史，不作改动')
    .option('--simulate <文件夹>', '另一套配置文件夹')
    .option('--json', '输出 JSON')
    .action(async (options: { simulate?: string; json?: boolean }) => {
      const { ledger } = await import('./commands/ledger.ts');
      await ledger({ config: config(), ...options });
    });

  gongshi
    .command('user')
    .description('办理案件的账号；密码从标准输入读取')
    .argument('<动作>', 'add、password、disable 或 list')
    .argument('[账号]', '姓名')
    .option('--role <角色>', 'supervisor（监管人员）、operator（管理员）或 viewer（查阅）', 'supervisor')
    .action(async (action: string, name: string | undefined, options: { role: string }) => {
      const { user } = await import('./commands/user.ts');
      await user({ config: config(), action, name, ...options });
    });

  gongshi
    .command('openapi')
    .description('输出接口说明（OpenAPI）')
    .action(async () => {
      const { openapi } = await import('./commands/openapi.ts');
      await openapi();
    });

  return gongshi;
}

function wholeNumber(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidArgumentError('应为不小于 0 的整数。');
  return n;
}

function localDay(text: string): string {
  if (!isLocalDay(text)) throw new InvalidArgumentError('应为日期，如 2026-11-20。');
  return text;
}
