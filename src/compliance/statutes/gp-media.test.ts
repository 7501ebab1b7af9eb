import { describe, expect, it } from 'vitest';

import { event, life, purchase, verdictOf } from './test-life.ts';

describe('财政部令第101号', () => {
  it('is kept by a copy on the medium the law names', () => {
    expect(
      verdictOf(
        'GP-MEDIA',
        life({ ...purchase, aboveOpenTenderThreshold: true }, [
          event('result', '2024-03-04', { onDesignated: '2024-03-12' }),
        ]),
      ),
    ).toBe('compliant OK');
  });

  it('waits fifteen days', () => {
    expect(
      verdictOf(
        'GP-MEDIA',
        life({ ...purchase, aboveOpenTenderThreshold: true }, [event('result', '2024-03-04', { onDesignated: null })], {
          asOf: '2024-03-19',
          gaps: { contract: null, medium: null },
        }),
      ),
    ).toBe('nothing');
  });

  it('is breached after them', () => {
    expect(
      verdictOf(
        'GP-MEDIA',
        life({ ...purchase, aboveOpenTenderThreshold: true }, [event('result', '2024-03-04', { onDesignated: null })], {
          asOf: '2024-03-20',
          gaps: { contract: null, medium: null },
        }),
      ),
    ).toBe('violation MEDIUM_MISSING');
  });

  it('concludes nothing where the medium was not read without a gap', () => {
    expect(
      verdictOf(
        'GP-MEDIA',
        life({ ...purchase, aboveOpenTenderThreshold: true }, [event('result', '2024-03-04', { onDesignated: null })], {
          asOf: '2024-03-20',
          gaps: { contract: null, medium: '尚未采集' },
        }),
      ),
    ).toBe('undetermined COVERAGE_GAP');
  });
});
