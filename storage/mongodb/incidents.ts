import type { Collection } from 'mongodb';

import { causeOf } from '../../src/model/incident.ts';
import type { Incident } from '../../src/model/incident.ts';
import { encodeCursor } from '../shared/cursor.ts';
import { checkedLimit } from '../shared/paging.ts';
import type { IncidentQuery, IncidentStore, Page } from '../store.ts';
import { additionOf, batchesById } from './batches.ts';
import type { Connection } from './connection.ts';
import type { IncidentDoc } from './documents.ts';
import { isDuplicate } from './errors.ts';
import { idOf, idsOf, plain } from './plain.ts';
import { allOf, behind, countingAll, inOrderOfIds, positionOf } from './positions.ts';

export class IncidentCollection implements IncidentStore {
  readonly #connection: Connection;
  readonly #incidents: Collection<IncidentDoc>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#incidents = connection.collection<IncidentDoc>('incidents');
  }

  async open(sourceId?: string): Promise<Incident[]> {
    return this.#connection.read(async () => {
      const filter = allOf(conditions({ sourceId, state: 'open' }));
      return inOrderOfIds(await this.#incidents.find(filter).toArray()).map(incidentOf);
    });
  }

  async getMany(ids: string[]): Promise<Incident[]> {
    return this.#connection.read(async () => {
      const docs = await this.#incidents
        .find({ _id: { $in: idsOf(ids) } })
        .sort({ _id: 1 })
        .toArray();
      return docs.map(incidentOf);
    });
  }

  /** One by one and in order: an incident closed makes room for the next of its cause. */
  async put(incidents: Incident[]): Promise<void> {
    if (incidents.length === 0) return;
    const docs = incidents.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      for (const doc of docs) await this.#put(doc);
    });
  }

  async search(query: IncidentQuery): Promise<Page<Incident>> {
    const position = positionOf(query);
    const limit = checkedLimit(query.limit);
    return this.#connection.read(async () => {
      const docs = await this.#incidents
        .find(allOf([...conditions(query), ...behind('openedAt', position)]))
        .sort({ openedAt: -1, _id: 1 })
        .limit(limit + 1)
        .toArray();
      const shown = docs.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(incidentOf),
        nextCursor: docs.length > limit && last !== undefined ? encodeCursor(query, [last.openedAt, last._id]) : null,
      };
    });
  }

  async count(query: Omit<IncidentQuery, 'limit' | 'cursor'>): Promise<number> {
    const filter = allOf(conditions(query));
    return this.#connection.read(() => this.#incidents.countDocuments(filter, countingAll(filter)));
  }

  async *all(): AsyncGenerator<Incident> {
    for await (const docs of batchesById(this.#connection, this.#incidents)) yield* docs.map(incidentOf);
  }

  /** Adds incidents of another store; one that is here stays as it is. */
  async takeIn(incidents: Incident[]): Promise<void> {
    const docs = incidents.map(plain).map(documentOf);
    await this.#connection.writeApart(async () => {
      await this.#incidents.bulkWrite(docs.map(additionOf), { ordered: false });
    });
  }

  async #put(doc: IncidentDoc): Promise<void> {
    try {
      await this.#incidents.replaceOne({ _id: doc._id }, doc, { upsert: true });
    } catch (error) {
      // The unique index says that the cause has its open incident.
      if (!isDuplicate(error)) throw error;
    }
  }
}

function documentOf({ id, ...incident }: Incident): IncidentDoc {
  return { _id: idOf(id), cause: causeOf({ ...incident }), ...incident };
}

function incidentOf({ _id, cause: _cause, ...incident }: IncidentDoc): Incident {
  return { id: _id, ...incident };
}

function conditions({ sourceId, state }: { sourceId?: string; state?: Incident['state'] }): object[] {
  return [...(sourceId === undefined ? [] : [{ sourceId }]), ...(state === undefined ? [] : [{ state }])];
}
