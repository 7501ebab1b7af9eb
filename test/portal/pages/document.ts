import type { Page } from '../model.ts';
import { printed } from '../wording.ts';

/**
 * A notice's text as blocks; how a site marks them up is the flavour's business.
 * A field's value may be empty, as forms leave lines empty.
 */
export type Block =
  | { is: 'heading'; text: string }
  | { is: 'line'; text: string }
  | { is: 'field'; label: string; value: string; hook?: string }
  | { is: 'table'; rows: string[][]; hooks?: string[] }
  | { is: 'form'; rows: [label: string, value: string][] }
  | { is: 'signature'; lines: string[] };

export const heading = (text: string): Block => ({ is: 'heading', text });
export const line = (text: string): Block => ({ is: 'line', text });
export const field = (label: string, value: string, hook?: string): Block => ({
  is: 'field',
  label,
  value,
  ...(hook === undefined ? {} : { hook }),
});
export const table = (rows: string[][], hooks?: string[]): Block => ({
  is: 'table',
  rows,
  ...(hooks === undefined ? {} : { hooks }),
});
export const form = (rows: [string, string][]): Block => ({ is: 'form', rows });
export const signature = (...lines: string[]): Block => ({ is: 'signature', lines });

/** zcy: yn_ccgp's template editor · word: pasted from Word · trs: the city's editor · plain: yn_ggzy and landchina. */
export type Flavour = 'zcy' | 'word' | 'trs' | 'plain';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

/** One way of marking up; every text handed in is escaped already. */
interface Markup {
  heading(text: string): string;
  line(text: string): string;
  field(label: string, value: string, hook: string): string;
  table(rows: string[][], hooks: string[]): string;
  form(rows: [string, string][]): string;
  signature(lines: string[]): string;
}

const cells = (row: string[], open: (column: number) => string): string =>
  row.map((cell, column) => `<td${open(column)}>${cell}</td>`).join('');

/** Two full-width blanks, as the city's editor indents. */
const INDENT = '\u3000\u3000';
const ZCY_P = 'class="PlaygroundEditorTheme__paragraph" style="line-height: normal; text-indent: 2em;"';
/** The site's own fault since 2023: quotes inside the style attribute are not escaped. */
const ZCY_BROKEN = 'style="font-family: 微软雅黑, "Microsoft YaHei"; font-size: 16px;"';

const MARKUPS: Record<Flavour, Markup> = {
  zcy: {
    heading: (text) =>
      `<p class="PlaygroundEditorTheme__paragraph" style="margin: 17px 0px; text-align: justify;"><span ${ZCY_BROKEN}><strong><strong class="PlaygroundEditorTheme__textBold">${text}</strong></strong></span></p>`,
    line: (text) => `<p ${ZCY_P}><span>${text}</span></p>`,
    field: (label, value, hook) =>
      `<p ${ZCY_P}><span ${ZCY_BROKEN}>${label}：</span><samp class="bookmark-item ${hook} addWord Template__bookmark single-line-text-input-box-cls" style="font-family: inherit;">${value}</samp></p>`,
    table: ([head = [], ...rows], hooks) =>
      `<table class="form-panel-input-cls" style="width: 100%; border-collapse: collapse;"><thead><tr class="firstRow">${cells(head, () => ' style="word-break: break-all;"')}</tr></thead><tbody>${rows
        .map(
          (row) =>
            `<tr width="100%">${cells(row, (c) => ` class="${hooks[c] ?? ''}" align="center" valign="middle"`)}</tr>`,
        )
        .join('')}</tbody></table>`,
    form: (rows) =>
      `<table class="form-panel-input-cls" width="100%"><tbody>${rows.map((row) => `<tr>${cells(row, () => '')}</tr>`).join('')}</tbody></table>`,
    signature: (lines) =>
      lines
        .map((text) => `<p class="PlaygroundEditorTheme__paragraph" style="text-align: right;">${text}</p>`)
        .join(''),
  },
  word: {
    heading: (text) =>
      `<p class="MsoNormal" style="text-indent:24.0pt"><b><span style="font-family:宋体">${text}</span></b></p>\n`,
    line: (text) =>
      `<p class="MsoNormal" style="text-indent:24.0pt"><span style="font-family:宋体">${text}</span></p>\n`,
    field: (label, value) =>
      `<p class="MsoNormal" style="text-indent:24.0pt"><span style="font-family:宋体">${label}：</span><span lang="EN-US">${value}</span><span lang="EN-US">&nbsp;&nbsp;</span></p>\n`,
    table: (rows) =>
      `<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0">${rows.map((row) => `<tr>${row.map((cell) => `<td valign="top"><p class="MsoNormal" align="center">${cell}</p></td>`).join('')}</tr>\n`).join('')}</table>\n`,
    form: (rows) =>
      `<table class="MsoTableGrid" border="1" cellspacing="0" cellpadding="0">${rows.map(([label, value]) => `<tr><td width="160"><p class="MsoNormal">${label}</p></td><td><p class="MsoNormal">${value}</p></td></tr>\n`).join('')}</table>\n`,
    signature: (lines) =>
      lines
        .map((text) => `<p class="MsoNormal" align="right"><span style="font-family:宋体">${text}</span></p>\n`)
        .join(''),
  },
  trs: {
    heading: (text) => `<p><strong>${INDENT}${text}</strong></p>\n`,
    line: (text) => `<p>${INDENT}${text}</p>\n`,
    field: (label, value) => `<p>${INDENT}${label}：${value}</p>\n`,
    table: (rows) =>
      `<div class="TRS_PreAppend"><table border="1"><tbody>${rows.map((row) => `<tr>${cells(row, () => '')}</tr>`).join('\n')}</tbody></table></div>\n`,
    form: (rows) =>
      `<div class="TRS_PreAppend"><table border="1"><tbody>${rows.map((row) => `<tr>${cells(row, () => '')}</tr>`).join('\n')}</tbody></table></div>\n`,
    signature: (lines) => lines.map((text) => `<p style="text-align: right;">${text}${INDENT}</p>\n`).join(''),
  },
  plain: {
    heading: (text) => `<p style="font-weight:bold">${text}</p>`,
    line: (text) => `<p>${text}</p>`,
    field: (label, value) => `<p>${label}：${value}</p>`,
    table: (rows) =>
      `<table border="1" cellspacing="0">${rows.map((row) => `<tr>${cells(row, () => '')}</tr>`).join('')}</table>`,
    form: (rows) =>
      `<table border="1" cellspacing="0" class="detail-table">${rows.map(([label, value]) => `<tr><th>${label}</th><td>${value}</td></tr>`).join('')}</table>`,
    signature: (lines) => lines.map((text) => `<p style="text-align:right">${text}</p>`).join(''),
  },
};

/** Blocks as a site's HTML, in the page's bracket width. */
export function markUp(blocks: readonly Block[], flavour: Flavour, page: Page): string {
  const markup = MARKUPS[flavour];
  const text = (raw: string): string => escapeHtml(printed(raw, page));
  return blocks
    .map((block) => {
      switch (block.is) {
        case 'heading':
          return markup.heading(text(block.text));
        case 'line':
          return markup.line(text(block.text));
        case 'field':
          return markup.field(text(block.label), text(block.value), block.hook ?? '');
        case 'table':
          return markup.table(
            block.rows.map((row) => row.map(text)),
            block.hooks ?? [],
          );
        case 'form':
          return markup.form(block.rows.map(([label, value]): [string, string] => [text(label), text(value)]));
        case 'signature':
          return markup.signature(block.lines.map(text));
      }
    })
    .join('');
}
