/** A cell of a workbook takes 32,767 characters; what a page says in one field never needs as many. */
const MAX_CHARACTERS = 4000;

/**
 * Text of a page as a document may hold it: no control characters (XML has none), none that turn the direction of
 * writing and make a reader see other words than there are, no half characters, bounded.
 */
export function printable(text: string): string {
  const clean = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, (char) => (char === '\n' ? '\n' : ''));
  return clean.length <= MAX_CHARACTERS ? clean : `${clean.slice(0, MAX_CHARACTERS).toWellFormed()}……（以下从略）`;
}

/** The text of a cell: what a table program would take for a formula begins with an apostrophe. */
export function cellText(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
