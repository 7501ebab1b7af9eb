import { describe, expect, it } from 'vitest';

import type { NoticeFields } from '../model/notice.ts';
import { readNotice } from './read.ts';

const read = (title: string, text: string): NoticeFields => readNotice({ title, text }).fields;

/** Forms of other provinces and of the standard tender documents: what a parser made for one site does not know. */
describe('forms', () => {
  it('standard tender notice in running text, labels spaced out and two on a line', () => {
    const text = `农贸市场扩建工程施工招标公告
（招标项目编号：E5325020099000123）
1.招标条件
本招标项目农贸市场扩建工程已由开远市发展和改革局批准建设，项目业主为开远市城市建设投资有限责任公司，建设资金来自财政资金，招标人为开远市城市建设投资有限责任公司，招标代理机构为云南鼎信项目管理有限公司。
2.项目概况与招标范围
本标段最高投标限价为1250.5万元，招标文件获取截止时间为2026年3月25日17时00分。
5.投标文件的递交
5.1投标文件递交的截止时间（投标截止时间，下同）为2026年4月8日9时00分，地点为红河州公共资源交易中心。
8.联系方式
招 标 人：开远市城市建设投资有限责任公司      招 标 代 理 机 构：云南鼎信项目管理有限公司
地 址：人民路1号      地 址：环城路2号`;
    expect(read('农贸市场扩建工程施工招标公告', text)).toMatchObject({
      projectCode: 'E5325020099000123',
      purchaser: '开远市城市建设投资有限责任公司',
      agency: '云南鼎信项目管理有限公司',
      amount: 12_505_000,
      amountKind: 'ceiling',
      stateFunded: true,
      openingDate: '2026-04-08T09:00',
    });
  });

  it('parties named in running text alone', () => {
    expect(
      read('路灯工程招标公告', '本招标项目招标人为开远市城市管理局，招标代理机构为云南鼎信项目管理有限公司。'),
    ).toMatchObject({
      purchaser: '开远市城市管理局',
      agency: '云南鼎信项目管理有限公司',
    });
    expect(
      read(
        '路灯工程询价公告',
        '云南鼎信项目管理有限公司\n（采购代理机构）受\n开远市城市管理局\n（\n采购人）\n委托，拟对路灯工程采用询价方式采购。',
      ),
    ).toMatchObject({
      purchaser: '开远市城市管理局',
      agency: '云南鼎信项目管理有限公司',
    });
  });

  it('candidates side by side, one column each', () => {
    const html =
      '<table><tr><td>中标候选人</td><td>第一名</td><td>第二名</td></tr><tr><td>单位名称</td><td>甲建设有限公司</td><td>乙建设有限公司</td></tr><tr><td>投标报价（万元）</td><td>120.5</td><td>121</td></tr></table><p>公示期：2026年3月16日至2026年3月19日</p>';
    expect(readNotice({ title: '河道治理工程中标候选人公示', html }).fields.candidates).toEqual([
      { rank: 1, name: '甲建设有限公司', price: 1_205_000, lot: null },
      { rank: 2, name: '乙建设有限公司', price: 1_210_000, lot: null },
    ]);
  });

  it('candidates one below the other, each with a label for its name', () => {
    const text =
      '第一中标候选人\n单位名称\n甲建设有限公司\n投标报价（元）\n1205000.00\n第二中标候选人\n单位名称\n乙建设有限公司\n投标报价（元）\n1210000.00\n公示时间：2026年3月16日至3月19日';
    expect(read('河道治理工程中标候选人公示', text)).toMatchObject({
      amount: 1_205_000,
      candidates: [
        { rank: 1, name: '甲建设有限公司', price: 1_205_000 },
        { rank: 2, name: '乙建设有限公司', price: 1_210_000 },
      ],
      publicity: { from: '2026-03-16', to: '2026-03-19' },
    });
  });

  it('candidates in one line each', () => {
    const text =
      '第一中标候选人：甲建设有限公司，投标报价：1205000.00元，工期：90天\n第二中标候选人：乙建设有限公司，投标报价：1210000.00元，工期：90天\n公示期为3日，自2026年3月16日起。';
    expect(read('河道治理工程中标候选人公示', text)).toMatchObject({
      candidates: [
        { rank: 1, price: 1_205_000 },
        { rank: 2, price: 1_210_000 },
      ],
      publicity: { days: 3 },
    });
  });

  it('award of several lots, each under its own heading', () => {
    const text =
      '一、项目编号：KY-1\n三、采购结果\n采购包1:\n供应商名称\n供应商地址\n中标（成交）金额\n评审总得分\n甲科技有限公司\n昆明市人民路1号\n1,234,000.00元\n92.1\n采购包2:\n供应商名称\n供应商地址\n中标（成交）金额\n评审总得分\n乙科技有限公司\n昆明市环城路2号\n566,000.00元\n90.3\n四、主要标的信息';
    const fields = read('设备采购项目中标公告', text);
    expect(fields.suppliers).toEqual(['甲科技有限公司', '乙科技有限公司']);
    expect(fields.amount).toBe(1_800_000);
    expect(fields.lots.map(({ id, amount }) => [id, amount])).toEqual([
      ['1', 1_234_000],
      ['2', 566_000],
    ]);
  });

  it('award repeated for each winner in running labels', () => {
    const text =
      '三、中标（成交）信息\n供应商名称：甲科技有限公司\n供应商地址：昆明\n中标（成交）金额：12.3000000（万元）\n供应商名称：乙科技有限公司\n供应商地址：昆明\n中标（成交）金额：7.7000000（万元）\n四、主要标的信息';
    expect(read('设备采购项目中标公告', text)).toMatchObject({
      suppliers: ['甲科技有限公司', '乙科技有限公司'],
      amount: 200_000,
    });
  });

  it('award with the amount before the winner and words around both', () => {
    const text =
      '三、中标（成交）信息\n1.中标结果：\n序号\n中标（成交）金额(元)\n中标供应商名称\n中标供应商地址\n1\n报价:486000(元)\n甲科技有限公司\n昆明市\n四、主要标的信息\n六、代理服务收费标准及金额：\n2.代理服务收费金额（元）：\n7290';
    expect(read('设备采购项目中标(成交)结果公告', text)).toMatchObject({
      suppliers: ['甲科技有限公司'],
      amount: 486_000,
    });
  });

  it('award of a construction tender with figures and capitals', () => {
    const text =
      '招标人\n开远市水务局\n中标人名称\n甲建设有限公司\n中标价\n大写：壹佰贰拾万伍仟元整 小写：¥1205000.00\n公示期限\n2026年3月20日至2026年3月23日';
    expect(readNotice({ title: '河道治理工程中标结果公示', text, publishDate: '2026-03-20' }).fields).toMatchObject({
      suppliers: ['甲建设有限公司'],
      amount: 1_205_000,
      publicity: { from: '2026-03-20', to: '2026-03-23' },
    });
  });

  it('state asset: a yearly floor price, then the deal', () => {
    expect(
      read(
        '农贸市场摊位租赁权竞价公告',
        '标的名称：农贸市场摊位租赁权\n出租方：开远市兴远国有资产经营有限责任公司\n竞价底价（元/年）：32000.00\n竞价保证金：5000元',
      ),
    ).toMatchObject({
      track: 'asset',
      category: 'lease',
      purchaser: '开远市兴远国有资产经营有限责任公司',
      amount: 32_000,
      amountKind: 'yearly',
    });
    expect(
      read(
        '旧车辆转让成交公示',
        '项目编号：KY-R-2026 标的名称：旧车辆一批 交易价格：4.800000（万元） 成交日期：2026-03-16',
      ),
    ).toMatchObject({
      projectCode: 'KY-R-2026',
      projectName: '旧车辆一批',
      amount: 48_000,
      determinedDate: '2026-03-16',
    });
  });

  it('plan of purchases, the budget in a column', () => {
    const html =
      '<table><tr><td>序号</td><td>采购项目名称</td><td>采购需求概况</td><td>预算金额(万元)</td><td>预计采购时间</td></tr><tr><td>1</td><td>食堂物资配送服务</td><td>配送</td><td>85.5</td><td>2026年5月</td></tr></table>';
    expect(readNotice({ title: '开远市第一中学校2026年5月采购意向', html }).fields).toMatchObject({
      kind: 'plan',
      projectName: '食堂物资配送服务',
      amount: 855_000,
    });
  });

  it('summary whose cells hold the office and the telephone in place of the person', () => {
    const text =
      '招标人\n|\n开远市水务局\n|\n招标代理机构联系人及电话\n|\n云南鼎信项目管理有限公司 18900001234\n|\n招标人（单位章）\n|\n2026年3月16日\n|\n法定代表人：\n|';
    expect(read('河道治理工程中标候选人公示', text)).toMatchObject({
      purchaser: '开远市水务局',
      agency: '云南鼎信项目管理有限公司',
    });
  });
});
