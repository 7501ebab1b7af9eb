import { describe, expect, it } from 'vitest';

import { event, life, purchase, verdictOf } from './test-life.ts';

describe('政府采购法实施条例第四十三条：结果公告', () => {
  it('is kept on the second working day', () => {
    expect(
      verdictOf('GP-RESULT-2WD', life(purchase, [event('result', '2024-03-11', { determined: '2024-03-07' })])),
    ).toBe('compliant OK 2024-03-11');
  });

  it('is breached on the third', () => {
    expect(
      verdictOf('GP-RESULT-2WD', life(purchase, [event('result', '2024-03-12', { determined: '2024-03-07' })])),
    ).toBe('violation DEADLINE_MISSED 2024-03-11');
  });

  it('takes worked weekends as working days', () => {
    expect(
      verdictOf('GP-RESULT-2WD', life(purchase, [event('result', '2024-04-30', { determined: '2024-04-26' })])),
    ).toBe('violation DEADLINE_MISSED 2024-04-29');
  });

  it('cannot be judged without the day of the decision', () => {
    expect(verdictOf('GP-RESULT-2WD', life(purchase, [event('result', '2024-03-12')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('believes no decision after its own announcement', () => {
    expect(
      verdictOf('GP-RESULT-2WD', life(purchase, [event('result', '2024-03-12', { determined: '2024-03-13' })])),
    ).toBe('undetermined FACTS_MISSING');
  });
});
