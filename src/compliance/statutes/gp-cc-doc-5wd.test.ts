import { describe, expect, it } from 'vitest';

import { event, life, purchase, verdictOf } from './test-life.ts';

const sold = (from: string, to: string | null, method = 'competitive_consultation') =>
  verdictOf('GP-CC-DOC-5WD', life({ ...purchase, method }, [event('tender', from, { documents: { from, to } })]));

describe('财库〔2014〕214号第十条：磋商文件的发售期限', () => {
  it('is kept after five working days, the first day not counted', () => {
    expect(sold('2024-03-04', '2024-03-11')).toBe('compliant OK 2024-03-11');
  });

  it('is disputed where the days are full only with the first one', () => {
    expect(sold('2024-03-04', '2024-03-08')).toBe('undetermined COUNTING_DISPUTED 2024-03-11');
  });

  it('is breached where they are not even then', () => {
    expect(sold('2024-03-04', '2024-03-07')).toBe('violation MINIMUM_NOT_REACHED 2024-03-11');
  });

  it('counts worked weekends and no holidays', () => {
    // Friday 26 April 2024: Sunday 28 is worked, 1 to 5 May rest.
    expect(sold('2024-04-26', '2024-05-07')).toBe('compliant OK 2024-05-07');
  });

  it('cannot be judged where no page names the last day, or names one before the first', () => {
    expect(sold('2024-03-04', null)).toBe('undetermined FACTS_MISSING');
    expect(sold('2024-03-04', '2023-03-11')).toBe('undetermined FACTS_MISSING');
  });

  it('says nothing of other methods', () => {
    expect(sold('2024-03-04', '2024-03-05', 'inquiry')).toBe('nothing');
  });
});
