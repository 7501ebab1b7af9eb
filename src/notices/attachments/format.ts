/** Formats whose text can be read. */
export type ReadableFormat = 'pdf' | 'docx';

/** What a file's own bytes say it is; null for everything whose text is not read (.doc, .ZCZBJ, .rar, pictures …). */
export function formatOf(bytes: Uint8Array): ReadableFormat | null {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (start.includes('%PDF-')) return 'pdf';
  // A DOCX is a zip with this part in it; names stand plainly in a zip's directory.
  const isZip = start.startsWith('PK\x03\x04');
  return isZip && Buffer.from(bytes).includes('word/document.xml') ? 'docx' : null;
}

/** The ending of a file's name, for people: ZCZBJ, doc, rar; empty where it has none. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name.trim())?.[1] ?? '';
}
