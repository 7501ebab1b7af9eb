import type { AmountReading } from './amount.ts';
import type { Award } from './award.ts';
import { lotsIn } from './lots.ts';
import { labelledAmount } from './money.ts';
import type { Cell } from './pairs.ts';
import { isConsortium, isOrganisation, readParties, readParty } from './parties.ts';
import type { SectionKind } from './sections.ts';

/**
 * Who won, who stands first and for how much, where an office writes it out: 确定某公司为本项目成交供应商，成交金额为…,
 * 第一标段由某公司以120万元中标, 第一中标候选人为某公司（项目负责人：某某），投标报价…. Read where neither tables nor labels say it.
 */

/** No notice says it further down. */
const LONGEST_PROSE = 8_000;
const MOST_ANCHORS = 60;
/** How far before and behind the words that say who won a sentence is read. */
const BEFORE = 80;
const BEHIND = 160;

/** A notice's text outside of some of its parts: line by line, or with the lines joined that a copy may have torn apart. */
function proseOf(cells: readonly Cell[], elsewhere: ReadonlySet<SectionKind>, joined: boolean): string {
  let text = '';
  for (const { text: own, label, heading, section, table } of cells) {
    if (text.length >= LONGEST_PROSE) break;
    if (elsewhere.has(section)) continue;
    const apart = !joined || label !== null || heading !== null || table !== null || ENDS.test(text);
    text += apart ? `\n${own}` : own;
  }
  return text.slice(0, LONGEST_PROSE);
}

/** What a line ends with that no other goes on: a sentence, a date, a title. */
const ENDS = /[。；：:！\d]$|(?:公告|公示|通知书?)$/;

/** What sentences tell as they stand; where they tell nothing, as they were before they were torn apart. */
function told<T>(cells: readonly Cell[], elsewhere: ReadonlySet<SectionKind>, read: (text: string) => T[]): T[] {
  const standing = read(proseOf(cells, elsewhere, false));
  return standing.length > 0 ? standing : read(proseOf(cells, elsewhere, true));
}

const OUTCOME =
  /(中标|成交|中选|竞得|摘牌|承包)(?:[（(](?:中标|成交|中选)[)）])?((?:候选)?(?:人|供应商|供货商|单位|企业|服务商|公司|方|机构)(?![\p{Script=Han}]{0,4}(?:确定|名单|资格|须|应|在|未|的义务)))?/gu;
/** 中标金额, 成交结果 …: words that name no winner. */
const NO_VERB =
  /^(?:候选|金额|价|报价|总|结果|公告|公示|通知|信息|情况|日期|时间|合同|无效|标的|服务费|资格|条件|原则|后|前|份额|项目|产品|货物)/;
const ENTITLED = new RegExp(
  `(?:被)?(?:确定|确认|推荐|评定|选定)?(?:为|作为|成为|是)\\s?(?:本|该|此|上述)?(?:次|项目|工程|采购|招标|标段|标项|包|宗地|地块)*(?:[（(][^（）()]{1,20}[)）])?(?:的)?(?:最终|拟|预|唯一)?$`,
);
const NAMED_AS = /^(?:名称)?\s?(?:为|是|系|确定为|[:：])\s?["“]?/;
/** 以120万元（的价格） */
const AT_PRICE =
  /(?:以|按)\s?(?:总价|总报价|报价|最高报价|最低报价|价格)?([^，。；;\n以]{2,40}?元[^，。；;\n以]{0,16}|[￥¥]\s?[\d,.]+)(?:的)?(?:总价|总报价|报价|价格|价|金额)?$/;

/** Awards that sentences announce; empty where none does. */
export function awardsInProse(cells: readonly Cell[], elsewhere: ReadonlySet<SectionKind>): Award[] {
  return told(cells, elsewhere, awardsIn);
}

function awardsIn(text: string): Award[] {
  const awards: Award[] = [];
  let anchors = 0;
  for (const m of text.matchAll(OUTCOME)) {
    if (++anchors > MOST_ANCHORS) break;
    if (m[2]?.startsWith('候选') === true) continue;
    const before = clauseBefore(text, m.index);
    const behind = text.slice(m.index + m[0].length, m.index + m[0].length + BEHIND);
    const winner = m[2] === undefined ? byVerb(before, behind) : byRole(before, behind);
    if (winner === null) continue;
    const sentence = behind.split(/[。；;\n]/, 2)[0] ?? '';
    const lot = lotsIn(before).at(-1) ?? null;
    if (awards.some((award) => award.lot?.id === lot?.id && award.suppliers.join() === winner.names.join())) continue;
    awards.push({
      lot,
      suppliers: winner.names,
      amount:
        winner.amount ?? priceIn(sentence) ?? priceIn(behind.slice(sentence.length + 1).split(/[。\n]/, 1)[0] ?? ''),
      failed: false,
      words: `${before}${m[0]}${sentence}`.trim(),
    });
  }
  return awards;
}

interface Winner {
  names: string[];
  amount: AmountReading | null;
}

/** 确定某公司为…中标人, 中标人为某公司. */
function byRole(before: string, behind: string): Winner | null {
  const entitled = ENTITLED.exec(before);
  if (entitled !== null) {
    const names = firmsAtEnd(before.slice(0, entitled.index));
    if (names.length > 0) return { names, amount: null };
  }
  const named = NAMED_AS.exec(behind);
  const names = named === null ? [] : firmsAtStart(behind.slice(named[0].length));
  return names.length > 0 ? { names, amount: null } : null;
}

/** 由某公司中标, 某公司以120万元成交. */
function byVerb(before: string, behind: string): Winner | null {
  if (NO_VERB.test(behind)) return null;
  const priced = AT_PRICE.exec(before);
  const rest = priced === null ? before : before.slice(0, priced.index);
  if (priced === null && !/由/.test(rest)) return null;
  const names = firmsAtEnd(rest);
  return names.length === 0 ? null : { names, amount: priced === null ? null : labelledAmount('', priced[1] ?? '') };
}

const RANKED =
  /(?:第([一二三123])(?:名|顺位|位)?(?:的)?(?:中标|成交|中选|定标|推荐)?候选(?:人|供应商|单位|中标人)|排(?:名|序)第([一二三123])|第([一二三123])名)(?:名称)?/g;

interface Ranked {
  rank: number;
  name: string;
  price: number | null;
}

/** Candidates that sentences rank: 推荐某公司为第一中标候选人，投标报价120.5万元. */
export function rankedInProse(cells: readonly Cell[], elsewhere: ReadonlySet<SectionKind>): Ranked[] {
  return told(cells, elsewhere, rankedIn);
}

function rankedIn(text: string): Ranked[] {
  const found: Ranked[] = [];
  const anchors = [...text.matchAll(RANKED)].slice(0, MOST_ANCHORS);
  anchors.forEach((m, i) => {
    const rank = '一二三123'.indexOf(m[1] ?? m[2] ?? m[3] ?? '') % 3;
    const end = m.index + m[0].length;
    const behind = text.slice(end, Math.min(end + BEHIND, anchors[i + 1]?.index ?? text.length));
    const before = clauseBefore(text, m.index);
    const entitled = /(?:的|为|作为|是|被确定为|推荐为|确定为)?$/.exec(before)!;
    const named = NAMED_AS.exec(behind);
    const firms = named === null ? [] : firmsAtStart(behind.slice(named[0].length));
    if (firms.length === 0 && entitled[0] !== '') firms.push(...firmsAtEnd(before.slice(0, entitled.index)));
    if (firms.length === 0 && m[2] !== undefined) firms.push(...firmsAtEnd(before));
    if (rank < 0 || firms.length === 0 || found.some((one) => one.rank === rank + 1)) return;
    const sentence = behind.split(/[。；;\n]|推荐/, 1)[0] ?? '';
    found.push({ rank: rank + 1, name: firms.join('、'), price: priceIn(sentence)?.yuan ?? null });
  });
  return found.sort((a, b) => a.rank - b.rank);
}

const PRICED =
  /((?:中标|成交|中选|投标|响应|磋商|谈判|评标|竞得|承包|合同|最终|最后|总){0,3}(?:报价|价格|价款|金额|总价|总额|价)(?:[（(][^（）()]{1,12}[)）])?)\s?(?:为|是|共计|计)?\s?[:：]?\s?([^，。；;\n]{2,60})/g;
const NO_PRICE = /(?:费|保证金|预算|限价|控制价|单价|底价|起始|评审|得分|上限)[^，。；;\n]{0,4}$/;

/** The first total that words before it call a price: 综合得分：95.2，投标报价（元）：1205000.00 */
export function priceIn(words: string): AmountReading | null {
  for (const m of words.matchAll(PRICED)) {
    if (NO_PRICE.test(words.slice(Math.max(0, m.index - 8), m.index))) continue;
    const amount = labelledAmount(m[1] ?? '', (m[2] ?? '').replace(/(?:综合)?得分.*$/, ''));
    if (amount !== null) return amount;
    if (/下浮|费率|%|折扣/.test(m[2] ?? '')) return null;
  }
  return null;
}

const AWARD_PRICED =
  /(?:中标|成交|中选|竞得|承包)(?:[（(](?:中标|成交|中选)[)）])?(?:总)?(?:金额|价格|价款|总价|价|报价)/g;

/** 中标价为2860000元: an award's price that no label carries. */
export function awardPriceInProse(cells: readonly Cell[], elsewhere: ReadonlySet<SectionKind>): AmountReading | null {
  return told(cells, elsewhere, awardPricesIn)[0] ?? null;
}

function awardPricesIn(text: string): AmountReading[] {
  return [...text.matchAll(AWARD_PRICED)].slice(0, MOST_ANCHORS).flatMap((m) => {
    const amount = priceIn(text.slice(m.index, m.index + BEFORE).split(/[，。；;\n]/, 1)[0] ?? '');
    return amount === null ? [] : [amount];
  });
}

/** The text before, back to the end of the sentence before. */
function clauseBefore(text: string, at: number): string {
  return (
    text
      .slice(Math.max(0, at - BEFORE), at)
      .split(/[。；;\n！]/)
      .at(-1) ?? ''
  );
}

/** What leads up to a name: 经评审，确定…, 推荐…, 由…. */
const LEADS = /确定|确认|推荐|选定|评定|同意|决定|由|授予|[，,：:\s“"]/;

/** The firm that words end with, its particulars in brackets left out; a consortium's members one by one. */
function firmsAtEnd(words: string): string[] {
  const clean = words
    .replace(/[（(][^（）()]{1,40}[)）]\s?$/, (bracket) => (/联合体|成员/.test(bracket) ? bracket : ''))
    .trimEnd();
  let named = clean;
  for (let rest = clean, cut = LEADS.exec(rest); cut !== null; cut = LEADS.exec(rest)) {
    rest = rest.slice(cut.index + cut[0].length);
    if (isConsortium(named) ? isConsortium(rest) : isFirm(rest) || !isFirm(named)) named = rest;
  }
  if (isConsortium(named)) return readParties(named);
  const name = readParty(named.replace(/["”]$/, ''));
  return name !== null && isFirm(name) ? readParties(name) : [];
}

/** Longest name with its brackets. */
const LONGEST_NAME = 60;

/** The firm that words begin with. */
function firmsAtStart(words: string): string[] {
  const run = /^[^，,。；;：:\s”"]{4,120}/.exec(words)?.[0] ?? '';
  if (isConsortium(run)) return readParties(run);
  for (const part of [run, run.split('、', 1)[0] ?? '']) {
    for (let end = Math.min(part.length, LONGEST_NAME); end >= 4; end--) {
      if (!FIRM_ENDS.test(part[end - 1] ?? '')) continue;
      const name = readParty(part.slice(0, end));
      if (name !== null && isFirm(name)) return [name];
    }
  }
  return [];
}

const FIRM_ENDS = /[司团厂院所心店社处行校学站队会部室场园局]/;
/** Words of a sentence that end like an office's name are none: 评标委员会, 采购人. */
const NO_FIRM =
  /^(?:经|由|按|根据|本|该|我|评标|评审|磋商|谈判|询价|推荐|确定|以|于|在|与|和|被|即)|(?:评标|评审|磋商|谈判|询价)(?:委员会|小组)|(?:招标|采购)(?:人|单位)$|第[一二三]/;

function isFirm(name: string): boolean {
  return isOrganisation(name) && !NO_FIRM.test(name) && !/[，,。；;：:、]/.test(name);
}
