import { ObjectId } from 'mongodb';
import type { AnyBulkWriteOperation, Collection, Filter } from 'mongodb';

import type { LocalDay } from '../../src/model/day.ts';
import type { Notice, NoticeObservation, NoticeRevision } from '../../src/model/notice.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { encodeCursor } from '../shared/cursor.ts';
import { dayRange } from '../shared/days.ts';
import { checkedLimit } from '../shared/paging.ts';
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
import { batchesById, READ_BATCH } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { NoticeDoc, RevisionDoc } from './documents.ts';
import { copyOf, creationOf, latestRevisionOf, noticeOf, storedOf, summaryOf } from './notice-documents.ts';
import { idOf, idsOf } from './plain.ts';
import { allOf, behind, countingAll, firstOf, inOrderOfIds, positionOf } from './positions.ts';
import { Revising } from './revising.ts';
import { isKeptWhole, walkWhereMany, withWords } from './words.ts';

/** What a notice is, without the index and the marks of matching. */
const NOTICE_FIELDS = { words: 0, linkKeys: 0 } as const;
const SUMMARY_FIELDS = {
  sourceId: 1,
  channelId: 1,
  'fields.title': 1,
  'fields.kind': 1,
  'fields.track': 1,
  'fields.projectName': 1,
  'fields.projectCode': 1,
  'fields.purchaser': 1,
  'fields.amount': 1,
  'fields.publishDate': 1,
  'fields.region': 1,
  projectId: 1,
  copies: 1,
  firstSeenAt: 1,
  day: 1,
} as const;
/** For checking a hit against the text. */
const CHECKED_FIELDS = {
  sourceId: 1,
  channelId: 1,
  fields: 1,
  text: 1,
  projectId: 1,
  copies: 1,
  firstSeenAt: 1,
  day: 1,
} as const;
const NEWEST_FIRST = { day: -1, _id: 1 } as const;

export class NoticeCollection implements NoticeStore {
  readonly #connection: Connection;
  readonly #notices: Collection<NoticeDoc>;
  readonly #revisions: Collection<RevisionDoc>;
  readonly #revising: Revising;
  /** Revisions handed out by `unmatched`: a notice revised since then is not marked matched. */
  readonly #handedOut = new Map<string, number>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#notices = connection.collection<NoticeDoc>('notices');
    this.#revisions = connection.collection<RevisionDoc>('notice_revisions');
    this.#revising = new Revising(this.#notices, this.#revisions);
  }

  async get(id: string): Promise<Notice | null> {
    return this.#connection.read(async () => {
      const doc = await this.#notices.findOne({ _id: idOf(id) }, { projection: NOTICE_FIELDS });
      return doc === null ? null : noticeOf(doc);
    });
  }

  async getMany(ids: string[]): Promise<Notice[]> {
    return this.#connection.read(async () => {
      const docs = await this.#notices
        .find({ _id: { $in: idsOf(ids) } }, { projection: NOTICE_FIELDS })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(noticeOf);
    });
  }

  async revisions(id: string): Promise<NoticeRevision[]> {
    return this.#connection.read(async () => {
      // The notice first: whatever replaced it meanwhile has put its revision among the earlier ones before.
      const latest = await this.#notices.findOne({ _id: idOf(id) }, { projection: NOTICE_FIELDS });
      if (latest === null) return [];
      const earlier = await this.#revisions
        .find({ noticeId: id, revision: { $lt: latest.revision } }, { projection: { _id: 0 } })
        .sort({ revision: 1 })
        .toArray();
      return [...earlier, latestRevisionOf(latest)];
    });
  }

  async search(query: NoticeQuery): Promise<Page<NoticeSummary>> {
    const words = queryWords(query.text);
    const position = positionOf(query);
    const limit = checkedLimit(query.limit);
    const unproven = unprovenWords(query, words);
    const wanted = conditions(query, words);
    return this.#connection.read(async () => {
      const candidates = this.#notices
        .find(allOf([...wanted, ...behind('day', position)]), {
          ...(query.projectId === undefined && (await walkWhereMany(this.#notices, wanted, words))),
          projection: unproven.length > 0 ? CHECKED_FIELDS : SUMMARY_FIELDS,
          // All of a page at once; where hits are checked, a page's worth at a time.
          batchSize: limit + 1,
          ...(unproven.length === 0 && { limit: limit + 1 }),
        })
        .sort(NEWEST_FIRST);
      const found = await firstOf(candidates, limit + 1, (doc) => holds(doc, unproven));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(summaryOf),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.day, last._id]) : null,
      };
    });
  }

  async count(query: Omit<NoticeQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    const unproven = unprovenWords(query, words);
    const filter = allOf(conditions(query, words));
    return this.#connection.read(async () => {
      if (unproven.length > 0) return this.#countChecked(filter, unproven);
      return this.#notices.countDocuments(filter, countingAll(filter));
    });
  }

  async tally(query: Omit<NoticeQuery, 'limit' | 'cursor'>, limits = TALLY_LIMITS): Promise<Tally> {
    const words = queryWords(query.text);
    const unproven = unprovenWords(query, words);
    const filter = allOf(conditions(query, words));
    return this.#connection.read(async () => {
      const count = await this.#notices.countDocuments(filter, { ...countingAll(filter), limit: limits.counted + 1 });
      if (unproven.length === 0) {
        return count <= limits.counted ? { count, is: 'exact' } : { count: limits.counted, is: 'at_least' };
      }
      return query.projectId !== undefined || count <= limits.checked
        ? { count: await this.#countChecked(filter, unproven), is: 'exact' }
        : { count: Math.min(count, limits.counted), is: 'about' };
    });
  }

  async #countChecked(filter: Filter<NoticeDoc>, unproven: string[]): Promise<number> {
    let count = 0;
    const docs = this.#notices.find(filter, { projection: { fields: 1, text: 1 }, batchSize: READ_BATCH });
    for await (const doc of docs) if (holds(doc, unproven)) count += 1;
    return count;
  }

  async *all(): AsyncGenerator<Notice> {
    for await (const docs of batchesById(this.#connection, this.#notices, NOTICE_FIELDS)) yield* docs.map(noticeOf);
  }

  async known(ids: string[]): Promise<Map<string, { title: string; publishDate: string | null; lastSeenAt: number }>> {
    return this.#connection.read(async () => {
      const docs = await this.#notices
        .find(
          { _id: { $in: idsOf(ids) } },
          { projection: { 'fields.title': 1, 'fields.publishDate': 1, lastSeenAt: 1 } },
        )
        .sort({ _id: 1 })
        .toArray();
      return new Map(
        docs.map(({ _id, fields, lastSeenAt }) => [
          _id,
          { title: fields.title, publishDate: fields.publishDate, lastSeenAt },
        ]),
      );
    });
  }

  async ofColumn(column: {
    sourceId: string;
    channelId: string;
    from: LocalDay | null;
    to: LocalDay;
  }): Promise<ColumnNotice[]> {
    const [first, last] = dayRange({ from: column.from ?? undefined, to: column.to });
    return this.#connection.read(async () => {
      const docs = await this.#notices
        .find(
          {
            sourceId: idOf(column.sourceId),
            channelId: idOf(column.channelId),
            day: { $gte: first, $lte: last },
            'fields.publishDate': { $ne: null },
          },
          {
            projection: { externalId: 1, 'fields.title': 1, 'fields.publishDate': 1, lastSeenAt: 1, archiveId: 1 },
          },
        )
        .toArray();
      return inOrderOfIds(docs).map(({ _id, externalId, fields, lastSeenAt, archiveId }) => ({
        id: _id,
        externalId,
        title: fields.title,
        publishDate: fields.publishDate!,
        lastSeenAt,
        archiveId,
      }));
    });
  }

  async unmatched(limit: number): Promise<Notice[]> {
    return this.#connection.read(async () => {
      const docs = await this.#notices
        .find({ matched: false }, { projection: NOTICE_FIELDS })
        .sort({ firstSeenAt: 1, _id: 1 })
        .limit(checkedLimit(limit))
        .toArray();
      docs.forEach((doc) => this.#handedOut.set(doc._id, doc.revision));
      return docs.map(noticeOf);
    });
  }

  async countUnmatched(): Promise<number> {
    return this.#connection.read(() => this.#notices.countDocuments({ matched: false }));
  }

  async byLinkKeys(keys: string[]): Promise<Notice[]> {
    return this.#connection.read(async () => {
      const filter = { linkKeys: { $in: idsOf(keys) } };
      const docs = await this.#notices.find(filter, { projection: NOTICE_FIELDS }).toArray();
      return inOrderOfIds(docs).map(noticeOf);
    });
  }

  /**
   * Ordered, without a transaction: everything of a province is more than one may hold. Broken off it is begun again
   * with the rebuild; until then nothing is judged on projects that lost their notices, since projects go first.
   */
  async clear(): Promise<void> {
    await this.#connection.writeApart(async () => {
      for (const name of [
        'judged_count',
        'fact_sheets',
        'findings',
        'leads',
        'projects',
        'notice_revisions',
        'notices',
      ]) {
        await this.#connection.collection(name).deleteMany({});
      }
    });
    this.#handedOut.clear();
  }

  async observe(observations: NoticeObservation[]): Promise<PageCommitResult> {
    const via = new ObjectId().toHexString();
    const done: PageCommitResult[] = [];
    return this.#connection.write((session) => this.store(observations, via, session, done));
  }

  /** Applies observations; see `Revising.store`. */
  async store(
    observations: NoticeObservation[],
    via: string,
    session: Session,
    done: PageCommitResult[],
  ): Promise<PageCommitResult> {
    return this.#revising.store(observations, via, session, done);
  }

  async sight(sightings: { noticeId: string; at: number }[]): Promise<void> {
    await this.#connection.write((session) => this.seenAgain(sightings, session));
  }

  /** A list page showed the notices. */
  async seenAgain(seen: { noticeId: string; at: number }[], session: Session): Promise<void> {
    if (seen.length === 0) return;
    await this.#notices.bulkWrite(
      seen.map(({ noticeId, at }) => ({
        updateOne: { filter: { _id: idOf(noticeId) }, update: { $max: { lastSeenAt: at } } },
      })),
      { session },
    );
  }

  /** The projects that hold these notices, by notice. */
  async projectsOf(noticeIds: string[], session: Session): Promise<Map<string, string>> {
    const docs = await this.#notices
      .find({ _id: { $in: idsOf(noticeIds) }, projectId: { $ne: null } }, { projection: { projectId: 1 }, session })
      .sort({ _id: 1 })
      .toArray();
    return new Map(docs.map((doc) => [doc._id, doc.projectId!]));
  }

  /** Puts notices back on the work list, so that what is begun with them is begun again if it is broken off. */
  async takeUp(ids: string[], session: Session): Promise<void> {
    await this.#notices.updateMany({ _id: { $in: idsOf(ids) } }, { $set: { matched: false } }, { session });
  }

  /** Takes notices out of these projects, and puts them into those that hold them now. */
  async place(
    leaving: string[],
    places: ReadonlyMap<string, { projectId: string; copies: number }>,
    session: Session,
  ): Promise<void> {
    const staying = [...places.keys()];
    await this.#notices.updateMany(
      { projectId: { $in: leaving }, _id: { $nin: staying } },
      { $set: { projectId: null, copies: 0 } },
      { session },
    );
    await this.#each(
      [...places],
      ([id, place]) => ({ updateOne: { filter: { _id: id }, update: { $set: place } } }),
      session,
    );
  }

  async setLinkKeys(linkKeys: ReadonlyMap<string, string[]>, session: Session): Promise<void> {
    await this.#each(
      [...linkKeys],
      ([id, keys]) => ({ updateOne: { filter: { _id: id }, update: { $set: { linkKeys: [...new Set(keys)] } } } }),
      session,
    );
  }

  /** Marks notices matched unless they were revised since `unmatched` gave them out. */
  async markMatched(ids: string[], session: Session): Promise<void> {
    await this.#each(
      ids,
      (id) => {
        const revision = this.#handedOut.get(id);
        return {
          updateOne: {
            filter: { _id: idOf(id), ...(revision !== undefined && { revision }) },
            update: { $set: { matched: true } },
          },
        };
      },
      session,
    );
  }

  /** What `unmatched` said of these is used up. */
  forgetHandedOut(ids: string[]): void {
    ids.forEach((id) => this.#handedOut.delete(id));
  }

  /** Every notice with its history and marks. */
  async *stored(): AsyncGenerator<StoredNotice> {
    for await (const docs of batchesById(this.#connection, this.#notices, { words: 0 })) {
      const earlier = await this.#connection.read(() =>
        this.#revisions
          .find({ noticeId: { $in: docs.map(({ _id }) => _id) } }, { projection: { _id: 0 } })
          .sort({ noticeId: 1, revision: 1 })
          .toArray(),
      );
      const byNotice = Map.groupBy(earlier, ({ noticeId }) => noticeId);
      for (const doc of docs) yield storedOf(doc, byNotice.get(doc._id) ?? []);
    }
  }

  /** Adds notices of another store as they stood there; one that is here stays as it is. */
  async takeIn(items: StoredNotice[]): Promise<void> {
    await this.#connection.writeApart(async () => {
      const earlier = items.flatMap(({ revisions }) => revisions.slice(0, -1));
      if (earlier.length > 0) await this.#revisions.bulkWrite(earlier.map(copyOf), { ordered: false });
      await this.#notices.bulkWrite(items.map(creationOf), { ordered: false });
    });
  }

  async #each<T>(items: T[], change: (item: T) => AnyBulkWriteOperation<NoticeDoc>, session: Session): Promise<void> {
    if (items.length > 0) await this.#notices.bulkWrite(items.map(change), { ordered: false, session });
  }
}

/** A project has few notices: they are read and checked, whatever else is asked. */
function unprovenWords(query: { projectId?: string }, words: string[]): string[] {
  if (query.projectId !== undefined) return words;
  return words.filter((word) => !isProvenByIndex(word) || !isKeptWhole(word));
}

function conditions(query: Omit<NoticeQuery, 'limit' | 'cursor'>, words: string[]): object[] {
  const [first, last] = dayRange(query);
  return [
    ...(query.projectId === undefined ? withWords(words) : [{ projectId: query.projectId }]),
    ...(query.kind === undefined ? [] : [{ 'fields.kind': query.kind }]),
    ...(query.track === undefined ? [] : [{ 'fields.track': query.track }]),
    ...(query.sourceId === undefined ? [] : [{ sourceId: query.sourceId }]),
    ...(query.from === undefined && query.to === undefined ? [] : [{ day: { $gte: first, $lte: last } }]),
  ];
}

function holds(doc: Pick<NoticeDoc, 'fields' | 'text'>, words: string[]): boolean {
  return words.length === 0 || matchesWords(noticeSearchText(doc.fields, doc.text), words);
}
