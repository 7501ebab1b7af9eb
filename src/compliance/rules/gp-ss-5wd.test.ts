import { describe, expect, it } from 'vitest';

import { DEFAULT_POLICY } from '../../model/policy.ts';
import { singleSource } from '../test-facts.ts';
import { gpSs5wd } from './gp-ss-5wd.ts';

function scope(aboveOpenTenderThreshold: boolean | null | undefined): string {
  const answer = gpSs5wd.scope({ ...singleSource, aboveOpenTenderThreshold }, '2024-03-04', DEFAULT_POLICY);
  return answer.applies ? 'applies' : answer.code;
}

describe('政府采购法实施条例第三十八条', () => {
  it('demands five working days', () => {
    expect(gpSs5wd.period).toEqual({ length: 5, unit: 'workday' });
  });

  it('applies at or above the open-tender threshold', () => {
    expect(scope(true)).toBe('applies');
  });

  it('does not apply below it', () => {
    expect(scope(false)).toBe('NOT_APPLICABLE');
  });

  it('is unknown where the threshold is', () => {
    expect(scope(null)).toBe('APPLICABILITY_UNKNOWN');
    expect(scope(undefined)).toBe('APPLICABILITY_UNKNOWN');
  });
});
