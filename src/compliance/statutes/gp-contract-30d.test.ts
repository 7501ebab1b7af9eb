import { describe, expect, it } from 'vitest';

import { event, judged, life, outcome, purchase, verdictOf } from './test-life.ts';

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

describe('合同先于成交', () => {
  it('is a doubt of its own, major, and never in order', () => {
    const found = judged(
      'GP-CONTRACT-30D',
      life(purchase, [event('result', '2024-03-12'), event('contract', '2024-03-14', { signed: '2024-03-05' })]),
    );
    expect(found).toMatchObject({ verdict: 'undetermined', codes: ['ORDER_REVERSED'], severity: 'major' });
    expect(found?.sentence).toContain('先后颠倒');
  });

  it('is seen in whichever contract was signed first, however late it was published', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [
          event('result', '2024-03-12'),
          event('contract', '2024-03-20', { signed: '2024-03-19' }),
          event('contract', '2024-04-20', { signed: '2024-03-05' }),
        ]),
      ),
    ).toBe('undetermined ORDER_REVERSED');
  });
});

describe('several contracts', () => {
  const result = event('result', '2024-03-12', outcome({ suppliers: ['云南甲有限公司', '云南乙有限公司'] }));
  const contract = (published: string, signed: string, ...suppliers: string[]) =>
    event('contract', published, { signed, ...outcome({ suppliers }) });

  it('of one supplier: a later one renews or amends, and is not late', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [
          result,
          contract('2024-03-20', '2024-03-19', '云南甲有限公司'),
          contract('2024-09-20', '2024-09-19', '云南甲有限公司'),
        ]),
      ),
    ).toBe('compliant OK 2024-04-11');
  });

  it('of several winners: each has its own thirty days', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [
          result,
          contract('2024-03-20', '2024-03-19', '云南甲有限公司'),
          contract('2024-09-20', '2024-09-19', '云南乙有限公司'),
        ]),
      ),
    ).toBe('violation DEADLINE_MISSED 2024-04-11');
  });
});

describe('年末，次年放假安排未公布', () => {
  it('a contract signed within thirty days is in order all the same', () => {
    expect(
      verdictOf(
        'GP-CONTRACT-30D',
        life(purchase, [event('result', '2026-12-05'), event('contract', '2026-12-09', { signed: '2026-12-08' })]),
      ),
    ).toBe('compliant OK');
  });

  it('is open without a last day while the thirty days run, and then cannot be counted', () => {
    const open = (asOf: string) => life(purchase, [event('result', '2026-12-05')], { asOf });
    expect(verdictOf('GP-CONTRACT-30D', open('2027-01-04'))).toBe('undetermined PENDING');
    expect(judged('GP-CONTRACT-30D', open('2027-01-04'))?.sentence).toContain('不早于2027年1月4日届满');
    expect(verdictOf('GP-CONTRACT-30D', open('2027-01-05'))).toBe('undetermined CALENDAR_MISSING');
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
