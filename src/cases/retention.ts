import type { ContentKind, Store } from '../../storage/store.ts';
import type { Archive, ArchiveRecord } from '../model/archive.ts';
import { RestoreArchive } from '../model/errors.ts';
import type { SourceRequest } from '../model/source.ts';
import { provingRuns } from './absence-proof.ts';

/** Why an archived reply older than the retention period is kept all the same. */
export const KEPT_BECAUSE = ['reading', 'referred', 'watched', 'absence', 'running', 'damaged'] as const;
export type KeptBecause = (typeof KEPT_BECAUSE)[number];

/** What retention comes to: which archived replies may go, and why the other old ones may not. */
export interface Retention {
  /** Ids, by file of the archive. */
  dropped: Map<string, Set<string>>;
  droppedBytes: number;
  /** Records younger than the period. */
  young: number;
  kept: Record<KeptBecause, number>;
  keptBytes: number;
  /** Projects with an alert or case, a finding that is a violation or undetermined, or none at all; of how many. */
  protectedProjects: number;
  projects: number;
}

interface Old {
  id: string;
  url: string;
  runId: string;
  record: ArchiveRecord;
}

const SHA256 = /\b[0-9a-f]{64}\b/g;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Sorts archived replies fetched before `before` (epoch ms) into those that may go and those that must stay. These stay:
 * - reading: what a notice or one of its revisions was read from, its files and what listed them, of every project: it
 *   can be read again and shown;
 * - referred: what anything else that is stored names (failures, incidents, cases and their events, …), and the bodies
 *   that replies which stay confirm;
 * - watched: every visit to a page of a protected project, also those that found nothing new: it proves that the page
 *   stood there, or did not;
 * - absence: list pages of the runs that prove for a protected project that nothing was published, that a notice was
 *   not there yet, or that it is listed no more;
 * - running: replies of runs that have not ended;
 * - damaged: what cannot be read any more: it is for the operator to look at, not to disappear.
 * Only reads. What goes are lists, warm-ups and repeated visits that nothing rests on.
 */
export async function retentionOf(
  store: Store,
  archive: Pick<Archive, 'readPage'>,
  before: number,
): Promise<Retention> {
  const old: Old[] = [];
  /** Bodies that replies which stay confirm. */
  const confirmed = new Set<string>();
  let young = 0;
  for await (const record of store.runs.allArchiveRecords()) {
    if (record.fetchedAt < before) {
      old.push({ id: record.id, url: record.url, runId: record.runId, record });
      continue;
    }
    young += 1;
    if (record.revisits !== undefined) confirmed.add(record.revisits);
  }
  const urlOf = new Map(old.map(({ id, url }) => [id, url]));
  const { projects, watched: protectedIds } = await protectedProjects(store);
  const reading = new Set<string>();
  const urls = new Set<string>();
  const windows: { from: string; to: string }[] = [];
  const absentAt = new Set<string>();
  const isProtected = (projectId: string | null): boolean => projectId === null || protectedIds.has(projectId);

  for await (const { notice, revisions, projectId } of store.contents('notices')) {
    const files = notice.attachments.flatMap(({ archiveId }) => archiveId ?? []);
    const from = [notice.archiveId, ...revisions.map(({ archiveId }) => archiveId), ...files];
    from.forEach((id) => reading.add(id));
    if (!isProtected(projectId)) continue;
    urls.add(notice.url);
    for (const id of from) {
      const url = urlOf.get(id) ?? (await store.runs.archiveRecord(id))?.url;
      if (url !== undefined) urls.add(url);
    }
    if (notice.absentAt !== null) absentAt.add(`${notice.sourceId} ${notice.absentAt}`);
  }
  for await (const { id, firstDay, lastDay } of store.projects.all()) {
    if (protectedIds.has(id) && firstDay !== null) windows.push({ from: firstDay, to: lastDay ?? firstDay });
  }
  const proving = provingRuns(await store.runs.coverage(), windows);
  const running = new Set<string>();
  for await (const run of store.contents('runs')) {
    if (run.finishedAt === null) running.add(run.id);
    if (absentAt.has(`${run.sourceId} ${run.startedAt}`)) proving.add(run.id);
  }
  for await (const { missedBy } of store.contents('vanishings')) missedBy.forEach(({ runId }) => proving.add(runId));
  const referred = await referredTo(store, old);

  const retention: Retention = {
    dropped: new Map(),
    droppedBytes: 0,
    young,
    kept: { reading: 0, referred: 0, watched: 0, absence: 0, running: 0, damaged: 0 },
    keptBytes: 0,
    protectedProjects: protectedIds.size,
    projects,
  };
  // Latest first: a reply that confirms another comes before it.
  for (const { id, url, runId, record } of old.toReversed()) {
    const because = reading.has(id)
      ? 'reading'
      : referred.has(id) || confirmed.has(id)
        ? 'referred'
        : urls.has(url)
          ? 'watched'
          : running.has(runId)
            ? 'running'
            : await becauseOfRequest(archive, record, { reading, provesAbsence: proving.has(runId) });
    if (because !== null) {
      retention.kept[because] += 1;
      if (record.revisits !== undefined) confirmed.add(record.revisits);
      retention.keptBytes += record.length;
      continue;
    }
    const ofFile = retention.dropped.get(record.file) ?? new Set();
    retention.dropped.set(record.file, ofFile.add(id));
    retention.droppedBytes += record.length;
  }
  return retention;
}

/**
 * What only the request tells: that the reply says which files belong to a notice's page that stays, or is a list of a
 * run that proves absence. A reply that does not say what it answers counts as damaged.
 */
async function becauseOfRequest(
  archive: Pick<Archive, 'readPage'>,
  record: ArchiveRecord,
  { reading, provesAbsence }: { reading: ReadonlySet<string>; provesAbsence: boolean },
): Promise<KeptBecause | null> {
  let request: SourceRequest;
  try {
    ({ request } = await archive.readPage(record));
  } catch (error) {
    if (error instanceof RestoreArchive) return 'damaged';
    throw error;
  }
  if (request.attachment !== undefined && reading.has(request.attachment.detailArchiveId)) return 'reading';
  return provesAbsence && request.role === 'list' ? 'absence' : null;
}

/**
 * Every project that ever had an alert or a case, whatever became of it, every one that a case was told of, by its name
 * or by its notices, every one with a finding that is a violation or undetermined, and every one that was never judged.
 */
async function protectedProjects(store: Store): Promise<{ projects: number; watched: Set<string> }> {
  const judged = new Set<string>();
  const watched = new Set<string>();
  for await (const { projectId, verdict } of store.contents('findings')) {
    judged.add(projectId);
    if (verdict === 'violation' || verdict === 'undetermined') watched.add(projectId);
  }
  const accused: string[] = [];
  for await (const { projectId, finding } of store.contents('alerts')) {
    watched.add(projectId);
    accused.push(...finding.evidence.map(({ noticeId }) => noticeId));
  }
  // Alerts move on, and their evidence changes; people answer for what they were told when they acted.
  for await (const { projectId } of store.contents('cases')) watched.add(projectId);
  for await (const { step } of store.contents('caseEvents')) {
    if (step.action !== 'opened' && step.action !== 'facts_changed') continue;
    watched.add(step.subject.projectId);
    accused.push(...step.facts.evidence.map(({ noticeId }) => noticeId));
  }
  // An alert may have moved on while pages that it rests on came to another project.
  for (const id of (await store.projects.ofNotices(accused)).values()) watched.add(id);
  const existing = new Set<string>();
  for await (const { id } of store.projects.all()) {
    existing.add(id);
    if (!judged.has(id)) watched.add(id);
  }
  return { projects: existing.size, watched: new Set([...watched].filter((id) => existing.has(id))) };
}

/**
 * Ids of replies that stand anywhere in what is stored beside the index itself: nothing that anything names may go.
 * People name a reply in a case by what the page and the evidence sheet show of it: its id or its SHA-256.
 */
async function referredTo(store: Store, replies: readonly Old[]): Promise<Set<string>> {
  const ids = new Set(replies.map(({ id }) => id));
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      if (ids.has(value)) found.add(value);
      else for (const id of value.match(UUID) ?? []) if (ids.has(id)) found.add(id);
    } else if (Array.isArray(value)) value.forEach(look);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(look);
  };
  for (const kind of NAMING) for await (const item of store.contents(kind)) look(item);
  const quoted = new Set<string>();
  for await (const { step } of store.contents('caseEvents')) {
    if (!('note' in step) || step.note === undefined) continue;
    const note = step.note.toLowerCase();
    look(note);
    for (const hash of note.match(SHA256) ?? []) quoted.add(hash);
  }
  for (const { id, record } of replies) if (quoted.has(record.sha256)) found.add(id);
  return found;
}

/** Kinds that may name a reply; notices do by their revisions, which are looked at one by one. */
const NAMING = [
  'runs',
  'frontier',
  'projects',
  'findings',
  'alerts',
  'incidents',
  'vanishings',
  'cases',
  'caseEvents',
] as const satisfies readonly ContentKind[];
