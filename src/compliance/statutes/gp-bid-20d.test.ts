import { describe, expect, it } from 'vitest';

import { event, judged, life, purchase, verdictOf } from './test-life.ts';

describe('政府采购法第三十五条', () => {
  it('keeps twenty days on the very last day', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-21' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-21');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('counts from the call where no page says when documents are to be had', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-03-01', { opening: '2024-03-20' })]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('takes the deadline as last moved by a correction', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
          event('correction', '2024-03-04', { opening: '2024-03-21' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-21');
  });

  it('cannot be judged without a deadline', () => {
    expect(verdictOf('GP-BID-20D', life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-02-28')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('says nothing of the time before it was law', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...{ ...purchase, method: 'open_tender' }, on: '2002-12-31' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('can be switched off', () => {
    expect(
      judged(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-02-28', { opening: '2024-03-20' })]),
        ['GP-BID-20D'],
      ),
    ).toBeNull();
  });
});
