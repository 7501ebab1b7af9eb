import { describe, expect, it } from 'vitest';

import { construction, event, life, outcome, verdictOf } from './test-life.ts';

describe('招标投标法第五十七条', () => {
  it('is kept by any candidate: below the line the ranking does not bind', () => {
    expect(
      verdictOf(
        'TB-FIRST-CANDIDATE',
        life({ ...construction, estimate: 1_000_000 }, [
          event('candidate', '2024-03-04', { candidates: [{ lot: null, names: ['甲公司', '乙公司'] }] }),
          event('result', '2024-03-11', outcome({ suppliers: ['乙公司'] })),
        ]),
      ),
    ).toBe('compliant OK');
  });

  it('is breached by a stranger', () => {
    expect(
      verdictOf(
        'TB-FIRST-CANDIDATE',
        life({ ...construction, estimate: 1_000_000 }, [
          event('candidate', '2024-03-04', { candidates: [{ lot: null, names: ['甲公司', '乙公司'] }] }),
          event('result', '2024-03-11', outcome({ suppliers: ['丁公司'] })),
        ]),
      ),
    ).toBe('violation WINNER_NOT_CANDIDATE');
  });

  it('is a question where a correction came after the list', () => {
    expect(
      verdictOf(
        'TB-FIRST-CANDIDATE',
        life({ ...construction, estimate: 1_000_000 }, [
          event('candidate', '2024-03-04', { candidates: [{ lot: null, names: ['甲公司', '乙公司'] }] }),
          event('correction', '2024-03-05'),
          event('result', '2024-03-11', outcome({ suppliers: ['丁公司'] })),
        ]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('is left to the publicity rule where that one applies', () => {
    expect(
      verdictOf(
        'TB-FIRST-CANDIDATE',
        life(construction, [
          event('candidate', '2024-03-04', { candidates: [{ lot: null, names: ['甲公司', '乙公司'] }] }),
          event('result', '2024-03-11', outcome({ suppliers: ['丁公司'] })),
        ]),
      ),
    ).toBe('nothing');
  });
});
