import { begunAt } from '../../storage/archive/names.ts';
import { MAX_FILE_AGE_MS } from '../../storage/archive/open.ts';
import type { ArchivePlace } from '../../storage/archive/place.ts';
import { rewriteFile } from '../../storage/archive/rewrite.ts';
import type { Store } from '../../storage/store.ts';
import type { Retention } from '../cases/retention.ts';
import type { ArchiveRecord } from '../model/archive.ts';
import { RestoreArchive } from '../model/errors.ts';

/** What was done to the archive. */
export interface Pruned {
  /** Replies removed from files and index. */
  dropped: number;
  /** Files written anew without them, and files removed whole. */
  rewritten: number;
  removed: number;
  /** Files that nothing names: a process was killed between archive and database, or while pruning. */
  leftovers: number;
  /** Files left as they are because a record in them that must stay cannot be read. */
  damaged: string[];
}

/** Steps of one file, in order; a test stops between them. */
export type PruneStep = 'written' | 'indexed' | 'removed';

/**
 * Takes out of the archive what retention gave free, file by file: first the records that stay are written into a new
 * file, durably; then one transaction of the index names them there and drops the others; then the old file goes.
 * Killed anywhere, every record that the index names has its bytes, and the next run removes the file that nothing
 * names. Only files are touched that were begun before `before` and that nobody writes any more.
 */
export async function pruneArchive(
  { store, place }: { store: Store; place: ArchivePlace },
  retention: Pick<Retention, 'dropped'>,
  { before, now, onStep = () => undefined }: { before: number; now: number; onStep?: (step: PruneStep) => void },
): Promise<Pruned> {
  const pruned: Pruned = { dropped: 0, rewritten: 0, removed: 0, leftovers: 0, damaged: [] };
  const old = ((await place.files()) ?? []).filter((file) => isFinished(file, before, now));
  const records = await recordsIn(store, old);
  for (const file of old) {
    const all = records.get(file)!;
    const droppable = retention.dropped.get(file) ?? new Set();
    const dropped = all.filter(({ id }) => droppable.has(id)).map(({ id }) => id);
    if (all.length === 0) {
      await place.remove(file);
      pruned.leftovers += 1;
      continue;
    }
    if (dropped.length === 0) continue;
    const kept = all.filter(({ id }) => !droppable.has(id));
    if (!(await replaceFile(file, kept, dropped))) continue;
    pruned.dropped += dropped.length;
    if (kept.length === 0) pruned.removed += 1;
    else pruned.rewritten += 1;
  }
  return pruned;

  async function replaceFile(file: string, kept: ArchiveRecord[], dropped: string[]): Promise<boolean> {
    let moved: { id: string; file: string; offset: number }[] = [];
    if (kept.length > 0) {
      try {
        ({ moved } = await rewriteFile(place, kept, now));
      } catch (error) {
        if (!(error instanceof RestoreArchive)) throw error;
        pruned.damaged.push(file);
        return false;
      }
      onStep('written');
    }
    await store.runs.rearrangeArchive({ file, moved, dropped });
    onStep('indexed');
    // Another process may have been at the same file and come first: its new file holds the records, and ours none.
    const inOurs = await Promise.all(
      moved.map(async (to) => (await store.runs.archiveRecord(to.id))?.file === to.file),
    );
    if (moved.length > 0 && !inOurs.includes(true)) await place.remove(moved[0]!.file);
    await place.remove(file);
    onStep('removed');
    return true;
  }
}

/** Begun before the period, and nobody writes into it: a writer keeps to a file for a day. */
function isFinished(file: string, before: number, now: number): boolean {
  const begun = begunAt(file);
  return begun !== null && begun < before && now - begun > 2 * MAX_FILE_AGE_MS;
}

async function recordsIn(store: Store, files: string[]): Promise<Map<string, ArchiveRecord[]>> {
  const records = new Map<string, ArchiveRecord[]>(files.map((file) => [file, []]));
  for await (const record of store.runs.allArchiveRecords()) records.get(record.file)?.push(record);
  return records;
}
