import { describe, expect, it } from 'vitest';

import { sameParty } from './names.ts';

describe('names of companies', () => {
  it.each([
    ['width of brackets', '云南甲（集团）有限公司', '云南甲(集团)有限公司'],
    ['kind of brackets', '云南甲〔集团〕有限公司', '云南甲（集团）有限公司'],
    ['blanks', '云南甲 建设\u3000有限公司', '云南甲建设有限公司'],
    ['width of letters', 'ＡＢＣ建设有限公司', 'abc建设有限公司'],
    ['invisible characters', '云南甲\u200b建设有限公司', '云南甲建设有限公司'],
    ['order in a consortium', '云南甲公司（联合体牵头人）、云南乙公司（成员）', '云南乙公司、云南甲公司'],
  ])('are the same but for %s', (_what, a, b) => {
    expect(sameParty(a, b)).toBe(true);
  });

  it.each([
    ['a branch office', '云南甲建设有限公司昆明分公司', '云南甲建设有限公司'],
    ['another word', '云南甲建设工程有限公司', '云南甲建设有限公司'],
    ['one member of a consortium alone', '云南甲公司', '云南甲公司、云南乙公司'],
  ])('differ by %s', (_what, a, b) => {
    expect(sameParty(a, b)).toBe(false);
  });
});
