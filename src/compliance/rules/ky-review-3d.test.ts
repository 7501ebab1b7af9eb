import { describe, expect, it } from 'vitest';

import { localWorks, policyWith, tender } from '../test-facts.ts';
import { kyReview3d } from './ky-review-3d.ts';

const applies = (
  project: Parameters<typeof kyReview3d.scope>[0],
  reviewAlert: 'off' | 'review' | 'violation' = 'review',
) => kyReview3d.scope(project, '2024-03-04', policyWith({ reviewAlert })).applies;

describe('待核提示', () => {
  it('looks at every government procurement of a buyer in the region', () => {
    expect(applies(localWorks)).toBe(true);
    expect(applies({ ...localWorks, category: 'goods', subtype: null, budget: null })).toBe(true);
  });

  it('looks at no other region and no other regime', () => {
    expect(applies({ ...localWorks, city: '532503' })).toBe(false);
    expect(applies({ ...localWorks, city: null })).toBe(false);
    expect(applies(tender)).toBe(false);
  });

  it('is silent when switched off', () => {
    expect(applies(localWorks, 'off')).toBe(false);
    expect(applies(localWorks, 'violation')).toBe(true);
  });

  it('rests on local practice and says so', () => {
    expect(kyReview3d.basis[0]!.text).toContain('非法定要求');
    expect(kyReview3d.title).toContain('待核');
  });
});
