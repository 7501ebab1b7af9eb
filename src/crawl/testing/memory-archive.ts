import { createHash, randomUUID } from 'node:crypto';

import type { Archive, ArchiveEntry, ArchiveRecord } from '../../model/archive.ts';
import { RestoreArchive } from '../../model/errors.ts';
import type { FetchedPage } from '../../model/source.ts';

/** An archive in memory: what was appended, in order. */
export class MemoryArchive implements Pick<Archive, 'append' | 'read' | 'readPage'> {
  readonly entries: (ArchiveEntry & { id: string })[] = [];
  #lost = 0;

  append(entry: ArchiveEntry): Promise<ArchiveRecord> {
    const id = randomUUID();
    this.entries.push({ ...entry, id });
    const { url, method, status, headers, fetchedAt, sourceId, runId, body } = entry;
    const sha256 = createHash('sha256').update(body).digest('hex');
    const place = { file: 'memory', offset: 0, length: body.length };
    const size = body.length;
    const revisits = entry.revisits === undefined ? {} : { revisits: entry.revisits.id };
    const record = {
      id,
      ...place,
      url,
      method,
      status,
      headers,
      fetchedAt,
      sha256,
      size,
      sourceId,
      runId,
      ...revisits,
    };
    return Promise.resolve(record);
  }

  async read({ id }: ArchiveRecord): Promise<Uint8Array> {
    return this.#entry(id).body;
  }

  async readPage({ id }: ArchiveRecord): Promise<FetchedPage> {
    const { request, url, status, headers, body } = this.#entry(id);
    return { request, url, status, headers, bytes: body };
  }

  /** From now on everything archived so far is damaged. */
  lose(): void {
    this.#lost = this.entries.length;
  }

  #entry(id: string): ArchiveEntry {
    const place = this.entries.findIndex((one) => one.id === id);
    if (place === -1) throw new Error(`nothing archived as ${id}`);
    if (place < this.#lost) throw new RestoreArchive(`lost: ${id}`, { file: 'memory', id });
    return this.entries[place]!;
  }

  /** The archived bytes of a record as text. */
  text(id: string | null | undefined): string | undefined {
    const body = this.entries.find((entry) => entry.id === id)?.body;
    return body === undefined ? undefined : Buffer.from(body).toString('utf8');
  }
}
