import type { Collection, Document, Filter } from 'mongodb';

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

/**
 * Hits that a server sorts by day: at most so many are looked up by what their words begin with, since the index of
 * words has those of one word in order of days, and those of many words in none.
 */
const MOST_SORTED = 2000;

/**
 * How a list of hits, newest first, is read where the words asked for are beginnings (`路`, `hhzc`): where they begin
 * many, the collection is walked from its newest day on, and a page is full after some thousand steps at most for
 * every million; where they begin few, those are looked up and sorted.
 */
export async function walkWhereMany<T extends Document>(
  collection: Collection<T>,
  wanted: object[],
  words: readonly string[],
): Promise<{ hint?: string }> {
  const terms = words.flatMap(queryTerms);
  if (terms.length === 0 || terms.some(({ prefix }) => !prefix)) return {};
  const hits = await collection.countDocuments({ $and: wanted } as Filter<T>, { limit: MOST_SORTED + 1 });
  return hits > MOST_SORTED ? { hint: 'latest' } : {};
}

/** True where the index keeps the word whole. */
export function isKeptWhole(word: string): boolean {
  return shortened(word) === word;
}

function shortened(token: string): string {
  return token.length <= MAX_WORD ? token : token.slice(0, MAX_WORD).toWellFormed();
}
