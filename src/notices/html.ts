import { Parser } from 'htmlparser2';

import { mendDates } from './dates.ts';
import { MAX_PAGE_CHARACTERS, PageBuilder } from './page.ts';
import type { Page } from './page.ts';
import { tidy } from './text.ts';

/** Never part of a notice. Only what a site marks as its template's own is dropped by class. */
const SKIPPED = new Set(['script', 'style', 'nav', 'noscript', 'svg', 'select', 'button', 'textarea', 'iframe']);
const SKIPPED_CLASS = /template-center-hide-state|template-innerinfo/;
const BLOCKS = new Set(
  'address article aside blockquote body br caption center dd div dl dt fieldset figure form h1 h2 h3 h4 h5 h6 hr li main ol p pre section tbody tfoot thead ul'.split(
    ' ',
  ),
);
/** Tags that hold no content: they never close, so nothing may be skipped until they do. */
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Deeper nesting than any editor makes; the rest is read as text of the last table. */
const MAX_DEPTH = 40;
const MAX_SPAN = 60;
/** Elements open at once beyond which a page is hostile: the parser's own stack grows slow with them. */
const MAX_NESTING = 3000;
const CHUNK = 65_536;

interface OpenTable {
  /** `null`: a column that the cell before it spans. */
  row: (string | null)[] | null;
  cell: string | null;
  span: number;
  /** Columns that a rowspan above still fills: rows left and the text. */
  held: { rows: number; text: string }[];
  rowSpan: number;
  started: boolean;
}

/**
 * HTML → lines and tables. Scripts, styles and menus are left out; hidden bodies are kept, because yn_ccgp hides the
 * notice's legal text in a `display:none` container and shows a summary of it.
 *
 * htmlparser2's stream rather than a tree: no node is built (a page of 19 KB costs a tenth of parse5), and its
 * events are enough to close what broken tables leave open: a cell without its row, a row without its end, quotes
 * inside an attribute.
 */
export function pageOfHtml(raw: string): Page {
  const builder = new PageBuilder();
  const tables: OpenTable[] = [];
  let line = '';
  let title: string | null = null;
  let inTitle = false;
  let depth = 0;
  let skipping: { name: string; depth: number } | null = null;

  const flushLine = (): void => {
    if (line.trim() !== '') for (const part of mendDates(line).split('\n')) builder.line(part);
    line = '';
  };
  const closeCell = (table: OpenTable): void => {
    if (table.cell === null) return;
    table.row ??= [];
    fillHeld(table);
    const text = mendDates(table.cell).replace(/\n+/g, '\n').trim();
    for (let i = 0; i < table.span; i++) {
      if (table.rowSpan > 1) table.held[table.row.length] = { rows: table.rowSpan - 1, text };
      table.row.push(i === 0 ? text : null);
    }
    table.cell = null;
  };
  const closeRow = (table: OpenTable): void => {
    closeCell(table);
    if (table.row === null) return;
    fillHeld(table);
    if (!table.started) builder.startTable();
    table.started = true;
    builder.row(table.row);
    table.row = null;
  };
  const breakText = (): void => {
    const table = tables.at(-1);
    if (table === undefined) flushLine();
    else if (table.cell !== null && !table.cell.endsWith('\n')) table.cell += '\n';
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        if (skipping !== null) {
          if (name === skipping.name && !VOID.has(name)) skipping.depth++;
          return;
        }
        if (SKIPPED.has(name) || SKIPPED_CLASS.test(`${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`)) {
          if (!VOID.has(name)) skipping = { name, depth: 1 };
          return;
        }
        if (name === 'title') inTitle = true;
        else if (name === 'table' && tables.length < MAX_DEPTH) {
          const outer = tables.at(-1);
          if (outer === undefined) flushLine();
          else {
            closeRow(outer);
            outer.started = false;
          }
          tables.push({ row: null, cell: null, span: 1, held: [], rowSpan: 1, started: false });
        } else if (name === 'tr') {
          const table = tables.at(-1);
          if (table !== undefined) {
            closeRow(table);
            table.row = [];
          }
        } else if (name === 'td' || name === 'th') {
          const table = tables.at(-1);
          if (table === undefined) breakText();
          else {
            closeCell(table);
            table.cell = '';
            table.span = spanOf(attributes['colspan']);
            table.rowSpan = spanOf(attributes['rowspan']);
          }
        } else if (BLOCKS.has(name)) breakText();
      },
      ontext(text) {
        if (skipping !== null) return;
        if (inTitle) {
          title = (title ?? '') + text;
          return;
        }
        const clean = tidy(text).replace(/\s+/g, ' ');
        const table = tables.at(-1);
        if (table === undefined) line += clean;
        else if (table.cell !== null) table.cell += clean;
        else if (clean.trim() !== '') {
          // Text between rows: shown above the table by browsers, never lost.
          closeRow(table);
          builder.line(clean);
          table.started = false;
        }
      },
      onclosetag(name, implied) {
        depth--;
        if (skipping !== null) {
          if (name === skipping.name && --skipping.depth === 0) skipping = null;
          return;
        }
        if (name === 'title') inTitle = false;
        else if (name === 'table') {
          const table = tables.pop();
          if (table !== undefined) closeRow(table);
        } else if (name === 'tr') {
          const table = tables.at(-1);
          if (table !== undefined) closeRow(table);
        } else if (name === 'td' || name === 'th') {
          const table = tables.at(-1);
          if (table !== undefined) closeCell(table);
        } else if (BLOCKS.has(name) && !implied) breakText();
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  const end = Math.min(raw.length, MAX_PAGE_CHARACTERS);
  for (let at = 0; at < end && depth < MAX_NESTING && !builder.isFull(0); at += CHUNK)
    parser.write(raw.slice(at, Math.min(at + CHUNK, end)));
  parser.end();
  for (const table of tables.reverse()) closeRow(table);
  flushLine();
  return builder.page(title === null ? null : tidy(title).replace(/\s+/g, ' ').trim() || null);
}

/** Puts down what cells above hold in the columns that come next. */
function fillHeld(table: OpenTable): void {
  const row = table.row;
  if (row === null) return;
  for (let held = table.held[row.length]; held !== undefined && held.rows > 0; held = table.held[row.length]) {
    held.rows--;
    row.push(held.text);
  }
}

function spanOf(value: string | undefined): number {
  const n = Number.parseInt(value ?? '1', 10);
  return Number.isFinite(n) && n > 0 ? Math.min(n, MAX_SPAN) : 1;
}
