import type { FetchedPage, SourceRequest } from './source.ts';

/** One archived response: where its bytes lie and what can be checked about them. */
export interface ArchiveRecord {
  /** WARC-Record-ID without the `urn:uuid:` wrapping. */
  id: string;
  /** WARC file, relative to the archive's folder. */
  file: string;
  /** Byte offset and length of the record's gzip member in that file. */
  offset: number;
  length: number;
  url: string;
  method: 'GET' | 'POST';
  status: number;
  headers: Record<string, string>;
  /** Epoch ms of the response. */
  fetchedAt: number;
  /** SHA-256 of the body's bytes, hex. */
  sha256: string;
  size: number;
  sourceId: string;
  runId: string;
  /**
   * The reply without a body by which a site confirmed an earlier one (304, RFC 9110 §15.4.5): the id of the record of
   * that one, which has a body. Left out on every other reply.
   */
  revisits?: string;
  /** By what the site can be asked whether this body still stands; only of replies that came whole and could be read. */
  validators?: Validators;
}

/** What a site gave to recognise a body by (RFC 9110 §8.8), as it wrote it. At least one of the two. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

/** Id of the record that holds the body a reply stands for: its own, or the one it confirms. */
export function bodyRecordId({ id, revisits }: Pick<ArchiveRecord, 'id' | 'revisits'>): string {
  return revisits ?? id;
}

/** A response as it goes into the archive. */
export interface ArchiveEntry {
  url: string;
  method: 'GET' | 'POST';
  /** Body of a POST as sent, so that the record can be told from others of the same address. */
  requestBody: string | null;
  /** What the source asked for, as its parser needs it to read the reply again. */
  request: SourceRequest;
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
  fetchedAt: number;
  sourceId: string;
  runId: string;
  /** A 304: the record of the reply that it confirms. */
  revisits?: ArchiveRecord;
}

/** The archive in domain terms. */
export interface Archive {
  /** Appends; resolves when the record is on disk. */
  append(entry: ArchiveEntry): Promise<ArchiveRecord>;
  /** The body's bytes, checked against the record's SHA-256. Throws `RestoreArchive` when they differ or are gone. */
  read(record: ArchiveRecord): Promise<Uint8Array>;
  /** The whole reply with what was asked, as the source's parser takes it. Throws as `read` does. */
  readPage(record: ArchiveRecord): Promise<FetchedPage>;
  /** Proves by writing that the next reply could be kept. Throws `FreeArchiveSpace`. */
  checkWritable(): Promise<void>;
  close(): Promise<void>;
}
