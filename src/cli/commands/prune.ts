import { retentionOf } from '../../cases/retention.ts';
import type { KeptBecause } from '../../cases/retention.ts';
import { systemClock } from '../../model/clock.ts';
import { momentOf } from '../../model/day.ts';
import { CorrectInput } from '../../model/errors.ts';
import { printJson, say, table } from '../output.ts';
import { pruneArchive } from '../prune.ts';
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

/** `gongshi prune`: says what retention gives free and what it keeps and why; removes it only with `yes`. */
export async function prune(options: { config: string; yes?: boolean; json?: boolean }): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const { store, archive, config, clock } = workshop;
    const days = config.retention.replyDays;
    if (days === null) {
      throw new CorrectInput(
        '没有设置保存期限，一切应答永久保存',
        '需要清理时，请在 config/gongshi.yaml 设置 retention.replyDays（天数，不少于 30），再运行本命令预览。',
      );
    }
    const now = clock.now();
    const before = now - days * DAY_MS;
    const found = await retentionOf(store, archive, before);
    const dropped = [...found.dropped.values()].reduce((n, ids) => n + ids.size, 0);
    const { kept, keptBytes, droppedBytes, young, projects, protectedProjects } = found;
    say(`保存期限 ${days} 天：${momentOf(before)} 之前取得的应答。`);
    say(
      `可以清理 ${dropped} 份（${megabytes(droppedBytes)}）：没有任何公告、结论、告警或案件以其为据的列表页和重复访问。`,
    );
    say(
      `保留 ${Object.values(kept).reduce((a, b) => a + b, 0)} 份（${megabytes(keptBytes)}），另有 ${young} 份未满期限；` +
        `${projects} 个项目中 ${protectedProjects} 个有告警、案件、违规或未定结论，其证据全部保留。`,
    );
    say(
      table([['保留的原因', '份数'], ...Object.entries(kept).map(([why, n]) => [WHY[why as KeptBecause], String(n)])]),
    );
    const preview = {
      before: new Date(before).toISOString(),
      dropped,
      droppedBytes,
      young,
      kept,
      keptBytes,
      projects,
      protectedProjects,
    };
    if (options.yes !== true) {
      if (options.json === true) printJson({ ...preview, pruned: null });
      say('以上为预览，没有改动。确认后请加 --yes 执行；执行前请先备份，并避开采集与备份的时间。');
      return;
    }
    const { archive: place } = await placesOf(config);
    const pruned = await pruneArchive({ store, place }, found, { before, now });
    if (options.json === true) printJson({ ...preview, pruned });
    say(
      `已清理 ${pruned.dropped} 份：改写归档文件 ${pruned.rewritten} 个，整个删除 ${pruned.removed} 个，` +
        `清除无人引用的遗留文件 ${pruned.leftovers} 个。`,
    );
    if (pruned.dropped < dropped) say(`${dropped - pruned.dropped} 份所在的文件未到可改写之时或有损坏，本次未动。`);
    if (pruned.damaged.length > 0) {
      say(`下列文件中有须保留而读不出的记录，未动，请从备份恢复：${pruned.damaged.join('、')}`);
      process.exitCode = 1;
    }
  } finally {
    await workshop.close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
