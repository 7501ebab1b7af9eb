import { searchTokens } from '../../src/notices/search.ts';

/** What an index of words is asked for: the token itself, or any token that begins with it. */
export interface Term {
  token: string;
  prefix: boolean;
}

/** Codes are searched by their beginnings (HHZC finds HHZC2026); numbers and one or two letters would begin too many. */
const PREFIX_SEARCHED = /^[a-z][a-z0-9]{2,}$/;

/**
 * Tokens that a text is kept under: those of src/notices/search.ts, and each ideograph that begins no pair by itself,
 * because a search for a single one looks for beginnings.
 */
export function documentTerms(text: string): Set<string> {
  const kept = new Set<string>();
  const beginnings = new Set<string>();
  const ends = new Set<string>();
  for (const token of searchTokens(text)) {
    kept.add(token);
    const first = String.fromCodePoint(token.codePointAt(0)!);
    beginnings.add(first);
    ends.add(token.length === 2 && first.length === 1 ? token[1]! : [...token].at(-1)!);
  }
  for (const last of ends) {
    if (!beginnings.has(last) && isSingleIdeograph(last)) kept.add(last);
  }
  return kept;
}

/** Terms that a text holding the word is kept under, all of them. */
export function queryTerms(word: string): Term[] {
  const tokens = longTokens(word);
  if (tokens.length === 0) return searchTokens(word).map((token) => ({ token, prefix: true }));
  return tokens.map((token) => ({ token, prefix: PREFIX_SEARCHED.test(token) }));
}

/** True where a hit in the index alone proves that the word occurs: it is one token, whole. Others are checked against the text. */
export function isProvenByIndex(word: string): boolean {
  const plain = word.normalize('NFKC').toLowerCase();
  const tokens = longTokens(word);
  return tokens.length === 0 ? isSingleIdeograph(plain) : tokens.length === 1 && tokens[0] === plain;
}

/** A word's tokens, single ideographs left out. */
function longTokens(word: string): string[] {
  return searchTokens(word).filter((token) => !isSingleIdeograph(token));
}

function isSingleIdeograph(token: string): boolean {
  return /^\p{Script=Han}$/u.test(token);
}
