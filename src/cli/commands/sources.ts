import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { checkSource } from '../../crawl/check-source.ts';
import { createWeb } from '../../crawl/web.ts';
import { systemClock } from '../../model/clock.ts';
import { momentOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import type { Incident } from '../../model/incident.ts';
import { say, sayError, table } from '../output.ts';
import { isMongoAddress, openStore } from '../store-address.ts';
import { chooseSources, openSources, placesOf } from '../workshop.ts';
import type { Sources } from '../workshop.ts';

/** `gongshi sources [check]`: what the sources are, and whether their lists can be read just now. */
export async function sources(options: { config: string; action: string; sources: string[] }): Promise<void> {
  const opened = await openSources({ config: options.config });
  if (options.action === 'list') return list(opened, await openIncidents(opened));
  if (options.action === 'check') return check(opened, options.sources);
  throw new CorrectInput(`不认识的动作 ${options.action}`, '可用的动作：check；不写则列出来源。', {
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
