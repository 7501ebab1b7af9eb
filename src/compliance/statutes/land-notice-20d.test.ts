import { describe, expect, it } from 'vitest';

import { event, judged, land, life, verdictOf } from './test-life.ts';

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

  it('counts to the day of an auction where land is auctioned', () => {
    const auctioned = (day: string) =>
      life({ ...land, method: 'auction' }, [event('tender', '2024-06-03', { listing: { from: day, to: null } })]);
    expect(verdictOf('LAND-NOTICE-20D', auctioned('2024-06-23'))).toBe('compliant OK 2024-06-23');
    expect(verdictOf('LAND-NOTICE-20D', auctioned('2024-06-22'))).toBe('violation MINIMUM_NOT_REACHED 2024-06-23');
    expect(judged('LAND-NOTICE-20D', auctioned('2024-06-22'))?.sentence).toContain('拍卖（2024年6月22日');
    expect(judged('LAND-LIST-10D', auctioned('2024-06-23'))).toBeNull();
  });

  it('cannot be judged of land that is tendered: when bids are opened is not when bidding begins', () => {
    const tendered = life({ ...land, method: 'open_tender' }, [
      event('tender', '2024-06-03', { opening: '2024-06-28' }),
    ]);
    expect(verdictOf('LAND-NOTICE-20D', tendered)).toBe('undetermined FACTS_MISSING');
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
