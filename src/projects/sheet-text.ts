import type { FactSheet } from '../model/fact-sheet.ts';

/**
 * Raised whenever the same pages give another sheet, or a sheet is written otherwise: sheets of another version are
 * made anew from the pages before anything is judged by them.
 */
const VERSION = 2;
const HEAD = `${VERSION} `;

/** As the stores keep it. */
export function sheetText(sheet: FactSheet): string {
  return HEAD + JSON.stringify(sheet);
}

/** Null for a text of another version. */
export function sheetOfText(text: string): FactSheet | null {
  return text.startsWith(HEAD) ? (JSON.parse(text.slice(HEAD.length)) as FactSheet) : null;
}
