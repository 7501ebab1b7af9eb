import { describe, expect, it } from 'vitest';

import { event, life, outcome, purchase, verdictOf } from './test-life.ts';

describe('政府采购法第四十六条：按成交结果签订', () => {
  it('is kept by the winner for the price awarded', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-MATCH',
        life(purchase, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });

  it('is breached by another party', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-MATCH',
        life(purchase, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['乙公司'] })),
        ]),
      ),
    ).toBe('violation CONTRACT_PARTY_DIFFERS');
  });

  it('is a question where a correction came between', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-MATCH',
        life(purchase, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('correction', '2024-04-03'),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['乙公司'] })),
        ]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('asks about another price', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-MATCH',
        life(purchase, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 120, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('undetermined CONTRACT_AMOUNT_DIFFERS');
  });

  it('takes the members of a consortium in any order', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-MATCH',
        life(purchase, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司、乙公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['乙公司', '甲公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });
});
