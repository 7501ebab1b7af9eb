import { describe, expect, it } from 'vitest';

import type { Method } from '../../model/notice.ts';
import type { Policy } from '../../model/policy.ts';
import { localWorks, policyWith, tender } from '../test-facts.ts';
import { kyReview3d } from './ky-review-3d.ts';

const applies = (project: Parameters<typeof kyReview3d.scope>[0], reviewAlert: Policy['reviewAlert'] = 'review') =>
  kyReview3d.scope(project, '2024-03-04', policyWith({ reviewAlert })).applies;

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

  it('can be narrowed to methods, categories, a time and a size, the figure itself included', () => {
    const { method } = localWorks;
    expect(applies(localWorks, { as: 'review' })).toBe(true);
    expect(applies(localWorks, { as: 'review', methods: [method as Method] })).toBe(true);
    expect(applies(localWorks, { as: 'review', methods: ['single_source'] })).toBe(false);
    expect(applies(localWorks, { as: 'review', categories: ['goods', 'services'] })).toBe(false);
    expect(applies(localWorks, { as: 'review', from: '2024-03-04' })).toBe(true);
    expect(applies(localWorks, { as: 'review', from: '2024-03-05' })).toBe(false);
    expect(applies({ ...localWorks, budget: 500_000 }, { as: 'review', minBudget: 500_000 })).toBe(true);
    expect(applies({ ...localWorks, budget: 499_999.99 }, { as: 'review', minBudget: 500_000 })).toBe(false);
  });

  it('leaves no procurement out because its notices do not state what it was narrowed by', () => {
    expect(applies({ ...localWorks, method: null }, { as: 'review', methods: ['inquiry'] })).toBe(true);
    expect(applies({ ...localWorks, budget: null }, { as: 'review', minBudget: 500_000 })).toBe(true);
    expect(
      applies(
        { ...localWorks, budget: null, category: 'goods' },
        { as: 'review', minBudget: 1, categories: ['works'] },
      ),
    ).toBe(false);
  });

  it('rests on local practice and says so', () => {
    expect(kyReview3d.basis[0]!.text).toContain('非法定要求');
    expect(kyReview3d.title).toContain('待核');
  });
});
