import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Portal } from '../../test/portal/portal.ts';
import { epochOf } from '../model/day.ts';
import { openPortal } from './portal-access.ts';
import type { BenchOptions } from './portal-access.ts';
import { openWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';

/** Starts the bench's sites and a workshop on them, and closes both whatever happens. */
export async function withBench(
  options: BenchOptions & { config: string },
  use: (bench: { portal: Portal; workshop: Workshop }) => Promise<void>,
): Promise<void> {
  const portal = await openPortal(options);
  try {
    const workshop = await openBenchWorkshop(portal, options.config);
    try {
      await use({ portal, workshop });
    } finally {
      await workshop.close();
    }
  } finally {
    await portal.close();
  }
}

/**
 * A workshop on the bench's sites with a database of its own that goes with it.
 * Its clock starts in the evening of the portal's last day and runs on from there.
 */
export async function openBenchWorkshop(portal: Portal, config: string): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  const evening = epochOf(`${portal.truth.today}T20:00`);
  const started = Date.now();
  const workshop = await openWorkshop({
    config,
    clock: { now: () => evening + (Date.now() - started) },
    data: { database: join(folder, 'gongshi.sqlite'), archive: join(folder, 'archive') },
    localSites: portal.addresses,
  });
  return {
    ...workshop,
    close: async () => {
      await workshop.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
