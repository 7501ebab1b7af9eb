import { tidy } from './text.ts';

/** Runs of Chinese, and runs of other letters and digits. */
const RUNS = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const HAN_FIRST = /^\p{Script=Han}/v;

/**
 * Tokens of a text, each once, in order of first occurrence: the one tokenizer of both stores, because SQLite's
 * trigram and MongoDB's $text find nothing for two-character words. Chinese becomes overlapping pairs
 * (公路局 → 公路, 路局; a character alone stands for itself), other words stay whole; NFKC, lower case.
 * Whatever `matchesWords` finds has the word's tokens, unless the word begins or ends inside a Latin word or number.
 */
export function searchTokens(text: string): string[] {
  const tokens = new Set<string>();
  for (const [run] of joined(text).matchAll(RUNS)) {
    if (!HAN_FIRST.test(run)) tokens.add(run);
    else for (const pair of bigrams(run)) tokens.add(pair);
  }
  return [...tokens];
}

/** True where every word occurs in the text as written, apart from width, case and breaks inside Chinese words. */
export function matchesWords(text: string, words: readonly string[]): boolean {
  const haystack = joined(text);
  return words.every((word) => haystack.includes(joined(word)));
}

function bigrams(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((second, i) => `${characters[i] ?? ''}${second}`);
}

/** Folded; a line break or blank between two Chinese characters is the page's, not the author's. */
function joined(text: string): string {
  return tidy(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gv, '')
    .trim();
}
