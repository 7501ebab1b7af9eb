import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

import type { Sheet, SheetPart, SheetTable } from './part.ts';

/** A4 with the margins of GB/T 9704-2012 (37, 35, 28, 26 mm); lengths in twentieths of a point. */
const MM = 56.7;
const PAGE = { width: Math.round(210 * MM), height: Math.round(297 * MM) };
const MARGIN = {
  top: Math.round(37 * MM),
  bottom: Math.round(35 * MM),
  left: Math.round(28 * MM),
  right: Math.round(26 * MM),
};
const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;

/** Latin and digits in Times New Roman, as offices print them. */
const font = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});
const BODY = font('仿宋');
const HEAD = font('黑体');
const TITLE = font('宋体');

/** Half points: 二号 44, 小四 24, 五号 21, 小五 18. */
const SIZE = { title: 44, head: 28, body: 24, table: 18 };

/** The evidence sheet as a Word document. */
export async function sheetDocx(sheet: Sheet): Promise<Buffer> {
  const document = new Document({
    title: `${sheet.title} ${sheet.number}`,
    creator: '公示',
    styles: { default: { document: { run: { font: BODY, size: SIZE.body } } } },
    sections: [
      {
        properties: { page: { size: PAGE, margin: MARGIN } },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 120 },
            children: [new TextRun({ text: sheet.title, font: TITLE, size: SIZE.title, bold: true })],
          }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [new TextRun({ text: sheet.subtitle, size: SIZE.table + 3 })],
          }),
          ...sheet.parts.flatMap(partBlocks),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({ size: SIZE.table, children: ['— ', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES, ' —'] }),
    ],
  });
}

function partBlocks({ title, paragraphs = [], facts, table }: SheetPart): (Paragraph | Table)[] {
  const head = new Paragraph({
    keepNext: true,
    spacing: { before: 240, after: 80 },
    children: [new TextRun({ text: title, font: HEAD, size: SIZE.head })],
  });
  const texts = paragraphs.map(
    (text) =>
      new Paragraph({
        spacing: { line: 400, after: 40 },
        // Two characters, as Chinese paragraphs begin.
        indent: { firstLine: SIZE.body * 20 },
        children: runs(text, SIZE.body),
      }),
  );
  const labelled: SheetTable | undefined = facts && {
    columns: [
      ['', 24],
      ['', 76],
    ],
    rows: facts,
  };
  return [
    head,
    ...texts,
    ...(labelled ? [tableOf(labelled, false)] : []),
    // Two tables without a paragraph between them grow into one.
    ...(labelled && table ? [new Paragraph({ spacing: { before: 60, after: 60 }, children: [] })] : []),
    ...(table ? [table.rows.length === 0 ? none() : tableOf(table, true)] : []),
  ];
}

function none(): Paragraph {
  return new Paragraph({ indent: { firstLine: SIZE.body * 20 }, children: runs('无。', SIZE.body) });
}

function tableOf({ columns, rows }: SheetTable, headed: boolean): Table {
  const widths = columns.map(([, share]) => Math.round((TEXT_WIDTH * share) / 100));
  // Labels and values are few, and signed together: they stay on one page. A table of evidence may be longer than any.
  const row = (cells: string[], header: boolean, keepNext = false): TableRow =>
    new TableRow({
      tableHeader: header,
      // A row of a long page of headers may break; a short one stays whole.
      cantSplit: cells.every((text) => text.length < 300),
      children: cells.map((text, i) => cellOf(text, widths[i]!, header || (!headed && i === 0), keepNext)),
    });
  const names = columns.map(([name]) => name);
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      ...(headed ? [row(names, true)] : []),
      ...rows.map((cells, i) => row(cells, false, !headed && i < rows.length - 1)),
    ],
  });
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: '444444' };

function cellOf(text: string, width: number, label: boolean, keepNext: boolean): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    borders: { top: LINE, bottom: LINE, left: LINE, right: LINE },
    ...(label && { shading: { fill: 'F0F0F0' } }),
    children: text.split('\n').map(
      (line) =>
        new Paragraph({
          keepNext,
          alignment: label ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: [new TextRun({ text: line, size: SIZE.table, bold: label })],
        }),
    ),
  });
}

function runs(text: string, size: number): TextRun[] {
  return text.split('\n').map((line, i) => new TextRun({ text: line, size, ...(i > 0 && { break: 1 }) }));
}
