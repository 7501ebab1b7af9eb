import { describe, expect, it } from 'vitest';

import { event, life, purchase, verdictOf } from './test-life.ts';

describe('政府采购法实施条例第五十条', () => {
  it('is kept on the second working day', () => {
    expect(
      verdictOf('GP-CONTRACT-PUB-2WD', life(purchase, [event('contract', '2024-05-11', { signed: '2024-05-09' })])),
    ).toBe('compliant OK 2024-05-11');
  });

  it('is breached on the third: Saturday 11 May 2024 was worked', () => {
    expect(
      verdictOf('GP-CONTRACT-PUB-2WD', life(purchase, [event('contract', '2024-05-13', { signed: '2024-05-09' })])),
    ).toBe('violation DEADLINE_MISSED 2024-05-11');
  });

  it('cannot be judged without the signing', () => {
    expect(verdictOf('GP-CONTRACT-PUB-2WD', life(purchase, [event('contract', '2024-05-13')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });
});
