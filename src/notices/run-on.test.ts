import { describe, expect, it } from 'vitest';

import type { NoticeFields } from '../model/notice.ts';
import { readNotice } from './read.ts';
import { reflow } from './reflow.ts';

const read = (text: string, title: string | null = null): NoticeFields => readNotice({ title, text }).fields;

/** Pages copied without their line breaks, and what copying does to labels and tables. */
describe('a page whose lines ran together', () => {
  const LINES = [
    '一、项目编号：KYZC2026-HW-0031',
    '二、项目名称：城区垃圾转运车采购',
    '三、中标（成交）信息',
    '供应商名称：红河环卫设备有限公司',
    '供应商地址：开远市灵泉路9号',
    '中标（成交）金额：873500.00元',
    '四、主要标的信息',
    '名称：转运车 数量：2 单价：436750元',
    '五、评审专家名单：沙某、普某、李某（采购人代表）',
    '六、代理服务收费标准及金额：1.2万元',
    '七、公告期限 自本公告发布之日起1个工作日。',
    '八、其他补充事宜 无',
    '九、凡对本次公告内容提出询问，请按以下方式联系。',
    '1.采购人信息',
    '名 称：开远市城市管理局',
    '地 址：开远市人民路1号',
    '2.采购代理机构信息',
    '名 称：云南鼎信项目管理有限公司',
    '地 址：开远市环城路2号',
    '3.项目联系方式',
    '项目联系人：普老师',
  ];
  const WHOLE = {
    projectCode: 'KYZC2026-HW-0031',
    projectName: '城区垃圾转运车采购',
    suppliers: ['红河环卫设备有限公司'],
    amount: 873_500,
    purchaser: '开远市城市管理局',
    agency: '云南鼎信项目管理有限公司',
  };

  it.each([
    ['as published', '\n'],
    ['with a blank for every break', ' '],
    ['with nothing for a break', ''],
  ])('%s gives the same fields', (_, mark) => {
    expect(read(LINES.join(mark), '城区垃圾转运车采购中标公告')).toMatchObject(WHOLE);
  });

  it('the cells of the national summary table are told apart by its labels', () => {
    const text =
      '路灯采购竞争性磋商公告2026年07月04日 12:08 来源： 【打印】公告概要：公告信息：采购项目名称路灯采购品目货物/灯具采购单位开远市城市管理局行政区域开远市公告时间2026年07月04日 12:08响应文件开启时间2026年07月14日 13:00预算金额￥73.080000万元（人民币）联系人及联系方式：项目联系人沙老师采购单位地址开远市人民路1号代理机构名称云南鼎信项目管理有限公司代理机构地址环城路2号项目概况路灯采购的潜在供应商应在环城路2号获取采购文件。';
    expect(read(text)).toMatchObject({
      title: '路灯采购竞争性磋商公告',
      purchaser: '开远市城市管理局',
      agency: '云南鼎信项目管理有限公司',
      publishDate: '2026-07-04T12:08',
      openingDate: '2026-07-14T13:00',
      amount: 730_800,
    });
  });

  it('an ordinary paragraph stays whole', () => {
    const paragraph = `供应商应当一、二、三级资质齐备，${'并按招标文件要求编制投标文件。'.repeat(12)}`;
    expect(reflow(paragraph)).toEqual([paragraph]);
  });
});

describe('what copying does to a page', () => {
  it('cells parted by tabs are a table', () => {
    const text = '包号\t成交供应商\t成交金额（万元）\n1\t红河苗木有限公司\t12.5\n2\t红河园林有限公司\t8';
    expect(read(text, '绿化苗木采购成交公告')).toMatchObject({
      suppliers: ['红河苗木有限公司', '红河园林有限公司'],
      amount: 205_000,
    });
  });

  it('a label and its value with nothing but blanks between', () => {
    const text = '项目编号 KYZC2026-JT-0017\n采购单位 开远市水务局\n代理机构名称 云南鼎信项目管理有限公司';
    expect(read(text, '水泵采购询价公告')).toMatchObject({
      projectCode: 'KYZC2026-JT-0017',
      purchaser: '开远市水务局',
      agency: '云南鼎信项目管理有限公司',
    });
  });

  it('digits and letters as wide as Chinese ones', () => {
    const text =
      '项目编号：ＫＹＺＣ２０２６－００１７\n预算金额：８７３５００．００元\n开标时间：２０２６年３月２６日９时３０分';
    expect(read(text, '水泵采购招标公告')).toMatchObject({
      amount: 873_500,
      openingDate: '2026-03-26T09:30',
    });
  });

  it('places for electronic seals are no part of a name', () => {
    expect(read('招标人：&&&招标人盖章位置2&&&开远市水务局', '河道治理工程招标公告').purchaser).toBe('开远市水务局');
  });

  it('day and clock without a blank', () => {
    expect(read('开标时间：2026-10-3009:30:00', '水泵采购招标公告').openingDate).toBe('2026-10-30T09:30');
    expect(
      read('递交响应文件截止时间及磋商会议时间：2026 年8月5日北京时间 13:30时', '水泵采购磋商公告').openingDate,
    ).toBe('2026-08-05T13:30');
  });
});

describe('labels built of familiar words', () => {
  it.each([
    ['中标公司名称：红河医疗器械有限公司', 'suppliers', ['红河医疗器械有限公司']],
    ['中选成交供应商名称：红河医疗器械有限公司', 'suppliers', ['红河医疗器械有限公司']],
    ['拟成交单位全称：红河医疗器械有限公司', 'suppliers', ['红河医疗器械有限公司']],
    ['招标采购人单位名称：开远市人民医院', 'purchaser', null],
    ['招标单位全称：开远市人民医院', 'purchaser', '开远市人民医院'],
    ['政府采购代理机构名称：云南鼎信项目管理有限公司', 'agency', '云南鼎信项目管理有限公司'],
    ['成交项目总金额：873500元', 'amount', 873_500],
    ['信息发布时间：2026-05-29 18:51:04', 'publishDate', '2026-05-29T18:51'],
    ['合同协议签订日期：2026-05-29', 'contractDate', null],
  ] as const)('%s', (line, field, value) => {
    expect(read(line, '设备采购成交公告')[field]).toEqual(value);
  });
});

describe('parts that end', () => {
  it('5、小组成员名单 ends where 6、 begins: the parties below are read', () => {
    const text =
      '4、成交结果：\n成交供应商：红河服装厂\n5、磋商小组成员名单：\n沙某;普某\n6、保证金退还时间：五个工作日内\n采购单位：开远市第一中学\n采购代理机构：云南鼎信项目管理有限公司';
    expect(read(text, '校服采购成交公告')).toMatchObject({
      purchaser: '开远市第一中学',
      agency: '云南鼎信项目管理有限公司',
    });
  });

  it('the day under the office at the foot is the notice’s own where the page gives no other', () => {
    expect(read('成交价格：75,000.00元\n开远市第一中学\n2026-7-12', '校服采购成交公告').publishDate).toBe('2026-07-12');
    expect(read('发布时间：2026-07-13\n开远市第一中学\n2026-7-12', '校服采购成交公告').publishDate).toBe('2026-07-13');
  });
});
