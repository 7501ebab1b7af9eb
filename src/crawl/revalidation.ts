import type { RunStore } from '../../storage/store.ts';
import type { Archive, ArchiveRecord, Validators } from '../model/archive.ts';
import { RestoreArchive } from '../model/errors.ts';
import type { Oddity } from '../model/incident.ts';
import type { DetailReading, FetchedPage, PageReading, SourceRequest } from '../model/source.ts';
import { noticeDigest } from '../notices/digest.ts';
import { guarded, isCrawlFailure } from './crawl-failure.ts';

/** An archived reply by which the site can be asked whether it still stands. */
export interface KnownReply {
  record: ArchiveRecord;
  validators: Validators;
  page: FetchedPage;
}

interface RevalidationOptions {
  sourceId: string;
  runs: Pick<RunStore, 'lastReply'>;
  archive: Pick<Archive, 'readPage'>;
  /** Whether this run may ask so; a sweep asks for everything whole, and by it finds what a site got wrong. */
  asks: boolean;
  /** Whether the source is ever asked so: else what it says of its bodies is nobody's concern. */
  used: boolean;
  read(page: FetchedPage): PageReading;
}

/** Conditional requests for the pages of notices (RFC 9110 §13), and what comes to light about a site's answers to them. */
export class Revalidation {
  readonly #options: RevalidationOptions;

  constructor(options: RevalidationOptions) {
    this.#options = options;
  }

  /** What the request may be asked with; null where the page is to be sent whole. */
  async known(request: SourceRequest): Promise<KnownReply | null> {
    if (!this.#options.asks || !mayBeAsked(request)) return null;
    const record = await this.#lastReply(request);
    if (record?.validators === undefined) return null;
    try {
      // Read before it is asked for: a body that cannot be read any more is fetched again.
      return { record, validators: record.validators, page: await this.#options.archive.readPage(record) };
    } catch (error) {
      if (error instanceof RestoreArchive) return null;
      throw error;
    }
  }

  /** The record of a reply that came whole and was read, with what the site gave to recognise it by. */
  recognisable(request: SourceRequest, record: ArchiveRecord): ArchiveRecord {
    if (!mayBeAsked(request) || record.revisits !== undefined) return record;
    const { etag, 'last-modified': lastModified } = record.headers;
    if (etag === undefined && lastModified === undefined) return record;
    const validators = { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
    return { ...record, validators };
  }

  /**
   * A site that gives two notices' worth of content the same validators would answer 304 to a change: found where a
   * page came whole, reads otherwise than the last one, and bears the same validators. Furniture does not count.
   */
  async lieIn(request: SourceRequest, reading: DetailReading, record: ArchiveRecord): Promise<Oddity | null> {
    if (!this.#options.used || record.revisits !== undefined || !mayBeAsked(request)) return null;
    const now = this.recognisable(request, record).validators;
    if (now === undefined || reading.notice === null) return null;
    const before = await this.#lastReply(request);
    if (before?.validators === undefined || before.sha256 === record.sha256) return null;
    const same = sameValidator(before.validators, now);
    if (same === null || !(await this.#readsOtherwise(before, reading.notice.fields))) return null;
    return { code: 'STALE_VALIDATORS', words: same };
  }

  #lastReply({ url }: SourceRequest): Promise<ArchiveRecord | null> {
    return this.#options.runs.lastReply(this.#options.sourceId, url);
  }

  async #readsOtherwise(before: ArchiveRecord, fields: Parameters<typeof noticeDigest>[0]): Promise<boolean> {
    try {
      const page = await this.#options.archive.readPage(before);
      const reading = guarded(page.request.url, () => this.#options.read(page));
      if (reading.role !== 'detail' || reading.notice === null) return false;
      return noticeDigest(reading.notice.fields) !== noticeDigest(fields);
    } catch (error) {
      // What cannot be read any more, or not by the parsers of today, proves nothing.
      if (error instanceof RestoreArchive || isCrawlFailure(error)) return false;
      throw error;
    }
  }
}

/** Notices' own pages. A list is always sent whole: what it does not show is held against others. */
function mayBeAsked({ role, method }: SourceRequest): boolean {
  return role === 'detail' && method === 'GET';
}

/** By what two bodies are the same to the site, in its words; null where they are not. An ETag goes before a date (§13.2.2). */
function sameValidator(before: Validators, now: Validators): string | null {
  if (before.etag !== undefined && now.etag !== undefined) {
    return weak(before.etag) === weak(now.etag) ? `ETag ${now.etag}` : null;
  }
  const { lastModified } = now;
  return lastModified !== undefined && lastModified === before.lastModified ? `Last-Modified ${lastModified}` : null;
}

function weak(etag: string): string {
  return etag.replace(/^W\//, '');
}
