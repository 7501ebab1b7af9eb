import type { LifecycleState } from '../model/project.ts';

/** 阶段, in the words of the offices. */
export const STATE_NAMES: Record<LifecycleState, string> = {
  PLANNED: '已列计划',
  DOC_PREVIEW: '招标文件预公示',
  PREQUALIFYING: '资格预审',
  TENDERING: '招标（采购）中',
  OPENED: '已开标',
  CANDIDATES_PUBLICISED: '候选人公示中',
  PUBLICITY_OVER: '公示期满',
  SS_PUBLICISED: '单一来源公示中',
  AWARDED: '已定标（成交）',
  CONTRACTED: '已签合同',
  PERFORMING: '履约中',
  CLOSED: '已办结',
  SUSPENDED: '已暂停',
  TERMINATED: '已终止',
  FAILED: '废标（流标）',
  NOTICED: '已发出让公告',
  DEAL: '已成交',
  RESULT_PUBLISHED: '已公布结果',
  INTENT_PUBLICISED: '意向公示中',
  LISTED: '挂牌中',
  UNKNOWN: '阶段不明',
};
