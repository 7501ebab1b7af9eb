import { existsSync } from 'node:fs';

import { moveStore } from '../../../storage/move.ts';
import type { MovedKind } from '../../../storage/move.ts';
import type { Store } from '../../../storage/store.ts';
import { CorrectInput } from '../../model/errors.ts';
import { KIND_NAMES } from '../kind-names.ts';
import { printJson, say, table } from '../output.ts';
import { isMongoAddress, openStore, storeName } from '../store-address.ts';

/** Moves everything into another, empty store and proves it by digests; what was moved, kind by kind. */
export async function migrateStore(from: Store, to: Store): Promise<MovedKind[]> {
  return moveStore(from, to, (kind, count) => say(`已写入 ${KIND_NAMES[kind]} ${count} 条`));
}

/**
 * `gongshi migrate-store --from X --to Y`: X and Y are paths of SQLite files or `mongodb://` addresses.
 * Prints one JSON line a kind (kind, count, digest) to standard output, a table for people to standard error.
 */
export async function migrateStoreCommand(options: { from: string; to: string }): Promise<void> {
  const { from, to } = options;
  if (from === to)
    throw new CorrectInput('来源与目标是同一个数据库', '请用 --to 给出另一个数据库。', { to: storeName(to) });
  // A mistyped path would otherwise be made, and an empty database "moved".
  if (!isMongoAddress(from) && !existsSync(from)) {
    throw new CorrectInput(`没有数据库文件 ${from}`, '请用 --from 给出现有的数据库文件或 MongoDB 地址。', { from });
  }
  const source = await openStore(from);
  try {
    const target = await openStore(to);
    try {
      say(`从 ${storeName(from)} 搬到 ${storeName(to)}；请在此期间停止采集和页面服务。`);
      const moved = await migrateStore(source, target);
      moved.forEach(printJson);
      say(`已逐类核对，两边摘要一致：`);
      say(table([['内容', '条数', 'SHA-256'], ...moved.map((m) => [KIND_NAMES[m.kind], String(m.count), m.digest])]));
      say('归档文件不在数据库中，请一并拷贝归档文件夹，然后在 config/gongshi.yaml 填写新的数据库地址。');
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
