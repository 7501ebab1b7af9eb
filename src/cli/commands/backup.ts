import { resolve } from 'node:path';

import { loadConfig } from '../../../config/load.ts';
import { systemClock } from '../../model/clock.ts';
import type { Manifest } from '../backup/manifest.ts';
import { takeBackup } from '../backup/take.ts';
import { takeFromServer } from '../backup/take-from-server.ts';
import { KIND_NAMES } from '../kind-names.ts';
import { say } from '../output.ts';
import { isMongoAddress, storeName } from '../store-address.ts';
import { openWorkshop, placesOf } from '../workshop.ts';
import type { Places } from '../workshop.ts';

interface BackupCommand {
  config: string;
  folder: string;
  /** Minutes that a crawl under way on a database server is waited for. */
  wait: number;
}

/** `gongshi backup FOLDER`: exit code 1 where a reply in the archive was already damaged. */
export async function backup(options: BackupCommand): Promise<void> {
  const folder = resolve(options.folder);
  const places = await placesOf(loadConfig(options.config));
  const { archive, records, takenAt } = isMongoAddress(places.database)
    ? await ofServer(places, folder, options)
    : await takeBackup(places, folder, systemClock);
  say(`已备份到 ${folder}（${takenAt} 时的状态）：数据库一份，归档文件 ${archive.length} 个。`);
  say(`数据库所记的 ${records.checked} 条归档均已逐条读出并核对 SHA-256。`);
  if (records.unreadable.length > 0) {
    say(`其中 ${records.unreadable.length} 条读不出或不符（编号见清单），原归档已损坏：请从更早的备份恢复这些文件。`);
    process.exitCode = 1;
  }
}

async function ofServer(from: Places, folder: string, { config, wait }: BackupCommand): Promise<Manifest> {
  const workshop = await openWorkshop({ config, clock: systemClock });
  try {
    say(`正在复制 ${storeName(from.database)}；采集与核查等到数据库复制完再继续，办理案件不受影响。`);
    return await takeFromServer({
      workshop,
      from,
      folder,
      patience: {
        waitMs: wait * 60_000,
        sleep: workshop.sleep,
        onWait: (what) => say(`等待${what}完成……`),
      },
      onCopied: (kind, count) => say(`已复制 ${KIND_NAMES[kind]} ${count} 条`),
    });
  } finally {
    await workshop.close();
  }
}
