import type { Filter } from 'mongodb';

import { documentTerms, queryTerms } from '../shared/terms.ts';

/**
 * Longer words (a page of one line of letters) are kept by their beginning: an index entry is no place for a page.
 * Hits are verified against the text.
 */
const MAX_WORD = 64;

/** What a text is kept under in the index of words. */
export function wordsOf(text: string): string[] {
  return [...new Set([...documentTerms(text)].map(shortened))];
}

/** Conditions that a document holding all the words meets; it may meet them without holding a word of several tokens. */
export function withWords(words: readonly string[]): Filter<{ words: string[] }>[] {
  return words.flatMap(queryTerms).map(({ token, prefix }) => {
    const short = shortened(token);
    // Tokens are letters and numbers: nothing in them is a pattern of its own. Anchored, so that the index is walked.
    return { words: prefix ? new RegExp(`^${short}`, 'u') : short };
  });
}

/** True where the index keeps the word whole. */
export function isKeptWhole(word: string): boolean {
  return shortened(word) === word;
}

function shortened(token: string): string {
  return token.length <= MAX_WORD ? token : token.slice(0, MAX_WORD).toWellFormed();
}
