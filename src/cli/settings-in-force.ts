import { hash } from 'node:crypto';

import { policyOfKept } from '../../config/load.ts';
import { settingsVersion } from '../cases/settings-version.ts';
import { readLocal, readNational } from '../compliance/calendar-data.ts';
import { Calendar } from '../compliance/calendar.ts';
import { SETTING_NAMES } from '../compliance/policy-words.ts';
import { canonical } from '../model/canonical.ts';
import { plainMoment } from '../model/day-words.ts';
import { FixConfiguration } from '../model/errors.ts';
import type { JudgingSettings, KeptSettings } from '../model/kept-settings.ts';
import type { Policy } from '../model/policy.ts';
import type { Workshop } from './workshop.ts';

/** What a judging is to use now. */
export interface Applicable {
  policy: Policy;
  calendar: Calendar;
  /** The same as they are kept. */
  settings: KeptSettings;
  /** They are not kept in the store yet: whoever judges by them keeps them first. */
  isNew: boolean;
  /** The files say something else, which has not been applied; null: they do not. */
  held: HeldSettings | null;
}

/** Settings of the files that wait for `rejudge --apply`. */
export interface HeldSettings {
  /** Epoch ms since which those in force have been. */
  since: number;
  /** What differs from those in force, in words; none where the files cannot be read. */
  changed: string[];
  /** Why the files cannot be read; null: they can. */
  unreadable: string | null;
  /** What the files say; null where they cannot be read. */
  files: { policy: Policy; calendar: Calendar } | null;
}

type Bench = Pick<Workshop, 'store' | 'clock' | 'readSettings'>;

/**
 * The settings applied last, so that no edit reaches findings without its preview; those of the files where none were
 * applied yet. A program's upgrade is no edit: kept settings are read as this program reads a file that says the same.
 * Only reads. Throws `FixConfiguration` where the files cannot be read and nothing was applied before.
 */
export async function settingsToJudgeBy(bench: Bench): Promise<Applicable> {
  const kept = await bench.store.settings.inForce();
  if (kept === null) return settingsApplied(bench, bench.readSettings());
  const since = kept.appliedAt.at(-1)!;
  const there = readKept(kept);
  let files: JudgingSettings;
  try {
    files = bench.readSettings();
    if (contentId(files) !== kept.id) opened(files);
  } catch (error) {
    if (!(error instanceof FixConfiguration) || there === null) throw error;
    return inForce(kept, there, { since, changed: [], unreadable: error.message, files: null });
  }
  // Where null, an earlier program wrote what this one no longer knows: nobody can hold to it.
  const changed = there === null ? [] : differences({ ...kept, policy: there.policy }, files);
  if (there !== null && changed.length > 0) {
    return inForce(kept, there, { since, changed, unreadable: null, files: opened(files) });
  }
  return contentId(files) === kept.id ? inForce(kept, opened(files), null) : settingsApplied(bench, files);
}

/** The settings as they are to be kept when they are applied now, whatever was in force. */
export async function settingsApplied(
  { store, clock }: Pick<Bench, 'store' | 'clock'>,
  { policy, calendar: files }: JudgingSettings,
): Promise<Applicable> {
  const id = contentId({ policy, calendar: files });
  const calendar = Calendar.load(files.national, files.local);
  const last = (await store.settings.inForce())?.appliedAt.at(-1);
  // A clock that was set back must not make what was in force before come after.
  const at = last === undefined ? clock.now() : Math.max(clock.now(), last + 1);
  const settings: KeptSettings = {
    id,
    policyVersion: settingsVersion(policy),
    calendarVersion: calendar.version,
    appliedAt: [...((await keptAs(store, id))?.appliedAt ?? []), at],
    policy,
    calendar: files,
  };
  return { policy, calendar, settings, isNew: true, held: null };
}

async function keptAs(store: Bench['store'], id: string): Promise<KeptSettings | null> {
  for await (const settings of store.contents('settings')) if (settings.id === id) return settings;
  return null;
}

/** For people, with what to do. */
export function heldWords({ since, changed, unreadable }: HeldSettings): string {
  const still = `核查仍按${plainMoment(since)}起适用的设置进行`;
  if (unreadable !== null) return `设置文件有误，未予采用：${unreadable}。${still}；请改正文件。`;
  return (
    `设置已改，尚未适用：${changed.join('、')}。${still}。` +
    '请先运行 gongshi rejudge 预览哪些结论会变，确认后加 --apply 再运行一次，改动才适用；不想改的，把文件改回即可。'
  );
}

/** SHA-256 of what findings rest on. */
export function contentId({ policy, calendar }: JudgingSettings): string {
  return hash('sha256', canonical({ policy, calendar }), 'hex');
}

/** Kept settings as this program reads them; null where it cannot. */
export function readKept(settings: JudgingSettings): { policy: Policy; calendar: Calendar } | null {
  const policy = policyOfKept(settings);
  if (policy === null) return null;
  try {
    return { policy, calendar: opened(settings).calendar };
  } catch (error) {
    if (error instanceof FixConfiguration) return null;
    throw error;
  }
}

function opened({ policy, calendar }: JudgingSettings): { policy: Policy; calendar: Calendar } {
  return { policy, calendar: Calendar.load(calendar.national, calendar.local) };
}

function inForce(
  settings: KeptSettings,
  there: { policy: Policy; calendar: Calendar },
  held: HeldSettings | null,
): Applicable {
  return { ...there, settings, isNew: false, held };
}

function differences(before: JudgingSettings, now: JudgingSettings): string[] {
  const names = Object.keys(SETTING_NAMES) as (keyof Policy)[];
  const isSame = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);
  const national = [before, now].map(({ calendar }) => readNational(calendar.national).notices);
  const local = [before, now].map(({ calendar }) => (calendar.local == null ? null : readLocal(calendar.local)));
  return [
    ...names.filter((name) => !isSame(before.policy[name], now.policy[name])).map((name) => SETTING_NAMES[name]),
    ...(isSame(national[0], national[1]) ? [] : ['国家放假日历（calendar.json）']),
    ...(isSame(local[0], local[1]) ? [] : ['地方放假日（calendar-local.yaml）']),
  ];
}
