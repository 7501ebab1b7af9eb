import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { folderPlace } from '../../../storage/archive/folder.ts';
import { heldKind, moveStore } from '../../../storage/move.ts';
import type { OnMoved } from '../../../storage/move.ts';
import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import type { Store } from '../../../storage/store.ts';
import { CorrectInput } from '../../model/errors.ts';
import { isMongoAddress, openStore, storeName } from '../store-address.ts';
import type { Places } from '../workshop.ts';
import { ARCHIVE, checkFiles, DATABASE, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/**
 * Brings a backup to an empty place: verified against its manifest before anything is written, and again after.
 * The database counts only once it is whole (a file gets its name last, one on a server says so until then), so that
 * one half brought back is never taken for the whole. Throws `CorrectInput`.
 */
export async function bringBack(folder: string, to: Places, onMoved?: OnMoved): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (isMongoAddress(to.database)) await intoServer(manifest, folder, to, onMoved);
  else await intoFile(manifest, folder, to);
  return manifest;
}

async function intoFile(manifest: Manifest, folder: string, to: Places): Promise<void> {
  const present = ['', '-wal', '-shm', '-journal'].map((end) => to.database + end).find((file) => existsSync(file));
  if (present !== undefined) {
    throw new CorrectInput(`目标位置已有数据库文件 ${present}`, '为免覆盖现有数据，请先把它移到别处，再恢复。');
  }
  await bringArchive(manifest, folder, to);
  await mkdir(dirname(to.database), { recursive: true });
  const arriving = `${to.database}.arriving`;
  await arrive(manifest, folder, to, arriving);
  await rename(arriving, to.database);
}

async function intoServer(manifest: Manifest, folder: string, to: Places, onMoved?: OnMoved): Promise<void> {
  const target = await openStore(to.database);
  try {
    await refuseFilled(target, to.database);
    await bringArchive(manifest, folder, to);
    // Opening the file brings its schema up to date: the backup's own stays as its manifest says.
    const passing = await mkdtemp(join(tmpdir(), 'gongshi-restore-'));
    try {
      const arriving = join(passing, DATABASE);
      await arrive(manifest, folder, to, arriving);
      const from = await openSqliteStore(arriving);
      try {
        await moveStore(from, target, onMoved);
      } finally {
        await from.close();
      }
    } finally {
      await rm(passing, { recursive: true });
    }
  } finally {
    await target.close();
  }
}

async function refuseFilled(target: Store, address: string): Promise<void> {
  const kind = await heldKind(target);
  if (kind === null) return;
  throw new CorrectInput(
    `目标数据库 ${storeName(address)} 不是空的`,
    '为免覆盖现有数据，没有恢复。请停止值守与页面服务，在地址中改用另一个空的数据库；确认其中的数据不再需要（例如上次恢复中断所留）时，先删除该数据库，再恢复。做法见 docs/deployment.md。',
    { kind },
  );
}

async function bringArchive(manifest: Manifest, folder: string, to: Places): Promise<void> {
  if (((await to.archive.files()) ?? []).length > 0) {
    throw new CorrectInput(
      `归档位置 ${to.archive.name} 不是空的`,
      '为免混入现有归档，请先把其中的文件移到别处，再恢复。',
    );
  }
  const kept = folderPlace(join(folder, ARCHIVE));
  await checkFiles(manifest, { database: join(folder, DATABASE), archive: kept });
  for (const { file } of manifest.archive) await to.archive.write(file, kept.stream(file));
}

/** The backup's database as a file of its own; what has been written so far is what the manifest says. */
async function arrive(manifest: Manifest, folder: string, to: Places, arriving: string): Promise<void> {
  await copyDurably(join(folder, DATABASE), arriving);
  await checkFiles(manifest, { database: arriving, archive: to.archive });
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const handle = await open(to, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
