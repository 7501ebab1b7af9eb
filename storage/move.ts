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

/**
 * Things taken in at once: some 20 KB each at most on average, and well below what a server takes in one message.
 * Attachments, megabytes each, go one by one.
 */
const BATCH = 200;

/**
 * Moves everything of one store into another, which must be empty, then reads both again and compares them kind by kind.
 * The store moved from is only read. Throws `CorrectInput` when the target is not empty, `RepairDatabase` when the two
 * differ afterwards, which they also do when somebody wrote into the one moved from meanwhile.
 */
export async function moveStore(
  from: Store,
  to: Store,
  onMoved: (kind: ContentKind, count: number) => void = () => undefined,
): Promise<MovedKind[]> {
  await refuseUnlessEmpty(to);
  await copyKinds(from, to, CONTENT_KINDS, onMoved);
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
  return moved;
}

/** Takes these kinds of things over into a store that is empty. Throws `CorrectInput` when it is not. */
export async function copyInto(from: Store, to: Store, kinds: readonly ContentKind[]): Promise<void> {
  await refuseUnlessEmpty(to);
  await copyKinds(from, to, kinds, () => undefined);
}

async function copyKinds(
  from: Store,
  to: Store,
  kinds: readonly ContentKind[],
  onMoved: (kind: ContentKind, count: number) => void,
): Promise<void> {
  for (const kind of kinds) onMoved(kind, await moveKind(from, to, kind));
}

/** Count and digest of one kind. */
export async function digestOf(store: Store, kind: ContentKind): Promise<{ count: number; digest: string }> {
  const digest = new ContentDigest();
  for await (const item of store.contents(kind)) digest.add(item);
  return digest.end();
}

async function refuseUnlessEmpty(store: Store): Promise<void> {
  for (const kind of CONTENT_KINDS) {
    const first = await store.contents(kind)[Symbol.asyncIterator]().next();
    if (first.done === true) continue;
    throw new CorrectInput(
      '目标数据库不是空的',
      '请给出一个新的数据库；上次搬迁中断留下的目标，请先删除。已有数据没有改动。',
      { kind },
    );
  }
}

async function moveKind<K extends ContentKind>(from: Store, to: Store, kind: K): Promise<number> {
  let count = 0;
  let batch: StoreContents[K][] = [];
  const takeIn = async (): Promise<void> => {
    await to.takeIn(kind, batch);
    count += batch.length;
    batch = [];
  };
  for await (const item of from.contents(kind)) {
    batch.push(item);
    if (batch.length === (kind === 'caseAttachments' ? 1 : BATCH)) await takeIn();
  }
  await takeIn();
  return count;
}
