import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';

import type { ArchiveRecord } from '../../src/model/archive.ts';
import { RestoreArchive } from '../../src/model/errors.ts';
import type { FetchedPage, SourceRequest } from '../../src/model/source.ts';
import { bodyOf, requestOf, sha256 } from './warc.ts';

/** WARC and HTTP headers of a record together; node:http itself stops at 16 KB of headers. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** A record unpacked, its body checked against the index. */
export interface Unpacked {
  member: Buffer;
  body: Buffer;
}

/**
 * Unpacks a record whose gzip member `read` gives. Throws `RestoreArchive` where the bytes are gone or are not the
 * ones that were kept; an error of `read` that is the operator's already goes through as it is.
 */
export async function unpack(record: ArchiveRecord, read: () => Promise<Buffer>): Promise<Unpacked> {
  const facts = factsOf(record);
  // The index may be an edited copy: it must not lead out of the archive.
  if (basename(record.file) !== record.file) throw new RestoreArchive('归档记录的文件名不合法', facts);
  const packed = await read();
  let member: Buffer;
  let body: Buffer | null;
  try {
    member = gunzipSync(packed, { maxOutputLength: record.size + MAX_HEADER_BYTES });
    body = bodyOf(member);
  } catch (cause) {
    throw unreadable(record, cause);
  }
  if (body === null || body.length !== record.size || sha256(body) !== record.sha256) {
    throw new RestoreArchive(`归档文件 ${record.file} 中记录 ${record.id} 的内容与入库时的 SHA-256 不符`, facts);
  }
  return { member, body };
}

/** What was asked when a record was fetched; null where it does not say. */
export function askedFor({ member }: Unpacked): SourceRequest | null {
  const request = requestOf(member);
  return request === null ? null : (JSON.parse(request) as SourceRequest);
}

/** Throws `RestoreArchive` where the record does not say what was asked. */
export function pageOf(record: ArchiveRecord, unpacked: Unpacked): FetchedPage {
  const request = askedFor(unpacked);
  if (request === null) {
    throw new RestoreArchive(`归档记录 ${record.id} 没有留下当时的请求，无法重新解析`, factsOf(record));
  }
  const { url, status, headers } = record;
  return { request, url, status, headers, bytes: unpacked.body };
}

export function unreadable(record: ArchiveRecord, cause: unknown): RestoreArchive {
  return new RestoreArchive(`归档文件 ${record.file} 读不出记录 ${record.id}`, factsOf(record), cause);
}

function factsOf({ file, id, offset }: ArchiveRecord): { file: string; id: string; offset: number } {
  return { file, id, offset };
}
