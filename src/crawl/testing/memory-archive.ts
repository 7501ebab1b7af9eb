import { createHash, randomUUID } from 'node:crypto';

import type { Archive, ArchiveEntry, ArchiveRecord } from '../../model/archive.ts';
import type { FetchedPage } from '../../model/source.ts';

/** An archive in memory: what was appended, in order. */
export class MemoryArchive implements Pick<Archive, 'append' | 'readPage'> {
  readonly entries: (ArchiveEntry & { id: string })[] = [];

  append(entry: ArchiveEntry): Promise<ArchiveRecord> {
    const id = randomUUID();
    this.entries.push({ ...entry, id });
    const { url, method, status, headers, fetchedAt, sourceId, runId, body } = entry;
    const sha256 = createHash('sha256').update(body).digest('hex');
    const place = { file: 'memory', offset: 0, length: body.length };
    const size = body.length;
    return Promise.resolve({ id, ...place, url, method, status, headers, fetchedAt, sha256, size, sourceId, runId });
  }

  readPage({ id, url, status, headers }: ArchiveRecord): Promise<FetchedPage> {
    const { request, body } = this.entries.find((entry) => entry.id === id)!;
    return Promise.resolve({ request, url, status, headers, bytes: body });
  }

  /** The archived bytes of a record as text. */
  text(id: string | null | undefined): string | undefined {
    const body = this.entries.find((entry) => entry.id === id)?.body;
    return body === undefined ? undefined : Buffer.from(body).toString('utf8');
  }
}
