import { describe, expect, it } from 'vitest';

import { construction, event, life, verdictOf } from './test-life.ts';

describe('招标投标法第四十六条：订立期限', () => {
  it('is kept on the thirtieth day', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-30D',
        life(construction, [
          event('result', '2024-03-01', { letter: '2024-03-04' }),
          event('contract', '2024-04-08', { signed: '2024-04-03' }),
        ]),
      ),
    ).toBe('compliant OK 2024-04-03');
  });

  it('is breached a day later', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-30D',
        life(construction, [
          event('result', '2024-03-01', { letter: '2024-03-04' }),
          event('contract', '2024-04-08', { signed: '2024-04-04' }),
        ]),
      ),
    ).toBe('violation DEADLINE_MISSED 2024-04-03');
  });

  it('cannot be judged from a result notice alone', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-30D',
        life(construction, [event('result', '2024-03-01'), event('contract', '2024-06-03', { signed: '2024-06-01' })]),
      ),
    ).toBe('undetermined FACTS_MISSING');
  });

  it('is never kept by a contract signed before the letter: that is a doubt of its own', () => {
    expect(
      verdictOf(
        'TB-CONTRACT-30D',
        life(construction, [
          event('result', '2024-03-12', { letter: '2024-03-12' }),
          event('contract', '2024-03-14', { signed: '2024-03-05' }),
        ]),
      ),
    ).toBe('undetermined ORDER_REVERSED');
  });
});
