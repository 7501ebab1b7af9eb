import { digestOf, copyKind } from '../../../storage/move.ts';
import { contentDigest } from '../../../storage/digest.ts';
import { CONTENT_KINDS } from '../../../storage/store.ts';
import type { ContentKind, Store } from '../../../storage/store.ts';
import { caseOf } from '../../cases/case-events.ts';
import type { CaseEvent, CaseFile } from '../../model/case.ts';
import { RepairDatabase, RepeatUndisturbed } from '../../model/errors.ts';
import type { LinkDecision } from '../../model/link-decision.ts';

/** What people write at any moment, under no lease, and what must hang together all the same. */
const BY_PEOPLE = ['cases', 'caseEvents', 'users', 'linkDecisions'] as const satisfies readonly ContentKind[];

/**
 * What is written under the leases that the caller holds, so that it keeps still; and two logs (tellings, requests sent)
 * of which each entry stands for itself.
 */
const STEADY = CONTENT_KINDS.filter(
  (kind) => kind !== 'caseAttachments' && !(BY_PEOPLE as readonly string[]).includes(kind),
);

/** A pass over these few kinds takes seconds where people act every few minutes. */
const PASSES = 6;

/** A store that may be thrown away. */
export interface Spare {
  store: Store;
  discard(): Promise<void>;
}

interface CopyInUse {
  from: Store;
  /** Empty. */
  to: Store;
  openSpare: () => Promise<Spare>;
  onCopied: (kind: ContentKind, count: number) => void | Promise<void>;
}

/**
 * Copies a store of which sources and judging stand still while people work on it. What they write is read twice over,
 * and counts only where both are the same: then nothing of it changed between the end of the first reading and the
 * beginning of the second, and the copy is the state of that moment. Throws `RepeatUndisturbed` where people never
 * paused for so long, `RepairDatabase` where the copy does not hold what was read.
 */
export async function copyInUse({ from, to, openSpare, onCopied }: CopyInUse): Promise<void> {
  const known = new Set<string>();
  for await (const decision of from.contents('linkDecisions')) known.add(contentDigest(decision));
  for (const kind of STEADY) await onCopied(kind, (await copyKind(from, to, kind)).count);
  const spare = await readByPeople(from, openSpare);
  try {
    await takeCases(spare.store, to);
    await copyKind(spare.store, to, 'users');
    await takeDecisions(spare.store, to, known);
  } finally {
    await spare.discard();
  }
  for (const kind of BY_PEOPLE) await onCopied(kind, (await digestOf(to, kind)).count);
  // Named by their content and stored before the event that names them: those of all events copied are there.
  await onCopied('caseAttachments', (await copyKind(from, to, 'caseAttachments')).count);
}

/** A spare store with what people wrote, of one moment. */
async function readByPeople(from: Store, openSpare: () => Promise<Spare>): Promise<Spare> {
  for (let pass = 1; pass <= PASSES; pass += 1) {
    const spare = await openSpare();
    try {
      const digests = new Map<ContentKind, string>();
      for (const kind of BY_PEOPLE) digests.set(kind, (await copyKind(from, spare.store, kind)).digest);
      if (await stillHolds(from, digests)) return spare;
    } catch (error) {
      await spare.discard();
      throw error;
    }
    await spare.discard();
  }
  throw new RepeatUndisturbed(
    `案件、账号或归并裁定在复制期间不断改动，${PASSES} 次都没有取到同一时刻的状态`,
    '请换一个少有人办理案件的时段，或暂停页面服务（gongshi serve、gongshi run），然后换一个空文件夹重新备份。',
  );
}

async function stillHolds(store: Store, digests: ReadonlyMap<ContentKind, string>): Promise<boolean> {
  for (const [kind, digest] of digests) if ((await digestOf(store, kind)).digest !== digest) return false;
  return true;
}

/** Cases taken over together. */
const CASES = 200;

/**
 * Each case as its events make it. On a server without transactions a process that was killed between the two may have
 * left an event that its case does not know yet; one that knows more than its events would be a damaged one.
 */
async function takeCases(from: Store, to: Store): Promise<void> {
  const numbers = new Set<string>();
  for await (const { number } of from.cases.all()) numbers.add(number);
  let files: CaseFile[] = [];
  let events: CaseEvent[] = [];
  let ofOne: CaseEvent[] = [];
  const endOne = async (): Promise<void> => {
    const number = ofOne[0]?.number;
    if (number === undefined) return;
    numbers.delete(number);
    files.push(await caseWith(from, number, ofOne));
    events.push(...ofOne);
    ofOne = [];
    if (files.length === CASES) await put();
  };
  const put = async (): Promise<void> => {
    await to.takeIn('cases', files);
    await to.takeIn('caseEvents', events);
    [files, events] = [[], []];
  };
  for await (const event of from.contents('caseEvents')) {
    if (ofOne.length > 0 && ofOne[0]!.number !== event.number) await endOne();
    ofOne.push(event);
  }
  await endOne();
  await put();
  for (const number of numbers) throw aheadOfEvents(number);
}

async function caseWith(from: Store, number: string, events: CaseEvent[]): Promise<CaseFile> {
  const file = await from.cases.get(number);
  const last = events.at(-1)!.seq;
  if (file !== null && file.version > last) throw aheadOfEvents(number);
  return file !== null && file.version === last ? file : caseOf(events);
}

function aheadOfEvents(number: string): RepairDatabase {
  return new RepairDatabase(
    `案件 ${number} 的经过不全：案件本身记着更多的经过`,
    '该数据库中案件的经过有缺，不能据以备份；请用最近一次完好的备份恢复，或与维护人员核对数据库。',
    { number },
  );
}

/** One that came while the notices were copied is put as it was there, so that its notices wait to be matched anew. */
async function takeDecisions(from: Store, to: Store, known: ReadonlySet<string>): Promise<void> {
  const old: LinkDecision[] = [];
  for await (const decision of from.contents('linkDecisions')) {
    if (known.has(contentDigest(decision))) old.push(decision);
    else await to.linkDecisions.put(decision);
  }
  await to.takeIn('linkDecisions', old);
}
