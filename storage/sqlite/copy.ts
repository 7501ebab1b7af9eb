import { backup, DatabaseSync } from 'node:sqlite';

import { RepairDatabase } from '../../src/model/errors.ts';

/** More pages than any file has: the copy is made in one step, which no writer can make begin anew. */
const ALL_PAGES = 2 ** 31 - 1;
const BUSY_TIMEOUT_MS = 15_000;

/**
 * Copies the database as it was at one moment into a new file, while other processes write to it: one read
 * transaction sees one state, and in WAL mode holds up no writer. Throws `RepairDatabase`.
 */
export async function copySqliteDatabase(from: string, to: string): Promise<void> {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(from, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    await backup(database, to, { rate: ALL_PAGES });
  } catch (cause) {
    throw new RepairDatabase(
      `数据库 ${from} 无法复制：${cause instanceof Error ? cause.message : String(cause)}`,
      '请检查数据库文件是否可读、备份所在磁盘是否有足够空间，然后换一个空文件夹重新备份。',
      { from, to },
      cause,
    );
  } finally {
    database?.close();
  }
}
