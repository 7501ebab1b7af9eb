import { saysOf, whyChanged } from '../../cases/change-words.ts';
import { keepCases } from '../../cases/case-stage.ts';
import { judgeAllProjects, previewAllProjects } from '../../cases/judge-stage.ts';
import type { FindingChange } from '../../cases/judge-stage.ts';
import { codeText, verdictName } from '../../compliance/code-texts.ts';
import type { Finding } from '../../model/finding.ts';
import { systemClock } from '../../model/clock.ts';
import { refreshLeads } from '../../indicators/stage.ts';
import { inJudgingTurn, judgeStage, leadStage } from '../judging.ts';
import { printJson, say, table } from '../output.ts';
import { settingsApplied, settingsToJudgeBy } from '../settings-in-force.ts';
import { openWorkshop } from '../workshop.ts';

interface RejudgeOptions {
  config: string;
  /** Write what the preview shows. */
  apply: boolean;
  /** One JSON line a change. */
  json: boolean;
  /** Changes shown one by one. */
  show: number;
}

/** `gongshi rejudge`: after a change of rules, settings or calendar, what would change and why; written only with `--apply`. */
export async function rejudge(options: RejudgeOptions): Promise<void> {
  const workshop = await openWorkshop({ config: options.config, clock: systemClock });
  try {
    const { store, clock, config } = workshop;
    const { held } = await settingsToJudgeBy(workshop);
    const by = await settingsApplied(workshop, config);
    const stage = judgeStage(workshop, by);
    const tally = new Map<string, number>();
    const shown: FindingChange[] = [];
    let [changed, confirmed] = [0, 0];
    const { judged } = await previewAllProjects(stage, (change) => {
      if (change.confirmed) {
        confirmed += 1;
        return;
      }
      changed += 1;
      const rule = (change.after ?? change.before)!.rule;
      const key = [
        rule,
        saysOf(change.before, (f) => verdictName(f.verdict)),
        saysOf(change.after, (f) => verdictName(f.verdict)),
      ].join('|');
      tally.set(key, (tally.get(key) ?? 0) + 1);
      if (options.json) printJson(line(change));
      else if (shown.length < options.show) shown.push(change);
    });
    if (!options.json) process.stdout.write(preview(judged, changed, tally, shown));
    if (confirmed > 0) {
      say(
        `另有 ${confirmed} 条结论的规则或日历版本已更新，重新核查的结论、原因、日期、证据都不变：只改记版本，不入历史，不触动案件。`,
      );
    }
    if (!options.apply) {
      if (changed + confirmed > 0 || held !== null) say('以上只是预览，没有写入。确认后加 --apply 重跑。');
      if (held !== null) say(`改过的设置：${held.changed.join('、')}。在此之前，核查仍按原来适用的设置进行。`);
      return;
    }
    await inJudgingTurn(workshop, async (fenced) => {
      // First of all, so that no finding names settings that are not kept.
      if ((await store.settings.inForce())?.id !== by.settings.id) await fenced.settings.put(by.settings);
      const alone = { ...workshop, store: fenced };
      if (changed + confirmed > 0) {
        await judgeAllProjects(judgeStage(alone, by));
        await keepCases({ store: fenced, calendar: by.calendar, clock, deadlines: config.cases });
        say(`已写入 ${changed} 条改变的结论，改记 ${confirmed} 条的版本；告警随之更新，原结论保留在各条的历史中。`);
      }
      if (held !== null) say('改过的设置已适用，此后的核查都按它进行。');
      const { leads } = await refreshLeads(leadStage(alone, by));
      say(`线索已按现在的设置重算：${leads} 条（线索不是结论）。`);
    });
  } finally {
    await workshop.close();
  }
}

function line(change: FindingChange): object {
  const said = (finding: Finding | null): object | null =>
    finding === null
      ? null
      : { verdict: finding.verdict, codes: finding.codes, severity: finding.severity, sentence: finding.sentence };
  const { before, after, project } = change;
  return {
    key: (after ?? before)!.key,
    project: project.name,
    before: said(before),
    after: said(after),
    why: whyChanged(change),
  };
}

function preview(judged: number, changed: number, tally: ReadonlyMap<string, number>, shown: FindingChange[]): string {
  if (changed === 0) return `重新核查 ${judged} 个项目，结论没有变化。\n`;
  const rows = [...tally].sort().map(([key, count]) => [...key.split('|'), String(count)]);
  const each = shown.map((change) => {
    const said = (finding: Finding): string =>
      `${verdictName(finding.verdict)}（${finding.codes.map(codeText).join('、')}）`;
    const { before, after, project } = change;
    const lot = (after ?? before)!.lot;
    return [
      `${project.name}${lot === null ? '' : ` 标段（包）${lot}`} ${(after ?? before)!.rule}`,
      `  ${saysOf(before, said)} → ${saysOf(after, said)}`,
      `  缘由：${whyChanged(change)}`,
    ].join('\n');
  });
  const rest =
    changed > shown.length ? `\n……另有 ${changed - shown.length} 条，--show 可以多列，--json 全部列出。` : '';
  return `重新核查 ${judged} 个项目，${changed} 条结论将改变：\n\n${table([['规则', '原结论', '新结论', '条数'], ...rows])}\n\n${each.join('\n')}${rest}\n`;
}
