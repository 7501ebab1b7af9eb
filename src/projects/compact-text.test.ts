import { describe, expect, it } from 'vitest';

import { CompactReader, CompactWriter } from './compact-text.ts';

const NUMBERS = [
  0,
  1,
  56,
  57,
  58,
  57 * 34 - 1,
  57 * 34,
  57 * 34 + 57,
  57 * 34 * 34,
  1_795_176_002_114,
  Number.MAX_SAFE_INTEGER,
];

describe('a compact text', () => {
  it('gives every whole number back, at each edge of a digit', () => {
    const to = new CompactWriter();
    const numbers = [...NUMBERS, ...Array.from({ length: 5_000 }, (_, i) => i)];
    to.list(numbers, (n) => to.number(n));
    expect(new CompactReader(to.toString()).list((from) => from.number())).toEqual(numbers);
  });

  it('writes numbers in characters that JSON need not escape', () => {
    const to = new CompactWriter();
    for (let n = 0; n < 10_000; n++) to.number(n);
    const numbers = (JSON.parse(to.toString()) as unknown[])[1] as string;
    expect(JSON.stringify(numbers).length).toBe(numbers.length + 2);
  });

  it('gives back words, amounts and the rest in the order in which they came, whatever stands in them', () => {
    const to = new CompactWriter();
    const words = ['开远市', '"\\\u0000\n', '', '开远市'];
    to.words(words);
    to.word(null);
    to.amount(0.1);
    to.amount(null);
    to.other({ from: null });
    to.other([]);
    const from = new CompactReader(to.toString());
    expect(from.words()).toEqual(words);
    expect(from.wordOrNull()).toBeNull();
    expect([from.amount(), from.amount()]).toEqual([0.1, null]);
    expect([from.other(), from.other()]).toEqual([{ from: null }, []]);
  });

  it('keeps a text that recurs once', () => {
    const to = new CompactWriter();
    to.words(['中标候选人公示', '中标候选人公示']);
    expect(to.toString().match(/中标候选人公示/g)).toHaveLength(1);
  });
});
