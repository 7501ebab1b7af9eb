import { expect, it } from 'vitest';

import { isKeptWhole, withWords, wordsOf } from './words.ts';

it('a text is kept under pairs of ideographs, whole codes, and the last ideograph of each run', () => {
  expect(wordsOf('农村公路，HHZC2026')).toEqual(['农村', '村公', '公路', 'hhzc2026', '路']);
});

it('a pair is looked for whole, a single ideograph and a code by their beginnings', () => {
  expect(withWords(['公路', '路', 'hhzc', '2026'])).toEqual([
    { words: '公路' },
    { words: /^路/u },
    { words: /^hhzc/u },
    { words: '2026' },
  ]);
});

it('a page of one line of letters is kept by its beginning, and found by it', () => {
  const [word] = wordsOf('a'.repeat(100_000));
  expect(word).toBe('a'.repeat(64));
  expect(withWords(['a'.repeat(100)])).toEqual([{ words: new RegExp(`^${'a'.repeat(64)}`, 'u') }]);
  expect(isKeptWhole('a'.repeat(100))).toBe(false);
});

it('nothing in a search is a pattern', () => {
  for (const word of ['.*', 'a.*', '^公路', '公路|桥梁', '$where']) {
    for (const { words } of withWords([word])) expect(String(words)).not.toMatch(/[.*|$]/);
  }
});
