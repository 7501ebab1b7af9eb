import type { Collection } from 'mongodb';

import type { Lead } from '../../src/model/lead.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { encodeCursor } from '../shared/cursor.ts';
import { placeDay } from '../shared/days.ts';
import { checkedLimit } from '../shared/paging.ts';
import { leadSearchText, queryWords } from '../shared/searchable.ts';
import type { LeadQuery, LeadStore, Page } from '../store.ts';
import { additionOf, batchesById, READ_BATCH } from './batches.ts';
import type { Connection } from './connection.ts';
import type { LeadDoc } from './documents.ts';
import { idOf, idsOf, plain } from './plain.ts';
import { allOf, behind, countingAll, firstOf, positionOf } from './positions.ts';

export class LeadCollection implements LeadStore {
  readonly #connection: Connection;
  readonly #leads: Collection<LeadDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#leads = connection.collection<LeadDoc>('leads');
  }

  async replace(gone: string[], leads: Lead[]): Promise<void> {
    const docs = leads.map(documentOf);
    const kept = new Set(docs.map(({ _id }) => _id));
    const left = idsOf(gone).filter((key) => !kept.has(key));
    await this.#connection.write(async (session) => {
      if (left.length > 0) await this.#leads.deleteMany({ _id: { $in: left } }, { session });
      if (docs.length === 0) return;
      await this.#leads.bulkWrite(
        docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } })),
        { session },
      );
    });
  }

  async ofProject(projectId: string): Promise<Lead[]> {
    return this.#connection.read(async () => {
      const docs = await this.#leads
        .find({ projectIds: idOf(projectId) })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(leadOf);
    });
  }

  async *all(): AsyncGenerator<Lead> {
    for await (const docs of batchesById(this.#connection, this.#leads)) yield* docs.map(leadOf);
  }

  async search(query: LeadQuery): Promise<Page<Lead>> {
    const words = queryWords(query.text);
    const position = positionOf(query);
    const limit = checkedLimit(query.limit);
    return this.#connection.read(async () => {
      const candidates = this.#leads
        .find(allOf([...conditions(query), ...behind('place', position)]), {
          batchSize: limit + 1,
          ...(words.length === 0 && { limit: limit + 1 }),
        })
        .sort({ place: -1, _id: 1 });
      const found = await firstOf(candidates, limit + 1, (doc) => holds(doc, words));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(leadOf),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.place, last._id]) : null,
      };
    });
  }

  async count(query: Omit<LeadQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    const filter = allOf(conditions(query));
    return this.#connection.read(async () => {
      if (words.length === 0) return this.#leads.countDocuments(filter, countingAll(filter));
      let count = 0;
      for await (const doc of this.#leads.find(filter, { batchSize: READ_BATCH })) if (holds(doc, words)) count += 1;
      return count;
    });
  }

  /** Adds leads of another store; one that is here stays as it is. */
  async takeIn(leads: Lead[]): Promise<void> {
    const docs = leads.map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#leads.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }
}

function documentOf(lead: Lead): LeadDoc {
  const { key, ...rest } = plain(lead);
  return { _id: idOf(key), ...rest, place: placeDay(rest.day) };
}

function leadOf({ _id, place: _place, ...lead }: LeadDoc): Lead {
  return { key: _id, ...lead };
}

function conditions({ indicator }: Omit<LeadQuery, 'limit' | 'cursor'>): object[] {
  return indicator === undefined ? [] : [{ indicator }];
}

/** Words are looked for in what a lead shows: leads are few beside notices. */
function holds(doc: LeadDoc, words: string[]): boolean {
  return words.length === 0 || matchesWords(leadSearchText(leadOf(doc)), words);
}
