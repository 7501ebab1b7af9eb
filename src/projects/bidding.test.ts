import { describe, expect, it } from 'vitest';

import { assemble } from './assemble.ts';
import { identityOfStored } from './identity.ts';
import { notice } from './testing/notices.ts';
import type { Bidding } from '../model/bidding.ts';
import type { NoticeFields } from '../model/notice.ts';

function bidding(...notices: (Partial<NoticeFields> & { title: string })[]): Bidding {
  const members = notices.map((fields, i) => identityOfStored(notice(`yn_ccgp:${i + 1}`, fields)));
  return assemble({ members, links: [] }).bidding!;
}

const tender = {
  title: '开远市教育局办公设备采购竞争性谈判公告',
  kind: 'tender' as const,
  projectName: null,
  purchaser: '开远市教育局',
  publishDate: '2026-03-02',
  openingDate: '2026-03-10T09:00',
};
const result = {
  title: '开远市教育局办公设备采购成交结果公告',
  kind: 'result' as const,
  publishDate: '2026-03-12',
  projectName: null,
  suppliers: ['甲公司'],
  amount: 98_000,
  amountKind: 'award' as const,
};

describe('what a round’s notices state of bids and award', () => {
  it('is the winner with the price, the bids, and the days of call, opening and decision', () => {
    const candidates = [
      { rank: 1, name: '甲公司', price: 98_000, lot: null },
      { rank: 2, name: '乙公司', price: 99_000, lot: null },
    ];
    const publicity = {
      title: '开远市教育局办公设备采购成交候选人公示',
      kind: 'candidate' as const,
      projectName: null,
    };
    expect(bidding(tender, { ...publicity, publishDate: '2026-03-11', candidates }, result)).toEqual({
      buyer: '开远市教育局',
      subject: '办公设备',
      called: '2026-03-02',
      opened: '2026-03-10',
      decided: '2026-03-11',
      lots: [
        {
          lot: null,
          bids: [
            { name: '甲公司', price: 98_000 },
            { name: '乙公司', price: 99_000 },
          ],
          winners: ['甲公司'],
          amount: 98_000,
        },
      ],
    });
  });

  it('takes the opening where a correction moved it, and the decision where the result dates it', () => {
    const moved = {
      title: '开远市教育局办公设备采购更正公告',
      kind: 'correction' as const,
      projectName: null,
      openingDate: '2026-03-11',
    };
    const read = bidding(tender, { ...moved, publishDate: '2026-03-05' }, { ...result, determinedDate: '2026-03-11' });
    expect([read.opened, read.decided]).toEqual(['2026-03-11', '2026-03-11']);
  });

  it('knows a bidder again whom a copy prints in other brackets', () => {
    const publicity = {
      title: '开远市教育局办公设备采购成交候选人公示',
      kind: 'candidate' as const,
      projectName: null,
    };
    const list = (name: string) => [{ rank: 1, name, price: 98_000, lot: null }];
    const read = bidding(
      tender,
      { ...publicity, publishDate: '2026-03-11', candidates: list('云南百川（集团）公司') },
      { ...result, candidates: list('云南百川(集团)公司') },
    );
    expect(read.lots[0]!.bids).toEqual([{ name: '云南百川（集团）公司', price: 98_000 }]);
  });

  it('keeps lots apart and leaves out those that failed', () => {
    const lot = { name: null, budget: null, suppliers: [], failed: false, amount: null };
    const lots = [
      { ...lot, id: '1', suppliers: ['甲公司'], amount: 5 },
      { ...lot, id: '2', failed: true },
    ];
    expect(bidding({ ...tender, lots }, { ...result, lots }).lots).toMatchObject([{ lot: '1', winners: ['甲公司'] }]);
  });
});

describe('what is bought', () => {
  const subject = (title: string) => bidding({ ...tender, title }).subject;

  it.each([
    ['开远市教育局2026年办公设备采购（第二批）竞争性谈判公告'],
    ['开远市教育局办公设备采购项目（三期）询价公告'],
    ['开远市教育局办公设备采购（一）竞争性谈判公告'],
    ['2026年度开远市教育局办公设备采购竞争性谈判公告'],
  ])('is the same under another batch, year or number: %s', (title) => {
    expect(subject(title)).toBe('办公设备');
  });

  it('is another where another thing or place is named', () => {
    expect(subject('开远市教育局教学楼空调采购竞争性谈判公告')).toBe('教学楼空调');
  });

  it('is not known where hardly a word is left', () => {
    expect(subject('开远市教育局维修竞争性谈判公告')).toBeNull();
  });
});
