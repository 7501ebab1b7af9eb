import { createHash, randomUUID } from 'node:crypto';

import type { Archive, ArchiveEntry, ArchiveRecord } from '../../model/archive.ts';
import type { FetchedPage } from '../../model/source.ts';

/** An archive in memory: what was appended, in order. */
export class MemoryArchive implements Pick<Archive, 'append' | 'read' | 'readPage'> {
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

  read({ id }: ArchiveRecord): Promise<Uint8Array> {
    return Promise.resolve(this.#entry(id).body);
  }

  readPage({ id }: ArchiveRecord): Promise<FetchedPage> {
    const { request, url, status, headers, body } = this.#entry(id);
    return Promise.resolve({ request, url, status, headers, bytes: body });
  }

  #entry(id: string): ArchiveEntry {
    const entry = this.entries.find((one) => one.id === id);
    if (entry === undefined) throw new Error(`nothing archived as ${id}`);
    return entry;
  }

  /** The archived bytes of a record as text. */
  text(id: string | null | undefined): string | undefined {
    const body = this.entries.find((entry) => entry.id === id)?.body;
    return body === undefined ? undefined : Buffer.from(body).toString('utf8');
  }
}
