import type { Document } from 'mongodb';

import { CASE_STATES } from '../../src/model/case.ts';
import { ALERT_NATURES, SEVERITIES, VERDICTS } from '../../src/model/finding.ts';
import { INDICATOR_IDS } from '../../src/model/lead.ts';
import { NOTICE_KINDS, TRACKS } from '../../src/model/notice.ts';
import { USER_ROLES } from '../../src/model/user.ts';

/**
 * What a document of each collection must look like, whoever writes it, from the thirteenth schema on. A change here
 * reaches databases only by a further step of the schema.
 *
 * Every document that an earlier version of the program wrote passes: a server validates the whole document when one
 * of its marks changes, so that a property which came later must not be asked of it. Such properties are optional here,
 * and held to their type where they are. A pattern applies to text alone, a minimum to numbers alone, `required` and
 * `properties` to objects alone: beside them null may be allowed.
 */

type Properties = Record<string, Document>;

const NUMERIC = ['int', 'long', 'double'];
const DAY_PATTERN = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

const TEXT = { bsonType: 'string' };
const ID = { bsonType: 'string', minLength: 1 };
const TEXTS = { bsonType: 'array', items: TEXT };
/** Counts, places, epoch milliseconds. */
const COUNT = { bsonType: NUMERIC, minimum: 0 };
const FROM_ONE = { bsonType: NUMERIC, minimum: 1 };
/** Yuan: an amount as printed. */
const NUMBER = { bsonType: NUMERIC };
const SHARE = { bsonType: NUMERIC, minimum: 0, maximum: 1 };
const FLAG = { bsonType: 'bool' };
const LIST = { bsonType: 'array' };
const DAY = { bsonType: 'string', pattern: DAY_PATTERN };
/** As a notice states it: a day, or a moment to the minute. */
const STATED = { bsonType: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$' };
const SHA256 = { bsonType: 'string', pattern: '^[0-9a-f]{64}$' };
const SHA256_OR_EMPTY = { bsonType: 'string', pattern: '^([0-9a-f]{64})?$' };
const ALERT_NUMBER = { bsonType: 'string', pattern: '^KY-[0-9]{4}-[0-9]{4,}$' };
/** Rules, reason codes and stages are added by versions of the program that change nothing else here. */
const RULE = { bsonType: 'string', pattern: '^[A-Z0-9]+(-[A-Z0-9]+)*$' };
const NAME = { bsonType: 'string', pattern: '^[A-Z][A-Z_]*$' };
const CODES = { bsonType: 'array', items: NAME };
const NATURE = { enum: [...ALERT_NATURES] };
const RUN_OUTCOME = { enum: ['running', 'complete', 'incomplete', 'rejected'] };

function orNull({ bsonType, ...rest }: { bsonType: string | string[] } & Document): Document {
  return { bsonType: [bsonType, 'null'].flat(), ...rest };
}

/** An object with all of `required`; `optional` may be absent. */
function object(required: Properties, optional: Properties = {}): { bsonType: string } & Document {
  return { bsonType: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

function listOf(items: Document): Document {
  return { bsonType: 'array', items };
}

function documents(required: Properties, optional: Properties = {}): Document {
  return { $jsonSchema: object(required, optional) };
}

const EVIDENCE = listOf(object({ noticeId: ID, role: TEXT }));

const COMPUTED = object(
  {},
  {
    anchor: DAY,
    nominalLastDay: DAY,
    lastDay: DAY,
    earliestResultDate: DAY,
    resultDate: DAY,
    earliestAllowed: DAY,
    deadline: DAY,
  },
);

const FACTS_USED = object(
  {},
  { asOf: DAY, on: TEXT, amounts: object({ budget: orNull(NUMBER), estimate: orNull(NUMBER) }), notices: LIST },
);

/** What a finding says, without its key. */
const FINDING_PARTS = {
  projectId: ID,
  lot: orNull(TEXT),
  round: FROM_ONE,
  rule: RULE,
  ruleVersion: TEXT,
  calendarVersion: TEXT,
  verdict: { enum: [...VERDICTS] },
  codes: CODES,
  severity: { enum: [...SEVERITIES] },
  computed: COMPUTED,
  sentence: TEXT,
  evidence: EVIDENCE,
  days: LIST,
  judgedAt: COUNT,
};
const FINDING_LATER = { facts: FACTS_USED, history: listOf({ bsonType: 'object' }), confirmed: LIST };

/** A breach that somebody is shown stands on a page: an alert without one is nobody's to defend. */
const PROVEN = { $or: [{ 'finding.verdict': { $ne: 'violation' } }, { 'finding.evidence.0': { $exists: true } }] };

const KNOWN_FACTS = object({
  at: COUNT,
  alertState: { enum: ['open', 'cleared'] },
  verdict: { enum: [...VERDICTS] },
  codes: CODES,
  severity: { enum: [...SEVERITIES] },
  computed: COMPUTED,
  sentence: TEXT,
  ruleVersion: TEXT,
  calendarVersion: TEXT,
  evidence: EVIDENCE,
});

const FAILURE = object(
  {
    code: ID,
    message: TEXT,
    advice: TEXT,
    url: orNull(TEXT),
    channelId: orNull(TEXT),
    at: COUNT,
    archiveId: orNull(TEXT),
  },
  { sample: TEXT },
);

const LIST_FACTS = object(
  {
    channelId: ID,
    page: COUNT,
    listed: COUNT,
    inRegion: COUNT,
    passedOver: COUNT,
    siteTotal: orNull(COUNT),
    reachesBackTo: orNull(DAY),
    rowKeys: TEXTS,
  },
  { newest: DAY, printedTotal: COUNT, emptied: FLAG },
);

const READING_FACTS = object({
  channelId: ID,
  title: TEXT,
  kind: TEXT,
  fields: TEXTS,
  oddities: listOf(object({ code: ID, words: TEXT })),
  url: TEXT,
  archiveId: TEXT,
});

const NOTICE_FIELDS = object(
  { kind: { enum: [...NOTICE_KINDS] }, track: { enum: [...TRACKS, null] }, title: TEXT, publishDate: orNull(STATED) },
  {
    projectName: orNull(TEXT),
    projectCode: orNull(TEXT),
    codes: TEXTS,
    purchaser: orNull(TEXT),
    agency: orNull(TEXT),
    suppliers: TEXTS,
    amount: orNull(NUMBER),
    budget: orNull(NUMBER),
    ceiling: orNull(NUMBER),
    openingDate: orNull(STATED),
    determinedDate: orNull(STATED),
    awardLetterDate: orNull(STATED),
    contractDate: orNull(STATED),
    region: orNull(TEXT),
    regionCode: orNull(TEXT),
    round: FROM_ONE,
    lots: LIST,
    candidates: LIST,
    parcels: LIST,
  },
);

export const VALIDATORS: Record<string, Document> = {
  runs: documents(
    {
      _id: ID,
      sourceId: ID,
      window: object({ since: orNull(DAY), until: orNull(DAY) }),
      full: FLAG,
      startedAt: COUNT,
      finishedAt: orNull(COUNT),
      outcome: RUN_OUTCOME,
      reason: orNull(TEXT),
      channels: listOf(
        object(
          { channelId: ID, outcome: RUN_OUTCOME, covers: orNull(object({ from: orNull(DAY), to: DAY })) },
          { reason: orNull(TEXT), listed: COUNT, inRegion: COUNT, fetched: COUNT, failed: COUNT },
        ),
      ),
      requests: COUNT,
      bytes: COUNT,
      lastPlace: COUNT,
    },
    { backfill: FLAG },
  ),
  run_failures: documents({ runId: ID, place: COUNT, digest: SHA256, failure: FAILURE }),
  frontier: documents(
    {
      runId: ID,
      key: ID,
      rank: COUNT,
      place: COUNT,
      channelId: ID,
      state: { enum: ['waiting', 'done', 'failed'] },
      attempts: COUNT,
      request: { bsonType: 'string', pattern: '^\\{' },
      requests: COUNT,
      bytes: COUNT,
      created: COUNT,
      changed: COUNT,
      facts: orNull(LIST_FACTS),
      failure: orNull(FAILURE),
      failedPlace: orNull(COUNT),
    },
    { reading: orNull(READING_FACTS) },
  ),
  archive_records: documents(
    {
      _id: ID,
      place: COUNT,
      file: ID,
      offset: COUNT,
      length: COUNT,
      url: ID,
      method: { enum: ['GET', 'POST'] },
      status: COUNT,
      headers: listOf({ bsonType: 'array', items: TEXT, minItems: 2, maxItems: 2 }),
      fetchedAt: COUNT,
      sha256: SHA256,
      size: COUNT,
      sourceId: ID,
      runId: ID,
    },
    { revisits: ID, validators: object({}, { etag: TEXT, lastModified: TEXT }) },
  ),
  notices: documents({
    _id: ID,
    sourceId: ID,
    channelId: ID,
    externalId: TEXT,
    url: TEXT,
    fields: NOTICE_FIELDS,
    origins: { bsonType: 'object' },
    disagreements: listOf(object({ field: ID, origin: { bsonType: 'object' } })),
    text: TEXT,
    attachments: listOf(object({ name: TEXT, url: TEXT }, { state: TEXT, reason: TEXT, archiveId: TEXT })),
    digest: SHA256,
    revision: FROM_ONE,
    revisedAt: COUNT,
    runId: TEXT,
    changed: TEXTS,
    via: orNull(TEXT),
    firstSeenAt: COUNT,
    absentAt: orNull(COUNT),
    lastSeenAt: COUNT,
    archiveId: TEXT,
    firstPublishDate: orNull(STATED),
    day: COUNT,
    words: TEXTS,
    matched: FLAG,
    linkKeys: TEXTS,
    projectId: orNull(ID),
    copies: COUNT,
  }),
  notice_revisions: documents({
    noticeId: ID,
    revision: FROM_ONE,
    observedAt: COUNT,
    runId: TEXT,
    archiveId: TEXT,
    digest: SHA256,
    fields: NOTICE_FIELDS,
    changed: TEXTS,
  }),
  projects: documents(
    {
      _id: ID,
      name: TEXT,
      code: orNull(TEXT),
      codes: TEXTS,
      track: { enum: [...TRACKS] },
      purchaser: orNull(TEXT),
      agency: orNull(TEXT),
      region: orNull(TEXT),
      regionCode: orNull(TEXT),
      budget: orNull(NUMBER),
      ceiling: orNull(NUMBER),
      estimate: orNull(NUMBER),
      award: orNull(NUMBER),
      lots: LIST,
      round: FROM_ONE,
      state: NAME,
      timeline: listOf(object({ kind: { enum: [...NOTICE_KINDS] }, noticeIds: TEXTS })),
      groups: listOf(object({ id: ID, noticeIds: TEXTS })),
      links: listOf(object({ a: ID, b: ID, as: { enum: ['group', 'project'] }, reason: TEXT, confidence: SHARE })),
      noticeIds: TEXTS,
      firstDay: orNull(STATED),
      lastDay: orNull(STATED),
      day: COUNT,
      words: TEXTS,
    },
    {
      bidding: object({ buyer: orNull(TEXT), subject: orNull(TEXT), lots: LIST }, { called: orNull(STATED) }),
      suggestions: listOf(object({ own: ID, other: ID, code: ID, reason: TEXT, confidence: SHARE })),
    },
  ),
  fact_sheets: documents({ _id: ID, sheet: TEXT, said: orNull(TEXT) }),
  findings: documents({ _id: ID, ...FINDING_PARTS }, FINDING_LATER),
  alerts: {
    $and: [
      documents(
        {
          _id: ID,
          number: ALERT_NUMBER,
          nature: NATURE,
          state: { enum: ['open', 'cleared'] },
          projectId: ID,
          projectName: TEXT,
          purchaser: orNull(TEXT),
          finding: object({ key: ID, ...FINDING_PARTS }, FINDING_LATER),
          openedAt: COUNT,
          updatedAt: COUNT,
          clearedAt: orNull(COUNT),
          history: listOf(object({ at: COUNT, event: ID, sentence: TEXT })),
        },
        { backfilled: FLAG, openedBy: object({ name: ID, note: TEXT }) },
      ),
      PROVEN,
    ],
  },
  leads: documents(
    {
      _id: ID,
      indicator: { enum: [...INDICATOR_IDS] },
      version: TEXT,
      purchaser: orNull(TEXT),
      agency: orNull(TEXT),
      projectIds: TEXTS,
      // Empty where none of its figures has a day.
      day: { bsonType: 'string', pattern: '^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?)?$' },
      place: COUNT,
      sentence: TEXT,
      formula: TEXT,
      inputs: listOf(object({ name: TEXT, value: TEXT, projectId: orNull(TEXT) })),
      peers: object({ words: TEXT, count: COUNT, spread: LIST }),
      since: COUNT,
    },
    { affectedAt: COUNT },
  ),
  incidents: documents({
    _id: ID,
    cause: ID,
    sourceId: ID,
    channelId: orNull(TEXT),
    code: ID,
    state: { enum: ['open', 'closed'] },
    message: TEXT,
    advice: TEXT,
    openedAt: COUNT,
    lastSeenAt: COUNT,
    closedAt: orNull(COUNT),
    openedBy: TEXT,
    lastRunId: TEXT,
    closedBy: orNull(TEXT),
    runs: COUNT,
    samples: listOf(object({ words: TEXT, url: orNull(TEXT), archiveId: orNull(TEXT), at: COUNT })),
  }),
  tellings: documents({
    _id: ID,
    incidentId: ID,
    channel: ID,
    openTold: orNull(COUNT),
    closedTold: orNull(COUNT),
    attempt: orNull(object({ number: COUNT, at: COUNT, error: orNull(TEXT) })),
    isOver: FLAG,
  }),
  vanishings: documents({
    _id: ID,
    noticeId: ID,
    sourceId: ID,
    channelId: ID,
    state: { enum: ['missing', 'withdrawn', 'unlisted', 'returned'] },
    missedBy: listOf(object({ runId: ID, at: COUNT })),
    probes: listOf(
      object({
        at: COUNT,
        found: { enum: ['gone', 'there', 'unclear'] },
        status: orNull(COUNT),
        archiveId: orNull(TEXT),
      }),
    ),
    lastSeenAt: COUNT,
    openedAt: COUNT,
    returnedAt: orNull(COUNT),
  }),
  cases: documents({
    _id: ALERT_NUMBER,
    version: FROM_ONE,
    head: SHA256,
    state: { enum: [...CASE_STATES] },
    alertKey: ID,
    projectId: ID,
    projectName: TEXT,
    purchaser: orNull(TEXT),
    agency: orNull(TEXT),
    nature: NATURE,
    rule: RULE,
    severity: { enum: [...SEVERITIES] },
    sourceIds: TEXTS,
    openedAt: COUNT,
    updatedAt: COUNT,
    suspended: orNull(object({ from: { enum: [...CASE_STATES] }, until: DAY })),
    due: orNull(DAY),
    dueUnknown: FLAG,
    assignee: orNull(TEXT),
    question: orNull(object({ to: TEXT, text: TEXT, askedAt: COUNT, replyBy: orNull(DAY) })),
    decision: orNull(
      object({ state: { enum: ['confirmed', 'dismissed'] }, reason: orNull(TEXT), note: TEXT, at: COUNT, by: TEXT }),
    ),
    facts: KNOWN_FACTS,
    news: orNull(object({ at: COUNT, effect: { enum: ['noted', 'cleared', 'reopened'] }, changes: TEXTS })),
  }),
  case_events: documents(
    {
      _id: { bsonType: 'string', pattern: '^KY-[0-9]{4}-[0-9]{4,}#[0-9]{6,}$' },
      number: ALERT_NUMBER,
      seq: FROM_ONE,
      at: COUNT,
      actor: object({ kind: { enum: ['person', 'system'] }, name: TEXT }),
      step: object({ action: ID }),
      previous: SHA256_OR_EMPTY,
      hash: SHA256,
    },
    { after: orNull(object({ number: ALERT_NUMBER, version: FROM_ONE, state: { enum: [...CASE_STATES] } })) },
  ),
  case_attachments: documents({ _id: SHA256, bytes: { bsonType: 'binData' } }),
  users: documents({
    _id: ID,
    role: { enum: [...USER_ROLES] },
    password: object({ salt: ID, hash: ID }),
    generation: COUNT,
    createdAt: COUNT,
    disabledAt: orNull(COUNT),
  }),
  link_decisions: documents({
    _id: ID,
    named: TEXTS,
    verdict: { enum: ['together', 'apart'] },
    notices: TEXTS,
    others: TEXTS,
    reason: TEXT,
    by: TEXT,
    at: COUNT,
    withdrawn: orNull(object({ by: TEXT, at: COUNT, reason: TEXT })),
  }),
  leases: documents({
    _id: ID,
    owner: orNull(TEXT),
    token: COUNT,
    until: { bsonType: 'date' },
    note: orNull(TEXT),
    writes: COUNT,
  }),
  sent_requests: documents({
    _id: ID,
    host: ID,
    at: COUNT,
    process: ID,
    number: COUNT,
    sourceId: ID,
    clockAt: COUNT,
    intervalMs: COUNT,
    quietHours: orNull(object({ from: COUNT, to: COUNT })),
  }),
  counters: documents({ _id: ID, last: COUNT }),
  migrations: documents({ _id: FROM_ONE, name: ID, at: { bsonType: 'date' } }),
  locks: documents({ _id: { enum: ['migrations'] }, owner: orNull(TEXT), until: { bsonType: 'date' } }),
};
