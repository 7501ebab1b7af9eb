import type { ReasonCode, Severity, Verdict } from '../model/finding.ts';

const CODE_TEXTS: Record<ReasonCode, string> = {
  MISSING_PUBLICITY: '未见公示即公布结果',
  RESULT_BEFORE_PUBLICITY: '结果早于公示',
  SAME_DAY: '公示与结果同日',
  PERIOD_TOO_SHORT: '公示期不足',
  ROLLOVER_NOT_OBSERVED: '最后一日为休息日，未等到顺延期满',
  STATED_PERIOD_TOO_SHORT: '公告所载公示期短于规定',
  RESULT_BEFORE_STATED_END: '结果早于公告所承诺的公示截止日',
  WINNER_NOT_CANDIDATE: '中标（成交）人不在公示的候选人之列',
  AWARD_LETTER_BEFORE_END: '中标（成交）通知书早于公示期满',
  CONTRACT_BEFORE_END: '合同签订早于公示期满',
  ROUND_MISMATCH: '只有其他轮次的公示',
  NON_DESIGNATED_MEDIUM: '仅在非规定媒体公示',
  CORRECTION_RESTART: '更正后公示期重新起算',
  PUBLISH_DATE_CHANGED: '网站所示发布日期曾被改动',
  TERMINATED: '项目本轮已终止或废标',
  PENDING: '尚未见结果，或期限未到',
  APPLICABILITY_UNKNOWN: '是否适用本规则不明',
  LOCAL_RULE_VALIDITY_UNKNOWN: '本地规则当时是否仍在执行未确认',
  LOCAL_HOLIDAY_DEPENDENT: '结论取决于红河州地方放假日',
  CORRECTION_MATERIALITY_UNKNOWN: '更正内容不明，是否重新起算无法判断',
  HOUR_COUNT_AMBIGUOUS: '公示截至最后一日上午，是否满期有争议',
  LOT_UNRESOLVED: '公告未写明所属标段（包）',
  COVERAGE_GAP: '采集有缺口，不能认定没有刊登',
  CALENDAR_MISSING: '日历未收录该年度放假安排',
  BACKDATING_SUSPECTED: '疑似倒填发布日期',
  NOTICE_UNREACHABLE: '公示期内公告无法打开',
  FIRST_CANDIDATE_SKIPPED: '非第一候选人中标且未见理由',
  OK: '公示期符合规定',
  PUBLISH_TIME_UNVERIFIED: '发布时间未经本系统观测证实',
  NOT_APPLICABLE: '不适用公示期规则',
  REVIEW_NO_PUBLICITY: '未见候选公示（待核，本地惯例）',
  REVIEW_PUBLICITY_SHORT: '候选公示不满3日（待核，本地惯例）',
  MINIMUM_NOT_REACHED: '未满法定最短期限',
  DEADLINE_MISSED: '超过法定最长期限',
  AWARD_ABOVE_CEILING: '中标（成交）金额高于预算或最高限价',
  CONTRACT_PARTY_DIFFERS: '合同乙方与中标（成交）人不一致',
  MEDIUM_MISSING: '法定媒介未见结果',
  FACTS_MISSING: '公告未载明所需事项',
  EVENT_NOT_SEEN: '期限已过，未见应有的公告',
  COUNTING_DISPUTED: '首日是否计入有争议',
  ORDER_REVERSED: '所载日期先后颠倒',
  CONTRACT_AMOUNT_DIFFERS: '合同金额与中标（成交）金额不一致',
  LINK_UNCONFIRMED: '另有公告可能属于本项目，尚未确认',
};

const SEVERITY_NAMES: Record<Severity, string> = {
  critical: '严重',
  major: '较重',
  minor: '轻微',
  info: '待人工判断',
  none: '无',
};

const VERDICT_NAMES: Record<Verdict, string> = {
  compliant: '合规',
  violation: '违规',
  undetermined: '无法判定',
  not_applicable: '不适用',
};

/** What a reason code means, in the words of the offices. */
export function codeText(code: ReasonCode): string {
  return CODE_TEXTS[code];
}

export function severityName(severity: Severity): string {
  return SEVERITY_NAMES[severity];
}

export function verdictName(verdict: Verdict): string {
  return VERDICT_NAMES[verdict];
}
