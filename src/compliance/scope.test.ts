import { describe, expect, it } from 'vitest';

import type { ProjectFacts } from '../model/facts.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import { scopeOf } from './scope.ts';
import { localWorks, policyWith, singleSource, tender } from './test-facts.ts';

function scope(project: ProjectFacts['project'], on = '2024-03-04', policy = DEFAULT_POLICY): [string, string] {
  const { rule, answer } = scopeOf(project, on, policy);
  return [rule?.id ?? 'NONE', answer.applies ? 'applies' : answer.code];
}

describe('the rule whose scope is tested', () => {
  it('is TB-CAND-3D for every construction tender', () => {
    expect(scope(tender)).toEqual(['TB-CAND-3D', 'applies']);
    expect(scope({ ...tender, estimate: 10 })).toEqual(['TB-CAND-3D', 'NOT_APPLICABLE']);
  });

  it('is GP-SS-5WD for every single-source procurement, municipal works too', () => {
    expect(scope(singleSource)).toEqual(['GP-SS-5WD', 'applies']);
    expect(scope({ ...localWorks, method: 'single_source', aboveOpenTenderThreshold: false })).toEqual([
      'GP-SS-5WD',
      'NOT_APPLICABLE',
    ]);
  });

  it('is KY-GP-3D for municipal works bought in Kaiyuan by any other method', () => {
    for (const method of ['competitive_negotiation', 'competitive_consultation', 'inquiry', 'open_tender']) {
      expect(scope({ ...localWorks, method })).toEqual(['KY-GP-3D', 'applies']);
    }
    expect(scope({ ...localWorks, method: null })).toEqual(['KY-GP-3D', 'APPLICABILITY_UNKNOWN']);
  });

  it('is KY-GP-3D for municipal works of which no notice states the method, and stays open: they may be single source', () => {
    expect(scope({ ...localWorks, method: null })).toEqual(['KY-GP-3D', 'APPLICABILITY_UNKNOWN']);
  });

  it('is none for anything else', () => {
    expect(scope({ ...localWorks, category: 'goods', subtype: null })).toEqual(['NONE', 'NOT_APPLICABLE']);
    expect(scope({ ...localWorks, subtype: 'other' })).toEqual(['NONE', 'NOT_APPLICABLE']);
    expect(scope({ ...localWorks, city: '532503' })).toEqual(['NONE', 'NOT_APPLICABLE']);
    expect(scope({ ...tender, regime: 'land' })).toEqual(['NONE', 'NOT_APPLICABLE']);
    expect(scope({ ...tender, regime: 'state_asset' })).toEqual(['NONE', 'NOT_APPLICABLE']);
    expect(scope({ ...tender, regime: 'something' })).toEqual(['NONE', 'NOT_APPLICABLE']);
  });
});

describe('municipal works at or above the must-tender line', () => {
  it('are judged as a tender when they were tendered', () => {
    for (const method of ['open_tender', 'invited_tender']) {
      expect(scope({ ...localWorks, method, budget: 4_000_000 })).toEqual(['TB-CAND-3D', 'applies']);
    }
    expect(scope({ ...localWorks, method: 'open_tender', budget: 2_000_000 }, '2018-05-31')).toEqual([
      'TB-CAND-3D',
      'applies',
    ]);
  });

  it('are unknown when they were not', () => {
    expect(scope({ ...localWorks, budget: 4_000_000 })).toEqual(['KY-GP-3D', 'APPLICABILITY_UNKNOWN']);
  });

  it('below the line are no tender by law', () => {
    expect(scope({ ...localWorks, method: 'open_tender', budget: 3_999_999 })).toEqual(['KY-GP-3D', 'NOT_APPLICABLE']);
  });
});

describe('a rule that the operator has switched off', () => {
  it('does not apply, and is still named', () => {
    const policy = policyWith({ enabled: { 'KY-GP-3D': false, 'TB-CAND-3D': true, 'GP-SS-5WD': true } });
    expect(scope(localWorks, '2024-03-04', policy)).toEqual(['KY-GP-3D', 'NOT_APPLICABLE']);
    expect(scope(tender, '2024-03-04', policy)).toEqual(['TB-CAND-3D', 'applies']);
  });
});
