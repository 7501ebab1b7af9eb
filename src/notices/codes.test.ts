import { describe, expect, it } from 'vitest';

import { codeKey, isInvestmentCode, readCodes } from './codes.ts';

describe('codes', () => {
  it('compares codes without width, case, brackets, dashes, blanks and the 号 at the end', () => {
    expect(codeKey('ＹＮＺＣ２０２６－Ｇ１')).toBe(codeKey('ynzc2026-g1'));
    expect(codeKey('开自然资告字〔2026〕12号')).toBe(codeKey('开自然资告字[2026] 12'));
    expect(codeKey('ZPDL(2026)77')).toBe(codeKey('ZPDL【2026】77'));
    expect(codeKey('——')).toBeNull();
  });

  it('reads several codes out of one cell', () => {
    expect(readCodes('KYZC-2026-010、HHZC2026-06080')).toEqual(['KYZC-2026-010', 'HHZC2026-06080']);
    expect(readCodes('KY20260341；HH2026-0205ZF(H)')).toEqual(['KY20260341', 'HH2026-0205ZF(H)']);
    expect(readCodes('招服2026A00052（招标编号：0773-2641GN1900）')).toEqual(['招服2026A00052', '0773-2641GN1900']);
    expect(readCodes('NJ2600661-05 （招标文件编号：NJ2600661-05）')).toEqual(['NJ2600661-05']);
  });

  it('reads a code set wide as one', () => {
    expect(readCodes('YNZC2026 - G1 - 00265 - YNHH - 0022')).toEqual(['YNZC2026-G1-00265-YNHH-0022']);
    expect(readCodes('KYZC-2026-010 HHZC - 2026 - 06080')).toEqual(['KYZC-2026-010', 'HHZC-2026-06080']);
  });

  it('keeps Chinese codes whole, in one width', () => {
    expect(readCodes('开财采竞磋（2026）０31号')).toEqual(['开财采竞磋(2026)031号']);
  });

  it.each(['/', '无', '详见附件2026', '0873-7120000', '13800001234', '人民币12000元'])(
    'takes %s for no code',
    (cell) => {
      expect(readCodes(cell)).toEqual([]);
    },
  );

  it('knows the code of an investment, which several tenders share', () => {
    expect(isInvestmentCode('2404-532502-04-01-123456')).toBe(true);
    expect(isInvestmentCode('YNZC2026-G1-04457')).toBe(false);
  });
});
