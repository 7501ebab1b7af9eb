import { describe, expect, it } from 'vitest';

import { event, judged, life, purchase, verdictOf } from './test-life.ts';

describe('财政部令第74号第四十五条', () => {
  it('keeps three working days on the very last day', () => {
    expect(
      verdictOf(
        'GP-INQ-3WD',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-06' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-06');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'GP-INQ-3WD',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-05' }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-06');
  });

  it('counts from the call where no page says when documents are to be had', () => {
    expect(
      verdictOf(
        'GP-INQ-3WD',
        life({ ...purchase, method: 'inquiry' }, [event('tender', '2024-03-01', { opening: '2024-03-05' })]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-06');
  });

  it('takes the deadline as last moved by a correction', () => {
    expect(
      verdictOf(
        'GP-INQ-3WD',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-05' }),
          event('correction', '2024-03-04', { opening: '2024-03-06' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-06');
  });

  it('cannot be judged without a deadline', () => {
    expect(verdictOf('GP-INQ-3WD', life({ ...purchase, method: 'inquiry' }, [event('tender', '2024-02-28')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'GP-INQ-3WD',
        life({ ...purchase, method: 'competitive_negotiation' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-05' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('says nothing of the time before it was law', () => {
    expect(
      verdictOf(
        'GP-INQ-3WD',
        life({ ...{ ...purchase, method: 'inquiry' }, on: '2014-01-31' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-05' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('can be switched off', () => {
    expect(
      judged(
        'GP-INQ-3WD',
        life({ ...purchase, method: 'inquiry' }, [event('tender', '2024-02-28', { opening: '2024-03-05' })]),
        ['GP-INQ-3WD'],
      ),
    ).toBeNull();
  });
});
