import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { matchesWords, searchTokens } from './search.ts';

describe('search words', () => {
  it('cuts Chinese into overlapping pairs, so that a word of two characters is found', () => {
    expect(searchTokens('公路局')).toEqual(['公路', '路局']);
    expect(searchTokens('路')).toEqual(['路']);
  });

  it('keeps codes and Latin words whole, part by part, in one width and case', () => {
    expect(searchTokens('YNZC2026－G1')).toEqual(['ynzc2026', 'g1']);
    expect(searchTokens('CO2电催化')).toEqual(['co2', '电催', '催化']);
  });

  it('reads words over a line break that the page put inside them', () => {
    expect(searchTokens('灵泉\n东路')).toContain('泉东');
    expect(matchesWords('灵泉\n东路工程', ['灵泉东路'])).toBe(true);
  });

  it('needs every word', () => {
    expect(matchesWords('开远市人行道改造', ['开远', '人行道'])).toBe(true);
    expect(matchesWords('开远市人行道改造', ['开远', '路灯'])).toBe(false);
  });

  it('finds no hit in the text whose tokens the index would miss', () => {
    const han = fc.string({ unit: fc.constantFrom('开', '远', '市', '路', '灯', ' ', '\n', '（', 'A', '1', '𬭛') });
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (text, from, length) => {
        const characters = [...text];
        const word = characters
          .slice(from % (characters.length + 1))
          .slice(0, length % 5)
          .filter((c) => /\p{Script=Han}/u.test(c))
          .join('');
        if (word.length === 0 || !matchesWords(text, [word])) return;
        const tokens = new Set(searchTokens(text));
        const singles = [...tokens].join('');
        expect(searchTokens(word).every((t) => tokens.has(t) || ([...t].length === 1 && singles.includes(t)))).toBe(
          true,
        );
      }),
    );
  });
});
