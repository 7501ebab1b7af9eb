import { describe, expect, it } from 'vitest';

import { event, judged, life, purchase, verdictOf } from './test-life.ts';

describe('财库〔2014〕214号第十条', () => {
  it('keeps ten days on the very last day', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...purchase, method: 'competitive_consultation' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-11' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-11');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...purchase, method: 'competitive_consultation' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-10' }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-11');
  });

  it('counts from the call where no page says when documents are to be had', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...purchase, method: 'competitive_consultation' }, [
          event('tender', '2024-03-01', { opening: '2024-03-10' }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-11');
  });

  it('takes the deadline as last moved by a correction', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...purchase, method: 'competitive_consultation' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-10' }),
          event('correction', '2024-03-04', { opening: '2024-03-11' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-11');
  });

  it('cannot be judged without a deadline', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...purchase, method: 'competitive_consultation' }, [event('tender', '2024-02-28')]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-10' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('says nothing of the time before it was law', () => {
    expect(
      verdictOf(
        'GP-CC-10D',
        life({ ...{ ...purchase, method: 'competitive_consultation' }, on: '2014-12-30' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-10' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('can be switched off', () => {
    expect(
      judged(
        'GP-CC-10D',
        life({ ...purchase, method: 'competitive_consultation' }, [
          event('tender', '2024-02-28', { opening: '2024-03-10' }),
        ]),
        ['GP-CC-10D'],
      ),
    ).toBeNull();
  });
});
