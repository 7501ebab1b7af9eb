import type { LocalDay } from '../../src/model/day.ts';
import type {
  AttachmentLink,
  Disagreement,
  FieldName,
  Notice,
  NoticeFields,
  NoticeKind,
  NoticeObservation,
  NoticeRevision,
  Track,
} from '../../src/model/notice.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { placeDay } from '../shared/days.ts';
import { checkedLimit } from '../shared/paging.ts';
import { changedFields, completedAttachments, effectOf, firstNotice } from '../shared/revise.ts';
import { noticeSearchText, queryWords } from '../shared/searchable.ts';
import { TALLY_LIMITS } from '../shared/tally.ts';
import { isProvenByIndex } from '../shared/terms.ts';
import type {
  ColumnNotice,
  NoticeQuery,
  NoticeStore,
  NoticeSummary,
  Page,
  PageCommitResult,
  StoredNotice,
  Tally,
} from '../store.ts';
import type { Connection } from './connection.ts';
import { OrderedIndex } from './ordered-index.ts';
import type { IndexQuery } from './ordered-index.ts';
import { lengthOf } from './paging.ts';

/** Notices written before the search index takes them in: one FTS5 segment for all of them instead of one each. */
const INDEX_BATCH = 100;
/** Rows an iterator reads at a time. */
const READ_BATCH = 200;

const NOTICE_SQL = `
  SELECT n.id, n.source_id, n.channel_id, n.external_id, n.url, n.digest, n.revision, n.first_seen_at, n.absent_at,
    n.last_seen_at, n.archive_id, n.first_publish_date, c.origins, c.disagreements, c.attachments, c.text, r.fields
  FROM notices n
  JOIN notice_content c ON c.nid = n.nid
  JOIN notice_revisions r ON r.nid = n.nid AND r.revision = n.revision`;

export class NoticeTable implements NoticeStore {
  readonly #connection: Connection;
  readonly #index: OrderedIndex;
  /** Revisions handed out by `unmatched`: a notice revised since then is not marked matched. */
  readonly #handedOut = new Map<string, number>();
  #waitingForIndex = INDEX_BATCH;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#index = new OrderedIndex(connection, 'notice');
  }

  async get(id: string): Promise<Notice | null> {
    const row = this.#connection.get<NoticeRow>(`${NOTICE_SQL} WHERE n.id = ?`, id);
    return row === undefined ? null : noticeOf(row);
  }

  async getMany(ids: string[]): Promise<Notice[]> {
    return this.#connection
      .all<NoticeRow>(`${NOTICE_SQL} WHERE n.id IN (SELECT value FROM json_each(?)) ORDER BY n.id`, JSON.stringify(ids))
      .map(noticeOf);
  }

  async revisions(id: string): Promise<NoticeRevision[]> {
    return this.#connection
      .all<RevisionRow>(
        `SELECT r.revision, r.observed_at, r.run_id, r.archive_id, r.digest, r.fields, r.changed
         FROM notices n JOIN notice_revisions r ON r.nid = n.nid WHERE n.id = ? ORDER BY r.revision`,
        id,
      )
      .map((row) => ({
        noticeId: id,
        revision: row.revision,
        observedAt: row.observed_at,
        runId: row.run_id,
        archiveId: row.archive_id,
        digest: row.digest,
        fields: JSON.parse(row.fields) as NoticeFields,
        changed: JSON.parse(row.changed) as FieldName[],
      }));
  }

  async search(query: NoticeQuery): Promise<Page<NoticeSummary>> {
    const words = queryWords(query.text);
    const after = query.cursor === undefined ? null : positionOf(query, query.cursor);
    const limit = checkedLimit(query.limit);
    this.indexWaiting();
    const found: { day: number; id: string }[] = [];
    for (const hit of this.#hits(query, words, after)) {
      found.push(hit);
      if (found.length > limit) break;
    }
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: this.#summaries(shown.map((hit) => hit.id)),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.day, last.id]) : null,
    };
  }

  async count(query: Omit<NoticeQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    this.indexWaiting();
    return query.projectId === undefined && words.every(isProvenByIndex)
      ? this.#index.count(indexQuery(query, words))
      : lengthOf(this.#hits(query, words, null));
  }

  async tally(query: Omit<NoticeQuery, 'limit' | 'cursor'>, limits = TALLY_LIMITS): Promise<Tally> {
    const words = queryWords(query.text);
    this.indexWaiting();
    if (query.projectId !== undefined) return { count: lengthOf(this.#hits(query, words, null)), is: 'exact' };
    const count = this.#index.count(indexQuery(query, words), limits.counted + 1);
    if (words.every(isProvenByIndex)) {
      return count <= limits.counted ? { count, is: 'exact' } : { count: limits.counted, is: 'at_least' };
    }
    return count <= limits.checked
      ? { count: lengthOf(this.#hits(query, words, null)), is: 'exact' }
      : { count: Math.min(count, limits.counted), is: 'about' };
  }

  async *all(): AsyncGenerator<Notice> {
    let after = '';
    for (;;) {
      const rows = this.#connection.all<NoticeRow>(
        `${NOTICE_SQL} WHERE n.id > ? ORDER BY n.id LIMIT ${READ_BATCH}`,
        after,
      );
      for (const row of rows) yield noticeOf(row);
      if (rows.length < READ_BATCH) return;
      after = rows.at(-1)!.id;
    }
  }

  async known(ids: string[]): Promise<Map<string, { title: string; publishDate: string | null; lastSeenAt: number }>> {
    const rows = this.#connection.all<{
      id: string;
      title: string;
      publish_date: string | null;
      last_seen_at: number;
    }>(
      'SELECT id, title, publish_date, last_seen_at FROM notices WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(ids),
    );
    return new Map(
      rows.map((row) => [row.id, { title: row.title, publishDate: row.publish_date, lastSeenAt: row.last_seen_at }]),
    );
  }

  async ofColumn(column: {
    sourceId: string;
    channelId: string;
    from: LocalDay | null;
    to: LocalDay;
  }): Promise<ColumnNotice[]> {
    return this.#connection
      .all<{
        id: string;
        external_id: string;
        title: string;
        publish_date: string;
        last_seen_at: number;
        archive_id: string;
      }>(
        `SELECT id, external_id, title, publish_date, last_seen_at, archive_id FROM notices
         WHERE source_id = ? AND channel_id = ? AND publish_date >= ? AND publish_date < ? ORDER BY id`,
        column.sourceId,
        column.channelId,
        column.from ?? '',
        // After every moment of the day, before the next day.
        `${column.to}U`,
      )
      .map((row) => ({
        id: row.id,
        externalId: row.external_id,
        title: row.title,
        publishDate: row.publish_date,
        lastSeenAt: row.last_seen_at,
        archiveId: row.archive_id,
      }));
  }

  async unmatched(limit: number): Promise<Notice[]> {
    const notices = this.#connection
      .all<NoticeRow>(`${NOTICE_SQL} WHERE n.matched = 0 ORDER BY n.nid LIMIT ?`, limit)
      .map(noticeOf);
    notices.forEach((notice) => this.#handedOut.set(notice.id, notice.revision));
    return notices;
  }

  async countUnmatched(): Promise<number> {
    return this.#connection.get<{ n: number }>('SELECT count(*) AS n FROM notices WHERE matched = 0')!.n;
  }

  async byLinkKeys(keys: string[]): Promise<Notice[]> {
    return this.#connection
      .all<NoticeRow>(
        `${NOTICE_SQL} WHERE n.nid IN (SELECT nid FROM link_keys WHERE key IN (SELECT value FROM json_each(?)))
         ORDER BY n.id`,
        JSON.stringify(keys),
      )
      .map(noticeOf);
  }

  async clear(): Promise<void> {
    await this.#connection.write(() => {
      for (const table of [
        'link_keys',
        'notice_content',
        'notice_revisions',
        'notices',
        'projects',
        'dealings',
        'findings',
        'judged_count',
        'said',
        'fact_sheets',
        'lead_projects',
        'leads',
      ]) {
        this.#connection.run(`DELETE FROM ${table}`);
      }
      this.#index.clear();
      new OrderedIndex(this.#connection, 'project').clear();
    });
    this.#handedOut.clear();
  }

  async observe(observations: NoticeObservation[]): Promise<PageCommitResult> {
    const result = await this.#connection.write(() => this.store(observations));
    this.indexSome();
    return result;
  }

  async sight(sightings: { noticeId: string; at: number }[]): Promise<void> {
    await this.#connection.write(() => sightings.forEach(({ noticeId, at }) => this.seenAgain(noticeId, at)));
  }

  /** Applies observations; inside the caller's transaction. */
  store(observations: NoticeObservation[]): PageCommitResult {
    const created: string[] = [];
    const changed: string[] = [];
    for (const observation of observations) {
      const effect = this.#apply(observation);
      if (effect === 'create') created.push(observation.noticeId);
      if (effect === 'revise') changed.push(observation.noticeId);
    }
    this.#waitingForIndex += created.length + changed.length;
    return { created, changed };
  }

  /** Adds a notice of another store as it stood there; inside the caller's transaction. One that is here stays as it is. */
  takeIn({ notice, revisions, matched, linkKeys, projectId, copies }: StoredNotice): void {
    if (this.#connection.get('SELECT 1 FROM notices WHERE id = ?', notice.id) !== undefined) return;
    const nid = this.#insert(notice, revisions.at(-1)!.observedAt);
    this.#writeContent(nid, notice);
    revisions.forEach((revision) => this.#writeRevision(nid, revision));
    linkKeys.forEach((key) => this.#connection.run('INSERT INTO link_keys (key, nid) VALUES (?, ?)', key, nid));
    this.#connection.run(
      'UPDATE notices SET matched = ?, project_id = ?, copies = ? WHERE nid = ?',
      matched ? 1 : 0,
      projectId,
      copies,
      nid,
    );
    this.#waitingForIndex += 1;
  }

  /** A list page showed the notice; inside the caller's transaction. */
  seenAgain(noticeId: string, at: number): void {
    this.#connection.run('UPDATE notices SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?', at, noticeId, at);
  }

  /** Marks notices matched unless they were revised since `unmatched` gave them out; inside the caller's transaction. */
  markMatched(ids: string[]): void {
    for (const id of ids) {
      const revision = this.#handedOut.get(id);
      this.#connection.run(
        'UPDATE notices SET matched = 1 WHERE id = ? AND matched = 0 AND revision = coalesce(?, revision)',
        id,
        revision ?? null,
      );
      this.#handedOut.delete(id);
    }
  }

  /** Takes waiting notices into the search index when there are enough of them. */
  indexSome(): void {
    if (this.#waitingForIndex >= INDEX_BATCH) this.indexWaiting();
  }

  /**
   * Takes every waiting notice into the search index, also those that another process or a crash left.
   * While another process writes, its notices wait for the next search.
   */
  indexWaiting(): void {
    while (this.#connection.get('SELECT 1 FROM notices WHERE indexed = 0 LIMIT 1') !== undefined) {
      if (!this.#connection.writeIfFree(() => this.#indexBatch())) return;
    }
    this.#waitingForIndex = 0;
  }

  #indexBatch(): void {
    const rows = this.#connection.all<{
      nid: number;
      id: string;
      sid: number | null;
      source_id: string;
      text: string;
      fields: string;
    }>(
      `SELECT n.nid, n.id, n.sid, n.source_id, c.text, r.fields FROM notices n
       JOIN notice_content c ON c.nid = n.nid
       JOIN notice_revisions r ON r.nid = n.nid AND r.revision = n.revision
       WHERE n.indexed = 0 ORDER BY n.nid LIMIT ${INDEX_BATCH}`,
    );
    for (const row of rows) {
      const fields = JSON.parse(row.fields) as NoticeFields;
      if (row.sid !== null) this.#index.remove(row.sid);
      const sid = this.#index.add(
        row.id,
        fields.publishDate,
        noticeSearchText(fields, row.text),
        labels({ kind: fields.kind, track: fields.track ?? undefined, sourceId: row.source_id }),
      );
      this.#connection.run('UPDATE notices SET sid = ?, indexed = 1 WHERE nid = ?', sid, row.nid);
    }
  }

  #apply(observation: NoticeObservation): 'create' | 'revise' | 'seen' {
    const latest = this.#connection.get<{ nid: number; digest: string; revision: number; revised_at: number }>(
      'SELECT nid, digest, revision, revised_at FROM notices WHERE id = ?',
      observation.noticeId,
    );
    const effect = effectOf(
      observation,
      latest === undefined ? null : { digest: latest.digest, revisedAt: latest.revised_at },
      () =>
        this.#connection.get(
          'SELECT 1 FROM notice_revisions WHERE nid = ? AND archive_id = ? AND digest = ?',
          latest!.nid,
          observation.archiveId,
          observation.digest,
        ) !== undefined,
    );
    if (latest === undefined) this.#create(observation);
    else if (effect === 'revise') this.#revise(observation, latest.nid, latest.revision);
    else {
      this.seenAgain(observation.noticeId, observation.observedAt);
      if (observation.digest === latest.digest) this.#completeAttachments(latest.nid, observation);
    }
    return effect;
  }

  #completeAttachments(nid: number, observation: NoticeObservation): void {
    if (observation.attachments.length === 0) return;
    const { attachments } = this.#connection.get<{ attachments: string }>(
      'SELECT attachments FROM notice_content WHERE nid = ?',
      nid,
    )!;
    const completed = completedAttachments(JSON.parse(attachments) as AttachmentLink[], observation);
    if (completed === null) return;
    this.#connection.run('UPDATE notice_content SET attachments = ? WHERE nid = ?', JSON.stringify(completed), nid);
  }

  #create(observation: NoticeObservation): void {
    const notice = firstNotice(observation);
    const nid = this.#insert(notice, notice.firstSeenAt);
    this.#writeContent(nid, notice);
    this.#writeRevision(nid, { ...observation, fields: notice.fields, revision: 1, changed: [] });
  }

  /** Returns its nid. */
  #insert(notice: Notice, revisedAt: number): number {
    const { fields } = notice;
    this.#connection.run(
      `INSERT INTO notices (id, source_id, channel_id, external_id, url, title, kind, track, project_name, project_code,
         purchaser, amount, publish_date, region, digest, revision, revised_at, first_seen_at, absent_at, last_seen_at,
         archive_id, first_publish_date)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      notice.id,
      notice.sourceId,
      notice.channelId,
      notice.externalId,
      notice.url,
      fields.title,
      fields.kind,
      fields.track,
      fields.projectName,
      fields.projectCode,
      fields.purchaser,
      fields.amount,
      fields.publishDate,
      fields.region,
      notice.digest,
      notice.revision,
      revisedAt,
      notice.firstSeenAt,
      notice.absentAt,
      notice.lastSeenAt,
      notice.archiveId,
      notice.firstPublishDate,
    );
    return this.#connection.get<{ nid: number }>('SELECT last_insert_rowid() AS nid')!.nid;
  }

  #revise(observation: NoticeObservation, nid: number, revision: number): void {
    const { fields } = observation.reading;
    const before = this.#connection.get<{ fields: string }>(
      'SELECT fields FROM notice_revisions WHERE nid = ? AND revision = ?',
      nid,
      revision,
    )!;
    // JSON turns undefined into absent on one side only; compare what would be stored.
    const after = JSON.parse(JSON.stringify(fields)) as NoticeFields;
    const changed = changedFields(JSON.parse(before.fields) as NoticeFields, after);
    this.#writeRevision(nid, { ...observation, fields, revision: revision + 1, changed });
    this.#writeContent(nid, { ...observation.reading, attachments: observation.attachments });
    this.#connection.run(
      `UPDATE notices SET channel_id = ?, url = ?, title = ?, kind = ?, track = ?, project_name = ?, project_code = ?,
         purchaser = ?, amount = ?, publish_date = ?, region = ?, digest = ?, revision = ?, revised_at = ?,
         last_seen_at = max(last_seen_at, ?), archive_id = ?, matched = 0, indexed = 0
       WHERE nid = ?`,
      observation.channelId,
      observation.url,
      fields.title,
      fields.kind,
      fields.track,
      fields.projectName,
      fields.projectCode,
      fields.purchaser,
      fields.amount,
      fields.publishDate,
      fields.region,
      observation.digest,
      revision + 1,
      observation.observedAt,
      observation.observedAt,
      observation.archiveId,
      nid,
    );
  }

  #writeContent(nid: number, content: Pick<Notice, 'origins' | 'disagreements' | 'attachments' | 'text'>): void {
    this.#connection.run(
      `INSERT INTO notice_content (nid, origins, disagreements, attachments, text) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (nid) DO UPDATE SET origins = excluded.origins, disagreements = excluded.disagreements,
         attachments = excluded.attachments, text = excluded.text`,
      nid,
      JSON.stringify(content.origins),
      JSON.stringify(content.disagreements),
      JSON.stringify(content.attachments),
      content.text,
    );
  }

  #writeRevision(nid: number, revision: Omit<NoticeRevision, 'noticeId'>): void {
    this.#connection.run(
      `INSERT INTO notice_revisions (nid, revision, observed_at, run_id, archive_id, digest, changed, fields)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      nid,
      revision.revision,
      revision.observedAt,
      revision.runId,
      revision.archiveId,
      revision.digest,
      JSON.stringify(revision.changed),
      JSON.stringify(revision.fields),
    );
  }

  /** Checked hits in the order of the list. */
  *#hits(
    query: Omit<NoticeQuery, 'limit' | 'cursor'>,
    words: string[],
    after: { day: number; id: string } | null,
  ): Generator<{ day: number; id: string }> {
    if (query.projectId !== undefined) {
      yield* this.#hitsOfProject(query, query.projectId, words, after);
      return;
    }
    const unproven = words.filter((word) => !isProvenByIndex(word));
    for (const { day, ids } of this.#index.days(indexQuery(query, words), after)) {
      for (const id of ids) {
        if (unproven.length > 0 && !matchesWords(this.#searchText(id), unproven)) continue;
        yield { day, id };
      }
    }
  }

  /** A project has few notices: they are read and checked, whatever else is asked. */
  *#hitsOfProject(
    query: Omit<NoticeQuery, 'limit' | 'cursor'>,
    projectId: string,
    words: string[],
    after: { day: number; id: string } | null,
  ): Generator<{ day: number; id: string }> {
    const hits = this.#connection
      .all<{ id: string; publish_date: string | null }>(
        `SELECT id, publish_date FROM notices WHERE project_id = ?
         AND kind = coalesce(?, kind) AND track IS coalesce(?, track) AND source_id = coalesce(?, source_id)`,
        projectId,
        query.kind ?? null,
        query.track ?? null,
        query.sourceId ?? null,
      )
      .filter((row) => {
        const day = row.publish_date?.slice(0, 10) ?? null;
        return (
          (query.from === undefined || (day !== null && day >= query.from)) &&
          (query.to === undefined || (day !== null && day <= query.to))
        );
      })
      .map((row) => ({ day: placeDay(row.publish_date), id: row.id }))
      .sort((a, b) => b.day - a.day || (a.id < b.id ? -1 : 1));
    for (const hit of hits) {
      if (after !== null && (hit.day > after.day || (hit.day === after.day && hit.id <= after.id))) continue;
      if (words.length === 0 || matchesWords(this.#searchText(hit.id), words)) yield hit;
    }
  }

  #searchText(id: string): string {
    const row = this.#connection.get<{ text: string; fields: string }>(
      `SELECT c.text, r.fields FROM notices n JOIN notice_content c ON c.nid = n.nid
       JOIN notice_revisions r ON r.nid = n.nid AND r.revision = n.revision WHERE n.id = ?`,
      id,
    )!;
    return noticeSearchText(JSON.parse(row.fields) as NoticeFields, row.text);
  }

  /** In the order of the ids. */
  #summaries(ids: string[]): NoticeSummary[] {
    return ids.map((id) => {
      const row = this.#connection.get<SummaryRow>(
        `SELECT id, source_id, channel_id, title, kind, track, project_name, project_code, purchaser, amount,
           publish_date, region, project_id, copies, first_seen_at FROM notices WHERE id = ?`,
        id,
      )!;
      return {
        id: row.id,
        sourceId: row.source_id,
        channelId: row.channel_id,
        title: row.title,
        kind: row.kind,
        track: row.track,
        projectName: row.project_name,
        projectCode: row.project_code,
        purchaser: row.purchaser,
        amount: row.amount,
        publishDate: row.publish_date,
        region: row.region,
        projectId: row.project_id,
        copies: row.copies,
        firstSeenAt: row.first_seen_at,
      };
    });
  }
}

function indexQuery(query: Omit<NoticeQuery, 'limit' | 'cursor'>, words: string[]): IndexQuery {
  return { words, labels: labels(query), from: query.from, to: query.to };
}

function labels(of: { kind?: NoticeKind; track?: Track; sourceId?: string }): string[] {
  return [
    ...(of.kind === undefined ? [] : [`kind:${of.kind}`]),
    ...(of.track === undefined ? [] : [`track:${of.track}`]),
    ...(of.sourceId === undefined ? [] : [`source:${of.sourceId}`]),
  ];
}

function positionOf(query: object, cursor: string): { day: number; id: string } {
  const [day, id] = decodeCursor(query, cursor, ['number', 'string']);
  return { day: day as number, id: id as string };
}

interface NoticeRow {
  id: string;
  source_id: string;
  channel_id: string;
  external_id: string;
  url: string;
  digest: string;
  revision: number;
  first_seen_at: number;
  absent_at: number | null;
  last_seen_at: number;
  archive_id: string;
  first_publish_date: LocalDay | null;
  origins: string;
  disagreements: string;
  attachments: string;
  text: string;
  fields: string;
}

function noticeOf(row: NoticeRow): Notice {
  return {
    id: row.id,
    sourceId: row.source_id,
    channelId: row.channel_id,
    externalId: row.external_id,
    url: row.url,
    fields: JSON.parse(row.fields) as NoticeFields,
    origins: JSON.parse(row.origins) as Notice['origins'],
    disagreements: JSON.parse(row.disagreements) as Disagreement[],
    text: row.text,
    attachments: JSON.parse(row.attachments) as AttachmentLink[],
    digest: row.digest,
    revision: row.revision,
    firstSeenAt: row.first_seen_at,
    absentAt: row.absent_at,
    lastSeenAt: row.last_seen_at,
    archiveId: row.archive_id,
    firstPublishDate: row.first_publish_date,
  };
}

interface RevisionRow {
  revision: number;
  observed_at: number;
  run_id: string;
  archive_id: string;
  digest: string;
  fields: string;
  changed: string;
}

interface SummaryRow {
  id: string;
  source_id: string;
  channel_id: string;
  title: string;
  kind: NoticeKind;
  track: Track | null;
  project_name: string | null;
  project_code: string | null;
  purchaser: string | null;
  amount: number | null;
  publish_date: string | null;
  region: string | null;
  project_id: string | null;
  copies: number;
  first_seen_at: number;
}
