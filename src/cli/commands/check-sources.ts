import { setTimeout as delay } from 'node:timers/promises';

import { checkSource } from '../../crawl/check-source.ts';
import { takeSource } from '../../crawl/leased.ts';
import { LeaseKeeper } from '../../crawl/leases.ts';
import { createWeb } from '../../crawl/web.ts';
import type { Sleep, Web } from '../../crawl/web.ts';
import { systemClock } from '../../model/clock.ts';
import { plainDay } from '../../model/day-words.ts';
import { dayOf, momentOf } from '../../model/day.ts';
import { momentAfter } from '../../model/recurrence.ts';
import type { SourceAdapter, SourceSettings } from '../../model/source.ts';
import { loadCalendar } from '../calendar.ts';
import { say, sayError } from '../output.ts';
import { isGone, processName } from '../process-name.ts';
import { chooseSources, requestLog, withStore } from '../workshop.ts';
import type { Sources } from '../workshop.ts';

type Checks = Awaited<ReturnType<typeof checkSource>>;

/**
 * `gongshi sources check`: whether the lists can be read just now, and when they will be read by themselves. Where there
 * is a database, its leases and its log of requests hold for a check as for a crawl.
 */
export async function checkSources(opened: Sources, ids: string[]): Promise<void> {
  const sleep: Sleep = (ms, signal) => delay(ms, undefined, { signal });
  const { adapters, userAgent } = opened;
  const chosen = chooseSources(adapters, ids);
  const checked = await withStore(opened, (store) => {
    const name = processName();
    const web = createWeb({ userAgent, sleep, log: requestLog(store, name) });
    const leases = new LeaseKeeper({ store: store.leases, owner: name, isGone });
    return Promise.all(chosen.map((adapter) => checkLeased(adapter, web, leases)));
  });
  const web = createWeb({ userAgent, sleep });
  const results = checked ?? (await Promise.all(chosen.map((adapter) => checkNow(adapter, web))));
  for (const [i, { definition, settings }] of chosen.entries()) {
    process.stdout.write(`${definition.name}（${settings.address}）\n`);
    tell(results[i]!);
    process.stdout.write(scheduleLines(settings, systemClock.now()));
  }
  const ends = loadCalendar(opened.config).endsSoon(dayOf(systemClock.now()));
  if (ends !== null) {
    process.stdout.write(`放假安排只收录到 ${plainDay(ends)}，此后的期限不能计算：次年放假通知公布后请补录\n`);
  }
  say();
}

function checkNow(adapter: SourceAdapter, web: Web): Promise<Checks> {
  return checkSource(adapter, web, systemClock, new AbortController().signal);
}

/** Null where another process is at the source or its host. */
async function checkLeased(adapter: SourceAdapter, web: Web, leases: LeaseKeeper): Promise<Checks | null> {
  const held = await takeSource(adapter, leases, web);
  if (held === null) return null;
  try {
    return await checkNow(adapter, web);
  } finally {
    for (const lease of held) await lease.release();
  }
}

function tell(checks: Checks | null): void {
  if (checks === null) process.stdout.write('  未试读：另一进程正在采集该来源或同一网站的另一来源\n');
  for (const { channel, rows, siteTotal, newest, failure } of checks ?? []) {
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

/** When the daemon asks the source by itself. */
function scheduleLines({ schedule, quietHours }: Pick<SourceSettings, 'schedule' | 'quietHours'>, now: number): string {
  const next = (pattern: string): string => momentOf(momentAfter(pattern, now)).replace('T', ' ');
  const { visits, sweep, overlapDays, jitterMinutes, reason } = schedule;
  return [
    `  安排  平日采集 ${visits}（下次 ${next(visits)}，重读最近 ${overlapDays} 天）；通读 ${sweep}（下次 ${next(sweep)}）；至多推迟 ${jitterMinutes} 分钟`,
    `        免打扰 ${quietHours === null ? '未设' : `${quietHours.from} 时至 ${quietHours.to} 时`}；理由：${reason}`,
    '',
  ].join('\n');
}
