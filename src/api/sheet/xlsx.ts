import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import ExcelJS from 'exceljs';

import { cellText } from './printable.ts';
import type { Sheet, SheetPart } from './part.ts';

/** Characters of 五号 that fit across a landscape A4 page. */
const TOTAL_WIDTH = 130;
const FONT = { name: '宋体', size: 10.5 };
const HEAD = { name: '黑体', size: 10.5, bold: true };
const EDGE = { style: 'thin', color: { argb: 'FF444444' } } as const;
const BOX = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE };
const SHADE = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0F0F0' } } as const;

/** `text`: over the whole width · `fact`: label and value · `head`, `row`: of a table */
type LineKind = 'text' | 'fact' | 'head' | 'row';

/** The evidence sheet as a workbook, one sheet a part. Written as a stream: nothing of it is held twice. */
export async function sheetXlsx(sheet: Sheet): Promise<Buffer> {
  const stream = new PassThrough();
  const collected = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  workbook.creator = '公示';
  for (const part of sheet.parts) writePart(workbook, sheet, part);
  await workbook.commit();
  return collected;
}

function writePart(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheet: Sheet, part: SheetPart): void {
  const { title, paragraphs = [], facts = [], table } = part;
  const widths = table?.columns.map(([, share]) => share) ?? [24, 76];
  const worksheet = workbook.addWorksheet(title.replace(/^.+?、/, ''), {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: `&C${sheet.title} ${sheet.number}\u3000第 &P 页，共 &N 页` },
  });
  worksheet.columns = widths.map((share) => ({ width: (TOTAL_WIDTH * share) / 100 }));
  const line = (cells: string[], font: Partial<ExcelJS.Font>, kind: LineKind = 'text'): void => {
    const row = worksheet.addRow(cells.map(cellText));
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      cell.font = font;
      cell.alignment = { wrapText: true, vertical: 'top' };
      if (kind !== 'text') cell.border = BOX;
      if (kind === 'head' || (kind === 'fact' && column === 1)) cell.fill = SHADE;
    });
    // A lone text runs over the whole width.
    const alone = cells.length === 1;
    if (alone) worksheet.mergeCells(row.number, 1, row.number, widths.length);
    row.height = ((font.size ?? 11) + 4.5) * linesOf(cells, alone ? [100] : widths);
    row.commit();
  };
  line([`${sheet.title}\u3000${title}`], { ...HEAD, size: 14 });
  line([sheet.subtitle], FONT);
  for (const text of paragraphs) line([text], FONT);
  for (const pair of facts) line(pair, FONT, 'fact');
  if (table !== undefined) {
    line(
      table.columns.map(([name]) => name),
      HEAD,
      'head',
    );
    for (const row of table.rows) line(row, FONT, 'row');
    if (table.rows.length === 0) line(['无'], FONT);
  }
  worksheet.commit();
}

/** Lines that the fullest cell of a row takes: the writer knows no automatic height. */
function linesOf(cells: string[], widths: number[]): number {
  const lines = cells.map((text, i) => {
    // A Chinese character takes two columns of a width.
    // A line of an address breaks before it is full: without a tenth of room its last one was cut off.
    const room = (TOTAL_WIDTH * widths[i]! * 0.9) / 100;
    return text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(cellsOf(part) / room)), 0);
  });
  // Excel takes no row higher than 409 points.
  return Math.min(27, Math.max(...lines));
}

function cellsOf(text: string): number {
  let cells = 0;
  for (const char of text) cells += char > '\u2e80' ? 2 : 1;
  return cells;
}
