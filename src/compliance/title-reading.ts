import type { NoticeKind } from '../model/notice.ts';

/** TEMPORARY until src/notices/title.ts stands: the lexicon of the notice model, in its order. */
const LEXICON: readonly [RegExp, NoticeKind][] = [
  [/更正|变更|澄清|补充|延期/, 'correction'],
  [/终止/, 'terminated'],
  [/废标|流标|失败/, 'failed'],
  [/暂停|中止/, 'suspended'],
  [/单一来源.*公示/, 'single_source'],
  [/(中标|中选|成交|定标)候选(供应商|人)?.*公示|评标结果公示|拟(中标|成交).*公示|预(中标|成交).*公示/, 'candidate'],
  [/合同/, 'contract'],
  [/(中标|成交|中选|竞得|竞价)(结果)?(公告|公示)|结果公告|成交公告/, 'result'],
  [/(成交|中标)通知书/, 'award_letter'],
  [/意向|计划/, 'plan'],
  [/(招标|采购|谈判|磋商|询价|竞价|挂牌|拍卖).*公告/, 'tender'],
];

export function kindOfTitle(title: string): NoticeKind {
  return LEXICON.find(([pattern]) => pattern.test(title))?.[1] ?? 'other';
}

export function roundOfTitle(title: string): number | null {
  if (/重新公示/.test(title)) return null;
  if (/[（(]二次[）)]|第二次(招标|采购)/.test(title)) return 2;
  return null;
}

/** Kind of the notice that a correction's title speaks of: 中标候选人公示更正公告 → candidate. */
export function correctedKind(title: string): NoticeKind {
  return kindOfTitle(title.replace(/(的)?(更正|变更|澄清|补充|延期)(事项|通知)?/g, ''));
}
