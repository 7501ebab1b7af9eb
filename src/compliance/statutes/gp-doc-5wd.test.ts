import { describe, expect, it } from 'vitest';

import { event, life, purchase, verdictOf } from './test-life.ts';

describe('政府采购法实施条例第三十一条', () => {
  it('is kept after the whole period', () => {
    expect(
      verdictOf(
        'GP-DOC-5WD',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-11' } }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-11');
  });

  it('is disputed where the days are full only with the first one', () => {
    expect(
      verdictOf(
        'GP-DOC-5WD',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-08' } }),
        ]),
      ),
    ).toBe('undetermined COUNTING_DISPUTED 2024-03-11');
  });

  it('is breached where they are not even then', () => {
    expect(
      verdictOf(
        'GP-DOC-5WD',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-07' } }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-11');
  });

  it('cannot be judged where no page says', () => {
    expect(verdictOf('GP-DOC-5WD', life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-03-04')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'GP-DOC-5WD',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-03-04', { documents: { from: '2024-03-04', to: '2024-03-07' } }),
        ]),
      ),
    ).toBe('nothing');
  });
});
