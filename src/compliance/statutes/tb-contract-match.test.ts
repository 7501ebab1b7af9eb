import { describe, expect, it } from 'vitest';

import { construction, event, life, outcome, verdictOf } from './test-life.ts';

describe('招标投标法第四十六条：按中标结果订立', () => {
  it('is kept by the winner for the price awarded', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-MATCH',
        life(construction, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });

  it('is breached by another party', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-MATCH',
        life(construction, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['乙公司'] })),
        ]),
      ),
    ).toBe('violation CONTRACT_PARTY_DIFFERS');
  });

  it('is a question where a correction came between', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-MATCH',
        life(construction, [
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
        'TB-CONTRACT-MATCH',
        life(construction, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 120, suppliers: ['甲公司'] })),
        ]),
      ),
    ).toBe('undetermined CONTRACT_AMOUNT_DIFFERS');
  });

  it('takes the members of a consortium in any order', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-MATCH',
        life(construction, [
          event('result', '2024-04-01', outcome({ amount: 100, suppliers: ['甲公司、乙公司'] })),
          event('contract', '2024-04-10', outcome({ amount: 100, suppliers: ['乙公司', '甲公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });
});
