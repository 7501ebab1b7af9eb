import { existsSync, renameSync } from 'node:fs';

import { CorrectInput } from '../../model/errors.ts';
import { systemClock } from '../../model/clock.ts';
import { say, printJson, table } from '../output.ts';
import type { ArchiveGaps } from '../../crawl/archive-gaps.ts';
import { differences, rebuild } from '../rebuild.ts';
import type { DerivedKind, Difference } from '../rebuild.ts';
import { isMongoAddress, openStore, storeName } from '../store-address.ts';
import { undisturbed } from '../undisturbed.ts';
import { openWorkshop, placesOf } from '../workshop.ts';
import type { Workshop } from '../workshop.ts';

const NAMES: Record<DerivedKind, string> = { notices: '公告（含历次修订）', projects: '项目', findings: '核查结论' };
/** Ids printed for people; the JSON names all. */
const SHOWN = 5;

interface ReplayCommand {
  config: string;
  /** Address of an empty store. */
  into?: string;
  adopt?: boolean;
  json?: boolean;
}

/** `gongshi replay`: rebuilds what follows from the archive beside the store in use, says what differs, and may take its place. */
export async function replay(options: ReplayCommand): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  const inUse = (await placesOf(workshop.config)).database;
  const into = options.into ?? `${inUse}.replay`;
  try {
    refuseUnfit(inUse, into, options);
    // What a crawl adds meanwhile would not be in the database that takes the place of this one.
    if (options.adopt === true) await undisturbed(workshop, () => build(workshop, into, options));
    else await build(workshop, into, options);
  } finally {
    await workshop.close();
  }
  if (options.adopt === true) adopt(inUse, into);
}

async function build(workshop: Workshop, into: string, options: ReplayCommand): Promise<void> {
  const target = await openStore(into);
  try {
    say(`从归档重建到 ${storeName(into)}；现有数据只读不改。`);
    const result = await rebuild(workshop, target, (replies) => {
      if (replies % 5000 === 0) say(`已重读 ${replies} 份应答`);
    });
    const found = await differences(workshop.store, target);
    if (options.json === true) printJson({ ...result, differences: found });
    say(
      `重读应答 ${result.replies} 份，得公告 ${result.created} 条、修订 ${result.changed} 次，核查项目 ${result.judged} 个。`,
    );
    for (const [code, count] of Object.entries(result.failures)) say(`未能解析 ${count} 份：${code}`);
    if (result.brokenOff > 0) say(`传输中断而未解析 ${result.brokenOff} 份。`);
    sayMissing(result.missing);
    say(`与现有数据比较：\n${table([['内容', '原有', '重建', '消失', '新增', '变化'], ...found.map(rowOf)])}`);
    found.forEach(sayIds);
  } finally {
    await target.close();
  }
}

function refuseUnfit(inUse: string, into: string, { adopt, into: given }: ReplayCommand): void {
  if (into === inUse) throw new CorrectInput('不能在现有数据库上重建', '请用 --into 给出另一个空的数据库。', {});
  if (isMongoAddress(inUse) && given === undefined) {
    throw new CorrectInput('现有数据库是 MongoDB', '请用 --into 给出另一个空的数据库。', {});
  }
  if (adopt === true && (isMongoAddress(inUse) || isMongoAddress(into))) {
    const advice = '请在重建后把 config/gongshi.yaml 的 storage.database 改为新库地址。';
    throw new CorrectInput('--adopt 只用于 SQLite 文件', advice, {});
  }
}

/** The file in use keeps its content under another name. */
function adopt(inUse: string, rebuilt: string): void {
  // SQLite removes its log when the last one closes the file.
  if (existsSync(`${inUse}-wal`)) {
    const advice = `请停止采集与页面服务，然后把 ${rebuilt} 改名为 ${inUse}。重建的结果已保留。`;
    throw new CorrectInput('另有程序正在使用现有数据库，未予取代', advice, { inUse });
  }
  const kept = `${inUse}.before-${new Date(systemClock.now()).toISOString().replace(/[-:.]/g, '')}`;
  renameSync(inUse, kept);
  renameSync(rebuilt, inUse);
  say(`已启用重建的数据库；原有数据库保留为 ${kept}。`);
}

/** What cannot be rebuilt is said before anything is compared. */
function sayMissing({ runs, pages, lists }: ArchiveGaps): void {
  if (runs === 0) return;
  say(
    `归档不全：${runs} 次采集缺公告页面应答 ${pages} 份、列表 ${lists} 栏（多为保存期满后清理）。由它们得出的内容不能重建：` +
      '公告“最后一次见到”的时间沿用现有数据库；新的解析程序在这些应答中本会发现的改动，重建结果里没有。',
  );
}

function rowOf({ kind, before, after, gone, added, changed }: Difference): string[] {
  return [NAMES[kind], ...[before, after, gone.length, added.length, changed.length].map(String)];
}

function sayIds({ kind, gone, added, changed }: Difference): void {
  for (const [what, ids] of Object.entries({ 消失: gone, 新增: added, 变化: changed })) {
    if (ids.length === 0) continue;
    say(`${NAMES[kind]}${what}：${ids.slice(0, SHOWN).join('、')}${ids.length > SHOWN ? ' 等' : ''}`);
  }
}
