import { describe, expect, it } from 'vitest';

import type { Policy } from '../../model/policy.ts';
import { localWorks, policyWith } from '../test-facts.ts';
import { kyGp3d } from './ky-gp-3d.ts';

function scope(part: Partial<typeof localWorks>, on = '2024-03-04', rule: Partial<Policy['localRule']> = {}): string {
  const policy = policyWith({ localRule: { id: 'KY-GP-3D', from: '2016-01-01', to: null, verifiedTo: null, ...rule } });
  const answer = kyGp3d.scope({ ...localWorks, ...part }, on, policy);
  return answer.applies ? 'applies' : answer.code;
}

describe('开远本地三日公示', () => {
  it('applies to municipal works up to 1,000,000 yuan, the figure included', () => {
    expect(scope({ budget: 1_000_000 })).toBe('applies');
    expect(scope({ budget: 1_000_000.01 })).toBe('NOT_APPLICABLE');
  });

  it('applies from the first to the last day the configuration gives', () => {
    expect(scope({}, '2015-12-31')).toBe('NOT_APPLICABLE');
    expect(scope({}, '2016-01-01')).toBe('applies');
    expect(scope({}, '2017-12-31', { to: '2017-12-31' })).toBe('applies');
    expect(scope({}, '2018-01-01', { to: '2017-12-31' })).toBe('NOT_APPLICABLE');
  });

  it('is not known to be in force after the day the operator confirmed', () => {
    expect(scope({}, '2016-12-31', { verifiedTo: '2016-12-31' })).toBe('applies');
    expect(scope({}, '2017-01-01', { verifiedTo: '2016-12-31' })).toBe('LOCAL_RULE_VALIDITY_UNKNOWN');
  });

  it.each([['budget'], ['subtype'], ['city'], ['category'], ['method']] as const)('is unknown without %s', (key) => {
    expect(scope({ [key]: null })).toBe('APPLICABILITY_UNKNOWN');
  });

  it('asks in this order: date, what is missing, the limit, how far it is confirmed', () => {
    expect(scope({ budget: null }, '2015-12-31')).toBe('NOT_APPLICABLE');
    expect(scope({ budget: null }, '2020-01-01', { verifiedTo: '2016-12-31' })).toBe('APPLICABILITY_UNKNOWN');
    expect(scope({ budget: 1_200_000 }, '2020-01-01', { verifiedTo: '2016-12-31' })).toBe('NOT_APPLICABLE');
  });

  it('asks for the method last: single source is outside it, and what no page states is not ruled out', () => {
    expect(scope({ method: null }, '2020-01-01', { verifiedTo: '2016-12-31' })).toBe('LOCAL_RULE_VALIDITY_UNKNOWN');
    expect(scope({ method: null, budget: 1_200_000 })).toBe('NOT_APPLICABLE');
  });

  it('above the limit is unknown before 2018-06-01 and does not apply since', () => {
    expect(scope({ budget: 1_200_000 }, '2018-05-31')).toBe('APPLICABILITY_UNKNOWN');
    expect(scope({ budget: 1_200_000 }, '2018-06-01')).toBe('NOT_APPLICABLE');
    expect(scope({ budget: 3_999_999 }, '2018-06-01')).toBe('NOT_APPLICABLE');
  });

  it('from the must-tender line on is unknown where nobody tendered', () => {
    expect(scope({ budget: 4_000_000 })).toBe('APPLICABILITY_UNKNOWN');
    expect(scope({ budget: 2_000_000 }, '2018-05-31')).toBe('APPLICABILITY_UNKNOWN');
  });
});
