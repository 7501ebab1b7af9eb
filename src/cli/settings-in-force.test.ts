import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { folderPlace } from '../../storage/archive/folder.ts';
import { collect } from '../../test/support/collect.ts';
import { epochOf } from '../model/day.ts';
import type { KeptSettings } from '../model/kept-settings.ts';
import { isJudgingDue, refreshAlone } from './judging.ts';
import { heldWords, settingsApplied, settingsToJudgeBy } from './settings-in-force.ts';
import { openWorkshop } from './workshop.ts';
import type { Workshop } from './workshop.ts';

const EVENING = epochOf('2026-03-20T20:00');

describe('settings that findings are judged by', () => {
  let folder: string;
  let workshop: Workshop;
  const clock = { at: EVENING, now: () => clock.at };

  beforeEach(async () => {
    clock.at = EVENING;
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    cpSync(join(import.meta.dirname, '../../config'), join(folder, 'config'), { recursive: true });
    workshop = await openWorkshop({
      config: join(folder, 'config'),
      clock,
      data: { database: ':memory:', archive: folderPlace(join(folder, 'archive')) },
    });
  });
  afterEach(async () => {
    await workshop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const edit = (file: string, from: string, to: string): void => {
    const path = join(folder, 'config', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };
  const noRollover = (): void => edit('rules.yaml', 'rollover: true', 'rollover: false');
  const judged = () => settingsToJudgeBy(workshop);
  const apply = async (): Promise<void> => {
    const { settings } = await settingsApplied(workshop, workshop.readSettings());
    await workshop.store.settings.put(settings);
  };

  it('are at the first start those of the files, and are kept before anything is judged by them', async () => {
    expect(await judged()).toMatchObject({ isNew: true, held: null });
    await refreshAlone(workshop);
    const kept = (await workshop.store.settings.inForce())!;
    expect(kept).toMatchObject({ appliedAt: [EVENING], ...workshop.readSettings() });
    expect(await judged()).toMatchObject({ isNew: false, held: null, settings: kept });
  });

  it('stay those applied when a file is edited, and the operator is told what was edited and what to do', async () => {
    await refreshAlone(workshop);
    noRollover();
    edit('calendar-local.yaml', '2025: { known: false }', "2025: { known: true, source: '试', days: [] }");
    await refreshAlone(workshop);
    const { policy, held } = await judged();
    expect(policy.rollover).toBe(true);
    expect(heldWords(held!)).toBe(
      '设置已改，尚未适用：最后一日顺延（rollover）、地方放假日（calendar-local.yaml）。核查仍按2026年3月20日 20:00起适用的设置进行。' +
        '请先运行 gongshi rejudge 预览哪些结论会变，确认后加 --apply 再运行一次，改动才适用；不想改的，把文件改回即可。',
    );
    edit('rules.yaml', 'rollover: false', 'rollover: true');
    edit('calendar-local.yaml', "2025: { known: true, source: '试', days: [] }", '2025: { known: false }');
    expect((await judged()).held).toBeNull();
  });

  it('are the edited ones from the moment at which they are applied, by whichever process, and judging is due then', async () => {
    await refreshAlone(workshop);
    noRollover();
    expect(await isJudgingDue(workshop)).toBe(false);
    clock.at += 60_000;
    await apply();
    expect(await judged()).toMatchObject({ isNew: false, held: null, policy: { rollover: false } });
    expect(await isJudgingDue(workshop)).toBe(true);
    await refreshAlone(workshop);
    expect(await isJudgingDue(workshop)).toBe(false);
  });

  it('are all kept, and those gone back to say both moments, also by a clock that was set back', async () => {
    await refreshAlone(workshop);
    noRollover();
    clock.at += 60_000;
    await apply();
    edit('rules.yaml', 'rollover: false', 'rollover: true');
    clock.at -= 3_600_000;
    await apply();
    expect(await judged()).toMatchObject({ held: null, policy: { rollover: true } });
    const kept: KeptSettings[] = await collect(workshop.store.contents('settings'));
    expect(kept.map(({ appliedAt }) => appliedAt.map((at) => at - EVENING)).sort()).toEqual([[0, 60_001], [60_000]]);
  });

  it('are not edited by an upgrade of the program that knows more decisions, each as in a file that does not name it', async () => {
    const { policy, calendar } = workshop.readSettings();
    const { openTenderLines, ...older } = policy;
    const { settings } = await settingsApplied(workshop, { policy: older as typeof policy, calendar });
    await workshop.store.settings.put(settings);
    edit('rules.yaml', 'openTenderLines:', 'unread:');
    const text = readFileSync(join(folder, 'config/rules.yaml'), 'utf8');
    writeFileSync(join(folder, 'config/rules.yaml'), text.replace(/^unread:[\s\S]*?(?=^indicators:)/m, ''));
    expect(openTenderLines.length).toBeGreaterThan(0);
    // Kept under the name that its findings will have.
    expect(await judged()).toMatchObject({ held: null, isNew: true });
    await refreshAlone(workshop);
    expect(await judged()).toMatchObject({ held: null, isNew: false });
  });

  it('stay those applied while a file cannot be read, and say which', async () => {
    await refreshAlone(workshop);
    edit('rules.yaml', 'rollover: true', 'rollover: perhaps');
    const { held } = await judged();
    expect(heldWords(held!)).toMatch(/^设置文件有误，未予采用：rules\.yaml 中 rollover 的取值不对。核查仍按/);
    edit('rules.yaml', 'rollover: perhaps', 'rollover: true');
    edit('calendar-local.yaml', '2025: { known: false }', '2025: { known: no one knows }');
    expect(heldWords((await judged()).held!)).toContain('calendar-local.yaml');
  });

  it('cannot be those of a file that cannot be read where nothing was applied before', async () => {
    edit('rules.yaml', 'rollover: true', 'rollover: perhaps');
    await expect(judged()).rejects.toThrow('rollover 的取值不对');
  });
});
