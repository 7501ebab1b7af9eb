import type { FrontierItem, PageCommit, PageCommitResult, Store } from '../../storage/store.ts';
import type { Archive, ArchiveRecord, Validators } from '../model/archive.ts';
import type { Clock } from '../model/clock.ts';
import type { FailureRecord } from '../model/run.ts';
import type { DetailReading, FetchedPage, PageReading, SourceAdapter, SourceRequest } from '../model/source.ts';
import type { Probe } from '../model/vanishing.ts';
import type { Absence } from './absence.ts';
import { continueChain, openChain } from './attachment-chain.ts';
import type { ChainContext } from './attachment-chain.ts';
import { checkReply } from './classify.ts';
import { guarded, isCrawlFailure, ParserBroken, recordOf } from './crawl-failure.ts';
import type { CrawlFailure } from './crawl-failure.ts';
import { bodyOf } from './fetch.ts';
import type { Fetched } from './fetch.ts';
import type { FloodGate } from './flood.ts';
import { listPart } from './list-commit.ts';
import type { ListRules, SeenRows } from './list-commit.ts';
import { ownHosts } from './own-hosts.ts';
import { timed } from './page-step.ts';
import type { PageStep } from './page-step.ts';
import { foundBy, probedNotice } from './probe.ts';
import type { KnownReply, Revalidation } from './revalidation.ts';

interface PageWorkOptions {
  adapter: SourceAdapter;
  store: Pick<Store, 'runs' | 'notices'>;
  archive: Pick<Archive, 'append' | 'read' | 'readPage'>;
  clock: Clock;
  runId: string;
  absence: Absence;
  seenRows: SeenRows;
  flood: FloodGate;
  rules: Pick<ListRules, 'full' | 'recheckDays'>;
  revalidation: Revalidation;
  fetch(request: SourceRequest, known?: Validators): Promise<Fetched>;
  tookStep(step: PageStep, ms: number): void;
}

/** The last reply to a request and, once kept, its archive record. */
interface LastReply {
  page: FetchedPage;
  /** What the site confirmed by a reply without a body. */
  confirmed: KnownReply | null;
  record: ArchiveRecord | null;
}

/** One request from fetch to commit: reply → archive → reading → everything it changes, at once. */
export class PageWork {
  readonly #options: PageWorkOptions;
  readonly #replies = new Map<string, LastReply>();
  /** What visits to the pages of vanished notices found, by notice. */
  readonly probes = new Map<string, Probe>();
  #skewMs: number | null = null;

  constructor(options: PageWorkOptions) {
    this.#options = options;
  }

  /** Throws a `CrawlFailure` when the request did not come off; nothing but the archive has changed then. */
  async handle({ request }: FrontierItem): Promise<void> {
    this.#replies.delete(request.key);
    const probed = probedNotice(request);
    const known = probed === null ? await this.#options.revalidation.known(request) : null;
    const { page, failure } = await this.#fetch(request, known?.validators);
    const confirmed = page?.status === 304 ? known : null;
    const reply: LastReply | null = page === null ? null : { page, confirmed, record: null };
    if (reply !== null) this.#replies.set(request.key, reply);
    if (page !== null) this.#watchClock(page);
    if (probed !== null) return this.#probe(request, probed, reply, failure);
    if (failure !== null) throw failure;
    if (reply === null) throw new Error(`Neither a reply nor a failure: ${request.url}`);
    const whole = confirmed === null ? reply.page : { ...confirmed.page, request };
    checkReply(whole);
    const record = await this.#keep(reply);
    const parts =
      request.role === 'attachment'
        ? await continueChain(request, record, this.#chain(record))
        : await this.#partsOf(request, await this.#readTimed(whole), record);
    const archive = this.#options.revalidation.recognisable(request, record);
    await this.#commit({ ...parts, archive }, request, reply.page);
    this.#replies.delete(request.key);
  }

  /** By how much the site's clock is ahead of ours, ms, by the reply that speaks best for it; null where none tells. */
  get skewMs(): number | null {
    return this.#skewMs;
  }

  #watchClock({ headers }: FetchedPage): void {
    const told = Date.parse(headers['date'] ?? '');
    if (Number.isNaN(told)) return;
    // What a cache answers was dated when the cache got it.
    const skew = told + Number(headers['age'] ?? 0) * 1000 - this.#options.clock.now();
    if (!Number.isNaN(skew) && Math.abs(skew) < Math.abs(this.#skewMs ?? Infinity)) this.#skewMs = skew;
  }

  /** A visit to the page of a vanished notice: whatever comes is an answer, and none is a failure of the run. */
  async #probe(
    request: SourceRequest,
    noticeId: string,
    reply: LastReply | null,
    broken: CrawlFailure | null,
  ): Promise<void> {
    const record = reply === null ? null : await this.#keep(reply);
    let failure = broken;
    let parts: Partial<PageCommit> = {};
    if (failure === null && reply !== null && record !== null) {
      try {
        checkReply(reply.page);
        parts = await this.#partsOf(
          request,
          guarded(request.url, () => this.#options.adapter.read(reply.page)),
          record,
        );
      } catch (error) {
        if (!isCrawlFailure(error)) throw error;
        failure = error;
      }
    }
    const status = reply?.page.status ?? null;
    const at = record?.fetchedAt ?? this.#options.clock.now();
    this.probes.set(noticeId, { at, found: foundBy(failure, status), status, archiveId: record?.id ?? null });
    await this.#commit({ ...parts, archive: record }, request, reply?.page);
    this.#replies.delete(request.key);
  }

  /** Commits the failure of a request with the reply that showed it. */
  async giveUp({ request }: FrontierItem, failure: CrawlFailure): Promise<FailureRecord> {
    const reply = this.#replies.get(request.key);
    this.#replies.delete(request.key);
    // A file that came in part is no file: only whole ones are archived.
    const archive = reply === undefined || request.attachment !== undefined ? null : await this.#keep(reply);
    const record = recordOf(failure, this.#options.clock.now(), request, archive?.id ?? null);
    if (request.attachment === undefined) await this.#commit({ archive, failure: record }, request, reply?.page);
    else await this.#commit(await this.#without(request, failure, record), request, reply?.page);
    return record;
  }

  /** A file that the site does not give is named with its notice; only a failure that ends the crawl is the run's. */
  async #without(request: SourceRequest, failure: CrawlFailure, record: FailureRecord): Promise<Partial<PageCommit>> {
    const givenUp = failure.remedy === 'stop';
    const detail = await this.#options.store.runs.archiveRecord(request.attachment!.detailArchiveId);
    if (detail === null) throw new Error(`The index lost the page of ${request.key}`);
    const step = await continueChain(request, null, this.#chain(detail), { givenUp });
    return givenUp ? { ...step, failure: record } : step;
  }

  #readTimed(page: FetchedPage): Promise<PageReading> {
    return timed(
      () => this.#read(page),
      (ms) => this.#options.tookStep('parse', ms),
    );
  }

  #read(page: FetchedPage): PageReading {
    return guarded(page.request.url, () => this.#options.adapter.read(page));
  }

  #chain(fresh: ArchiveRecord): ChainContext {
    const { absence, adapter, archive, store } = this.#options;
    const { notices, runs } = store;
    return { absence, archive, fresh, notices, own: ownHosts(adapter), read: (page) => this.#read(page), runs };
  }

  async #fetch(request: SourceRequest, known?: Validators): Promise<Fetched> {
    try {
      return await this.#options.fetch(request, known);
    } catch (error) {
      // What Node refuses to send (no address, a control character in a header) is the source's mistake.
      if (error instanceof TypeError) throw new ParserBroken(`请求无法发出 ${request.url}`, error);
      throw error;
    }
  }

  async #keep(reply: LastReply): Promise<ArchiveRecord> {
    if (reply.record !== null) return reply.record;
    const { adapter, archive, clock, runId, tookStep } = this.#options;
    const { request, url, status, headers, bytes } = reply.page;
    const exchange: Parameters<Archive['append']>[0] = {
      url,
      method: request.method,
      requestBody: bodyOf(request),
      request,
      status,
      headers,
      body: bytes,
      fetchedAt: clock.now(),
      sourceId: adapter.definition.id,
      runId,
      ...(reply.confirmed !== null && { revisits: reply.confirmed.record }),
    };
    reply.record = await timed(
      () => archive.append(exchange),
      (ms) => tookStep('archive', ms),
    );
    return reply.record;
  }

  async #partsOf(request: SourceRequest, reading: PageReading, record: ArchiveRecord): Promise<Partial<PageCommit>> {
    const { adapter, rules, seenRows, store } = this.#options;
    switch (reading.role) {
      case 'warmup':
        return {};
      case 'list': {
        seenRows.add(
          request,
          reading.rows.map((row) => row.externalId),
        );
        await this.#options.flood.check(request.channelId, reading.rows);
        const sourceId = adapter.definition.id;
        return listPart(request, reading, record.fetchedAt, { ...rules, sourceId, notices: store.notices });
      }
      case 'detail':
        return openChain(request, await this.#withLie(request, reading, record), record, this.#chain(record));
      case 'attachments':
        return continueChain(request, reading.attachments, this.#chain(record));
    }
  }

  async #withLie(request: SourceRequest, reading: DetailReading, record: ArchiveRecord): Promise<DetailReading> {
    const lie = await this.#options.revalidation.lieIn(request, reading, record);
    return lie === null ? reading : { ...reading, oddities: [...(reading.oddities ?? []), lie] };
  }

  #commit(
    parts: Partial<PageCommit>,
    request: SourceRequest,
    page: FetchedPage | undefined,
  ): Promise<PageCommitResult> {
    const commit: PageCommit = {
      runId: this.#options.runId,
      requestKey: request.key,
      archive: null,
      observations: [],
      seenAgain: [],
      discovered: [],
      failure: null,
      listFacts: null,
      readingFacts: null,
      ...parts,
      bytes: page?.bytes.length ?? 0,
    };
    const { store, tookStep } = this.#options;
    return timed(
      () => store.runs.commitPage(commit),
      (ms) => tookStep('store', ms),
    );
  }
}
