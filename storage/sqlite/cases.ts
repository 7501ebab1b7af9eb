import type { CaseEvent, CaseFile } from '../../src/model/case.ts';
import { CaseOvertaken } from '../../src/model/errors.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { checkedLimit } from '../shared/paging.ts';
import { caseSearchText, queryWords } from '../shared/searchable.ts';
import type { CaseAppend, CaseQuery, CaseStore, Page } from '../store.ts';
import type { Connection } from './connection.ts';
import { lengthOf } from './paging.ts';

/** Rows an iterator reads at a time. */
const READ_BATCH = 200;

type Conditions = Omit<CaseQuery, 'limit' | 'cursor'>;

export class CaseTable implements CaseStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(number: string): Promise<CaseFile | null> {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM cases WHERE number = ?', number);
    return row === undefined ? null : (JSON.parse(row.doc) as CaseFile);
  }

  async getMany(numbers: string[]): Promise<CaseFile[]> {
    return this.#connection
      .all<{ doc: string }>(
        'SELECT doc FROM cases WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number',
        JSON.stringify(numbers),
      )
      .map((row) => JSON.parse(row.doc) as CaseFile);
  }

  async events(number: string): Promise<CaseEvent[]> {
    return this.#connection
      .all<{ doc: string }>('SELECT doc FROM case_events WHERE number = ? ORDER BY seq', number)
      .map((row) => JSON.parse(row.doc) as CaseEvent);
  }

  /** Survives a power cut once resolved. */
  async append(steps: CaseAppend[]): Promise<void> {
    await this.#connection.write(() => steps.forEach((step) => this.#append(step)), { durable: true });
  }

  async search(query: CaseQuery): Promise<Page<CaseFile>> {
    const words = queryWords(query.text);
    const after = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
    const limit = checkedLimit(query.limit);
    const found: CaseFile[] = [];
    for (const file of this.#found(query, words, after as [number, string] | null)) {
      found.push(file);
      if (found.length > limit) break;
    }
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.openedAt, last.number]) : null,
    };
  }

  async count(query: Conditions): Promise<number> {
    const words = queryWords(query.text);
    if (words.length > 0) return lengthOf(this.#found(query, words, null));
    const { where, values } = conditions(query);
    return this.#connection.get<{ n: number }>(`SELECT count(*) AS n FROM cases WHERE 1 ${where}`, ...values)!.n;
  }

  async *all(): AsyncGenerator<CaseFile> {
    for (let after = ''; ;) {
      const rows = this.#connection.all<{ number: string; doc: string }>(
        `SELECT number, doc FROM cases WHERE number > ? ORDER BY number LIMIT ${READ_BATCH}`,
        after,
      );
      for (const row of rows) yield JSON.parse(row.doc) as CaseFile;
      const last = rows.at(-1);
      if (last === undefined || rows.length < READ_BATCH) return;
      after = last.number;
    }
  }

  async putAttachment(sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#connection.write(() => this.takeInAttachment(sha256, bytes), { durable: true });
  }

  async attachment(sha256: string): Promise<Uint8Array | null> {
    const row = this.#connection.get<{ bytes: Uint8Array }>(
      'SELECT bytes FROM case_attachments WHERE sha256 = ?',
      sha256,
    );
    return row?.bytes ?? null;
  }

  /** Adds a case of another store; inside the caller's transaction. One that is here stays as it is. */
  takeIn(file: CaseFile): void {
    if (this.#connection.get('SELECT 1 FROM cases WHERE number = ?', file.number) === undefined) this.#put(file);
  }

  takeInEvent(event: CaseEvent): void {
    this.#connection.run(
      'INSERT INTO case_events (number, seq, hash, doc) VALUES (?, ?, ?, ?) ON CONFLICT (number, seq) DO NOTHING',
      event.number,
      event.seq,
      event.hash,
      JSON.stringify(event),
    );
  }

  takeInAttachment(sha256: string, bytes: Uint8Array): void {
    this.#connection.run(
      'INSERT INTO case_attachments (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING',
      sha256,
      bytes,
    );
  }

  #append({ event, file }: CaseAppend): void {
    const { number, seq } = event;
    const there = this.#connection.get<{ hash: string }>(
      'SELECT hash FROM case_events WHERE number = ? AND seq = ?',
      number,
      seq,
    );
    if (there?.hash === event.hash) return;
    if (there !== undefined) throw new CaseOvertaken(number, '已由他人先一步处理');
    const version = this.#connection.get<{ version: number }>('SELECT version FROM cases WHERE number = ?', number);
    if ((version?.version ?? 0) !== seq - 1) throw new CaseOvertaken(number, '的经过与本次操作接不上');
    this.takeInEvent(event);
    this.#put(file);
  }

  #put(file: CaseFile): void {
    this.#connection.run(
      `INSERT OR REPLACE INTO cases (number, version, state, nature, rule, assignee, due, news, opened_at, doc)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      file.number,
      file.version,
      file.state,
      file.nature,
      file.rule,
      file.assignee,
      file.due,
      file.news === null ? 0 : 1,
      file.openedAt,
      JSON.stringify(file),
    );
    this.#connection.run('DELETE FROM case_marks WHERE number = ?', file.number);
    for (const mark of marksOf(file)) {
      this.#connection.run('INSERT INTO case_marks (mark, number) VALUES (?, ?)', mark, file.number);
    }
  }

  /** Words are looked for in what a case shows: cases are few beside notices. */
  *#found(query: Conditions, words: string[], after: [number, string] | null): Generator<CaseFile> {
    const { where, values } = conditions(query);
    const position = after === null ? '' : 'AND (opened_at < ? OR (opened_at = ? AND number > ?))';
    const rows = this.#connection.iterate<{ doc: string }>(
      `SELECT doc FROM cases WHERE 1 ${where} ${position} ORDER BY opened_at DESC, number`,
      ...values,
      ...(after === null ? [] : [after[0], after[0], after[1]]),
    );
    for (const row of rows) {
      const file = JSON.parse(row.doc) as CaseFile;
      if (words.length === 0 || matchesWords(caseSearchText(file), words)) yield file;
    }
  }
}

const MARKED = 'number IN (SELECT number FROM case_marks WHERE mark = ?)';
const REPLY_BY = "json_extract(doc, '$.question.replyBy')";

/** What a case is found by in `case_marks`; each once. */
function marksOf({ sourceIds, agency, facts }: CaseFile): Set<string> {
  return new Set([
    ...sourceIds.map((id) => `source ${id}`),
    ...facts.codes.map((code) => `code ${code}`),
    ...(agency === null ? [] : [`agency ${agency}`]),
  ]);
}

function askedMarks({ sourceId, code, agency }: Conditions): string[] {
  return [
    ...(sourceId === undefined ? [] : [`source ${sourceId}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(agency === undefined ? [] : [`agency ${agency}`]),
  ];
}

function conditions(query: Conditions): { where: string; values: (string | number)[] } {
  const parts: [string, string | number | undefined][] = [
    ['state = ?', query.state],
    ['nature = ?', query.nature],
    ['rule = ?', query.rule],
    ['assignee = ?', query.assignee],
    ['due <= ?', query.dueBy],
    ['news = ?', query.news === undefined ? undefined : Number(query.news)],
    // Said twice over, the index of the few that have such a day serves.
    [`${REPLY_BY} IS NOT NULL AND ${REPLY_BY} < ?`, query.replyBefore],
    ...askedMarks(query).map((mark): [string, string] => [MARKED, mark]),
  ];
  const given = parts.filter((part): part is [string, string | number] => part[1] !== undefined);
  return { where: given.map(([sql]) => `AND ${sql}`).join(' '), values: given.map(([, value]) => value) };
}
