/** Spaces as sites print them: no-break, ideographic, thin … */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\f\v\r]/g;
/** Zero-width and direction marks, soft hyphens, and control characters; met inside codes and names. */
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]/g;

/** Digits and letters as wide as Chinese ones, and the dot between two such digits. */
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]|(?<=[\d\uff10-\uff19])\uff0e(?=[\d\uff10-\uff19])/g;

/** Readable text: one kind of space, nothing invisible, digits and letters of one width, line breaks kept. */
export function tidy(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** One line: tidy, runs of blanks as one, trimmed. */
export function oneLine(text: string): string {
  return tidy(text).replace(/\s+/g, ' ').trim();
}

/** For comparing labels: width folded, no blanks. */
export function squash(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** Half-width brackets and marks between Chinese words as people write them: （）：，；are kept, the rest is folded. */
export function foldWidth(text: string): string {
  return text.normalize('NFKC');
}
