import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { Archive, ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';
import { systemClock } from '../../src/model/clock.ts';
import type { Clock } from '../../src/model/clock.ts';
import { FreeArchiveSpace, GongshiError, RestoreArchive } from '../../src/model/errors.ts';
import type { FetchedPage, SourceRequest } from '../../src/model/source.ts';
import {
  bodyOf,
  gzipMember,
  MEMBER_HEADER_BYTES,
  memberLength,
  requestOf,
  requestRecord,
  responseRecord,
  sha256,
  warcinfoRecord,
} from './warc.ts';

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
/** WARC and HTTP headers of a record together; node:http itself stops at 16 KB of headers. */
const MAX_HEADER_BYTES = 1024 * 1024;
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

interface Waiting {
  entry: ArchiveEntry;
  id: string;
  members: Buffer[];
  resolve: (record: ArchiveRecord) => void;
  reject: (error: unknown) => void;
}

interface OpenFile {
  name: string;
  handle: FileHandle;
  bytes: number;
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
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(folder: string, options: ArchiveOptions, cutFiles: CutFile[]) {
    this.cutFiles = cutFiles;
    this.#folder = folder;
    this.#clock = options.clock ?? systemClock;
    this.#maxFileBytes = options.maxFileBytes ?? MAX_FILE_BYTES;
    this.#randomId = options.randomId ?? randomUUID;
  }

  /** Throws `FreeArchiveSpace` when the disk does not take the bytes. */
  async append(entry: ArchiveEntry): Promise<ArchiveRecord> {
    if (this.#closed) throw new Error('the archive is closed');
    const id = this.#randomId();
    const members = [gzipMember(responseRecord(id, entry))];
    if (entry.method === 'POST') members.push(gzipMember(requestRecord(this.#randomId(), id, entry)));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, id, members, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async read(record: ArchiveRecord): Promise<Uint8Array> {
    return (await this.#checked(record)).body;
  }

  async readPage(record: ArchiveRecord): Promise<FetchedPage> {
    const { body, member } = await this.#checked(record);
    const request = requestOf(member);
    if (request === null) {
      const facts = { file: record.file, id: record.id, offset: record.offset };
      throw new RestoreArchive(`归档记录 ${record.id} 没有留下当时的请求，无法重新解析`, facts);
    }
    const { url, status, headers } = record;
    return { request: JSON.parse(request) as SourceRequest, url, status, headers, bytes: body };
  }

  /** A record unpacked, its body checked against the index. */
  async #checked(record: ArchiveRecord): Promise<{ member: Buffer; body: Buffer }> {
    const facts = { file: record.file, id: record.id, offset: record.offset };
    // The index may be an edited copy: it must not lead out of the folder.
    if (basename(record.file) !== record.file) throw new RestoreArchive('归档记录的文件名不合法', facts);
    let member: Buffer;
    let body: Buffer | null;
    try {
      member = gunzipSync(await this.#member(record), { maxOutputLength: record.size + MAX_HEADER_BYTES });
      body = bodyOf(member);
    } catch (cause) {
      throw new RestoreArchive(`归档文件 ${record.file} 读不出记录 ${record.id}`, facts, cause);
    }
    if (body === null || body.length !== record.size || sha256(body) !== record.sha256) {
      throw new RestoreArchive(`归档文件 ${record.file} 中记录 ${record.id} 的内容与入库时的 SHA-256 不符`, facts);
    }
    return { member, body };
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
    this.#closed = true;
    await this.#writing;
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

  /** Writes batch after batch until nothing waits. Never rejects: each record learns its own outcome. */
  async #writeAll(): Promise<void> {
    // Lets everything that was appended in the same turn into the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const records = await this.#write(batch);
        batch.forEach((waiting, i) => waiting.resolve(records[i]!));
      } catch (cause) {
        const error = cause instanceof GongshiError ? cause : new FreeArchiveSpace(this.#folder, cause);
        batch.forEach((waiting) => waiting.reject(error));
        await this.#abandonFile();
      }
    }
    this.#writing = null;
  }

  async #write(batch: Waiting[]): Promise<ArchiveRecord[]> {
    const file = await this.#fileForWriting();
    const records: ArchiveRecord[] = [];
    const buffers: Buffer[] = [];
    let offset = file.bytes;
    for (const { entry, id, members } of batch) {
      records.push(recordOf(entry, id, file.name, offset, members[0]!.length));
      for (const member of members) {
        buffers.push(member);
        offset += member.length;
      }
    }
    await writeWhole(file.handle, Buffer.concat(buffers));
    await file.handle.datasync();
    file.bytes = offset;
    return records;
  }

  async #fileForWriting(): Promise<OpenFile> {
    if (this.#file !== null && this.#file.bytes >= this.#maxFileBytes) await this.#endFile();
    this.#file ??= await this.#beginFile();
    return this.#file;
  }

  async #beginFile(): Promise<OpenFile> {
    const at = this.#clock.now();
    const time = new Date(at).toISOString().replace(/[-:.]/g, '');
    for (;;) {
      this.#files += 1;
      const name = `gongshi-${time}-${process.pid}-${this.#files}.warc.gz`;
      const handle = await open(join(this.#folder, name), 'ax').catch(unlessTaken);
      if (handle === null) continue;
      const info = gzipMember(warcinfoRecord(this.#randomId(), at, name));
      await writeWhole(handle, info);
      await syncFolder(this.#folder);
      return { name, handle, bytes: info.length };
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

function recordOf(entry: ArchiveEntry, id: string, file: string, offset: number, length: number): ArchiveRecord {
  return {
    id,
    file,
    offset,
    length,
    url: entry.url,
    method: entry.method,
    status: entry.status,
    headers: entry.headers,
    fetchedAt: entry.fetchedAt,
    sha256: sha256(entry.body),
    size: entry.body.length,
    sourceId: entry.sourceId,
    runId: entry.runId,
  };
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
async function syncFolder(folder: string): Promise<void> {
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

/** True for the name of a file that an archive writes. */
export function isArchiveFile(name: string): boolean {
  return /^gongshi-.*\.warc\.gz$/.test(name);
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
