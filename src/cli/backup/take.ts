import { mkdir, readdir } from 'node:fs/promises';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';

import { openArchive } from '../../../storage/archive/open.ts';
import { copySqliteDatabase } from '../../../storage/sqlite/copy.ts';
import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import type { Clock } from '../../model/clock.ts';
import { CorrectInput, RestoreArchive } from '../../model/errors.ts';
import { isMongoAddress, storeName } from '../store-address.ts';
import type { Places } from '../workshop.ts';
import { ARCHIVE, DATABASE, describeFile, writeManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/**
 * A consistent copy of database and archive in an empty folder, while a crawl may be running.
 * The database first: a reply is on disk in the archive before the database knows of it, so that archive files
 * copied afterwards hold every reply the copied database names. Each of them is then read and compared with its
 * SHA-256. Throws `CorrectInput` where it cannot be taken.
 */
export async function takeBackup(from: Places, folder: string, clock: Clock): Promise<Manifest> {
  refuseServer(from.database);
  if (!existsSync(from.database)) {
    throw new CorrectInput(`没有数据库文件 ${from.database}`, '请核对 config/gongshi.yaml 中的 storage.database。');
  }
  if ((await from.archive.files()) === null) {
    throw new CorrectInput(`没有归档文件夹 ${from.archive.name}`, '请核对 config/gongshi.yaml 中的 storage.archive。');
  }
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new CorrectInput(`备份文件夹 ${folder} 不是空的`, '请为每次备份给出一个新的文件夹，例如以日期命名。');
  }
  const takenAt = new Date(clock.now()).toISOString();
  const database = join(folder, DATABASE);
  await copySqliteDatabase(from.database, database);
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

/** A server's database is copied by the server's own tools. */
export function refuseServer(address: string): void {
  if (!isMongoAddress(address)) return;
  throw new CorrectInput(
    'MongoDB 数据库不由本命令备份或恢复',
    '请先用 mongodump --oplog 备份数据库，随后拷贝归档文件夹（次序不可颠倒）；恢复用 mongorestore --oplogReplay。见 docs/deployment.md。',
    { store: storeName(address) },
  );
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
