import { describe, expect, it } from 'vitest';

import { event, land, life, verdictOf } from './test-life.ts';

describe('国土资源部令第39号第十八条', () => {
  it('is kept on the tenth day', () => {
    expect(
      verdictOf(
        'LAND-LIST-10D',
        life(land, [event('tender', '2024-06-03', { listing: { from: '2024-06-24', to: '2024-07-04' } })]),
      ),
    ).toBe('compliant OK 2024-07-04');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'LAND-LIST-10D',
        life(land, [event('tender', '2024-06-03', { listing: { from: '2024-06-24', to: '2024-07-03' } })]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-07-04');
  });
});
