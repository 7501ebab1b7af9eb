import { plainDay } from '../model/day-words.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingChange } from './judge-stage.ts';

/** Why a finding changes: what differs between the two judgements, in words. */
export function whyChanged({ before, after }: FindingChange): string {
  if (before === null) return '新的标段、轮次或规则';
  if (after === null) return '该标段、轮次或规则不再适用';
  const reasons = [
    ...(before.ruleVersion === after.ruleVersion ? [] : [`规则版本 ${before.ruleVersion} → ${after.ruleVersion}`]),
    ...(before.calendarVersion === after.calendarVersion
      ? []
      : [`日历版本 ${before.calendarVersion} → ${after.calendarVersion}`]),
    ...factReasons(before, after),
  ];
  return reasons.length === 0 ? '程序改变' : reasons.join('；');
}

function factReasons({ facts: old }: Finding, { facts: now }: Finding): string[] {
  if (old === undefined || now === undefined) return [];
  const known = new Map(old.notices);
  const added = now.notices.filter(([id]) => !known.has(id));
  const revised = now.notices.filter(([id, revision]) => known.has(id) && known.get(id) !== revision);
  const gone = old.notices.filter(([id]) => !now.notices.some(([other]) => other === id));
  const same = JSON.stringify([old.on, old.amounts, old.method, old.category]);
  return [
    ...(added.length === 0 ? [] : [`新公告 ${added.length} 份`]),
    ...(revised.length === 0 ? [] : [`公告内容有改动 ${revised.length} 份`]),
    ...(gone.length === 0 ? [] : [`公告改归其他项目 ${gone.length} 份`]),
    ...(same === JSON.stringify([now.on, now.amounts, now.method, now.category])
      ? []
      : ['金额、方式、类别或所依日期不同']),
    ...(old.settings === now.settings ? [] : ['设置改变（config/rules.yaml）']),
    ...(old.coverage === now.coverage ? [] : [now.coverage === 'complete' ? '采集已补齐' : '采集出现缺口']),
    ...(old.asOf === now.asOf ? [] : [`截至日期 ${plainDay(old.asOf)} → ${plainDay(now.asOf)}`]),
  ];
}

/** 违规 公示期不足 → 合规, for a preview. */
export function saysOf(finding: Finding | null, name: (finding: Finding) => string): string {
  return finding === null ? '（无）' : name(finding);
}
