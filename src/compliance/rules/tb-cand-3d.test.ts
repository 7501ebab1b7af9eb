import { describe, expect, it } from 'vitest';

import { DEFAULT_POLICY } from '../../model/policy.ts';
import { tender } from '../test-facts.ts';
import { tbCand3d } from './tb-cand-3d.ts';

function scope(part: Partial<typeof tender>, on = '2024-03-04'): string {
  const answer = tbCand3d.scope({ ...tender, ...part }, on, DEFAULT_POLICY);
  return answer.applies ? 'applies' : answer.code;
}

describe('招标投标法实施条例第五十四条', () => {
  it('demands three calendar days', () => {
    expect(tbCand3d.period).toEqual({ length: 3, unit: 'calendar' });
  });

  it.each([
    ['works', 4_000_000],
    ['goods', 2_000_000],
    ['services', 1_000_000],
  ])('applies to %s from %i yuan since 2018-06-01, the figure included', (category, line) => {
    expect(scope({ category, estimate: line }, '2018-06-01')).toBe('applies');
    expect(scope({ category, estimate: line - 0.01 }, '2018-06-01')).toBe('NOT_APPLICABLE');
  });

  it.each([
    ['works', 2_000_000],
    ['goods', 1_000_000],
    ['services', 500_000],
  ])('applies to %s from %i yuan before 2018-06-01', (category, line) => {
    expect(scope({ category, estimate: line }, '2018-05-31')).toBe('applies');
    expect(scope({ category, estimate: line - 0.01 }, '2018-05-31')).toBe('NOT_APPLICABLE');
  });

  it('is unknown without an estimate', () => {
    expect(scope({ estimate: null })).toBe('APPLICABILITY_UNKNOWN');
    expect(scope({ estimate: undefined })).toBe('APPLICABILITY_UNKNOWN');
  });

  it('is unknown where public funding is not established', () => {
    expect(scope({ stateFunded: null })).toBe('APPLICABILITY_UNKNOWN');
    expect(scope({ stateFunded: false })).toBe('APPLICABILITY_UNKNOWN');
  });

  it('does not apply below the line, whoever pays', () => {
    expect(scope({ stateFunded: null, estimate: 3_999_999 })).toBe('NOT_APPLICABLE');
  });

  it('is unknown only between the lowest and the highest line where the category is not stated', () => {
    expect(scope({ category: null, estimate: 999_999 })).toBe('NOT_APPLICABLE');
    expect(scope({ category: null, estimate: 1_000_000 })).toBe('APPLICABILITY_UNKNOWN');
    expect(scope({ category: null, estimate: 4_000_000 })).toBe('applies');
  });
});
