import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { FreeArchiveSpace, GongshiError } from '../../src/model/errors.ts';
import { copyArchive } from './copy.ts';
import { isArchiveFile } from './names.ts';
import { openArchive, syncFolder } from './open.ts';
import type { ArchivePlace } from './place.ts';

/** An archive in a folder of this machine, or of a file system that several machines share. */
export function folderPlace(folder: string): ArchivePlace {
  return {
    name: folder,
    open: (options) => openArchive(folder, options),
    files: async () => (existsSync(folder) ? (await readdir(folder)).filter(isArchiveFile).sort() : null),
    stream: (file) => createReadStream(join(folder, file)),
    read: (file, offset, length) => readPart(join(folder, file), offset, length),
    write: (file, bytes) => writeWhole(folder, file, bytes),
    remove: (file) => rm(join(folder, file), { force: true }),
    copyInto: (target) => copyArchive(folder, target),
  };
}

async function readPart(path: string, offset: number, length: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Under another name until it is whole and on disk: what has the name of an archive file is one. */
async function writeWhole(folder: string, file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const arriving = join(folder, `${file}.arriving`);
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(arriving, 'w');
    try {
      for await (const chunk of bytes) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(arriving, join(folder, file));
    await syncFolder(folder);
  } catch (cause) {
    await rm(arriving, { force: true });
    // What the bytes come from may have failed, not the folder.
    throw cause instanceof GongshiError ? cause : new FreeArchiveSpace(folder, cause);
  }
}
