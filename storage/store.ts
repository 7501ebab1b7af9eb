import type { ArchiveRecord } from '../src/model/archive.ts';
import type { CaseAttachment, CaseEvent, CaseFile, CaseState } from '../src/model/case.ts';
import type { LocalDay } from '../src/model/day.ts';
import type { Dealing } from '../src/model/dealing.ts';
import type {
  Alert,
  AlertNature,
  AlertState,
  Finding,
  ReasonCode,
  RuleId,
  Severity,
  Verdict,
} from '../src/model/finding.ts';
import type { Incident, ReadingFacts } from '../src/model/incident.ts';
import type { JudgedCount } from '../src/model/judged-projects.ts';
import type { KeptSettings } from '../src/model/kept-settings.ts';
import type { Notice, NoticeKind, NoticeObservation, NoticeRevision, Track } from '../src/model/notice.ts';
import type { IndicatorId, Lead } from '../src/model/lead.ts';
import type { LinkDecision } from '../src/model/link-decision.ts';
import type { Lease } from '../src/model/lease.ts';
import type { LifecycleState, Project } from '../src/model/project.ts';
import type { SentRequest } from '../src/model/sent-request.ts';
import type { CoverageSpan, FailureRecord, Run, RunOutcome } from '../src/model/run.ts';
import type { CrawlWindow, SourceRequest } from '../src/model/source.ts';
import type { Telling } from '../src/model/telling.ts';
import type { Vanishing } from '../src/model/vanishing.ts';
import type { User } from '../src/model/user.ts';

/**
 * The Store in domain terms. Every adapter passes test/conformance/.
 *
 * All writes are idempotent: repeated after a crash they leave the same state.
 * Ordering of every list is total (a unique id breaks ties), so that pages never overlap.
 * Cursors are opaque strings; a cursor from another query throws `CorrectInput`.
 */
export interface Store {
  readonly runs: RunStore;
  readonly notices: NoticeStore;
  readonly projects: ProjectStore;
  readonly findings: FindingStore;
  readonly leads: LeadStore;
  readonly incidents: IncidentStore;
  readonly tellings: TellingStore;
  readonly vanishings: VanishingStore;
  readonly cases: CaseStore;
  readonly users: UserStore;
  readonly linkDecisions: LinkDecisionStore;
  readonly sentRequests: SentRequestStore;
  readonly settings: SettingsStore;
  /** Which schema the database has now; only reads. Opening a store brings it up to date. */
  schema(): Promise<SchemaState>;
  /**
   * Writes a mark of its own as durably as a finding is written; what the store holds stays as it is.
   * Throws where the database takes no writes: full, read-only, without a majority, locked.
   */
  checkWritable(): Promise<void>;
  readonly leases: LeaseStore;
  /** The file that holds everything, for readers beside this store's own connection; null where there is none. */
  readonly file: string | null;
  /**
   * The same store as the holder of a lease uses it: every write throws `LeaveToOtherWorker` and stores nothing once
   * the lease is another's or given back. A lease that lapsed and that nobody took still stands. A list of nothing to
   * put, add or take in is no write.
   * Whether it stands is decided in the write's own transaction; on a MongoDB server without transactions, just before.
   * Closing this view closes nothing.
   */
  fenced(lease: Lease): Store;
  /** Everything of one kind, in an order that is the same in every store: for moving to another one and for comparing. */
  contents<K extends ContentKind>(kind: K): AsyncIterable<StoreContents[K]>;
  /** Takes in what `contents` of another store gave, in its order. A thing that is here already stays as it is. */
  takeIn<K extends ContentKind>(kind: K, items: StoreContents[K][]): Promise<void>;
  close(): Promise<void>;
}

export interface SchemaState {
  /** Number of the last step that was applied; greater than `known` when a newer program was here. */
  version: number;
  /** The version that this program works with. */
  known: number;
}

export interface Page<T> {
  items: T[];
  /** Null at the end. */
  nextCursor: string | null;
}

// ---------------------------------------------------------------- crawl

/** A request waiting in the frontier of a run. */
export interface FrontierItem {
  request: SourceRequest;
  attempts: number;
}

/** All that one reply changes, committed at once (SQLite: one transaction; MongoDB: ordered idempotent writes). */
export interface PageCommit {
  runId: string;
  /** The frontier item this reply answers: it is done afterwards. */
  requestKey: string;
  archive: ArchiveRecord | null;
  observations: NoticeObservation[];
  /** Notices that a list page showed and whose detail page need not be fetched again. */
  seenAgain: { noticeId: string; at: number }[];
  discovered: SourceRequest[];
  /** Set when the request failed for good. */
  failure: FailureRecord | null;
  /** Facts that run acceptance needs later: what this list page said, by channel. */
  listFacts: {
    channelId: string;
    page: number;
    listed: number;
    inRegion: number;
    passedOver: number;
    siteTotal: number | null;
    reachesBackTo: LocalDay | null;
    rowKeys: string[];
    /** Stated day of the newest row, whatever its region; left out where no row has a day. */
    newest?: LocalDay;
    /** See `ListReading.printedTotal`. */
    printedTotal?: number;
    /** See `ListReading.emptied`. */
    emptied?: true;
  } | null;
  /** What a detail page told about its source's readability; null for every other page. */
  readingFacts: ReadingFacts | null;
  /** Body bytes received. */
  bytes: number;
}

export interface PageCommitResult {
  created: string[];
  changed: string[];
}

/** What became of the records in one file of the archive. */
export interface ArchiveChange {
  file: string;
  moved: { id: string; file: string; offset: number }[];
  /** Ids. */
  dropped: string[];
}

export interface ChannelTally {
  channelId: string;
  lists: NonNullable<PageCommit['listFacts']>[];
  fetched: number;
  failed: number;
  pending: number;
  created: number;
  changed: number;
}

export interface RunStore {
  /** The unfinished run of this source with the same window and mode (a crash left it), or null. */
  unfinished(sourceId: string, window: CrawlWindow, full: boolean): Promise<Run | null>;
  /** Opens a run with its first requests; the run's id is given by the caller. */
  begin(run: Run, first: SourceRequest[]): Promise<void>;
  /** Up to `limit` waiting requests, warm-ups before lists before details, oldest first; marks none: the process owns its run. */
  waiting(runId: string, limit: number): Promise<FrontierItem[]>;
  /** How many requests of a run wait. */
  countWaiting(runId: string): Promise<number>;
  /** Counts one more attempt at a request that will be tried again. */
  attempted(runId: string, requestKey: string): Promise<void>;
  /** Throws for a request that is not in the run's frontier. A repetition changes nothing and answers with empty lists. */
  commitPage(commit: PageCommit): Promise<PageCommitResult>;
  /** By channel of the requests: `fetched` = details read, `failed` and `pending` = requests of any role. */
  tally(runId: string): Promise<ChannelTally[]>;
  /** What the run's detail pages told, in the order in which they were asked for; empty once the run is finished. */
  readings(runId: string): Promise<ReadingFacts[]>;
  /**
   * Stores outcome and channel outcomes, drops the run's frontier. Requests, bytes and failures were counted by the
   * commits: the greater counts stay, and failures that are not there yet are added.
   */
  finish(run: Run): Promise<void>;
  get(runId: string): Promise<Run | null>;
  /** Latest first. */
  list(options: { sourceId?: string; outcome?: RunOutcome; limit: number }): Promise<Run[]>;
  /** Reach of every complete channel outcome, oldest first. */
  coverage(sourceIds?: string[]): Promise<CoverageSpan[]>;
  archiveRecord(id: string): Promise<ArchiveRecord | null>;
  /** All archived records of an address, oldest first. */
  archiveRecordsOf(url: string): Promise<ArchiveRecord[]>;
  /** The last reply of an address to a source that has a body of its own; null where none is archived. */
  lastReply(sourceId: string, url: string): Promise<ArchiveRecord | null>;
  /**
   * Tells the index what became of a file of the archive, all of it at once: records that lie elsewhere now, and
   * records that are no more. A record that is not in `file` any more stays as it is. Survives a power cut.
   */
  rearrangeArchive(change: ArchiveChange): Promise<void>;
  /** Every archived record in the order it was committed, for rebuilding. */
  allArchiveRecords(): AsyncIterable<ArchiveRecord>;
}

// ---------------------------------------------------------------- notices

export interface NoticeQuery {
  /** Words searched in title, project name, code, parties and text. All must occur. */
  text?: string;
  kind?: NoticeKind;
  track?: Track;
  sourceId?: string;
  /** Stated publish day, both included. */
  from?: LocalDay;
  to?: LocalDay;
  projectId?: string;
  limit: number;
  cursor?: string;
}

/** A notice as lists show it. */
export interface NoticeSummary {
  id: string;
  sourceId: string;
  channelId: string;
  title: string;
  kind: NoticeKind;
  track: Track | null;
  projectName: string | null;
  projectCode: string | null;
  purchaser: string | null;
  amount: number | null;
  publishDate: string | null;
  region: string | null;
  projectId: string | null;
  /** Other copies of the same notice, this one left out. */
  copies: number;
  firstSeenAt: number;
}

/** A stored notice as it is held against its column's list. */
export interface ColumnNotice {
  id: string;
  externalId: string;
  title: string;
  publishDate: string;
  lastSeenAt: number;
  /** The record it was read from. */
  archiveId: string;
}

/** How far a tally looks. */
export interface TallyLimits {
  /** Notices counted; beyond, there are “at least” so many. */
  counted: number;
  /** Texts read to check a word that the index alone does not prove. */
  checked: number;
}

/**
 * about: of longer words only the pairs of characters were looked up, so that there may be fewer ·
 * at_least: counting ended there
 */
export interface Tally {
  count: number;
  is: 'exact' | 'about' | 'at_least';
}

export interface NoticeStore {
  get(id: string): Promise<Notice | null>;
  getMany(ids: string[]): Promise<Notice[]>;
  revisions(id: string): Promise<NoticeRevision[]>;
  /** Newest stated day first, then id. */
  search(query: NoticeQuery): Promise<Page<NoticeSummary>>;
  /** Exact; may read the text of every hit. */
  count(query: Omit<NoticeQuery, 'limit' | 'cursor'>): Promise<number>;
  /** What a list says of its length at once, however many notices there are. */
  tally(query: Omit<NoticeQuery, 'limit' | 'cursor'>, limits?: TallyLimits): Promise<Tally>;
  /** All notices, by id: for matching and rebuilding. */
  all(): AsyncIterable<Notice>;
  /** What is known of these ids, for deciding whether a detail page must be fetched again. */
  known(ids: string[]): Promise<Map<string, { title: string; publishDate: string | null; lastSeenAt: number }>>;
  /** Notices of a column whose stated day lies in the span, both days included, by id; those without a stated day are left out. */
  ofColumn(column: {
    sourceId: string;
    channelId: string;
    from: LocalDay | null;
    to: LocalDay;
  }): Promise<ColumnNotice[]>;
  /** Notices created or changed since the last `markMatched` (the projects stage's work list). */
  unmatched(limit: number): Promise<Notice[]>;
  /** How many `unmatched` would give without a limit. */
  countUnmatched(): Promise<number>;
  /**
   * Matched notices stored under any of these link keys (see `ProjectStore.replace`), each once, by id.
   * A key that nothing is stored under finds nothing. `clear` forgets the keys.
   */
  byLinkKeys(keys: string[]): Promise<Notice[]>;
  /** Forgets everything read from pages (notices, revisions, projects, findings, leads; not alerts, runs, archive index): the first step of a rebuild. */
  clear(): Promise<void>;
  /** Writes observations outside a crawl, as a rebuild does. */
  observe(observations: NoticeObservation[]): Promise<PageCommitResult>;
  /** Lists showed these notices outside a crawl; `lastSeenAt` only moves forward, an unknown notice stays unknown. */
  sight(sightings: { noticeId: string; at: number }[]): Promise<void>;
}

// ---------------------------------------------------------------- projects

export interface ProjectQuery {
  text?: string;
  track?: Track;
  state?: LifecycleState;
  /** Those of which something is suggested. Left out: all. */
  suggested?: true;
  limit: number;
  cursor?: string;
}

export interface ProjectStore {
  get(id: string): Promise<Project | null>;
  /** Newest last day first, then id. */
  search(query: ProjectQuery): Promise<Page<Project>>;
  count(query: Omit<ProjectQuery, 'limit' | 'cursor'>): Promise<number>;
  all(): AsyncIterable<Project>;
  /** What projects can be compared by, those of one purchaser together; those without a purchaser are left out. */
  dealings(): AsyncIterable<Dealing>;
  /** Project of each notice; notices without one are left out. */
  ofNotices(noticeIds: string[]): Promise<Map<string, string>>;
  /**
   * Replaces the projects that hold any of these notices by `projects`, marks the notices matched,
   * and drops findings of projects that are gone. One transaction. A project of `projects` that holds none of the
   * notices replaces the one of its id.
   * `linkKeys`: for each affected notice the short strings it can be found by in `NoticeStore.byLinkKeys`;
   * they replace those stored for the notice. Left out: the stored keys stay.
   * `sheets`: by project what it is judged by; a project written without one has none.
   */
  replace(
    affectedNoticeIds: string[],
    projects: Project[],
    linkKeys?: ReadonlyMap<string, string[]>,
    sheets?: ReadonlyMap<string, string>,
  ): Promise<void>;
  /** What every project is judged by, in the order of ids, some hundreds at a time. */
  sheets(): AsyncIterable<SheetRow[]>;
  /** Keeps sheets that were made anew, by project; those of projects that are not there are left out. */
  putSheets(sheets: ReadonlyMap<string, string>): Promise<void>;
}

/**
 * What judging works from, without reading pages. Both texts follow from other things that are stored and do not move
 * to another store; where one is null it is made anew.
 */
export interface SheetRow {
  projectId: string;
  /** The fact sheet as the projects stage writes it. */
  sheet: string | null;
  /** What the stored findings say, as the cases stage gave it to `FindingStore.judge` for this very sheet. */
  said: string | null;
}

// ---------------------------------------------------------------- findings and alerts

export interface FindingQuery {
  rule?: RuleId;
  /** All but those of this rule. */
  exceptRule?: RuleId;
  verdict?: Verdict;
  severity?: Severity;
  /** Among its codes. */
  code?: ReasonCode;
  projectId?: string;
  limit: number;
  cursor?: string;
}

export interface CodeCount {
  rule: RuleId;
  severity: Severity;
  code: ReasonCode;
  count: number;
}

export interface AlertQuery {
  nature?: AlertNature;
  /** All but those of this nature. */
  exceptNature?: AlertNature;
  state?: AlertState;
  rule?: RuleId;
  severity?: Severity;
  text?: string;
  limit: number;
  cursor?: string;
}

/** Where an alert stands, and the first page of its evidence. */
export interface AlertPlace {
  key: string;
  projectId: string;
  page: string | null;
}

export interface AlertCount {
  nature: AlertNature;
  state: AlertState;
  rule: RuleId;
  count: number;
}

/** Change to one alert as the cases stage decided it. */
export type AlertChange = Omit<Alert, 'number'>;

export interface FindingStore {
  /**
   * Replaces all findings of each named project; writes the alert changes in the same transaction; a new alert gets the next number of its year (from `openedAt`).
   * `said`: by project the digest that `ProjectStore.sheets` gives back until the project has another sheet, also of projects whose findings stay; those named without one have none.
   */
  judge(
    projectIds: string[],
    findings: Finding[],
    alerts: AlertChange[],
    said?: ReadonlyMap<string, string>,
  ): Promise<void>;
  get(key: string): Promise<Finding | null>;
  ofProject(projectId: string): Promise<Finding[]>;
  /** Findings of several projects at once, by key. */
  ofProjects(projectIds: string[]): Promise<Finding[]>;
  search(query: FindingQuery): Promise<Page<Finding>>;
  /** How many findings by rule, verdict and severity. */
  statistics(): Promise<{ rule: RuleId; verdict: Verdict; severity: Severity; count: number }[]>;
  /** Keeps how many projects the last judging of all could judge, in place of the one before. It follows from the findings and does not move to another store. */
  keepJudged(count: JudgedCount): Promise<void>;
  /** Null: all projects were not judged since the database is there, or since `NoticeStore.clear`. */
  judged(): Promise<JudgedCount | null>;
  /** How many findings of a verdict by rule, code and severity; one of several codes counts under each. By rule, severity, code. */
  countByCode(verdict: Verdict): Promise<CodeCount[]>;
  /** Adds an alert under the next number of its year, unless there is one of its key; the one that then stands. */
  open(alert: AlertChange): Promise<Alert>;
  alert(key: string): Promise<Alert | null>;
  alertsOfProjects(projectIds: string[]): Promise<Alert[]>;
  /** Latest opened first, then key. */
  alerts(query: AlertQuery): Promise<Page<Alert>>;
  /** Of every alert, in the order of keys, some hundreds at a time. */
  alertPlaces(): AsyncIterable<AlertPlace[]>;
  countAlerts(query: Omit<AlertQuery, 'limit' | 'cursor'>): Promise<number>;
  /** How many alerts by nature, state and rule. */
  alertStatistics(): Promise<AlertCount[]>;
}

// ---------------------------------------------------------------- leads

export interface LeadQuery {
  indicator?: IndicatorId;
  text?: string;
  limit: number;
  cursor?: string;
}

/** Reasons to look, never findings: computed anew as projects change, few beside them. */
export interface LeadStore {
  /** Drops the leads of these keys and writes others as they stand now. */
  replace(gone: string[], leads: Lead[]): Promise<void>;
  /** By key. */
  ofProject(projectId: string): Promise<Lead[]>;
  /** By key. */
  all(): AsyncIterable<Lead>;
  /** Latest day first, then key. */
  search(query: LeadQuery): Promise<Page<Lead>>;
  count(query: Omit<LeadQuery, 'limit' | 'cursor'>): Promise<number>;
}

// ---------------------------------------------------------------- incidents of sources

export interface IncidentQuery {
  sourceId?: string;
  state?: Incident['state'];
  limit: number;
  cursor?: string;
}

export interface IncidentStore {
  /** The open ones, of one source or of all, by id. */
  open(sourceId?: string): Promise<Incident[]>;
  /**
   * Writes incidents as they stand now; those of one id are replaced. A cause has one open incident: a second one
   * (of another process) is left out.
   */
  put(incidents: Incident[]): Promise<void>;
  /** Those there are, by id. */
  getMany(ids: string[]): Promise<Incident[]>;
  /** Latest opened first, then id. */
  search(query: IncidentQuery): Promise<Page<Incident>>;
  count(query: Omit<IncidentQuery, 'limit' | 'cursor'>): Promise<number>;
}

// ---------------------------------------------------------------- what operators were told

export interface TellingStore {
  /** Those of a channel of which something is still to be told, by id. */
  pending(channel: string): Promise<Telling[]>;
  /** Writes tellings as they stand now; those of one id are replaced. */
  put(tellings: Telling[]): Promise<void>;
}

// ---------------------------------------------------------------- notices that lists no longer show

export interface VanishingStore {
  /** Those of a source that are not listed again, by id. */
  open(sourceId: string): Promise<Vanishing[]>;
  /** Writes vanishings as they stand now; those of one id are replaced. */
  put(vanishings: Vanishing[]): Promise<void>;
  /** All of these notices, oldest first. */
  ofNotices(noticeIds: string[]): Promise<Vanishing[]>;
  /** Latest opened first, then id. */
  latest(options: { sourceId?: string; limit: number }): Promise<Vanishing[]>;
}

// ---------------------------------------------------------------- settings that were applied

export interface SettingsStore {
  /** Those applied last; of several at one moment the first by id. Null before the first judging. */
  inForce(): Promise<KeptSettings | null>;
  /** Writes settings with the moments of their application as they stand now; those of one id are replaced. */
  put(settings: KeptSettings): Promise<void>;
}

// ---------------------------------------------------------------- cases

export interface CaseQuery {
  state?: CaseState;
  nature?: AlertNature;
  rule?: RuleId;
  assignee?: string;
  /** Among the sources of its evidence. */
  sourceId?: string;
  agency?: string;
  /** Among the codes of its facts. */
  code?: ReasonCode;
  /** With a question whose reply was due before this day. */
  replyBefore?: LocalDay;
  /** Due on this day or before it. */
  dueBy?: LocalDay;
  /** With new facts that nobody has acknowledged. */
  news?: boolean;
  text?: string;
  limit: number;
  cursor?: string;
}

/** One event, and the case as it stands after it. */
export interface CaseAppend {
  event: CaseEvent;
  file: CaseFile;
}

/** Acknowledged writes survive a power cut, and on several machines the loss of the primary. */
export interface CaseStore {
  get(number: string): Promise<CaseFile | null>;
  getMany(numbers: string[]): Promise<CaseFile[]>;
  /** Oldest first. */
  events(number: string): Promise<CaseEvent[]>;
  /**
   * Adds one event to each case named. Repeated, it changes nothing. With `together` all of them are stored or none;
   * a database that cannot promise it throws `RepairDatabase`.
   * Throws `CaseOvertaken` when one of the cases has another event at that place, or lacks the one before it.
   */
  append(steps: CaseAppend[], options?: { together?: boolean }): Promise<void>;
  /** Latest opened first, then number. */
  search(query: CaseQuery): Promise<Page<CaseFile>>;
  count(query: Omit<CaseQuery, 'limit' | 'cursor'>): Promise<number>;
  /** By number. */
  all(): AsyncIterable<CaseFile>;
  /** Keeps the bytes of a file under their SHA-256 (hex). */
  putAttachment(sha256: string, bytes: Uint8Array): Promise<void>;
  attachment(sha256: string): Promise<Uint8Array | null>;
}

// ---------------------------------------------------------------- accounts

export interface UserStore {
  get(name: string): Promise<User | null>;
  /** By name. */
  list(): Promise<User[]>;
  /** Adds the account, or replaces the one of that name. */
  put(user: User): Promise<void>;
}

// ---------------------------------------------------------------- people's word on links

export interface LinkDecisionStore {
  /** Keeps a decision as it now stands, made or withdrawn, and has its notices matched anew. Repeated, it changes nothing. */
  put(decision: LinkDecision): Promise<void>;
  get(id: string): Promise<LinkDecision | null>;
  /** Those that name any of these notices, withdrawn ones too; in the order in which they were made (`at`, then id). */
  naming(noticeIds: string[]): Promise<LinkDecision[]>;
  /** All that are not withdrawn, in the same order. People make few. */
  standing(): Promise<LinkDecision[]>;
}

// ---------------------------------------------------------------- log of requests

/** What was asked of the sites and when: by it the pace and the quiet hours are proven. */
export interface SentRequestStore {
  /** Repeated, it changes nothing. */
  add(requests: SentRequest[]): Promise<void>;
  /** Hosts with entries, by name. */
  hosts(): Promise<string[]>;
  /** Requests to a host sent at `from` (epoch ms) or later, in the order of `at`, then process and number. */
  ofHost(host: string, from: number): AsyncIterable<SentRequest>;
  /** Drops what was sent before `before`, epoch ms. */
  forget(before: number): Promise<void>;
}

// ---------------------------------------------------------------- leases

/**
 * Leases are no contents: they tell who is at work on this store at this moment, and do not move to another one.
 * Times are those of the store: the database server's clock, or with SQLite that of the one machine all processes
 * run on. The clocks of the workers' machines are never compared.
 */
export interface LeaseStore {
  /**
   * Takes the lease for `ttlMs` where it is free, has lapsed, or is the owner's already (then its token stays);
   * null where another holds it. A lease that would outlast `ttlMs` is one from before the clock was set back: it has lapsed.
   */
  acquire(name: string, owner: string, ttlMs: number): Promise<Lease | null>;
  /** Holds it for `ttlMs` from now, also when it lapsed and nobody took it; false when it is another's or was given back. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Gives it back; does nothing when it is another's. `note` is kept for whoever takes it next. */
  release(lease: Lease, note?: string): Promise<void>;
  /** What the last holder to leave one left; null where nobody did. */
  note(name: string): Promise<string | null>;
  /** Those held and not lapsed, by name. */
  held(): Promise<Lease[]>;
}

// ---------------------------------------------------------------- moving to another store

/** Kinds of things a store holds, in the order in which they are taken in. */
export const CONTENT_KINDS = [
  'runs',
  'frontier',
  'archiveRecords',
  'notices',
  'projects',
  'findings',
  'alerts',
  'alertNumbers',
  'leads',
  'incidents',
  'tellings',
  'vanishings',
  'cases',
  'caseEvents',
  'caseAttachments',
  'users',
  'linkDecisions',
  'sentRequests',
  'settings',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** All that a store knows, kind by kind; nothing is left out that a query could show or a later write build upon. */
export interface StoreContents {
  /** By id; unfinished ones with what they have counted so far. */
  runs: Run;
  /** By run, then in the order in which they were added. */
  frontier: FrontierEntry;
  /** In the order of commits. */
  archiveRecords: ArchiveRecord;
  /** By id. */
  notices: StoredNotice;
  /** By id. */
  projects: Project;
  /** By key. */
  findings: Finding;
  /** By key. */
  alerts: Alert;
  /** By year: the last number given, which no later alert may have. */
  alertNumbers: { year: number; last: number };
  /** By key. */
  leads: Lead;
  /** By id. */
  incidents: Incident;
  /** By id. */
  tellings: Telling;
  /** By id. */
  vanishings: Vanishing;
  /** By number. */
  cases: CaseFile;
  /** By number, then as they happened. */
  caseEvents: CaseEvent;
  /** By SHA-256. */
  caseAttachments: CaseAttachment;
  /** By name. */
  users: User;
  /** By id. */
  linkDecisions: LinkDecision;
  /** By host, then in the order of `SentRequestStore.ofHost`. */
  sentRequests: SentRequest;
  /** By id. */
  settings: KeptSettings;
}

/** A request of an unfinished run, answered or not. */
export interface FrontierEntry {
  runId: string;
  request: SourceRequest;
  state: 'waiting' | 'done' | 'failed';
  attempts: number;
  /** Notices that its page created and changed, and what its list said. */
  created: number;
  changed: number;
  facts: PageCommit['listFacts'];
  /** What its detail page told. */
  reading: ReadingFacts | null;
}

/** A notice with its history and what matching knows of it. */
export interface StoredNotice {
  notice: Notice;
  /** All of them, the latest included. */
  revisions: NoticeRevision[];
  matched: boolean;
  /** In order of their text. */
  linkKeys: string[];
  projectId: string | null;
  copies: number;
}
