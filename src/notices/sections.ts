import { squash } from './text.ts';

/**
 * What a part of a notice is about, told by its heading: the numbered sections of the 13 standard texts of
 * 财办库〔2020〕50号, and the unnumbered headings of construction forms. `name` and `when` labels get their meaning here.
 */
export type SectionKind =
  | 'head'
  | 'base'
  | 'result'
  | 'goods'
  | 'experts'
  | 'fee'
  | 'documents'
  | 'qualification'
  | 'submission'
  | 'opening'
  | 'period'
  | 'publicity'
  | 'candidates'
  | 'correction'
  | 'funding'
  /** A numbered section that no rule knows. */
  | 'unknown'
  | 'other'
  | 'contact'
  | 'purchaser'
  | 'agency'
  | 'supplier'
  | 'supervision'
  | 'person';

/** In this order: 采购代理机构信息 before 采购人信息, 代理服务收费 before 代理. */
const HEADINGS: readonly [RegExp, SectionKind][] = [
  [/代理(?:服务)?(?:费|收费)|收费标准/, 'fee'],
  [/评审专家|评标委员会|评委|评审小组|磋商小组|谈判小组|评审委员会|专家名单|采购小组/, 'experts'],
  [/主要标的|标的信息$/, 'goods'],
  [/监督|监管|财政部门|投诉/, 'supervision'],
  [/代理机构|执行机构|招标代理|采购代理|代理单位/, 'agency'],
  [/其他投标人|其他供应商|未中标|未成交|否决投标|无效投标|落标/, 'other'],
  [/类似业绩|主要人员|资格能力|资质情况|项目管理机构|得分情况|业绩情况|评分情况|得分排序/, 'other'],
  [/拟定(?:的)?(?:唯一)?供应商(?:信息|名称)?/, 'supplier'],
  [/候选人|候选供应商|评标结果|评审结果|评标情况/, 'candidates'],
  [/(?:中标|成交|中选)(?:\([^()]{1,4}\))?(?:人|供应商|单位)(?:信息|情况)$/, 'supplier'],
  [/(?:采购人|招标人|采购单位|业主|建设单位|出让人|转让方|招标单位)(?:信息|联系方式|情况)?$/, 'purchaser'],
  [/项目联系(?:方式|人)/, 'person'],
  [/询问|联系方式|联系人|联系事项|质疑/, 'contact'],
  [/更正(?:信息|内容|事项)|变更(?:信息|内容|事项)|澄清|变更\(更正\)/, 'correction'],
  [/公示期|公示时间|公示期限/, 'publicity'],
  [/公告期限|公告媒介|公告媒体|媒介|公告发布/, 'period'],
  [/资格要求|资格条件|竞买人|投标人资格|申请人/, 'qualification'],
  [/(?:获取|领取|发售|下载|出售).{0,10}文件|文件(?:的)?(?:获取|发售|出售|领取)/, 'documents'],
  [/资金/, 'funding'],
  [
    /(?:中标|成交|采购|中选|招标|竞价|交易|定标)(?:\([^()]{1,4}\))?(?:信息|结果|情况)|(?:中标|成交|中选)(?:人|供应商|单位)/,
    'result',
  ],
  [/开标|开启|评审信息|谈判时间|磋商时间/, 'opening'],
  [/(?:提交|递交).{0,12}(?:文件|截止)|(?:文件|报价).{0,6}(?:提交|递交)|截止时间/, 'submission'],
  [/其他|其它|补充/, 'other'],
  [
    /基本情况|合同主体|合同主要信息|项目概况|项目信息|项目编号|项目名称|招标条件|工程概况|招标概况|项目基本|概况/,
    'base',
  ],
];

const NUMBERED = /^(?:[一二三四五六七八九十]{1,3}\s?[、.．,，]|第[一二三四五六七八九十]{1,2}[章节部])\s*/;
const SUBNUMBERED = /^(?:\d{1,2}\s?[、.．]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）])\s*(?!\d)/;

export interface Heading {
  kind: SectionKind;
  /** 1: 一、二、…; 2: 1. 2. … and headings without a number. */
  level: 1 | 2;
}

const ARABIC = /^[（(]?(\d{1,2})\s?([、.．)）])/;

/** Number and mark of a line that begins with 5、, 5. or (5). Null: it begins with none. */
export function numberOf(line: string): { n: number; mark: string } | null {
  const m = ARABIC.exec(line);
  return m === null ? null : { n: Number(m[1]), mark: m[2] ?? '' };
}

/** The heading that a line is; null where it is none. A numbered line that no rule knows opens an `unknown` section. */
export function headingOf(line: string): Heading | null {
  if (line.length > 80) return null;
  const numbered = NUMBERED.exec(line);
  const sub = SUBNUMBERED.exec(line);
  const rest = line.slice((numbered ?? sub)?.[0].length ?? 0);
  // A label with its value, as most lines are: told before anything is folded.
  if (numbered === null && /[:：]/.test(rest) && !/[:：]\s*$/.test(rest)) return null;
  const words = squash(rest.split(/[:：]/, 1)[0] ?? '')
    .replace(/[。；;]$/, '')
    .replace(/\((?:如有|若有)\)$/, '');
  if (words === '') return null;
  if (numbered !== null) return { kind: HEADINGS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown', level: 1 };
  // Without 一、 only a short line that ends like a heading opens a part of its own.
  if (words.length > 24 || !isHeadingLike(words, rest, sub !== null)) return null;
  const kind = HEADINGS.find(([pattern]) => pattern.test(words))?.[1];
  return kind === undefined ? null : { kind, level: 2 };
}

function isHeadingLike(words: string, rest: string, subnumbered: boolean): boolean {
  const colonAtEnd = /[:：]\s*$/.test(rest);
  if (/[:：]/.test(rest) && !colonAtEnd) return false;
  return (
    /(?:信息|情况|联系方式|概况|名单|内容|结果|方式|机构|资格要求|公示期|相关内容|监督部门|财政部门|排序|人员|业绩|要求|依据)$/.test(
      words,
    ) ||
    (PARTY.test(words) && subnumbered !== colonAtEnd)
  );
}

/** 1.采购人 with its particulars below; without a number it is a label. */
const PARTY = /^(?:采购人|采购代理机构|财政部门|招标人|监督部门|招标代理机构|代理机构)$/;
