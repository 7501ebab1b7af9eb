import type { CandidateReading } from '../model/notice.ts';
import { amountInRow, lotOfRow } from './awards.ts';
import { rankOf } from './grids.ts';
import type { Grid } from './grids.ts';
import { lotHeading } from './lots.ts';
import { amountOfPair, labelledAmount } from './money.ts';
import type { Cell, Pair } from './pairs.ts';
import { isConsortium, isOrganisation, readParty } from './parties.ts';
import { rankedInProse } from './prose.ts';
import type { SectionKind } from './sections.ts';
import { readAmount } from './amount.ts';

/** Parts whose sentences rank nobody. */
const ELSEWHERE = new Set<SectionKind>(['goods', 'experts', 'fee', 'qualification', 'documents']);
/** How far behind a candidate's name its price is looked for, in cells. */
const REACH = 16;
/** Parts of a candidate notice that name the candidates again, with other figures. */
const AGAIN = /主要人员|业绩|资格能力|响应情况|项目管理机构|得分情况|信誉|证书|奖项|负责人|联系/;

/**
 * The ranked candidates, lot by lot. Price null where the page prints a rate, a unit price or nothing. Candidates
 * without a rank (定标候选人) are not read: none of them is the first.
 */
export function readCandidates(
  grids: readonly Grid[],
  pairs: readonly Pair[],
  cells: readonly Cell[],
): CandidateReading[] {
  const listed = fromGrids(grids);
  if (listed.length > 0) return listed;
  const crossed = fromCrossTable(cells);
  if (crossed.length > 0) return crossed;
  const streamed = fromCells(pairs, cells);
  if (streamed.length > 0) return streamed;
  const labelled = fromRankPairs(pairs, cells);
  return labelled.length > 0 ? labelled : rankedInProse(cells, ELSEWHERE).map((one) => ({ ...one, lot: null }));
}

function fromGrids(grids: readonly Grid[]): CandidateReading[] {
  const found: CandidateReading[] = [];
  for (const grid of grids) {
    const rankAt = grid.labels.indexOf('rank');
    const supplierAt = grid.labels.indexOf('supplier');
    const nameAt = supplierAt >= 0 ? supplierAt : grid.labels.indexOf('name');
    if (grid.part === 'other' || grid.section === 'experts') continue;
    const serialAt = rankAt >= 0 ? rankAt : serialOfCandidates(grid, nameAt);
    if (serialAt < 0) continue;
    let lastLot: string | null = null;
    for (const row of grid.rows) {
      const printed = row.cells[serialAt] ?? '';
      const rank = rankOf(printed) ?? (/^\d{1,2}$/.test(printed) ? Number(printed) : null);
      const cell = nameAt >= 0 ? (row.cells[nameAt] ?? '') : '';
      const name = readParty(
        isOrganisation(cell) || row.aligned ? cell : (row.cells.find((one) => isOrganisation(one)) ?? ''),
      );
      if (rank === null || name === null || /^\d/.test(name)) continue;
      const lot = lotOfRow(grid, row)?.id ?? null;
      lastLot = lot ?? lastLot;
      const price = amountInRow(grid, row, ['bid', 'award'])?.yuan ?? null;
      if (!found.some((one) => one.rank === rank && one.lot === lot)) found.push({ rank, name, price, lot });
    }
    if (found.length > 0 && lastLot === null) break;
  }
  return found;
}

/** 序号 counts as the rank only in a table of candidates. */
function serialOfCandidates(grid: Grid, nameAt: number): number {
  if (nameAt < 0 || !/候选/.test(grid.header[nameAt] ?? '')) return -1;
  return grid.header.findIndex((text) => /^序号$|顺序|次序/.test(text.replace(/\s/g, '')));
}

const RANK_WORDS =
  /^(?:\d{1,2}\s?[、.．]\s?)?[（(]?\s*(?:推荐(?:的|为)?\s?)?(?:第\s?[一二三四五六七八九十\d]{1,2}\s?(?:名|顺位|位)?|(?:排名|排序|名次)\s?[:：]?\s?(?:第\s?)?[一二三四五\d]|[一二三]等奖)?(?:推荐)?(?:中标|成交|中选|定标)?(?:候选(?:中标人|供应商|单位|人)|排序|中标人|供应商)?\s?(?:第\s?[\d一二三]\s?名|[\d一二三])?(?:单位名称|名称|单位)?\s*(?:为|是)?[)）]?\s*[：:.．、]?\s*/;

function fromCells(pairs: readonly Pair[], cells: readonly Cell[]): CandidateReading[] {
  const found: CandidateReading[] = [];
  const bids = new Map<number, Pair>();
  for (const pair of pairs)
    if (pair.label === 'bid' || pair.label === 'award') bids.set(pair.at, bids.get(pair.at) ?? pair);
  let lot: string | null = null;
  cells.forEach((cell, at) => {
    lot = lotHeading(cell.text)?.id ?? lot;
    const rank = rankOf(cell.text);
    if (rank === null || cell.section === 'experts' || AGAIN.test(cell.text.slice(0, 40))) return;
    if (found.some((one) => one.rank === rank && one.lot === lot)) return;
    const rest = cell.text.replace(RANK_WORDS, '');
    const inline = rest === '' ? null : partyBefore(rest);
    const nameAt = inline !== null && (isOrganisation(inline) || isConsortium(rest)) ? at : nextFilled(cells, at);
    const name = nameAt === at ? inline : nameIn(cells[nameAt ?? -1]);
    if (name === null || nameAt === null) return;
    found.push({ rank, name, price: priceBehind(cells, bids, nameAt, name), lot });
  });
  return found;
}

/** A name with its price or score behind it; a consortium's members are parted by the marks that elsewhere end a name. */
function partyBefore(words: string): string | null {
  const upToPrice =
    words.split(/[，,；;\s]{0,4}(?=(?:投标|磋商|响应|评标|最终)?(?:总?报价|总价|金额)|下浮|综合得分|得分)/)[0] ?? '';
  return isConsortium(upToPrice)
    ? readParty(upToPrice)
    : readParty(words.split(/[，,；;]|\s{2,}|\s(?=下浮|投标|报价|得分)/)[0] ?? '');
}

/** How far below the ranks their names and prices stand, in cells. */
const BELOW = 60;

/** 排序 | 第一名 | 第二名 over 单位名称 | A | B and 投标报价（元） | a | b: one column a candidate. */
function fromCrossTable(cells: readonly Cell[]): CandidateReading[] {
  for (let at = 0; at < cells.length; at++) {
    let count = 0;
    const numbered = cells[at - 1]?.label === 'rank';
    while (isRank(cells[at + count]?.text ?? '', count + 1, numbered)) count++;
    if (count < 2) continue;
    const names = rowUnder(
      cells,
      at + count,
      count,
      ({ label, text }) => label === 'supplier' || label === 'name' || /(?:名称|单位)$/.test(text),
    );
    const [first = ''] = names?.values ?? [];
    if (names === null || !(isOrganisation(first) || isConsortium(first))) continue;
    const prices = rowUnder(cells, at + count, count, ({ label }) => label === 'bid');
    return names.values.flatMap((cell, i) => {
      const name = readParty(cell);
      const price = prices === null ? null : (labelledAmount(prices.header, prices.values[i] ?? '')?.yuan ?? null);
      return name === null ? [] : [{ rank: i + 1, name, price, lot: null }];
    });
  }
  return [];
}

/** `numbered`: a label says that figures are ranks. */
function isRank(text: string, n: number, numbered: boolean): boolean {
  return text.length <= 12 && (rankOf(text) === n || (numbered && text === String(n)));
}

function rowUnder(
  cells: readonly Cell[],
  from: number,
  count: number,
  isHeader: (cell: Cell) => boolean,
): { header: string; values: string[] } | null {
  for (let at = from; at < Math.min(from + BELOW, cells.length - count); at++) {
    const cell = cells[at]!;
    if (!isHeader(cell) || /[:：]/.test(cell.text)) continue;
    return { header: cell.text, values: cells.slice(at + 1, at + 1 + count).map(({ text }) => text) };
  }
  return null;
}

/** The next cell, or the one behind a label for the name; never over an empty cell or another rank. */
function nextFilled(cells: readonly Cell[], at: number): number | null {
  for (let next = at + 1; next <= at + 2; next++) {
    const cell = cells[next];
    if (cell === undefined || cell.text === '' || rankOf(cell.text) !== null) return null;
    if (cell.label === null || /[:：]./.test(cell.text)) return next;
    // 第一中标候选人 ␤ 单位名称 ␤ 某公司
    if (cell.label !== 'name' && cell.label !== 'supplier') return null;
  }
  return null;
}

function nameIn(cell: Cell | undefined): string | null {
  if (cell === undefined) return null;
  const own = isConsortium(cell.text) ? cell.text : cell.text.replace(/^[^:：]{0,8}(?:名称|单位)[:：]/, '');
  const name = partyBefore(own.replace(/^[.．:：\s]+/, ''));
  return name !== null && (isOrganisation(name) || isConsortium(own)) ? name : null;
}

/** The price that stands with the name, behind the next label 投标报价, or as the next bare figure of a table. */
function priceBehind(
  cells: readonly Cell[],
  bids: ReadonlyMap<number, Pair>,
  from: number,
  name: string,
): number | null {
  const own = cells[from]!.text;
  const inline = own.slice(own.indexOf(name) + name.length);
  if (/报价|金额|价/.test(inline)) return inlinePrice(inline);
  for (let at = from + 1; at < cells.length && at <= from + REACH; at++) {
    const { text } = cells[at]!;
    if (rankOf(text) !== null || cells[at]!.section !== cells[from]!.section) return null;
    const bid = bids.get(at);
    if (bid !== undefined) return amountOfPair(bid, cells)?.yuan ?? null;
    if (cells[at]!.label === 'bid') return null;
    if (/^[￥¥]?\s?[\d,]+\.\d{2}\s?元?$/.test(text)) return readAmount(text)?.yuan ?? null;
    if (/下浮|费率|%/.test(text)) return null;
  }
  return null;
}

const PRICED =
  /((?:投标|最终|磋商|谈判|响应|评标)?总?(?:报价|价格?|金额)(?:[（(][^（）()]{1,12}[)）])?)\s*(?:为|是)?\s*[:：]?\s*([^，。；;]{1,40})/;

/** …，综合得分：95.2，投标报价（元）：1205000.00 */
function inlinePrice(words: string): number | null {
  const m = PRICED.exec(words);
  return m === null ? null : (labelledAmount(m[1] ?? '', (m[2] ?? '').replace(/(?:综合)?得分.*$/, ''))?.yuan ?? null);
}

/** 排序：1；中标候选人名称：甲公司；投标报价：120万元 */
function fromRankPairs(pairs: readonly Pair[], cells: readonly Cell[]): CandidateReading[] {
  const found: CandidateReading[] = [];
  let rank: number | null = null;
  let open: CandidateReading | null = null;
  for (const pair of pairs) {
    if (pair.section === 'experts' || pair.part === 'other') continue;
    const value = pair.value.replace(/[；;，,。].*$/, '');
    if (pair.label === 'rank') {
      rank = rankOf(value) ?? (/^\d{1,2}$/.test(value) ? Number(value) : null);
      open = null;
    } else if (rank !== null && open === null && (pair.label === 'supplier' || pair.label === 'name')) {
      const name = readParty(value);
      if (name === null || !isOrganisation(name)) continue;
      open = { rank, name, price: null, lot: null };
      if (!found.some((one) => one.rank === open?.rank)) found.push(open);
    } else if (open !== null && open.price === null && pair.label === 'bid')
      open.price = amountOfPair({ ...pair, value }, cells)?.yuan ?? null;
  }
  return found;
}
