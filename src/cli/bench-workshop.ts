import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { folderPlace } from '../../storage/archive/folder.ts';
import type { Portal } from '../../test/portal/portal.ts';
import type { Clock } from '../model/clock.ts';
import type { LocalDay, LocalMoment } from '../model/day.ts';
import { benchClock } from './bench-clock.ts';
import type { BenchClock } from './bench-clock.ts';
import { CorrectInput } from '../model/errors.ts';
import { openPortal } from './portal-access.ts';
import type { BenchOptions } from './portal-access.ts';
import { storeName } from './store-address.ts';
import { openWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';

/** Before anything of the bench's world is published. */
const LONG_AGO = '2000-01-01T00:00';

export interface Bench {
  portal: Portal;
  workshop: Workshop;
  /** Of the workshop and, with `living`, of the sites. */
  clock: BenchClock;
}

/**
 * Starts the bench's sites and a workshop on them, and closes both whatever happens.
 * `living`: the sites show only what is published by the bench's clock; else everything.
 */
export async function withBench(
  options: BenchOptions & { config: string; living?: boolean; store?: string },
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  const clock = benchClock(LONG_AGO);
  const portal = await openPortal({ ...options, now: options.living === true ? () => clock.now() : undefined });
  try {
    clock.set(eveningOf(portal.truth.today));
    const workshop = await openBenchWorkshop(portal, options.config, clock, options.store);
    try {
      if ((await workshop.store.notices.count({})) > 0) throw notEmpty(options.store);
      await use({ portal, workshop, clock });
    } finally {
      await workshop.close();
    }
  } finally {
    await portal.close();
  }
}

function notEmpty(store: string | undefined): CorrectInput {
  const advice = '演示与评分只在空数据库中进行，以免与真实数据混在一起；请换一个空的数据库。';
  return new CorrectInput('指定的数据库里已有公告', advice, { store: store === undefined ? '' : storeName(store) });
}

/** When offices have closed: nothing more is published that day. */
export function eveningOf(day: LocalDay): LocalMoment {
  return `${day}T20:00`;
}

/**
 * A workshop on the bench's sites with a database of its own that goes with it.
 * Unless a clock is given, it is the evening of the portal's last day.
 * @param store address of another, empty store to work in; it is left filled
 */
export async function openBenchWorkshop(
  portal: Portal,
  config: string,
  clock: Clock = benchClock(eveningOf(portal.truth.today)),
  store?: string,
): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  const workshop = await openWorkshop({
    config,
    clock,
    data: { database: store ?? join(folder, 'gongshi.sqlite'), archive: folderPlace(join(folder, 'archive')) },
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
