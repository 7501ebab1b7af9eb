import { randomUUID } from 'node:crypto';

import type { ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';
import { gzipMember, requestRecord, responseRecord, revisitRecord, sha256 } from './warc.ts';

/** A reply on its way into the archive: the response's member first, that of a POST's request behind it. */
export interface Packed {
  entry: ArchiveEntry;
  id: string;
  members: Buffer[];
}

interface Waiting extends Packed {
  resolve: (record: ArchiveRecord) => void;
  reject: (error: unknown) => void;
}

/**
 * Collects replies that arrive while others are being written, and has them written together.
 * `write` resolves when all of them are durable; each waiting reply learns its batch's outcome.
 */
export class GroupCommit {
  readonly #write: (batch: Packed[]) => Promise<ArchiveRecord[]>;
  readonly #failed: (cause: unknown) => Promise<unknown>;
  readonly #randomId: () => string;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;

  /** `failed` puts in order what a failed write left behind and gives the error to report; it never throws. */
  constructor(options: {
    write: (batch: Packed[]) => Promise<ArchiveRecord[]>;
    failed: (cause: unknown) => Promise<unknown>;
    randomId?: () => string;
  }) {
    this.#write = options.write;
    this.#failed = options.failed;
    this.#randomId = options.randomId ?? randomUUID;
  }

  async append(entry: ArchiveEntry): Promise<ArchiveRecord> {
    if (this.#closed) throw new Error('the archive is closed');
    const id = this.#randomId();
    const { revisits } = entry;
    const reply = revisits === undefined ? responseRecord(id, entry) : revisitRecord(id, entry, revisits);
    const members = [gzipMember(reply)];
    if (entry.method === 'POST') members.push(gzipMember(requestRecord(this.#randomId(), id, entry)));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, id, members, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Takes nothing more; resolves when everything that was taken has its outcome. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
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
        const error = await this.#failed(cause);
        batch.forEach((waiting) => waiting.reject(error));
      }
    }
    this.#writing = null;
  }
}

/** Places the batch one behind the other in a file from `offset` on: the index's records, and the bytes. */
export function laidOut(
  batch: readonly Packed[],
  file: string,
  offset: number,
): { records: ArchiveRecord[]; bytes: Buffer } {
  const records: ArchiveRecord[] = [];
  let at = offset;
  for (const { entry, id, members } of batch) {
    records.push(recordOf(entry, id, file, at, members[0]!.length));
    for (const member of members) at += member.length;
  }
  return { records, bytes: Buffer.concat(batch.flatMap(({ members }) => members)) };
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
    ...(entry.revisits !== undefined && { revisits: entry.revisits.id }),
  };
}
