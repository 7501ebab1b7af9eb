import { describe, expect, it } from 'vitest';

import { readNotice } from './read.ts';

const PARTIES = '采购人：开远市第一中学\n采购代理机构：云南鼎信项目管理有限公司';

describe('a table that a copy turned into lines', () => {
  it('has a row a line where bars set its cells apart', () => {
    const text = `三、中标（成交）信息
标项 | 供应商名称 | 供应商地址 | 中标（成交）金额
1 | 云南景盛科技有限公司 | 昆明市官渡区 | 投标报价:1280000（元）
2 | 开远市兴达科技有限公司 | 开远市 | 投标报价:349800（元）
${PARTIES}`;
    const { fields } = readNotice({ title: '教学设备采购项目中标结果公告', text });
    expect(fields.suppliers).toEqual(['云南景盛科技有限公司', '开远市兴达科技有限公司']);
    expect(fields.amount).toBe(1_629_800);
  });

  it('has columns where blanks part its header into labels alone', () => {
    const text = `三、采购结果
供应商名称  供应商地址  中标（成交）金额
云南景盛建筑工程有限公司  昆明市盘龙区  435,600.00元
${PARTIES}`;
    const { fields } = readNotice({ title: '办公楼维修项目成交结果公告', text });
    expect([fields.suppliers, fields.amount]).toEqual([['云南景盛建筑工程有限公司'], 435_600]);
  });

  it('has a lot a line, with its winner and amount behind the lot', () => {
    const text = `五、中标结果
A包：中标供应商：云南景盛科技有限公司，中标金额：126.58万元
B包：中标供应商：开远市兴达科技有限公司，中标金额：87.3万元`;
    const { fields } = readNotice({ title: '实训设备采购项目中标公告', text });
    expect(fields.suppliers).toEqual(['云南景盛科技有限公司', '开远市兴达科技有限公司']);
    expect(fields.amount).toBe(2_138_800);
  });

  it('has a header of two levels where a cell spans two below it', () => {
    const html = `<table><tr><td rowspan=2>候选人排序</td><td rowspan=2>投标单位名称</td><td colspan=2>投标报价</td></tr>
<tr><td>金额</td><td>单位</td></tr>
<tr><td>推荐第一</td><td>云南景盛建筑工程有限公司</td><td>1498.26</td><td>万元</td></tr>
<tr><td>推荐第二</td><td>开远市兴达建筑工程有限公司</td><td>1501.00</td><td>万元</td></tr></table>`;
    const { fields } = readNotice({ title: '市政道路改造工程中标候选人公示', html });
    expect(fields.candidates.map(({ rank, price }) => [rank, price])).toEqual([
      [1, 14_982_600],
      [2, 15_010_000],
    ]);
  });

  it('has a header of two levels where its cells stand one below the other', () => {
    const text = `中标候选人情况
排名
投标人名称
投标报价（元）
项目经理
大写
小写
1
云南景盛建筑工程有限公司
壹佰贰拾万元整
1200000.00
杨某
2
开远市兴达建筑工程有限公司
壹佰叁拾万元整
1300000.00
李某`;
    const { fields } = readNotice({ title: '市政道路改造工程中标候选人公示', text });
    expect(fields.candidates.map(({ rank, name, price }) => [rank, name, price])).toEqual([
      [1, '云南景盛建筑工程有限公司', 1_200_000],
      [2, '开远市兴达建筑工程有限公司', 1_300_000],
    ]);
  });

  it('has the particulars of a person below 项目经理, and the price where it stood', () => {
    const text = `中标候选人排序
名称
投标报价（元）
项目经理
姓名
证书名称
证书编号
第一名
云南景盛建筑工程有限公司
698757.43
杨某
建造师注册证书
云2502020202102643
第二名
开远市兴达建筑工程有限公司
749038.72
李某
建造师注册证书
云2502010201100814`;
    const { fields } = readNotice({ title: '灯光工程中标候选人公示', text });
    expect(fields.candidates.map(({ price }) => price)).toEqual([698_757.43, 749_038.72]);
  });

  it('has a lot a column where each label stands before as many values', () => {
    const text = `包号
1
2
成交供应商
云南景盛科技有限公司
开远市兴达科技有限公司
成交金额
126.58万元
87.3万元`;
    const { fields } = readNotice({ title: '实训设备采购项目成交公告', text });
    expect(fields.lots.map(({ id, suppliers, amount }) => [id, suppliers, amount])).toEqual([
      ['1', ['云南景盛科技有限公司'], 1_265_800],
      ['2', ['开远市兴达科技有限公司'], 873_000],
    ]);
  });

  it('has a candidate a column below ranks that no label heads', () => {
    const text = ` | 第一中标候选人 | 第二中标候选人 | 第三中标候选人 |
投标人 | 云南景盛建筑工程有限公司 | 开远市兴达建筑工程有限公司 | 个旧市恒业建筑工程有限公司 |
投标价（元） | 4128801.36 | 4150233.10 | 4162990.00 |`;
    const { fields } = readNotice({ title: '河道整治工程施工中标候选人公示', text });
    expect([fields.suppliers, fields.amount]).toEqual([['云南景盛建筑工程有限公司'], 4_128_801.36]);
  });

  it('keeps its columns where a row lacks an empty remark at its end', () => {
    const text = `序号	采购项目名称	采购需求概况	预算金额（万元）	预计采购时间	备注
1	建水县中小学食堂大宗食材配送服务	大米、食用油等	580	2026年4月`;
    const { fields } = readNotice({ title: '建水县教育体育局2026年4月至6月政府采购意向', text });
    expect(fields).toMatchObject({ projectName: '建水县中小学食堂大宗食材配送服务', amount: 5_800_000 });
  });
});

describe('who stands first', () => {
  it('may be a consortium whose leader and members one cell names', () => {
    const text = `4、推荐第一中标候选人：联合体牵头单位：云南景盛建筑工程有限公司，联合体成员单位：红河州建筑设计院有限公司
投标报价：2,365.88万元（其中设计费65万元）
公示期：2026年4月19日至4月22日`;
    const { fields } = readNotice({ title: '消防设施提升改造工程（EPC）中标候选人公示', text });
    expect(fields.suppliers).toEqual(['云南景盛建筑工程有限公司', '红河州建筑设计院有限公司']);
    expect(fields.amount).toBe(23_658_800);
  });

  it('is the one called 中标候选人第1名, with the price behind the name', () => {
    const text = `中标候选人第1名：云南景盛建筑工程有限公司，投标报价：3652.887 万元，质量：合格；
中标候选人第2名：开远市兴达建筑工程有限公司，投标报价：3660.12 万元，质量：合格；`;
    const { fields } = readNotice({ title: '污水管网建设项目中标候选人公示', text });
    expect([fields.suppliers, fields.amount]).toEqual([['云南景盛建筑工程有限公司'], 36_528_870]);
  });

  it('is named behind 第一中标候选人名称', () => {
    const text = '第一中标候选人名称：云南景盛建筑工程有限公司\n投标报价：18,326,541.09元';
    const { fields } = readNotice({ title: '水系连通工程施工中标候选人公示', text });
    expect([fields.suppliers, fields.amount]).toEqual([['云南景盛建筑工程有限公司'], 18_326_541.09]);
  });

  it('is whom a letter of award is written to', () => {
    const text = `云南景盛建筑工程有限公司：
经评标委员会评定，确定你单位为中标人。
招标人：开远市住房和城乡建设局
中标价：1234500.00元`;
    expect(readNotice({ title: '中标通知书', text }).fields.suppliers).toEqual(['云南景盛建筑工程有限公司']);
  });
});

describe('a party that only a sentence names', () => {
  it('is the office that offers land', () => {
    const text = '经开远市人民政府批准，开远市自然资源局决定以挂牌方式出让1（幅）地块的国有土地使用权。';
    expect(readNotice({ title: '国有建设用地使用权挂牌出让公告', text }).fields.purchaser).toBe('开远市自然资源局');
  });

  it('is the firm that goes about what an office entrusted it with', () => {
    const text = '受开远市公安局委托，云南鼎信项目管理有限公司就“执法记录仪采购项目”以竞争性谈判方式进行采购。';
    const { purchaser, agency } = readNotice({ title: '执法记录仪采购项目成交结果公告', text }).fields;
    expect([purchaser, agency]).toEqual(['开远市公安局', '云南鼎信项目管理有限公司']);
  });
});
