import { CASE_STATE_NAMES } from '../../src/model/case.ts';
import type { Severity, Verdict } from '../../src/model/finding.ts';
import type { AmountKind, Category, FieldName, Method, NoticeKind, Track } from '../../src/model/notice.ts';
import type { Link } from '../../src/model/project.ts';
import type { RunOutcome } from '../../src/model/run.ts';
import type { AlertDetailReply, AlertSummaryReply } from '../../src/api/schemas.ts';

/** The Chinese names of the model's terms, in the words of the offices. A term without a name does not compile. */
export const KIND: Record<NoticeKind, string> = {
  plan: '意向与计划',
  preview: '招标文件预公示',
  prequalification: '资格预审公告',
  tender: '招标（采购）公告',
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
  suspended: '暂停公告',
  complaint: '投诉处理公告',
  other: '其他公告',
};

export const TRACK: Record<Track, string> = {
  construction: '工程建设',
  procurement: '政府采购',
  land: '土地使用权',
  asset: '国有产权与竞价',
};

export const METHOD: Record<Method, string> = {
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

export const CATEGORY: Record<Category, string> = {
  works: '工程',
  goods: '货物',
  services: '服务',
  land: '土地',
  lease: '租赁',
  asset: '资产',
};

export const AMOUNT_KIND: Record<AmountKind, string> = {
  budget: '预算金额',
  ceiling: '最高限价',
  estimate: '估算价',
  award: '中标（成交）金额',
  contract: '合同金额',
  start_price: '起始价',
  deal: '成交价',
  yearly: '年租金',
};

export const VERDICT: Record<Verdict, string> = {
  compliant: '合规',
  violation: '违规',
  undetermined: '无法判定',
  not_applicable: '不适用',
};

export const SEVERITY: Record<Severity, string> = {
  critical: '特别严重',
  major: '严重',
  minor: '一般',
  info: '提示',
  none: '无',
};

export const NATURE: Record<AlertSummaryReply['nature'], string> = { violation: '违规告警', review: '待核提示' };

export const ALERT_STATE: Record<AlertSummaryReply['state'], string> = { open: '未消除', cleared: '已消除' };

export const EVENT: Record<AlertDetailReply['history'][number]['event'], string> = {
  opened: '首次提示',
  changed: '内容变化',
  cleared: '消除',
  reopened: '再次提示',
  moved: '转入其他项目',
};

export const ROLE: Record<AlertDetailReply['evidence'][number]['role'], string> = {
  publicity: '公示',
  result: '结果',
  award_letter: '通知书',
  contract: '合同',
  correction: '更正',
  other: '其他',
};

export const OUTCOME: Record<RunOutcome, string> = {
  running: '进行中',
  complete: '完整',
  incomplete: '不完整',
  rejected: '拒收',
};

export const LINK_METHOD: Record<Link['method'], string> = {
  code: '项目编号',
  reference: '公告引用',
  title: '项目名称',
  parcel: '宗地编号',
  content: '内容比对',
  person: '人工裁定',
};

export const LINK_AS: Record<Link['as'], string> = { group: '同一公告', project: '同一项目' };

/** The business fields of a notice, as labels. */
export const FIELD: Record<FieldName, string> = {
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

export const fieldName = (key: string): string => (key in FIELD ? FIELD[key as FieldName] : key);

export const CASE_STATE = CASE_STATE_NAMES;

export const VANISHED = {
  missing: '未列出，尚未证实',
  withdrawn: '已撤下',
  unlisted: '不再列出，页面仍在',
  returned: '已恢复',
} as const;
