import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { NoticeFields } from '../model/notice.ts';
import { readNotice } from './read.ts';

const read = (title: string, text: string, more: Partial<Parameters<typeof readNotice>[0]> = {}): NoticeFields =>
  readNotice({ title, text, ...more }).fields;

const CONTACTS = `九、凡对本次公告内容提出询问，请按以下方式联系。
1.采购人信息
名 称：开远市住房和城乡建设局
地 址：开远市人民南路24号
联系方式：沙先生 0873-7122924
2.采购代理机构信息（如有）
名 称：红河正达招标代理有限公司
地 址：开远市通灵路204号
3.项目联系方式
项目联系人：王老师`;

describe('a call for answers', () => {
  const TENDER = `开远市灵泉东路路灯节能改造工程竞争性谈判公告
项目概况
开远市灵泉东路路灯节能改造工程采购项目的潜在供应商应在代理机构获取采购文件，并于2026年03月26日 09点30分（北京时间）前提交响应文件。
一、项目基本情况
项目编号：KYZC2026-JT-0017
采购计划备案号：532502-2026-00088
项目名称：开远市灵泉东路路灯节能改造工程
采购方式：竞争性谈判
预算金额：87.35 万元（人民币）
最高限价（如有）：86.00 万元（人民币）
资金来源：财政资金
项目类别：工程（市政工程）
二、申请人的资格要求：
注册资本不少于500万元。
三、获取采购文件
时间：2026年03月17日至2026年03月20日
方式：现场获取
售价：￥300.0 元
四、响应文件提交
截止时间：2026年03月26日 09点30分
五、开启
时间：2026年03月26日 09点30分
七、其他补充事宜
监督部门信息
名称：开远市财政局
${CONTACTS}`;

  it('gives project, parties, money, opening and what decides the law', () => {
    expect(
      read('开远市灵泉东路路灯节能改造工程竞争性谈判公告', TENDER, { publishDate: '2026-03-16T17:30' }),
    ).toMatchObject({
      kind: 'tender',
      track: 'procurement',
      projectName: '开远市灵泉东路路灯节能改造工程',
      projectCode: 'KYZC2026-JT-0017',
      codes: ['KYZC2026-JT-0017'],
      purchaser: '开远市住房和城乡建设局',
      agency: '红河正达招标代理有限公司',
      amount: 873_500,
      amountKind: 'budget',
      budget: 873_500,
      ceiling: 860_000,
      method: 'competitive_negotiation',
      category: 'works',
      subtype: 'municipal',
      stateFunded: true,
      publishDate: '2026-03-16T17:30',
      openingDate: '2026-03-26T09:30',
      publicity: null,
      region: '开远市',
      regionCode: '532502',
      round: 1,
      suppliers: [],
    });
  });

  it('reads the same facts where a copied page puts labels, values and units on lines of their own', () => {
    const stacked = TENDER.replace(/：(?=\S)/g, '：\n')
      .replace('87.35 万元（人民币）', '87.35\n(万元)')
      .replace('2026年03月26日 09点30分（', '202\n6年\n03\n月26日 09点30分\n（');
    expect(read('开远市灵泉东路路灯节能改造工程竞争性谈判公告', stacked)).toMatchObject({
      projectCode: 'KYZC2026-JT-0017',
      purchaser: '开远市住房和城乡建设局',
      agency: '红河正达招标代理有限公司',
      amount: 873_500,
      openingDate: '2026-03-26T09:30',
    });
  });

  it('never takes the supervisor, a fee or the price of the papers for a party or an amount', () => {
    const { purchaser, agency, amount } = read('路灯工程询价公告', TENDER.replace(/预算金额.*\n最高限价.*\n/, ''));
    expect([purchaser, agency, amount]).toEqual(['开远市住房和城乡建设局', '红河正达招标代理有限公司', null]);
  });

  it('reads lots with their budgets', () => {
    const lots = TENDER.replace(
      '资金来源',
      '标项一\n标项名称:一期\n预算金额（元）:500000\n标项二\n标项名称:二期\n预算金额（元）:373500\n资金来源',
    );
    const fields = read('路灯工程竞争性谈判公告', lots);
    expect(fields.amount).toBe(873_500);
    expect(fields.lots.map(({ id, budget }) => [id, budget])).toEqual([
      ['1', 500_000],
      ['2', 373_500],
    ]);
  });

  it('reads a construction form with its estimate', () => {
    const form = `招标概况\n招标项目名称：\n农贸市场扩建工程\n资金来源：\n国资 30.0% 自筹 % 贷款 70.0%\n公共资源交易行业分类：\n房屋建筑工程\n招标方式：\n公开招标\n招标人与招标代理\n建设单位：\n开远市城市建设投资有限责任公司\n招标代理机构：\n云南鼎信项目管理有限公司\n详细公告内容\n标段编号：\nGC530100202600193001001\n递交投标文件截止时间:\n2026-04-08 09:00\n标段合同估算价：\n2000 万元\n投标保证金金额：\n10 万元`;
    expect(
      read('农贸市场扩建工程招标公告', form, { columnTrack: 'construction', headerCode: 'GC530100202600193001' }),
    ).toMatchObject({
      projectCode: 'GC530100202600193001',
      purchaser: '开远市城市建设投资有限责任公司',
      amount: 20_000_000,
      amountKind: 'estimate',
      method: 'open_tender',
      category: 'works',
      subtype: 'other',
      stateFunded: true,
      openingDate: '2026-04-08T09:00',
    });
  });

  it('reads a plan from the columns of its table, the unit in the header', () => {
    const plan = `序号 | 项目名称 | 建设单位（或招标人） | 招标\n方式 | 投资额或估算价（万元） | 资金来源 | \n1 | 立体车库采购 | 开远市城市管理局 | 公开\n招标 | 450 | 专项债资金 | `;
    expect(read('立体车库采购招标计划', plan)).toMatchObject({
      kind: 'plan',
      purchaser: '开远市城市管理局',
      amount: 4_500_000,
      amountKind: 'estimate',
      stateFunded: true,
    });
  });
});

describe('a publicity of candidates', () => {
  const head =
    '招标人\n开远市水务局\n招标代理机构\n云南鼎信项目管理有限公司\n最高投标限价（元）\n1377750.64\n开标时间\n20260313 - 09:30:00\n公示期\n2026年03月17日\n至\n2026年03月20日\n';

  it('reads rank, name and price from a table copied cell by cell, the bid and not the evaluated price', () => {
    const table = `中标候选人及排序\n中标候选人名称\n质量\n投标报价（元）\n经评审的投标价（元）\n综合评标得分\n第一名\n甲建设有限公司\n合格\n1039584.34\n118050.26\n96.89\n第二名\n乙建设有限公司\n合格\n1038710.16\n117176.08\n92.86\n第一中标候选人类似业绩（甲建设有限公司）\n项目业主\n项目名称\n合同价格（元）\n某投资有限公司\n某住宅项目\n520642245.18`;
    const fields = read('供水管网改造工程中标候选人公示', head + table);
    expect(fields).toMatchObject({
      kind: 'candidate',
      purchaser: '开远市水务局',
      amount: 1_039_584.34,
      ceiling: 1_377_750.64,
      openingDate: '2026-03-13T09:30',
      suppliers: ['甲建设有限公司'],
    });
    expect(fields.publicity).toMatchObject({ from: '2026-03-17', to: '2026-03-20' });
    expect(fields.candidates).toEqual([
      { rank: 1, name: '甲建设有限公司', price: 1_039_584.34, lot: null },
      { rank: 2, name: '乙建设有限公司', price: 1_038_710.16, lot: null },
    ]);
  });

  it('takes no price from a rate, whatever unit the form prints behind it', () => {
    const rows =
      '|\n第一中标排序单位名称\n|\n甲设计有限公司\n|\n投标报价\n|\n1.46 元\n|\n第二中标排序单位名称\n|\n|\n投标报价\n|\n元\n|\n公示截止期：2026年04月02日\n|';
    const fields = read('污水管网工程设计中标候选人公示', rows);
    expect(fields.candidates).toEqual([{ rank: 1, name: '甲设计有限公司', price: null, lot: null }]);
    expect(fields.amount).toBeNull();
    expect(fields.publicity).toMatchObject({ from: null, to: '2026-04-02' });
    expect(
      read(
        '劳务招标中标候选人公示',
        '一、中标候选人排序\n第一名\n.\n甲建筑工程有限公司     下浮比例：\n24.91%\n第二名\n.\n乙建筑工程有限公司\n下浮比例：\n23.9%\n二、公示期：2026年3月16日至18日',
      ),
    ).toMatchObject({
      candidates: [
        { rank: 1, price: null },
        { rank: 2, price: null },
      ],
    });
  });

  it('ranks nobody where the site prints candidates without an order', () => {
    const rows =
      '|\n定标候选人及相关内容\n|\n单位名称\n|\n甲建设有限公司\n|\n投标报价\n|\n61685092.71 元\n|\n单位名称\n|\n乙建设有限公司\n|\n投标报价\n|\n61220862.08 元\n|\n招标人名称\n|\n开远市水务局\n|';
    expect(read('净菜配送中心项目[中标候选人公示]', rows)).toMatchObject({
      candidates: [],
      suppliers: [],
      amount: null,
      purchaser: '开远市水务局',
    });
  });

  it('keeps the candidates of several lots apart and takes no lot for the whole', () => {
    const html =
      '<table><tr><td>标段</td><td>排序</td><td>供应商名称</td><td>最终报价（万元）</td></tr><tr><td>一标段</td><td>第一名</td><td>甲建设有限公司</td><td>20.5</td></tr><tr><td>一标段</td><td>第二名</td><td>乙建设有限公司</td><td>21</td></tr><tr><td>二标段</td><td>第一名</td><td>丙建设有限公司</td><td>30</td></tr></table>';
    const fields = readNotice({ title: '背街小巷改造工程成交候选供应商公示', html }).fields;
    expect(fields.candidates.map(({ lot, rank, name, price }) => [lot, rank, name, price])).toEqual([
      ['1', 1, '甲建设有限公司', 205_000],
      ['1', 2, '乙建设有限公司', 210_000],
      ['2', 1, '丙建设有限公司', 300_000],
    ]);
    expect(fields.suppliers).toEqual(['甲建设有限公司', '丙建设有限公司']);
    expect(fields.amount).toBeNull();
  });
});

describe('an award', () => {
  it('reads winner and amount, never the agency fee, unit prices or what the summary shows of one lot', () => {
    const html = `<table><tr><td>采购项目名称</td><td colspan="3">医疗设备采购项目</td></tr><tr><td>总中标金额</td><td colspan="3">￥5.7837 万元（人民币）</td></tr></table>
      <div style="display:none"><p>一、项目编号：KY-9</p><p>三、中标（成交）信息</p>
      <table><tr><td>包号</td><td>供应商名称</td><td>供应商地址</td><td>中标（成交）金额</td></tr>
      <tr><td>1</td><td>甲医疗器械有限公司</td><td>昆明</td><td>57837（元）</td></tr><tr><td>2</td><td>乙医疗器械有限公司</td><td>昆明</td><td>3702163（元）</td></tr></table>
      <p>四、主要标的信息</p><table><tr><td>序号</td><td>供应商名称</td><td>货物名称</td><td>单价(元)</td></tr><tr><td>1</td><td>丙代工有限公司</td><td>监护仪</td><td>16798000</td></tr></table>
      <p>六、代理服务收费标准及金额：</p><p>本项目代理费总金额：1.385200 万元</p></div>`;
    const { fields, disagreements } = readNotice({ title: '医疗设备采购项目中标公告', html });
    expect(fields).toMatchObject({
      kind: 'result',
      amount: 3_760_000,
      amountKind: 'award',
      suppliers: ['甲医疗器械有限公司', '乙医疗器械有限公司'],
    });
    expect(fields.lots.map(({ id, amount }) => [id, amount])).toEqual([
      ['1', 57_837],
      ['2', 3_702_163],
    ]);
    expect(disagreements).toContainEqual(expect.objectContaining({ field: 'amount', value: 57_837 }));
  });

  it('marks a lot that failed inside an award', () => {
    const text = `一、项目编号：KY-9\n三、中标（成交）信息\n| 包号 | 供应商名称 | 成交金额（元） |\n|---|---|---|\n| 第一包 | 甲市政工程有限公司 | 132870 |\n废标说明：第二包有效供应商不足三家，本包废标。\n四、主要标的信息\n${CONTACTS}`;
    const fields = read('市政道路修缮工程成交结果公告', text);
    expect(fields.kind).toBe('result');
    expect(fields.lots.map(({ id, failed, amount }) => [id, failed, amount])).toEqual([
      ['1', false, 132_870],
      ['2', true, null],
    ]);
  });

  it('is no award where the only winner-like firm is named in the reason of failure', () => {
    const text =
      '一、项目编号：KY-9\n三、采购结果\n采购包1(体育器材采购项目):\n废标理由：\n甲体育发展有限公司检测报告不符合要求。本项目有效供应商家数不足三家，本项目流标。\n四、主要标的信息\n无（废标）。';
    expect(read('体育器材采购项目结果公告（采购包1）', text)).toMatchObject({
      kind: 'failed',
      suppliers: [],
      amount: null,
      lots: [{ id: '1', failed: true }],
    });
  });

  it('reads a unit price as none and a yearly price as yearly', () => {
    const form = '中标人信息\n单位名称\n甲建设工程有限公司\n中标金额（费率、单价等）\n286.6元/工日\n';
    expect(read('零星维修项目（第二次）的中标结果公示', form)).toMatchObject({
      suppliers: ['甲建设工程有限公司'],
      amount: null,
      round: 2,
    });
    expect(
      read(
        '食堂运营项目成交结果公告',
        '三、中标（成交）信息\n供应商名称：\n甲农业有限公司\n中标（成交）金额：\n513360.00\n元每年\n四、主要标的信息',
      ),
    ).toMatchObject({ amount: 513_360, amountKind: 'yearly' });
  });

  it('has no publicity period of its own where it quotes that of the candidates', () => {
    const text =
      '三、中标（成交）信息\n供应商名称：甲建设有限公司\n成交金额：100000元\n八、其他补充事宜\n成交候选人公示时间：2026年3月10日至2026年3月12日\n成交通知书发出日期：2026年3月13日\n成交日期：2026年3月13日';
    expect(read('路灯工程成交结果公告', text, { publishDate: '2026-03-14' })).toMatchObject({
      publicity: null,
      awardLetterDate: '2026-03-13',
      determinedDate: '2026-03-13',
    });
  });

  it('gives the reason printed for passing over the first candidate', () => {
    const text =
      '三、中标（成交）信息\n供应商名称：乙建设有限公司\n八、其他补充事宜\n第一中标候选人在公示期内书面放弃资格，依法确定排名第二的候选人为成交人。';
    expect(read('路灯工程成交结果公告', text).skipReason).toBe(
      '第一中标候选人在公示期内书面放弃资格，依法确定排名第二的候选人为成交人',
    );
    expect(read('路灯工程成交结果公告', '供应商名称：甲建设有限公司').skipReason).toBeNull();
  });
});

describe('later and other notices', () => {
  it('reads a contract, its parties and the day it was signed', () => {
    const text =
      '一、合同编号：HT-01\n三、项目编号：KYZC2026-JT-0017\n四、项目名称：路灯工程\n五、合同主体\n采购人（甲方）：开远市城市管理局\n地 址：人民路\n供应商（乙方）：甲照明有限公司\n六、合同主要信息\n合同金额：873,500.00元\n七、合同签订日期：2026年03月20日\n八、合同公告日期：2026年03月21日';
    expect(read('路灯工程合同公告', text)).toMatchObject({
      kind: 'contract',
      projectCode: 'KYZC2026-JT-0017',
      purchaser: '开远市城市管理局',
      suppliers: ['甲照明有限公司'],
      amount: 873_500,
      amountKind: 'contract',
      contractDate: '2026-03-20',
    });
    expect(
      read(
        '用车服务合同',
        '采购人名称\n开远市体育中心\n中标（成交）供应商名称\n甲旅游汽车有限公司\n合同金额\n0元 人民币',
      ).amount,
    ).toBeNull();
  });

  it('reads an award letter', () => {
    const text =
      '甲建设有限公司：\n你单位为成交供应商（项目编号：KY-2026-17）采用竞争性谈判方式采购。\n成交供应商：甲建设有限公司\n成交金额：873500.00元（大写：人民币捌拾柒万叁仟伍佰元整）\n开远市城市管理局\n2026年3月20日';
    expect(read('路灯工程成交通知书', text)).toMatchObject({
      kind: 'award_letter',
      projectCode: 'KY-2026-17',
      suppliers: ['甲建设有限公司'],
      amount: 873_500,
      awardLetterDate: '2026-03-20',
    });
  });

  it('reads what a correction refers to, whether it is material, and the opening as moved', () => {
    const base =
      '一、项目基本情况\n原公告的采购项目编号：KY-2026-17\n原公告的采购项目名称：路灯工程\n首次公告日期：2026年03月10日\n二、更正信息\n更正事项：采购公告\n';
    const moved = read(
      '路灯工程更正公告',
      `${base}| 序号 | 更正项 | 更正前内容 | 更正后内容 |\n|---|---|---|---|\n| 1 | 响应文件提交截止时间 | 2026年03月20日 09:30 | 2026年03月27日 09:30 |\n更正日期：2026年03月12日`,
    );
    expect(moved).toMatchObject({
      kind: 'correction',
      material: false,
      openingDate: '2026-03-27T09:30',
      refersTo: { date: '2026-03-10', code: 'KY-2026-17', title: null },
    });
    expect(
      read('成交候选供应商公示更正公告', `${base}更正内容：\n第一候选人报价由87.35万元更正为87.53万元`).material,
    ).toBe(true);
    expect(read('路灯工程更正公告', `${base}更正内容：\n联系电话更正为0873-7120000`).material).toBe(false);
    expect(read('路灯工程更正公告', `${base}更正内容：详见附件`).material).toBeNull();
    expect(read('路灯工程更正公告', `${base}更正内容：\n补充上传成交供应商的中小企业声明函`).material).toBe(false);
  });

  it('reads the proposed supplier and the period of a single-source publicity', () => {
    const text =
      '一、项目信息\n采购人：开远市人民医院\n项目名称：信息系统升级服务\n拟采购的货物或服务的预算金额：500000.00元\n二、拟定供应商信息\n名称：甲软件有限公司\n地址：昆明\n三、公示期限\n公示期：2026年3月16日至2026年3月20日（5个工作日）\n五、联系方式\n1.采购人\n联系人：李工\n2.财政部门\n名称：开远市财政局';
    expect(read('信息系统升级服务单一来源采购公示', text)).toMatchObject({
      kind: 'single_source',
      method: 'single_source',
      purchaser: '开远市人民医院',
      suppliers: ['甲软件有限公司'],
      budget: 500_000,
      publicity: { from: '2026-03-16', to: '2026-03-20', workdays: 5 },
    });
  });

  it('reads every parcel of a land notice', () => {
    const html =
      '<p>开自然资告字[2026]12号</p><table><tr><th>宗地编号</th><th>宗地坐落</th><th>土地面积（公顷）</th><th>土地用途</th><th>起始价（万元）</th></tr><tr><td>开2026-05号</td><td>凤凰片区</td><td>1.2</td><td>住宅用地</td><td>603.2</td></tr><tr><td>开2026-06号</td><td>南洞片区</td><td>0.5</td><td>商服用地</td><td>428</td></tr></table>';
    const { fields } = readNotice({ title: '开远市国有建设用地使用权挂牌出让公告', html });
    expect(fields).toMatchObject({
      kind: 'tender',
      track: 'land',
      category: 'land',
      method: 'listing',
      projectCode: '开自然资告字[2026]12号',
      amount: null,
    });
    expect(fields.parcels).toEqual([
      {
        code: '开2026-05号',
        location: '凤凰片区',
        areaSqm: 12_000,
        use: '住宅用地',
        startPrice: 6_032_000,
        dealPrice: null,
        winner: null,
      },
      {
        code: '开2026-06号',
        location: '南洞片区',
        areaSqm: 5000,
        use: '商服用地',
        startPrice: 4_280_000,
        dealPrice: null,
        winner: null,
      },
    ]);
  });
});

describe('evidence', () => {
  it('gives the words, the rule and the confidence of every field that it read', () => {
    const { origins } = readNotice({
      title: '路灯工程成交公告',
      text: '一、项目编号：KY-2026-17\n三、中标（成交）信息\n供应商名称：甲照明有限公司\n成交金额：87.35万元',
    });
    expect(origins.projectCode).toEqual({ words: '项目编号：KY-2026-17', rule: 'label:projectCode', confidence: 0.95 });
    expect(origins.amount?.words).toContain('供应商名称：甲照明有限公司');
  });

  it("lets the site's own fields win and keeps what they contradict", () => {
    const reading = readNotice({
      title: '路灯工程中标结果公告',
      text: '中标人：甲照明有限公司\n中标价：87.35万元',
      structured: { suppliers: ['甲照明有限公司'], amount: 873_600, amountKind: 'award', codes: [], agency: null },
    });
    expect(reading.fields.amount).toBe(873_600);
    expect(reading.origins.amount).toMatchObject({ rule: 'site-field' });
    expect(reading.disagreements).toContainEqual(expect.objectContaining({ field: 'amount', value: 873_500 }));
    expect(reading.disagreements).not.toContainEqual(expect.objectContaining({ field: 'suppliers' }));
  });

  it('shows where the column that the site files a notice under says something else', () => {
    const reading = readNotice({ title: '路灯工程废标公告', text: '有效供应商不足三家', columnKind: 'result' });
    expect(reading.fields.kind).toBe('failed');
    expect(reading.disagreements).toContainEqual(expect.objectContaining({ field: 'kind', value: 'result' }));
  });

  it('puts the platform code behind the one in the body, and both into the codes', () => {
    const fields = read(
      '路灯工程招标公告',
      '项目编号（页头）：E5325020001\n一、项目基本情况\n1、项目编号：开采竞磋-2026-28',
      { headerCode: 'E5325020001' },
    );
    expect(fields.projectCode).toBe('开采竞磋-2026-28');
    expect(fields.codes).toEqual(['开采竞磋-2026-28', 'E5325020001']);
  });

  it('reads strange input without a throw and says nothing of what is not there', () => {
    for (const input of [{ text: '' }, { html: '' }, {}, { html: '<td><table></p>' }, { text: '|||\n项目名称：' }]) {
      expect(readNotice({ title: null, ...input }).fields).toMatchObject({
        kind: 'other',
        projectName: null,
        purchaser: null,
        amount: null,
        publishDate: null,
      });
    }
  });

  it('is total and deterministic', () => {
    const word = fc.constantFrom(
      '项目名称：',
      '公示期',
      '2026年3月16日',
      '至',
      '第一名',
      '甲建设有限公司',
      '投标报价（元）',
      '873500',
      '|',
      '\n',
      '一、',
      '（',
      '）',
      '更正',
      '<td>',
      '<table>',
      '</p>',
      '第一包',
      '废标',
      '\u200b',
      '%',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.boolean(), (words, isHtml) => {
        const body = words.join('');
        const input = { title: words.slice(0, 4).join(''), ...(isHtml ? { html: body } : { text: body }) };
        expect(readNotice(input)).toEqual(readNotice(input));
      }),
      { numRuns: 300 },
    );
  });
});
