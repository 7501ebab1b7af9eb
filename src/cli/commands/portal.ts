import { writeFileSync } from 'node:fs';

import { say } from '../output.ts';
import { openPortal } from '../portal-access.ts';

/** `gongshi portal`: the bench's five sites alone; the truth is written when it ends. */
export async function portal(options: {
  seed: number;
  notices: number;
  faults?: string;
  rate: number;
  truth?: string;
}): Promise<void> {
  const portal = await openPortal(options);
  say(`五个模拟网站已启动（种子 ${options.seed}，公告 ${portal.truth.notices} 条）：`);
  for (const [source, address] of Object.entries(portal.addresses)) say(`  ${source}  ${address}`);
  say('按 Ctrl-C 结束并输出真相。');
  await interrupted();
  await portal.close();
  const truth = `${JSON.stringify(portal.truth)}\n`;
  if (options.truth === undefined) process.stdout.write(truth);
  else writeFileSync(options.truth, truth);
}

/** Resolves when the operator ends the program. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
