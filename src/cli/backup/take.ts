import { mkdir, readdir } from 'node:fs/promises';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';

import { openArchive } from '../../../storage/archive/open.ts';
import { copySqliteDatabase } from '../../../storage/sqlite/copy.ts';
import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import type { Clock } from '../../model/clock.ts';
import { CorrectInput, RestoreArchive } from '../../model/errors.ts';
import type { Places } from '../workshop.ts';
import { ARCHIVE, DATABASE, describeFile, writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/** Copies the database into a new SQLite file; tells the moment (epoch ms) whose state it holds. */
type CopyDatabase = (to: string) => Promise<number>;

/**
 * A consistent copy of database and archive in an empty folder, of a SQLite file while a crawl may be running.
 * The database first: a reply is on disk in the archive before the database knows of it, so that archive files
 * copied afterwards hold every reply the copied database names. Each of them is then read and compared with its
 * SHA-256. Throws `CorrectInput` where it cannot be taken.
 */
export async function takeBackup(
  from: Places,
  folder: string,
  clock: Clock,
  copyDatabase: CopyDatabase = (to) => copyFile(from.database, to, clock),
): Promise<Manifest> {
  if ((await from.archive.files()) === null) {
    throw new CorrectInput(`没有归档文件夹 ${from.archive.name}`, '请核对 config/gongshi.yaml 中的 storage.archive。');
  }
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new CorrectInput(`备份文件夹 ${folder} 不是空的`, '请为每次备份给出一个新的文件夹，例如以日期命名。');
  }
  const database = join(folder, DATABASE);
  const takenAt = new Date(await copyDatabase(database)).toISOString();
  const files = await from.archive.copyInto(join(folder, ARCHIVE));
  const records = await checkRecords(database, join(folder, ARCHIVE));
  const archive = [];
  for (const file of files) archive.push(await describeFile(file, createReadStream(join(folder, ARCHIVE, file))));
  const manifest: Manifest = {
    format: 1,
    takenAt,
    database: { ...(await describeFile(DATABASE, createReadStream(database))), file: DATABASE },
    archive,
    records,
  };
  await writeManifest(folder, manifest);
  return manifest;
}

async function copyFile(from: string, to: string, clock: Clock): Promise<number> {
  if (!existsSync(from)) {
    throw new CorrectInput(`没有数据库文件 ${from}`, '请核对 config/gongshi.yaml 中的 storage.database。');
  }
  const takenAt = clock.now();
  await copySqliteDatabase(from, to);
  return takenAt;
}

/** Reads every reply the database knows out of the archive; which cannot be read, or are not the ones that were kept. */
async function checkRecords(database: string, folder: string): Promise<Manifest['records']> {
  const store = await openSqliteStore(database);
  const archive = await openArchive(folder);
  const unreadable: string[] = [];
  let checked = 0;
  try {
    for await (const record of store.runs.allArchiveRecords()) {
      checked += 1;
      try {
        await archive.read(record);
      } catch (error) {
        if (!(error instanceof RestoreArchive)) throw error;
        unreadable.push(record.id);
      }
    }
  } finally {
    await archive.close();
    await store.close();
  }
  return { checked, unreadable };
}
