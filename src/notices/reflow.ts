import { isListed, labelOf } from './labels.ts';

/** A page copied without its line breaks: sections, labels and values run on in one line. */
const RUN_ON = 160;
/** A short form may. */
const SHORT_RUN_ON = 60;
const NUMERALS = [...'一二三四五六七八九十', ...[...'一二三四五六七八九'].map((ones) => `十${ones}`)];
/** Fewer could be a list inside a sentence. */
const LEAST_SECTIONS = 3;
/** Labels with a colon in one line from which on it is a form that ran together. */
const LEAST_LABELS = 5;
const LONGEST_LABEL = 20;
/** No notice that ran together is longer; what stands behind is left as it is. */
const LONGEST_FORM = 20_000;

/**
 * Lines as the page had them, where a copy lost its breaks: before 一、二、三、 in their order, before 1.采购人信息, and
 * before known labels with a colon. Other lines come back as they are.
 */
export function reflow(line: string): string[] {
  if (line.length < SHORT_RUN_ON) return [line];
  if (line.length < RUN_ON && (line.match(BEFORE_COLON)?.length ?? 0) < LEAST_LABELS) return [line];
  const parts = bySummary(line).flatMap(bySections).flatMap(byParties);
  const least = parts.length > 1 ? 1 : LEAST_LABELS;
  return parts.flatMap((part) => byLabels(part, least));
}

/** 公告概要：公告信息：采购项目名称…品目…采购单位…: the table above national procurement notices, cells run together. */
const SUMMARY_LABELS =
  /(?:采购项目名称|品目|采购单位(?:地址|联系方式)?|行政区域|公告时间|获取(?:采购|招标)文件(?:的)?时间|响应文件(?:递交地点|开启时间|开启地点)|招标文件售价|开标时间|开标地点|预算金额|联系人及联系方式|项目联系(?:人|电话)|代理机构(?:名称|地址|联系方式)|本项目招标公告日期|(?:中标|成交)日期|评审专家名单|总(?:中标|成交)金额|首次公告日期|更正日期|附件\d{0,2})(?![\p{Script=Han}]{0,4}[:：])(?=\S)/gu;
const SUMMARY = /公告概要/;
/** Longest summary met: 20 cells. */
const SUMMARY_LENGTH = 1200;
const LEAST_SUMMARY = 4;

function bySummary(line: string): string[] {
  const from = line.search(SUMMARY);
  if (from < 0) return [line];
  const rest = line.slice(from);
  const bodyAt = /项目概况|一、|[\p{Script=Han}]{4,30}公司(?:受|（)/u.exec(rest.slice(0, SUMMARY_LENGTH))?.index;
  const end = from + Math.min(rest.length, bodyAt ?? SUMMARY_LENGTH);
  const head = line.slice(from, end);
  if ([...head.matchAll(SUMMARY_LABELS)].length < LEAST_SUMMARY) return [line];
  const cells = head.replace(SUMMARY_LABELS, '\n$&\n').split('\n');
  return [...titleAndDate(line.slice(0, from)), ...cells, line.slice(end)].filter((part) => part.trim() !== '');
}

/** …磋商公告2023年07月04日 12:08 来源： 【打印】 */
function titleAndDate(head: string): string[] {
  const at = head.search(/20\d{2}年\d{1,2}月\d{1,2}日\s?\d{1,2}:\d{2}\s*来源/);
  return at > 0 ? [head.slice(0, at), head.slice(at)] : [head];
}

function bySections(line: string): string[] {
  const breaks: number[] = [];
  let from = 0;
  for (const numeral of NUMERALS) {
    const at = headingAt(line, numeral, from);
    if (at < 0) break;
    breaks.push(at);
    from = at + numeral.length;
  }
  return breaks.length < LEAST_SECTIONS ? [line] : cutAt(line, breaks);
}

function headingAt(line: string, numeral: string, from: number): number {
  for (let at = line.indexOf(`${numeral}、`, from); at >= 0; at = line.indexOf(`${numeral}、`, at + 1)) {
    if (!/[一二三四五六七八九十（(第]$/.test(line.slice(Math.max(0, at - 1), at))) return at;
  }
  return -1;
}

/** 1.采购人信息名称：…2.采购代理机构信息 */
const PARTY_HEADING =
  /(?:(?<!\d)\d{1,2}|\d)\s?[.、．]\s?(?=(?:采购人|采购单位|采购代理机构|代理机构|招标人|招标代理机构|项目联系方式)(?:信息|方式)?(?:名|[\s:：]|项目联系))/g;

function byParties(line: string): string[] {
  const broken = line.replace(PARTY_HEADING, '\n$&');
  return broken
    .replace(
      /(\n\d{1,2}\s?[.、．]\s?(?:采购人|采购单位|采购代理机构|代理机构|项目联系)(?:信息|方式)[:：]?)\s*/g,
      '$1\n',
    )
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Words in front of a colon, blanks between their characters allowed: 名 称： */
const BEFORE_COLON = /[:：](?!\/\/)/g;

function byLabels(line: string, least: number): string[] {
  const breaks: number[] = [];
  for (const m of line.slice(0, LONGEST_FORM).matchAll(BEFORE_COLON)) {
    const at = labelStart(line, m.index);
    if (at > (breaks.at(-1) ?? 0)) breaks.push(at);
  }
  return breaks.length < least ? [line] : cutAt(line, breaks);
}

/** Words without blanks, or one spaced out: 名 称, 项 目 编 号 */
const WORDS = /^(?:[\p{Script=Han}（(][\p{Script=Han}（()）/]*|(?:\p{Script=Han}\s{1,4}){1,5}\p{Script=Han})$/u;
/** 项目基本情况项目编号：a heading, and the label behind it. */
const HEADED = /(?:情况|信息|概况)(?=.{2})/;
/** 2、项目名称 behind a value that ends in digits. */
const OWN_NUMBER = /(?:(?:(?<!\d)\d{1,2}|\d)\s?[、.．]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、)\s?$/;

/** Short labels that no name ends with, and any that is spaced out. */
const SHORT = /^(?:地址|电话|传真|邮编|邮箱)$|^\p{Script=Han}\s+\p{Script=Han}$/u;

/** 中标人：联合体牵头单位：甲，联合体成员单位：乙 is one value. */
const MEMBER = /^(?:联合体)?(?:牵头|成员)/;
/** 第一中标候选人：某公司 */
const RANKED = /^(?:推荐)?第[一二三四五](?:名|(?:中标|成交|中选)?候选(?:人|供应商|单位))(?:名称)?$/;

/** Where the longest known label begins that ends at `end`; -1: none. Two characters count only behind a mark. */
function labelStart(line: string, end: number): number {
  for (let start = Math.max(0, end - LONGEST_LABEL); start < end - 1; start++) {
    const words = line.slice(start, end);
    if (!WORDS.test(words) || HEADED.test(words) || MEMBER.test(words)) continue;
    const behindMark = start === 0 || /[\s。；;，,.、．）)\d]/.test(line[start - 1] ?? '');
    const known = labelOf(words) !== null || RANKED.test(words);
    // 某工程项目编号：… behind no mark: the label is the words that forms print, not what else ends like them.
    const whole = behindMark || SHORT.test(words) || (words.length >= 4 && !/\s/.test(words) && isListed(words));
    if (known && whole) return start - (OWN_NUMBER.exec(line.slice(Math.max(0, start - 6), start))?.[0].length ?? 0);
  }
  return -1;
}

function cutAt(line: string, breaks: readonly number[]): string[] {
  const cuts = [0, ...breaks.filter((at) => at > 0), line.length];
  return cuts
    .slice(0, -1)
    .map((at, i) => line.slice(at, cuts[i + 1]).trim())
    .filter((part) => part !== '');
}
