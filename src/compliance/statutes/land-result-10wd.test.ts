import { describe, expect, it } from 'vitest';

import { event, land, life, verdictOf } from './test-life.ts';

describe('国土资源部令第39号：公布结果', () => {
  it('is kept on the tenth working day', () => {
    expect(
      verdictOf(
        'LAND-RESULT-10WD',
        life(land, [
          event('tender', '2024-08-26', { listing: { from: '2024-09-16', to: '2024-09-26' } }),
          event('result', '2024-10-15'),
        ]),
      ),
    ).toBe('compliant OK 2024-10-15');
  });

  it('is breached on the eleventh', () => {
    expect(
      verdictOf(
        'LAND-RESULT-10WD',
        life(land, [
          event('tender', '2024-08-26', { listing: { from: '2024-09-16', to: '2024-09-26' } }),
          event('result', '2024-10-16'),
        ]),
      ),
    ).toBe('violation DEADLINE_MISSED 2024-10-15');
  });

  it('does not take the supply result for the deal', () => {
    expect(
      verdictOf(
        'LAND-RESULT-10WD',
        life(land, [
          event('tender', '2024-08-26', { listing: { from: '2024-09-16', to: '2024-09-26' } }),
          event('result', '2024-12-16', { title: '供地结果公告' }),
        ]),
      ),
    ).toBe('nothing');
  });
});
