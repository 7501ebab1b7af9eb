import { describe, expect, it } from 'vitest';

import type { ReadingFacts } from '../model/incident.ts';
import type { Channel, FieldAssertion } from '../model/source.ts';
import { isBelow, lowCoverage } from './field-coverage.ts';

const LIST: Channel = { id: 'list', name: '公告列表', track: 'procurement', kind: null, mayBeEmpty: null };
const PURCHASER: FieldAssertion = { field: 'purchaser', atLeast: 0.95, reason: '概要表固定有“采购单位”一栏' };

function read(title: string, fields: ReadingFacts['fields'], given: Partial<ReadingFacts> = {}): ReadingFacts {
  const url = `http://site/${title}`;
  return { channelId: 'list', title, kind: 'result', fields, oddities: [], url, archiveId: `r-${title}`, ...given };
}
const many = (count: number, fields: ReadingFacts['fields']) =>
  Array.from({ length: count }, (_, i) => read(`${fields.length}-${i}`, fields));

describe('the share of notices with a field', () => {
  it('is below its assertion when a redesign takes the field from every page', () => {
    const [failure] = lowCoverage([LIST], [PURCHASER], many(12, []), 1);
    expect(failure).toMatchObject({
      code: 'FIELD_COVERAGE_LOW',
      channelId: 'list',
      archiveId: 'r-0-0',
      url: 'http://site/0-0',
      sample: '0-0',
    });
    expect(failure?.message).toContain('采购人（招标人）读到 0/12 条');
    expect(failure?.message).toContain(PURCHASER.reason);
  });

  it('is not below it for one notice of twenty without the field', () => {
    expect(lowCoverage([LIST], [PURCHASER], [...many(19, ['purchaser']), read('x', [])], 1)).toEqual([]);
  });

  it('says nothing about a source from four notices', () => {
    expect(isBelow(0, 4, 0.95)).toBe(false);
    expect(isBelow(0, 5, 0.95)).toBe(true);
  });

  it('is looked at in each column and for the kinds of notices it is asserted for', () => {
    const amount: FieldAssertion = { field: 'amount', kinds: ['result'], atLeast: 0.9, reason: '结果公告载明金额' };
    const tenders = many(20, []).map((facts) => ({ ...facts, kind: 'tender' }));
    expect(lowCoverage([LIST], [amount], tenders, 1)).toEqual([]);
    const elsewhere = many(20, []).map((facts) => ({ ...facts, channelId: 'home' }));
    expect(lowCoverage([LIST], [amount], elsewhere, 1)).toEqual([]);
    expect(lowCoverage([LIST], [{ ...amount, channels: ['home'] }], many(20, []), 1)).toEqual([]);
    expect(lowCoverage([LIST], [amount], many(20, []), 1)).toHaveLength(1);
  });

  it('is judged by what chance alone would give: 32 of 40 is a change, 36 of 40 is not, for 95 %', () => {
    expect(isBelow(36, 40, 0.95)).toBe(false);
    expect(isBelow(32, 40, 0.95)).toBe(true);
  });

  it('of everything asserted is broken by one notice', () => {
    expect(isBelow(9, 10, 1)).toBe(true);
    expect(isBelow(10, 10, 1)).toBe(false);
  });
});
