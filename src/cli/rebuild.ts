import { contentDigest } from '../../storage/digest.ts';
import { copyInto } from '../../storage/move.ts';
import { CONTENT_KINDS } from '../../storage/store.ts';
import type { ContentKind, Store } from '../../storage/store.ts';
import { replayArchive } from '../crawl/replay.ts';
import type { Replayed } from '../crawl/replay.ts';
import { sourceLease } from '../crawl/leased.ts';
import { CorrectInput } from '../model/errors.ts';
import { JUDGING, refresh } from './judging.ts';
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
 * Parsers, links, rules and calendar are those of today, times are those of the crawls.
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
  return { ...replayed, judged: await refresh({ ...workshop, store: to }) };
}

/**
 * Does the work while no process crawls or judges: what is copied hangs together, and nothing is done that a database
 * taking the place of this one would not have. Throws `CorrectInput` where some process is at it.
 */
export async function undisturbed<T>({ readers, leases }: Workshop, work: () => Promise<T>): Promise<T> {
  const held = await leases.takeAll([JUDGING, ...readers.map(sourceLease)]);
  if (held === null) {
    throw new CorrectInput('有进程正在采集或核查', '请等它完成，或先停止值守进程（gongshi run），然后重跑同一命令。');
  }
  try {
    return await work();
  } finally {
    for (const lease of held) await lease.release();
  }
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

/** By id, a digest of the content. */
async function fingerprints(store: Store, kind: DerivedKind): Promise<Map<string, string>> {
  const prints = new Map<string, string>();
  for await (const item of store.contents<DerivedKind>(kind)) {
    const id = 'notice' in item ? item.notice.id : 'key' in item ? item.key : item.id;
    prints.set(id, contentDigest('judgedAt' in item ? { ...item, judgedAt: 0, facts: null, history: [] } : item));
  }
  return prints;
}
