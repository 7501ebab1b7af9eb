import { retentionOf } from '../../cases/retention.ts';
import type { KeptBecause, Retention } from '../../cases/retention.ts';
import { systemClock } from '../../model/clock.ts';
import { momentOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import { printJson, say, table } from '../output.ts';
import { pruneArchive } from '../prune.ts';
import type { Pruned } from '../prune.ts';
import { ARCHIVE_KEEPING, holding, undisturbed } from '../undisturbed.ts';
import { openWorkshop, placesOf } from '../workshop.ts';

const DAY_MS = 86_400_000;

const WHY: Record<KeptBecause, string> = {
  reading: '公告及其历次修订即读自该应答',
  referred: '失败、来源事件、案件等记录引用该应答',
  watched: '有告警、案件、违规或未定结论的项目：对其页面的每次访问',
  absence: '证明“没有公示”“当时尚未发布”“已不再列出”的列表页',
  running: '所属采集尚未结束',
  damaged: '已读不出，须先查明（不予清理）',
};

interface PruneCommand {
  config: string;
  yes?: boolean;
  /** Minutes that a crawl under way is waited for. */
  wait: number;
  json?: boolean;
}

/**
 * `gongshi prune`: says what retention gives free and what it keeps and why; removes it only with `yes`, and then while
 * nobody crawls, judges or copies the archive: what rests on what is looked at and acted on in one state.
 */
export async function prune(options: PruneCommand): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const { store, archive, config, clock, sleep } = workshop;
    const days = config.retention.replyDays;
    if (days === null) {
      throw new CorrectInput(
        '没有设置保存期限，一切应答永久保存',
        '需要清理时，请在 config/gongshi.yaml 设置 retention.replyDays（天数，不少于 30），再运行本命令预览。',
      );
    }
    const now = clock.now();
    const before = now - days * DAY_MS;
    const look = async (): Promise<Retention> => {
      const found = await retentionOf(store, archive, before);
      say(`保存期限 ${days} 天：${momentOf(before)} 之前取得的应答。`);
      sayFound(found);
      return found;
    };
    if (options.yes !== true) {
      const found = await look();
      if (options.json === true) printJson({ ...previewOf(found, before), pruned: null });
      say('以上为预览，没有改动。确认后请加 --yes 执行；执行前请先备份，SQLite 请避开备份的时间。');
      return;
    }
    const { archive: place } = await placesOf(config);
    const act = async (): Promise<[Retention, Pruned]> => {
      const found = await look();
      return [found, await pruneArchive({ store, place }, found, { before, now })];
    };
    const patience = {
      waitMs: options.wait * 60_000,
      sleep,
      onWait: (what: string) => say(`等待${what}完成……`),
    };
    const [found, pruned] = await holding(
      workshop,
      [ARCHIVE_KEEPING],
      () => undisturbed(workshop, act, patience),
      patience,
    );
    if (options.json === true) printJson({ ...previewOf(found, before), pruned });
    sayPruned(pruned, droppedIn(found));
  } finally {
    await workshop.close();
  }
}

function droppedIn({ dropped }: Retention): number {
  return [...dropped.values()].reduce((n, ids) => n + ids.size, 0);
}

function previewOf(found: Retention, before: number): object {
  return { before: new Date(before).toISOString(), ...found, dropped: droppedIn(found) };
}

function sayFound(found: Retention): void {
  const { kept, keptBytes, droppedBytes, young, projects, protectedProjects } = found;
  say(
    `可以清理 ${droppedIn(found)} 份（${megabytes(droppedBytes)}）：没有任何公告、结论、告警或案件以其为据的列表页和重复访问。`,
  );
  say(
    `保留 ${Object.values(kept).reduce((a, b) => a + b, 0)} 份（${megabytes(keptBytes)}），另有 ${young} 份未满期限；` +
      `${projects} 个项目中 ${protectedProjects} 个有告警、案件、违规或未定结论，其证据全部保留。`,
  );
  say(table([['保留的原因', '份数'], ...Object.entries(kept).map(([why, n]) => [WHY[why as KeptBecause], String(n)])]));
}

function sayPruned(pruned: Pruned, dropped: number): void {
  say(
    `已清理 ${pruned.dropped} 份：改写归档文件 ${pruned.rewritten} 个，整个删除 ${pruned.removed} 个，` +
      `清除无人引用的遗留文件 ${pruned.leftovers} 个。`,
  );
  if (pruned.dropped < dropped) say(`${dropped - pruned.dropped} 份所在的文件未到可改写之时或有损坏，本次未动。`);
  if (pruned.damaged.length > 0) {
    say(`下列文件中有须保留而读不出的记录，未动，请从备份恢复：${pruned.damaged.join('、')}`);
    process.exitCode = 1;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
