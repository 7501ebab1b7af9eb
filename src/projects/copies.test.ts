import { describe, expect, it } from 'vitest';

import { buildNotice } from '../../test/support/build.ts';
import type { NoticeFields } from '../model/notice.ts';
import { backdatingOf } from './backdating.ts';
import { differencesAmong } from './copies.ts';

const copy = (sourceId: string, fields: Partial<NoticeFields>) =>
  buildNotice({
    externalId: '1',
    sourceId,
    fields: { publishDate: '2026-03-10', suppliers: [], amount: null, ...fields },
  });
const fieldsThatDiffer = (a: Partial<NoticeFields>, b: Partial<NoticeFields>) =>
  differencesAmong([copy('hh_finance', a), copy('yn_ggzy', b)]).map(({ field }) => field);

describe('copies of a notice on two sites', () => {
  it('disagree where each states another amount, winner or day', () => {
    expect(
      fieldsThatDiffer(
        { amount: 985_000, suppliers: ['云南甲公司'], contractDate: '2026-03-01' },
        { amount: 958_000, suppliers: ['云南乙公司'], contractDate: '2026-03-02' },
      ),
    ).toEqual(['suppliers', 'amount', 'contractDate']);
  });

  it('agree where the difference is width, order, rounding or precision', () => {
    expect(
      fieldsThatDiffer(
        { amount: 985_012, suppliers: ['甲（云南）公司', '乙公司'], openingDate: '2026-03-30T09:00' },
        { amount: 985_000, suppliers: ['乙公司', '甲(云南)公司'], openingDate: '2026-03-30' },
      ),
    ).toEqual([]);
  });

  it('do not disagree where one of them says nothing', () => {
    expect(fieldsThatDiffer({ amount: 985_000, purchaser: null }, { amount: null })).toEqual([]);
  });

  it('are shown with what each says, the copy published first coming first', () => {
    const later = copy('hh_finance', { publishDate: '2026-03-11', amount: 2 });
    const first = copy('yn_ggzy', { amount: 1 });
    expect(differencesAmong([later, first])).toEqual([
      {
        field: 'amount',
        values: [
          { noticeId: 'yn_ggzy:1', sourceId: 'yn_ggzy', value: 1 },
          { noticeId: 'hh_finance:1', sourceId: 'hh_finance', value: 2 },
        ],
      },
    ]);
  });
});

describe('a notice that bears too early a day', () => {
  const at = (moment: string) => Date.parse(`${moment}:00+08:00`);

  it('was published after the last complete run that did not list it', () => {
    const notice = {
      firstPublishDate: '2026-03-10',
      absentAt: at('2026-03-13T20:00'),
      firstSeenAt: at('2026-03-14T20:00'),
    };
    expect(backdatingOf(notice)).toEqual({
      stated: '2026-03-10',
      notBefore: notice.absentAt,
      seenAt: notice.firstSeenAt,
      atLeastDays: 3,
    });
  });

  it('is not backdated when it may have been put up later on its day, or when no run can testify', () => {
    const notice = {
      firstPublishDate: '2026-03-10',
      absentAt: at('2026-03-10T08:00'),
      firstSeenAt: at('2026-03-14T20:00'),
    };
    expect(backdatingOf(notice)).toBeNull();
    expect(backdatingOf({ ...notice, absentAt: null })).toBeNull();
  });
});
