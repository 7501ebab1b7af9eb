import { describe, expect, it } from 'vitest';

import { readAmount, unitOf } from './amount.ts';
import { labelledAmount } from './money.ts';

describe('amounts in yuan', () => {
  it.each([
    ['63.8600000（万元）', 638_600],
    ['人民币2.100000 万元', 21_000],
    ['￥253.5912 万元（人民币）', 2_535_912],
    ['1,436,000.00元', 1_436_000],
    ['30.0\n(万元)', 300_000],
    ['投标总报价：2535912（元）', 2_535_912],
    ['约1553.19万元(具体金额以评审为准)', 15_531_900],
    ['1.2亿元', 120_000_000],
    ['9330166.85000000', 9_330_166.85],
    ['1800万元/三年', 18_000_000],
    ['捌拾柒万叁仟伍佰元整', 873_500],
    ['壹仟零伍万叁仟元陆角整', 10_053_000.6],
    ['人民币贰佰万元整（¥2000000.00）', 2_000_000],
    ['人民币壹仟零陆拾壹万贰仟叁佰柒拾元整，工期90日历天', 10_612_370],
  ])('reads %s', (printed, yuan) => {
    expect(readAmount(printed)?.yuan).toBe(yuan);
  });

  it.each([
    '24.91%',
    '下浮比例：24.91',
    '286.6元/工日',
    '356元/㎡',
    '1.46 元',
    '0元 人民币',
    '1',
    '96.89',
    '/',
    '51050176004100000476',
    '得分98.5',
  ])('takes %s for no amount', (printed) => {
    expect(readAmount(printed)).toBeNull();
  });

  it('takes the unit from the label where the figure has none', () => {
    expect(unitOf('预算金额（元）')).toBe(1);
    expect(unitOf('投资额或估算价（万元）')).toBe(10_000);
    expect(unitOf('预算金额')).toBeNull();
    expect(labelledAmount('投资额或估算价（万元）', '450')?.yuan).toBe(4_500_000);
  });

  it('adds up the figures of a cell that lists one a lot', () => {
    expect(labelledAmount('最高限价（元）', '2097600,400000,1350000')?.yuan).toBe(3_847_600);
  });

  it('marks a yearly price', () => {
    expect(readAmount('513360.00元每年')).toEqual({ yuan: 513_360, yearly: true });
    expect(labelledAmount('竞价底价（元/年）', '32000.00')).toEqual({ yuan: 32_000, yearly: true });
  });

  it('never reads behind a label of rates, fees or deposits', () => {
    expect(labelledAmount('代理服务费金额', '0.35万元')).toBeNull();
    expect(labelledAmount('下浮率', '12000元')).toBeNull();
    expect(labelledAmount('投标保证金', '100000元')).toBeNull();
    expect(labelledAmount('单价最高限价', '5600元')).toBeNull();
  });
});
