import { Parser } from 'htmlparser2';

import { mendDates } from './dates.ts';
import { MAX_PAGE_CHARACTERS, PageBuilder } from './page.ts';
import type { Page } from './page.ts';
import { reflow } from './reflow.ts';
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
/** Runs of blanks; a blank alone stays as it is. */
const BLANKS = /\s{2,}|[^\S ]/g;

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

/** A node of a parsed page, as htmlparser2 and cheerio build it. */
export interface MarkupNode {
  type: string;
  name?: string;
  data?: string;
  attribs?: Record<string, string>;
  children?: readonly MarkupNode[];
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
  const reader = new MarkupReader();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: (name, implied) => reader.close(name, implied),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  const end = Math.min(raw.length, MAX_PAGE_CHARACTERS);
  for (let at = 0; at < end && !reader.isFull; at += CHUNK) parser.write(raw.slice(at, Math.min(at + CHUNK, end)));
  parser.end();
  return reader.page();
}

/** The same of a page that a source has parsed already to find the notice in it: printing and parsing it anew took a third of the reading. */
export function pageOfNodes(nodes: readonly MarkupNode[]): Page {
  const reader = new MarkupReader();
  // No recursion: a hostile page nests deeper than the stack.
  const open: { nodes: readonly MarkupNode[]; next: number; name: string | null }[] = [{ nodes, next: 0, name: null }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const node = level.nodes[level.next++];
    if (node === undefined || reader.isFull) {
      open.pop();
      if (level.name !== null) reader.close(level.name, VOID.has(level.name));
    } else if (node.type === 'text') reader.text(node.data ?? '');
    else if (node.name !== undefined && node.attribs !== undefined) {
      reader.open(node.name, node.attribs);
      open.push({ nodes: node.children ?? [], next: 0, name: node.name });
    }
  }
  return reader.page();
}

/** Gathers lines and tables from the events of markup. */
class MarkupReader {
  readonly #builder = new PageBuilder();
  readonly #tables: OpenTable[] = [];
  #line = '';
  #title: string | null = null;
  #inTitle = false;
  #depth = 0;
  #characters = 0;
  #skipping: { name: string; depth: number } | null = null;

  /** More is read of no page. */
  get isFull(): boolean {
    return this.#depth >= MAX_NESTING || this.#characters >= MAX_PAGE_CHARACTERS || this.#builder.isFull(0);
  }

  open(name: string, attributes: Record<string, string>): void {
    this.#depth++;
    if (this.#skipping !== null) {
      if (name === this.#skipping.name && !VOID.has(name)) this.#skipping.depth++;
      return;
    }
    if (SKIPPED.has(name) || isTemplates(attributes)) {
      if (!VOID.has(name)) this.#skipping = { name, depth: 1 };
      return;
    }
    const table = this.#tables.at(-1);
    if (name === 'title') this.#inTitle = true;
    else if (name === 'table' && this.#tables.length < MAX_DEPTH) {
      if (table === undefined) this.#flushLine();
      else {
        this.#closeRow(table);
        table.started = false;
      }
      this.#tables.push({ row: null, cell: null, span: 1, held: [], rowSpan: 1, started: false });
    } else if (name === 'tr') {
      if (table !== undefined) {
        this.#closeRow(table);
        table.row = [];
      }
    } else if (name === 'td' || name === 'th') {
      if (table === undefined) this.#breakText();
      else {
        this.#closeCell(table);
        table.cell = '';
        table.span = spanOf(attributes['colspan']);
        table.rowSpan = spanOf(attributes['rowspan']);
      }
    } else if (BLOCKS.has(name)) this.#breakText();
  }

  text(text: string): void {
    if (this.#skipping !== null) return;
    this.#characters += text.length;
    if (this.#inTitle) {
      this.#title = (this.#title ?? '') + text;
      return;
    }
    const clean = tidy(text).replace(BLANKS, ' ');
    const table = this.#tables.at(-1);
    if (table === undefined) this.#line += clean;
    else if (table.cell !== null) table.cell += clean;
    else if (clean.trim() !== '') {
      // Text between rows: shown above the table by browsers, never lost.
      this.#closeRow(table);
      this.#builder.line(clean);
      table.started = false;
    }
  }

  /** `implied`: the page leaves the end out. */
  close(name: string, implied: boolean): void {
    this.#depth--;
    if (this.#skipping !== null) {
      if (name === this.#skipping.name && --this.#skipping.depth === 0) this.#skipping = null;
      return;
    }
    const table = this.#tables.at(-1);
    if (name === 'title') this.#inTitle = false;
    else if (name === 'table') {
      this.#tables.pop();
      if (table !== undefined) this.#closeRow(table);
    } else if (name === 'tr') {
      if (table !== undefined) this.#closeRow(table);
    } else if (name === 'td' || name === 'th') {
      if (table !== undefined) this.#closeCell(table);
    } else if (BLOCKS.has(name) && !implied) this.#breakText();
  }

  /** Closes what is open still, and gives what was read. */
  page(): Page {
    for (const table of this.#tables.reverse()) this.#closeRow(table);
    this.#flushLine();
    const title = this.#title === null ? '' : tidy(this.#title).replace(/\s+/g, ' ').trim();
    return this.#builder.page(title || null);
  }

  #flushLine(): void {
    if (this.#line.trim() !== '')
      for (const part of mendDates(this.#line).split('\n').flatMap(reflow)) this.#builder.line(part, true);
    this.#line = '';
  }

  #breakText(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) this.#flushLine();
    else if (table.cell !== null && !table.cell.endsWith('\n')) table.cell += '\n';
  }

  #closeCell(table: OpenTable): void {
    if (table.cell === null) return;
    table.row ??= [];
    fillHeld(table);
    const text = mendDates(table.cell).replace(/\n+/g, '\n').trim();
    for (let i = 0; i < table.span; i++) {
      if (table.rowSpan > 1) table.held[table.row.length] = { rows: table.rowSpan - 1, text };
      table.row.push(i === 0 ? text : null);
    }
    table.cell = null;
  }

  #closeRow(table: OpenTable): void {
    this.#closeCell(table);
    if (table.row === null) return;
    fillHeld(table);
    if (!table.started) this.#builder.startTable();
    table.started = true;
    this.#builder.row(table.row);
    table.row = null;
  }
}

function isTemplates({ class: classes, id }: Record<string, string>): boolean {
  return (classes !== undefined && SKIPPED_CLASS.test(classes)) || (id !== undefined && SKIPPED_CLASS.test(id));
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
