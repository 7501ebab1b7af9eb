import { describe, expect, it } from 'vitest';

import type { NoticeFields } from '../model/notice.ts';
import { readNotice } from './read.ts';

const read = (title: string, text: string): NoticeFields => readNotice({ title, text }).fields;
const awarded = (words: string): NoticeFields => read('物业服务采购成交公告', `成交供应商：红河物业有限公司\n${words}`);

describe('what is an amount and what is none', () => {
  it.each([
    ['a price of one before the figure', '成交价（人民币元）：单价每套（￥460）'],
    ['a price of one behind it', '成交金额：286.6元/工日'],
    ['a rate', '成交金额：下浮率 24.91%'],
    ['a column of prices of one', '成交单价：1250元'],
  ])('%s is no amount', (_, words) => {
    expect(awarded(words).amount).toBeNull();
  });

  it.each(['成交金额：12.5万元/年', '成交金额：每年125000元'])('%s is a yearly one', (words) => {
    expect(awarded(words)).toMatchObject({ amount: 125_000, amountKind: 'yearly' });
  });

  it('capitals with the same in digits behind RMB', () => {
    expect(awarded('成交金额：人民币壹拾贰万伍仟元（RMB125,000.00）').amount).toBe(125_000);
  });

  it('the figures of several lots make the total together, and one of them never does', () => {
    const ceiling = (words: string): number | null => read('路灯工程招标公告', `招标控制价：${words}`).ceiling;
    expect(ceiling('第一标段：120万元；第二标段：80万元')).toBe(2_000_000);
    expect(ceiling('第一标段：120万元；第二标段：详见清单')).toBeNull();
    expect(ceiling('总计200万元，其中第一标段：120万元；第二标段：80万元')).toBe(2_000_000);
    expect(read('路灯工程招标公告', '预算金额（元）：1000000.00元;2000000.00元').amount).toBe(3_000_000);
  });
});

describe('ranked candidates', () => {
  const ranked = (text: string): NoticeFields => read('河道治理工程中标候选人公示', text);
  const TWO = [
    { rank: 1, name: '红河甲建设有限公司', price: 1_205_000, lot: null },
    { rank: 2, name: '红河乙建设有限公司', price: 1_215_000, lot: null },
  ];

  it.each([
    [
      'the price behind the score',
      '第1中标候选人：红河甲建设有限公司，综合得分：95.2，投标报价（元）：1205000.00\n第2中标候选人：红河乙建设有限公司，综合得分：90.2，投标报价（元）：1215000.00',
    ],
    [
      'rank, name and price behind labels',
      '排序：1；中标候选人名称：红河甲建设有限公司；投标报价：120.5万元\n排序：2；中标候选人名称：红河乙建设有限公司；投标报价：121.5万元',
    ],
    [
      'in a sentence',
      '经评标委员会评审，推荐红河甲建设有限公司为第一中标候选人，投标报价120.5万元；推荐红河乙建设有限公司为第二中标候选人，投标报价121.5万元。',
    ],
  ])('%s', (_, text) => {
    expect(ranked(text).candidates).toEqual(TWO);
  });

  it('a consortium stands first as printed, its members are the suppliers', () => {
    const { candidates, suppliers } = readNotice({
      title: '河道治理工程中标候选人公示',
      html: '<table><tr><th>排名</th><th>中标候选人</th><th>投标报价</th></tr><tr><td>1</td><td>红河甲建设有限公司（联合体：红河乙设计有限公司）</td><td>95.5%</td></tr><tr><td>2</td><td>红河丙建设有限公司</td><td>96%</td></tr></table>',
    }).fields;
    expect(candidates.map(({ rank, name, price }) => [rank, name, price])).toEqual([
      [1, '红河甲建设有限公司（联合体：红河乙设计有限公司）', null],
      [2, '红河丙建设有限公司', null],
    ]);
    expect(suppliers).toEqual(['红河甲建设有限公司', '红河乙设计有限公司']);
  });

  it('each lot has its own first candidate and price, and the notice no amount', () => {
    const { lots, amount } = ranked(
      '一标段\n第一中标候选人：红河甲建设有限公司 投标报价：100万元\n第二中标候选人：红河乙建设有限公司 投标报价：110万元\n二标段\n第一中标候选人：红河丙建设有限公司 投标报价：200万元',
    );
    expect(amount).toBeNull();
    expect(lots.map((lot) => [lot.id, lot.amount, lot.suppliers])).toEqual([
      ['1', 1_000_000, ['红河甲建设有限公司']],
      ['2', 2_000_000, ['红河丙建设有限公司']],
    ]);
  });

  it('scores in the ranking, and the price of the proposed winner above it', () => {
    expect(
      ranked(
        '拟中标人：红河甲建设有限公司\n中标价(万元)：120.5\n第一中标候选人\n红河甲建设有限公司\n得分\n96.9\n第二中标候选人\n红河乙建设有限公司\n得分\n95.6',
      ).amount,
    ).toBe(1_205_000);
  });

  it('a period with hours, and one counted in words', () => {
    expect(ranked('公示期：2026年7月13日08:30至2026年7月16日17:00').publicity).toMatchObject({
      from: '2026-07-13T08:30',
      to: '2026-07-16T17:00',
    });
    expect(ranked('第一中标候选人为红河甲建设有限公司。公示期三日。').publicity).toMatchObject({ days: 3 });
  });
});

describe('consortia', () => {
  it.each([
    '红河甲建设有限公司（联合体牵头人）、红河乙设计有限公司（联合体成员）',
    '（主）红河甲建设有限公司（成）红河乙设计有限公司',
    '红河甲建设有限公司、红河乙设计有限公司联合体',
    '红河甲建设有限公司（联合体成员：红河乙设计有限公司）',
  ])('%s are two firms', (words) => {
    expect(read('农贸市场工程总承包中标公告', `中标人：${words}`).suppliers).toEqual([
      '红河甲建设有限公司',
      '红河乙设计有限公司',
    ]);
  });
});
