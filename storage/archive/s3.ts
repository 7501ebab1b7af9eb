import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { S3Client } from '@aws-sdk/client-s3';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3';

import type { Archive, ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';
import { systemClock } from '../../src/model/clock.ts';
import { FreeArchiveSpace, ReachArchive } from '../../src/model/errors.ts';
import type { FetchedPage } from '../../src/model/source.ts';
import { GroupCommit, laidOut } from './group-commit.ts';
import type { Packed } from './group-commit.ts';
import { archiveFileName, isArchiveFile } from './names.ts';
import type { ArchivePlace, OpenOptions } from './place.ts';
import { pageOf, unpack, unreadable } from './unpack.ts';
import type { Unpacked } from './unpack.ts';
import { gzipMember, warcinfoRecord } from './warc.ts';

export interface S3Settings {
  bucket: string;
  /** Of every key; no slash at either end, empty for the bucket itself. */
  prefix: string;
  /** Null: the provider's own for the region. */
  endpoint: string | null;
  region: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`: most storages outside the big clouds ask for it. */
  pathStyle: boolean;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** A request without an answer for so long is given up and tried again. */
  timeoutMs?: number;
}

/** A batch is some hundred KB, a finished file up to 256 MB: half a minute carries that over any office line but the slowest. */
const TIMEOUT_MS = 30_000;
const CONNECT_MS = 5_000;
/** With the client's growing pauses a storage that is away for some seconds is outlasted. */
const ATTEMPTS = 4;

/**
 * An archive in a bucket of an S3-compatible storage. Objects cannot be appended to: each batch of replies is one
 * object, a WARC file like any other. An object is there whole or not at all; `append` resolves when the storage has
 * acknowledged it. A name carries time, process and chance, so that no two writers meet in one, and writing the same
 * object again after an answer was lost changes nothing.
 */
export function s3Place(settings: S3Settings): ArchivePlace {
  const bucket = new Bucket(settings);
  return {
    name: bucket.name,
    open: async (options) => new S3Archive(bucket, options),
    files: () => bucket.files(),
    stream: (file) => bucket.stream(file),
    read: (file, offset, length) => bucket.read(file, offset, length),
    write: async (file, bytes) => bucket.put(file, Buffer.concat(await buffersOf(bytes))),
    remove: (file) => bucket.remove(file),
    copyInto: async (folder) => {
      await mkdir(folder, { recursive: true });
      const files = await bucket.files();
      for (const file of files)
        await pipeline(bucket.stream(file), createWriteStream(join(folder, file), { flush: true }));
      return files;
    },
  };
}

class S3Archive implements Archive {
  readonly #bucket: Bucket;
  readonly #commits: GroupCommit;
  #objects = 0;

  constructor(bucket: Bucket, { clock = systemClock }: OpenOptions = {}) {
    this.#bucket = bucket;
    this.#commits = new GroupCommit({
      write: (batch) => this.#write(batch, clock.now()),
      failed: async (cause) => cause,
    });
  }

  append(entry: ArchiveEntry): Promise<ArchiveRecord> {
    return this.#commits.append(entry);
  }

  async read(record: ArchiveRecord): Promise<Uint8Array> {
    return (await this.#checked(record)).body;
  }

  async readPage(record: ArchiveRecord): Promise<FetchedPage> {
    return pageOf(record, await this.#checked(record));
  }

  /** One small object, always the same: what may be written here need not be allowed to delete. */
  checkWritable(): Promise<void> {
    return this.#bucket.put('.writable', Buffer.from('x'));
  }

  close(): Promise<void> {
    return this.#commits.close();
  }

  async #write(batch: Packed[], at: number): Promise<ArchiveRecord[]> {
    this.#objects += 1;
    const name = archiveFileName(at, `${this.#objects}-${randomBytes(4).toString('hex')}`);
    const info = gzipMember(warcinfoRecord(randomUUID(), at, name));
    const { records, bytes } = laidOut(batch, name, info.length);
    await this.#bucket.put(name, Buffer.concat([info, bytes]));
    return records;
  }

  #checked(record: ArchiveRecord): Promise<Unpacked> {
    return unpack(record, async () => {
      try {
        return await this.#bucket.read(record.file, record.offset, record.length);
      } catch (error) {
        if (error instanceof ReachArchive) throw error;
        throw unreadable(record, error);
      }
    });
  }
}

class Bucket {
  readonly name: string;
  readonly #client: S3Client;
  readonly #settings: S3Settings;

  constructor(settings: S3Settings) {
    this.#settings = settings;
    this.name = `s3://${[settings.bucket, settings.prefix].filter((part) => part !== '').join('/')}`;
    const requestTimeout = settings.timeoutMs ?? TIMEOUT_MS;
    this.#client = new S3Client({
      region: settings.region,
      ...(settings.endpoint !== null && { endpoint: settings.endpoint }),
      forcePathStyle: settings.pathStyle,
      credentials: settings.credentials,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout, throwOnRequestTimeout: true },
      // The checksums that came with the newer clients are unknown to many compatible storages; Content-MD5 is not.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  /** Throws `FreeArchiveSpace`. */
  async put(file: string, body: Buffer): Promise<void> {
    const ContentMD5 = createHash('md5').update(body).digest('base64');
    try {
      await this.#client.send(new PutObjectCommand({ ...this.#object(file), Body: body, ContentMD5 }));
    } catch (cause) {
      throw new FreeArchiveSpace(this.name, cause, '请检查对象存储的地址、密钥、写入权限与容量');
    }
  }

  /** Throws what the storage says of an object that is not there, `ReachArchive` for all else. */
  async read(file: string, offset: number, length: number): Promise<Buffer> {
    return this.#reaching(async () => {
      const Range = `bytes=${offset}-${offset + length - 1}`;
      const { Body, ContentRange } = await this.#client.send(new GetObjectCommand({ ...this.#object(file), Range }));
      if (ContentRange?.startsWith(`bytes ${offset}-`) !== true)
        throw new Error(`asked for ${Range}, got ${ContentRange}`);
      return Buffer.from(await Body!.transformToByteArray());
    });
  }

  async *stream(file: string): AsyncGenerator<Uint8Array> {
    const { Body } = await this.#reaching(() => this.#client.send(new GetObjectCommand(this.#object(file))));
    yield* Body as AsyncIterable<Uint8Array>;
  }

  async files(): Promise<string[]> {
    const { bucket: Bucket, prefix } = this.#settings;
    const Prefix = prefix === '' ? '' : `${prefix}/`;
    const names: string[] = [];
    let after: string | undefined;
    do {
      const ask = new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: after });
      const page = await this.#reaching(() => this.#client.send(ask));
      names.push(...(page.Contents ?? []).map(({ Key }) => Key!.slice(Prefix.length)));
      after = page.NextContinuationToken;
    } while (after !== undefined);
    return names.filter(isArchiveFile).sort();
  }

  async remove(file: string): Promise<void> {
    await this.#reaching(() => this.#client.send(new DeleteObjectCommand(this.#object(file))));
  }

  #object(file: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.#settings;
    return { Bucket: bucket, Key: prefix === '' ? file : `${prefix}/${file}` };
  }

  async #reaching<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NoSuchKey) throw error;
      throw new ReachArchive(this.name, error);
    }
  }
}

async function buffersOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return chunks;
}
