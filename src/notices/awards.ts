import type { AmountReading } from './amount.ts';
import type { Award } from './award.ts';
import { rankOf } from './grids.ts';
import type { Grid, GridRow } from './grids.ts';
import type { Label } from './label.ts';
import { lotHeading, lotOfCell, lotsIn } from './lots.ts';
import type { LotName } from './lots.ts';
import { amountOfPair, labelledAmount } from './money.ts';
import type { Cell, Pair } from './pairs.ts';
import { isConsortium, isOrganisation, readParties, readParty } from './parties.ts';
import { awardPriceInProse, awardsInProse } from './prose.ts';
import type { SectionKind } from './sections.ts';

/** Parts that print firms and prices which are no award. */
const ELSEWHERE = new Set<SectionKind>([
  'goods',
  'experts',
  'fee',
  'other',
  'contact',
  'purchaser',
  'agency',
  'supervision',
  'person',
  'qualification',
  'documents',
]);
const OTHERS = new Set<SectionKind>(['goods', 'experts', 'fee', 'other', 'supervision']);
const FAILED = /废标|流标|失败|无人|不足三家|不足3家/;

/**
 * Awards from tables, or where there are none from labels, or from sentences; the amount that the only one lacks is
 * taken from where it is said.
 */
export function readAwards(grids: readonly Grid[], pairs: readonly Pair[], cells: readonly Cell[]): Award[] {
  const stated = tabledOrLabelled(grids, pairs, cells);
  const told = stated.some(hasSupplier) ? [] : awardsInProse(cells, ELSEWHERE);
  const awards = priced(told.length > 0 ? told : stated, grids, cells);
  const failures = failuresIn(cells).filter(({ lot }) => !awards.some((award) => award.lot?.id === lot?.id));
  return [...awards, ...failures];
}

function tabledOrLabelled(grids: readonly Grid[], pairs: readonly Pair[], cells: readonly Cell[]): Award[] {
  const fromGrids = grids.flatMap(gridAwards);
  const fromPairs = pairAwards(pairs, cells);
  const won = fromGrids.filter(({ suppliers }) => suppliers.length > 0);
  if (won.length === 0) return fromPairs.some(hasSupplier) ? fromPairs : [...fromGrids, ...fromPairs];
  const [only] = won;
  if (won.length > 1 || only === undefined || only.amount !== null) return fromGrids;
  const amount = fromPairs.find((award) => award.amount !== null)?.amount ?? null;
  return fromGrids.map((award) => (award === only ? { ...award, amount } : award));
}

/** The only award with the amount that a column without a firm, or a sentence, gives. */
function priced(awards: Award[], grids: readonly Grid[], cells: readonly Cell[]): Award[] {
  const won = awards.filter(hasSupplier);
  const [only] = won;
  if (won.length !== 1 || only === undefined || awards.some(({ amount }) => amount !== null)) return awards;
  const amount = soleAmount(grids) ?? awardPriceInProse(cells, ELSEWHERE);
  return amount === null ? awards : awards.map((award) => (award === only ? { ...award, amount } : award));
}

/** 成交价（万元） in a table of one row that names no winner: who won stands beside it. */
function soleAmount(grids: readonly Grid[]): AmountReading | null {
  for (const grid of grids) {
    if (ELSEWHERE.has(grid.section) || OTHERS.has(grid.part)) continue;
    if (grid.labels.includes('supplier') || grid.labels.includes('rank')) continue;
    const amounts = grid.rows
      .map((row) => amountInRow(grid, row, ['award', 'dealPrice']))
      .filter((one) => one !== null);
    if (amounts.length === 1) return amounts[0]!;
  }
  return null;
}

const hasSupplier = ({ suppliers }: Award): boolean => suppliers.length > 0;

/** 废标说明：第二包有效供应商不足三家，本包废标。 */
function failuresIn(cells: readonly Cell[]): Award[] {
  return cells.flatMap(({ text, section }) => {
    if (section !== 'result' && section !== 'supplier' && section !== 'other') return [];
    if (text.length > 300 || !FAILED.test(text)) return [];
    return lotsIn(text).map((lot) => ({ lot, suppliers: [], amount: null, failed: true, words: text }));
  });
}

/** Who took part, of whom most have not won. */
const BIDDERS = /候选|^(?:投标|响应|报价|磋商|谈判|参选|竞标)/;
/** 入围供应商名称 says of itself that who stands below has won, whatever the other columns are. */
const AWARDED_HEADER = /^(?:中标|成交|入围|中选|签约)/;

function gridAwards(grid: Grid): Award[] {
  const supplier = grid.labels.indexOf('supplier');
  const column = supplier >= 0 ? supplier : grid.labels.indexOf('name');
  if (column < 0 || ELSEWHERE.has(grid.section)) return [];
  // An unnumbered heading reaches as far as the next one: a header that says who won ends it.
  if (OTHERS.has(grid.part) && !AWARDED_HEADER.test(grid.header[column] ?? '')) return [];
  if (BIDDERS.test(grid.header[column] ?? '') && !grid.labels.includes('award')) return [];
  if (
    !AWARDED_HEADER.test(grid.header[column] ?? '') &&
    !grid.labels.some(
      (label) =>
        label === 'award' || label === 'bid' || label === 'score' || label === 'sectionCode' || label === 'dealPrice',
    )
  )
    return [];
  const awards: Award[] = [];
  for (const row of grid.rows) {
    const rank = textIn(grid, row, 'rank');
    if (rank !== null && (rankOf(rank) ?? numberOf(rank) ?? 1) > 1) continue;
    const name = partyIn(row, column);
    const lot = lotOfRow(grid, row);
    const failed = name === null && row.cells.some((cell) => FAILED.test(cell));
    if (name === null && !failed) continue;
    awards.push({
      lot,
      suppliers: name === null ? [] : readParties(name),
      amount: failed ? null : amountInRow(grid, row),
      failed,
      words: row.cells.join(' | '),
    });
  }
  return awards;
}

/** The cell under a header; null where the row lost cells and the position says nothing. */
function textIn(grid: Grid, row: GridRow, label: Label): string | null {
  const column = grid.labels.indexOf(label);
  return column < 0 ? null : (row.cells[column] ?? null);
}

/** The firm under the supplier's header, or where cells were lost the row's only firm. */
function partyIn(row: GridRow, column: number): string | null {
  const cell = row.cells[column] ?? '';
  if (row.aligned || isOrganisation(cell.split(/[;；、]/)[0] ?? '')) return isParty(cell) ? cell : null;
  return row.cells.find((one) => isOrganisation(one)) ?? null;
}

/** A firm, an office, or a person's or shop's short name; never a figure or 本标段招标失败. */
function isParty(cell: string): boolean {
  const name = readParty(cell.split(/[;；]/)[0] ?? '');
  if (name === null || FAILED.test(cell)) return false;
  return isOrganisation(name) || isConsortium(cell) || /^[\p{Script=Han}·（）()A-Za-z\d]{2,40}$/u.test(name);
}

/** Lot named in the row's own columns, else in the heading above the table; a serial number is none. */
export function lotOfRow(grid: Grid, row: GridRow): LotName | null {
  const code = textIn(grid, row, 'sectionCode') ?? textIn(grid, row, 'lot');
  if (code !== null) {
    const lot = lotOfCell(code) ?? suffixLot(code);
    if (lot !== null) return lot;
  }
  const name = textIn(grid, row, 'lotName');
  return (name === null ? undefined : lotsIn(name)[0]) ?? grid.lot;
}

/** 洛直政采磋商(2026)0031号-1: the lot behind the project's code. */
function suffixLot(code: string): LotName | null {
  const m = /(?:\d{3}|号|\d)-(\d{1,2})$/.exec(code.trim());
  return m?.[1] === undefined ? null : { id: String(Number(m[1])), name: code.trim() };
}

const MONEY_COLUMNS: Label[] = ['award', 'dealPrice', 'bid', 'contractAmount'];

export function amountInRow(grid: Grid, row: GridRow, wanted: readonly Label[] = MONEY_COLUMNS): AmountReading | null {
  for (const label of wanted) {
    const column = grid.labels.indexOf(label);
    if (column < 0) continue;
    const header = grid.header[column] ?? '';
    const unitColumn = grid.header.findIndex((text) => /^(?:金额|价格|价款)?单位$/.test(text.replace(/\s/g, '')));
    const cell = row.cells[column] ?? '';
    const unit = unitColumn > column ? (row.cells[unitColumn] ?? '') : '';
    const amount = labelledAmount(header, /^(?:万元|元)$/.test(unit) && /^[\d,.]+$/.test(cell) ? cell + unit : cell);
    if (amount !== null || row.aligned) {
      if (amount !== null) return amount;
      continue;
    }
    // Cells were lost: the figure that stands at the header's place among the columns of figures.
    const figures = row.cells.map((text) => labelledAmount(header, text)).filter((one) => one !== null);
    const place = grid.labels.slice(0, column).filter((one) => one !== null && FIGURES.has(one)).length;
    if (figures[place] !== undefined) return figures[place];
  }
  return null;
}

const FIGURES = new Set<Label>(['award', 'bid', 'budget', 'ceiling', 'estimate', 'dealPrice', 'startPrice']);

function numberOf(text: string): number | null {
  return /^\d{1,2}$/.test(text.trim()) ? Number(text) : null;
}

/** Labels in reading order: a lot's heading, its firm, its amount. */
function pairAwards(pairs: readonly Pair[], cells: readonly Cell[]): Award[] {
  const awards: Award[] = [];
  const behind = new Map<number, Pair[]>();
  for (const pair of pairs) behind.set(pair.at, [...(behind.get(pair.at) ?? []), pair]);
  let lot: LotName | null = null;
  let open: Award | null = null;
  cells.forEach((cell, at) => {
    if (ELSEWHERE.has(cell.section) && cell.section !== 'contact') {
      open = null;
      return;
    }
    const heading = lotHeading(cell.text);
    if (heading !== null) {
      if (heading.id !== lot?.id) open = null;
      lot = heading;
    }
    for (const pair of behind.get(at) ?? []) {
      const names = isSupplier(pair) ? namesOf(pair) : [];
      if (names.length > 0) {
        const same = awards.find((award) => award.lot?.id === lot?.id && award.suppliers.join() === names.join());
        open = same ?? { lot, suppliers: names, amount: null, failed: false, words: `${pair.words}：${pair.value}` };
        if (same === undefined) awards.push(open);
      } else if (pair.label === 'award' || (pair.label === 'bid' && pair.section !== 'candidates')) {
        const amount = amountOfPair(pair, cells);
        if (amount === null) continue;
        if (open === null) {
          open = { lot, suppliers: [], amount, failed: false, words: `${pair.words}：${pair.value}` };
          awards.push(open);
        } else open.amount ??= amount;
      } else if (pair.label === 'failReason' && lot !== null && pair.value.length > 3 && !pair.loose) {
        awards.push({ lot, suppliers: [], amount: null, failed: true, words: pair.value });
      }
    }
  });
  return awards;
}

function isSupplier(pair: Pair): boolean {
  if (pair.part === 'other' || pair.section === 'experts') return false;
  if (pair.label === 'supplier')
    return !BIDDERS.test(pair.words) || pair.section === 'result' || pair.part === 'supplier';
  return pair.label === 'name' && pair.part === 'supplier';
}

function namesOf(pair: Pair): string[] {
  const names = readParties(pair.value).filter((name) => !FAILED.test(name));
  // A loose label in running text may be followed by anything: only a firm or a short name counts.
  return pair.loose
    ? names.filter((name) => isOrganisation(name) || name.length <= 12)
    : names.filter((name) => isParty(name));
}
