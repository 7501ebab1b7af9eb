import { Binary } from 'mongodb';
import type { Collection } from 'mongodb';

import type { CaseAttachment, CaseEvent, CaseFile } from '../../src/model/case.ts';
import { CaseOvertaken, RepairDatabase } from '../../src/model/errors.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { encodeCursor } from '../shared/cursor.ts';
import { checkedLimit } from '../shared/paging.ts';
import { caseSearchText, queryWords } from '../shared/searchable.ts';
import type { CaseAppend, CaseQuery, CaseStore, Page } from '../store.ts';
import { additionOf, batchesById, READ_BATCH } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { CaseAttachmentDoc, CaseDoc, CaseEventDoc } from './documents.ts';
import { idOf, idsOf, plain } from './plain.ts';
import { allOf, behind, countingAll, firstOf, positionOf } from './positions.ts';

type Conditions = Omit<CaseQuery, 'limit' | 'cursor'>;

/** Read and written at majority throughout: a decision that somebody was shown must not be rolled back. */
export class CaseCollection implements CaseStore {
  readonly #connection: Connection;
  readonly #cases: Collection<CaseDoc>;
  readonly #events: Collection<CaseEventDoc>;
  readonly #attachments: Collection<CaseAttachmentDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#cases = connection.provenCollection<CaseDoc>('cases');
    this.#events = connection.provenCollection<CaseEventDoc>('case_events');
    this.#attachments = connection.provenCollection<CaseAttachmentDoc>('case_attachments');
  }

  async get(number: string): Promise<CaseFile | null> {
    return this.#connection.read(async () => {
      const doc = await this.#cases.findOne({ _id: idOf(number) });
      return doc === null ? null : fileOf(doc);
    });
  }

  async getMany(numbers: string[]): Promise<CaseFile[]> {
    return this.#connection.read(async () => {
      const docs = await this.#cases
        .find({ _id: { $in: idsOf(numbers) } })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(fileOf);
    });
  }

  async events(number: string): Promise<CaseEvent[]> {
    return this.#connection.read(async () => {
      const docs = await this.#events
        .find({ number: idOf(number) })
        .sort({ seq: 1 })
        .toArray();
      return docs.map(eventOf);
    });
  }

  /**
   * Where there is no transaction, all cases are looked at before the first is written; should another process act on
   * one of them in that moment, the error says which were stored.
   */
  async append(steps: CaseAppend[], { together = false }: { together?: boolean } = {}): Promise<void> {
    const docs = steps.map(plain);
    const stored: string[] = [];
    await this.#connection.write(async (session) => {
      stored.length = 0;
      if (together && session === undefined) for (const { event } of docs) await this.#place(event, session);
      for (const step of docs) {
        try {
          await this.#append(step, session);
        } catch (error) {
          if (!(error instanceof CaseOvertaken) || session !== undefined || stored.length === 0) throw error;
          throw halfDone(stored, error);
        }
        stored.push(step.event.number);
      }
    });
  }

  async search(query: CaseQuery): Promise<Page<CaseFile>> {
    const words = queryWords(query.text);
    const position = positionOf(query);
    const limit = checkedLimit(query.limit);
    return this.#connection.read(async () => {
      const candidates = this.#cases
        .find(allOf([...conditions(query), ...behind('openedAt', position)]), {
          batchSize: limit + 1,
          ...(words.length === 0 && { limit: limit + 1 }),
        })
        .sort({ openedAt: -1, _id: 1 });
      const found = await firstOf(candidates, limit + 1, (doc) => holds(doc, words));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(fileOf),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.openedAt, last._id]) : null,
      };
    });
  }

  async count(query: Conditions): Promise<number> {
    const words = queryWords(query.text);
    const filter = allOf(conditions(query));
    return this.#connection.read(async () => {
      if (words.length === 0) return this.#cases.countDocuments(filter, countHint(query));
      let count = 0;
      for await (const doc of this.#cases.find(filter, { batchSize: READ_BATCH })) if (holds(doc, words)) count += 1;
      return count;
    });
  }

  async *all(): AsyncGenerator<CaseFile> {
    for await (const docs of batchesById(this.#connection, this.#cases)) yield* docs.map(fileOf);
  }

  async *allEvents(): AsyncGenerator<CaseEvent> {
    for await (const docs of batchesById(this.#connection, this.#events)) yield* docs.map(eventOf);
  }

  async putAttachment(sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#connection.writeApart(async () => {
      await this.#attachments.bulkWrite([additionOf({ _id: idOf(sha256), bytes: new Binary(bytes) })]);
    });
  }

  async attachment(sha256: string): Promise<Uint8Array | null> {
    return this.#connection.read(async () => {
      const doc = await this.#attachments.findOne({ _id: idOf(sha256) });
      return doc === null ? null : Uint8Array.from(doc.bytes.value());
    });
  }

  /** One at a time: each may be megabytes. */
  async *attachments(): AsyncGenerator<CaseAttachment> {
    for await (const docs of batchesById(this.#connection, this.#attachments, { bytes: 0 })) {
      for (const { _id } of docs) {
        const bytes = await this.attachment(_id);
        yield { sha256: _id, base64: Buffer.from(bytes!).toString('base64') };
      }
    }
  }

  /** Adds cases of another store; one that is here stays as it is. */
  async takeIn(files: CaseFile[]): Promise<void> {
    const docs = files.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#cases.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  async takeInEvents(events: CaseEvent[]): Promise<void> {
    const docs = events.map(plain).map((event) => eventDocument(event, null));
    await this.#connection.writeApart(async () => {
      await this.#events.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  async takeInAttachments(attachments: CaseAttachment[]): Promise<void> {
    for (const { sha256, base64 } of attachments) await this.putAttachment(sha256, Buffer.from(base64, 'base64'));
  }

  /** The event first, which decides; then the case as it stands after it. */
  async #append({ event, file }: CaseAppend, session: Session): Promise<void> {
    if ((await this.#place(event, session)) === 'there') return;
    // A duplicate key here is another process's event: the work is begun again and finds it.
    await this.#events.insertOne(eventDocument(event, file), { session });
    const doc = documentOf(file);
    await this.#cases.replaceOne({ _id: doc._id }, doc, { upsert: true, session });
  }

  /** Whether the place of an event is free, or it stands there already. Throws `CaseOvertaken` for anything else. */
  async #place(event: CaseEvent, session: Session): Promise<'free' | 'there'> {
    const number = idOf(event.number);
    const latest = await this.#events.findOne({ number }, { session, sort: { seq: -1 } });
    if ((latest?.seq ?? 0) === event.seq - 1) return 'free';
    if (latest === null || latest.seq < event.seq) throw new CaseOvertaken(number, '的经过与本次操作接不上');
    const same = await this.#events.findOne({ _id: eventId(event), hash: event.hash }, { session });
    await this.#catchUp(latest, session);
    if (same === null) throw new CaseOvertaken(number, '已由他人先一步处理');
    return 'there';
  }

  /** Brings a case up to its latest event; the opening one may have stood alone. */
  async #catchUp({ seq, after }: CaseEventDoc, session: Session): Promise<void> {
    if (after === null) return;
    const doc = documentOf(after);
    const { matchedCount } = await this.#cases.replaceOne({ _id: doc._id, version: { $lt: seq } }, doc, { session });
    if (matchedCount === 0) await this.#cases.bulkWrite([additionOf(doc)], { session });
  }
}

function halfDone(stored: string[], cause: CaseOvertaken): RepairDatabase {
  return new RepairDatabase(
    `${cause.message}；同批的 ${stored.join('、')} 已经保存`,
    '请刷新后处理其余案件。这台 MongoDB 不支持事务；改成副本集（一个成员也可以）后，成批处理全成或全不成。',
    cause.facts,
    cause,
  );
}

/** Six digits: in order of their text the events of a case are in order. */
function eventId({ number, seq }: CaseEvent): string {
  return `${idOf(number)}#${String(seq).padStart(6, '0')}`;
}

function eventDocument(event: CaseEvent, after: CaseFile | null): CaseEventDoc {
  return { _id: eventId(event), ...event, after };
}

function eventOf({ _id, after: _after, ...event }: CaseEventDoc): CaseEvent {
  return event;
}

function documentOf({ number, ...file }: CaseFile): CaseDoc {
  return { _id: idOf(number), ...file };
}

function fileOf({ _id, ...file }: CaseDoc): CaseFile {
  return { number: _id, ...file };
}

/** By itself a server does not count in an index whose documents are all meant, as those with news are. */
function countHint(query: Conditions): { hint?: string } {
  const wanted = conditions(query);
  return query.news === true && wanted.length === 1 ? { hint: 'with_news' } : countingAll(allOf(wanted));
}

function conditions(query: Conditions): object[] {
  return [
    ...given({
      state: query.state,
      nature: query.nature,
      rule: query.rule,
      assignee: query.assignee,
      sourceIds: query.sourceId,
      agency: query.agency,
      'facts.codes': query.code,
    }),
    ...(query.replyBefore === undefined ? [] : [{ 'question.replyBy': { $ne: null, $lt: query.replyBefore } }]),
    ...(query.dueBy === undefined ? [] : [{ due: { $ne: null, $lte: query.dueBy } }]),
    ...(query.news === undefined ? [] : [{ news: query.news ? { $type: 'object' } : null }]),
  ];
}

function given(fields: Record<string, string | undefined>): object[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [{ [name]: value }]));
}

function holds(doc: CaseDoc, words: string[]): boolean {
  return words.length === 0 || matchesWords(caseSearchText(fileOf(doc)), words);
}
