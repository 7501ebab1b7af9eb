import { setTimeout as delay } from 'node:timers/promises';

import { checkSource } from '../../crawl/check-source.ts';
import { createWeb } from '../../crawl/web.ts';
import { systemClock } from '../../model/clock.ts';
import { CorrectInput } from '../../model/errors.ts';
import { say, sayError, table } from '../output.ts';
import { chooseSources, openSources } from '../workshop.ts';
import type { Sources } from '../workshop.ts';

/** `gongshi sources [check]`: what the sources are, and whether their lists can be read just now. */
export async function sources(options: { config: string; action: string; sources: string[] }): Promise<void> {
  const opened = await openSources({ config: options.config });
  if (options.action === 'list') return list(opened);
  if (options.action === 'check') return check(opened, options.sources);
  throw new CorrectInput(`不认识的动作 ${options.action}`, '可用的动作：check；不写则列出来源。', {
    action: options.action,
  });
}

function list({ definitions, settings }: Sources): void {
  const rows = definitions.map((d) => [
    d.id,
    d.name,
    settings[d.id]!.enabled ? '启用' : '停用',
    settings[d.id]!.address,
    d.cadence,
    d.channels.map((c) => c.name).join('、'),
  ]);
  process.stdout.write(`${table([['代号', '名称', '状态', '地址', '频率', '栏目'], ...rows])}\n`);
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
