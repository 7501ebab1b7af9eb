import { beforeEach, describe, expect, it } from 'vitest';

import { createModelStore } from '../../../test/conformance/model.ts';
import {
  buildLinkDecision,
  buildObservation,
  buildOpening,
  buildProject,
  buildStep,
  buildUser,
} from '../../../test/support/build.ts';
import { everythingIn } from '../../../test/support/everything.ts';
import { fill } from '../../../test/support/fill.ts';
import type { ContentKind, Store, StoreContents } from '../../../storage/store.ts';
import type { CaseFile } from '../../model/case.ts';
import { RepairDatabase, RepeatUndisturbed } from '../../model/errors.ts';
import { copyInUse } from './copy-in-use.ts';

describe('a store copied while people work on it', () => {
  let from: Store;
  let to: Store;
  let spares: { discarded: boolean }[];
  beforeEach(async () => {
    [from, to, spares] = [createModelStore(), createModelStore(), []];
    await fill(from);
  });

  it('is copied whole, and leaves no spare behind', async () => {
    await copy();
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
    expect(spares).toEqual([{ discarded: true }]);
  });

  it('holds what a supervisor did while the notices were copied: step, file and account', async () => {
    await copy(async (kind) => {
      if (kind !== 'notices') return;
      await act('调阅档案');
      await from.cases.putAttachment('c'.repeat(64), Buffer.from('询问笔录'));
      await from.users.put(buildUser({ name: '王芳' }));
    });
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
    expect((await to.cases.events('KY-2026-0001')).at(-1)!.step).toMatchObject({ note: '调阅档案' });
  });

  it('reads again what a supervisor wrote between the two readings, until both agree', async () => {
    const acts = [act, act];
    whenRead('users', async () => acts.shift()?.('又一次'));
    await copy();
    expect(spares).toEqual([{ discarded: true }, { discarded: true }, { discarded: true }]);
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
  });

  it('is given up with what to do where people never pause, and no spare stays behind', async () => {
    whenRead('users', () => act('不停'));
    const error = await copy().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RepeatUndisturbed);
    expect(error).toMatchObject({ code: 'STORE_BUSY', advice: expect.stringContaining('换一个少有人办理案件的时段') });
    expect(spares.length).toBeGreaterThan(1);
    expect(spares.every(({ discarded }) => discarded)).toBe(true);
  });

  it('has the notices of a link decision made meanwhile wait to be matched anew, as where it was made', async () => {
    await from.notices.observe([buildObservation({ externalId: '7' }), buildObservation({ externalId: '8' })]);
    const named = ['yn_ccgp:7', 'yn_ccgp:8'];
    await from.projects.replace(named, [buildProject({ id: 'p7', noticeIds: named })]);
    await copy(async (kind) => {
      if (kind !== 'notices') return;
      await from.linkDecisions.put(buildLinkDecision({ id: 'late', notices: [named[0]!], others: [named[1]!] }));
    });
    expect((await to.notices.unmatched(100)).map(({ id }) => id)).toEqual(expect.arrayContaining(named));
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
  });

  it('has a case as its events make it where the process was killed between the event and the case', async () => {
    const file = (await from.cases.get('KY-2026-0001'))!;
    const { event, file: after } = buildStep(file, { action: 'commented', note: '写到一半' });
    await from.takeIn('caseEvents', [event]);
    await from.takeIn('caseEvents', [buildOpening({ number: 'KY-2026-0002' }).event]);
    await copy();
    expect(await to.cases.get(file.number)).toEqual(after);
    expect(await to.cases.get('KY-2026-0002')).toMatchObject({ version: 1, state: 'pending' });
  });

  it.each([
    ['knows more than its events', (file: CaseFile) => ({ ...file, number: 'KY-2026-0003', version: 2 })],
    ['has no events at all', (file: CaseFile) => ({ ...file, number: 'KY-2026-0004' })],
  ])('is not passed off as whole when a case %s', async (_name, damaged) => {
    const opening = buildOpening({ number: 'KY-2026-0003' });
    await from.takeIn('cases', [damaged(opening.file)]);
    await from.takeIn('caseEvents', [opening.event]);
    await expect(copy()).rejects.toThrow(RepairDatabase);
  });

  it('is refused when the copy does not hold what was read', async () => {
    const takeIn = to.takeIn.bind(to);
    to.takeIn = <K extends ContentKind>(kind: K, items: StoreContents[K][]) =>
      takeIn(kind, kind === 'findings' ? items.slice(1) : items);
    await expect(copy()).rejects.toThrow(/findings/);
  });

  function copy(onCopied: (kind: ContentKind) => void | Promise<void> = () => undefined): Promise<void> {
    const openSpare = () => {
      const spare = { discarded: false };
      spares.push(spare);
      const discard = () => {
        spare.discarded = true;
        return Promise.resolve();
      };
      return Promise.resolve({ store: createModelStore(), discard });
    };
    return copyInUse({ from, to, openSpare, onCopied });
  }

  /** One more step in the case there is. */
  async function act(note: string): Promise<void> {
    const file = (await from.cases.get('KY-2026-0001'))!;
    await from.cases.append([buildStep(file, { action: 'commented', note })]);
  }

  /** After each time that the kind has been read through. */
  function whenRead(of: ContentKind, work: () => unknown): void {
    const contents = from.contents.bind(from);
    from.contents = async function* <K extends ContentKind>(kind: K) {
      yield* contents(kind);
      if (kind === of) await work();
    } as Store['contents'];
  }
});
