import type { ArchiveRecord, Validators } from '../../src/model/archive.ts';
import type { ReadingFacts } from '../../src/model/incident.ts';
import type { ChannelOutcome, CoverageSpan, FailureRecord, Run, RunOutcome } from '../../src/model/run.ts';
import type { CrawlWindow, SourceRequest } from '../../src/model/source.ts';
import { ROLE_RANK } from '../shared/role-rank.ts';
import type {
  ArchiveChange,
  ChannelTally,
  FrontierEntry,
  FrontierItem,
  PageCommit,
  PageCommitResult,
  RunStore,
} from '../store.ts';
import type { Connection } from './connection.ts';
import type { NoticeTable } from './notices.ts';

const DETAIL_RANK = ROLE_RANK.detail;
/** Rows an iterator reads at a time. */
const READ_BATCH = 500;

type ListFacts = NonNullable<PageCommit['listFacts']>;

export class RunTable implements RunStore {
  readonly #connection: Connection;
  readonly #notices: NoticeTable;

  constructor(connection: Connection, notices: NoticeTable) {
    this.#connection = connection;
    this.#notices = notices;
  }

  async unfinished(sourceId: string, window: CrawlWindow, full: boolean): Promise<Run | null> {
    const row = this.#connection.get<RunRow>(
      `SELECT * FROM runs WHERE source_id = ? AND finished_at IS NULL AND since IS ? AND until IS ? AND full = ?
       ORDER BY started_at DESC, id DESC LIMIT 1`,
      sourceId,
      window.since,
      window.until,
      full ? 1 : 0,
    );
    return row === undefined ? null : this.#runOf(row);
  }

  async begin(run: Run, first: SourceRequest[]): Promise<void> {
    await this.#connection.write(() => {
      const added = this.#connection.run(
        `INSERT INTO runs (id, source_id, since, until, full, backfill, started_at, finished_at, outcome, reason, requests, bytes)
         VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 'running', NULL, ?, ?) ON CONFLICT (id) DO NOTHING`,
        run.id,
        run.sourceId,
        run.window.since,
        run.window.until,
        run.full ? 1 : 0,
        run.backfill ? 1 : 0,
        run.startedAt,
        run.requests,
        run.bytes,
      );
      if (added === 1) this.#enqueue(run.id, first);
    });
  }

  async waiting(runId: string, limit: number): Promise<FrontierItem[]> {
    return this.#connection
      .all<{ request: string; attempts: number }>(
        `SELECT request, attempts FROM frontier WHERE run_id = ? AND state = 'waiting' ORDER BY role_rank, seq LIMIT ?`,
        runId,
        limit,
      )
      .map((row) => ({ request: JSON.parse(row.request) as SourceRequest, attempts: row.attempts }));
  }

  async countWaiting(runId: string): Promise<number> {
    const sql = `SELECT count(*) AS n FROM frontier WHERE run_id = ? AND state = 'waiting'`;
    return this.#connection.get<{ n: number }>(sql, runId)!.n;
  }

  async attempted(runId: string, requestKey: string): Promise<void> {
    await this.#connection.write(() => {
      const counted = this.#connection.run(
        `UPDATE frontier SET attempts = attempts + 1 WHERE run_id = ? AND key = ? AND state = 'waiting'`,
        runId,
        requestKey,
      );
      if (counted === 1) this.#connection.run('UPDATE runs SET requests = requests + 1 WHERE id = ?', runId);
    });
  }

  async commitPage(commit: PageCommit): Promise<PageCommitResult> {
    const result = await this.#connection.write(() => this.#commit(commit));
    this.#notices.indexSome();
    return result;
  }

  async tally(runId: string): Promise<ChannelTally[]> {
    const rows = this.#connection.all<{
      channel_id: string;
      fetched: number;
      failed: number;
      pending: number;
      created: number;
      changed: number;
    }>(
      `SELECT channel_id,
         sum(state = 'done' AND role_rank = ${DETAIL_RANK}) AS fetched,
         sum(state = 'failed') AS failed,
         sum(state = 'waiting') AS pending,
         sum(created) AS created,
         sum(changed) AS changed
       FROM frontier WHERE run_id = ? GROUP BY channel_id ORDER BY min(seq)`,
      runId,
    );
    const lists = this.#connection
      .all<{ facts: string }>('SELECT facts FROM frontier WHERE run_id = ? AND facts IS NOT NULL ORDER BY seq', runId)
      .map((row) => JSON.parse(row.facts) as ListFacts)
      .sort((a, b) => a.page - b.page);
    return rows.map((row) => ({
      channelId: row.channel_id,
      lists: lists.filter((facts) => facts.channelId === row.channel_id),
      fetched: row.fetched,
      failed: row.failed,
      pending: row.pending,
      created: row.created,
      changed: row.changed,
    }));
  }

  async readings(runId: string): Promise<ReadingFacts[]> {
    return this.#connection
      .all<{ reading: string }>(
        'SELECT reading FROM frontier WHERE run_id = ? AND reading IS NOT NULL ORDER BY seq',
        runId,
      )
      .map((row) => JSON.parse(row.reading) as ReadingFacts);
  }

  async finish(run: Run): Promise<void> {
    await this.#connection.write(() => {
      this.#connection.run(
        `UPDATE runs SET finished_at = ?, outcome = ?, reason = ?, requests = max(requests, ?), bytes = max(bytes, ?)
         WHERE id = ?`,
        run.finishedAt,
        run.outcome,
        run.reason,
        run.requests,
        run.bytes,
        run.id,
      );
      this.#connection.run('DELETE FROM run_channels WHERE run_id = ?', run.id);
      run.channels.forEach((channel, position) => this.#writeChannel(run, channel, position));
      run.failures.forEach((failure) => this.#writeFailure(run.id, failure));
      this.#connection.run('DELETE FROM frontier WHERE run_id = ?', run.id);
    });
  }

  async get(runId: string): Promise<Run | null> {
    const row = this.#connection.get<RunRow>('SELECT * FROM runs WHERE id = ?', runId);
    return row === undefined ? null : this.#runOf(row);
  }

  async list(options: { sourceId?: string; outcome?: RunOutcome; limit: number }): Promise<Run[]> {
    const conditions = [
      ...(options.sourceId === undefined ? [] : ['source_id = ?']),
      ...(options.outcome === undefined ? [] : ['outcome = ?']),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const values = [options.sourceId, options.outcome].filter((value) => value !== undefined);
    return this.#connection
      .all<RunRow>(`SELECT * FROM runs ${where} ORDER BY started_at DESC, id DESC LIMIT ?`, ...values, options.limit)
      .map((row) => this.#runOf(row));
  }

  async coverage(sourceIds?: string[]): Promise<CoverageSpan[]> {
    return this.#connection
      .all<{
        source_id: string;
        channel_id: string;
        run_id: string;
        covers_from: string | null;
        covers_to: string;
        finished_at: number;
      }>(
        `SELECT source_id, channel_id, run_id, covers_from, covers_to, finished_at FROM run_channels
         WHERE outcome = 'complete' AND covers_to IS NOT NULL AND finished_at IS NOT NULL
           AND (? IS NULL OR source_id IN (SELECT value FROM json_each(?)))
         ORDER BY finished_at, run_id, channel_id`,
        sourceIds === undefined ? null : 1,
        JSON.stringify(sourceIds ?? []),
      )
      .map((row) => ({
        sourceId: row.source_id,
        channelId: row.channel_id,
        runId: row.run_id,
        from: row.covers_from,
        to: row.covers_to,
        finishedAt: row.finished_at,
      }));
  }

  async archiveRecord(id: string): Promise<ArchiveRecord | null> {
    const row = this.#connection.get<ArchiveRow>('SELECT * FROM archive_records WHERE id = ?', id);
    return row === undefined ? null : archiveRecordOf(row);
  }

  async archiveRecordsOf(url: string): Promise<ArchiveRecord[]> {
    return this.#connection
      .all<ArchiveRow>('SELECT * FROM archive_records WHERE url = ? ORDER BY fetched_at, seq', url)
      .map(archiveRecordOf);
  }

  async lastReply(sourceId: string, url: string): Promise<ArchiveRecord | null> {
    const row = this.#connection.get<ArchiveRow>(
      `SELECT * FROM archive_records WHERE url = ? AND source_id = ? AND revisits IS NULL
       ORDER BY fetched_at DESC, seq DESC LIMIT 1`,
      url,
      sourceId,
    );
    return row === undefined ? null : archiveRecordOf(row);
  }

  async rearrangeArchive({ file, moved, dropped }: ArchiveChange): Promise<void> {
    const move = 'UPDATE archive_records SET file = ?, offset = ? WHERE id = ? AND file = ?';
    const drop = 'DELETE FROM archive_records WHERE id = ? AND file = ?';
    await this.#connection.write(
      () => {
        moved.forEach((to) => this.#connection.run(move, to.file, to.offset, to.id, file));
        dropped.forEach((id) => this.#connection.run(drop, id, file));
      },
      { durable: true },
    );
  }

  async *allArchiveRecords(): AsyncGenerator<ArchiveRecord> {
    let after = 0;
    for (;;) {
      const rows = this.#connection.all<ArchiveRow>(
        `SELECT * FROM archive_records WHERE seq > ? ORDER BY seq LIMIT ${READ_BATCH}`,
        after,
      );
      for (const row of rows) yield archiveRecordOf(row);
      if (rows.length < READ_BATCH) return;
      after = rows.at(-1)!.seq;
    }
  }

  /** Adds a run of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(run: Run): void {
    const added = this.#connection.run(
      `INSERT INTO runs (id, source_id, since, until, full, backfill, started_at, finished_at, outcome, reason, requests, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      run.id,
      run.sourceId,
      run.window.since,
      run.window.until,
      run.full ? 1 : 0,
      run.backfill ? 1 : 0,
      run.startedAt,
      run.finishedAt,
      run.outcome,
      run.reason,
      run.requests,
      run.bytes,
    );
    if (added === 0) return;
    run.channels.forEach((channel, position) => this.#writeChannel(run, channel, position));
    run.failures.forEach((failure) => this.#writeFailure(run.id, failure));
  }

  /** Adds a request of another store's frontier; inside the caller's transaction. One that is here stays as it is. */
  takeInRequest({ runId, request, state, attempts, created, changed, facts, reading }: FrontierEntry): void {
    if (this.#enqueue(runId, [request]) === 0) return;
    this.#connection.run(
      `UPDATE frontier SET state = ?, attempts = ?, created = ?, changed = ?, facts = ?, reading = ?
       WHERE run_id = ? AND key = ?`,
      state,
      attempts,
      created,
      changed,
      facts === null ? null : JSON.stringify(facts),
      reading === null ? null : JSON.stringify(reading),
      runId,
      request.key,
    );
  }

  /** Adds a record of another store; inside the caller's transaction. */
  takeInRecord(record: ArchiveRecord): void {
    this.#writeArchiveRecord(record);
  }

  #commit(commit: PageCommit): PageCommitResult {
    const item = this.#connection.get<{ seq: number; state: string }>(
      'SELECT seq, state FROM frontier WHERE run_id = ? AND key = ?',
      commit.runId,
      commit.requestKey,
    );
    if (item === undefined) {
      throw new Error(`request ${commit.requestKey} is not in the frontier of run ${commit.runId}`);
    }
    // Everything below was stored together with this state: the commit is a repetition.
    if (item.state !== 'waiting') return { created: [], changed: [] };
    if (commit.archive !== null) this.#writeArchiveRecord(commit.archive);
    const result = this.#notices.store(commit.observations);
    commit.seenAgain.forEach(({ noticeId, at }) => this.#notices.seenAgain(noticeId, at));
    this.#enqueue(commit.runId, commit.discovered);
    if (commit.failure !== null) this.#writeFailure(commit.runId, commit.failure);
    this.#connection.run(
      `UPDATE frontier SET state = ?, attempts = attempts + 1, created = ?, changed = ?, facts = ?, reading = ?
       WHERE seq = ?`,
      commit.failure === null ? 'done' : 'failed',
      result.created.length,
      result.changed.length,
      commit.listFacts === null ? null : JSON.stringify(commit.listFacts),
      commit.readingFacts === null ? null : JSON.stringify(commit.readingFacts),
      item.seq,
    );
    this.#connection.run(
      'UPDATE runs SET requests = requests + 1, bytes = bytes + ? WHERE id = ?',
      commit.bytes,
      commit.runId,
    );
    return result;
  }

  /** Returns how many were not there yet. */
  #enqueue(runId: string, requests: SourceRequest[]): number {
    let added = 0;
    for (const request of requests) {
      added += this.#connection.run(
        `INSERT INTO frontier (run_id, key, role_rank, channel_id, state, request) VALUES (?, ?, ?, ?, 'waiting', ?)
         ON CONFLICT (run_id, key) DO NOTHING`,
        runId,
        request.key,
        ROLE_RANK[request.role],
        request.channelId,
        JSON.stringify(request),
      );
    }
    return added;
  }

  #writeArchiveRecord(record: ArchiveRecord): void {
    this.#connection.run(
      `INSERT INTO archive_records
         (id, file, offset, length, url, method, status, headers, fetched_at, sha256, size, source_id, run_id,
          revisits, validators)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      record.id,
      record.file,
      record.offset,
      record.length,
      record.url,
      record.method,
      record.status,
      JSON.stringify(record.headers),
      record.fetchedAt,
      record.sha256,
      record.size,
      record.sourceId,
      record.runId,
      record.revisits ?? null,
      record.validators === undefined ? null : JSON.stringify(record.validators),
    );
  }

  #writeFailure(runId: string, failure: FailureRecord): void {
    this.#connection.run(
      'INSERT INTO run_failures (run_id, doc) VALUES (?, ?) ON CONFLICT (run_id, doc) DO NOTHING',
      runId,
      JSON.stringify([
        failure.code,
        failure.message,
        failure.advice,
        failure.url,
        failure.channelId,
        failure.at,
        failure.archiveId,
        ...(failure.sample === undefined ? [] : [failure.sample]),
      ]),
    );
  }

  #writeChannel(run: Run, channel: ChannelOutcome, position: number): void {
    this.#connection.run(
      `INSERT INTO run_channels
         (run_id, channel_id, position, source_id, finished_at, outcome, covers_from, covers_to, doc)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.id,
      channel.channelId,
      position,
      run.sourceId,
      run.finishedAt,
      channel.outcome,
      channel.covers?.from ?? null,
      channel.covers?.to ?? null,
      JSON.stringify(channel),
    );
  }

  #runOf(row: RunRow): Run {
    const channels = this.#connection.all<{ doc: string }>(
      'SELECT doc FROM run_channels WHERE run_id = ? ORDER BY position',
      row.id,
    );
    const failures = this.#connection.all<{ doc: string }>(
      'SELECT doc FROM run_failures WHERE run_id = ? ORDER BY seq',
      row.id,
    );
    return {
      id: row.id,
      sourceId: row.source_id,
      window: { since: row.since, until: row.until },
      full: row.full === 1,
      backfill: row.backfill === 1,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      outcome: row.outcome,
      reason: row.reason,
      channels: channels.map((channel) => JSON.parse(channel.doc) as ChannelOutcome),
      failures: failures.map((failure) => failureOf(failure.doc)),
      requests: row.requests,
      bytes: row.bytes,
    };
  }
}

interface RunRow {
  id: string;
  source_id: string;
  since: string | null;
  until: string | null;
  full: number;
  backfill: number;
  started_at: number;
  finished_at: number | null;
  outcome: RunOutcome;
  reason: string | null;
  requests: number;
  bytes: number;
}

function failureOf(doc: string): FailureRecord {
  const [code, message, advice, url, channelId, at, archiveId, sample] = JSON.parse(doc) as [
    string,
    string,
    string,
    string | null,
    string | null,
    number,
    string | null,
    string?,
  ];
  return { code, message, advice, url, channelId, at, archiveId, ...(sample !== undefined && { sample }) };
}

interface ArchiveRow {
  seq: number;
  id: string;
  file: string;
  offset: number;
  length: number;
  url: string;
  method: 'GET' | 'POST';
  status: number;
  headers: string;
  fetched_at: number;
  sha256: string;
  size: number;
  source_id: string;
  run_id: string;
  revisits: string | null;
  validators: string | null;
}

function archiveRecordOf(row: ArchiveRow): ArchiveRecord {
  return {
    id: row.id,
    file: row.file,
    offset: row.offset,
    length: row.length,
    url: row.url,
    method: row.method,
    status: row.status,
    headers: JSON.parse(row.headers) as Record<string, string>,
    fetchedAt: row.fetched_at,
    sha256: row.sha256,
    size: row.size,
    sourceId: row.source_id,
    runId: row.run_id,
    ...(row.revisits !== null && { revisits: row.revisits }),
    ...(row.validators !== null && { validators: JSON.parse(row.validators) as Validators }),
  };
}
