import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { MongoClient } from 'mongodb';
import type { CommandStartedEvent, Db, Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildAlert, buildFinding, buildProject } from '../../test/support/build.ts';
import { buildArchiveRecord, buildObservation, buildRun, MARCH_20 } from '../../test/support/build.ts';
import { collect } from '../../test/support/collect.ts';
import { everythingIn } from '../../test/support/everything.ts';
import { fill } from '../../test/support/fill.ts';
import { openTestMongo } from '../../test/support/mongo/open.ts';
import type { TestMongo } from '../../test/support/mongo/open.ts';
import { fixesAll, isTargeted, queriesOf, shapeOf, useOf } from '../../test/support/mongo/query-shapes.ts';
import type { Index, Query } from '../../test/support/mongo/query-shapes.ts';
import { watchCommands } from '../../test/support/mongo/watch.ts';
import type { Watched } from '../../test/support/mongo/watch.ts';
import type { Store } from '../store.ts';
import { openMongoStore } from './open.ts';

/** Of a small result, or asked for all there is; why no index has its order. */
interface Exception {
  few: string;
}

/**
 * What the store asks, and by which index it is answered. Shapes are `shapeOf`'s: `in` among values, `<` within bounds,
 * `^` by its beginning, `?` otherwise; `told`: the query names the index. What is asked by `_id`, or all in order of
 * `_id`, is left out.
 */
const ANSWERED_BY: Record<string, string | Exception> = {
  'alerts {finding.rule, openedAt<, state} by -openedAt, _id': 'of_state',
  'alerts {finding.rule, openedAt<} by -openedAt, _id': 'of_rule',
  'alerts {finding.rule, state} by -openedAt, _id': 'of_state',
  'alerts {finding.rule, state}': 'of_state',
  'alerts {finding.rule} by -openedAt, _id': 'of_rule',
  'alerts {finding.rule}': 'of_rule',
  'alerts {finding.severity, openedAt<} by -openedAt, _id': 'of_severity',
  'alerts {finding.severity} by -openedAt, _id': 'of_severity',
  'alerts {finding.severity}': 'of_severity',
  'alerts {nature, openedAt<, state} by -openedAt, _id': 'by_nature',
  'alerts {nature, openedAt<} by -openedAt, _id': 'of_nature',
  'alerts {nature, state} by -openedAt, _id': 'by_nature',
  'alerts {nature, state}': 'by_nature',
  'alerts {nature} by -openedAt, _id': 'of_nature',
  'alerts {nature}': 'of_nature',
  'alerts {nature?, openedAt<, state} by -openedAt, _id': 'of_state',
  'alerts {nature?, state} by -openedAt, _id': 'of_state',
  'alerts {nature?, state}': 'by_nature',
  'alerts {openedAt<, state} by -openedAt, _id': 'of_state',
  'alerts {openedAt<} by -openedAt, _id': 'latest',
  'alerts {projectId in}': 'of_project',
  'alerts {state} by -openedAt, _id': 'of_state',
  'alerts {state}': 'of_state',
  'alerts {} by -openedAt, _id': 'latest',
  'alerts {} told _id_': '_id_',
  'alerts {}': { few: 'text of alerts, some thousands a year, is looked through by the program' },
  'archive_records {place<} by place, _id': 'committed',
  'archive_records {revisits?, sourceId, url} by -fetchedAt, -place, -_id': 'of_url',
  'archive_records {url} by fetchedAt, place, _id': 'of_url',
  'case_events {number} by -seq': 'in_order',
  'case_events {number} by seq': 'in_order',
  'cases {agency} by -openedAt, _id': 'of_agency',
  'cases {agency}': 'of_agency',
  'cases {assignee} by -openedAt, _id': 'of_assignee',
  'cases {assignee}': 'of_assignee',
  'cases {due<} by -openedAt, _id': {
    few: 'cases past their day: the index of due days finds them, and what is found is sorted',
  },
  'cases {due<}': 'due',
  'cases {facts.codes} by -openedAt, _id': 'of_code',
  'cases {facts.codes}': 'of_code',
  'cases {nature, state} by -openedAt, _id': 'by_state',
  'cases {nature, state}': 'by_state',
  'cases {nature} by -openedAt, _id': 'of_nature',
  'cases {nature}': 'of_nature',
  'cases {news?} by -openedAt, _id': 'with_news',
  'cases {news?} told with_news': 'with_news',
  'cases {news} by -openedAt, _id': { few: 'nearly every case has no news: the list is walked in its order' },
  'cases {news}': { few: 'nearly every case has no news' },
  'cases {question.replyBy<} by -openedAt, _id': {
    few: 'questions whose reply is overdue: the index of those days finds them, and what is found is sorted',
  },
  'cases {question.replyBy<}': 'reply_by',
  'cases {rule} by -openedAt, _id': 'of_rule',
  'cases {rule}': 'of_rule',
  'cases {sourceIds} by -openedAt, _id': 'of_source',
  'cases {sourceIds}': 'of_source',
  'cases {state} by -openedAt, _id': 'by_state',
  'cases {state}': 'by_state',
  'cases {} by -openedAt, _id': 'latest',
  'cases {} told _id_': '_id_',
  'cases {}': { few: 'text of cases, some thousands a year, is looked through by the program' },
  'fact_sheets {}': { few: 'a rebuild begins by forgetting all' },
  'findings {projectId in}': 'of_project',
  'findings {projectId} by _id': 'of_project',
  'findings {codes, verdict} by _id': 'of_code',
  'findings {rule, verdict} by _id': 'of_rule',
  'findings {rule?, verdict} by _id': { few: 'of a verdict there are many: the list is walked in its order' },
  'findings {severity, verdict} by _id': 'of_severity',
  'findings {verdict} by _id': { few: 'of a verdict there are many: the list is walked in its order' },
  'findings {verdict}': 'of_severity',
  'findings {} told counted': 'counted',
  'findings {}': { few: 'a rebuild begins by forgetting all' },
  'frontier {facts?, runId} by place, _id': 'in_order',
  'frontier {key, runId, state}': 'once',
  'frontier {key, runId}': 'once',
  'frontier {reading?, runId} by place, _id': 'in_order',
  'frontier {runId in, state} by failedPlace, _id': { few: 'failed requests of open runs: what is found is sorted' },
  'frontier {runId in}': 'once',
  'frontier {runId, state} by rank, place, _id': 'waiting',
  'frontier {runId, state}': 'waiting',
  'frontier {runId<} by runId, place, _id': 'in_order',
  'frontier {runId}': 'once',
  'incidents {sourceId, state} by -openedAt, _id': 'of_source',
  'incidents {sourceId, state}': 'of_source',
  'incidents {sourceId} by -openedAt, _id': 'latest_of_source',
  'incidents {sourceId}': 'of_source',
  'incidents {state} by -openedAt, _id': 'by_state',
  'incidents {state}': 'by_state',
  'incidents {} by -openedAt, _id': 'latest',
  'incidents {} told _id_': '_id_',
  'leads {indicator} by -place, _id': 'of_indicator',
  'judged_count {}': { few: 'a rebuild begins by forgetting all' },
  'leads {indicator}': 'of_indicator',
  'leads {projectIds} by _id': 'of_project',
  'leads {} by -place, _id': 'latest',
  'leads {} told _id_': '_id_',
  'leads {}': { few: 'text of leads, which are few beside projects, is looked through by the program' },
  'leases {owner?} by _id': { few: 'a lease a source and a host' },
  'link_decisions {named in} by at, _id': {
    few: 'the index of names finds the few decisions on some notices; what is found is sorted',
  },
  'link_decisions {withdrawn} by at, _id': { few: 'people decide few links, and nearly all stand: all are read' },
  'notice_revisions {noticeId in} by noticeId, revision': 'once',
  'notice_revisions {noticeId, revision<} by revision': 'once',
  'notice_revisions {noticeId, revision}': 'once',
  'notice_revisions {}': { few: 'a rebuild begins by forgetting all' },
  'notices {channelId, day<, fields.publishDate?, sourceId}': 'of_column',
  'notices {day<, fields.kind, fields.track} by -day, _id': 'of_kind',
  'notices {day<, fields.kind, words} by -day, _id': 'words',
  'notices {day<, fields.kind} by -day, _id': 'of_kind',
  'notices {day<, fields.track} by -day, _id': 'of_track',
  'notices {day<, sourceId} by -day, _id': 'of_source',
  'notices {day<, sourceId}': 'of_source',
  'notices {day<, words^} by -day, _id': 'latest',
  'notices {day<, words} by -day, _id': 'words',
  'notices {day<} by -day, _id': 'latest',
  'notices {day<}': 'latest',
  'notices {fields.kind, fields.track} by -day, _id': 'of_kind',
  'notices {fields.kind, fields.track}': 'of_kind',
  'notices {fields.kind, words} by -day, _id': 'words',
  'notices {fields.kind, words}': 'words',
  'notices {fields.kind} by -day, _id': 'of_kind',
  'notices {fields.kind}': 'of_kind',
  'notices {fields.track} by -day, _id': 'of_track',
  'notices {fields.track}': 'of_track',
  'notices {linkKeys in}': 'link_keys',
  'notices {matched} by firstSeenAt, _id': 'unmatched',
  'notices {matched}': 'unmatched',
  'notices {projectId} by -day, _id': 'of_project',
  'notices {projectId}': 'of_project',
  'notices {sourceId} by -day, _id': 'of_source',
  'notices {sourceId}': 'of_source',
  'notices {words^} by -day, _id': {
    few: 'up to 2,000 hits are found by the index of words and sorted; of more, the list is walked in its order',
  },
  'notices {words^}': 'words',
  'notices {words} by -day, _id': 'words',
  'notices {words}': 'words',
  'notices {} by -day, _id': 'latest',
  'notices {} told _id_': '_id_',
  'notices {}': { few: 'a rebuild begins by forgetting all' },
  'projects {bidding.buyer<} by bidding.buyer, _id': 'of_buyer',
  'projects {day<, state} by -day, _id': 'of_state',
  'projects {day<, track} by -day, _id': 'of_track',
  'projects {day<, words^} by -day, _id': 'latest',
  'projects {day<, words} by -day, _id': 'words',
  'projects {day<} by -day, _id': 'latest',
  'projects {state} by -day, _id': 'of_state',
  'projects {state}': 'of_state',
  'projects {suggestions?} by -day, _id': 'suggested',
  'projects {suggestions?} told suggested': 'suggested',
  'projects {track} by -day, _id': 'of_track',
  'projects {track}': 'of_track',
  'projects {words^} by -day, _id': {
    few: 'up to 2,000 hits are found by the index of words and sorted; of more, the list is walked in its order',
  },
  'projects {words^}': 'words',
  'projects {words} by -day, _id': 'words',
  'projects {words}': 'words',
  'projects {} by -day, _id': 'latest',
  'projects {} told _id_': '_id_',
  'projects {}': { few: 'a rebuild begins by forgetting all' },
  'run_failures {digest, runId}': 'once',
  'run_failures {runId in} by runId, place, _id': 'of_run',
  'runs {channels.outcome, finishedAt<, sourceId} by finishedAt, _id': 'coverage_of_source',
  'runs {channels.outcome, finishedAt<} by finishedAt, _id': 'coverage',
  'runs {finishedAt, full, sourceId, window.since, window.until} by -startedAt, -_id': 'unfinished',
  'runs {outcome, sourceId} by -startedAt, -_id': 'of_outcome',
  'runs {sourceId} by -startedAt, -_id': 'of_source',
  'runs {} by -startedAt, -_id': 'latest',
  'sent_requests {at<, host} by at, process, number': 'of_host',
  'sent_requests {at<}': 'by_age',
  'sent_requests {} by host': 'of_host',
  'settings {} by -lastAppliedAt, _id': 'latest',
  'tellings {channel, isOver} by _id': 'pending',
  'vanishings {noticeId in} by openedAt, _id': {
    few: 'the index of notices finds the few vanishings of some notices; what is found is sorted',
  },
  'vanishings {sourceId, state?}': 'of_state',
  'vanishings {sourceId} by -openedAt, _id': 'of_source',
  'vanishings {} by -openedAt, _id': 'latest',
};

let mongo: TestMongo;
let watched: Watched;
let client: MongoClient;
let db: Db;
let store: Store;
/** What bringing the schema up to date sent. */
const opening: CommandStartedEvent[] = [];
const queries = new Map<string, Query>();
const indexes = new Map<string, Index[]>();

beforeAll(async () => {
  mongo = await openTestMongo();
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
  watched = watchCommands();
  store = await openMongoStore(mongo.uri);
  opening.push(...watched.commands.splice(0));
  await fill(remembering(store));
  await everythingIn(store);
  await useEverything(remembering(store));
  for (const event of watched.commands) {
    for (const query of queriesOf(event)) queries.set(shapeOf(query), query);
  }
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    indexes.set(name, (await db.collection(name).indexes()) as Index[]);
  }
});
afterAll(async () => {
  await store.close();
  watched.end();
  await client.close();
  await mongo.close();
});

const BY_ID: Index = { name: '_id_', key: { _id: 1 } };
/** By `_id` or in its order; a query for everything in no order is neither. */
function isById(query: Query): boolean {
  const isForAll = shapeOf(query).endsWith(' {}');
  return !isForAll && query.hint === null && useOf(BY_ID, query) === 'served';
}

const indexNamed = (query: Query, name: string): Index =>
  [BY_ID, ...indexes.get(query.collection)!].find((index) => index.name === name)!;
const asked = (): [shape: string, query: Query][] => [...queries].filter(([, query]) => !isById(query));

describe('every query of the store on MongoDB', () => {
  it('has been looked at, and none that is listed is asked no more', () => {
    expect(
      asked()
        .map(([shape]) => shape)
        .sort(),
    ).toEqual(Object.keys(ANSWERED_BY).sort());
  });

  it('is asked here: no method of the store is left out', () => {
    expect(methodsLeftOut()).toEqual([]);
  });

  it('finds what it asks for in the index it is listed with, in the order it asks for', () => {
    const unserved = asked().filter(([shape, query]) => {
      const by = ANSWERED_BY[shape];
      return typeof by === 'string' && useOf(indexNamed(query, by), query) !== 'served';
    });
    expect(unserved.map(([shape]) => shape)).toEqual([]);
  });

  it('is an exception only where no index serves it', () => {
    const served = asked().filter(([shape, query]) => {
      if (typeof ANSWERED_BY[shape] === 'string' || shape.endsWith(' {}')) return false;
      return indexes.get(query.collection)!.some((index) => useOf(index, query) === 'served');
    });
    expect(served.map(([shape]) => shape)).toEqual([]);
  });

  it('names the index where a server would not take it by itself', () => {
    const told = asked().flatMap(([shape, { hint }]) => (hint === null ? [] : [[shape, hint]]));
    expect(told.map(([shape, hint]) => [shape, hint === ANSWERED_BY[shape!]])).toEqual(
      told.map(([shape]) => [shape, true]),
    );
  });

  it('is read from an index by the engine at hand', async () => {
    const scanned: string[] = [];
    for (const [shape, { collection, filter, sort, hint }] of asked()) {
      const by = ANSWERED_BY[shape];
      // A collection or a partial index read whole the engine sorts by itself.
      if (
        typeof by !== 'string' ||
        !Object.keys(indexNamed(queries.get(shape)!, by).key).some((f) => isAskedFor(filter, f))
      )
        continue;
      const ordered = Object.keys(sort).length > 0;
      const find = { find: collection, filter, ...(ordered && { sort }), ...(hint !== null && { hint }) };
      const { queryPlanner } = await db.command({ explain: find });
      if (hint === null && JSON.stringify(queryPlanner.winningPlan).includes('COLLSCAN')) scanned.push(shape);
    }
    expect(scanned).toEqual([]);
  });

  it('leaves no index that nothing is found by and that keeps nothing out', () => {
    const used = new Set(
      Object.entries(ANSWERED_BY).map(([shape, by]) => `${shape.split(' ')[0]} ${typeof by === 'string' ? by : ''}`),
    );
    // The index of names finds what the program then sorts, see the exceptions.
    for (const name of ['link_decisions naming', 'vanishings of_notice']) used.add(name);
    const useless = [...indexes].flatMap(([collection, all]) =>
      all
        .filter(({ name, unique }) => name !== '_id_' && unique !== true && !used.has(`${collection} ${name}`))
        .map(({ name }) => `${collection} ${name}`),
    );
    expect(useless).toEqual([]);
  });

  it('reads of every collection what docs/scaling.md promises of it, and writes with the acknowledgement of most, in their journals', () => {
    const promised = new Map(
      tableUnder('读写保证').flatMap(([names, read]) => codeIn(names!).map((name) => [name, read] as const)),
    );
    expect([...promised.keys()].sort()).toEqual([...indexes.keys()].sort());
    const kept = new Map<string, Set<string>>();
    for (const { command, commandName } of [...opening, ...watched.commands]) {
      const collection = String(command[commandName]);
      const isRead = READING.includes(commandName);
      // Its transaction speaks for it.
      if (command['autocommit'] === false || !(isRead || WRITING.includes(commandName))) continue;
      const done = isRead
        ? `read ${command['readConcern']?.level ?? 'local'}`
        : `written ${acknowledgement(command['writeConcern'])}`;
      kept.set(collection, (kept.get(collection) ?? new Set()).add(done));
    }
    for (const [collection, read] of promised) {
      const done = [...(kept.get(collection) ?? [])].filter((one) => one !== 'written majority, journaled');
      expect([collection, done.length === 0 ? [`read ${read}`] : done]).toEqual([collection, [`read ${read}`]]);
      expect([collection, kept.has(collection)]).toEqual([collection, true]);
    }
  });

  it('reads cases, what was done about them, findings, alerts and settings only as most members have them', () => {
    const levels = new Map<string, Set<string>>();
    for (const { command, commandName } of watched.commands) {
      if (!READING.includes(commandName) || command['autocommit'] === false) continue;
      const collection = String(command[commandName]);
      levels.set(collection, (levels.get(collection) ?? new Set()).add(String(command['readConcern']?.level)));
    }
    for (const name of ['cases', 'case_events', 'case_attachments', 'findings', 'alerts', 'fact_sheets', 'settings'])
      expect([name, [...levels.get(name)!]]).toEqual([name, ['majority']]);
  });

  it('commits its transactions to most members, in their journals, on one state that most have', () => {
    const begun = watched.commands.filter(({ command }) => command['startTransaction'] === true);
    expect(begun.length).toBeGreaterThan(0);
    expect(new Set(begun.map(({ command }) => command['readConcern']?.level))).toEqual(new Set(['snapshot']));
    const commits = watched.commands.filter(({ commandName }) => commandName === 'commitTransaction');
    expect(new Set(commits.map(({ command }) => acknowledgement(command['writeConcern'])))).toEqual(
      new Set(['majority, journaled']),
    );
  });
});

describe('the shard keys that docs/scaling.md proposes', () => {
  const keys = (): Map<string, string[]> =>
    new Map(
      tableUnder('分片键').flatMap(([names, key]) =>
        codeIn(names!).map((name) => [name, [...key!.matchAll(/([\w.]+):/g)].map(([, field]) => field!)] as const),
      ),
    );

  it('leave every query where the table says: with the shards it is for, or with all of them', () => {
    const asked = new Map<string, string>();
    for (const query of queries.values()) {
      const key = keys().get(query.collection);
      if (key === undefined) continue;
      asked.set(shapeOf({ ...query, sort: {}, hint: null }), isTargeted(key, query) ? '定向' : '广播');
    }
    const told = tableUnder('查询的去向').flatMap(([, shapes, where]) =>
      codeIn(shapes!).map((shape): [string, string] => [shape, where!]),
    );
    expect(told.sort()).toEqual([...asked].sort());
  });

  it('stand in every upsert whole, which a router could not place otherwise', () => {
    const upserts = watched.commands.flatMap(({ command, commandName }) => {
      const collection = String(command[commandName]);
      if (commandName === 'findAndModify')
        return command['upsert'] === true ? [{ collection, q: command['query'] }] : [];
      if (commandName !== 'update') return [];
      const updates = command['updates'] as { q: Document; upsert?: boolean }[];
      return updates.filter(({ upsert }) => upsert).map(({ q }) => ({ collection, q }));
    });
    const lost = upserts.filter(({ collection, q }) => !fixesAll(keys().get(collection) ?? [], q as Document));
    expect(lost).toEqual([]);
    expect(new Set(upserts.map(({ collection }) => collection).filter((name) => keys().has(name)))).toContain(
      'notices',
    );
  });

  it('begin every unique index of their collection, which shards could not keep otherwise', () => {
    for (const [collection, key] of keys()) {
      for (const { name, key: fields, unique } of indexes.get(collection)!) {
        if (unique !== true) continue;
        expect([collection, name, Object.keys(fields).slice(0, key.length)]).toEqual([collection, name, key]);
      }
    }
    // Of these a number, a cause or a place is kept once by an index that no shard key begins.
    for (const name of ['alerts', 'incidents', 'case_events']) expect(keys().has(name)).toBe(false);
  });
});

const READING = ['find', 'aggregate', 'count', 'distinct'];
const WRITING = ['insert', 'update', 'delete', 'findAndModify'];
const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/scaling.md'), 'utf8');

/** Cells of the first table below a heading, its own head left out. */
function tableUnder(heading: string): string[][] {
  const [, below = ''] = DOCUMENT.split(new RegExp(`^#+ ${heading}.*$`, 'm'));
  const rows = /(?:^\|.*\n)+/m.exec(below)?.[0].trim().split('\n') ?? [];
  expect(rows.length).toBeGreaterThan(2);
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands between backticks. */
function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}

function isAskedFor(filter: Document, field: string): boolean {
  return field in filter || ((filter.$and ?? []) as Document[]).some((part) => field in part);
}

function acknowledgement(concern: { w?: unknown; j?: boolean; journal?: boolean } | undefined): string {
  return `${String(concern?.w)}${(concern?.j ?? concern?.journal) === true ? ', journaled' : ''}`;
}

/** Every part of the store, remembering which of its methods were called. */
const called = new Set<string>();
function remembering(of: Store): Store {
  const parts = new Proxy(of, {
    get: (target, name) => {
      const part: unknown = Reflect.get(target, name, target);
      if (typeof part === 'function') return part.bind(target);
      if (typeof part !== 'object' || part === null) return part;
      return new Proxy(part, {
        get: (inner, method) => {
          const value: unknown = Reflect.get(inner, method, inner);
          if (typeof value !== 'function') return value;
          called.add(`${String(name)}.${String(method)}`);
          return value.bind(inner);
        },
      });
    },
  });
  return parts;
}

/** Methods that other methods or `contents` and `takeIn` call, by themselves no queries of the store's interface. */
const INNER =
  /^(constructor|takeIn.*|all.*|stored|store|seenAgain|projectsOf|takeUp|place|setLinkKeys|markMatched|forgetHandedOut|frontier|numbers|attachments|check|mark)$/;

function methodsLeftOut(): string[] {
  const parts = Object.entries(store).filter(([, part]) => typeof part === 'object' && part !== null);
  return parts.flatMap(([name, part]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(part))
      .filter((method) => !INNER.test(method) && !called.has(`${name}.${method}`))
      .map((method) => `${name}.${method}`),
  );
}

/** Each method in each way that needs an index of its own. */
async function useEverything(at: Store): Promise<void> {
  const from = '2026-03-01';
  const to = '2026-03-31';
  const { runs, notices, projects, findings, leads, incidents, tellings, vanishings, cases, linkDecisions, leases } =
    at;
  const sourceId = 'yn_ccgp';

  for (const given of [{}, { sourceId }, { sourceId, outcome: 'complete' as const }])
    await runs.list({ ...given, limit: 5 });
  await runs.unfinished(sourceId, { since: null, until: null }, false);
  await runs.waiting('run-2', 5);
  await runs.countWaiting('run-2');
  await runs.tally('run-2');
  await runs.readings('run-2');
  await runs.get('run-2');
  await runs.coverage();
  await runs.coverage([sourceId]);
  await runs.archiveRecord('kept-1');
  await runs.archiveRecordsOf('https://example.test/notice');
  await runs.lastReply(sourceId, 'https://example.test/notice');
  await runs.rearrangeArchive({ file: 'a', moved: [{ id: 'x', file: 'b', offset: 1 }], dropped: ['y'] });
  await collect(runs.allArchiveRecords());

  for (const [i, days] of ['2026-03-16', '2026-03-17', '2026-03-18'].entries()) {
    await notices.observe([buildObservation({ noticeId: `yn_ccgp:q${i}`, fields: { publishDate: days } })]);
  }
  const noticeQueries = [
    {},
    { kind: 'tender' as const },
    { track: 'procurement' as const },
    { sourceId },
    { from, to },
    { sourceId, from, to },
    { kind: 'tender' as const, track: 'procurement' as const },
    { projectId: 'p1' },
    { text: '医疗' },
    { text: '医疗设备' },
    { text: '医疗', kind: 'tender' as const },
    { text: '医' },
    { text: 'hhz' },
  ];
  for (const query of noticeQueries) {
    const { nextCursor } = await notices.search({ ...query, limit: 1 });
    if (nextCursor !== null) await notices.search({ ...query, limit: 1, cursor: nextCursor });
    await notices.count(query);
    await notices.tally(query);
  }
  await notices.get('yn_ccgp:q0');
  await notices.getMany(['yn_ccgp:q0']);
  await notices.revisions('yn_ccgp:1');
  await collect(notices.all());
  await notices.known(['yn_ccgp:q0']);
  await notices.ofColumn({ sourceId, channelId: 'list', from, to });
  await notices.unmatched(5);
  await notices.byLinkKeys(['k']);
  await notices.sight([{ noticeId: 'yn_ccgp:q0', at: MARCH_20 }]);

  const suggestion = { own: 'a', other: 'b', code: 'SIMILAR_NAME' as const, reason: '名称相近', confidence: 0.5 };
  await projects.replace(
    ['yn_ccgp:q0', 'yn_ccgp:q1'],
    [
      buildProject({ id: 'p2', noticeIds: ['yn_ccgp:q0'], suggestions: [suggestion] }),
      buildProject({ id: 'p3', noticeIds: ['yn_ccgp:q1'] }),
    ],
  );
  await projects.replace(['yn_ccgp:q1'], [buildProject({ id: 'p4', noticeIds: ['yn_ccgp:q1'] })]);
  const projectQueries = [
    {},
    { track: 'procurement' as const },
    { state: 'TENDERING' as const },
    { suggested: true as const },
    { text: '医疗' },
    { text: '医' },
  ];
  for (const query of projectQueries) {
    const { nextCursor } = await projects.search({ ...query, limit: 1 });
    if (nextCursor !== null) await projects.search({ ...query, limit: 1, cursor: nextCursor });
    await projects.count(query);
  }
  await projects.get('p2');
  await collect(projects.all());
  await collect(projects.dealings());
  await projects.ofNotices(['yn_ccgp:q0']);
  await collect(projects.sheets());
  await projects.putSheets(new Map([['p2', '1 {}']]));

  await findings.judge(['p2'], [buildFinding({ projectId: 'p2' })], [buildAlert({ projectId: 'p2' })]);
  await findings.ofProject('p2');
  await findings.ofProjects(['p1', 'p2']);
  await findings.search({ projectId: 'p2', limit: 5 });
  await findings.search({ limit: 5 });
  const undetermined = { verdict: 'undetermined' as const, limit: 5 };
  for (const query of [{}, { severity: 'major' as const }, { rule: 'KY-GP-3D' as const }, { code: 'PENDING' as const }])
    await findings.search({ ...undetermined, ...query });
  await findings.search({ ...undetermined, exceptRule: 'KY-REVIEW-3D' });
  await findings.countByCode('undetermined');
  await findings.statistics();
  await findings.keepJudged({ at: 1, rules: [] });
  await findings.judged();
  await findings.alertStatistics();
  await findings.alert('k');
  await findings.get('k');
  await findings.open(buildAlert({ projectId: 'p7' }));
  await findings.alertsOfProjects(['p1', 'p2']);
  await collect(findings.alertPlaces());
  const nature = 'violation' as const;
  const state = 'open' as const;
  const rule = 'KY-GP-3D' as const;
  const severity = 'critical' as const;
  for (const query of [
    {},
    { nature },
    { state },
    { nature, state },
    { exceptNature: 'doubt' as const, state },
    { rule },
    { severity },
    { state, rule },
    { text: '医院' },
  ]) {
    const { nextCursor } = await findings.alerts({ ...query, limit: 1 });
    if (nextCursor !== null) await findings.alerts({ ...query, limit: 1, cursor: nextCursor });
    await findings.countAlerts(query);
  }

  for (const query of [{}, { indicator: 'SPLITTING' as const }, { text: '医院' }]) {
    await leads.search({ ...query, limit: 5 });
    await leads.count(query);
  }
  await leads.ofProject('p1');
  await leads.replace(['gone'], []);
  await collect(leads.all());

  await incidents.open();
  await incidents.open(sourceId);
  await incidents.getMany(['i']);
  for (const query of [{}, { sourceId }, { state }, { sourceId, state }]) {
    await incidents.search({ ...query, limit: 5 });
    await incidents.count(query);
  }
  await tellings.pending('值班群');
  await vanishings.open(sourceId);
  await vanishings.ofNotices(['yn_ccgp:1', 'yn_ccgp:2']);
  await vanishings.latest({ limit: 5 });
  await vanishings.latest({ sourceId, limit: 5 });

  const caseQueries = [
    {},
    { state: 'pending' as const },
    { nature },
    { rule },
    { assignee: '李明' },
    { dueBy: to },
    { news: true },
    { news: false },
    { text: '医院' },
    { state: 'pending' as const, nature },
    { sourceId },
    { agency: '代理机构' },
    { code: 'SAME_DAY' as const },
    { replyBefore: to },
  ];
  for (const query of caseQueries) {
    await cases.search({ ...query, limit: 5 });
    await cases.count(query);
  }
  await cases.get('KY-2026-0001');
  await cases.getMany(['KY-2026-0001']);
  await cases.events('KY-2026-0001');
  await cases.attachment('b'.repeat(64));
  await collect(cases.all());

  await at.settings.inForce();
  await at.users.get('李明');
  await at.users.list();
  await linkDecisions.get('d');
  await linkDecisions.naming(['yn_ccgp:1']);
  await linkDecisions.standing();
  await at.sentRequests.hosts();
  await collect(at.sentRequests.ofHost('example.test', 0));
  await at.sentRequests.forget(1);

  const lease = (await leases.acquire('source', 'one', 60_000))!;
  await leases.renew(lease, 60_000);
  await leases.held();
  await leases.note('source');
  await at.fenced(lease).runs.begin(buildRun({ id: 'run-3' }), []);
  await leases.release(lease, 'note');
  await at.takeIn('archiveRecords', [buildArchiveRecord()]);
  await at.checkWritable();
  await at.schema();
  await notices.countUnmatched();
  await notices.clear();
}
