import { describe, expect, it } from 'vitest';

import { construction, event, judged, life, verdictOf } from './test-life.ts';

describe('招标投标法第二十四条', () => {
  it('keeps twenty days on the very last day', () => {
    expect(
      verdictOf(
        'TB-BID-20D',
        life(construction, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-21' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-21');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'TB-BID-20D',
        life(construction, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('counts from the call where no page says when documents are to be had', () => {
    expect(
      verdictOf('TB-BID-20D', life(construction, [event('tender', '2024-03-01', { opening: '2024-03-20' })])),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('takes the deadline as last moved by a correction', () => {
    expect(
      verdictOf(
        'TB-BID-20D',
        life(construction, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
          event('correction', '2024-03-04', { opening: '2024-03-21' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-21');
  });

  it('cannot be judged without a deadline', () => {
    expect(verdictOf('TB-BID-20D', life(construction, [event('tender', '2024-02-28')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('accuses nobody where the documents are dated after the deadline: the year is a slip of the pen', () => {
    const misprinted = life(construction, [
      event('tender', '2024-03-04', { documents: { from: '2025-03-05', to: null }, opening: '2024-03-26' }),
    ]);
    expect(verdictOf('TB-BID-20D', misprinted)).toBe('undetermined FACTS_MISSING');
    expect(judged('TB-BID-20D', misprinted)?.sentence).toContain('前后矛盾');
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'TB-BID-20D',
        life({ ...construction, estimate: 3_999_999 }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('says nothing of the time before it was law', () => {
    expect(
      verdictOf(
        'TB-BID-20D',
        life({ ...construction, on: '1999-12-31' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('can be switched off', () => {
    expect(
      judged('TB-BID-20D', life(construction, [event('tender', '2024-02-28', { opening: '2024-03-20' })]), [
        'TB-BID-20D',
      ]),
    ).toBeNull();
  });
});
