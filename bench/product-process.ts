/**
 * The product's whole way once, in a process of its own: crawl the portal's sites, archive, read, match, judge, store.
 * Pace is off (sites of this machine); everything else is as `gongshi crawl` does it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { epochOf } from '../src/model/day.ts';
import { runPipeline } from '../src/cli/pipeline.ts';
import { openWorkshop } from '../src/cli/workshop.ts';
import { CONFIG } from './paths.ts';
import { folderPlace } from '../storage/archive/folder.ts';
import type { PortalReady } from './portal-process.ts';

export interface ProductOrder extends PortalReady {
  /** Where database and archive go. */
  folder: string;
}

export interface ProductDone {
  notices: number;
  /** Notices' pages. */
  fetched: number;
  /** Messages sent, lists and robots.txt included. */
  requests: number;
  /** Sources whose run did not end complete, and why. */
  incomplete: string[];
  judged: number;
  seconds: number;
  cpuSeconds: number;
  peakMb: number;
}

process.once('message', (order: ProductOrder) => {
  void wholeWay(order).then((done) => process.send!(done, () => process.disconnect()));
});

async function wholeWay({ addresses, today, folder }: ProductOrder): Promise<ProductDone> {
  const evening = epochOf(`${today}T20:00`);
  const started = Date.now();
  const cpu = process.cpuUsage();
  const workshop = await openWorkshop({
    config: CONFIG,
    clock: { now: () => evening + (Date.now() - started) },
    data: { database: join(folder, 'gongshi.sqlite'), archive: folderPlace(join(folder, 'archive')) },
    localSites: addresses,
  });
  const { runs, judged } = await runPipeline(workshop, {
    adapters: workshop.adapters,
    window: { since: null, until: null },
    full: false,
  });
  const seconds = (Date.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const notices = await workshop.store.notices.count({});
  await workshop.close();
  return {
    notices,
    fetched: runs.flatMap((run) => run.channels).reduce((total, channel) => total + channel.fetched, 0),
    requests: runs.reduce((total, run) => total + run.requests, 0),
    incomplete: runs.filter((run) => run.outcome !== 'complete').map((run) => `${run.sourceId}: ${run.reason ?? ''}`),
    judged,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMb: peakResidentMb(),
  };
}

/** VmHWM where the system keeps it, else what Node remembers of itself. */
function peakResidentMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1]) / 1024;
}
