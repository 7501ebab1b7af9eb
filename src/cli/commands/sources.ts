import { checkHosts, isKept } from '../../crawl/pace-check.ts';
import type { PaceCheck } from '../../crawl/pace-check.ts';
import { paceWords } from '../../crawl/pace-words.ts';
import { momentOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { Incident } from '../../model/incident.ts';
import { table } from '../output.ts';
import { checkSources } from './check-sources.ts';
import { newSource } from './new-source.ts';
import { chooseSources, openSources, withStore } from '../workshop.ts';
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

/** `gongshi sources [check|pace|new]`: what the sources are, whether their lists can be read just now, how gently they were asked, a new one. */
export async function sources(options: SourcesCommand): Promise<void> {
  const opened = await openSources({ config: options.config });
  if (options.action === 'list') return list(opened, await openIncidents(opened));
  if (options.action === 'check') return checkSources(opened, options.sources);
  if (options.action === 'pace') return pace(opened, options.sources);
  if (options.action === 'new') return create(opened, options);
  throw new CorrectInput(`不认识的动作 ${options.action}`, '可用的动作：check、pace、new；不写则列出来源。', {
    action: options.action,
  });
}

async function openIncidents(sources: Sources): Promise<Incident[]> {
  return (await withStore(sources, (store) => store.incidents.open())) ?? [];
}

/** Holds the log of requests against pace and quiet hours, host by host. */
async function pace(opened: Sources, ids: string[]): Promise<void> {
  const adapters = chooseSources(opened.readers, ids);
  const checks = (await withStore(opened, (store) => checkHosts(store.sentRequests, adapters, 0))) ?? [];
  if (checks.length === 0) process.stdout.write('还没有访问记录，无从核对。\n');
  for (const check of checks) {
    const names = check.sourceIds.map((id) => opened.definitions.find((one) => one.id === id)?.name ?? id);
    const lines = [...paceWords(check), ...looser(check, opened)];
    process.stdout.write(`${check.host}（${names.join('、')}）\n${lines.map((line) => `  ${line}\n`).join('')}`);
    if (!isKept(check)) process.exitCode = 1;
  }
}

/** The log proves the pace that was in force; that it was another than today's must not stay unsaid. */
function looser({ limitMs, sourceIds }: PaceCheck, { settings }: Sources): string[] {
  const today = Math.max(0, ...sourceIds.map((id) => settings[id]?.pace.minIntervalMs ?? 0));
  if (limitMs >= today) return [];
  return [`请注意：记录中有按 ${limitMs / 1000} 秒的间隔访问的，现行设置为 ${today / 1000} 秒`];
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
