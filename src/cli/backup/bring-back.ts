import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { folderPlace } from '../../../storage/archive/folder.ts';
import { CorrectInput } from '../../model/errors.ts';
import { ARCHIVE, checkFiles, DATABASE, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { refuseServer } from './take.ts';
import type { Places } from '../workshop.ts';

/**
 * Brings a backup to an empty place: verified against its manifest before anything is written, and again after.
 * The database gets its name last, so that one half brought back is never taken for the whole.
 * Throws `CorrectInput`.
 */
export async function bringBack(folder: string, to: Places): Promise<Manifest> {
  refuseServer(to.database);
  const manifest = await readManifest(folder);
  await refuseFilled(to);
  const kept = folderPlace(join(folder, ARCHIVE));
  await checkFiles(manifest, { database: join(folder, DATABASE), archive: kept });
  for (const { file } of manifest.archive) await to.archive.write(file, kept.stream(file));
  await mkdir(dirname(to.database), { recursive: true });
  const arriving = `${to.database}.arriving`;
  await copyDurably(join(folder, DATABASE), arriving);
  await checkFiles(manifest, { database: arriving, archive: to.archive });
  await rename(arriving, to.database);
  return manifest;
}

async function refuseFilled(to: Places): Promise<void> {
  const present = ['', '-wal', '-shm', '-journal'].map((end) => to.database + end).find((file) => existsSync(file));
  if (present !== undefined) {
    throw new CorrectInput(`目标位置已有数据库文件 ${present}`, '为免覆盖现有数据，请先把它移到别处，再恢复。');
  }
  if (((await to.archive.files()) ?? []).length > 0) {
    throw new CorrectInput(
      `归档位置 ${to.archive.name} 不是空的`,
      '为免混入现有归档，请先把其中的文件移到别处，再恢复。',
    );
  }
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
