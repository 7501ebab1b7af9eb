import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { checkSource } from '../../crawl/check-source.ts';
import { createWeb } from '../../crawl/web.ts';
import { systemClock } from '../../model/clock.ts';
import { momentOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { Incident } from '../../model/incident.ts';
import { say, sayError, table } from '../output.ts';
import { newSource } from './new-source.ts';
import { isMongoAddress, openStore } from '../store-address.ts';
import { chooseSources, openSources, placesOf } from '../workshop.ts';
import type { Sources } from '../workshop.ts';

interface SourcesCommand {
  config: string;
  /** The program's folder: where `crawlers/` lies. */
  home: string;
  action: string;
  sources: string[];
  id?: string;
  name?: string;
  local?: boolean;
}

/** `gongshi sources [check|new]`: what the sources are, whether their lists can be read just now, a new one. */
export async function sources(options: SourcesCommand): Promise<void> {
  const opened = await openSources({ config: options.config });
  if (options.action === 'list') return list(opened, await openIncidents(opened));
  if (options.action === 'check') return check(opened, options.sources);
  if (options.action === 'new') return create(opened, options);
  throw new CorrectInput(`不认识的动作 ${options.action}`, '可用的动作：check、new；不写则列出来源。', {
    action: options.action,
  });
}

/** What is open at each source; nothing where no database has been made yet. */
async function openIncidents({ config }: Sources): Promise<Incident[]> {
  const { database } = await placesOf(config);
  if (!isMongoAddress(database) && !existsSync(database)) return [];
  const store = await openStore(database);
  try {
    return await store.incidents.open();
  } finally {
    await store.close();
  }
}

function list({ definitions, settings }: Sources, incidents: Incident[]): void {
  const rows = definitions.map((d) => [
    d.id,
    d.name,
    settings[d.id]!.enabled ? '启用' : '停用',
    String(incidents.filter(({ sourceId }) => sourceId === d.id).length),
    settings[d.id]!.address,
    d.cadence,
    d.channels.map((c) => c.name).join('、'),
  ]);
  process.stdout.write(`${table([['代号', '名称', '状态', '异常', '地址', '频率', '栏目'], ...rows])}\n`);
  for (const incident of incidents) process.stdout.write(incidentLines(incident));
}

function incidentLines({ sourceId, channelId, code, message, advice, openedAt, runs, samples }: Incident): string {
  const since = momentOf(openedAt).replace('T', ' ');
  const archived = samples.flatMap(({ archiveId }) => archiveId ?? []);
  return [
    `\n${sourceId}${channelId === null ? '' : `/${channelId}`} ${code}（自 ${since} 起，${runs} 次采集遇到）`,
    `  ${message}`,
    `  怎么办：${advice}`,
    ...(archived.length === 0 ? [] : [`  样本归档：${archived.join('、')}`]),
    '',
  ].join('\n');
}

async function create({ config, userAgent }: Sources, { home, sources: [url], id, name, local }: SourcesCommand) {
  if (url === undefined) throw new CorrectInput('没有给出网址', '请写成 gongshi sources new 列表页网址。');
  const { region } = config;
  const made = await newSource({ url, root: home, id, name, local: local ?? false, region, userAgent });
  const { listGuess, detailGuess, files } = made;
  const [first, second] = listGuess.rows;
  const lines = [
    `已生成来源 ${made.id}：`,
    ...files.map((file) => `  ${file}`),
    '',
    '从页面猜出的选择器（写在 config/sources.yaml）：',
    `  条目 ${listGuess.row}：${listGuess.rows.length} 条`,
    ...[first, second].flatMap((row) => (row === undefined ? [] : [`    ${row.date} ${row.title}`])),
    `  链接 ${listGuess.link}；日期 ${listGuess.date}`,
    `  下一页 ${listGuess.next}：${listGuess.hasNext ? '有链接' : '没有找到链接，只会读第一页'}`,
    `  总数 ${listGuess.total === undefined ? '没有找到' : `${listGuess.total}：${listGuess.siteTotal ?? ''} 条`}`,
    `  公告标题 ${detailGuess.title}；日期 ${detailGuess.date}；正文 ${detailGuess.body}；附件 ${detailGuess.attachments ?? '没有找到'}`,
    '',
    '请人工核对：',
    `  1. crawlers/${made.id}/source.ts：网站名称与主办单位、栏目的领域与公告类型、是否只有本地区公告（scope）、访问间隔`,
    `  2. crawlers/${made.id}/fixtures/*.expected.json：与保存的页面逐项对照`,
    '  3. 下一页与总数：翻到最后一页看是否仍然成立',
    `  4. gongshi sources check ${made.id}，再 gongshi crawl ${made.id}，然后在 assertions 写明各字段应有的比例`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function check({ adapters, userAgent }: Sources, ids: string[]): Promise<void> {
  const web = createWeb({ userAgent, sleep: (ms, signal) => delay(ms, undefined, { signal }) });
  const never = new AbortController().signal;
  const results = await Promise.all(
    chooseSources(adapters, ids).map(async (adapter) => ({
      adapter,
      checks: await checkSource(adapter, web, systemClock, never),
    })),
  );
  for (const { adapter, checks } of results) {
    process.stdout.write(`${adapter.definition.name}（${adapter.settings.address}）\n`);
    for (const { channel, rows, siteTotal, newest, failure } of checks) {
      if (failure === null) {
        const total = siteTotal === null ? '' : `，网站共 ${siteTotal} 条`;
        const latest =
          newest === null ? '' : `；首条：${newest.publishDate?.replace('T', ' ') ?? '无日期'} ${newest.title}`;
        process.stdout.write(`  正常  ${channel.name}：首页 ${rows} 条${total}${latest}\n`);
      } else {
        process.stdout.write(`  异常  ${channel.name}\n`);
        sayError(failure);
        process.exitCode = 1;
      }
    }
  }
  say();
}
