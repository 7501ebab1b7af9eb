import { describe, expect, it } from 'vitest';

import { event, life, purchase, verdictOf } from './test-life.ts';

describe('政府采购法第四十六条：签订期限', () => {
  it('is kept on the extended thirtieth day', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [event('result', '2024-01-11'), event('contract', '2024-02-19', { signed: '2024-02-18' })]),
      ),
    ).toBe('compliant OK 2024-02-18');
  });

  it('is breached a day later', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [event('result', '2024-01-11'), event('contract', '2024-02-20', { signed: '2024-02-19' })]),
      ),
    ).toBe('violation DEADLINE_MISSED 2024-02-18');
  });

  it('counts from the letter where one is dated', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [
          event('result', '2024-01-11'),
          event('award_letter', '2024-01-22', { letter: '2024-01-22' }),
          event('contract', '2024-02-20', { signed: '2024-02-19' }),
        ]),
      ),
    ).toBe('compliant OK 2024-02-21');
  });

  it('is open until the deadline', () => {
    expect(verdictOf('GP-CONTRACT-30D', life(purchase, [event('result', '2024-03-04')], { asOf: '2024-04-03' }))).toBe(
      'undetermined PENDING 2024-04-03',
    );
  });

  it('asks, and accuses nobody, where no contract was seen', () => {
    expect(verdictOf('GP-CONTRACT-30D', life(purchase, [event('result', '2024-03-04')], { asOf: '2024-04-08' }))).toBe(
      'undetermined EVENT_NOT_SEEN 2024-04-03',
    );
  });

  it('says that nobody looked where that is so', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [event('result', '2024-03-04')], {
          asOf: '2024-04-08',
          gaps: { contract: '尚未采集', medium: null },
        }),
      ),
    ).toBe('undetermined COVERAGE_GAP 2024-04-03');
  });
});

describe('投诉、暂停期间（政府采购法第五十七条）', () => {
  const late = [event('result', '2024-01-11'), event('contract', '2024-03-20', { signed: '2024-03-19' })];
  const with_ = (kind: 'complaint' | 'suspended', day: string): string =>
    verdictOf('GP-CONTRACT-30D', life(purchase, [...late, event(kind, day)]));

  it('a complaint or suspension before the signing leaves a missed deadline to a person', () => {
    expect(with_('complaint', '2024-01-20')).toBe('undetermined FACTS_MISSING 2024-02-18');
    expect(with_('suspended', '2024-01-11')).toBe('undetermined FACTS_MISSING 2024-02-18');
  });

  it('one after the signing, or before the award, excuses nothing', () => {
    expect(with_('complaint', '2024-03-20')).toBe('violation DEADLINE_MISSED 2024-02-18');
    expect(with_('complaint', '2024-01-10')).toBe('violation DEADLINE_MISSED 2024-02-18');
  });
});
