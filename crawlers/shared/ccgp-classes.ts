import type { NoticeKind } from '../../src/model/notice.ts';

/**
 * Classes of bulletins of 云南省政府采购网, on the site itself and in its mirror on yn_ggzy.
 * Sure since 2016: bxlx001, bxlx007, bxlx014 (10+ crawlers agree). The codes of 更正, 单一来源 and 终止 are
 * assumed and wait for the first live run; what decides meanwhile is the class's Chinese name.
 */
const CLASS_KINDS: Readonly<Record<string, NoticeKind>> = {
  bxlx001: 'tender',
  bxlx004: 'correction',
  bxlx005: 'single_source',
  bxlx007: 'result',
  bxlx008: 'terminated',
  bxlx014: 'contract',
};

/** Class names, most telling word first: 单一来源公示 before 公告, 合同更正 is a correction. */
const NAME_KINDS: [RegExp, NoticeKind][] = [
  [/更正|变更|澄清/, 'correction'],
  [/废标|流标|失败/, 'failed'],
  [/终止/, 'terminated'],
  [/暂停|中止/, 'suspended'],
  [/单一来源.*公示/, 'single_source'],
  [/候选/, 'candidate'],
  [/投诉|处理决定/, 'complaint'],
  [/验收|履约/, 'acceptance'],
  [/合同/, 'contract'],
  [/通知书/, 'award_letter'],
  [/中标|成交|结果|入围/, 'result'],
  [/意向|计划/, 'plan'],
  [/资格预审/, 'prequalification'],
  [/招标|采购公告|谈判|磋商|询价|竞价|征集/, 'tender'],
];

/**
 * The kind that a class stands for; null where neither name nor code is known (the caller raises UNKNOWN_COLUMN).
 * What the operator registered comes first, then the name, since some codes are assumed.
 */
export function kindOfClass(
  code: string | null,
  name: string | null,
  registered: Readonly<Record<string, NoticeKind>>,
): NoticeKind | null {
  const byCode = (table: Readonly<Record<string, NoticeKind>>): NoticeKind | null =>
    code === null ? null : (table[code] ?? null);
  const byName = NAME_KINDS.find(([pattern]) => pattern.test(name ?? ''))?.[1] ?? null;
  return byCode(registered) ?? byName ?? byCode(CLASS_KINDS);
}
