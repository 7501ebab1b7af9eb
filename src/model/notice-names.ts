import type { AmountKind, Category, FieldName, Method, NoticeKind, Track } from './notice.ts';

/** What the offices call the terms of a notice. A term without a name does not compile. */
export const NOTICE_KIND_NAMES: Record<NoticeKind, string> = {
  plan: '计划（意向）公告',
  preview: '招标文件预公示',
  prequalification: '资格预审公告',
  tender: '招标（采购、出让）公告',
  correction: '更正公告',
  opening: '开标记录',
  candidate: '候选人公示',
  single_source: '单一来源公示',
  result: '结果公告',
  award_letter: '中标（成交）通知书',
  contract: '合同公告',
  acceptance: '验收公告',
  failed: '废标（流标）公告',
  terminated: '终止公告',
  suspended: '暂停（中止）公告',
  complaint: '投诉处理公告',
  other: '其他公告',
};

export const TRACK_NAMES: Record<Track, string> = {
  construction: '工程建设',
  procurement: '政府采购',
  land: '土地使用权',
  asset: '国有产权与竞价',
};

export const METHOD_NAMES: Record<Method, string> = {
  open_tender: '公开招标',
  invited_tender: '邀请招标',
  competitive_negotiation: '竞争性谈判',
  competitive_consultation: '竞争性磋商',
  inquiry: '询价',
  single_source: '单一来源',
  framework: '框架协议',
  listing: '挂牌',
  auction: '拍卖',
  agreement: '协议出让',
  allocation: '划拨',
  bidding: '竞价',
};

export const CATEGORY_NAMES: Record<Category, string> = {
  works: '工程',
  goods: '货物',
  services: '服务',
  land: '土地',
  lease: '租赁',
  asset: '资产',
};

export const AMOUNT_KIND_NAMES: Record<AmountKind, string> = {
  budget: '预算金额',
  ceiling: '最高限价',
  estimate: '估算价',
  award: '中标（成交）金额',
  contract: '合同金额',
  start_price: '起始价',
  deal: '成交价',
  yearly: '年租金',
};

/** The business fields of a notice, as labels. */
export const FIELD_NAMES: Record<FieldName, string> = {
  kind: '公告类型',
  track: '领域',
  title: '标题',
  projectName: '项目名称',
  projectCode: '项目编号',
  codes: '全部编号',
  purchaser: '采购人（招标人）',
  agency: '代理机构',
  suppliers: '中标（成交）人',
  amount: '金额',
  amountKind: '金额性质',
  budget: '预算金额',
  ceiling: '最高限价',
  method: '采购（交易）方式',
  category: '类别',
  subtype: '工程类型',
  stateFunded: '资金性质',
  publishDate: '网站所载发布时间',
  publicity: '公示期',
  openingDate: '开标时间',
  determinedDate: '定标日期',
  awardLetterDate: '通知书日期',
  contractDate: '合同签订日期',
  region: '行政区划',
  regionCode: '区划代码',
  round: '第几次采购',
  lots: '标段（包）',
  candidates: '候选人',
  parcels: '宗地',
  refersTo: '所引公告',
  material: '更正是否涉及实质内容',
  skipReason: '未选第一候选人的理由',
};
