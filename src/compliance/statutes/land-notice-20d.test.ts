import { describe, expect, it } from 'vitest';

import { event, land, life, verdictOf } from './test-life.ts';

describe('国土资源部令第39号第八条', () => {
  it('is kept on the twentieth day', () => {
    expect(
      verdictOf(
        'LAND-NOTICE-20D',
        life(land, [event('tender', '2024-06-03', { listing: { from: '2024-06-23', to: '2024-07-08' } })]),
      ),
    ).toBe('compliant OK 2024-06-23');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'LAND-NOTICE-20D',
        life(land, [event('tender', '2024-06-03', { listing: { from: '2024-06-22', to: '2024-07-08' } })]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-06-23');
  });

  it('takes the listing as a supplement moved it', () => {
    expect(
      verdictOf(
        'LAND-NOTICE-20D',
        life(land, [
          event('tender', '2024-06-03', { listing: { from: '2024-06-20', to: '2024-07-08' } }),
          event('correction', '2024-06-10', { listing: { from: '2024-06-24', to: '2024-07-08' } }),
        ]),
      ),
    ).toBe('compliant OK 2024-06-23');
  });

  it('says nothing of allocated land', () => {
    expect(
      verdictOf(
        'LAND-NOTICE-20D',
        life({ ...land, method: 'allocation' }, [
          event('tender', '2024-06-03', { listing: { from: '2024-06-10', to: '2024-07-08' } }),
        ]),
      ),
    ).toBe('nothing');
  });
});
