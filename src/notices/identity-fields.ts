import { codeKey, isInvestmentCode, readCodes } from './codes.ts';
import { found } from './found.ts';
import type { Found, Readings } from './found.ts';
import type { Label } from './label.ts';
import type { Cell, Pair } from './pairs.ts';
import { isOrganisation, nameKey, readParty } from './parties.ts';
import type { Source } from './source.ts';
import { oneLine, squash } from './text.ts';
import { projectNameFromTitle, readTitle } from './title.ts';

/** Title, project's name, codes and round. */
export function readIdentity(source: Source, readings: Readings): void {
  const { title, input } = source;
  const byTitle = readTitle(title);
  readings.take('title', [found(title, title, input.title === null ? 'page-heading' : 'page-title', 1)]);
  const sure = byTitle.kind === source.kind ? byTitle.confidence : 0.75;
  const column = input.columnKind ?? null;
  readings.take('kind', [
    found(source.kind, title, 'kind', sure),
    column === null ? null : found(column, '', 'column', 0.5),
  ]);
  readings.take('projectName', projectNames(source), sameName);
  const codes = codesOf(source);
  readings.take('projectCode', codes.slice(0, 1));
  readings.fields.codes = unique(codes.map(({ value }) => value));
  const named = readTitle(readings.fields.projectName ?? '');
  readings.fields.round = Math.max(byTitle.round, named.round);
}

const sameName = (a: string, b: string): boolean => squash(a) === squash(b);

const NO_NAME = /^(?:详见|见附件|\/|无$|名称)|开工日期|[。？！]/;
/** What templates add behind the name in the same cell. */
const BEHIND = /[（(](?:采购方式|项目编号|招标编号|以下简称)[：:（(]?.*$|(?<![；;。，,])[；;。，,]+$/;

function projectNames(source: Source): Found<string>[] {
  const { pairs, cells, title } = source;
  const key = squash(title);
  const readings: Found<string>[] = [];
  for (const pair of pairs) {
    if (pair.label !== 'projectName' || !isOwn(pair)) continue;
    let value = clean(pair.value);
    // A name that the page's markup tore in two is whole again where the title has it whole.
    const next = cells[pair.valueAt + 1];
    if (next !== undefined && next.label === null && !key.includes(`${squash(value)}项目编号`)) {
      const whole = clean(pair.value + next.text);
      if (key.includes(squash(whole)) && squash(whole).length > squash(value).length) value = whole;
    }
    if (value.length < 3 || value.length > 200 || NO_NAME.test(value)) continue;
    const sure = (pair.loose ? 0.9 : 0.95) - (/标段|标的/.test(pair.words) ? 0.1 : 0);
    readings.push(found(value, `${pair.words}：${pair.value}`, 'label:projectName', sure));
  }
  readings.sort((a, b) => b.confidence - a.confidence);
  const fromTitle = projectNameFromTitle(title);
  if (fromTitle !== null && readings.length === 0) readings.push(found(fromTitle, title, 'title', 0.7));
  return readings;
}

/** Tables of goods and of a bidder's earlier works print names of other projects. */
function isOwn({ section, part, value }: Pair): boolean {
  return (
    section !== 'goods' &&
    section !== 'experts' &&
    section !== 'qualification' &&
    section !== 'documents' &&
    section !== 'fee' &&
    part !== 'other' &&
    !value.startsWith('（')
  );
}

function clean(value: string): string {
  return oneLine(value)
    .replace(BEHIND, '')
    .replace(/(?<![；;。，,])[；;。，,]+$/, '')
    .replace(/^["“《]([^"”》]*)["”》]$/, '$1')
    .trim();
}

/** A document number that stands alone under the title: 赣建分宜招字2026第04号, 杭规划资源告[2026]R004号. */
const ALONE =
  /^[(]?(?:招标|采购)?(?:编号)?:?\s*([\p{Script=Han}]{2,14}[[(〔【]?20\d{2}[\])〕】]?\s?第?[A-Z]{0,2}\d{1,5}(?:号|-\d+)?)[)]?$/u;

/** 项目编号MLXJ2026-002, without a colon. */
const CODE_IN_PROSE =
  /(?:项目|采购|招标|询价|磋商|谈判)编号(?:为|是)?\s?([\p{Script=Han}]{0,8}[A-Za-z\d][A-Za-z\d()[\]（）〔〕【】-]{5,40}号?)/u;

/** Sections in which a notice gives its own code. */
const OWN_PARTS = new Set(['head', 'base', 'unknown', 'result', 'correction']);

function codesOf(source: Source): Found<string>[] {
  const { pairs, cells, input, title } = source;
  const main: Found<string>[] = [];
  const others: Found<string>[] = [];
  const add = (list: Found<string>[], cell: string, words: string, rule: string, confidence: number): void => {
    for (const code of readCodes(cell)) {
      if (isInvestmentCode(code)) others.push(found(code, words, rule, confidence));
      else list.push(found(code, words, rule, confidence));
    }
  };
  const header: Found<string>[] = [];
  for (const pair of pairs) {
    const words = `${pair.words}：${pair.value}`;
    if (pair.section === 'goods' || pair.section === 'fee' || pair.part === 'experts') continue;
    if (pair.label === 'projectCode')
      add(OWN_PARTS.has(pair.section) ? main : others, pair.value, words, 'label:projectCode', pair.loose ? 0.9 : 0.95);
    else if (pair.label === 'landCode') add(main, pair.value, words, 'label:landCode', 0.9);
    else if (pair.label === 'headerCode') add(header, pair.value, words, 'label:headerCode', 0.7);
    else if (pair.label === 'investmentCode' || (pair.label === 'sectionCode' && pair.value.length >= 8))
      add(others, pair.value, words, `label:${pair.label}`, 0.8);
    else if (pair.label === 'parcelCode') add(others, pair.value, words, 'label:parcelCode', 0.8);
  }
  const values = new Set(pairs.map(({ valueAt }) => valueAt));
  for (const [at, { text }] of cells.slice(0, 30).entries()) {
    const alone = text.length <= 40 && !values.has(at) ? ALONE.exec(text.normalize('NFKC'))?.[1] : undefined;
    if (alone !== undefined) add(main, alone, text, 'line:documentNumber', 0.8);
  }
  if (input.headerCode != null) add(header, input.headerCode, input.headerCode, 'site-header', 0.7);
  const inTitle =
    /[（(【[]\s?(?:项目编号|招标编号|采购编号|编号)?[：:]?\s?([A-Za-z][A-Za-z0-9-]{6,40}|[\p{Script=Han}]{2,12}[[（(〔]\d{4}[\]）)〕]\d+号)\s*[）)】\]]/u.exec(
      title,
    )?.[1];
  if (inTitle !== undefined) add(header, inTitle, title, 'title', 0.75);
  const all = [...main, ...header, ...others];
  if (all.length === 0) {
    const m = CODE_IN_PROSE.exec(
      cells
        .map(({ text }) => text)
        .join('\n')
        .slice(0, 6000),
    );
    if (m?.[1] !== undefined) add(all, m[1], m[0], 'sentence', 0.8);
    for (const { label, words, value } of pairs)
      if (label === 'planCode' && /计划|备案/.test(words)) add(all, value, `${words}：${value}`, 'label:planCode', 0.5);
  }
  const seen = new Set<string>();
  return all.filter(({ value }) => {
    const key = codeKey(value) ?? value;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/** Purchaser and agency. Signature lines, experts and supervisors are never read. */
export function readPeople(source: Source, readings: Readings): void {
  readings.take('purchaser', parties(source, 'purchaser'), sameParty);
  readings.take('agency', parties(source, 'agency'), sameParty);
}

const sameParty = (a: string, b: string): boolean => nameKey(a) === nameKey(b);

const ENTRUSTED =
  /([^，,。；：:、（(“”"\s受]{4,40}?)(?:[（(][^（）()]{2,14}[)）])?\s?受\s?([^，,。；：:（(“”"受]{4,40}?)\s?(?:[（(][^（）()]{2,14}[)）])?\s?(?:的)?\s?委托/;
/** 受某局委托，某公司就某项目… */
const ENTRUSTING =
  /受\s?([^，,。；：:（(“”"]{4,40}?)\s?(?:[（(][^（）()]{2,14}[)）])?\s?的?\s?委托\s?[，,]\s?([^，,。；：:（(“”"\s]{4,40}?)(?:[（(][^（）()]{2,14}[)）])?\s*(?:就|对|于|为|以|拟|现|组织|承担|负责|作为|采用|针对|根据)/;
/** 某自然资源局决定以挂牌方式出让…, 某局于2024年10月8日组织实施了国有建设用地使用权公开挂牌出让 */
const SELLING =
  /(?:^|[，,。；])([^，,。；：:\s（()）]{2,26}(?:局|中心|委员会|政府))\s*(?:决定|定于|拟|现|于|对|将)[^。]{0,60}?(?:挂牌|拍卖|招标|出让|租赁)/;
/** 现将某局2024年3月采购意向公开如下 */
const INTENDING = /现将\s*([^，,。；：:\s]{4,30}?)\s*20\d{2}年[^，,。；]{0,12}采购意向/;
/** 某学院对某项目进行了竞争性磋商: who holds it, the office itself or a firm that does it for others. */
const HELD_FOR =
  /^([^，。；：:\s]{4,30}?)对[^，。；]{4,60}?(?:进行|组织)了?[^，。；]{0,16}?(?:招标|采购|磋商|谈判|询价|比选)/;
const AGENCY_NAME = /(?:招标|咨询|代理|项目管理|造价|拍卖)[^，。]{0,8}公司$/;
/** 招标代理机构联系人及电话：某公司 18907012262: the form asks for a person and gets the office. */
const CONTACT = {
  purchaser: /^(?:招标人|采购人|采购单位|建设单位)(?:名称)?(?:联系|经办)/,
  agency: /^(?:招标|采购)?代理(?:机构|单位|公司)?(?:名称)?(?:项目负责人|联系|经办)/,
};
const NAMED = {
  purchaser: /(?:招标人|采购人|采购单位|建设单位|业主(?:单位)?|出让人|比选人|发包人)(?:为|是)\s*([^，。；,;（(]{4,40})/,
  agency: /代理(?:机构|人|单位|公司)(?:为|是)\s*([^，。；,;（(]{4,40})/,
};
/** 由某学校建设的某工程 */
const BUILT_BY = /由\s?([^，,。；：:\s]{4,40}?)(?:投资|负责|组织){0,2}建设的/;
/** 某局委托某公司组织的… */
const ENTRUSTS =
  /([^，,。；：:、（(“”"\s]{4,40}?)(?:[（(][^（）()]{2,14}[)）])?\s?委托\s?([^，,。；：:（(“”"\s]{2,40}?(?:公司|中心|院|所))(?:[（(][^（）()]{2,14}[)）])?\s?(?:组织|代理|就|对|于|以|进行|实施|承担|办理|负责|采用)/;

/** Sentences that name a party, surest first, with the group that holds it and a word that none of them lacks. */
const SENTENCES: Record<'purchaser' | 'agency', readonly (readonly [sentence: RegExp, group: number, word: string])[]> =
  {
    purchaser: [
      [ENTRUSTED, 2, '委托'],
      [ENTRUSTING, 1, '委托'],
      [ENTRUSTS, 1, '委托'],
      [NAMED.purchaser, 1, ''],
      [BUILT_BY, 1, '建设的'],
    ],
    agency: [
      [ENTRUSTED, 1, '委托'],
      [ENTRUSTING, 2, '委托'],
      [ENTRUSTS, 2, '委托'],
      [NAMED.agency, 1, '代理'],
    ],
  };

function parties({ pairs, cells, title }: Source, role: 'purchaser' | 'agency'): Found<string>[] {
  const label: Label = role;
  const readings: Found<string>[] = [];
  for (const pair of pairs) {
    if (pair.section === 'experts' || pair.part === 'experts' || pair.section === 'fee' || pair.section === 'documents')
      continue;
    const named = pair.label === 'name' && pair.part === role;
    const contact = pair.label === 'other' && CONTACT[role].test(pair.words);
    if (pair.label !== label && !named && !contact) continue;
    const name = readParty(pair.value);
    if (contact) {
      if (name !== null && isOrganisation(name))
        readings.push(found(name, `${pair.words}：${pair.value}`, `label:${role}Contact`, 0.8));
      continue;
    }
    if (
      name === null ||
      /^\d|联系人|^联系|老师$/.test(name) ||
      (pair.loose && !isOrganisation(name) && name.length > 30)
    )
      continue;
    const sure = (isOrganisation(name) ? 0.95 : 0.75) - (pair.part === 'supervision' && !named ? 0.02 : 0);
    readings.push(found(name, `${pair.words}：${pair.value}`, named ? `section:${role}` : `label:${role}`, sure));
  }
  readings.sort((a, b) => b.confidence - a.confidence);
  if (readings.length > 0) return readings;
  const prose = cells
    .slice(0, 60)
    .map(({ text }) => (/(?:公告|公示|通知书?)$/.test(text) ? `${text}\n` : text))
    .join('')
    .slice(0, 6000);
  for (const [sentence, group, word] of SENTENCES[role]) {
    if (!prose.includes(word)) continue;
    const m = sentence.exec(prose);
    const name = readParty(m?.[group] ?? '');
    if (m !== null && name !== null && isOrganisation(name)) return [found(name, m[0], 'sentence', 0.8)];
  }
  const inCells = (sentence: RegExp): string =>
    cells
      .slice(0, 20)
      .map(({ text }) => sentence.exec(text.slice(0, 400))?.[1] ?? '')
      .find((name) => isOrganisation(name)) ?? '';
  const own = role === 'agency' ? '' : inCells(SELLING) || inCells(INTENDING);
  if (own !== '') return [found(own, own, 'sentence', 0.75)];
  const held = inCells(HELD_FOR);
  if (held !== '' && AGENCY_NAME.test(held) === (role === 'agency')) return [found(held, held, 'sentence', 0.6)];
  // 某公司 某项目…公示: a firm in front of its own project, set apart by a blank.
  const before =
    role === 'purchaser'
      ? (/^(\S{4,40}?)\s/.exec(title)?.[1] ?? '')
      : (/^(.{4,40}?(?:公司|中心|事务所))(?:关于|受)/.exec(title)?.[1] ?? '');
  if (isOrganisation(before)) return [found(before, title, 'title', 0.6)];
  const signed = role === 'purchaser' ? signedBy(cells).find((name) => title.startsWith(name)) : undefined;
  return signed === undefined ? [] : [found(signed, signed, 'title-and-foot', 0.6)];
}

/** How far from the end an office signs, in cells. */
const FOOT = 6;

/** Offices that stand alone at a notice's foot: taken for its own only where its title begins with them too. */
function signedBy(cells: readonly Cell[]): string[] {
  return cells
    .slice(-FOOT)
    .flatMap(({ text }) => (isOrganisation(text) && !AGENCY_NAME.test(text) ? [text.trim()] : []));
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
