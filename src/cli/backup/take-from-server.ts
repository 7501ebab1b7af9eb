import { rm } from 'node:fs/promises';

import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import { ARCHIVE_KEEPING, holding, undisturbed } from '../undisturbed.ts';
import type { Patience } from '../undisturbed.ts';
import type { Places, Workshop } from '../workshop.ts';
import { copyInUse } from './copy-in-use.ts';
import type { Spare } from './copy-in-use.ts';
import type { Manifest } from './manifest.ts';
import { takeBackup } from './take.ts';

interface ServerBackup {
  workshop: Workshop;
  from: Places;
  /** Empty folder. */
  folder: string;
  patience: Patience;
  onCopied: Parameters<typeof copyInUse>[0]['onCopied'];
}

/**
 * A backup of a database server as a SQLite file, which can be opened anywhere. Crawling and judging wait while the
 * database is copied, people do not; nothing is taken out of the archive until it is copied, too.
 */
export async function takeFromServer({ workshop, from, folder, patience, onCopied }: ServerBackup): Promise<Manifest> {
  const { store, clock } = workshop;
  const copy = (to: string): Promise<number> =>
    undisturbed(
      workshop,
      async () => {
        const target = await openSqliteStore(to);
        try {
          await copyInUse({ from: store, to: target, openSpare: () => spareAt(`${to}.people`), onCopied });
        } finally {
          await target.close();
        }
        return clock.now();
      },
      patience,
    );
  return holding(workshop, [ARCHIVE_KEEPING], () => takeBackup(from, folder, clock, copy), patience);
}

async function spareAt(path: string): Promise<Spare> {
  const store = await openSqliteStore(path);
  return {
    store,
    discard: async () => {
      await store.close();
      await Promise.all(['', '-wal', '-shm'].map((end) => rm(path + end, { force: true })));
    },
  };
}
