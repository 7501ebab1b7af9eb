import { describe, expect, it } from 'vitest';

import { auctionDay, documentsSpan, listingSpan } from './spans.ts';

describe('when documents can be had', () => {
  it.each([
    ['三、获取采购文件\n时间：2026年03月02日至2026年03月09日，每天上午08:30至11:30', '2026-03-02', '2026-03-09'],
    [
      '凡有意参加投标者，请于2026-03-02至2026-03-09登录云南省公共资源交易信息网下载电子招标文件。',
      '2026-03-02',
      '2026-03-09',
    ],
    ['招标文件的获取 时间：2026年3月2日09:00 至 2026年3月9日17:00（北京时间）', '2026-03-02', '2026-03-09'],
  ])('is read in %s', (text, from, to) => {
    expect(documentsSpan(text)).toEqual({ from, to });
  });

  it.each([
    ['a lone date', '获取招标文件：2026年3月2日起'],
    ['a range of something else', '提供投标文件 报名时间：2026年3月2日至2026年3月9日'],
    ['no page at all', ''],
  ])('is not read from %s', (_name, text) => {
    expect(documentsSpan(text)).toBeNull();
  });
});

describe('when land is listed', () => {
  it('is read behind its own label', () => {
    expect(
      listingSpan(
        '四、申请和挂牌时间\n报名时间：2026年3月2日至2026年3月9日\n挂牌时间：2026年3月3日09:00至2026年3月16日15:00',
      ),
    ).toEqual({ from: '2026-03-03', to: '2026-03-16' });
  });

  it('is not what stands behind another label', () => {
    expect(listingSpan('四、申请和挂牌时间\n报名时间：2026年3月2日至2026年3月9日')).toBeNull();
  });
});

describe('the day of an auction of land', () => {
  it.each([
    '四、拍卖时间：2026年3月25日15时00分，地点：交易大厅',
    '拍卖会时间为2026年3月25日',
    '拍卖会举行的时间：2026-03-25 15:00',
  ])('is read in %s', (text) => {
    expect(auctionDay(text)).toBe('2026-03-25');
  });

  it.each([
    ['the time of applying', '拍卖报名时间：2026年3月2日至2026年3月9日'],
    ['the time of something else behind the words', '拍卖时间及报名截止：2026年3月2日'],
    ['two days, for two parcels', '拍卖时间：2026年3月25日；…… 拍卖时间：2026年3月26日'],
    ['no day', '拍卖时间：另行通知'],
  ])('is not read from %s', (_name, text) => {
    expect(auctionDay(text)).toBeNull();
  });
});
