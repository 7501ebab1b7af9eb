import { randomBytes, randomUUID } from 'node:crypto';

import type { ArchiveRecord } from '../../src/model/archive.ts';
import { ReachArchive } from '../../src/model/errors.ts';
import { archiveFileName } from './names.ts';
import type { ArchivePlace } from './place.ts';
import { unpack, unreadable } from './unpack.ts';
import { gzipMember, MEMBER_HEADER_BYTES, memberLength, warcinfoRecord } from './warc.ts';

/** Where the records of a file lie now. */
export interface Rewritten {
  file: string;
  moved: { id: string; file: string; offset: number }[];
}

/**
 * Writes some records of a finished file into a new one, member by member as they are, a POST's request behind its
 * reply; each is checked against its SHA-256 on the way. The old file is not touched, the new one is durable.
 * Throws `RestoreArchive` when one of them cannot be read: then there is no new file.
 * @param at names the new file, epoch ms
 */
export async function rewriteFile(
  place: ArchivePlace,
  records: readonly ArchiveRecord[],
  at: number,
): Promise<Rewritten> {
  const file = archiveFileName(at, `kept-${randomBytes(4).toString('hex')}`);
  const moved: Rewritten['moved'] = [];
  const members = async function* (): AsyncGenerator<Uint8Array> {
    const info = gzipMember(warcinfoRecord(randomUUID(), at, file));
    let offset = info.length;
    yield info;
    for (const record of [...records].sort((a, b) => a.offset - b.offset)) {
      const reply = await place.read(record.file, record.offset, record.length).catch((cause: unknown) => {
        throw cause instanceof ReachArchive ? cause : unreadable(record, cause);
      });
      await unpack(record, async () => reply);
      moved.push({ id: record.id, file, offset });
      offset += reply.length;
      yield reply;
      if (record.method !== 'POST') continue;
      const request = await memberAt(place, record.file, record.offset + record.length);
      if (request === null) throw unreadable(record, new Error('the request behind the reply is not there'));
      offset += request.length;
      yield request;
    }
  };
  await place.write(file, members());
  return { file, moved };
}

async function memberAt(place: ArchivePlace, file: string, offset: number): Promise<Buffer | null> {
  const length = memberLength(await place.read(file, offset, MEMBER_HEADER_BYTES));
  return length === null ? null : place.read(file, offset, length);
}
