import type { ContentKind } from '../../storage/store.ts';

/** Kinds of contents as the operator knows them. */
export const KIND_NAMES: Record<ContentKind, string> = {
  runs: '采集记录',
  frontier: '待采请求',
  archiveRecords: '归档索引',
  notices: '公告（含历次修订）',
  projects: '项目',
  findings: '核查结论',
  alerts: '告警',
  alertNumbers: '告警编号',
  leads: '线索',
  linkDecisions: '归并裁定',
  incidents: '来源异常',
  tellings: '值守通知',
  vanishings: '消失的公告',
  cases: '案件',
  caseEvents: '案件经过',
  caseAttachments: '案件附件',
  users: '账号',
  sentRequests: '访问记录',
  settings: '适用过的设置',
};
