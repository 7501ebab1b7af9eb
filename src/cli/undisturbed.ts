import { sourceLease } from '../crawl/leased.ts';
import type { HeldLease } from '../crawl/leases.ts';
import type { Sleep } from '../crawl/web.ts';
import { LeaveToOtherWorker, RepeatUndisturbed } from '../model/errors.ts';
import { JUDGING } from './judging.ts';
import type { Workshop } from './workshop.ts';

/** Whoever holds it copies the archive or takes records out of it. */
export const ARCHIVE_KEEPING = 'archive';

/** How long others are waited for; without it not at all. */
export interface Patience {
  waitMs: number;
  sleep: Sleep;
  /** Told once a lease, with whom it waits for in words. */
  onWait: (what: string) => void;
}

const LOOK_AGAIN_MS = 500;

/**
 * Does the work while no process crawls or judges: what is copied hangs together, and nothing is done that a database
 * taking the place of this one would not have. Throws `RepeatUndisturbed` where some process is at it, or came to it
 * meanwhile because this one was paused beyond its leases.
 */
export async function undisturbed<T>(workshop: Workshop, work: () => Promise<T>, patience?: Patience): Promise<T> {
  // Judging last: people's word on links is heeded at once for as long as a crawl is waited for.
  return holding(workshop, [...workshop.readers.map(sourceLease).sort(), JUDGING], work, patience);
}

/**
 * Does the work with all these leases held. They are taken one by one and kept meanwhile, so that sources come to rest
 * one after the other; whoever waits for several names them in one order, so that no two wait for each other.
 */
export async function holding<T>(
  { leases }: Pick<Workshop, 'leases'>,
  names: readonly string[],
  work: () => Promise<T>,
  patience?: Patience,
): Promise<T> {
  const held: HeldLease[] = [];
  let waited = 0;
  try {
    for (const name of names) held.push(await taken(name));
    const done = await work();
    for (const lease of held) await lease.confirm();
    return done;
  } catch (error) {
    if (!(error instanceof LeaveToOtherWorker)) throw error;
    const advice = '所做的不能算数。请检查本机是否长时间停顿、到数据库的连接是否中断过，然后重跑同一命令。';
    throw new RepeatUndisturbed('本进程停顿过久，另一进程已开始采集或核查', advice, error.facts);
  } finally {
    // A store that does not answer lets them lapse.
    for (const lease of held) await lease.release().catch(() => undefined);
  }

  async function taken(name: string): Promise<HeldLease> {
    for (let asked = 0; ; asked += 1) {
      const lease = await leases.take(name);
      if (lease !== null) return lease;
      if (patience === undefined || waited >= patience.waitMs) throw busy(name, waited);
      if (asked === 0) patience.onWait(inWords(name));
      await patience.sleep(LOOK_AGAIN_MS, new AbortController().signal);
      waited += LOOK_AGAIN_MS;
    }
  }
}

function busy(name: string, waitedMs: number): RepeatUndisturbed {
  const advice = '请等它完成，或先停止值守进程（gongshi run），然后重跑同一命令。';
  const waited = waitedMs === 0 ? '' : `，已等候 ${Math.round(waitedMs / 60_000)} 分钟`;
  const message = name === ARCHIVE_KEEPING ? '有进程正在备份或清理归档' : '有进程正在采集或核查';
  return new RepeatUndisturbed(`${message}${waited}`, advice, { lease: name });
}

function inWords(name: string): string {
  if (name === JUDGING) return '归并与核查';
  return name === ARCHIVE_KEEPING ? '另一次备份或清理' : `来源 ${name.replace(/^source:/, '')} 的采集`;
}
