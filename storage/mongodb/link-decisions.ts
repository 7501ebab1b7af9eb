import type { Collection } from 'mongodb';

import { namedIn } from '../../src/model/link-decision.ts';
import type { LinkDecision } from '../../src/model/link-decision.ts';
import type { LinkDecisionStore } from '../store.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection } from './connection.ts';
import type { LinkDecisionDoc, NoticeDoc } from './documents.ts';
import { idOf, idsOf, plain } from './plain.ts';

/** Read and written at majority: what a person decided must not be rolled back. */
export class LinkDecisionCollection implements LinkDecisionStore {
  readonly #connection: Connection;
  readonly #decisions: Collection<LinkDecisionDoc>;
  readonly #notices: Collection<NoticeDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#decisions = connection.provenCollection<LinkDecisionDoc>('link_decisions');
    this.#notices = connection.collection<NoticeDoc>('notices');
  }

  /** Where there is no transaction: the decision first; matching looks for decisions that are not heeded yet. */
  async put(decision: LinkDecision): Promise<void> {
    const doc = documentOf(plain(decision));
    await this.#connection.write(async (session) => {
      await this.#decisions.replaceOne({ _id: doc._id }, doc, { upsert: true, session });
      await this.#notices.updateMany({ _id: { $in: idsOf(doc.named) } }, { $set: { matched: false } }, { session });
    });
  }

  async get(id: string): Promise<LinkDecision | null> {
    return this.#connection.read(async () => {
      const doc = await this.#decisions.findOne({ _id: idOf(id) });
      return doc === null ? null : decisionOf(doc);
    });
  }

  async naming(noticeIds: string[]): Promise<LinkDecision[]> {
    return this.#find({ named: { $in: idsOf(noticeIds) } });
  }

  async standing(): Promise<LinkDecision[]> {
    return this.#find({ withdrawn: null });
  }

  async *all(): AsyncGenerator<LinkDecision> {
    for await (const docs of batchesById(this.#connection, this.#decisions)) yield* docs.map(decisionOf);
  }

  /** Adds decisions of another store; one that is here stays as it is. */
  async takeIn(decisions: LinkDecision[]): Promise<void> {
    const docs = decisions.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#decisions.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  #find(filter: object): Promise<LinkDecision[]> {
    return this.#connection.read(async () => {
      const docs = await this.#decisions.find(filter).sort({ at: 1, _id: 1 }).toArray();
      return docs.map(decisionOf);
    });
  }
}

function documentOf({ id, ...decision }: LinkDecision): LinkDecisionDoc {
  return { _id: idOf(id), named: namedIn(decision), ...decision };
}

function decisionOf({ _id, named: _named, ...decision }: LinkDecisionDoc): LinkDecision {
  return { id: _id, ...decision };
}
