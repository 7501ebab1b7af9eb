import { CorrectInput } from '../model/errors.ts';
import type { Portal } from '../../test/portal/portal.ts';

export interface BenchOptions {
  seed: number;
  notices: number;
  /** As on the command line: `yn_ggzy:slow,hh_finance:down`. */
  faults?: string;
  /** Milliseconds before each answer. */
  rate?: number;
  /** The portal's clock, epoch ms: pages published later are not there yet. Left out: its last day is over. */
  now?: () => number;
  /** Lives through so many days before its last: sites fall ill and pages change on them. */
  days?: number;
}

/** Starts the bench's sites. Production images leave them out: then this says so. */
export async function openPortal(options: BenchOptions): Promise<Portal> {
  const { startPortal, parseFaults } = await loadBench();
  return startPortal({
    seed: options.seed,
    notices: options.notices,
    faults: options.faults === undefined ? [] : parseFaults(options.faults),
    delayMs: options.rate ?? 0,
    now: options.now,
    days: options.days,
  });
}

async function loadBench() {
  try {
    return await import('../../test/portal/portal.ts');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new CorrectInput('本安装不含模拟网站', '模拟网站只在源码目录中提供，请在源码目录运行此命令。', {}, cause);
  }
}
