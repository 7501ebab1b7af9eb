import { describe, expect, it } from 'vitest';

import { readNotice } from './read.ts';

const result = (sentence: string): { suppliers: string[]; amount: number | null } => {
  const { fields } = readNotice({ title: '开远市灵泉东路人行道改造工程成交结果公告', text: sentence });
  return { suppliers: fields.suppliers, amount: fields.amount };
};

describe('who won, written out in a sentence', () => {
  const winner = { suppliers: ['红河瑞祥建筑有限公司'], amount: 1_523_600.5 };
  it.each([
    '经评审，确定红河瑞祥建筑有限公司为本项目成交供应商，成交金额为人民币壹佰伍拾贰万叁仟陆佰元伍角整（¥1,523,600.50）。',
    '经谈判小组推荐、采购人确认，本项目成交供应商为红河瑞祥建筑有限公司，成交价为1523600.50元。',
    '经评标委员会评审并报采购人同意，本次采购由红河瑞祥建筑有限公司以152.36005万元的价格成交。',
    '红河瑞祥建筑有限公司（地址：元阳县南沙镇）被确定为中标人。中标价为1523600.5元。',
    '最终确定“红河瑞祥建筑有限公司”为中标（成交）供应商，最终报价：1523600.5元。',
  ])('is read with its amount: %s', (sentence) => {
    expect(result(sentence)).toEqual(winner);
  });

  it('is read lot by lot, and the lots together make the amount', () => {
    const { fields } = readNotice({
      title: '蒙自市校园改造项目中标公告',
      text: '第一标段由云南滇南建筑工程有限公司以120万元中标；第二标段由红河恒业建筑有限公司以80.5万元中标。',
    });
    expect(fields.lots.map(({ id, suppliers, amount }) => [id, suppliers, amount])).toEqual([
      ['1', ['云南滇南建筑工程有限公司'], 1_200_000],
      ['2', ['红河恒业建筑有限公司'], 805_000],
    ]);
    expect(fields.amount).toBe(2_005_000);
  });

  it('is nobody where a sentence only says how a winner will be chosen', () => {
    const { fields } = readNotice({
      title: '蒙自市校园改造项目中标公告',
      text: '采购人将确定排名第一的投标人为中标人，中标人须在十五日内与采购人签订合同。评标委员会推荐的供应商为成交供应商。',
    });
    expect(fields.suppliers).toEqual([]);
  });

  it('has no amount where only the fee of the agency stands behind it', () => {
    expect(result('确定红河瑞祥建筑有限公司为成交供应商。成交供应商应支付代理服务费金额为13500元。')).toEqual({
      suppliers: ['红河瑞祥建筑有限公司'],
      amount: null,
    });
  });
});

describe('who stands first, written out in a sentence', () => {
  it.each([
    '按招标文件规定的评标方法评定，第一中标候选人为温州金福建筑工程有限公司（项目负责人：胡燕），投标报价723409元；第二中标候选人为苍南县鸿基爆破工程有限公司（项目负责人：罗进文），投标报价727362元。',
    '评标委员会推荐温州金福建筑工程有限公司为第一中标候选人，投标报价723409元，推荐苍南县鸿基爆破工程有限公司为第二中标候选人，投标报价727362元。',
  ])('is read with the price: %s', (sentence) => {
    const { fields } = readNotice({ title: '苍南县特殊教育学校食堂工程中标候选人公示', text: sentence });
    expect(fields.candidates.map(({ rank, name, price }) => [rank, name, price])).toEqual([
      [1, '温州金福建筑工程有限公司', 723_409],
      [2, '苍南县鸿基爆破工程有限公司', 727_362],
    ]);
    expect(fields).toMatchObject({ suppliers: ['温州金福建筑工程有限公司'], amount: 723_409 });
  });
});

describe('who buys, written out in a sentence', () => {
  it.each([
    [
      '由苍南县特殊教育学校建设的苍南县特殊教育学校食堂工程，招标代理人为浙江之信工程项目管理有限公司。',
      '苍南县特殊教育学校',
      '浙江之信工程项目管理有限公司',
    ],
    [
      '金平县水务局委托红河远建招标代理有限责任公司组织的上述项目，评标工作已经结束。',
      '金平县水务局',
      '红河远建招标代理有限责任公司',
    ],
  ])('is read with who acts for them: %s', (sentence, purchaser, agency) => {
    const { fields } = readNotice({ title: '某工程中标候选人公示', text: sentence });
    expect(fields).toMatchObject({ purchaser, agency });
  });

  it('is the office at the foot only where the title begins with it', () => {
    const text =
      '采购工作已结束，现将采购结果公示如下：\n拟成交人：广西华融达计量质量检验检测有限公司\n广西融安鱼峰水泥有限公司\n2024年8月16日';
    const titled = readNotice({ title: '广西融安鱼峰水泥有限公司计量器具检定服务采购结果公示', text });
    const other = readNotice({ title: '计量器具检定服务采购结果公示', text });
    expect([titled.fields.purchaser, other.fields.purchaser]).toEqual(['广西融安鱼峰水泥有限公司', null]);
  });
});
