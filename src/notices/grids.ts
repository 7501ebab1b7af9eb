import { labelOf } from './labels.ts';
import type { Label } from './label.ts';
import { lotHeading } from './lots.ts';
import type { LotName } from './lots.ts';
import type { Page } from './page.ts';
import type { Cell, Pair } from './pairs.ts';
import { isConsortium, isOrganisation } from './parties.ts';
import type { SectionKind } from './sections.ts';

/** A table with a header and rows, from markup or from a run of cells one below the other. */
export interface Grid {
  labels: (Label | null)[];
  /** The header as printed: it may name the unit. */
  header: string[];
  rows: GridRow[];
  section: SectionKind;
  part: SectionKind;
  /** Index of the header's first cell. */
  at: number;
  /** Lot of the heading above the table, inside its section. */
  lot: LotName | null;
}

export interface GridRow {
  cells: string[];
  /** As many cells as columns: a cell belongs to the header above it. Otherwise empty cells were lost. */
  aligned: boolean;
}

/** Columns that make a table worth reading; 名称 alone could be anything. */
const TELLING = new Set<Label>([
  'supplier',
  'award',
  'bid',
  'budget',
  'ceiling',
  'estimate',
  'sectionCode',
  'rank',
  'startPrice',
  'dealPrice',
  'parcelCode',
  'projectName',
  'purchaser',
  'correctionSubject',
  'correctionContent',
  'area',
  'location',
  'lotName',
]);

/**
 * Labels over their values: columns that say the same in every row, as in a table of one row. Columns of lots, goods
 * and winners have their own readers.
 */
export function pairsUnder(grids: readonly Grid[]): Pair[] {
  return grids.flatMap(({ labels, header, rows, section, part, at }) =>
    labels.flatMap((label, column) => {
      const value = rows[0]?.cells[column] ?? '';
      if (label === null || !OF_THE_WHOLE.has(label) || value === '' || labelOf(value) !== null) return [];
      if (!rows.every((row) => row.aligned && row.cells[column] === value)) return [];
      return [{ label, words: header[column]!, value, section, part, at, valueAt: at, loose: true }];
    }),
  );
}

const OF_THE_WHOLE = new Set<Label>([
  'projectName',
  'projectCode',
  'investmentCode',
  'sectionCode',
  'purchaser',
  'agency',
  'published',
  'opening',
  'deadline',
  'publicity',
  'publicityStart',
  'publicityEnd',
  'signed',
  'method',
  'funding',
  'region',
]);

export function gridsOf(page: Page, cells: readonly Cell[]): Grid[] {
  const marked = [...markedGrids(page, cells), ...turnedGrids(page, cells)];
  const grids = [...marked, ...stackedGrids(cells), ...stackedTurned(cells)].sort((a, b) => a.at - b.at);
  let at = 0;
  let lot: LotName | null = null;
  for (const grid of grids) {
    for (; at < grid.at; at++) {
      if (cells[at]!.heading?.level === 1) lot = null;
      lot = lotHeading(cells[at]!.text) ?? lot;
    }
    grid.lot = lot;
  }
  return grids;
}

/** Tables of the markup: a row of labels alone, and the rows below it. */
function markedGrids(page: Page, cells: readonly Cell[]): Grid[] {
  const grids: Grid[] = [];
  const firstCell = firstCells(cells);
  for (const table of page.tables) {
    let open: Grid | null = null;
    for (const [i, row] of table.rows.entries()) {
      const at = firstCell.get(table.line + i) ?? 0;
      const below = table.rows[i + 1];
      const spread =
        open !== null && open.rows.length === 0 && below?.length === open.header.length + row.length - 1
          ? spreadHeader(open.header, row)
          : null;
      if (open !== null && spread !== null) {
        open.header = spread.texts;
        open.labels = spread.labels;
      } else if (open !== null && open.rows.length === 0 && goesOn(open, row)) {
        const { header, labels } = open;
        open.header = row.map((cell, column) => joined(header[column] ?? '', cell));
        open.labels = row.map((cell, column) =>
          labelUnder(labels[column] ?? null, cell, joined(header[column] ?? '', cell)),
        );
      } else if (isHeader(row)) {
        const { section = 'head', part = 'head' } = cells[at] ?? {};
        open = { labels: row.map((cell) => labelOf(cell)), header: row, rows: [], section, part, at, lot: null };
        grids.push(open);
      } else if (open !== null && row.length > 1) {
        open.rows.push(rowUnderHeader(open, row));
      }
    }
  }
  return grids.filter((grid) => grid.rows.length > 0);
}

/** Remarks and the like, which a copy drops where they are empty. */
const MAY_BE_LOST = new Set<Label | null>(['other', null]);

/** A row keeps its columns where none is missing, or only remarks at its end. */
function rowUnderHeader({ header, labels }: Grid, row: string[]): GridRow {
  const short = header.length - row.length;
  const ends =
    short > 0 && short <= 2 && row.length >= 2 && labels.slice(row.length).every((label) => MAY_BE_LOST.has(label));
  return ends && REMARKS.test(header.at(-1) ?? '')
    ? { cells: [...row, ...header.slice(row.length).map(() => '')], aligned: true }
    : { cells: row, aligned: short === 0 };
}

const REMARKS = /^(?:备\s?注|说明|附件|其他(?:说明|事项)?)/;

/** Index of each line's first cell. */
function firstCells(cells: readonly Cell[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  cells.forEach((cell, i) => {
    if (!first.has(cell.line)) first.set(cell.line, i);
  });
  return first;
}

/** Tables turned on their side: labels in the first column, a candidate or a lot in each of the others. */
function turnedGrids(page: Page, cells: readonly Cell[]): Grid[] {
  const grids: Grid[] = [];
  const firstCell = firstCells(cells);
  for (const { rows, line } of page.tables) {
    for (let i = 0; i < rows.length; i++) {
      let end = i;
      while (end < rows.length && isTurned(rows[end]!, rows[i]!.length)) end++;
      const turned = rows.slice(i, end);
      if (turned.length < 2 || !turned.some(namesFirms)) continue;
      const at = firstCell.get(line + i) ?? 0;
      const { section = 'head', part = 'head' } = cells[at] ?? {};
      grids.push({
        labels: turned.map(([label = '', ...values]) =>
          values.every((value) => rankOf(value) !== null) ? 'rank' : labelOf(label),
        ),
        header: turned.map(([label = '']) => label),
        rows: turned[0]!.slice(1).map((_, column) => ({ cells: turned.map((row) => row[column + 1]!), aligned: true })),
        section,
        part,
        at,
        lot: null,
      });
      i = end - 1;
    }
  }
  return grids;
}

/** A label and at least two values. */
function isTurned(row: readonly string[], width: number): boolean {
  const [label = '', ...values] = row;
  return (
    row.length === width &&
    values.length >= 2 &&
    (labelOf(label) !== null || (label === '' && values.every((value) => rankOf(value) !== null))) &&
    values.every((value) => value !== '' && labelOf(value) === null)
  );
}

/** The same of a copied page: a label, as many values as there are candidates or lots, the next label, as many again. */
function stackedTurned(cells: readonly Cell[]): Grid[] {
  const grids: Grid[] = [];
  for (let i = 0; i < cells.length; i++) {
    const width = valuesBehind(cells, i);
    if (width < 2) continue;
    const rows: string[][] = [];
    let at = i;
    while (valuesBehind(cells, at) === width) {
      rows.push(cells.slice(at, at + width + 1).map(({ text }) => text));
      at += width + 1;
    }
    if (rows.length < 2 || !rows.some(namesFirms)) continue;
    const { section, part } = cells[i]!;
    grids.push({
      labels: rows.map(([label = '', ...values]) =>
        values.every((value) => rankOf(value) !== null) ? 'rank' : labelOf(label),
      ),
      header: rows.map(([label = '']) => label),
      rows: Array.from({ length: width }, (_, column) => ({
        cells: rows.map((row) => row[column + 1]!),
        aligned: true,
      })),
      section,
      part,
      at: i,
      lot: null,
    });
    i = at - 1;
  }
  return grids;
}

/** Most candidates or lots side by side. */
const MOST_ABREAST = 10;

/** How many cells behind a label without a colon are no labels, up to the next label or the page's end. */
function valuesBehind(cells: readonly Cell[], at: number): number {
  const label = cells[at];
  if (label === undefined || label.table !== null || label.label === null || /[:：]/.test(label.text)) return 0;
  for (let next = at + 1; next <= at + MOST_ABREAST + 1; next++) {
    const cell = cells[next];
    if (cell === undefined || cell.table !== null || cell.label !== null || cell.heading !== null) return next - at - 1;
    if (cell.text === '') return 0;
  }
  return 0;
}

function namesFirms([label = '', ...values]: readonly string[]): boolean {
  const known = labelOf(label);
  return (
    (known === 'supplier' || known === 'name') && values.every((value) => isOrganisation(value) || isConsortium(value))
  );
}

/** The second line of a header: cells that a header above still holds, and words of headers under what spans them. */
function goesOn(grid: Grid, row: readonly string[]): boolean {
  if (row.length !== grid.header.length) return false;
  const held = row.filter((cell, column) => cell !== '' && cell === grid.header[column]).length;
  return held > 0 && held < row.length && row.every((cell) => cell !== '' && isHeaderLike(cell));
}

/** 投标报价 over 金额（万元） is one header. */
function joined(above: string, below: string): string {
  return above === below || above === '' ? below : above + below;
}

function labelUnder(above: Label | null, below: string, whole: string): Label | null {
  return labelOf(whole) ?? labelOf(below) ?? above;
}

function isHeader(row: readonly string[]): boolean {
  const filled = row.filter((cell) => cell !== '');
  if (filled.length < 2) return false;
  const telling = filled.filter((cell) => {
    const label = labelOf(cell);
    return label !== null && TELLING.has(label);
  });
  if (telling.length < 2 && !(telling.length === 1 && filled.length >= 3)) return false;
  // A row of a form has its values beside its labels.
  return (
    filled.every((cell) => isHeaderLike(cell)) &&
    filled.filter((cell) => labelOf(cell) !== null).length * 2 >= filled.length
  );
}

function isHeaderLike(cell: string): boolean {
  if (labelOf(cell) !== null) return true;
  return cell.length <= 30 && !/\d{2}|[。；;：:]|^\d/.test(cell) && !isOrganisation(cell);
}

/** Longest header met has 14 columns. */
const MOST_COLUMNS = 18;
const MOST_ROWS = 200;

/** A copied page shows a table as its cells one below the other: a run of labels, then the rows. */
function stackedGrids(cells: readonly Cell[]): Grid[] {
  const grids: Grid[] = [];
  for (let i = 0; i < cells.length; i++) {
    if (!startsHeader(cells, i)) continue;
    const flat = headerFrom(cells, i);
    if (flat === null) continue;
    const header = twoLevels(cells, flat);
    const { rows, end } = rowsBelow(cells, header);
    if (rows.length > 0) {
      const { section, part } = cells[i]!;
      grids.push({
        labels: header.labels ?? header.texts.map((text) => labelOf(text)),
        header: header.texts,
        rows,
        section,
        part,
        at: i,
        lot: null,
      });
      i = Math.max(i, end - 1);
    }
  }
  return grids;
}

/** How many words from the first on can only stand below a header that spans them; a single one is a value. */
function lowerWords(texts: readonly string[]): number {
  const end = texts.findIndex((text) => !SPANS.some(([, below]) => below.test(text)));
  const count = end < 0 ? texts.length : end;
  return count >= 2 ? count : 0;
}

interface StackedHeader {
  texts: string[];
  /** First cell behind the header. */
  end: number;
  /** Where the header has two levels, whose lower words mean something only below the upper ones. */
  labels?: (Label | null)[];
}

/** Most columns that one header spans. */
const MOST_SPANNED = 4;
/** What spans columns, and the words that stand below it: prices in words and figures, the particulars of a person. */
const SPANS: readonly (readonly [spanning: RegExp, below: RegExp])[] = [
  [
    /报价|限价|金额|总价|控制价|[中投]标价|成交价/,
    /^(?:大写|小写|含税|不含税|未税|金额|总价|总报价|单价|费率|下浮|折扣|数值|人民币|[（(]?万?元|报价|设计费|施工费|勘察费|建安)/,
  ],
  [/得分|评分|评审|打分/, /^(?:商务|技术|价格|报价|综合|资信|信用|总分|小计)/],
  [/经理|负责人|总监|拟任|拟派|人员|建造师/, /^(?:姓名|名称|证书|证号|编号|注册|职称|等级|级别|专业|资格|执业|身份证)/],
  [/候选人|投标人|供应商|单位/, /^(?:名称|单位|企业|资质|信用|地址|等级)/],
];

/**
 * A header whose cells are one more than its rows have: one spans some of the columns, and the last words stand below
 * it (投标报价 over 大写 and 小写). The rows tell how wide they are where each begins unmistakably.
 */
function twoLevels(cells: readonly Cell[], header: StackedHeader): StackedHeader {
  const { texts } = header;
  if (widthOfRows(cells, header) !== texts.length - 1) return header;
  for (let below = Math.min(MOST_SPANNED, texts.length - 2); below >= 2; below--) {
    const spread = spreadHeader(texts.slice(0, -below), texts.slice(-below));
    if (spread !== null) return { ...spread, end: header.end };
  }
  return header;
}

/** The columns of a header and the words below one of its cells; null where it spans none of them. */
function spreadHeader(
  upper: readonly string[],
  lower: readonly string[],
): Pick<Required<StackedHeader>, 'texts' | 'labels'> | null {
  for (const [spanning, below] of SPANS) {
    if (!lower.every((text) => below.test(text))) continue;
    const at = upper.findLastIndex((text) => spanning.test(text));
    if (at < 0) continue;
    const over = upper[at]!;
    const label = labelOf(over);
    return {
      texts: [...upper.slice(0, at), ...lower.map((text) => over + text), ...upper.slice(at + 1)],
      labels: [
        ...upper.slice(0, at).map((text) => labelOf(text)),
        ...lower.map((text) => labelUnder(label, text, over + text)),
        ...upper.slice(at + 1).map((text) => labelOf(text)),
      ],
    };
  }
  return null;
}

/** Cells from where the first row begins to where the second does, or the table ends; null where neither is to be seen. */
function widthOfRows(cells: readonly Cell[], { texts, end }: StackedHeader): number | null {
  const starts = firstColumn(texts[0] ?? '');
  const first = cells[end];
  if (first === undefined || (starts !== null && !starts(first.text, 1))) return null;
  for (let at = end + 1; at <= end + MOST_COLUMNS; at++) {
    const cell = cells[at];
    if (cell === undefined || ends(cell) || cell.heading !== null || cell.label !== null) return at - end;
    if (starts !== null && at > end + 1 && starts(cell.text, 2) && shapeOf(cell.text) === shapeOf(first.text))
      return at - end;
  }
  return null;
}

/** 第一包 and 第二包 are of one shape, 第一包 and 2298元 are not. */
function shapeOf(text: string): string {
  return text.replace(/\d{4,}/g, 'M').replace(/[\d一二三四五六七八九十]+/g, 'N');
}

function startsHeader(cells: readonly Cell[], i: number): boolean {
  const cell = cells[i]!;
  if (cell.table !== null || cell.label === null || /[:：]/.test(cell.text)) return false;
  const next = cells[i + 1];
  return (
    next !== undefined &&
    next.table === null &&
    next.text !== '' &&
    !/[:：]$/.test(next.text) &&
    isHeaderLike(next.text)
  );
}

function headerFrom(cells: readonly Cell[], from: number): StackedHeader | null {
  const texts: string[] = [];
  let end = from;
  let lastKnown = 0;
  let telling = 0;
  while (end < cells.length && texts.length < MOST_COLUMNS) {
    const { text, table, label } = cells[end]!;
    if (table !== null || text === '' || !isHeaderLike(text) || rankOf(text) !== null || /[:：].+/.test(text)) break;
    if (/^[（(](?:万?元|%|㎡|人民币)[)）]?$/.test(text) && texts.length > 0) {
      texts[texts.length - 1] += text;
      end++;
      continue;
    }
    if (label !== null && TELLING.has(label)) telling++;
    texts.push(text);
    end++;
    if (label !== null) lastKnown = texts.length;
  }
  const known = texts.slice(0, lastKnown).filter((text) => labelOf(text) !== null).length;
  // A form alternates labels and values; a header begins with two labels and has few words that no form knows.
  const header = labelOf(texts[1] ?? '') !== null && known * 3 >= lastKnown * 2;
  if (!header || !(telling >= 2 || (telling === 1 && lastKnown >= 3))) return null;
  const typed = firstColumn(texts[0] ?? '');
  const behind = cells[end];
  // Unknown words behind the last label are columns only where the first column's kind says that the rows begin here.
  if (typed !== null && behind !== undefined && typed(behind.text, 1)) return { texts, end };
  lastKnown += lowerWords(texts.slice(lastKnown));
  const cut = texts.length - lastKnown;
  return { texts: texts.slice(0, lastKnown), end: end - cut };
}

type StartsRow = (text: string, n: number) => boolean;

/** How a row of this first column begins; null: anyhow. */
function firstColumn(header: string): StartsRow | null {
  const label = labelOf(header);
  if (/^序号$/.test(header.replace(/\s/g, '')))
    return (text, n) =>
      (Number(text) === n && /^\d{1,3}$/.test(text)) || (text.length <= 8 && lotHeading(text)?.id === String(n));
  if (label === 'rank') return (text, n) => rankOf(text) === n || text === String(n);
  if (label === 'sectionCode' || label === 'lot')
    return (text) => /\d|第?[一二三四五六七八九十]{1,2}(?:包|标段|标项)|^[A-Z]$/.test(text) && text.length <= 60;
  return null;
}

function rowsBelow(cells: readonly Cell[], header: StackedHeader): { rows: GridRow[]; end: number } {
  const width = header.texts.length;
  const starts = firstColumn(header.texts[0] ?? '');
  const rows: GridRow[] = [];
  let at = header.end;
  while (at < cells.length && rows.length < MOST_ROWS) {
    const first = cells[at]!;
    if (ends(first) || (starts === null && lotHeading(first.text) !== null)) break;
    if (starts !== null && !starts(first.text, rows.length + 1)) break;
    const row: string[] = [];
    while (at < cells.length && row.length < width) {
      const cell = cells[at]!;
      if (
        row.length > 0 &&
        (ends(cell) ||
          (starts !== null &&
            row.length >= 2 &&
            isNextStart(starts, cell.text, rows.length + 2, header.texts[0] ?? '')))
      )
        break;
      row.push(cell.text);
      at++;
    }
    if (row.some((text) => text !== '')) rows.push({ cells: row, aligned: row.length === width });
    if (starts === null && row.length < width) break;
    // Cells left over belong to no column that is known: the next row begins where its first column does.
    if (starts !== null) {
      let skip = at;
      while (skip < cells.length && skip < at + 6 && !ends(cells[skip]!) && !starts(cells[skip]!.text, rows.length + 1))
        skip++;
      if (
        skip < cells.length &&
        !ends(cells[skip]!) &&
        starts(cells[skip]!.text, rows.length + 1) &&
        labelOf(header.texts[0] ?? '') === 'rank'
      )
        at = skip;
    }
  }
  return { rows, end: at };
}

/** Ranks are unmistakable; numbers and lots may also stand inside a row. */
function isNextStart(starts: StartsRow, text: string, n: number, header: string): boolean {
  return labelOf(header) === 'rank' && rankOf(text) !== null && starts(text, n);
}

function ends(cell: Cell): boolean {
  if (cell.table !== null) return true;
  if (cell.heading?.level === 1) return true;
  return cell.label !== null && cell.label !== 'bid' && /[:：]/.test(cell.text);
}

const RANKS = '一二三四五六七八九十';
const RANK =
  /^(?:\d{1,2}\s?[、.．]\s?)?[（(]?\s*(?:推荐(?:的|为)?\s?)?(?:第\s?([一二三四五六七八九十\d]{1,2})\s?(?:名|中标|成交|中选|定标|候选|推荐|顺位|位|$)|(?:中标|成交|中选|定标)?候选(?:人|供应商|单位|中标人)\s?(?:第\s?)?([一二三四五\d])(?!\d)|([一二三])等奖|(?:排名|排序|名次)\s?[:：]?\s?(?:第\s?)?([一二三四五\d])(?!\d))/;

/** The rank that a cell begins with: 第一名, 推荐第一, 第二中标候选人, 中标候选人3单位名称, 排名1. Null: none. */
export function rankOf(text: string): number | null {
  const m = RANK.exec(text);
  const word = m?.[1] ?? m?.[2] ?? m?.[3] ?? m?.[4];
  if (word === undefined) return null;
  const n = /\d/.test(word) ? Number(word) : RANKS.indexOf(word) + 1;
  return n >= 1 && n <= 20 ? n : null;
}
