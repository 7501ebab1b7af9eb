import { describe, expect, it } from 'vitest';

import type { NoticeFields } from '../model/notice.ts';
import { readNotice } from './read.ts';

const read = (title: string, text: string): NoticeFields => readNotice({ title, text }).fields;

const CONTACTS = `凡对本次公告内容提出询问，请按以下方式联系。
1.采购人信息
名 称：开远市第一中学
地 址：开远市东联路8号
联系方式：普老师 0873-7120000
2.采购代理机构信息（如有）
名 称：云南鼎信项目管理有限公司
地 址：开远市环城路2号
联系方式：沙工 0873-7121111
3.项目联系方式
项目联系人：沙工`;
const PARTIES = { purchaser: '开远市第一中学', agency: '云南鼎信项目管理有限公司' };

/** One notice in each of the 13 formats of 财办库〔2020〕50号, in words of our own. */
describe('the standard formats of 2020', () => {
  it('1 采购意向公告: the planned purchases with their budgets, the unit in the header', () => {
    const text = `为便于供应商及时了解政府采购信息，现将开远市第一中学2026年9月采购意向公开如下：
| 序号 | 采购项目名称 | 采购需求概况 | 预算金额（万元） | 预计采购时间（填写到月） | 备注 |
| 1 | 实验室设备购置 | 物理实验台40套 | 36.5 | 2026年9月 | 无 |
本次公开的采购意向是初步安排，具体以采购公告和采购文件为准。
开远市第一中学
2026年7月12日`;
    expect(read('开远市第一中学2026年9月政府采购意向', text)).toMatchObject({
      kind: 'plan',
      projectName: '实验室设备购置',
      amount: 365_000,
      amountKind: 'budget',
      publishDate: '2026-07-12',
    });
  });

  it('2 资格预审公告: the last moment for applications, never that for collecting the papers', () => {
    const text = `项目概况
开远市第一中学实验楼工程的潜在资格预审申请人应在环城路2号领取资格预审文件，并于2026年8月3日10点30分（北京时间）前提交申请文件。
一、项目基本情况
项目编号：KYZC2026-GC-0002
项目名称：开远市第一中学实验楼工程
采购方式：公开招标
预算金额：1250万元
最高限价（如有）：1200万元
二、申请人的资格要求：建筑工程施工总承包三级。
三、领取资格预审文件
时间：2026年7月13日至2026年7月17日
四、资格预审申请文件的组成及格式 详见资格预审文件
五、资格预审申请文件的提交截止时间及地点
2026年8月3日10点30分（北京时间）
六、资格预审日期
资格预审日期为资格预审申请文件提交截止时间后3日
七、公告期限
自本公告发布之日起5个工作日。
九、${CONTACTS}`;
    expect(read('开远市第一中学实验楼工程资格预审公告', text)).toMatchObject({
      kind: 'prequalification',
      projectCode: 'KYZC2026-GC-0002',
      amount: 12_500_000,
      ceiling: 12_000_000,
      openingDate: '2026-08-03T10:30',
      publicity: null,
      ...PARTIES,
    });
  });

  it('3 招标公告 and 4 谈判、磋商、询价公告', () => {
    const text = `一、项目基本情况
项目编号：KYZC2026-HW-0009
项目名称：开远市第一中学课桌椅采购
预算金额：￥36.5万元
最高限价（如有）：￥36万元
采购需求：课桌椅600套
合同履行期限：30日
二、申请人的资格要求：
1.满足《中华人民共和国政府采购法》第二十二条规定；
三、获取招标文件
时间：2026年7月13日至2026年7月17日，每天上午9:00至12:00
售价：￥300.00元
四、提交投标文件截止时间、开标时间和地点
2026年8月3日 09点00分（北京时间）
地点：开远市公共资源交易中心
五、公告期限
自本公告发布之日起5个工作日。
七、${CONTACTS}`;
    const called = {
      kind: 'tender',
      projectCode: 'KYZC2026-HW-0009',
      projectName: '开远市第一中学课桌椅采购',
      amount: 365_000,
      amountKind: 'budget',
      ceiling: 360_000,
      openingDate: '2026-08-03T09:00',
      suppliers: [],
      ...PARTIES,
    };
    expect(read('开远市第一中学课桌椅采购招标公告', text)).toMatchObject(called);
    const invited = text
      .replace('获取招标文件', '获取采购文件')
      .replace(
        '四、提交投标文件截止时间、开标时间和地点\n2026年8月3日 09点00分（北京时间）',
        '四、响应文件提交\n截止时间：2026年8月3日 09点00分（北京时间）\n地点：东联路8号\n五、开启\n时间：2026年8月3日 09点00分（北京时间）',
      );
    for (const kind of ['竞争性谈判公告', '竞争性磋商公告', '询价公告'])
      expect(read(`开远市第一中学课桌椅采购${kind}`, invited)).toMatchObject(called);
  });

  const RESULT = `一、项目编号：KYZC2026-HW-0009（招标文件编号：DXZB-2026-031）
二、项目名称：开远市第一中学课桌椅采购
三、中标（成交）信息
供应商名称：红河家具有限公司
供应商地址：蒙自市天马路1号
中标（成交）金额：35.8（万元）
四、主要标的信息
| 序号 | 供应商名称 | 货物名称 | 货物品牌 | 货物数量 | 货物单价(元) |
| 1 | 红河家具有限公司 | 课桌椅 | 自产 | 600 | 596.67 |
五、评审专家（单一来源采购人员）名单：
沙某、普某、李某
六、代理服务收费标准及金额：
本项目代理费总金额：0.5370 万元（人民币）
七、公告期限
自本公告发布之日起1个工作日。
九、${CONTACTS}`;

  it('5 中标（成交）结果公告: both codes, the winner, the award; no expert, fee or unit price', () => {
    const fields = read('开远市第一中学课桌椅采购中标公告', RESULT);
    expect(fields).toMatchObject({
      kind: 'result',
      projectCode: 'KYZC2026-HW-0009',
      codes: ['KYZC2026-HW-0009', 'DXZB-2026-031'],
      suppliers: ['红河家具有限公司'],
      amount: 358_000,
      amountKind: 'award',
      publicity: null,
      ...PARTIES,
    });
  });

  it('5 with lots in a table, one of them failed', () => {
    const text = RESULT.replace(
      /供应商名称：[\s\S]*?（万元）\n/,
      '| 包号 | 供应商名称 | 供应商地址 | 中标（成交）金额(元) |\n| 1 | 红河家具有限公司 | 蒙自市 | 200000 |\n| 2 | 个旧木业有限公司 | 个旧市 | 158000 |\n废标说明：第3包有效供应商不足三家，本包废标。\n',
    );
    const { lots, amount, suppliers } = read('开远市第一中学课桌椅采购中标公告', text);
    expect(amount).toBe(358_000);
    expect(suppliers).toEqual(['红河家具有限公司', '个旧木业有限公司']);
    expect(lots.map((lot) => [lot.id, lot.amount, lot.suppliers, lot.failed])).toEqual([
      ['1', 200_000, ['红河家具有限公司'], false],
      ['2', 158_000, ['个旧木业有限公司'], false],
      ['3', null, [], true],
    ]);
  });

  it('6 更正公告: what it refers to, the day as moved, and whether it touches the outcome', () => {
    const text = (change: string): string => `一、项目基本情况
原公告的采购项目编号：KYZC2026-HW-0009
原公告的采购项目名称：开远市第一中学课桌椅采购
首次公告日期：2026年7月12日
二、更正信息
更正事项：采购公告
更正内容：${change}
更正日期：2026年7月15日
三、其他补充事宜
无
四、${CONTACTS}`;
    const moved = read(
      '开远市第一中学课桌椅采购更正公告',
      text('原开标时间2026年8月3日09点00分，现开标时间更正为2026年8月10日09点00分'),
    );
    expect(moved).toMatchObject({
      kind: 'correction',
      projectCode: 'KYZC2026-HW-0009',
      openingDate: '2026-08-10T09:00',
      refersTo: { date: '2026-07-12', code: 'KYZC2026-HW-0009' },
      material: false,
      amount: null,
      ...PARTIES,
    });
    const price = text('中标（成交）金额由35.8万元更正为35.6万元');
    expect(read('开远市第一中学课桌椅采购更正公告', price).material).toBe(true);
    expect(read('开远市第一中学课桌椅采购更正公告', text('详见附件')).material).toBeNull();
  });

  it('7 终止公告', () => {
    const text = `一、项目基本情况
采购项目编号：KYZC2026-HW-0009
采购项目名称：开远市第一中学课桌椅采购
二、项目终止的原因
因采购需求调整，终止本次采购。
三、其他补充事宜
无
四、${CONTACTS}`;
    expect(read('开远市第一中学课桌椅采购终止公告', text)).toMatchObject({
      kind: 'terminated',
      projectCode: 'KYZC2026-HW-0009',
      suppliers: [],
      amount: null,
      ...PARTIES,
    });
  });

  const CONTRACT = `一、合同编号：KY-HT-2026-15
二、合同名称：课桌椅采购合同
三、项目编号（或招标编号、政府采购计划编号、采购计划备案文号等，如有）：KYZC2026-HW-0009
四、项目名称：开远市第一中学课桌椅采购
五、合同主体
采购人（甲方）：开远市第一中学
地址：开远市东联路8号
供应商（乙方）：红河家具有限公司
地址：蒙自市天马路1号
六、合同主要信息
主要标的名称：课桌椅
主要标的数量：600
主要标的单价：596.67元
合同金额：35.8万元
履约期限、地点等简要信息：30日
采购方式：公开招标
`;

  it('8 合同公告: the project’s code and not the contract’s, the contract’s amount and not the price of one', () => {
    expect(
      read(
        '开远市第一中学课桌椅采购合同公告',
        `${CONTRACT}七、合同签订日期：2026-08-20\n八、合同公告日期：2026-08-21\n九、其他补充事宜：无`,
      ),
    ).toMatchObject({
      kind: 'contract',
      projectCode: 'KYZC2026-HW-0009',
      purchaser: '开远市第一中学',
      suppliers: ['红河家具有限公司'],
      amount: 358_000,
      amountKind: 'contract',
      contractDate: '2026-08-20',
      publishDate: null,
    });
  });

  it('9 验收结果公告: no member of the commission is a party', () => {
    const text = `${CONTRACT}七、验收日期：2026-09-20\n八、验收组成员（应当邀请服务对象参与）：沙某、普某\n九、验收意见：合格\n十、其他补充事宜：无`;
    expect(read('开远市第一中学课桌椅采购验收结果公告', text)).toMatchObject({
      kind: 'acceptance',
      projectCode: 'KYZC2026-HW-0009',
      purchaser: '开远市第一中学',
      suppliers: ['红河家具有限公司'],
    });
  });

  it('10 单一来源采购公示: the firm proposed, the budget and the period; the finance office is no party', () => {
    const text = `一、项目信息
采购人：开远市第一中学
项目名称：校园一卡通系统升级
拟采购的货物或服务的说明：原系统升级
拟采购的货物或服务的预算金额：18.6万元
采用单一来源采购方式的原因及说明：只能从原供应商处添购
二、拟定供应商信息
名称：云南智慧校园科技有限公司
地址：昆明市学府路5号
三、公示期限
2026年7月13日 至 2026年7月20日（公示期限不得少于5个工作日）
四、其他补充事宜
无
五、联系方式
1.采购人
联系人：普老师
联系地址：开远市东联路8号
2.财政部门
联系人：开远市财政局采购办
3.采购代理机构
联 系 人：云南鼎信项目管理有限公司`;
    expect(read('校园一卡通系统升级单一来源采购公示', text)).toMatchObject({
      kind: 'single_source',
      purchaser: '开远市第一中学',
      projectName: '校园一卡通系统升级',
      suppliers: ['云南智慧校园科技有限公司'],
      amount: 186_000,
      amountKind: 'budget',
      publicity: { from: '2026-07-13', to: '2026-07-20' },
    });
  });

  it('11 投诉处理, 12 监督检查处理, 13 考核结果: decisions, and no one’s award', () => {
    const decision = (who: string): string => `一、项目编号：KYZC2026-HW-0009
二、项目名称：开远市第一中学课桌椅采购
三、相关当事人
${who}：某某家具有限公司
地址：昆明市
四、基本情况
对中标金额35.8万元的评审有异议。
五、处理依据及结果
驳回。
六、其他补充事宜
无
开远市财政局
2026年8月30日`;
    expect(read('课桌椅采购投诉处理结果公告', decision('投诉人'))).toMatchObject({
      kind: 'complaint',
      projectCode: 'KYZC2026-HW-0009',
      suppliers: [],
      amount: null,
    });
    expect(read('课桌椅采购监督检查处理结果公告', decision('当事人1'))).toMatchObject({
      kind: 'other',
      suppliers: [],
      amount: null,
    });
    expect(
      read('2026年度集中采购机构考核结果公告', '一、考核对象\n红河州公共资源交易中心\n二、考核结果\n良好').kind,
    ).toBe('other');
  });
});
