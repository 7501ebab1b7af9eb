import { describe, expect, it } from 'vitest';

import { construction, event, life, outcome, verdictOf } from './test-life.ts';

describe('招标投标法实施条例第五十一条', () => {
  it('is kept at the ceiling', () => {
    expect(
      verdictOf(
        'TB-CEILING',
        life(construction, [
          event('tender', '2024-03-04', outcome({ ceiling: 900_000 })),
          event('result', '2024-04-01', outcome({ amount: 900_000, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });

  it('is breached by a fen', () => {
    expect(
      verdictOf(
        'TB-CEILING',
        life(construction, [
          event('tender', '2024-03-04', outcome({ ceiling: 900_000 })),
          event('result', '2024-04-01', outcome({ amount: 900_000.01, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('violation AWARD_ABOVE_CEILING');
  });

  it('accuses nobody of a misread unit', () => {
    expect(
      verdictOf(
        'TB-CEILING',
        life(construction, [
          event('tender', '2024-03-04', outcome({ ceiling: 900_000 })),
          event('result', '2024-04-01', outcome({ amount: 9_000_000_000, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('cannot be judged without a ceiling', () => {
    expect(
      verdictOf(
        'TB-CEILING',
        life(construction, [
          event('tender', '2024-03-04', outcome({ ceiling: null })),
          event('result', '2024-04-01', outcome({ amount: 900_000, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('is not asked of a lot that failed', () => {
    expect(
      verdictOf(
        'TB-CEILING',
        life({ ...construction, lots: ['1', '2'] }, [
          event('result', '2024-04-01', {
            outcomes: [{ lot: '1', ceiling: 5, amount: 9, suppliers: [], failed: true }],
          }),
        ]),
      ),
    ).toBe('nothing');
  });
});
