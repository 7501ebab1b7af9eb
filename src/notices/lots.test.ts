import { describe, expect, it } from 'vitest';

import { lotNumber, lotOfCell, lotsIn } from './lots.ts';

const ids = (text: string): string[] => lotsIn(text).map(({ id }) => id);

describe('lots', () => {
  it.each([
    ['某项目（第一包：法律服务）', ['1']],
    ['采购包1', ['1']],
    ['二标段施工', ['2']],
    ['标项三', ['3']],
    ['第12标段', ['12']],
    ['Ⅱ标段', ['2']],
    ['A、D、F包招标公告', ['A', 'D', 'F']],
    ['第一包、第二包', ['1', '2']],
  ])('reads %s', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  it.each(['服务内容包括三项', '1个包', '面包采购', '承包2年', '2026年包装箱'])('finds no lot in %s', (text) => {
    expect(ids(text)).toEqual([]);
  });

  it('reads a bare number only where the cell holds nothing else', () => {
    expect(lotOfCell('001')?.id).toBe('1');
    expect(lotNumber('十二')).toBe('12');
    expect(lotNumber('0')).toBeNull();
  });
});
