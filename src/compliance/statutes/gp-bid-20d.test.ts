import { describe, expect, it } from 'vitest';

import { event, judged, life, purchase, verdictOf } from './test-life.ts';

describe('政府采购法第三十五条', () => {
  it('keeps twenty days on the very last day', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-21' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-21');
  });

  it('is breached a day before', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('counts from the call where no page says when documents are to be had', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-03-01', { opening: '2024-03-20' })]),
      ),
    ).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('takes the deadline as last moved by a correction', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
          event('correction', '2024-03-04', { opening: '2024-03-21' }),
        ]),
      ),
    ).toBe('compliant OK 2024-03-21');
  });

  it('cannot be judged without a deadline', () => {
    expect(verdictOf('GP-BID-20D', life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-02-28')]))).toBe(
      'undetermined FACTS_MISSING',
    );
  });

  it('says nothing of other projects', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, method: 'inquiry' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('says nothing of the time before it was law', () => {
    expect(
      verdictOf(
        'GP-BID-20D',
        life({ ...{ ...purchase, method: 'open_tender' }, on: '2002-12-31' }, [
          event('tender', '2024-02-28', { documents: { from: '2024-03-01', to: null }, opening: '2024-03-20' }),
        ]),
      ),
    ).toBe('nothing');
  });

  it('can be switched off', () => {
    expect(
      judged(
        'GP-BID-20D',
        life({ ...purchase, method: 'open_tender' }, [event('tender', '2024-02-28', { opening: '2024-03-20' })]),
        ['GP-BID-20D'],
      ),
    ).toBeNull();
  });
});

describe('采用招标方式的政府采购工程适用招标投标法（政府采购法实施条例第七条）', () => {
  const short = event('tender', '2024-03-01', {
    opening: '2024-03-10',
    documents: { from: '2024-03-01', to: '2024-03-04' },
  });
  const works = { ...purchase, category: 'works' };

  it('does not accuse tendered works by an article on goods and services', () => {
    const given = life({ ...works, method: 'open_tender' }, [short]);
    expect(verdictOf('GP-BID-20D', given)).toBe('nothing');
    expect(verdictOf('GP-DOC-5WD', given)).toBe('nothing');
  });

  it('leaves open by which law a tendered design, survey or supervision is measured', () => {
    const of = (title: string): string =>
      verdictOf(
        'GP-BID-20D',
        life({ ...purchase, category: 'services', method: 'open_tender' }, [{ ...short, title }]),
      );
    expect(of('开远市第三小学教学楼监理服务公开招标公告')).toBe('undetermined APPLICABILITY_UNKNOWN');
    expect(of('开远市第三小学物业服务公开招标公告')).toBe('violation MINIMUM_NOT_REACHED 2024-03-21');
  });

  it('leaves the announcement of tendered works to the other law, and keeps it for negotiated works', () => {
    const late = [event('result', '2024-03-20', { determined: '2024-03-11' })];
    expect(verdictOf('GP-RESULT-2WD', life({ ...works, method: 'invited_tender' }, late))).toBe('nothing');
    expect(verdictOf('GP-RESULT-2WD', life({ ...works, method: 'competitive_negotiation' }, late))).toBe(
      'violation DEADLINE_MISSED 2024-03-13',
    );
  });

  it('counts the contract of tendered works from a dated letter only', () => {
    const events = [event('result', '2024-01-11'), event('contract', '2024-04-20', { signed: '2024-04-19' })];
    const letter = event('award_letter', '2024-01-11', { letter: '2024-01-11' });
    const tendered = { ...works, method: 'open_tender' };
    expect(verdictOf('GP-CONTRACT-30D', life(tendered, events))).toBe('nothing');
    expect(verdictOf('GP-CONTRACT-30D', life(tendered, [...events, letter]))).toBe(
      'violation DEADLINE_MISSED 2024-02-18',
    );
  });
});

describe('政府采购法第八十五条：紧急采购', () => {
  it('is not measured by the periods of the law it may stand outside', () => {
    const short = event('tender', '2024-03-01', { opening: '2024-03-05', title: '某市应急采购帐篷公开招标公告' });
    expect(verdictOf('GP-BID-20D', life({ ...purchase, method: 'open_tender' }, [short]))).toBe(
      'undetermined APPLICABILITY_UNKNOWN',
    );
  });
});
