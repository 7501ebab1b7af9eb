import { resolve } from 'node:path';

import { loadConfig } from '../../../config/load.ts';
import { bringBack } from '../backup/bring-back.ts';
import { KIND_NAMES } from '../kind-names.ts';
import { say } from '../output.ts';
import { storeName } from '../store-address.ts';
import { placesOf } from '../workshop.ts';

/** `gongshi restore FOLDER`: into the places that the configuration names. */
export async function restore(options: { config: string; folder: string }): Promise<void> {
  const places = await placesOf(loadConfig(options.config));
  const { archive, records, takenAt } = await bringBack(resolve(options.folder), places, (kind, count) =>
    say(`已写入 ${KIND_NAMES[kind]} ${count} 条`),
  );
  say(
    `已恢复 ${takenAt} 时的状态：数据库 ${storeName(places.database)}，归档文件 ${archive.length} 个（${places.archive.name}），均与备份清单相符。`,
  );
  say(`备份时核对过的归档记录：${records.checked} 条。`);
  if (records.unreadable.length > 0) say(`注意：其中 ${records.unreadable.length} 条在备份时即已损坏。`);
}
