import { describe, expect, it } from 'vitest';

import { construction, event, life, verdictOf } from './test-life.ts';

describe('招标投标法实施条例第十六条', () => {
  it('is kept after the whole period', () => {
    expect(
      verdictOf(
        'TB-DOC-SALE-5D',
        life(construction, [event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-09' } })]),
      ),
    ).toBe('compliant OK 2024-03-09');
  });

  it('is disputed where the days are full only with the first one', () => {
    expect(
      verdictOf(
        'TB-DOC-SALE-5D',
        life(construction, [event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-08' } })]),
      ),
    ).toBe('undetermined COUNTING_DISPUTED 2024-03-09');
  });

  it('is breached where they are not even then', () => {
    expect(
      verdictOf(
        'TB-DOC-SALE-5D',
        life(construction, [event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-07' } })]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-09');
  });

  it('cannot be judged where no page says', () => {
    expect(verdictOf('TB-DOC-SALE-5D', life(construction, [event('tender', '2024-03-04')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'TB-DOC-SALE-5D',
        life({ ...construction, estimate: 1 }, [
          event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-07' } }),
        ]),
      ),
    ).toBe('nothing');
  });
});
