import { resolve } from 'node:path';

import { loadConfig } from '../../../config/load.ts';
import { systemClock } from '../../model/clock.ts';
import { takeBackup } from '../backup/take.ts';
import { say } from '../output.ts';
import { placesOf } from '../workshop.ts';

/** `gongshi backup FOLDER`: exit code 1 where a reply in the archive was already damaged. */
export async function backup(options: { config: string; folder: string }): Promise<void> {
  const folder = resolve(options.folder);
  const { archive, records, takenAt } = await takeBackup(
    await placesOf(loadConfig(options.config)),
    folder,
    systemClock,
  );
  say(`已备份到 ${folder}（${takenAt} 时的状态）：数据库一份，归档文件 ${archive.length} 个。`);
  say(`数据库所记的 ${records.checked} 条归档均已逐条读出并核对 SHA-256。`);
  if (records.unreadable.length > 0) {
    say(`其中 ${records.unreadable.length} 条读不出或不符（编号见清单），原归档已损坏：请从更早的备份恢复这些文件。`);
    process.exitCode = 1;
  }
}
