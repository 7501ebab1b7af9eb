import type { CreateIndexesOptions, Db, Document, Filter, IndexDescription } from 'mongodb';

import { CASE_STATES } from '../../src/model/case.ts';
import { SEVERITIES, VERDICTS } from '../../src/model/finding.ts';
import { INDICATOR_IDS } from '../../src/model/lead.ts';
import { NOTICE_KINDS, TRACKS } from '../../src/model/notice.ts';
import { USER_ROLES } from '../../src/model/user.ts';
import { VALIDATORS } from './validators.ts';

/** A step of the schema. Released steps are never edited: the next one is added. Repeating a step changes nothing. */
export interface Migration {
  /** 1, 2, 3 … without a gap. */
  number: number;
  name: string;
  /** `building`: options of every index that is built. */
  apply(db: Db, building?: CreateIndexesOptions): Promise<void>;
}

const TEXT = { bsonType: 'string' };
const TEXT_OR_NULL = { bsonType: ['string', 'null'] };
const TEXTS = { bsonType: 'array', items: TEXT };
const NUMBER = { bsonType: ['int', 'long', 'double'] };
const NUMBER_OR_NULL = { bsonType: ['int', 'long', 'double', 'null'] };
const FLAG = { bsonType: 'bool' };
const LIST = { bsonType: 'array' };
const OBJECT = { bsonType: 'object' };

/** Every property is required: a document with a part missing is refused, whoever writes it. */
function whole(properties: Record<string, Document>): Document {
  return { $jsonSchema: { bsonType: 'object', required: Object.keys(properties), properties } };
}

interface CollectionSchema {
  validator: Document;
  indexes: (IndexDescription & { name: string })[];
}

/**
 * Collections with their validators and indexes; `_id` has its index by itself.
 * Each index names the queries it serves; queries.mongo.test.ts holds the queries of every method against them.
 * What a sort goes by ends in `_id` or is unique; where a result is small and no index has its order, the program sorts.
 */
const COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves runs.get, begin, finish.
  runs: {
    validator: whole({
      _id: TEXT,
      sourceId: TEXT,
      window: {
        bsonType: 'object',
        required: ['since', 'until'],
        properties: { since: TEXT_OR_NULL, until: TEXT_OR_NULL },
      },
      full: FLAG,
      startedAt: NUMBER,
      finishedAt: NUMBER_OR_NULL,
      outcome: { enum: ['running', 'complete', 'incomplete', 'rejected'] },
      reason: TEXT_OR_NULL,
      channels: LIST,
      requests: NUMBER,
      bytes: NUMBER,
      lastPlace: NUMBER,
    }),
    indexes: [
      // runs.list of all sources
      { name: 'latest', key: { startedAt: -1, _id: -1 } },
      // runs.list of one source
      { name: 'of_source', key: { sourceId: 1, startedAt: -1, _id: -1 } },
      // runs.unfinished: few are open at any time
      { name: 'unfinished', key: { sourceId: 1, finishedAt: 1, startedAt: -1, _id: -1 } },
      // runs.coverage of all sources
      { name: 'coverage', key: { 'channels.outcome': 1, finishedAt: 1, _id: 1 } },
    ],
  },
  run_failures: {
    validator: whole({ runId: TEXT, place: NUMBER, digest: TEXT, failure: OBJECT }),
    indexes: [
      // keeps a repeated failure out
      { name: 'once', key: { runId: 1, digest: 1 }, unique: true },
      // runs.get, list: a run's failures in order
      { name: 'of_run', key: { runId: 1, place: 1, _id: 1 } },
    ],
  },
  frontier: {
    validator: whole({
      runId: TEXT,
      key: TEXT,
      rank: NUMBER,
      place: NUMBER,
      channelId: TEXT,
      state: { enum: ['waiting', 'done', 'failed'] },
      attempts: NUMBER,
      request: TEXT,
      requests: NUMBER,
      bytes: NUMBER,
      created: NUMBER,
      changed: NUMBER,
      facts: { bsonType: ['object', 'null'] },
      failure: { bsonType: ['object', 'null'] },
      failedPlace: NUMBER_OR_NULL,
    }),
    indexes: [
      // keeps a second request of the same key out; runs.commitPage, attempted; runs.tally, finish and list count the whole run
      { name: 'once', key: { runId: 1, key: 1 }, unique: true },
      // runs.waiting
      { name: 'waiting', key: { runId: 1, state: 1, rank: 1, place: 1, _id: 1 } },
    ],
  },
  // _id serves runs.archiveRecord and keeps a repeated record out.
  archive_records: {
    validator: whole({
      _id: TEXT,
      place: NUMBER,
      file: TEXT,
      offset: NUMBER,
      length: NUMBER,
      url: TEXT,
      method: { enum: ['GET', 'POST'] },
      status: NUMBER,
      headers: LIST,
      fetchedAt: NUMBER,
      sha256: TEXT,
      size: NUMBER,
      sourceId: TEXT,
      runId: TEXT,
    }),
    indexes: [
      // runs.allArchiveRecords
      { name: 'committed', key: { place: 1, _id: 1 } },
      // runs.archiveRecordsOf, lastReply
      { name: 'of_url', key: { url: 1, fetchedAt: 1, place: 1, _id: 1 } },
    ],
  },
  // _id serves notices.get, getMany, known, all, projects.ofNotices and every write, and keeps a second notice of an id out.
  notices: {
    validator: whole({
      _id: TEXT,
      sourceId: TEXT,
      channelId: TEXT,
      externalId: TEXT,
      url: TEXT,
      fields: {
        bsonType: 'object',
        required: ['kind', 'track', 'title', 'publishDate'],
        properties: {
          kind: { enum: [...NOTICE_KINDS] },
          track: { enum: [...TRACKS, null] },
          title: TEXT,
          publishDate: TEXT_OR_NULL,
        },
      },
      origins: OBJECT,
      disagreements: LIST,
      text: TEXT,
      attachments: LIST,
      digest: TEXT,
      revision: NUMBER,
      revisedAt: NUMBER,
      runId: TEXT,
      changed: TEXTS,
      via: TEXT_OR_NULL,
      firstSeenAt: NUMBER,
      absentAt: NUMBER_OR_NULL,
      lastSeenAt: NUMBER,
      archiveId: TEXT,
      firstPublishDate: TEXT_OR_NULL,
      day: NUMBER,
      words: TEXTS,
      matched: FLAG,
      linkKeys: TEXTS,
      projectId: TEXT_OR_NULL,
      copies: NUMBER,
    }),
    indexes: [
      // notices.search and count by words, newest first; tokens by their beginnings count here, and where there are many, `latest` is walked
      { name: 'words', key: { words: 1, day: -1, _id: 1 } },
      // notices.search without words, by stated days, or by what begins many words
      { name: 'latest', key: { day: -1, _id: 1 } },
      // notices.search and count by kind, track, source
      { name: 'of_kind', key: { 'fields.kind': 1, day: -1, _id: 1 } },
      { name: 'of_track', key: { 'fields.track': 1, day: -1, _id: 1 } },
      { name: 'of_source', key: { sourceId: 1, day: -1, _id: 1 } },
      // notices.search and count of a project; projects.replace
      { name: 'of_project', key: { projectId: 1, day: -1, _id: 1 } },
      // notices.unmatched: the work list alone, which is short
      { name: 'unmatched', key: { matched: 1, firstSeenAt: 1, _id: 1 }, partialFilterExpression: { matched: false } },
      // notices.byLinkKeys: the few neighbours of some notices, which the program sorts
      { name: 'link_keys', key: { linkKeys: 1 } },
    ],
  },
  notice_revisions: {
    validator: whole({
      noticeId: TEXT,
      revision: NUMBER,
      observedAt: NUMBER,
      runId: TEXT,
      archiveId: TEXT,
      digest: TEXT,
      fields: OBJECT,
      changed: TEXTS,
    }),
    indexes: [
      // keeps a second revision of a number out; notices.revisions, and whether a page is a revision already
      { name: 'once', key: { noticeId: 1, revision: 1 }, unique: true },
    ],
  },
  // _id serves projects.get, all, replace.
  projects: {
    validator: whole({
      _id: TEXT,
      name: TEXT,
      track: { enum: [...TRACKS] },
      state: TEXT,
      noticeIds: TEXTS,
      lastDay: TEXT_OR_NULL,
      day: NUMBER,
      words: TEXTS,
    }),
    indexes: [
      // projects.search and count by words, newest last day first
      { name: 'words', key: { words: 1, day: -1, _id: 1 } },
      // projects.search without words
      { name: 'latest', key: { day: -1, _id: 1 } },
      // projects.search and count by track, by state
      { name: 'of_track', key: { track: 1, day: -1, _id: 1 } },
      { name: 'of_state', key: { state: 1, day: -1, _id: 1 } },
    ],
  },
  // _id serves findings.search without a verdict, which no page asks.
  findings: {
    validator: whole({
      _id: TEXT,
      projectId: TEXT,
      rule: TEXT,
      verdict: { enum: [...VERDICTS] },
      severity: { enum: [...SEVERITIES] },
      codes: TEXTS,
      sentence: TEXT,
      judgedAt: NUMBER,
    }),
    indexes: [
      // findings.ofProject, judge; projects.replace
      { name: 'of_project', key: { projectId: 1, _id: 1 } },
      // replaced by the thirteenth schema: asked by no page
      { name: 'by_rule', key: { rule: 1, verdict: 1, _id: 1 } },
      // findings.statistics, which names it: a server reads the whole collection for a group that stands alone
      { name: 'counted', key: { rule: 1, verdict: 1, severity: 1 } },
    ],
  },
  // _id serves findings.alert and keeps a second alert of a key out.
  alerts: {
    validator: whole({
      _id: TEXT,
      number: { bsonType: 'string', pattern: '^KY-[0-9]{4}-[0-9]{4,}$' },
      nature: { enum: ['violation', 'review'] },
      state: { enum: ['open', 'cleared'] },
      projectId: TEXT,
      projectName: TEXT,
      purchaser: TEXT_OR_NULL,
      finding: OBJECT,
      openedAt: NUMBER,
      updatedAt: NUMBER,
      clearedAt: NUMBER_OR_NULL,
      history: LIST,
    }),
    indexes: [
      // the authority on numbers: no two alerts under one
      { name: 'number_once', key: { number: 1 }, unique: true },
      // findings.alerts without filters, or by text
      { name: 'latest', key: { openedAt: -1, _id: 1 } },
      // findings.alerts and countAlerts by nature and state, as the page asks
      { name: 'by_nature', key: { nature: 1, state: 1, openedAt: -1, _id: 1 } },
      // findings.alertsOfProjects
      { name: 'of_project', key: { projectId: 1, _id: 1 } },
    ],
  },
  // Read and written by _id alone.
  counters: { validator: whole({ _id: TEXT, last: NUMBER }), indexes: [] },
};

/** Collections of the second schema. */
const INCIDENT_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves incidents.put and contents.
  incidents: {
    validator: whole({
      _id: TEXT,
      cause: TEXT,
      sourceId: TEXT,
      channelId: TEXT_OR_NULL,
      code: TEXT,
      state: { enum: ['open', 'closed'] },
      message: TEXT,
      advice: TEXT,
      openedAt: NUMBER,
      lastSeenAt: NUMBER,
      closedAt: NUMBER_OR_NULL,
      openedBy: TEXT,
      lastRunId: TEXT,
      closedBy: TEXT_OR_NULL,
      runs: NUMBER,
      samples: LIST,
    }),
    indexes: [
      // the authority on one open incident a cause
      { name: 'open_once', key: { cause: 1 }, unique: true, partialFilterExpression: { state: 'open' } },
      // incidents.search and count
      { name: 'latest', key: { openedAt: -1, _id: 1 } },
      // incidents.open, search and count of one source or state
      { name: 'of_source', key: { sourceId: 1, state: 1, openedAt: -1, _id: 1 } },
      { name: 'by_state', key: { state: 1, openedAt: -1, _id: 1 } },
    ],
  },
};

/** Collections of the third schema. */
const VANISHING_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves vanishings.put and contents.
  vanishings: {
    validator: whole({
      _id: TEXT,
      noticeId: TEXT,
      sourceId: TEXT,
      channelId: TEXT,
      state: { enum: ['missing', 'withdrawn', 'unlisted', 'returned'] },
      missedBy: LIST,
      probes: LIST,
      lastSeenAt: NUMBER,
      openedAt: NUMBER,
      returnedAt: NUMBER_OR_NULL,
    }),
    indexes: [
      // vanishings.open
      { name: 'of_state', key: { sourceId: 1, state: 1, _id: 1 } },
      // vanishings.ofNotices
      { name: 'of_notice', key: { noticeId: 1, openedAt: 1, _id: 1 } },
      // vanishings.latest of one source, of all
      { name: 'of_source', key: { sourceId: 1, openedAt: -1, _id: 1 } },
      { name: 'latest', key: { openedAt: -1, _id: 1 } },
    ],
  },
};

/** Collections of the fourth schema. */
const CASE_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves cases.get, getMany, append, all.
  cases: {
    validator: whole({
      _id: { bsonType: 'string', pattern: '^KY-[0-9]{4}-[0-9]{4,}$' },
      version: NUMBER,
      head: TEXT,
      state: { enum: [...CASE_STATES] },
      alertKey: TEXT,
      projectId: TEXT,
      nature: { enum: ['violation', 'review'] },
      rule: TEXT,
      severity: { enum: [...SEVERITIES] },
      sourceIds: TEXTS,
      openedAt: NUMBER,
      updatedAt: NUMBER,
      due: TEXT_OR_NULL,
      dueUnknown: FLAG,
      assignee: TEXT_OR_NULL,
      facts: OBJECT,
      news: { bsonType: ['object', 'null'] },
    }),
    indexes: [
      // cases.search without filters, by text, or without news
      { name: 'latest', key: { openedAt: -1, _id: 1 } },
      // cases.search and count by state
      { name: 'by_state', key: { state: 1, openedAt: -1, _id: 1 } },
      // cases.search and count of one person
      { name: 'of_assignee', key: { assignee: 1, openedAt: -1, _id: 1 } },
      // cases.search and count by due day
      { name: 'due', key: { due: 1 } },
    ],
  },
  // _id, made of number and place, is the authority on one event a place.
  case_events: {
    validator: whole({
      _id: TEXT,
      number: TEXT,
      seq: NUMBER,
      at: NUMBER,
      actor: OBJECT,
      step: OBJECT,
      previous: TEXT,
      hash: TEXT,
    }),
    indexes: [
      // cases.events, append
      { name: 'in_order', key: { number: 1, seq: 1 }, unique: true },
    ],
  },
  // _id serves cases.attachment.
  case_attachments: { validator: whole({ _id: TEXT, bytes: { bsonType: 'binData' } }), indexes: [] },
  // _id serves users.get and list.
  users: {
    validator: whole({
      _id: TEXT,
      role: { enum: [...USER_ROLES] },
      password: OBJECT,
      generation: NUMBER,
      createdAt: NUMBER,
      disabledAt: NUMBER_OR_NULL,
    }),
    indexes: [],
  },
};

/** Collections of the fifth schema. */
const DECISION_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves linkDecisions.get and contents; standing reads all of them, which are few.
  link_decisions: {
    validator: whole({
      _id: TEXT,
      named: TEXTS,
      verdict: { enum: ['together', 'apart'] },
      notices: TEXTS,
      others: TEXTS,
      reason: TEXT,
      by: TEXT,
      at: NUMBER,
      withdrawn: { bsonType: ['object', 'null'] },
    }),
    indexes: [
      // linkDecisions.naming
      { name: 'naming', key: { named: 1 } },
    ],
  },
};

/** Collections of the sixth schema. Read and written by _id alone; the few there are are listed whole. */
const LEASE_COLLECTIONS: Record<string, CollectionSchema> = {
  leases: {
    validator: whole({
      _id: TEXT,
      owner: TEXT_OR_NULL,
      token: NUMBER,
      until: { bsonType: 'date' },
      note: TEXT_OR_NULL,
      writes: NUMBER,
    }),
    indexes: [],
  },
};

/** Collections of the seventh schema. _id keeps a repeated entry out. */
const SENT_COLLECTIONS: Record<string, CollectionSchema> = {
  sent_requests: {
    validator: whole({
      _id: TEXT,
      host: TEXT,
      at: NUMBER,
      process: TEXT,
      number: NUMBER,
      sourceId: TEXT,
      clockAt: NUMBER,
      intervalMs: NUMBER,
      quietHours: { bsonType: ['object', 'null'] },
    }),
    indexes: [
      // sentRequests.ofHost and hosts
      { name: 'of_host', key: { host: 1, at: 1, process: 1, number: 1 } },
      // sentRequests.forget
      { name: 'by_age', key: { at: 1 } },
    ],
  },
};

/** Collections of the ninth schema. Read and written by _id alone: projects.sheets, putSheets, replace; findings.judge. */
const SHEET_COLLECTIONS: Record<string, CollectionSchema> = {
  fact_sheets: {
    validator: whole({ _id: TEXT, sheet: TEXT, said: TEXT_OR_NULL }),
    indexes: [],
  },
};

/** Collections of the tenth schema. */
const LEAD_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves leads.replace, all and contents.
  leads: {
    validator: whole({
      _id: TEXT,
      indicator: { enum: [...INDICATOR_IDS] },
      version: TEXT,
      purchaser: TEXT_OR_NULL,
      agency: TEXT_OR_NULL,
      projectIds: TEXTS,
      day: TEXT,
      place: NUMBER,
      sentence: TEXT,
      formula: TEXT,
      inputs: LIST,
      peers: OBJECT,
      since: NUMBER,
    }),
    indexes: [
      // leads.search and count without filters, or by text
      { name: 'latest', key: { place: -1, _id: 1 } },
      // leads.search and count of one indicator
      { name: 'of_indicator', key: { indicator: 1, place: -1, _id: 1 } },
      // leads.ofProject
      { name: 'of_project', key: { projectIds: 1, _id: 1 } },
    ],
  },
};

/** Collections of the twelfth schema. */
const TELLING_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves tellings.put and contents.
  tellings: {
    validator: whole({
      _id: TEXT,
      incidentId: TEXT,
      channel: TEXT,
      openTold: NUMBER_OR_NULL,
      closedTold: NUMBER_OR_NULL,
      attempt: { bsonType: ['object', 'null'] },
      isOver: { bsonType: 'bool' },
    }),
    indexes: [
      // tellings.pending
      { name: 'pending', key: { channel: 1, isOver: 1, _id: 1 } },
    ],
  },
};

/** Indexes of the thirteenth schema. */
const LATER_INDEXES: Record<string, CollectionSchema['indexes']> = {
  runs: [
    // runs.list of one source and outcome
    { name: 'of_outcome', key: { sourceId: 1, outcome: 1, startedAt: -1, _id: -1 } },
    // runs.coverage of one source
    { name: 'coverage_of_source', key: { sourceId: 1, 'channels.outcome': 1, finishedAt: 1, _id: 1 } },
  ],
  frontier: [
    // the whole frontier in order; lists and readings of a run (runs.tally, readings)
    { name: 'in_order', key: { runId: 1, place: 1, _id: 1 } },
  ],
  // Alerts and cases are some thousands a year, each written a few times: an index for each filter of their pages.
  alerts: [
    // findings.alerts and countAlerts by nature alone, state, rule, severity
    { name: 'of_nature', key: { nature: 1, openedAt: -1, _id: 1 } },
    { name: 'of_state', key: { state: 1, openedAt: -1, _id: 1 } },
    { name: 'of_rule', key: { 'finding.rule': 1, openedAt: -1, _id: 1 } },
    { name: 'of_severity', key: { 'finding.severity': 1, openedAt: -1, _id: 1 } },
  ],
  incidents: [
    // incidents.search of one source, whatever its state
    { name: 'latest_of_source', key: { sourceId: 1, openedAt: -1, _id: 1 } },
  ],
  cases: [
    // cases.search and count by nature, rule
    { name: 'of_nature', key: { nature: 1, openedAt: -1, _id: 1 } },
    { name: 'of_rule', key: { rule: 1, openedAt: -1, _id: 1 } },
    // cases.search and count of those with news, which are few
    { name: 'with_news', key: { openedAt: -1, _id: 1 }, partialFilterExpression: { news: { $type: 'object' } } },
  ],
};

/** Collections of the fourteenth schema. */
export const SETTINGS_COLLECTIONS: Record<string, CollectionSchema> = {
  // _id serves settings.put and contents.
  settings: {
    validator: whole({
      _id: { bsonType: 'string', pattern: '^[0-9a-f]{64}$' },
      policyVersion: { bsonType: 'string', minLength: 1 },
      calendarVersion: { bsonType: 'string', minLength: 1 },
      appliedAt: { bsonType: 'array', minItems: 1, items: NUMBER },
      lastAppliedAt: NUMBER,
      content: { bsonType: 'string', minLength: 1 },
    }),
    indexes: [
      // settings.inForce
      { name: 'latest', key: { lastAppliedAt: -1, _id: 1 } },
    ],
  },
};

/** Collections of the seventeenth schema. Read and written by _id alone: findings.judged, keepJudged. */
export const JUDGED_COLLECTIONS: Record<string, CollectionSchema> = {
  judged_count: {
    validator: whole({
      _id: { bsonType: 'string', enum: ['latest'] },
      at: NUMBER,
      content: { bsonType: 'string', minLength: 1 },
    }),
    indexes: [],
  },
};

/** Indexes of the fifteenth schema: the page of what could not be judged always names a verdict. */
const FINDING_INDEXES: CollectionSchema['indexes'] = [
  // findings.search by verdict and severity, with or without rule or code; findings.countByCode
  { name: 'of_severity', key: { verdict: 1, severity: 1, _id: 1 } },
  // findings.search by verdict and rule
  { name: 'of_rule', key: { verdict: 1, rule: 1, _id: 1 } },
  // findings.search by verdict and code
  { name: 'of_code', key: { verdict: 1, codes: 1, _id: 1 } },
];

/** Indexes of the sixteenth schema: cases by what they rest on, whom they concern, and replies that are overdue. */
const CASE_INDEXES: CollectionSchema['indexes'] = [
  // cases.search and count by source, agency, code
  { name: 'of_source', key: { sourceIds: 1, openedAt: -1, _id: 1 } },
  { name: 'of_agency', key: { agency: 1, openedAt: -1, _id: 1 } },
  { name: 'of_code', key: { 'facts.codes': 1, openedAt: -1, _id: 1 } },
  // cases.search and count by the day a reply was due
  { name: 'reply_by', key: { 'question.replyBy': 1 } },
];

async function create(
  db: Db,
  collections: Record<string, CollectionSchema>,
  building: CreateIndexesOptions = {},
): Promise<void> {
  const there = await collectionsOf(db);
  for (const [name, { validator, indexes }] of Object.entries(collections)) {
    if (!there.has(name)) {
      await db.createCollection(name, { validator, validationLevel: 'strict', validationAction: 'error' });
    }
    if (indexes.length > 0) await db.collection(name).createIndexes(indexes, building);
  }
}

async function collectionsOf(db: Db): Promise<Set<string>> {
  return new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
}

async function tighten(db: Db, validators: Record<string, Document>): Promise<void> {
  const there = await collectionsOf(db);
  for (const [name, validator] of Object.entries(validators)) {
    const held = { validator, validationLevel: 'strict', validationAction: 'error' } as const;
    if (there.has(name)) await db.command({ collMod: name, ...held });
    else await db.createCollection(name, held);
  }
}

/** An index that is not there counts as dropped. */
async function drop(db: Db, collection: string, index: string): Promise<void> {
  const names = (await db.collection(collection).indexes()).map(({ name }) => name);
  if (names.includes(index)) await db.collection(collection).dropIndex(index);
}

/** Notices changed in one write: one second's work, so that no write runs longer than a connection or an election. */
const CHANGED_AT_ONCE = 2000;

/** Puts notices back on the work list, some thousands at a time: one write over all of a province outlasts every time-out. */
async function takeUpNotices(db: Db, which: Filter<NoticeMark>): Promise<void> {
  const notices = db.collection<NoticeMark>('notices');
  for (let after = ''; ;) {
    const ids = await notices
      .find({ _id: { $gt: after } }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(CHANGED_AT_ONCE)
      .toArray();
    const last = ids.at(-1);
    if (last === undefined) return;
    await notices.updateMany({ _id: { $gt: after, $lte: last._id }, ...which }, { $set: { matched: false } });
    after = last._id;
  }
}

interface NoticeMark {
  _id: string;
  matched: boolean;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'collections, validators and indexes of the first schema',
    apply: (db, building) => create(db, COLLECTIONS, building),
  },
  {
    number: 2,
    name: 'incidents of sources',
    apply: (db, building) => create(db, INCIDENT_COLLECTIONS, building),
  },
  {
    number: 3,
    name: 'notices that lists no longer show',
    apply: async (db, building) => {
      await create(db, VANISHING_COLLECTIONS, building);
      // notices.ofColumn
      await db
        .collection('notices')
        .createIndex({ sourceId: 1, channelId: 1, day: 1, _id: 1 }, { ...building, name: 'of_column' });
    },
  },
  {
    number: 4,
    name: 'cases, their events, attachments, accounts',
    apply: (db, building) => create(db, CASE_COLLECTIONS, building),
  },
  {
    number: 5,
    name: "people's word on links",
    apply: (db, building) => create(db, DECISION_COLLECTIONS, building),
  },
  {
    number: 6,
    name: 'leases',
    apply: (db, building) => create(db, LEASE_COLLECTIONS, building),
  },
  {
    number: 7,
    name: 'log of requests',
    apply: (db, building) => create(db, SENT_COLLECTIONS, building),
  },
  {
    number: 8,
    name: 'projects of which something is suggested',
    apply: async (db, building) => {
      // projects.search and count, of the few that have suggestions
      await db
        .collection('projects')
        .createIndex(
          { day: -1, _id: 1 },
          { ...building, name: 'suggested', partialFilterExpression: { suggestions: { $exists: true } } },
        );
    },
  },
  {
    number: 9,
    name: 'what projects are judged by',
    apply: (db, building) => create(db, SHEET_COLLECTIONS, building),
  },
  {
    number: 10,
    name: 'what projects are compared by, and leads',
    apply: async (db, building) => {
      await create(db, LEAD_COLLECTIONS, building);
      // projects.dealings
      await db.collection('projects').createIndex({ 'bidding.buyer': 1, _id: 1 }, { ...building, name: 'of_buyer' });
      // Projects made before do not say what they can be compared by: all of them are made anew.
      await takeUpNotices(db, { matched: true });
    },
  },
  {
    number: 11,
    name: 'notices are found by other link keys: all are linked anew, and stored under these',
    apply: (db) => takeUpNotices(db, {}),
  },
  {
    number: 12,
    name: 'what operators were told of incidents',
    apply: (db, building) => create(db, TELLING_COLLECTIONS, building),
  },
  {
    number: 13,
    name: 'an index for every query of a page or a stage, and validators that know every part of a document',
    apply: async (db, building) => {
      for (const [collection, indexes] of Object.entries(LATER_INDEXES)) {
        await db.collection(collection).createIndexes(indexes, building);
      }
      await drop(db, 'findings', 'by_rule');
      await tighten(db, VALIDATORS);
    },
  },
  {
    number: 14,
    name: 'settings that were applied',
    apply: (db, building) => create(db, SETTINGS_COLLECTIONS, building),
  },
  {
    number: 15,
    name: 'findings by rule, severity and code',
    apply: async (db, building) => {
      await db.collection('findings').createIndexes(FINDING_INDEXES, building);
    },
  },
  {
    number: 16,
    name: 'cases that people open on what could not be judged; cases by source, agency, code and overdue reply',
    apply: async (db, building) => {
      await db.collection('cases').createIndexes(CASE_INDEXES, building);
      await tighten(db, { alerts: VALIDATORS['alerts']!, cases: VALIDATORS['cases']! });
    },
  },
  {
    number: 17,
    name: 'how many projects could be judged',
    apply: (db, building) => create(db, JUDGED_COLLECTIONS, building),
  },
];
