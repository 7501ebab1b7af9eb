import { contentDigest } from '../../storage/digest.ts';
import { copyInto } from '../../storage/move.ts';
import { CONTENT_KINDS } from '../../storage/store.ts';
import type { ContentKind, Store } from '../../storage/store.ts';
import { findingKey } from '../cases/judge-stage.ts';
import { replayArchive } from '../crawl/replay.ts';
import type { Replayed } from '../crawl/replay.ts';
import type { Finding } from '../model/finding.ts';
import { matchNotices } from '../projects/stage.ts';
import { refresh } from './judging.ts';
import { undisturbed } from './undisturbed.ts';
import type { Workshop } from './workshop.ts';

/** What follows from the archive; everything else is what happened and what people decided, and is taken over. */
export const DERIVED = ['notices', 'projects', 'findings'] as const satisfies readonly ContentKind[];
export type DerivedKind = (typeof DERIVED)[number];

/** How a rebuilt kind differs from what was there, thing by thing. */
export interface Difference {
  kind: DerivedKind;
  before: number;
  after: number;
  /** Ids; `changed` stand on both sides. */
  gone: string[];
  added: string[];
  changed: string[];
}

/**
 * Builds all that follows from the archive anew, in an empty store; the workshop's own is only read.
 * Parsers, links, rules and calendar are those of today, times are those of the crawls. What was found before is judged
 * again like any finding: what says the same keeps its moment, facts and history, what says something else joins them.
 */
export async function rebuild(
  workshop: Workshop,
  to: Store,
  onProgress?: (replies: number) => void,
): Promise<Replayed & { judged: number }> {
  const { store, archive, config, readers } = workshop;
  const kept = CONTENT_KINDS.filter((kind) => !(DERIVED as readonly ContentKind[]).includes(kind));
  await undisturbed(workshop, () => copyInto(store, to, kept));
  const { recheckDays } = config.crawl;
  const replayed = await replayArchive({ store: to, archive, adapters: readers, recheckDays, onProgress });
  if (replayed.missing.runs > 0) await keepSightings(store, to);
  await matchNotices(to);
  await keepHistory(store, to);
  return { ...replayed, judged: await refresh({ ...workshop, store: to }) };
}

/** Findings taken over together. */
const FINDINGS = 500;

/**
 * The findings there were, with all they said before, as if they had just been judged in the new store. A project that
 * was put together anew under another id takes those whose first page it holds.
 */
async function keepHistory(from: Store, to: Store): Promise<void> {
  let batch: Finding[] = [];
  const taken = new Set<string>();
  const put = async (): Promise<void> => {
    const homes = await to.projects.ofNotices(batch.flatMap(({ evidence }) => evidence[0]?.noticeId ?? []));
    const standing = new Set<string>();
    for (const projectId of new Set(batch.map((finding) => finding.projectId))) {
      if ((await to.projects.get(projectId)) !== null) standing.add(projectId);
    }
    const housed = batch.flatMap((finding): Finding[] => {
      const first = finding.evidence[0]?.noticeId;
      const projectId = (first === undefined ? undefined : homes.get(first)) ?? finding.projectId;
      const key = findingKey(projectId, finding);
      if (taken.has(key) || (projectId === finding.projectId && !standing.has(projectId))) return [];
      taken.add(key);
      return [{ ...finding, projectId, key }];
    });
    await to.takeIn('findings', housed);
    batch = [];
  };
  for await (const finding of from.contents('findings')) {
    batch.push(finding);
    if (batch.length === FINDINGS) await put();
  }
  await put();
}

/** When a notice was last seen follows from replies that are archived no more: what was known of it stays. */
async function keepSightings(from: Store, to: Store): Promise<void> {
  let sightings: { noticeId: string; at: number }[] = [];
  const put = async (): Promise<void> => {
    if (sightings.length > 0) await to.notices.sight(sightings);
    sightings = [];
  };
  for await (const { id, lastSeenAt } of from.notices.all()) {
    sightings.push({ noticeId: id, at: lastSeenAt });
    if (sightings.length === SIGHTINGS) await put();
  }
  await put();
}

/** Notices whose sightings are written together. */
const SIGHTINGS = 500;

/** Compares what follows from the archive in two stores. When a thing was judged, and what was known by then, is no difference. */
export async function differences(before: Store, after: Store): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const kind of DERIVED) {
    const [old, now] = [await fingerprints(before, kind), await fingerprints(after, kind)];
    found.push({
      kind,
      before: old.size,
      after: now.size,
      gone: [...old.keys()].filter((id) => !now.has(id)),
      added: [...now.keys()].filter((id) => !old.has(id)),
      changed: [...now].flatMap(([id, content]) => (old.has(id) && old.get(id) !== content ? [id] : [])),
    });
  }
  return found;
}

/** What a finding says, under which versions: when it was judged, from what, and what it said before is no difference. */
function saidBy(finding: Finding): object {
  return { ...finding, judgedAt: 0, facts: null, history: [], confirmed: [] };
}

/** By id, a digest of the content. */
async function fingerprints(store: Store, kind: DerivedKind): Promise<Map<string, string>> {
  const prints = new Map<string, string>();
  for await (const item of store.contents<DerivedKind>(kind)) {
    const id = 'notice' in item ? item.notice.id : 'key' in item ? item.key : item.id;
    prints.set(id, contentDigest('judgedAt' in item ? saidBy(item) : item));
  }
  return prints;
}
