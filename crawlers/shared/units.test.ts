import { describe, expect, it } from 'vitest';

import { numberOf, sqmFromHectares, yuanFromWan } from './units.ts';

describe('numbers in the fields of sites', () => {
  it.each([
    ['23.1800', 231_800],
    [74.272, 742_720],
    ['9330166.85000000', 93_301_668_500],
    ['1,234.5678', 12_345_678],
    [0.1 + 0.2, 3000],
  ])('%s 万元 is %s yuan, to the fen', (wan, yuan) => {
    expect(yuanFromWan(wan)).toBe(yuan);
  });

  it('0.0000 of an allocation is no price', () => {
    expect(yuanFromWan('0.0000')).toBeNull();
    expect(yuanFromWan(0)).toBeNull();
  });

  it('words in place of a number are no number', () => {
    expect(numberOf('面议')).toBeNull();
    expect(numberOf('24.91%')).toBeNull();
    expect(numberOf('')).toBeNull();
  });

  it('0.0192 hectares are 192 square metres', () => {
    expect(sqmFromHectares('0.019200')).toBe(192);
  });
});
