import { labelOf, withoutNumbering } from './labels.ts';
import type { Label } from './label.ts';
import { lotHeading } from './lots.ts';
import { cellLines } from './page.ts';
import type { Page } from './page.ts';
import { headingOf, numberOf } from './sections.ts';
import type { Heading, SectionKind } from './sections.ts';

/** A cell of the page in reading order, with the part of the notice it stands in. */
export interface Cell {
  text: string;
  /** Line of the page. */
  line: number;
  /** Table of the page, or null. */
  table: number | null;
  /** Last cell of its row. */
  rowEnd: boolean;
  /** Part of the notice: that of the numbered section, and the nearer one of an unnumbered heading inside it. */
  section: SectionKind;
  part: SectionKind;
  /** The heading that the cell is. */
  heading: Heading | null;
  /** The label this cell is (alone, or before its colon). */
  label: Label | null;
}

/** A label and the words behind it. */
export interface Pair {
  label: Label;
  /** As printed. */
  words: string;
  value: string;
  section: SectionKind;
  part: SectionKind;
  /** Index of the label's cell, and of the cell the value stands in. */
  at: number;
  valueAt: number;
  /** The label stood alone and its value in the next cell, without a colon: less sure in running text. */
  loose: boolean;
}

/** Words before a colon that could be a label, at the beginning of a cell. */
const LEADING = /^([^:：]{1,40}?)\s*[:：]\s*(?!\/\/)/;
/** Further labels inside a line: 标的名称：… 交易价格：… */
const INSIDE = /(?:^|[\s，,；;。、（(|])([^\s:：，,；;。、|（(]{2,20}(?:[（(][^（）()]{1,12}[)）])?)\s*[:：](?!\/\/)/g;
/** A paragraph longer than this is prose; labels inside it are looked for in its first part. */
const SCANNED = 1200;

/** The page's cells in reading order; a cell of several lines becomes several. */
export function cellsOf(page: Page): Cell[] {
  const cells: Cell[] = [];
  let section: SectionKind = 'head';
  let part: SectionKind = 'head';
  /** Number of the heading that opened the part: 5、专家名单 ends where 6、 begins. */
  let opened: ReturnType<typeof numberOf> = null;
  page.lines.forEach((line, index) => {
    const single = line.cells.length === 1;
    line.cells.forEach((raw, column) => {
      for (const text of raw.includes('\n') ? cellLines(raw.split('\n')) : [raw]) {
        const heading = headingOf(text);
        const number = numberOf(text);
        if (heading !== null && (single || (heading.level === 1 && column === 0))) {
          part = heading.kind;
          opened = number;
          if (heading.level === 1) section = heading.kind;
        } else if (opened !== null && number?.mark === opened.mark && number.n === opened.n + 1) {
          part = section;
          opened = null;
        }
        const leading = LEADING.exec(text);
        cells.push({
          text,
          line: index,
          table: line.table,
          rowEnd: column === line.cells.length - 1,
          section,
          part,
          heading,
          label: labelOf(leading?.[1] ?? text),
        });
      }
    });
  });
  return cells;
}

/** No value is longer: what is read of a longer one stands at its beginning. */
const LONGEST_VALUE = 1000;

/** Every label with a value, in reading order. */
export function pairsOf(cells: readonly Cell[]): Pair[] {
  const pairs: Pair[] = [];
  cells.forEach((cell, at) => {
    const { section, part } = cell;
    const leading = LEADING.exec(cell.text);
    if (leading === null) {
      if (cell.label === null) {
        pairs.push(...pairsInside(cell, at));
        return;
      }
      const next = valueBehind(cells, at, false);
      if (next !== null)
        pairs.push({
          label: cell.label,
          words: cell.text,
          value: next,
          section,
          part,
          at,
          valueAt: at + 1,
          loose: true,
        });
      return;
    }
    const segments = segmentsBehindLot(cell, leading);
    for (const { label, words, value, last } of segments) {
      const below = value === '' && last;
      const whole = below ? valueBehind(cells, at, true) : value;
      if (whole !== null && whole !== '') {
        pairs.push({ label, words, value: whole, section, part, at, valueAt: below ? at + 1 : at, loose: false });
      }
    }
  });
  return pairs;
}

/** 项目编号 YNZC2026-G1: a label, blanks and its value. */
const BLANK_BETWEEN = /^(\S{3,20}) {1,8}(\S.*)$/;
/** Labels of one word could as well be the beginning of a sentence. */
const NEVER_BLANK = new Set<Label>(['name', 'when', 'lot', 'rank', 'other', 'unit', 'method', 'headerCode']);

/** Labels inside a line that begins with none: 某公司受某局委托，对某项目（项目编号：X）进行… */
function pairsInside(cell: Cell, at: number): Pair[] {
  const { text, section, part } = cell;
  const blank = text.length <= 300 ? BLANK_BETWEEN.exec(text) : null;
  const label = blank === null || /[:：]/.test(blank[1] ?? '') ? null : labelOf(withoutNumbering(blank[1] ?? ''));
  if (blank !== null && label !== null && !NEVER_BLANK.has(label) && labelOf(blank[2] ?? '') === null)
    return [
      { label, words: blank[1] ?? '', value: (blank[2] ?? '').trim(), section, part, at, valueAt: at, loose: true },
    ];
  if (!/[:：]/.test(text)) return [];
  return segmentsOf(text, null)
    .filter(({ value }) => value !== '')
    .map(({ label: inner, words, value }) => ({
      label: inner,
      words,
      value,
      section,
      part,
      at,
      valueAt: at,
      loose: false,
    }));
}

/** A包：中标供应商：某公司: the lot in front is no label of its own. */
function segmentsBehindLot(cell: Cell, leading: RegExpExecArray): Segment[] {
  const rest = cell.text.slice(leading[0].length);
  const inner = cell.label === null && lotHeading(cell.text) !== null ? LEADING.exec(rest) : null;
  return inner === null ? segmentsOf(cell.text, leading) : segmentsOf(rest, inner);
}

interface Segment {
  label: Label;
  words: string;
  value: string;
  last: boolean;
}

function segmentsOf(text: string, leading: RegExpExecArray | null): Segment[] {
  const found: { label: Label; words: string; from: number; start: number }[] = [];
  const first = leading?.[1] ?? '';
  const label = leading === null ? null : labelOf(first);
  if (leading !== null && label !== null)
    found.push({ label, words: withoutNumbering(first), from: 0, start: leading[0].length });
  for (const m of text.slice(0, SCANNED).matchAll(INSIDE)) {
    const inner = labelOf(m[1] ?? '');
    if (inner === null || m.index < (found[0]?.start ?? 0) - 1) continue;
    // 中标人：联合体牵头单位：甲，联合体成员单位：乙 is one value.
    if (found.at(-1)?.label === 'supplier' && /^(?:联合体|牵头|成员)/.test(m[1] ?? '')) continue;
    found.push({ label: inner, words: m[1] ?? '', from: m.index, start: m.index + m[0].length });
  }
  return found.map(({ label: known, words, start, from }, i) => {
    const next = found[i + 1];
    const value = text.slice(start, next?.from).trim();
    // （项目编号：X）采用…: a label that opens inside a bracket ends with it.
    const bracketed = /[（(]/.test(text.slice(from, start - words.length).charAt(0));
    return {
      label: known,
      words,
      value: (bracketed ? upToBracket(value) : value).slice(0, LONGEST_VALUE),
      last: next === undefined,
    };
  });
}

/** The text up to the bracket that closes what was open before it. */
function upToBracket(value: string): string {
  let open = 0;
  for (let i = 0; i < value.length; i++) {
    const c = value[i];
    if (c === '（' || c === '(') open++;
    else if ((c === '）' || c === ')') && open-- === 0) return value.slice(0, i).trim();
  }
  return value;
}

/**
 * The value that stands behind a label in the following cell: never another label, a heading, or the next row's
 * first cell. A label without a colon takes only the very next cell.
 */
function valueBehind(cells: readonly Cell[], at: number, colon: boolean): string | null {
  const label = cells[at]!;
  const next = cells[at + 1];
  if (next === undefined || next.text === '' || next.label !== null) return null;
  if (label.table !== null && label.rowEnd && next.table === label.table && !colon) return null;
  const { heading } = next;
  if (heading?.level === 1 || (heading !== null && !colon && next.text.length < 12)) return null;
  return next.text.slice(0, LONGEST_VALUE);
}
