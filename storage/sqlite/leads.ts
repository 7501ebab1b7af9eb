import type { Lead } from '../../src/model/lead.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { placeDay } from '../shared/days.ts';
import { checkedLimit } from '../shared/paging.ts';
import { leadSearchText, queryWords } from '../shared/searchable.ts';
import type { LeadQuery, LeadStore, Page } from '../store.ts';
import type { Connection } from './connection.ts';
import { lengthOf } from './paging.ts';

/** Rows an iterator reads at a time. */
const READ_BATCH = 200;

export class LeadTable implements LeadStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async replace(gone: string[], leads: Lead[]): Promise<void> {
    await this.#connection.write(() => {
      gone.forEach((key) => this.#drop(key));
      for (const lead of leads) {
        this.#drop(lead.key);
        this.#put(lead);
      }
    });
  }

  async ofProject(projectId: string): Promise<Lead[]> {
    return this.#connection
      .all<{ doc: string }>(
        'SELECT doc FROM leads WHERE key IN (SELECT key FROM lead_projects WHERE project_id = ?) ORDER BY key',
        projectId,
      )
      .map((row) => JSON.parse(row.doc) as Lead);
  }

  async *all(): AsyncGenerator<Lead> {
    for (let after = ''; ;) {
      const rows = this.#connection.all<{ key: string; doc: string }>(
        `SELECT key, doc FROM leads WHERE key > ? ORDER BY key LIMIT ${READ_BATCH}`,
        after,
      );
      for (const row of rows) yield JSON.parse(row.doc) as Lead;
      if (rows.length < READ_BATCH) return;
      after = rows.at(-1)!.key;
    }
  }

  async search(query: LeadQuery): Promise<Page<Lead>> {
    const words = queryWords(query.text);
    const after = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
    const limit = checkedLimit(query.limit);
    const found: Lead[] = [];
    for (const lead of this.#hits(query, words, after as [number, string] | null)) {
      found.push(lead);
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor:
        found.length > limit && last !== undefined ? encodeCursor(query, [placeDay(last.day), last.key]) : null,
    };
  }

  async count(query: Omit<LeadQuery, 'limit' | 'cursor'>): Promise<number> {
    return lengthOf(this.#hits(query, queryWords(query.text), null));
  }

  /** Adds a lead of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(lead: Lead): void {
    if (this.#connection.get('SELECT 1 FROM leads WHERE key = ?', lead.key) === undefined) this.#put(lead);
  }

  #drop(key: string): void {
    this.#connection.run('DELETE FROM lead_projects WHERE key = ?', key);
    this.#connection.run('DELETE FROM leads WHERE key = ?', key);
  }

  #put(lead: Lead): void {
    this.#connection.run(
      'INSERT INTO leads (key, indicator, day, doc) VALUES (?, ?, ?, ?)',
      lead.key,
      lead.indicator,
      placeDay(lead.day),
      JSON.stringify(lead),
    );
    for (const projectId of new Set(lead.projectIds)) {
      this.#connection.run('INSERT INTO lead_projects (project_id, key) VALUES (?, ?)', projectId, lead.key);
    }
  }

  /** Latest day first, then key. Words are looked for in what a lead shows: leads are few beside notices. */
  *#hits(
    { indicator }: Omit<LeadQuery, 'limit' | 'cursor'>,
    words: string[],
    after: [number, string] | null,
  ): Generator<Lead> {
    const rows = this.#connection.iterate<{ doc: string }>(
      `SELECT doc FROM leads WHERE 1 ${indicator === undefined ? '' : 'AND indicator = ?'}
       ${after === null ? '' : 'AND (day < ? OR (day = ? AND key > ?))'} ORDER BY day DESC, key`,
      ...(indicator === undefined ? [] : [indicator]),
      ...(after === null ? [] : [after[0], after[0], after[1]]),
    );
    for (const row of rows) {
      const lead = JSON.parse(row.doc) as Lead;
      if (words.length === 0 || matchesWords(leadSearchText(lead), words)) yield lead;
    }
  }
}
