import { CorrectInput } from '../model/errors.ts';
import type { Portal } from '../../test/portal/portal.ts';

/** Starts the bench's sites. Production images leave them out: then this says so. */
export async function openPortal(options: {
  seed: number;
  notices: number;
  faults?: string;
  rate?: number;
}): Promise<Portal> {
  const { startPortal, parseFaults } = await import('../../test/portal/portal.ts').catch((cause: unknown) => {
    throw new CorrectInput('本安装不含模拟网站', '模拟网站只在源码目录中提供，请在源码目录运行此命令。', {}, cause);
  });
  return startPortal({
    seed: options.seed,
    notices: options.notices,
    faults: options.faults === undefined ? undefined : parseFaults(options.faults),
    delayMs: options.rate ?? 0,
  });
}
