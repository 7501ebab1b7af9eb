import { writeSync } from 'node:fs';

import { openArchive } from '../../storage/archive/open.ts';
import { buildArchiveEntry } from './build.ts';

/** Appends to the archive in the folder given, until killed; prints each record once it is acknowledged. */
const archive = await openArchive(process.argv[2]!);
for (let i = 0; ; i += 4) {
  const records = await Promise.all(
    [0, 1, 2, 3].map((n) => archive.append(buildArchiveEntry({ body: Buffer.from(`公告 ${i + n} `.repeat(2000)) }))),
  );
  records.forEach((record) => writeSync(1, `${JSON.stringify(record)}\n`));
}
