import type { ArchiveRecord } from '../../src/model/archive.ts';
import type { CaseEvent, CaseFile } from '../../src/model/case.ts';
import { CaseOvertaken } from '../../src/model/errors.ts';
import type { Alert, Finding } from '../../src/model/finding.ts';
import { dealingOf } from '../../src/model/dealing.ts';
import { causeOf } from '../../src/model/incident.ts';
import type { Incident } from '../../src/model/incident.ts';
import { namedIn } from '../../src/model/link-decision.ts';
import type { JudgedCount } from '../../src/model/judged-projects.ts';
import type { KeptSettings } from '../../src/model/kept-settings.ts';
import type { Lead } from '../../src/model/lead.ts';
import type { LinkDecision } from '../../src/model/link-decision.ts';
import type { Notice, NoticeObservation } from '../../src/model/notice.ts';
import type { Project } from '../../src/model/project.ts';
import type { FailureRecord, Run } from '../../src/model/run.ts';
import type { SentRequest } from '../../src/model/sent-request.ts';
import type { Telling } from '../../src/model/telling.ts';
import type { Vanishing } from '../../src/model/vanishing.ts';
import type { SourceRequest } from '../../src/model/source.ts';
import type { User } from '../../src/model/user.ts';
import { matchesWords } from '../../src/notices/search.ts';
import { alertNumber, yearOf } from '../../storage/shared/alert-number.ts';
import type { ContentPorts } from '../../storage/shared/content-ports.ts';
import { copiesOf } from '../../storage/shared/copies.ts';
import { decodeCursor, encodeCursor } from '../../storage/shared/cursor.ts';
import { dayRange, placeDay } from '../../storage/shared/days.ts';
import { checkedLimit } from '../../storage/shared/paging.ts';
import { changedFields, completedAttachments, effectOf, firstNotice } from '../../storage/shared/revise.ts';
import { ROLE_RANK } from '../../storage/shared/role-rank.ts';
import {
  alertSearchText,
  caseSearchText,
  leadSearchText,
  noticeSearchText,
  projectSearchText,
  queryWords,
} from '../../storage/shared/searchable.ts';
import { TALLY_LIMITS } from '../../storage/shared/tally.ts';
import { documentTerms, isProvenByIndex, queryTerms } from '../../storage/shared/terms.ts';
import type {
  AlertQuery,
  CaseQuery,
  CaseStore,
  ChannelTally,
  FindingStore,
  FrontierEntry,
  IncidentStore,
  LeadStore,
  LinkDecisionStore,
  NoticeQuery,
  NoticeStore,
  Page,
  PageCommit,
  PageCommitResult,
  ProjectQuery,
  ProjectStore,
  RunStore,
  SentRequestStore,
  SettingsStore,
  Store,
  StoredNotice,
  TellingStore,
  VanishingStore,
  UserStore,
} from '../../storage/store.ts';
import { guarded, leasesOf } from './model-leases.ts';
import type { ModelLeases } from './model-leases.ts';

/** Everything a store holds, as plainly as it can be held. */
interface State {
  runs: Map<string, Run>;
  frontier: FrontierEntry[];
  archiveRecords: Map<string, ArchiveRecord>;
  notices: Map<string, StoredNotice>;
  projects: Map<string, Project>;
  sheets: Map<string, { sheet: string; said: string | null }>;
  findings: Map<string, Finding>;
  alerts: Map<string, Alert>;
  alertNumbers: Map<number, number>;
  leads: Map<string, Lead>;
  incidents: Map<string, Incident>;
  tellings: Map<string, Telling>;
  vanishings: Map<string, Vanishing>;
  cases: Map<string, CaseFile>;
  caseEvents: CaseEvent[];
  caseAttachments: Map<string, string>;
  users: Map<string, User>;
  linkDecisions: Map<string, LinkDecision>;
  sentRequests: Map<string, SentRequest>;
  settings: Map<string, KeptSettings>;
  judged: JudgedCount | null;
}

/** The Store as it reads in its interface: maps and loops, nothing clever. Adapters are compared with it. */
export function createModelStore(): Store {
  const state: State = {
    runs: new Map(),
    frontier: [],
    archiveRecords: new Map(),
    notices: new Map(),
    projects: new Map(),
    sheets: new Map(),
    findings: new Map(),
    alerts: new Map(),
    alertNumbers: new Map(),
    leads: new Map(),
    incidents: new Map(),
    tellings: new Map(),
    vanishings: new Map(),
    cases: new Map(),
    caseEvents: [],
    caseAttachments: new Map(),
    users: new Map(),
    linkDecisions: new Map(),
    sentRequests: new Map(),
    settings: new Map(),
    judged: null,
  };
  return storeOver(state, leasesOf(new Map()));
}

/** Of one state there may be several views: what `unmatched` of one handed out is not another's. */
function storeOver(state: State, leases: ModelLeases): Store {
  const notices = noticesOf(state);
  const ports = portsOf(state);
  return {
    leases,
    file: null,
    fenced: (lease) => guarded(storeOver(state, leases), () => leases.check(lease)),
    runs: runsOf(state, notices),
    notices,
    projects: projectsOf(state, notices),
    findings: findingsOf(state),
    leads: leadsOf(state),
    incidents: incidentsOf(state),
    tellings: tellingsOf(state),
    vanishings: vanishingsOf(state),
    linkDecisions: linkDecisionsOf(state),
    sentRequests: sentRequestsOf(state),
    settings: settingsOf(state),
    schema: async () => ({ version: 0, known: 0 }),
    checkWritable: async () => undefined,
    cases: casesOf(state),
    users: usersOf(state),
    close: async () => undefined,
    contents: (kind) => ports[kind].read(),
    takeIn: (kind, items) => ports[kind].write(items),
  };
}

/** What goes in and comes out is a copy, as from a disk. */
function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

function ordered<T>(items: Iterable<T>, before: (a: T, b: T) => number): T[] {
  return copy([...items].sort(before));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// ---------------------------------------------------------------- runs

function runsOf(state: State, notices: ModelNotices): RunStore {
  const entryOf = (runId: string, key: string) =>
    state.frontier.find((entry) => entry.runId === runId && entry.request.key === key);
  const enqueue = (runId: string, requests: SourceRequest[]) => {
    for (const request of copy(requests)) {
      if (entryOf(runId, request.key) !== undefined) continue;
      state.frontier.push({
        runId,
        request,
        state: 'waiting',
        attempts: 0,
        created: 0,
        changed: 0,
        facts: null,
        reading: null,
      });
    }
  };
  const fail = (run: Run, failures: FailureRecord[]) => {
    for (const failure of failures) {
      if (!run.failures.some((known) => JSON.stringify(known) === JSON.stringify(failure))) {
        run.failures.push(copy(failure));
      }
    }
  };
  const latestFirst = (a: Run, b: Run) => b.startedAt - a.startedAt || byText(b.id, a.id);

  return {
    unfinished: async (sourceId, window, full) =>
      ordered(state.runs.values(), latestFirst).find(
        (run) =>
          run.sourceId === sourceId &&
          run.finishedAt === null &&
          run.window.since === window.since &&
          run.window.until === window.until &&
          run.full === full,
      ) ?? null,
    begin: async (run, first) => {
      if (state.runs.has(run.id)) return;
      const begun = { finishedAt: null, outcome: 'running' as const, reason: null, channels: [], failures: [] };
      state.runs.set(run.id, { ...copy(run), ...begun });
      enqueue(run.id, first);
    },
    countWaiting: async (runId) =>
      state.frontier.filter((entry) => entry.runId === runId && entry.state === 'waiting').length,
    waiting: async (runId, limit) =>
      ordered(
        state.frontier.filter((entry) => entry.runId === runId && entry.state === 'waiting'),
        (a, b) => ROLE_RANK[a.request.role] - ROLE_RANK[b.request.role],
      )
        .slice(0, limit)
        .map(({ request, attempts }) => ({ request, attempts })),
    attempted: async (runId, key) => {
      const entry = entryOf(runId, key);
      if (entry?.state !== 'waiting') return;
      entry.attempts += 1;
      state.runs.get(runId)!.requests += 1;
    },
    commitPage: async (commit: PageCommit): Promise<PageCommitResult> => {
      const entry = entryOf(commit.runId, commit.requestKey);
      if (entry === undefined) throw new Error(`request ${commit.requestKey} is not in the frontier`);
      if (entry.state !== 'waiting') return { created: [], changed: [] };
      const { archive } = commit;
      if (archive !== null && !state.archiveRecords.has(archive.id))
        state.archiveRecords.set(archive.id, copy(archive));
      const result = await notices.observe(commit.observations);
      for (const { noticeId, at } of commit.seenAgain) notices.seen(noticeId, at);
      enqueue(commit.runId, commit.discovered);
      const run = state.runs.get(commit.runId)!;
      if (commit.failure !== null) fail(run, [commit.failure]);
      entry.state = commit.failure === null ? 'done' : 'failed';
      entry.attempts += 1;
      entry.created = result.created.length;
      entry.changed = result.changed.length;
      entry.facts = copy(commit.listFacts);
      entry.reading = copy(commit.readingFacts);
      run.requests += 1;
      run.bytes += commit.bytes;
      return result;
    },
    tally: async (runId): Promise<ChannelTally[]> => {
      const entries = state.frontier.filter((entry) => entry.runId === runId);
      return [...Map.groupBy(entries, (entry) => entry.request.channelId)].map(([channelId, own]) => ({
        channelId,
        lists: ordered(
          entries.flatMap(({ facts }) => (facts?.channelId === channelId ? [facts] : [])),
          (a, b) => a.page - b.page,
        ),
        fetched: own.filter((entry) => entry.state === 'done' && entry.request.role === 'detail').length,
        failed: own.filter((entry) => entry.state === 'failed').length,
        pending: own.filter((entry) => entry.state === 'waiting').length,
        created: own.reduce((sum, entry) => sum + entry.created, 0),
        changed: own.reduce((sum, entry) => sum + entry.changed, 0),
      }));
    },
    readings: async (runId) =>
      copy(state.frontier.flatMap((entry) => (entry.runId === runId && entry.reading !== null ? [entry.reading] : []))),
    finish: async (run) => {
      const stored = state.runs.get(run.id)!;
      const { finishedAt, outcome, reason, channels } = copy(run);
      Object.assign(stored, { finishedAt, outcome, reason, channels });
      stored.requests = Math.max(stored.requests, run.requests);
      stored.bytes = Math.max(stored.bytes, run.bytes);
      fail(stored, run.failures);
      state.frontier = state.frontier.filter((entry) => entry.runId !== run.id);
    },
    get: async (runId) => copy(state.runs.get(runId) ?? null),
    list: async ({ sourceId, outcome, limit }) =>
      ordered(state.runs.values(), latestFirst)
        .filter((run) => sourceId === undefined || run.sourceId === sourceId)
        .filter((run) => outcome === undefined || run.outcome === outcome)
        .slice(0, limit),
    coverage: async (sourceIds) => {
      const spans = [...state.runs.values()].flatMap(({ id, sourceId, finishedAt, channels }) =>
        channels.flatMap(({ channelId, outcome, covers }) =>
          finishedAt !== null && outcome === 'complete' && covers !== null
            ? [{ sourceId, channelId, runId: id, ...covers, finishedAt }]
            : [],
        ),
      );
      return ordered(
        spans.filter((span) => sourceIds === undefined || sourceIds.includes(span.sourceId)),
        (a, b) => a.finishedAt - b.finishedAt || byText(a.runId, b.runId) || byText(a.channelId, b.channelId),
      );
    },
    archiveRecord: async (id) => copy(state.archiveRecords.get(id) ?? null),
    archiveRecordsOf: async (url) =>
      ordered(
        [...state.archiveRecords.values()].filter((record) => record.url === url),
        (a, b) => a.fetchedAt - b.fetchedAt,
      ),
    lastReply: async (sourceId, url) =>
      ordered(
        [...state.archiveRecords.values()].filter(
          (record) => record.url === url && record.sourceId === sourceId && record.revisits === undefined,
        ),
        (a, b) => a.fetchedAt - b.fetchedAt,
      ).at(-1) ?? null,
    rearrangeArchive: async ({ file, moved, dropped }) => {
      const inFile = (id: string) => state.archiveRecords.get(id)?.file === file;
      for (const id of dropped) if (inFile(id)) state.archiveRecords.delete(id);
      for (const to of moved) {
        if (inFile(to.id)) Object.assign(state.archiveRecords.get(to.id)!, { file: to.file, offset: to.offset });
      }
    },
    allArchiveRecords: () => each(() => state.archiveRecords.values()),
  };
}

// ---------------------------------------------------------------- notices

interface ModelNotices extends NoticeStore {
  seen(id: string, at: number): void;
  markMatched(ids: string[]): void;
}

function noticesOf(state: State): ModelNotices {
  const handedOut = new Map<string, number>();
  const all = () => [...state.notices.values()];
  const sorted = (stored: StoredNotice[]): Notice[] =>
    ordered(
      stored.map(({ notice }) => notice),
      (a, b) => byText(a.id, b.id),
    );
  const dayOf = ({ notice }: StoredNotice) => placeDay(notice.fields.publishDate);

  /** `holds`: what a text must come to, given the words. */
  const hits = (query: Omit<NoticeQuery, 'limit' | 'cursor'>, holds = matchesWords): StoredNotice[] => {
    const words = queryWords(query.text);
    const [first, last] = dayRange(query);
    return all()
      .filter((stored) => {
        const { notice, projectId } = stored;
        const { fields } = notice;
        const text = noticeSearchText(fields, notice.text);
        return (
          (query.kind === undefined || fields.kind === query.kind) &&
          (query.track === undefined || fields.track === query.track) &&
          (query.sourceId === undefined || notice.sourceId === query.sourceId) &&
          (query.projectId === undefined || projectId === query.projectId) &&
          dayOf(stored) >= first &&
          dayOf(stored) <= last &&
          holds(text, words) &&
          (query.projectId !== undefined || holdsTerms(text, words))
        );
      })
      .sort((a, b) => dayOf(b) - dayOf(a) || byText(a.notice.id, b.notice.id));
  };

  const apply = (observation: NoticeObservation): 'create' | 'revise' | 'seen' => {
    const stored = state.notices.get(observation.noticeId);
    const latest = stored?.revisions.at(-1);
    const isRevisionAlready = () =>
      stored!.revisions.some((r) => r.archiveId === observation.archiveId && r.digest === observation.digest);
    const effect = effectOf(
      observation,
      latest === undefined ? null : { digest: latest.digest, revisedAt: latest.observedAt },
      isRevisionAlready,
    );
    const next = copy(firstNotice(observation));
    const { observedAt, runId, archiveId, digest } = observation;
    const revision = { noticeId: next.id, observedAt, runId, archiveId, digest, fields: next.fields };
    if (stored === undefined || latest === undefined) {
      state.notices.set(next.id, {
        notice: next,
        revisions: [{ ...revision, revision: 1, changed: [] }],
        matched: false,
        linkKeys: [],
        projectId: null,
        copies: 0,
      });
      return effect;
    }
    const { firstSeenAt, absentAt, lastSeenAt, firstPublishDate } = stored.notice;
    if (effect === 'revise') {
      const number = latest.revision + 1;
      const changed = changedFields(latest.fields, next.fields);
      stored.revisions.push({ ...revision, revision: number, changed });
      stored.notice = { ...next, revision: number, firstSeenAt, absentAt, lastSeenAt, firstPublishDate };
      stored.matched = false;
    }
    if (effect === 'seen' && digest === latest.digest) {
      stored.notice.attachments = completedAttachments(stored.notice.attachments, next) ?? stored.notice.attachments;
    }
    stored.notice.lastSeenAt = Math.max(lastSeenAt, observedAt);
    return effect;
  };

  const seen = (id: string, at: number): void => {
    const notice = state.notices.get(id)?.notice;
    if (notice !== undefined) notice.lastSeenAt = Math.max(notice.lastSeenAt, at);
  };

  return {
    get: async (id) => copy(state.notices.get(id)?.notice ?? null),
    getMany: async (ids) => sorted(all().filter(({ notice }) => ids.includes(notice.id))),
    revisions: async (id) => copy(state.notices.get(id)?.revisions ?? []),
    search: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
      return pageOf(query, hits(query), (stored) => [dayOf(stored), stored.notice.id], position, summaryOf);
    },
    count: async (query) => hits(query).length,
    tally: async (query, limits = TALLY_LIMITS) => {
      const exact = hits(query).length;
      if (query.projectId !== undefined) return { count: exact, is: 'exact' };
      const candidates = hits(query, () => true).length;
      const counted = Math.min(candidates, limits.counted);
      if (queryWords(query.text).every(isProvenByIndex)) {
        return { count: counted, is: candidates > counted ? 'at_least' : 'exact' };
      }
      return candidates > limits.checked ? { count: counted, is: 'about' } : { count: exact, is: 'exact' };
    },
    all: () => each(() => sorted(all())),
    known: async (ids) =>
      new Map(
        sorted(all())
          .filter(({ id }) => ids.includes(id))
          .map(({ id, fields, lastSeenAt }) => [
            id,
            { title: fields.title, publishDate: fields.publishDate, lastSeenAt },
          ]),
      ),
    ofColumn: async ({ sourceId, channelId, from, to }) =>
      sorted(all()).flatMap(({ id, externalId, fields: { title, publishDate }, lastSeenAt, archiveId, ...notice }) => {
        if (notice.sourceId !== sourceId || notice.channelId !== channelId || publishDate === null) return [];
        const day = publishDate.slice(0, 10);
        if (day > to || (from !== null && day < from)) return [];
        return [{ id, externalId, title, publishDate, lastSeenAt, archiveId }];
      }),
    unmatched: async (limit) => {
      const waiting = sorted(all().filter(({ matched }) => !matched)).slice(0, checkedLimit(limit));
      waiting.forEach(({ id, revision }) => handedOut.set(id, revision));
      return waiting;
    },
    countUnmatched: async () => all().filter(({ matched }) => !matched).length,
    byLinkKeys: async (keys) => sorted(all().filter(({ linkKeys }) => linkKeys.some((key) => keys.includes(key)))),
    clear: async () => {
      state.notices.clear();
      state.projects.clear();
      state.findings.clear();
      state.judged = null;
      state.sheets.clear();
      state.leads.clear();
      handedOut.clear();
    },
    observe: async (observations) => {
      const result: PageCommitResult = { created: [], changed: [] };
      for (const observation of observations) {
        const effect = apply(observation);
        if (effect === 'create') result.created.push(observation.noticeId);
        if (effect === 'revise') result.changed.push(observation.noticeId);
      }
      return result;
    },
    sight: async (sightings) => {
      for (const { noticeId, at } of sightings) seen(noticeId, at);
    },
    seen,
    markMatched: (ids) => {
      for (const id of ids) {
        const stored = state.notices.get(id);
        const revision = handedOut.get(id) ?? stored?.notice.revision;
        if (stored !== undefined && stored.notice.revision === revision) stored.matched = true;
        handedOut.delete(id);
      }
    },
  };
}

function summaryOf({ notice, projectId, copies }: StoredNotice) {
  const { id, sourceId, channelId, firstSeenAt } = notice;
  const { title, kind, track, projectName, projectCode, purchaser, amount, publishDate, region } = notice.fields;
  const shown = { title, kind, track, projectName, projectCode, purchaser, amount, publishDate, region };
  return { id, sourceId, channelId, ...shown, projectId, copies, firstSeenAt };
}

function holdsTerms(text: string, words: string[]): boolean {
  const terms = [...documentTerms(text)];
  return words
    .flatMap(queryTerms)
    .every(({ token, prefix }) => terms.some((term) => (prefix ? term.startsWith(token) : term === token)));
}

// ---------------------------------------------------------------- projects

function projectsOf(state: State, notices: ModelNotices): ProjectStore {
  const hits = (query: Omit<ProjectQuery, 'limit' | 'cursor'>): Project[] => {
    const words = queryWords(query.text);
    return [...state.projects.values()]
      .filter((project) => query.track === undefined || project.track === query.track)
      .filter((project) => query.state === undefined || project.state === query.state)
      .filter((project) => query.suggested !== true || (project.suggestions ?? []).length > 0)
      .filter((project) => matchesWords(projectSearchText(project), words))
      .filter((project) => holdsTerms(projectSearchText(project), words))
      .sort((a, b) => placeDay(b.lastDay) - placeDay(a.lastDay) || byText(a.id, b.id));
  };
  const remove = (id: string) => {
    if (!state.projects.delete(id)) return;
    for (const stored of state.notices.values()) {
      if (stored.projectId === id) Object.assign(stored, { projectId: null, copies: 0 });
    }
  };
  return {
    get: async (id) => copy(state.projects.get(id) ?? null),
    search: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
      return pageOf(query, hits(query), ({ id, lastDay }) => [placeDay(lastDay), id], position, copy);
    },
    count: async (query) => hits(query).length,
    all: () => each(() => ordered(state.projects.values(), (a, b) => byText(a.id, b.id))),
    dealings: () =>
      each(() =>
        [...state.projects.values()]
          .flatMap((project) => dealingOf(project) ?? [])
          .sort((a, b) => byText(a.bidding.buyer!, b.bidding.buyer!) || byText(a.id, b.id)),
      ),
    ofNotices: async (ids) =>
      new Map(
        [...state.notices.values()].flatMap(({ notice, projectId }) =>
          projectId !== null && ids.includes(notice.id) ? [[notice.id, projectId]] : [],
        ),
      ),
    replace: async (affected, projects, linkKeys, sheets) => {
      const holding = affected.flatMap((id) => state.notices.get(id)?.projectId ?? []);
      for (const id of holding) {
        remove(id);
        if (projects.some((project) => project.id === id)) continue;
        for (const [key, finding] of state.findings) if (finding.projectId === id) state.findings.delete(key);
        state.sheets.delete(id);
      }
      for (const project of projects) {
        const sheet = sheets?.get(project.id);
        if (sheet === undefined) state.sheets.delete(project.id);
        else state.sheets.set(project.id, { said: null, sheet });
        remove(project.id);
        state.projects.set(project.id, copy(project));
        const copies = copiesOf(project);
        for (const id of project.noticeIds) {
          const stored = state.notices.get(id);
          if (stored !== undefined) Object.assign(stored, { projectId: project.id, copies: copies.get(id) ?? 0 });
        }
      }
      notices.markMatched(affected);
      linkKeys?.forEach((keys, id) => {
        const stored = state.notices.get(id);
        if (stored !== undefined) stored.linkKeys = [...new Set(keys)].sort();
      });
    },
    sheets: () =>
      each(() => [
        [...state.projects.keys()].sort(byText).map((projectId) => {
          const { sheet = null, said = null } = state.sheets.get(projectId) ?? {};
          return { projectId, sheet, said };
        }),
      ]),
    putSheets: async (sheets) => {
      for (const [id, sheet] of sheets) {
        if (state.projects.has(id)) state.sheets.set(id, { said: null, sheet });
      }
    },
  };
}

// ---------------------------------------------------------------- findings and alerts

function findingsOf(state: State): FindingStore {
  const numberOf = (openedAt: number): string => {
    const year = yearOf(openedAt);
    const last = (state.alertNumbers.get(year) ?? 0) + 1;
    state.alertNumbers.set(year, last);
    return alertNumber(year, last);
  };
  const byKey = <T extends { key: string }>(a: T, b: T) => byText(a.key, b.key);
  const alertHits = (query: Omit<AlertQuery, 'limit' | 'cursor'>) => {
    const words = queryWords(query.text);
    return [...state.alerts.values()]
      .filter((alert) => query.nature === undefined || alert.nature === query.nature)
      .filter((alert) => query.exceptNature === undefined || alert.nature !== query.exceptNature)
      .filter((alert) => query.state === undefined || alert.state === query.state)
      .filter(({ finding }) => query.rule === undefined || finding.rule === query.rule)
      .filter(({ finding }) => query.severity === undefined || finding.severity === query.severity)
      .filter((alert) => matchesWords(alertSearchText(alert), words))
      .sort((a, b) => b.openedAt - a.openedAt || byKey(a, b));
  };
  return {
    judge: async (projectIds, findings, alerts, said = new Map()) => {
      if (alerts.some(({ key }) => typeof key !== 'string')) throw new TypeError('an alert without a key');
      for (const [key, { projectId }] of state.findings) if (projectIds.includes(projectId)) state.findings.delete(key);
      for (const finding of findings) state.findings.set(finding.key, copy(finding));
      for (const change of alerts) {
        const { number, openedAt } = state.alerts.get(change.key) ?? {
          number: numberOf(change.openedAt),
          openedAt: change.openedAt,
        };
        state.alerts.set(change.key, { ...copy(change), number, openedAt });
      }
      for (const id of [...projectIds, ...said.keys()]) {
        const known = state.sheets.get(id);
        if (known !== undefined) known.said = said.get(id) ?? null;
      }
    },
    get: async (key) => copy(state.findings.get(key) ?? null),
    open: async (alert) => {
      if (!state.alerts.has(alert.key)) {
        state.alerts.set(alert.key, { ...copy(alert), number: numberOf(alert.openedAt) });
      }
      return copy(state.alerts.get(alert.key)!);
    },
    ofProjects: async (ids) =>
      ordered(
        [...state.findings.values()].filter((f) => ids.includes(f.projectId)),
        byKey,
      ).map(copy),
    ofProject: async (projectId) =>
      ordered(
        [...state.findings.values()].filter((finding) => finding.projectId === projectId),
        byKey,
      ),
    search: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['string']);
      const found = ordered(state.findings.values(), byKey)
        .filter((finding) => query.rule === undefined || finding.rule === query.rule)
        .filter((finding) => query.verdict === undefined || finding.verdict === query.verdict)
        .filter((finding) => query.exceptRule === undefined || finding.rule !== query.exceptRule)
        .filter((finding) => query.severity === undefined || finding.severity === query.severity)
        .filter((finding) => query.code === undefined || finding.codes.includes(query.code))
        .filter((finding) => query.projectId === undefined || finding.projectId === query.projectId);
      return pageOf(query, found, ({ key }) => [key], position, copy);
    },
    countByCode: async (verdict) => {
      const borne = [...state.findings.values()]
        .filter((finding) => finding.verdict === verdict)
        .flatMap(({ rule, severity, codes }) => codes.map((code) => ({ rule, severity, code })));
      return ordered(
        Map.groupBy(borne, ({ rule, severity, code }) => [rule, severity, code].join(' ')),
        ([a], [b]) => byText(a, b),
      ).map(([, group]) => ({ ...group[0]!, count: group.length }));
    },
    statistics: async () =>
      ordered(
        Map.groupBy(state.findings.values(), ({ rule, verdict, severity }) => [rule, verdict, severity].join(' ')),
        ([a], [b]) => byText(a, b),
      ).map(([, group]) => {
        const { rule, verdict, severity } = group[0]!;
        return { rule, verdict, severity, count: group.length };
      }),
    alert: async (key) => copy(state.alerts.get(key) ?? null),
    alertPlaces: () =>
      each(() => [
        ordered([...state.alerts.values()], byKey).map(({ key, projectId, finding }) => ({
          key,
          projectId,
          page: finding.evidence[0]?.noticeId ?? null,
        })),
      ]),
    alertsOfProjects: async (ids) =>
      ordered(
        [...state.alerts.values()].filter(({ projectId }) => ids.includes(projectId)),
        byKey,
      ),
    alerts: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
      return pageOf(query, alertHits(query), ({ openedAt, key }) => [openedAt, key], position, copy);
    },
    keepJudged: async (count) => void (state.judged = copy(count)),
    judged: async () => copy(state.judged),
    countAlerts: async (query) => alertHits(query).length,
    alertStatistics: async () =>
      ordered(
        Map.groupBy(state.alerts.values(), ({ nature, state, finding }) => [nature, state, finding.rule].join(' ')),
        ([a], [b]) => byText(a, b),
      ).map(([, group]) => {
        const { nature, state, finding } = group[0]!;
        return { nature, state, rule: finding.rule, count: group.length };
      }),
  };
}

// ---------------------------------------------------------------- people's word on links

function linkDecisionsOf(state: State): LinkDecisionStore {
  const asMade = (): LinkDecision[] =>
    ordered(state.linkDecisions.values(), (a, b) => a.at - b.at || byText(a.id, b.id));
  return {
    put: async (decision) => {
      state.linkDecisions.set(decision.id, copy(decision));
      for (const id of namedIn(decision)) {
        const stored = state.notices.get(id);
        if (stored !== undefined) stored.matched = false;
      }
    },
    get: async (id) => copy(state.linkDecisions.get(id) ?? null),
    naming: async (ids) => asMade().filter((decision) => namedIn(decision).some((id) => ids.includes(id))),
    standing: async () => asMade().filter((decision) => decision.withdrawn === null),
  };
}

// ---------------------------------------------------------------- log of requests

const keyOfSent = ({ host, at, process, number }: SentRequest): string => JSON.stringify([host, at, process, number]);

function bySending(a: SentRequest, b: SentRequest): number {
  return byText(a.host, b.host) || a.at - b.at || byText(a.process, b.process) || a.number - b.number;
}

function sentRequestsOf(state: State): SentRequestStore {
  return {
    add: async (requests) => {
      for (const request of requests) {
        if (!state.sentRequests.has(keyOfSent(request))) state.sentRequests.set(keyOfSent(request), copy(request));
      }
    },
    hosts: async () => [...new Set([...state.sentRequests.values()].map(({ host }) => host))].sort(byText),
    ofHost: (wanted, from) =>
      each(() =>
        ordered(state.sentRequests.values(), bySending).filter(({ host, at }) => host === wanted && at >= from),
      ),
    forget: async (before) => {
      for (const [key, { at }] of [...state.sentRequests]) if (at < before) state.sentRequests.delete(key);
    },
  };
}

// ---------------------------------------------------------------- incidents

function incidentsOf(state: State): IncidentStore {
  const hits = (query: { sourceId?: string; state?: string }): Incident[] =>
    [...state.incidents.values()]
      .filter((incident) => query.sourceId === undefined || incident.sourceId === query.sourceId)
      .filter((incident) => query.state === undefined || incident.state === query.state)
      .sort((a, b) => b.openedAt - a.openedAt || byText(a.id, b.id));
  return {
    open: async (sourceId) => ordered(hits({ sourceId, state: 'open' }), (a, b) => byText(a.id, b.id)),
    getMany: async (ids) =>
      ordered(
        hits({}).filter(({ id }) => ids.includes(id)),
        (a, b) => byText(a.id, b.id),
      ).map(copy),
    put: async (incidents) => {
      for (const incident of incidents) {
        const second = [...state.incidents.values()].some(
          (known) => known.state === 'open' && causeOf(known) === causeOf(incident) && known.id !== incident.id,
        );
        if (incident.state === 'open' && second) continue;
        state.incidents.set(incident.id, copy(incident));
      }
    },
    search: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
      return pageOf(query, hits(query), ({ openedAt, id }) => [openedAt, id], position, copy);
    },
    count: async (query) => hits(query).length,
  };
}

// ---------------------------------------------------------------- leads

function leadsOf(state: State): LeadStore {
  const byKey = () => ordered(state.leads.values(), (a, b) => byText(a.key, b.key));
  const hits = (query: { indicator?: string; text?: string }): Lead[] =>
    byKey()
      .filter((lead) => query.indicator === undefined || lead.indicator === query.indicator)
      .filter((lead) => matchesWords(leadSearchText(lead), queryWords(query.text)))
      .sort((a, b) => placeDay(b.day) - placeDay(a.day) || byText(a.key, b.key));
  return {
    replace: async (gone, leads) => {
      gone.forEach((key) => state.leads.delete(key));
      for (const lead of copy(leads)) state.leads.set(lead.key, lead);
    },
    ofProject: async (projectId) => byKey().filter(({ projectIds }) => projectIds.includes(projectId)),
    all: () => each(byKey),
    search: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
      return pageOf(query, hits(query), ({ day, key }) => [placeDay(day), key], position, copy);
    },
    count: async (query) => hits(query).length,
  };
}

// ---------------------------------------------------------------- what operators were told

function tellingsOf(state: State): TellingStore {
  return {
    pending: async (channel) =>
      ordered(
        [...state.tellings.values()].filter((one) => one.channel === channel && !one.isOver),
        (a, b) => byText(a.id, b.id),
      ).map(copy),
    put: async (tellings) => {
      for (const one of tellings) state.tellings.set(one.id, copy(one));
    },
  };
}

// ---------------------------------------------------------------- vanishings

function vanishingsOf(state: State): VanishingStore {
  const all = () => [...state.vanishings.values()];
  return {
    open: async (sourceId) =>
      ordered(
        all().filter((one) => one.sourceId === sourceId && one.state !== 'returned'),
        (a, b) => byText(a.id, b.id),
      ).map(copy),
    put: async (vanishings) => {
      for (const one of vanishings) state.vanishings.set(one.id, copy(one));
    },
    ofNotices: async (ids) =>
      all()
        .filter(({ noticeId }) => ids.includes(noticeId))
        .sort((a, b) => a.openedAt - b.openedAt || byText(a.id, b.id))
        .map(copy),
    latest: async ({ sourceId, limit }) =>
      all()
        .filter((one) => sourceId === undefined || one.sourceId === sourceId)
        .sort((a, b) => b.openedAt - a.openedAt || byText(a.id, b.id))
        .slice(0, limit)
        .map(copy),
  };
}

// ---------------------------------------------------------------- settings

function settingsOf(state: State): SettingsStore {
  return {
    inForce: async () => {
      const latest = (one: KeptSettings): number => one.appliedAt.at(-1)!;
      const all = [...state.settings.values()].sort((a, b) => latest(b) - latest(a) || byText(a.id, b.id));
      return all[0] === undefined ? null : copy(all[0]);
    },
    put: async (settings) => void state.settings.set(settings.id, copy(settings)),
  };
}

// ---------------------------------------------------------------- cases and accounts

function casesOf(state: State): CaseStore {
  const hits = (query: Omit<CaseQuery, 'limit' | 'cursor'>): CaseFile[] => {
    const words = queryWords(query.text);
    return [...state.cases.values()]
      .filter((file) => query.state === undefined || file.state === query.state)
      .filter((file) => query.nature === undefined || file.nature === query.nature)
      .filter((file) => query.rule === undefined || file.rule === query.rule)
      .filter((file) => query.assignee === undefined || file.assignee === query.assignee)
      .filter((file) => query.dueBy === undefined || (file.due !== null && file.due <= query.dueBy))
      .filter((file) => query.news === undefined || (file.news !== null) === query.news)
      .filter((file) => query.sourceId === undefined || file.sourceIds.includes(query.sourceId))
      .filter((file) => query.agency === undefined || file.agency === query.agency)
      .filter((file) => query.code === undefined || file.facts.codes.includes(query.code))
      .filter(({ question }) => query.replyBefore === undefined || (question?.replyBy ?? '9') < query.replyBefore)
      .filter((file) => matchesWords(caseSearchText(file), words))
      .sort((a, b) => b.openedAt - a.openedAt || byText(a.number, b.number));
  };
  const eventsOf = (number: string) => state.caseEvents.filter((event) => event.number === number);
  return {
    get: async (number) => copy(state.cases.get(number) ?? null),
    getMany: async (numbers) =>
      copy(
        ordered(
          [...state.cases.values()].filter(({ number }) => numbers.includes(number)),
          (a, b) => byText(a.number, b.number),
        ),
      ),
    events: async (number) => copy(ordered(eventsOf(number), (a, b) => a.seq - b.seq)),
    append: async (steps) => {
      const isThere = ({ number, hash }: CaseEvent) => eventsOf(number).some((event) => event.hash === hash);
      const fresh = copy(steps).filter(({ event }) => !isThere(event));
      for (const { event } of fresh) {
        if (eventsOf(event.number).length === event.seq - 1) continue;
        throw new CaseOvertaken(event.number, '已由他人先一步处理');
      }
      for (const { event, file } of fresh) {
        state.caseEvents.push(event);
        state.cases.set(file.number, file);
      }
    },
    search: async (query) => {
      const position = query.cursor === undefined ? null : decodeCursor(query, query.cursor, ['number', 'string']);
      return pageOf(query, hits(query), ({ openedAt, number }) => [openedAt, number], position, copy);
    },
    count: async (query) => hits(query).length,
    all: () => each(() => ordered(state.cases.values(), (a, b) => byText(a.number, b.number))),
    putAttachment: async (sha256, bytes) => {
      if (!state.caseAttachments.has(sha256)) {
        state.caseAttachments.set(sha256, Buffer.from(bytes).toString('base64'));
      }
    },
    attachment: async (sha256) => {
      const base64 = state.caseAttachments.get(sha256);
      return base64 === undefined ? null : Uint8Array.from(Buffer.from(base64, 'base64'));
    },
  };
}

function usersOf(state: State): UserStore {
  return {
    get: async (name) => copy(state.users.get(name) ?? null),
    list: async () => copy(ordered(state.users.values(), (a, b) => byText(a.name, b.name))),
    put: async (user) => void state.users.set(user.name, copy(user)),
  };
}

// ---------------------------------------------------------------- paging, moving

/** The page behind a position: numbers fall along the list, texts rise. */
function pageOf<T, U>(
  query: { limit: number },
  items: T[],
  positionOf: (item: T) => (string | number)[],
  after: (string | number)[] | null,
  shown: (item: T) => U,
): Page<U> {
  const limit = checkedLimit(query.limit);
  const rest = items.filter((item) => after === null || isBehind(positionOf(item), after));
  const page = rest.slice(0, limit);
  return {
    items: page.map(shown).map(copy),
    nextCursor: rest.length > limit ? encodeCursor(query, positionOf(page.at(-1)!)) : null,
  };
}

function isBehind(position: (string | number)[], after: (string | number)[]): boolean {
  for (const [i, part] of position.entries()) {
    if (part !== after[i]) return typeof part === 'number' ? part < Number(after[i]) : part > String(after[i]);
  }
  return false;
}

async function* each<T>(items: () => Iterable<T>): AsyncGenerator<T> {
  for (const item of [...items()]) yield copy(item);
}

function portsOf(state: State): ContentPorts {
  const port = <T>(map: Map<string, T>, keyOf: (item: T) => string, inOrder = true) => ({
    read: () => each(() => (inOrder ? ordered(map.values(), (a, b) => byText(keyOf(a), keyOf(b))) : map.values())),
    write: async (items: T[]) => {
      for (const item of items) if (!map.has(keyOf(item))) map.set(keyOf(item), copy(item));
    },
  });
  return {
    runs: port(state.runs, ({ id }) => id),
    frontier: {
      read: () => each(() => ordered(state.frontier, (a, b) => byText(a.runId, b.runId))),
      write: async (entries) => {
        for (const entry of entries) {
          const known = state.frontier.some((e) => e.runId === entry.runId && e.request.key === entry.request.key);
          if (!known) state.frontier.push(copy(entry));
        }
      },
    },
    archiveRecords: port(state.archiveRecords, ({ id }) => id, false),
    notices: port(state.notices, ({ notice }) => notice.id),
    projects: port(state.projects, ({ id }) => id),
    findings: port(state.findings, ({ key }) => key),
    alerts: port(state.alerts, ({ key }) => key),
    alertNumbers: {
      read: () => each(() => ordered(state.alertNumbers, ([a], [b]) => a - b).map(([year, last]) => ({ year, last }))),
      write: async (numbers) => {
        for (const { year, last } of numbers) {
          state.alertNumbers.set(year, Math.max(last, state.alertNumbers.get(year) ?? 0));
        }
      },
    },
    leads: port(state.leads, ({ key }) => key),
    incidents: port(state.incidents, ({ id }) => id),
    tellings: port(state.tellings, ({ id }) => id),
    vanishings: port(state.vanishings, ({ id }) => id),
    settings: port(state.settings, ({ id }) => id),
    cases: port(state.cases, ({ number }) => number),
    caseEvents: {
      read: () => each(() => ordered(state.caseEvents, (a, b) => byText(a.number, b.number) || a.seq - b.seq)),
      write: async (events) => {
        for (const event of copy(events)) {
          const there = state.caseEvents.some(({ number, seq }) => number === event.number && seq === event.seq);
          if (!there) state.caseEvents.push(event);
        }
      },
    },
    caseAttachments: {
      read: () =>
        each(() =>
          ordered(state.caseAttachments, ([a], [b]) => byText(a, b)).map(([sha256, base64]) => ({ sha256, base64 })),
        ),
      write: async (attachments) => {
        for (const { sha256, base64 } of attachments) {
          if (!state.caseAttachments.has(sha256)) state.caseAttachments.set(sha256, base64);
        }
      },
    },
    users: port(state.users, ({ name }) => name),
    linkDecisions: port(state.linkDecisions, ({ id }) => id),
    sentRequests: {
      read: () => each(() => ordered(state.sentRequests.values(), bySending)),
      write: (requests) => sentRequestsOf(state).add(requests),
    },
  };
}
