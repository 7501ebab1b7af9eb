import { CASE_STATE_NAMES } from '../../src/model/case.ts';
import { ALERT_NATURE_NAMES } from '../../src/model/finding.ts';
import type { Severity, Verdict } from '../../src/model/finding.ts';
import type { FieldName } from '../../src/model/notice.ts';
import { FIELD_NAMES } from '../../src/model/notice-names.ts';
import type { Link } from '../../src/model/project.ts';
import type { RunOutcome } from '../../src/model/run.ts';
import type { AlertDetailReply, AlertSummaryReply } from '../../src/api/schemas.ts';

/** The Chinese names of the model's terms, in the words of the offices. A term without a name does not compile. */
export {
  AMOUNT_KIND_NAMES as AMOUNT_KIND,
  FIELD_NAMES as FIELD,
  CATEGORY_NAMES as CATEGORY,
  METHOD_NAMES as METHOD,
  NOTICE_KIND_NAMES as KIND,
  TRACK_NAMES as TRACK,
} from '../../src/model/notice-names.ts';

export const VERDICT: Record<Verdict, string> = {
  compliant: '合规',
  violation: '违规',
  undetermined: '无法判定',
  not_applicable: '不适用',
};

export const SEVERITY: Record<Severity, string> = {
  critical: '严重',
  major: '较重',
  minor: '轻微',
  info: '待人工判断',
  none: '无',
};

export const NATURE = ALERT_NATURE_NAMES;

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

export const fieldName = (key: string): string => (key in FIELD_NAMES ? FIELD_NAMES[key as FieldName] : key);

export const CASE_STATE = CASE_STATE_NAMES;

export const VANISHED = {
  missing: '未列出，尚未证实',
  withdrawn: '已撤下',
  unlisted: '不再列出，页面仍在',
  returned: '已恢复',
} as const;
