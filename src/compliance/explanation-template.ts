import type { Rule } from './rules/rule.ts';
import type { Statute } from './statutes/statute.ts';

/** How a breach of a rule is put into words; 〔…〕 stands for what the notices and the calendar give. */
export function explanationTemplate(rule: Rule | Statute): string {
  if ('kind' in rule) return statuteTemplate(rule);
  const { publicity, demand } = rule.words;
  if (rule.id === 'KY-REVIEW-3D') {
    return (
      `待核：${publicity}于〔发布日〕发布（当日不计），满${rule.period.length}日为〔期满日〕，而〔结果公告、成交通知书或合同及其日期〕；` +
      `${demand}；国家政府采购制度未规定候选人公示，本条仅提示核对，不认定违法。`
    );
  }
  const unit = rule.period.unit === 'calendar' ? '日' : '个工作日';
  return (
    `${publicity}于〔发布日〕发布（当日不计）；第1${unit}〔日期〕、〔逐日列出〕，至〔期满日〕24时期满，结果最早应在〔次日〕；` +
    `〔结果公告、${rule.words.awardLetter}或合同及其日期〕，少〔几〕${unit}；${demand}。`
  );
}

function statuteTemplate({ kind, start, end, demand }: Statute): string {
  if (kind === 'logic') return `〔公告所载事实〕；${demand}。`;
  return `〔${start!}〕（〔日期〕），〔${end!}〕（〔日期〕）；${demand}，${kind === 'max' ? '最迟' : '最早'}应为〔日期〕。`;
}
