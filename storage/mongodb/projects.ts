import type { Collection } from 'mongodb';

import { dealingOf } from '../../src/model/dealing.ts';
import type { Dealing } from '../../src/model/dealing.ts';
import type { Project } from '../../src/model/project.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { copiesOf } from '../shared/copies.ts';
import { encodeCursor } from '../shared/cursor.ts';
import { placeDay } from '../shared/days.ts';
import { checkedLimit } from '../shared/paging.ts';
import { projectSearchText, queryWords } from '../shared/searchable.ts';
import { isProvenByIndex } from '../shared/terms.ts';
import type { Page, ProjectQuery, ProjectStore, SheetRow } from '../store.ts';
import { additionOf, batchesById, READ_BATCH } from './batches.ts';
import type { Connection, Session } from './connection.ts';
import type { FindingDoc, ProjectDoc, SheetDoc } from './documents.ts';
import type { NoticeCollection } from './notices.ts';
import { idOf, plain } from './plain.ts';
import { allOf, behind, countingAll, firstOf, positionOf } from './positions.ts';
import { isKeptWhole, walkWhereMany, withWords, wordsOf } from './words.ts';

const PROJECT_FIELDS = { words: 0 } as const;
/** What no dealing has. */
const DEALING_FIELDS = { words: 0, timeline: 0, groups: 0, links: 0, suggestions: 0, noticeIds: 0 } as const;

export class ProjectCollection implements ProjectStore {
  readonly #connection: Connection;
  readonly #notices: NoticeCollection;
  readonly #projects: Collection<ProjectDoc>;
  readonly #findings: Collection<FindingDoc>;
  readonly #sheets: Collection<SheetDoc>;

  constructor(connection: Connection, notices: NoticeCollection) {
    this.#connection = connection;
    this.#notices = notices;
    this.#projects = connection.collection<ProjectDoc>('projects');
    this.#findings = connection.provenCollection<FindingDoc>('findings');
    this.#sheets = connection.provenCollection<SheetDoc>('fact_sheets');
  }

  async get(id: string): Promise<Project | null> {
    return this.#connection.read(async () => {
      const doc = await this.#projects.findOne({ _id: idOf(id) }, { projection: PROJECT_FIELDS });
      return doc === null ? null : projectOf(doc);
    });
  }

  async search(query: ProjectQuery): Promise<Page<Project>> {
    const words = queryWords(query.text);
    const position = positionOf(query);
    const limit = checkedLimit(query.limit);
    const unproven = unprovenWords(words);
    const wanted = conditions(query, words);
    return this.#connection.read(async () => {
      const candidates = this.#projects
        .find(allOf([...wanted, ...behind('day', position)]), {
          ...(await walkWhereMany(this.#projects, wanted, words)),
          projection: PROJECT_FIELDS,
          batchSize: limit + 1,
          ...(unproven.length === 0 && { limit: limit + 1 }),
        })
        .sort({ day: -1, _id: 1 });
      const found = await firstOf(candidates, limit + 1, (doc) => holds(projectOf(doc), unproven));
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown.map(projectOf),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor(query, [last.day, last._id]) : null,
      };
    });
  }

  async count(query: Omit<ProjectQuery, 'limit' | 'cursor'>): Promise<number> {
    const words = queryWords(query.text);
    const unproven = unprovenWords(words);
    const wanted = conditions(query, words);
    const filter = allOf(wanted);
    return this.#connection.read(async () => {
      // By itself a server does not count in an index whose documents are all meant, as those with suggestions are.
      const hint = isSuggestedAlone(query) ? { hint: 'suggested' } : countingAll(filter);
      if (unproven.length === 0) return this.#projects.countDocuments(filter, hint);
      let count = 0;
      const docs = this.#projects.find(filter, { projection: PROJECT_FIELDS, batchSize: READ_BATCH });
      for await (const doc of docs) if (holds(projectOf(doc), unproven)) count += 1;
      return count;
    });
  }

  async *all(): AsyncGenerator<Project> {
    for await (const docs of batchesById(this.#connection, this.#projects, PROJECT_FIELDS)) yield* docs.map(projectOf);
  }

  async *dealings(): AsyncGenerator<Dealing> {
    for (let after: { buyer: string; id: string } | null = null; ;) {
      const behindLast: object =
        after === null
          ? { 'bidding.buyer': { $gt: '' } }
          : {
              // The bound apart: see `behind`.
              'bidding.buyer': { $gte: after.buyer },
              $or: [
                { 'bidding.buyer': after.buyer, _id: { $gt: after.id } },
                { 'bidding.buyer': { $gt: after.buyer } },
              ],
            };
      const docs: ProjectDoc[] = await this.#connection.read(() =>
        this.#projects
          .find<ProjectDoc>(behindLast, { projection: DEALING_FIELDS })
          .sort({ 'bidding.buyer': 1, _id: 1 })
          .limit(READ_BATCH)
          .toArray(),
      );
      yield* docs.flatMap((doc) => dealingOf(projectOf(doc)) ?? []);
      const last = docs.at(-1);
      if (last?.bidding?.buyer == null || docs.length < READ_BATCH) return;
      after = { buyer: last.bidding.buyer, id: last._id };
    }
  }

  /** Adds projects of another store, whose notices bring their ids with them; one that is here stays as it is. */
  async takeIn(projects: Project[]): Promise<void> {
    await this.#connection.writeApart(async () => {
      await this.#projects.bulkWrite(projects.map(documentOf).map(additionOf), { ordered: false });
    });
  }

  async ofNotices(noticeIds: string[]): Promise<Map<string, string>> {
    return this.#connection.read(() => this.#notices.projectsOf(noticeIds, undefined));
  }

  /**
   * Where there is no transaction: all notices go back on the work list first, so that a replacement that was broken
   * off is begun again; a project that goes is removed before its notices are told, so that it is still found by them;
   * the notices are taken off the list last.
   */
  async replace(
    affectedNoticeIds: string[],
    projects: Project[],
    linkKeys?: ReadonlyMap<string, string[]>,
    sheets: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    const docs = projects.map(documentOf);
    await this.#connection.write(async (session) => {
      const holding = [...new Set((await this.#notices.projectsOf(affectedNoticeIds, session)).values())];
      await this.#notices.takeUp(affectedNoticeIds, session);
      await this.#put(docs, session);
      const staying = new Set(docs.map(({ _id }) => _id));
      const gone = holding.filter((id) => !staying.has(id));
      if (gone.length > 0) {
        await this.#findings.deleteMany({ projectId: { $in: gone } }, { session });
        await this.#projects.deleteMany({ _id: { $in: gone } }, { session });
      }
      const without = [...gone, ...[...staying].filter((id) => !sheets.has(id))];
      if (without.length > 0) await this.#sheets.deleteMany({ _id: { $in: without } }, { session });
      await this.#putSheets(
        [...sheets].filter(([id]) => staying.has(id)),
        session,
      );
      await this.#notices.place([...new Set([...holding, ...staying])], placesOf(projects), session);
      if (linkKeys !== undefined) await this.#notices.setLinkKeys(linkKeys, session);
      await this.#notices.markMatched(affectedNoticeIds, session);
    });
    this.#notices.forgetHandedOut(affectedNoticeIds);
  }

  async *sheets(): AsyncGenerator<SheetRow[]> {
    for await (const projects of batchesById(this.#connection, this.#projects, { _id: 1 })) {
      const ids = projects.map(({ _id }) => _id);
      const docs = await this.#connection.read(() => this.#sheets.find({ _id: { $in: ids } }).toArray());
      const known = new Map(docs.map((doc) => [doc._id, doc]));
      yield ids.map((id) => ({
        projectId: id,
        sheet: known.get(id)?.sheet ?? null,
        said: known.get(id)?.said ?? null,
      }));
    }
  }

  async putSheets(sheets: ReadonlyMap<string, string>): Promise<void> {
    await this.#connection.write(async (session) => {
      const filter = { _id: { $in: [...sheets.keys()] } };
      const there = await this.#projects.find(filter, { projection: { _id: 1 }, session }).toArray();
      await this.#putSheets(
        there.map(({ _id }) => [_id, sheets.get(_id)!]),
        session,
      );
    });
  }

  /** What was said of a project was said by another sheet. */
  async #putSheets(sheets: [id: string, sheet: string][], session: Session): Promise<void> {
    if (sheets.length === 0) return;
    await this.#sheets.bulkWrite(
      sheets.map(([_id, sheet]) => ({
        updateOne: { filter: { _id }, update: { $set: { sheet, said: null } }, upsert: true },
      })),
      { session },
    );
  }

  async #put(docs: ProjectDoc[], session: Session): Promise<void> {
    if (docs.length === 0) return;
    await this.#projects.bulkWrite(
      docs.map((doc) => ({ replaceOne: { filter: { _id: doc._id }, replacement: doc, upsert: true } })),
      { session },
    );
  }
}

function placesOf(projects: Project[]): Map<string, { projectId: string; copies: number }> {
  const places = new Map<string, { projectId: string; copies: number }>();
  for (const project of projects) {
    const copies = copiesOf(project);
    for (const id of project.noticeIds) places.set(id, { projectId: project.id, copies: copies.get(id) ?? 0 });
  }
  return places;
}

function documentOf(project: Project): ProjectDoc {
  const { id, ...rest } = plain(project);
  return { ...rest, _id: idOf(id), day: placeDay(rest.lastDay), words: wordsOf(projectSearchText({ id, ...rest })) };
}

function projectOf({ _id, day: _day, words: _words, ...project }: ProjectDoc): Project {
  return { id: _id, ...project };
}

function unprovenWords(words: string[]): string[] {
  return words.filter((word) => !isProvenByIndex(word) || !isKeptWhole(word));
}

function isSuggestedAlone({ text, track, state, suggested }: Omit<ProjectQuery, 'limit' | 'cursor'>): boolean {
  return suggested === true && text === undefined && track === undefined && state === undefined;
}

function conditions(query: Omit<ProjectQuery, 'limit' | 'cursor'>, words: string[]): object[] {
  return [
    ...withWords(words),
    ...(query.track === undefined ? [] : [{ track: query.track }]),
    ...(query.state === undefined ? [] : [{ state: query.state }]),
    ...(query.suggested === undefined ? [] : [{ suggestions: { $exists: true } }]),
  ];
}

function holds(project: Project, words: string[]): boolean {
  return words.length === 0 || matchesWords(projectSearchText(project), words);
}
