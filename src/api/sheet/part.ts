/** A part of the evidence sheet, the same for a document and a workbook. */
export interface SheetPart {
  title: string;
  paragraphs?: string[];
  /** Label and value. */
  facts?: [string, string][];
  table?: SheetTable;
}

export interface SheetTable {
  /** Name and share of the width; the shares of a table add up to 100. */
  columns: [string, number][];
  rows: string[][];
}

export interface Sheet {
  title: string;
  number: string;
  /** Under the title: what it is, as of when. */
  subtitle: string;
  parts: SheetPart[];
}
