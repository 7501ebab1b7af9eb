import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Archive, ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import { FreeArchiveSpace } from '../../src/model/errors.ts';
import type { FetchedPage } from '../../src/model/source.ts';
import { GroupCommit, laidOut } from './group-commit.ts';
import type { Packed } from './group-commit.ts';
import { archiveFileName, isArchiveFile } from './names.ts';
import { pageOf, unpack, unreadable } from './unpack.ts';
import type { Unpacked } from './unpack.ts';
import { gzipMember, MEMBER_HEADER_BYTES, memberLength, warcinfoRecord } from './warc.ts';

interface ArchiveOptions {
  /** Names the files. */
  clock?: Clock;
  /** A file that has reached this size is ended and another begun. */
  maxFileBytes?: number;
  /** Record ids. */
  randomId?: () => string;
}

/** A file whose last record a killed process left unfinished: everything before `intactBytes` can be read. */
interface CutFile {
  file: string;
  intactBytes: number;
  bytes: number;
}

/** 256 MB: a day of one prefecture fits in one file, and a file still copies to any medium. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** A file older than two days can be told by its name to be written by nobody: see retention. */
export const MAX_FILE_AGE_MS = 24 * 3_600_000;
/**
 * Files looked at for a cut end, latest first. Only a process that was killed leaves one,
 * and each process writes its own file: more than these were looked at before.
 */
const CHECKED_FILES = 3;

/**
 * Opens the archive: WARC 1.1 files in one folder, each record its own gzip member.
 *
 * Guarantee: when `append` resolves, the record's bytes have been handed to the disk (fdatasync) and survive
 * a killed process and a power cut. Records waiting at the same time share one fdatasync.
 * An opened archive never writes into a file that exists: names carry time and process, and are taken exclusively.
 * So two processes never share one, and a file that was cut off is left as it is, with all its complete records.
 */
export async function openArchive(folder: string, options: ArchiveOptions = {}): Promise<WarcArchive> {
  try {
    await mkdir(folder, { recursive: true });
    return new WarcArchive(folder, options, await findCutFiles(folder));
  } catch (cause) {
    throw new FreeArchiveSpace(folder, cause);
  }
}

interface OpenFile {
  name: string;
  handle: FileHandle;
  bytes: number;
  begunAt: number;
}

class WarcArchive implements Archive {
  /** Found at opening; for the report, nothing needs to be done about them. */
  readonly cutFiles: readonly CutFile[];
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #maxFileBytes: number;
  readonly #randomId: () => string;
  #file: OpenFile | null = null;
  #files = 0;
  readonly #commits: GroupCommit;

  constructor(folder: string, options: ArchiveOptions, cutFiles: CutFile[]) {
    this.cutFiles = cutFiles;
    this.#folder = folder;
    this.#clock = options.clock ?? systemClock;
    this.#maxFileBytes = options.maxFileBytes ?? MAX_FILE_BYTES;
    this.#randomId = options.randomId ?? randomUUID;
    this.#commits = new GroupCommit({
      write: (batch) => this.#write(batch),
      failed: async (cause) => {
        await this.#abandonFile();
        return new FreeArchiveSpace(folder, cause);
      },
      randomId: this.#randomId,
    });
  }

  /** Throws `FreeArchiveSpace` when the disk does not take the bytes. */
  async append(entry: ArchiveEntry): Promise<ArchiveRecord> {
    return this.#commits.append(entry);
  }

  async read(record: ArchiveRecord): Promise<Uint8Array> {
    return (await this.#checked(record)).body;
  }

  async readPage(record: ArchiveRecord): Promise<FetchedPage> {
    return pageOf(record, await this.#checked(record));
  }

  #checked(record: ArchiveRecord): Promise<Unpacked> {
    return unpack(record, async () => {
      try {
        return await this.#member(record);
      } catch (cause) {
        throw unreadable(record, cause);
      }
    });
  }

  async checkWritable(): Promise<void> {
    const probe = join(this.#folder, `.writable-${this.#randomId()}`);
    try {
      const handle = await open(probe, 'wx');
      try {
        await handle.write('x');
        await handle.datasync();
      } finally {
        await handle.close();
        await rm(probe, { force: true });
      }
    } catch (cause) {
      throw new FreeArchiveSpace(this.#folder, cause);
    }
  }

  async close(): Promise<void> {
    await this.#commits.close();
    await this.#endFile();
  }

  async #member(record: ArchiveRecord): Promise<Buffer> {
    const handle = await open(join(this.#folder, record.file), 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(record.length), 0, record.length, record.offset);
      if (bytesRead !== record.length) throw new Error(`only ${bytesRead} of ${record.length} bytes are there`);
      return buffer;
    } finally {
      await handle.close();
    }
  }

  async #write(batch: Packed[]): Promise<ArchiveRecord[]> {
    const file = await this.#fileForWriting();
    const { records, bytes } = laidOut(batch, file.name, file.bytes);
    await writeWhole(file.handle, bytes);
    await file.handle.datasync();
    file.bytes += bytes.length;
    return records;
  }

  async #fileForWriting(): Promise<OpenFile> {
    const file = this.#file;
    const isOld = file !== null && this.#clock.now() - file.begunAt >= MAX_FILE_AGE_MS;
    if (file !== null && (isOld || file.bytes >= this.#maxFileBytes)) await this.#endFile();
    this.#file ??= await this.#beginFile();
    return this.#file;
  }

  async #beginFile(): Promise<OpenFile> {
    const at = this.#clock.now();
    for (;;) {
      this.#files += 1;
      const name = archiveFileName(at, String(this.#files));
      const handle = await open(join(this.#folder, name), 'ax').catch(unlessTaken);
      if (handle === null) continue;
      const info = gzipMember(warcinfoRecord(this.#randomId(), at, name));
      await writeWhole(handle, info);
      await syncFolder(this.#folder);
      return { name, handle, bytes: info.length, begunAt: at };
    }
  }

  async #endFile(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.handle.close();
  }

  /** After a failed write the end of the file is unknown: nothing more goes into it. */
  async #abandonFile(): Promise<void> {
    try {
      await this.#endFile();
    } catch {
      // Closing a file whose write failed can fail for the same reason, which the waiting records have been told.
    }
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
    written += bytesWritten;
  }
}

/** Null when another process has the name. */
function unlessTaken(error: NodeJS.ErrnoException): null {
  if (error.code === 'EEXIST') return null;
  throw error;
}

/** A new file's name must survive a power cut as well. Windows cannot open folders and needs no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function findCutFiles(folder: string): Promise<CutFile[]> {
  const names = (await readdir(folder)).filter(isArchiveFile).sort();
  return names
    .slice(-CHECKED_FILES)
    .map((name) => measured(folder, name))
    .filter((found) => found.intactBytes < found.bytes);
}

/** Walks from member to member by their lengths. Synchronous: tens of thousands of 24-byte reads, once. */
export function measured(folder: string, file: string): CutFile {
  const descriptor = openSync(join(folder, file), 'r');
  try {
    const { size: bytes } = fstatSync(descriptor);
    const header = Buffer.alloc(MEMBER_HEADER_BYTES);
    let intactBytes = 0;
    while (intactBytes < bytes) {
      const read = readSync(descriptor, header, 0, MEMBER_HEADER_BYTES, intactBytes);
      const length = memberLength(header.subarray(0, read));
      if (length === null || intactBytes + length > bytes) break;
      intactBytes += length;
    }
    return { file, intactBytes, bytes };
  } finally {
    closeSync(descriptor);
  }
}
