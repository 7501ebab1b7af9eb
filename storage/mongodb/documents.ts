import type { Binary, ObjectId } from 'mongodb';

import type { ArchiveRecord } from '../../src/model/archive.ts';
import type { CaseEvent, CaseFile } from '../../src/model/case.ts';
import type { Alert, Finding } from '../../src/model/finding.ts';
import type { Incident, ReadingFacts } from '../../src/model/incident.ts';
import type { KeptSettings } from '../../src/model/kept-settings.ts';
import type { Lead } from '../../src/model/lead.ts';
import type { LinkDecision } from '../../src/model/link-decision.ts';
import type { Notice, NoticeRevision } from '../../src/model/notice.ts';
import type { Project } from '../../src/model/project.ts';
import type { FailureRecord, Run } from '../../src/model/run.ts';
import type { SentRequest } from '../../src/model/sent-request.ts';
import type { Telling } from '../../src/model/telling.ts';
import type { Vanishing } from '../../src/model/vanishing.ts';
import type { User } from '../../src/model/user.ts';
import type { PageCommit } from '../store.ts';

/** What stands in each collection. Where a thing has an id or key of its own, that is `_id`. */

/** Failures stand apart (run_failures): thousands of failed pages must not outgrow a document. */
export interface RunDoc extends Omit<Run, 'id' | 'failures' | 'backfill'> {
  _id: string;
  /** Absent in documents of the first two schemas. */
  backfill?: boolean;
  /** The last place given in the frontier. */
  lastPlace: number;
}

export interface RunFailureDoc {
  _id: ObjectId;
  runId: string;
  /** Place among the run's failures. */
  place: number;
  /** SHA-256 of the failure's content: a repeated one is the same. */
  digest: string;
  failure: FailureRecord;
}

/**
 * A request of an unfinished run, and all that its reply counted: one document, so that a page is counted once
 * however often its commit is repeated.
 */
export interface FrontierDoc {
  _id: ObjectId;
  runId: string;
  key: string;
  /** Warm-ups before lists before details, then in order of place. */
  rank: number;
  place: number;
  channelId: string;
  state: 'waiting' | 'done' | 'failed';
  attempts: number;
  /** The request as JSON: headers, forms and rows hold names that sites choose. */
  request: string;
  /** Requests sent and bytes received that the run's own document does not count yet. */
  requests: number;
  bytes: number;
  created: number;
  changed: number;
  facts: PageCommit['listFacts'];
  /** Absent in documents of the first schema. */
  reading?: ReadingFacts | null;
  failure: FailureRecord | null;
  /** Place of the failure among the run's. */
  failedPlace: number | null;
}

export interface ArchiveDoc extends Omit<ArchiveRecord, 'id' | 'headers'> {
  _id: string;
  /** Order of commits. */
  place: number;
  /** Names are the site's: kept as values. */
  headers: [name: string, value: string][];
}

/** The latest revision whole, and the marks that matching leaves: one document, so that each change is all or nothing. */
export interface NoticeDoc extends Omit<Notice, 'id'> {
  _id: string;
  /** The rest of the latest revision. */
  revisedAt: number;
  runId: string;
  changed: NoticeRevision['changed'];
  /** The commit that made the latest revision: run and request, or a mark of its own outside a crawl; null when taken in from another store. */
  via: string | null;
  /** Stated day as a number, 0 for undated: the order of lists. */
  day: number;
  /** Search tokens of title, parties, codes and text. */
  words: string[];
  matched: boolean;
  linkKeys: string[];
  projectId: string | null;
  copies: number;
}

/** A revision that a later one has replaced. */
export interface RevisionDoc extends NoticeRevision {
  _id: ObjectId;
}

export interface ProjectDoc extends Omit<Project, 'id'> {
  _id: string;
  /** Last day as a number, 0 for undated: the order of lists. */
  day: number;
  words: string[];
}

/** What a project is judged by, and a digest of what its findings say; see `SheetRow`. */
export interface SheetDoc {
  _id: string;
  sheet: string;
  said: string | null;
}

export interface FindingDoc extends Omit<Finding, 'key'> {
  _id: string;
}

export interface LeadDoc extends Omit<Lead, 'key'> {
  _id: string;
  /** Day as a number: the order of lists. */
  place: number;
}

export interface IncidentDoc extends Omit<Incident, 'id'> {
  _id: string;
  /** Source, channel and code in one: what may be open once. */
  cause: string;
}

export interface TellingDoc extends Omit<Telling, 'id'> {
  _id: string;
}

export interface VanishingDoc extends Omit<Vanishing, 'id'> {
  _id: string;
}

/** `content`: JSON of what was applied. */
export interface SettingsDoc extends Omit<KeptSettings, 'id' | 'policy' | 'calendar'> {
  _id: string;
  lastAppliedAt: number;
  content: string;
}

/** One document. `content`: JSON of the rules' counts, which are read and written whole. */
export interface JudgedCountDoc {
  _id: 'latest';
  at: number;
  content: string;
}

export interface LinkDecisionDoc extends Omit<LinkDecision, 'id'> {
  _id: string;
  /** Every notice that it names. */
  named: string[];
}

export interface AlertDoc extends Omit<Alert, 'key'> {
  _id: string;
}

export interface CaseDoc extends Omit<CaseFile, 'number'> {
  _id: string;
}

export interface CaseEventDoc extends CaseEvent {
  /** Number and place: it stands here once. */
  _id: string;
  /**
   * The case after this event. Where the server knows no transactions a process may die between the two writes;
   * the next one finds here what the case's own document lacks. Null when taken in from another store.
   */
  after: CaseFile | null;
}

export interface CaseAttachmentDoc {
  /** SHA-256 */
  _id: string;
  bytes: Binary;
}

export interface UserDoc extends Omit<User, 'name'> {
  _id: string;
}

export interface LeaseDoc {
  /** The lease's name. */
  _id: string;
  owner: string | null;
  token: number;
  /** By the server's clock. */
  until: Date;
  note: string | null;
  /** Writes made under it: each fenced transaction changes the document, so that a change of holder conflicts with it. */
  writes: number;
}

export interface SentRequestDoc extends SentRequest {
  /** Host, moment, process and number. */
  _id: string;
}
