import { describe, expect, it } from 'vitest';

import { placesOf } from './quoted-words.ts';

const shown = (text: string, words: string): string[] =>
  placesOf(text, words).map(({ from, to }) => text.slice(from, to));

describe('words that were read from a page', () => {
  it('are found where the page prints them', () => {
    expect(shown('一、采购人：开远市人民医院\n二、…', '采购人：开远市人民医院')).toEqual(['采购人：开远市人民医院']);
  });

  it('are found across line breaks, blanks and full-width characters', () => {
    expect(shown('项目编号：ＨＨ－\n 2026', '项目编号:HH-2026')).toEqual(['项目编号：ＨＨ－\n 2026']);
  });

  it('are found part by part where a table sets label and value apart', () => {
    expect(shown('采购人 | 地址 | 开远市人民医院', '采购人：开远市人民医院')).toEqual(['采购人', '开远市人民医院']);
  });

  it('cut at their end are found as far as they go', () => {
    expect(shown('公示期为三个工作日，自即日起', '公示期为三个工作日…')).toEqual(['公示期为三个工作日']);
  });

  it('that the text does not hold mark nothing', () => {
    expect(placesOf('采购人：开远市人民医院', '成交金额')).toEqual([]);
    expect(placesOf('采购人', '')).toEqual([]);
  });
});
