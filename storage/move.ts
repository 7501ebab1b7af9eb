import { randomUUID } from 'node:crypto';

import { CorrectInput, RepairDatabase } from '../src/model/errors.ts';
import { ContentDigest } from './digest.ts';
import { CONTENT_KINDS } from './store.ts';
import type { ContentKind, Store, StoreContents } from './store.ts';

/** What was moved of one kind; the digest is that of both stores. */
export interface MovedKind {
  kind: ContentKind;
  count: number;
  digest: string;
}

export type OnMoved = (kind: ContentKind, count: number) => void;

/**
 * Things taken in at once: some 20 KB each at most on average, and well below what a server takes in one message.
 * Attachments, megabytes each, go one by one.
 */
const BATCH = 200;

/**
 * Moves everything of one store into another, which must be empty, then reads both again and compares them kind by kind.
 * The store moved from is only read. Until all is proven the target counts as half moved (`refuseHalfMoved`).
 * Throws `CorrectInput` when the target is not empty, `RepairDatabase` when the two differ afterwards, which they also
 * do when somebody wrote into the one moved from meanwhile.
 */
export async function moveStore(from: Store, to: Store, onMoved: OnMoved = () => undefined): Promise<MovedKind[]> {
  await refuseUnlessEmpty(to);
  await mark(to, HALF);
  for (const kind of CONTENT_KINDS) onMoved(kind, (await moveKind(from, to, kind)).count);
  const moved: MovedKind[] = [];
  for (const kind of CONTENT_KINDS) {
    const [source, target] = [await digestOf(from, kind), await digestOf(to, kind)];
    if (source.digest !== target.digest) {
      throw new RepairDatabase(
        `搬迁后两边不一致：${kind}（来源 ${source.count} 条，目标 ${target.count} 条）`,
        '来源数据库没有改动，请继续使用。请停止采集和页面服务，清空目标数据库，然后重跑同一命令。',
        { kind, source: source.digest, target: target.digest },
      );
    }
    moved.push({ kind, ...source });
  }
  await mark(to, WHOLE);
  return moved;
}

/** Takes these kinds of things over into a store that is empty. Throws `CorrectInput` when it is not. */
export async function copyInto(from: Store, to: Store, kinds: readonly ContentKind[]): Promise<void> {
  await refuseUnlessEmpty(to);
  for (const kind of kinds) await moveKind(from, to, kind);
}

/**
 * Takes one kind over and reads it again: the target holds what was read. Nothing is said about what came into the
 * store copied from meanwhile. Throws `RepairDatabase`.
 */
export async function copyKind(from: Store, to: Store, kind: ContentKind): Promise<{ count: number; digest: string }> {
  const read = await moveKind(from, to, kind);
  const written = await digestOf(to, kind);
  if (read.digest === written.digest) return read;
  throw new RepairDatabase(
    `写入的与读出的不一致：${kind}（读出 ${read.count} 条，写入 ${written.count} 条）`,
    '来源数据库没有改动。请检查目标所在的磁盘，然后换一个空的目标重跑同一命令。',
    { kind, read: read.digest, written: written.digest },
  );
}

/** Count and digest of one kind. */
export async function digestOf(store: Store, kind: ContentKind): Promise<{ count: number; digest: string }> {
  const digest = new ContentDigest();
  for await (const item of store.contents(kind)) digest.add(item);
  return digest.end();
}

/** The first kind of which a store holds anything; null for an empty one. */
export async function heldKind(store: Store): Promise<ContentKind | null> {
  for (const kind of CONTENT_KINDS) {
    const first = await store.contents(kind)[Symbol.asyncIterator]().next();
    if (first.done !== true) return kind;
  }
  return null;
}

/** A store that something was being moved into and that was not proven whole must not be worked with. */
export async function refuseHalfMoved(store: Store): Promise<void> {
  if ((await store.leases.note(MOVING)) !== HALF || (await heldKind(store)) === null) return;
  throw new RepairDatabase(
    '数据库只搬入了一部分：搬迁或恢复正在进行，或上一次没有完成',
    '正在进行的，请等它完成；已经中断的，请删除该数据库，然后重跑原来的 restore 或 migrate-store。',
  );
}

/** What a store is told of a move into it is a lease's note: no contents, and gone with the database. */
const MOVING = 'moving';
const HALF = 'half';
const WHOLE = 'whole';
const MARKING_MS = 30_000;

async function mark(to: Store, note: string): Promise<void> {
  const lease = await to.leases.acquire(MOVING, randomUUID(), MARKING_MS);
  if (lease === null) throw new CorrectInput('另一进程正在搬入同一目标数据库', '请等它完成，或给出另一个数据库。');
  await to.leases.release(lease, note);
}

async function refuseUnlessEmpty(store: Store): Promise<void> {
  const kind = await heldKind(store);
  if (kind === null) return;
  throw new CorrectInput(
    '目标数据库不是空的',
    '请给出一个新的数据库；上次搬迁中断留下的目标，请先删除。已有数据没有改动。',
    { kind },
  );
}

/** What was read of it. */
async function moveKind<K extends ContentKind>(
  from: Store,
  to: Store,
  kind: K,
): Promise<{ count: number; digest: string }> {
  const digest = new ContentDigest();
  let batch: StoreContents[K][] = [];
  const takeIn = async (): Promise<void> => {
    await to.takeIn(kind, batch);
    batch = [];
  };
  for await (const item of from.contents(kind)) {
    digest.add(item);
    batch.push(item);
    if (batch.length === (kind === 'caseAttachments' ? 1 : BATCH)) await takeIn();
  }
  await takeIn();
  return digest.end();
}
