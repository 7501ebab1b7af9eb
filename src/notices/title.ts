import type { NoticeKind } from '../model/notice.ts';
import { lotsIn } from './lots.ts';
import type { LotName } from './lots.ts';
import { oneLine } from './text.ts';

interface TitleReading {
  /** Null: the title does not say. */
  kind: NoticeKind | null;
  /** 1 unless the title says otherwise. */
  round: number;
  lots: LotName[];
  /** How sure the kind is, 0–1. */
  confidence: number;
}

const NOTICE = '(?:公告|公示|通告|通知(?!书)|函)';
const AWARD = '(?:中标|成交|中选|竞得|定标)';
/** Words that say "this corrects something" only near the word 公告 or at the end: 补充耕地, 土地变更调查 are projects. */
const CORRECTION =
  /(?:更正|变更|澄清|补充|延期|答疑)(?:事项|内容|招标|采购|成交|中标|结果|开标|开启|投标|竞价|挂牌|文件|截止|时间|的|第?[一二三四五六七八九十\d]{1,2}次|[（(][一二三四五六七八九十\d]{1,3}[)）])*(?:公告|公示|通知|说明|函|文件|纪要|答疑|澄清|事项)|(?:更正|变更|澄清|答疑)\s*(?:[（([]?[一二三四五六七八九十\d]{0,3}[)）\]]?)?$|^[[【（(](?:更正|变更|澄清|补充|延期)|(?:更正|变更)公告/;

const CHANGED_OUTCOME =
  /^关于(?:更正|变更)(?!调查).{2,80}(?:候选(?:人|供应商|单位)|(?:中标|成交|中选)(?:人|供应商|单位|结果)|公示|公告)|(?:更正|变更)(?:第[一二三]|原)?(?:中标|成交|中选|定标)(?:候选)?(?:人|供应商|单位|结果)/;

/** Title lexicon of the notice model, in its order: the first that matches names the kind. 公示 alone proves nothing. */
const LEXICON: readonly [RegExp, NoticeKind, number][] = [
  [CORRECTION, 'correction', 0.95],
  // 关于变更中标候选人的公示, 变更中标人公示: what is changed stands behind the word, the whole title being its object.
  [CHANGED_OUTCOME, 'correction', 0.9],
  // 延长中标候选人公示期 moves the end of a publicity, 异议答复 answers an objection to it: neither holds it.
  [/(?:延长|顺延).{0,80}公示(?:期|时间)|公示(?:期限?|时间).{0,6}(?:延长|顺延)/, 'correction', 0.9],
  [/(?:异议|质疑).{0,6}(?:答复|回复|处理)/, 'complaint', 0.9],
  [/终止/, 'terminated', 0.95],
  [/废标|流标|流拍|(?:招标|采购|交易|竞价|磋商|谈判|询价|挂牌|拍卖|遴选)失败|失败公告/, 'failed', 0.95],
  [/暂停|中止/, 'suspended', 0.9],
  [/单一来源(?!.{0,400}(?:成交|中标|结果)).{0,400}公示|拟.{0,12}单一来源/, 'single_source', 0.95],
  [/预公示|招标文件(?:征求意见|公示)|(?:采购|招标)需求(?:公示|征求意见)/, 'preview', 0.9],
  [
    /(?:中标|中选|成交|定标|入围)(?:候选|侯选)(?:供应商|中标人|人|单位)?(?:名单|结果)?(?:的)?(?:(?:重新|再次)?公示|公告|$|[[（(【])|评标(?:结果|情况|报告)(?:的)?公示|评审结果(?:的)?公示|(?:拟|拟定|预)(?:中标|成交|中选)(?!.*通知书).*(?:公示|公告)|推荐(?:的)?(?:中标|成交|中选)(?:人|供应商|单位)?(?:名单|结果|情况)?(?:的)?(?:公示|公告)|候选(?:人|供应商|单位)公示/,
    'candidate',
    0.95,
  ],
  [/资格预审/, 'prequalification', 0.85],
  [/开标(?:记录|一览|情况|结果)|开启记录|唱标/, 'opening', 0.9],
  [/投诉|举报处理|质疑(?:处理|答复)/, 'complaint', 0.9],
  // Decisions of the finance office: their 结果公告 announces no award.
  [/监督检查.{0,8}(?:处理|结果)|(?:机构|专家|工作).{0,6}考核.{0,6}结果|行政(?:处理|处罚)/, 'other', 0.9],
  [/验收(?:结果|报告|意见|书)?(?:公告|公示|$)|履约(?:验收|评价|情况)/, 'acceptance', 0.85],
  [
    new RegExp(`合同(?:书|文本|变更|备案|订立)?(?:的)?(?:${NOTICE}|$|[[（(【])|(?:采购|施工|服务|框架协议|买卖)合同$`),
    'contract',
    0.95,
  ],
  [
    new RegExp(
      `${AWARD}\\s*(?:[（(](?:成交|中标|结果)[)）])?(?:结果|情况|供应商|人|信息)?(?:的)?${NOTICE}|(?:采购|招标|交易|竞价|评标|比选|遴选|询价|磋商|谈判|挂牌|拍卖|供地|定标)结果|结果(?:的)?${NOTICE}|${AWARD}(?:\\s*[（(](?:成交|中标)[)）])?(?:结果|公告|公示)`,
    ),
    'result',
    0.95,
  ],
  [/(?:成交|中标)\s*(?:[（(](?:成交|中标)[)）])?\s*通知书/, 'award_letter', 0.95],
  [/采购意向|招标计划|供地计划|采购计划|出让计划|意向公开|意向$|(?:意向|计划)(?:的)?(?:公告|公示|公开)/, 'plan', 0.9],
  [
    new RegExp(
      `(?:招标|采购|谈判|磋商|询价|竞价|挂牌|拍卖|出让|转让|出租|招租|比选|遴选|竞买|招商|征集|询比|竞谈|招募|磋 商)(?:\\s*[[【（(]采购[\\]】）)])?(?:文件)?(?:的)?(?:邀请)?${NOTICE}|邀请书|招\\s*标\\s*公\\s*告|资审公告|采购公告`,
    ),
    'tender',
    0.95,
  ],
  [/(?:招标|采购|竞价)$/, 'tender', 0.5],
];

/** Marks a site puts behind or before a title to show its own column: weaker than the title's words. */
const SITE_MARKS = /\s*[[【][^[\]【】]{0,24}(?:公告|公示|变更|重发|第\s?\d+次)[^[\]【】]{0,12}[\]】]/g;
/** A whole title that is a file's name: （招标）某项目.BZBJ */
const FILE_SUFFIX = /\.(?:BZBJ|ZCZBJ|[A-Z]{0,4}ZBJ|docx?|pdf|zip|rar|xlsx?|wps)$/i;

export function readTitle(title: string): TitleReading {
  const clean = oneLine(title.slice(0, LONGEST_TITLE));
  const bare = clean.replace(SITE_MARKS, '');
  const marks = [...clean.matchAll(SITE_MARKS)].map((m) => m[0].trim().slice(1, -1)).join(' ');
  const words = lexicon(bare);
  const site = lexicon(marks);
  return {
    ...weigh(FILE_SUFFIX.test(bare) ? null : words, site, marks),
    round: roundOf(clean),
    lots: lotsIn(stripRound(bare)),
  };
}

type Guess = { kind: NoticeKind; confidence: number };

/** 某项目[变更公告:第 1次] has its kind in the mark; 废标公示[中标候选人公示变更] has it in its words. */
function weigh(
  words: Guess | null,
  site: Guess | null,
  marks: string,
): { kind: NoticeKind | null; confidence: number } {
  if (words === null) return site === null ? { kind: null, confidence: 0 } : { kind: site.kind, confidence: 0.8 };
  if (words.confidence < 0.6 && site !== null) return { kind: site.kind, confidence: 0.8 };
  const changes = /变更|更正/.test(marks);
  const abnormal = words.kind === 'failed' || words.kind === 'terminated' || words.kind === 'suspended';
  return changes && !abnormal ? { kind: 'correction', confidence: 0.85 } : words;
}

function lexicon(text: string): Guess | null {
  if (text === '') return null;
  for (const [pattern, kind, confidence] of LEXICON) if (pattern.test(text)) return { kind, confidence };
  return null;
}

const HAN = '一二三四五六七八九';
const CALLED = '招标|采购|竞价|挂牌|拍卖|出让|询价|磋商|谈判';
/** What else is done in a round, or comes of it. 公示 is none: to publicise once more opens no new round (publicity rules, 7). */
const DONE_IN_ROUND =
  '竞争性|单一来源|比选|遴选|公开(?:招标|采购|竞价|询价|挂牌|拍卖)|邀请招标|中标|成交|中选|竞得|定标|评标结果|开标|废标|流标|终止|结果';
const ROUND = new RegExp(
  `[（([【]\\s?第?\\s?([一二三四五六七八九\\d])\\s?次(?:公告|${CALLED})?[)）\\]】]|第\\s?([一二三四五六七八九\\d])\\s?次(?:${CALLED}|$|(?=${DONE_IN_ROUND}))|(?<!第\\s?|[一二三四五六七八九十\\d])([二三四])次(?:公告|${CALLED}|(?=${DONE_IN_ROUND}))`,
);
const AGAIN =
  /重新(?:组织|进行|开展)?(?:公开|邀请)?(?:招标|采购|公告|竞价|挂牌|拍卖|出让|招租|竞争性|谈判|磋商|询价|比选|遴选)|重招|再次(?:招标|采购)|[（([【]\s?重新?\s?[)）\]】]/;
const RESENT = /重发公告\s?第\s?(\d)\s?次/;

/** （二次） and 第二次 mean the second round, 重新招标 one more than the first, 重发公告第1次 the second. */
function roundOf(title: string): number {
  // [变更公告:第 1次], [第1次变更]: the number of a correction, not of a round.
  const text = title
    .replace(/[[（(【][^[\]（）()【】]{0,10}(?:变更|更正|澄清|补充)[^[\]（）()【】]{0,10}[\]）)】]/g, '')
    .replace(/第[一二三四五六七八九\d]次(?:变更|更正|澄清|补充)/g, '');
  const m = ROUND.exec(text);
  const word = m?.[1] ?? m?.[2] ?? m?.[3];
  if (word !== undefined) return Math.max(1, /\d/.test(word) ? Number(word) : HAN.indexOf(word) + 1);
  const resent = RESENT.exec(text)?.[1];
  if (resent !== undefined) return Number(resent) + 1;
  return AGAIN.test(text) ? 2 : 1;
}

function stripRound(text: string): string {
  return text.replace(new RegExp(ROUND.source, 'g'), '').replace(RESENT, '');
}

const FAILED_WORDS =
  /(?:本项目|本次(?:招标|采购)|本(?:采购|合同)?包|本标段|项目)[^。\n]{0,20}(?:流标|废标|失败)|(?:作|按|予以)废标处理|废标理由[:：\s|]*(?!其他|备注|序号)\S{4,}|有效(?:供应商|投标人|投标)[^。\n]{0,12}不足(?:三|3)家/;
const ENDED_WORDS = /终止|废标|流标|失败|否决|不足三家|放弃/;
const WINNER_WORDS = /(?:中标|成交|中选)\s*(?:[（(][^（）()]{1,4}[)）])?(?:供应商|人|单位|金额|价)|供应商名称/;
/** What only the announcement of an outcome says. */
const OUTCOME_WORDS = /(?:中标|成交)结果如下|交易价格[:：]|成交日期[:：]|总(?:中标|成交)金额/;
const CANDIDATE_WORDS = /候选人|候选供应商|候选单位/;

interface KindReading {
  kind: NoticeKind;
  confidence: number;
  /** What decided: title, column, or the text. */
  rule: 'title' | 'column' | 'text' | 'none';
}

/**
 * The kind of a notice, from its title, the column that the site files it under, and its text. The title counts most;
 * the text overrules it where title and text cannot both be true: a 废标 under 结果公告, a stale 终止 title over a live
 * candidate notice, a 招标结果的公示 that publicises candidates.
 */
export function kindOf(title: string | null, columnKind: NoticeKind | null, text: string | null = null): KindReading {
  const byTitle = title === null ? null : readTitle(title);
  const body = text ?? '';
  // 某系统采购 may be the name of a project whose result this is.
  const weak = columnKind !== null && (byTitle?.confidence ?? 0) < 0.6;
  const named = weak ? null : (byTitle?.kind ?? null);
  if (named === null) {
    const inText = bodyHeading(body);
    if (inText !== null && (columnKind === null || columnKind === 'other'))
      return { kind: inText, confidence: 0.7, rule: 'text' };
    if ((columnKind === 'result' || columnKind === null) && isCandidateList(body))
      return { kind: 'candidate', confidence: 0.75, rule: 'text' };
    if (inText !== null && inText !== 'tender') return { kind: inText, confidence: 0.75, rule: 'text' };
    if (columnKind !== null) return { kind: columnKind, confidence: 0.7, rule: 'column' };
    if (inText === null && OUTCOME_WORDS.test(body)) return { kind: 'result', confidence: 0.5, rule: 'text' };
    return inText === null
      ? { kind: 'other', confidence: 0.2, rule: 'none' }
      : { kind: inText, confidence: 0.6, rule: 'text' };
  }
  if (named === 'result' && isCandidateList(body)) return { kind: 'candidate', confidence: 0.8, rule: 'text' };
  if (named === 'result' && FAILED_WORDS.test(body) && !hasWinner(body))
    return { kind: 'failed', confidence: 0.85, rule: 'text' };
  if (
    (named === 'terminated' || named === 'failed') &&
    text !== null &&
    body.length > 200 &&
    !ENDED_WORDS.test(withoutTitle(body, title)) &&
    CANDIDATE_WORDS.test(body)
  ) {
    return { kind: 'candidate', confidence: 0.6, rule: 'text' };
  }
  return { kind: named, confidence: byTitle?.confidence ?? 0, rule: 'title' };
}

/** 已确定中标候选人，现将结果公示如下 with a ranking: candidates, whatever the title calls them. */
function isCandidateList(text: string): boolean {
  return (
    /候选(?:人|供应商|单位)(?:名单|排序|情况)?[^。]{0,200}(?:第一名|第一(?:中标|成交)?候选|排序|第二名)/s.test(text) &&
    /公示(?:期|时间|起止)/.test(text) &&
    !/确定[^。\n]{0,30}(?:为中标人|为成交供应商)|中标人[:：]|成交供应商[:：]/.test(text)
  );
}

/** A firm or an amount in the section on results: an award, even where one lot of it failed. */
function hasWinner(text: string): boolean {
  const from = text.search(/(?:中标|成交|采购)(?:[（(][^（）()]{1,4}[)）])?(?:结果|信息|情况)/);
  const section = from < 0 ? text : (text.slice(from, from + 3000).split(/\n[四五六][、.]/)[0] ?? '');
  return (
    WINNER_WORDS.test(section) &&
    /(?:公司|厂|院|所|中心|商行|经营部|店|社)/.test(section.replace(FAILED_REASON, '')) &&
    /\d(?:\.\d+)?\s*[（(]?(?:元|万元)|[\d,]{4,}(?:\.\d+)?/.test(section)
  );
}

const FAILED_REASON = /废标(?:理由|原因)[:：\s|]*[^\n]*\n?[^\n]*/g;

function withoutTitle(text: string, title: string | null): string {
  return title === null ? text : text.replaceAll(oneLine(title), '');
}

/** The notice's own heading in its first lines: 泸定县…施工评标结果公示, 招 标 公 告. */
function bodyHeading(text: string): NoticeKind | null {
  for (const line of text.split('\n', 24).slice(0, 24)) {
    const words = line.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
    // A site's menu prints bare names of columns: 招标公告, 中标候选人公示.
    if (words.length < 8 || words.length > 160 || /[|>。；]/.test(words)) continue;
    if (!/(?:公告|公示|计划|意向|通知书|合同|记录)(?:[（([【].{0,20})?$/.test(words.trim())) continue;
    const kind = readTitle(words).kind;
    if (kind !== null) return kind;
  }
  return null;
}

const REGION_PREFIX =
  /^(?:云南省)?(?:红河(?:哈尼族彝族自治)?州)?(?:开远市|个旧市|蒙自市|弥勒市|建水县|石屏县|泸西县|元阳县|红河县|绿春县|屏边(?:苗族自治)?县|金平(?:苗族瑶族傣族自治)?县|河口(?:瑶族自治)?县)?/;
/** 某公司关于某单位某项目的 …公告: the agency's own words in front. */
const AGENCY_PREFIX = /^.{4,40}?(?:公司|中心|事务所|集团)(?:受.{2,40}?委托)?\s*关于/;
/** 关于, and what it is about where that is no part of the name: 关于变更某工程中标候选人的公示. */
const ABOUT = /^关于(?:(?:更正|变更|延长|顺延)(?!调查))?/;
const LEADING_MARKS =
  /^(?:\s*[[【（(](?:[^[\]【】（）()]{0,14}(?:[市县区州旗]|本级)|[^[\]【】（）()]{0,24}(?:号|公告|公示|招标|采购|更正|变更|澄清|网))[\]】）)])+/;
const CODE_IN_BRACKETS =
  /[（(【[]\s*(?:项目|招标|采购|标段|合同|竞价)?(?:项目)?(?:编号|代码|号)[:：][^）)】\]]{0,60}[）)】\]]|[（(][A-Za-z][A-Za-z0-9-]{7,40}[)）](?=[^（(]*(?:公告|公示)$)/g;
const METHODS =
  '公开招标|邀请招标|竞争性谈判|竞争性磋商|单一来源(?:采购)?|询价采购|框架协议(?:采购)?|公开询价|网上竞价';
const WORDS =
  '招标|采购|谈判|磋商|询价|竞价|挂牌|拍卖|出让|转让|出租|招租|比选|遴选|(?:推荐|拟定?|预)?(?:中标|成交|中选)(?:人|单位)?|推荐|拟定?|预|公示(?:期限?|时间)(?:延长|顺延)?|定标|评标|评审|开标|开启|结果|候选(?:人|供应商|中标人|单位)?|供应商|废标|流标|终止|失败|暂停|中止|更正|变更|澄清|补充|延期|答疑|合同|验收|履约|意向|招标计划|采购计划|文件|资格预审|预公示|公告|公示|通知书?|通告|函|记录|信息|情况|事项|公开|邀请|名单|排序|异常|项目名称|的|及|和';
const ROUND_MARK = '[（([【]?第?\\s?[一二三四五六七八九十\\d]{1,2}\\s?次(?:招标|采购|公告)?[)）\\]】]?';
/** One word that the kind of notice adds behind the name; taken off one by one, so that no title can make it slow. */
const TAIL_TOKEN = new RegExp(
  `[\\s-]{0,24}(?:${METHODS}|${WORDS}|[[【（(](?:${METHODS}|${WORDS}|网|重新招标|采购包?\\d{0,2}){1,4}[)）】\\]]|${ROUND_MARK}|[（(][一二三四五六七八九十\\d]{1,2}[)）])$`,
);
/** A name without one of these behind it has no tail of kind words: 某系统采购 keeps its 采购. */
const NAMES_KIND = /公告|公示|通知|合同|文件|公开|意向|计划|记录|通告|函|网/;
/** No real title is longer; a hostile one is cut. */
const LONGEST_TITLE = 400;

function withoutTail(name: string): string {
  let end = name.length;
  for (;;) {
    const token = TAIL_TOKEN.exec(name.slice(Math.max(0, end - 24), end))?.[0];
    if (token === undefined || token === '') break;
    end -= token.length;
  }
  const tail = name.slice(end);
  if (!NAMES_KIND.test(tail)) return name;
  const round = ROUND.exec(tail);
  return name.slice(0, end) + (round !== null && tail.trimStart().startsWith(round[0]) ? round[0] : '');
}

/**
 * The project's name in a title, as printed: what the site, the agency and the kind of notice add is taken off;
 * the round stays. Null where nothing is left.
 */
export function projectNameFromTitle(title: string): string | null {
  let name = oneLine(title.slice(0, LONGEST_TITLE))
    .replace(SITE_MARKS, '')
    .replace(FILE_SUFFIX, '')
    .replace(CODE_IN_BRACKETS, '')
    .trim();
  const bare = (text: string): string =>
    text.replace(LEADING_MARKS, '').replace(AGENCY_PREFIX, '').replace(ABOUT, '').trim();
  name = bare(name);
  name = withoutTail(name);
  const owner = /^(\S{4,40}?公司)\s+(?=\S{6})/.exec(name);
  if (owner !== null) name = name.slice(owner[0].length);
  name = name.replace(/(?<![\s\-—－:：])[\s\-—－:：]+$/, '').trim();
  return name.length < 2 ? null : name;
}

/**
 * What titles of one project are compared by: region prefix, agency, kind words, round, lots, codes, brackets and
 * marks removed, width folded. Empty where nothing is left.
 */
export function titleKey(title: string): string {
  const name = projectNameFromTitle(title) ?? '';
  const bare = stripRound(name)
    .replace(/(?<=\p{Script=Han}{2})[二三四]次$/u, '')
    .replace(AGAIN, '')
    .replace(/[（(【[][^（）()【】[\]]{0,40}(?:包|标段|标项)[^（）()【】[\]]{0,40}[）)】\]]/g, '')
    .replace(
      /第?[一二三四五六七八九十\dⅠ-Ⅹ]{1,3}(?:号)?(?:包|标段|标项)|(?:采购包|标段|标项|包)\s?[一二三四五六七八九十\dⅠ-Ⅹ]{1,3}/g,
      '',
    )
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  const local = bare.replace(REGION_PREFIX, '');
  return local.length >= 2 ? local : bare;
}
