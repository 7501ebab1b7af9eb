import { mendDates } from './dates.ts';
import { labelOf } from './labels.ts';
import { reflow } from './reflow.ts';
import { tidy } from './text.ts';

/** A page as lines and tables: what every reader works on, whether it came as text or as HTML. */
export interface Page {
  lines: Line[];
  /** Tables with their rows of cells, spans spread out. */
  tables: Table[];
  /** `<title>` of an HTML page, or null. */
  title: string | null;
}

interface Line {
  /** Cells joined by ` | ` for a row of a table. */
  text: string;
  /** One for a line of running text. */
  cells: string[];
  /** Index in `tables`; null for running text. */
  table: number | null;
}

interface Table {
  rows: string[][];
  /** Line of its first row. */
  line: number;
}

/** Longer input is cut: no notice is, and a hostile page must not hold the crawl up. */
export const MAX_PAGE_CHARACTERS = 5_000_000;
/** The longest page met has 3,000 cells; from here on a page is read no further. */
const MAX_CELLS = 50_000;

/** GUIDs that templates print between paragraphs, and lines of marks alone. */
const JUNK_LINE = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[|｜?？_—=*·\s-]{0,80})$/i;
const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Stands for the tabs between the cells of a copied table; no page prints it. */
const COLUMN_MARK = '\ue000';
const MARKDOWN_ROW = /^\|.*\|.*\|\s*$/;
const MARKDOWN_RULE = /^\|[\s:|-]+\|\s*$/;

/** Text of a page, as copied from a browser or as a site's list of cells, → lines and tables. */
export function pageOfText(raw: string): Page {
  const lines = raw
    .slice(0, MAX_PAGE_CHARACTERS)
    .replace(/\r\n?/g, '\n')
    .replace(/(?<=\S)\t+(?=[^\s])/g, COLUMN_MARK);
  const text = mendDates(tidy(lines).replace(/\n[ \n]*\n/g, '\n'));
  const builder = new PageBuilder();
  const rows = rowLines(text);
  if (isPiped(text, rows)) addPiped(builder, text);
  else addLines(builder, text, rows);
  return builder.page(null);
}

/** Collects lines and rows; junk is dropped here for both kinds of input. */
export class PageBuilder {
  readonly #lines: Line[] = [];
  readonly #tables: Table[] = [];
  #rows: Table | null = null;
  #cells = 0;

  /** `mend`: joined to the line before where markup tore the two apart. */
  line(text: string, mend = false): void {
    this.#rows = null;
    if (this.isFull()) return;
    const clean = cleanCell(text);
    const last = this.#lines.at(-1);
    if (mend && last?.table === null && belongsTogether(last.text, clean) && clean !== '') {
      const joined = mendDates(last.text + clean);
      this.#lines[this.#lines.length - 1] = { text: joined, cells: [joined], table: null };
    } else if (clean !== '' && !JUNK_LINE.test(clean)) this.#lines.push({ text: clean, cells: [clean], table: null });
  }

  startTable(): void {
    this.#rows = { rows: [], line: this.#lines.length };
    this.#tables.push(this.#rows);
  }

  /** `null`: a column that the cell before it spans; it keeps the columns in step and is no cell of its own. */
  row(columns: (string | null)[]): void {
    if (this.isFull(columns.length)) return;
    const clean = columns.map((cell) => (cell === null ? null : cleanCell(cell)));
    const cells = clean.filter((cell) => cell !== null);
    if (cells.every((cell) => cell === '')) return;
    if (this.#rows === null) this.startTable();
    this.#rows!.rows.push(clean.map((cell) => cell ?? ''));
    this.#lines.push({ text: cells.join(' | ').replaceAll('\n', ' '), cells, table: this.#tables.length - 1 });
  }

  /** An empty cell in a stream of cells whose rows are unknown. */
  emptyCell(): void {
    if (!this.isFull()) this.#lines.push({ text: '', cells: [''], table: null });
  }

  /** Counts what is about to be added. */
  isFull(adding = 1): boolean {
    this.#cells += adding;
    return this.#cells > MAX_CELLS;
  }

  page(title: string | null): Page {
    return { lines: this.#lines, tables: this.#tables, title };
  }
}

/** 招 标 人： is 招标人：; 某公司 招 标 人： keeps the blank that parts it from the name before. */
const SPACED_LABEL = /(?<!\p{Script=Han})\p{Script=Han}(?: {1,4}\p{Script=Han}){1,9}(?= ?[:：])/gu;

/** Where an electronic seal is to be stamped: &&&招标人盖章位置2&&& */
const SEAL = /&&&[^&\n]{0,40}&&&/g;

function cleanCell(text: string): string {
  let clean = (text.includes('&&&') ? text.replace(SEAL, '') : text)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
  if (/ .{0,3}[:：]/.test(clean)) clean = clean.replace(SPACED_LABEL, (label) => label.replaceAll(' ', ''));
  return clean.includes('-') ? clean.replace(GUID, '').trim() : clean;
}

/**
 * Cells of a line that could be a whole row, as some copies print a table: 序号 | 供应商名称 | 金额, or with a bar
 * behind the last one. 招标控制价 | alone is a cell with its mark.
 */
function cellsOfRow(line: string): string[] {
  if (!line.includes('|')) return [];
  const cells = line.split('|');
  if (cells.at(-1)!.trim() !== '') return cells[0]!.trim() === '' ? [] : cells;
  const closed = cells.slice(0, -1);
  return closed.filter((cell) => cell.trim() !== '').length >= LEAST_COLUMNS ? closed : [];
}

/**
 * Lines that are each a whole row of cells set apart by bars: one below the other, of as many cells. Empty where most
 * bars stand otherwise: there cells go over several lines, and where a row ends is not to be seen.
 */
function rowLines(text: string): ReadonlySet<string> {
  const lines = text.split('\n');
  const cells = lines.map((line) => (MARKDOWN_ROW.test(line) ? 0 : cellsOfRow(line).length));
  const whole = lines.filter((_, i) => cells[i]! > 1 && (cells[i] === cells[i - 1] || cells[i] === cells[i + 1]));
  const barred = lines.filter((line) => line.includes('|') && !MARKDOWN_ROW.test(line)).length;
  return whole.length * 2 > barred ? new Set(whole) : NO_LINES;
}

const NO_LINES: ReadonlySet<string> = new Set();

/** Six bars outside rows: a page whose cells are set apart by bars, rather than text with a bar in it. */
function isPiped(text: string, rows: ReadonlySet<string>): boolean {
  let bars = 0;
  for (const line of text.split('\n'))
    if (line.includes('|') && !rows.has(line) && !MARKDOWN_ROW.test(line)) bars += line.split('|').length - 1;
  return bars >= 6;
}

/**
 * Cells set apart by bars, the row's end unknown: every cell becomes a line, an empty one too, because an empty value
 * behind a label must not take the next label for its value.
 */
function addPiped(builder: PageBuilder, text: string): void {
  for (const raw of text.split('|')) {
    const lines = raw
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) builder.emptyCell();
    else for (const line of cellLines(lines)) builder.line(line);
  }
}

/**
 * Lines of one cell: 建设单位␤（或招标人） and 招标␤方式 are one text torn by the cell's width; a cell whose lines carry
 * labels of their own (联系人：…␤电话：…) is several.
 */
export function cellLines(lines: string[]): string[] {
  if (lines.length === 1) return lines;
  const labelled = lines.some((line) => labelOf(line.split(/[:：]/, 1)[0] ?? '') !== null && /[:：]/.test(line));
  return labelled ? mendLines(lines) : [lines.join('')];
}

/** Blanks that set the columns of a copied table apart. */
const GAPS = [/ {2,}/, / +/];
const LEAST_COLUMNS = 3;
/** No row of a copied table is longer. */
const LONGEST_ROW = 400;

/** 供应商名称  地址  中标金额: a line of labels alone, and the lines below it of as many words, are a table's rows. */
function markColumns(lines: readonly string[]): string[] {
  let gap: RegExp | undefined;
  let width = 0;
  return lines.map((line, i) => {
    if (gap === undefined || columnsIn(line, gap).length !== width) {
      gap = GAPS.find((one) => headsColumns(columnsIn(line, one), columnsIn(lines[i + 1] ?? '', one)));
      width = gap === undefined ? 0 : columnsIn(line, gap).length;
    }
    return gap === undefined ? line : columnsIn(line, gap).join(COLUMN_MARK);
  });
}

function columnsIn(line: string, gap: RegExp): string[] {
  return line.length <= LONGEST_ROW && line.includes(' ') ? line.trim().split(gap) : [];
}

function headsColumns(header: readonly string[], below: readonly string[]): boolean {
  return (
    header.length >= LEAST_COLUMNS &&
    header.length === below.length &&
    header.every((words) => labelOf(words) !== null && !/[:：]/.test(words)) &&
    below.every((words) => labelOf(words) === null)
  );
}

/** Running text; markdown rows and lines of cells become a table's. */
function addLines(builder: PageBuilder, text: string, rows: ReadonlySet<string>): void {
  const isRow = (line: string): boolean => rows.size > 0 && line.includes('|');
  for (const line of mendLines(markColumns(text.split('\n')), isRow)) {
    if (MARKDOWN_ROW.test(line)) {
      const cells = line.slice(1, line.lastIndexOf('|')).split('|');
      // Beside rows without a bar in front the bar stands behind an empty first cell.
      builder.row(rows.size > 0 ? ['', ...cells] : cells);
    } else if (isRow(line)) builder.row(cellsOfRow(line).length > 0 ? cellsOfRow(line) : line.split('|'));
    else if (line.includes(COLUMN_MARK)) builder.row(line.split(COLUMN_MARK));
    else for (const part of reflow(line)) builder.line(part);
  }
}

/** Joins what spans tore apart: a bracket, a colon or a full stop on its own line, 地␤址：, 项目␤--灯光工程. */
function mendLines(lines: string[], isRow: (line: string) => boolean = () => false): string[] {
  const mended: string[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '' || MARKDOWN_RULE.test(line)) continue;
    const last = mended.at(-1);
    const torn = last !== undefined && belongsTogether(last, line);
    if (torn && !MARKDOWN_ROW.test(line) && !MARKDOWN_ROW.test(last) && !isRow(line) && !isRow(last)) {
      mended[mended.length - 1] = last + line;
    } else mended.push(line);
  }
  return mended;
}

const OPENS_ALONE = /[（(【[“《、，,]$|^.{0,3}[（(]$/;
const SINGLE_HAN = /^[\p{Script=Han}]$/u;
const CONTINUES = /^(?:[。；;，,、）)】\]：:％%”》]|--?\s?\S|-$|[.．](?:\s|$))/u;

function belongsTogether(last: string, line: string): boolean {
  if (last.length > 400) return false;
  if (CONTINUES.test(line)) return true;
  if (OPENS_ALONE.test(last)) return true;
  // 地␤址：  时␤间：  联␤系␤人：
  if (SINGLE_HAN.test(last) && /^[\p{Script=Han}]{1,2}(?:[:：]|$)/u.test(line)) return true;
  // 1␤.␤项目编号： and a dash that ends a torn name
  return /^\d{1,2}[.．]$/.test(last) || (/\S-$/.test(last) && !/^[^:：]{2,12}[:：]/.test(line));
}
