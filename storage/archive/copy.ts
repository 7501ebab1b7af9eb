import { copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { isArchiveFile } from './names.ts';
import { measured } from './open.ts';

/**
 * Copies every file of an archive into another, empty folder, while others append to it.
 * A file that is being written is copied up to its last complete record; one that is damaged further
 * up is copied whole, so that nothing is lost by copying. Returns the files' names in order.
 */
export async function copyArchive(from: string, to: string): Promise<string[]> {
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter(isArchiveFile).sort();
  for (const name of names) {
    const target = join(to, name);
    await copyFile(join(from, name), target);
    await endAtLastRecord(to, name);
  }
  return names;
}

/** Only what a write in progress can leave at the end is cut off: a record is far smaller than this. */
const MAX_CUT_BYTES = 64 * 1024 * 1024;

async function endAtLastRecord(folder: string, name: string): Promise<void> {
  const { intactBytes, bytes } = measured(folder, name);
  const handle = await open(join(folder, name), 'r+');
  try {
    const unfinished = bytes - intactBytes;
    if (unfinished > 0 && intactBytes > 0 && unfinished < MAX_CUT_BYTES && !(await hasMemberAfter(handle, intactBytes)))
      await handle.truncate(intactBytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Magic, method and flag of a member as this archive writes it. */
const MEMBER_START = Buffer.from([0x1f, 0x8b, 8, 4]);

/** True when another member begins behind the broken one: damage in the middle, not an unfinished end. */
async function hasMemberAfter(handle: Awaited<ReturnType<typeof open>>, offset: number): Promise<boolean> {
  const { size } = await handle.stat();
  const rest = Buffer.alloc(size - offset);
  await handle.read(rest, 0, rest.length, offset);
  return rest.indexOf(MEMBER_START, 1) !== -1;
}
