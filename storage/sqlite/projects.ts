import { dealingOf } from '../../src/model/dealing.ts';
import type { Dealing } from '../../src/model/dealing.ts';
import type { Project } from '../../src/model/project.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { copiesOf } from '../shared/copies.ts';
import { decodeCursor, encodeCursor } from '../shared/cursor.ts';
import { checkedLimit } from '../shared/paging.ts';
import { projectSearchText, queryWords } from '../shared/searchable.ts';
import { isProvenByIndex } from '../shared/terms.ts';
import type { Page, ProjectQuery, ProjectStore, SheetRow } from '../store.ts';
import type { Connection } from './connection.ts';
import type { NoticeTable } from './notices.ts';
import { OrderedIndex } from './ordered-index.ts';
import type { IndexQuery } from './ordered-index.ts';
import { lengthOf } from './paging.ts';
import { sheetRow, SHEETS } from './sheet-rows.ts';
import type { SheetColumns } from './sheet-rows.ts';

/** Rows an iterator reads at a time. */
const READ_BATCH = 200;
/** Sheets read at a time: some 2 KB each. */
const SHEET_BATCH = 500;

export class ProjectTable implements ProjectStore {
  readonly #connection: Connection;
  readonly #notices: NoticeTable;
  readonly #index: OrderedIndex;

  constructor(connection: Connection, notices: NoticeTable) {
    this.#connection = connection;
    this.#notices = notices;
    this.#index = new OrderedIndex(connection, 'project');
  }

  async get(id: string): Promise<Project | null> {
    return this.#get(id);
  }

  async search(query: ProjectQuery): Promise<Page<Project>> {
    const words = queryWords(query.text);
    const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
    const after = position === null ? null : { day: position[0] as number, id: position[1] as string };
    const limit = checkedLimit(query.limit);
    const found: { day: number; project: Project }[] = [];
    for (const hit of this.#hits(query, words, after)) {
      found.push(hit);
      if (found.length > limit) break;
    }
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((hit) => hit.project),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.day, last.project.id]) : null,
    };
  }

  async count(query: Omit<ProjectQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    if (words.every(isProvenByIndex)) return this.#index.count(indexQuery(query, words));
    return lengthOf(this.#hits(query, words, null));
  }

  async *all(): AsyncGenerator<Project> {
    let after = '';
    for (;;) {
      const rows = this.#connection.all<{ id: string; doc: string }>(
        `SELECT id, doc FROM projects WHERE id > ? ORDER BY id LIMIT ${READ_BATCH}`,
        after,
      );
      for (const row of rows) yield JSON.parse(row.doc) as Project;
      if (rows.length < READ_BATCH) return;
      after = rows.at(-1)!.id;
    }
  }

  async *dealings(): AsyncGenerator<Dealing> {
    for (let after: [string, string] = ['', '']; ;) {
      const rows = this.#connection.all<{ buyer: string; project_id: string; doc: string }>(
        `SELECT buyer, project_id, doc FROM dealings WHERE (buyer, project_id) > (?, ?)
         ORDER BY buyer, project_id LIMIT ${READ_BATCH}`,
        ...after,
      );
      for (const row of rows) yield JSON.parse(row.doc) as Dealing;
      const last = rows.at(-1);
      if (last === undefined || rows.length < READ_BATCH) return;
      after = [last.buyer, last.project_id];
    }
  }

  async ofNotices(noticeIds: string[]): Promise<Map<string, string>> {
    const rows = this.#connection.all<{ id: string; project_id: string }>(
      `SELECT id, project_id FROM notices
       WHERE id IN (SELECT value FROM json_each(?)) AND project_id IS NOT NULL`,
      JSON.stringify(noticeIds),
    );
    return new Map(rows.map((row) => [row.id, row.project_id]));
  }

  async replace(
    affectedNoticeIds: string[],
    projects: Project[],
    linkKeys?: ReadonlyMap<string, string[]>,
    sheets?: ReadonlyMap<string, string>,
  ): Promise<void> {
    await this.#connection.write(() => {
      const holding = this.#connection.all<{ project_id: string }>(
        `SELECT DISTINCT project_id FROM notices
         WHERE id IN (SELECT value FROM json_each(?)) AND project_id IS NOT NULL`,
        JSON.stringify(affectedNoticeIds),
      );
      const staying = new Set(projects.map((project) => project.id));
      for (const { project_id: id } of holding) {
        this.#remove(id);
        if (staying.has(id)) continue;
        this.#connection.run('DELETE FROM findings WHERE project_id = ?', id);
        this.#dropSheet(id);
      }
      for (const project of projects) {
        this.#put(project);
        const sheet = sheets?.get(project.id);
        if (sheet === undefined) this.#dropSheet(project.id);
        else this.#putSheet(project.id, sheet);
      }
      this.#notices.markMatched(affectedNoticeIds);
      linkKeys?.forEach((keys, noticeId) => this.#setLinkKeys(noticeId, keys));
    });
  }

  async *sheets(): AsyncGenerator<SheetRow[]> {
    for (let after = ''; ;) {
      const rows = this.#connection.all<SheetColumns>(
        `${SHEETS} WHERE p.id > ? ORDER BY p.id LIMIT ${SHEET_BATCH}`,
        after,
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(sheetRow);
      after = last.id;
    }
  }

  async putSheets(sheets: ReadonlyMap<string, string>): Promise<void> {
    await this.#connection.write(() => {
      for (const [id, sheet] of sheets) {
        if (this.#connection.get('SELECT 1 FROM projects WHERE id = ?', id) !== undefined) this.#putSheet(id, sheet);
      }
    });
  }

  /** Adds a project of another store, whose notices bring its id with them; inside the caller's transaction. One that is here stays as it is. */
  takeIn(project: Project): void {
    if (this.#get(project.id) === null) this.#insert(project);
  }

  #get(id: string): Project | null {
    const row = this.#connection.get<{ doc: string }>('SELECT doc FROM projects WHERE id = ?', id);
    return row === undefined ? null : (JSON.parse(row.doc) as Project);
  }

  #remove(id: string): void {
    const row = this.#connection.get<{ sid: number }>('SELECT sid FROM projects WHERE id = ?', id);
    if (row === undefined) return;
    this.#index.remove(row.sid);
    this.#connection.run('DELETE FROM projects WHERE id = ?', id);
    this.#connection.run('DELETE FROM dealings WHERE project_id = ?', id);
    this.#connection.run('UPDATE notices SET project_id = NULL, copies = 0 WHERE project_id = ?', id);
  }

  #put(project: Project): void {
    this.#remove(project.id);
    this.#insert(project);
    const copies = copiesOf(project);
    for (const id of project.noticeIds) {
      this.#connection.run(
        'UPDATE notices SET project_id = ?, copies = ? WHERE id = ?',
        project.id,
        copies.get(id) ?? 0,
        id,
      );
    }
  }

  #insert(project: Project): void {
    const sid = this.#index.add(project.id, project.lastDay, projectSearchText(project), labels(project));
    this.#connection.run(
      'INSERT INTO projects (id, sid, doc) VALUES (?, ?, ?)',
      project.id,
      sid,
      JSON.stringify(project),
    );
    const dealing = dealingOf(project);
    if (dealing === null) return;
    this.#connection.run(
      'INSERT INTO dealings (buyer, project_id, doc) VALUES (?, ?, ?)',
      dealing.bidding.buyer,
      project.id,
      JSON.stringify(dealing),
    );
  }

  #setLinkKeys(noticeId: string, keys: string[]): void {
    const notice = this.#connection.get<{ nid: number }>('SELECT nid FROM notices WHERE id = ?', noticeId);
    if (notice === undefined) return;
    this.#connection.run('DELETE FROM link_keys WHERE nid = ?', notice.nid);
    for (const key of new Set(keys)) {
      this.#connection.run('INSERT INTO link_keys (key, nid) VALUES (?, ?)', key, notice.nid);
    }
  }

  /** What was said of the project was said by another sheet. */
  #putSheet(projectId: string, sheet: string): void {
    this.#connection.run('DELETE FROM said WHERE project_id = ?', projectId);
    this.#connection.run(
      `INSERT INTO fact_sheets (project_id, sheet) VALUES (?, ?)
       ON CONFLICT (project_id) DO UPDATE SET sheet = excluded.sheet`,
      projectId,
      sheet,
    );
  }

  #dropSheet(projectId: string): void {
    this.#connection.run('DELETE FROM said WHERE project_id = ?', projectId);
    this.#connection.run('DELETE FROM fact_sheets WHERE project_id = ?', projectId);
  }

  *#hits(
    query: Omit<ProjectQuery, 'limit' | 'cursor'>,
    words: string[],
    after: { day: number; id: string } | null,
  ): Generator<{ day: number; project: Project }> {
    const unproven = words.filter((word) => !isProvenByIndex(word));
    for (const { day, ids } of this.#index.days(indexQuery(query, words), after)) {
      for (const id of ids) {
        const project = this.#get(id)!;
        if (unproven.length === 0 || matchesWords(projectSearchText(project), unproven)) yield { day, project };
      }
    }
  }
}

function indexQuery(query: Omit<ProjectQuery, 'limit' | 'cursor'>, words: string[]): IndexQuery {
  return { words, labels: labels(query) };
}

function labels(of: { track?: string; state?: string; suggested?: true; suggestions?: unknown[] }): string[] {
  return [
    ...(of.track === undefined ? [] : [`track:${of.track}`]),
    ...(of.state === undefined ? [] : [`state:${of.state}`]),
    ...(of.suggested === undefined && of.suggestions === undefined ? [] : ['suggested']),
  ];
}
