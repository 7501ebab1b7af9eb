import { describe, expect, it } from 'vitest';

import { event, life, outcome, purchase, verdictOf } from './test-life.ts';

describe('财政部令第87号第六十三条', () => {
  it('is kept at the ceiling', () => {
    expect(
      verdictOf(
        'GP-CEILING',
        life(purchase, [
          event('tender', '2024-03-04', outcome({ ceiling: 900_000 })),
          event('result', '2024-04-01', outcome({ amount: 900_000, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });

  it('is breached by a fen', () => {
    expect(
      verdictOf(
        'GP-CEILING',
        life(purchase, [
          event('tender', '2024-03-04', outcome({ ceiling: 900_000 })),
          event('result', '2024-04-01', outcome({ amount: 900_000.01, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('violation AWARD_ABOVE_CEILING');
  });

  it('accuses nobody of a misread unit', () => {
    expect(
      verdictOf(
        'GP-CEILING',
        life(purchase, [
          event('tender', '2024-03-04', outcome({ ceiling: 900_000 })),
          event('result', '2024-04-01', outcome({ amount: 9_000_000_000, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('cannot be judged without a ceiling', () => {
    expect(
      verdictOf(
        'GP-CEILING',
        life(purchase, [
          event('tender', '2024-03-04', outcome({ ceiling: null })),
          event('result', '2024-04-01', outcome({ amount: 900_000, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('is not asked of a lot that failed', () => {
    expect(
      verdictOf(
        'GP-CEILING',
        life({ ...purchase, lots: ['1', '2'] }, [
          event('result', '2024-04-01', {
            outcomes: [{ lot: '1', ceiling: 5, amount: 9, suppliers: [], failed: true }],
          }),
        ]),
      ),
    ).toBe('nothing');
  });
});
