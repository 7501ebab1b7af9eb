import { z } from 'zod';

import { MAX_NOTE } from '../cases/steps.ts';
import { CASE_STATES, DISMISSAL_REASON_IDS } from '../model/case.ts';
import { isLocalDay } from '../model/day.ts';
import { ALERT_NATURES, REASON_CODES, RULE_IDS, SEVERITIES } from '../model/finding.ts';
import { USER_ROLES } from '../model/user.ts';
import { alertDetail, judgedProjects } from './schemas.ts';

/** The shapes of cases, accounts and the ledger. Days and moments as in `schemas.ts`. */
const epoch = z.number().int().describe('毫秒时间戳');
const day = z.string().describe('YYYY-MM-DD');
const givenDay = z.string().refine(isLocalDay).describe('YYYY-MM-DD');
const number = z
  .string()
  .regex(/^KY-\d{4}-\d{4,8}$/)
  .describe('案件编号，如 KY-2026-0001');
const note = z.string().max(MAX_NOTE).default('').describe('说明');
const state = z.enum(CASE_STATES);
const nature = z.enum(ALERT_NATURES);
const rule = z.enum(RULE_IDS);

export const numberParameter = z.object({ number });

export const caseQuery = z.object({
  q: z.string().trim().max(100).optional().describe('检索词，空格分隔，须全部出现'),
  state: state.optional(),
  nature: nature.optional(),
  rule: rule.optional(),
  assignee: z.string().max(40).optional(),
  source: z.string().max(40).optional().describe('证据公告的来源'),
  agency: z.string().max(200).optional().describe('代理机构全称'),
  code: z.enum(REASON_CODES).optional().describe('原因代码'),
  replyOverdue: z.literal('true').optional().describe('询问发布单位，逾期未答复的'),
  dueBy: givenDay.optional().describe('期限在此日或之前'),
  news: z.enum(['true', 'false']).optional().describe('有无未阅的新事实'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(400).optional(),
});

export const caseSummary = z.object({
  number,
  version: z.number().int().describe('经过的条数；操作时须带上'),
  state,
  stateName: z.string(),
  nature,
  rule,
  ruleTitle: z.string(),
  severity: z.enum(SEVERITIES),
  projectId: z.string(),
  projectName: z.string(),
  purchaser: z.string().nullable(),
  agency: z.string().nullable(),
  sentence: z.string(),
  alertState: z.enum(['open', 'cleared']),
  openedAt: epoch,
  updatedAt: epoch,
  due: day.nullable(),
  dueUnknown: z.boolean().describe('所涉年度的放假安排未收录，期限待定'),
  dueAfter: day.nullable().describe('期限待定的：晚于此日'),
  overdue: z.boolean(),
  suspendedUntil: day.nullable(),
  replyBy: day.nullable().describe('询问发布单位的答复期限；没有询问或期限待定的为 null'),
  replyOverdue: z.boolean(),
  assignee: z.string().nullable(),
  news: z
    .object({ at: epoch, effect: z.enum(['noted', 'cleared', 'reopened']), changes: z.array(z.string()) })
    .nullable(),
});

export const caseEvent = z.object({
  seq: z.number().int(),
  at: epoch,
  actor: z.object({ kind: z.enum(['person', 'system']), name: z.string() }),
  action: z.string(),
  actionName: z.string(),
  words: z.array(z.string()).describe('内容，逐条'),
  attachment: z.object({ name: z.string(), size: z.number().int(), sha256: z.string() }).nullable(),
  hash: z.string().describe('SHA-256，含上一条的哈希'),
});

export const caseDetail = caseSummary.extend({
  openedFor: z.string().nullable().describe('人工立案的理由；系统按告警立案的为 null'),
  question: z
    .object({ to: z.string(), text: z.string(), askedAt: epoch, replyBy: day.nullable() })
    .nullable()
    .describe('尚未答复的询问'),
  decision: z
    .object({
      state: z.enum(['confirmed', 'dismissed']),
      reason: z.string().nullable(),
      note: z.string(),
      at: epoch,
      by: z.string(),
    })
    .nullable(),
  allowed: z.array(z.string()).describe('现在可以作的操作'),
  events: z.array(caseEvent),
  alert: alertDetail,
});

const noted = <A extends string>(action: A) => z.strictObject({ action: z.literal(action), note });

export const caseCommand = z.discriminatedUnion('action', [
  noted('started'),
  noted('resumed'),
  noted('acknowledged'),
  z.strictObject({ action: z.literal('confirmed'), due: givenDay.optional().describe('整改期限'), note }),
  noted('closed'),
  noted('reopened'),
  noted('replied'),
  noted('commented'),
  z.strictObject({ action: z.literal('dismissed'), reason: z.enum(DISMISSAL_REASON_IDS), note }),
  z.strictObject({ action: z.literal('rectifying'), due: givenDay.optional(), note }),
  z.strictObject({ action: z.literal('suspended'), until: givenDay, note }),
  z.strictObject({ action: z.literal('assigned'), to: z.string().max(40).nullable(), note }),
  z.strictObject({ action: z.literal('due_set'), due: givenDay, note }),
  z.strictObject({ action: z.literal('asked'), to: z.string().min(1).max(100), note }),
]);

/** Many at once for one cause: all are handled or none. */
export const caseSteps = z.strictObject({
  cases: z
    .array(z.strictObject({ number, version: z.number().int().min(1) }))
    .min(1)
    .max(200),
  command: caseCommand,
});

export const caseChoices = z
  .object({
    sources: z.array(z.object({ id: z.string(), name: z.string() })),
    agencies: z.array(z.string()),
    codes: z.array(z.object({ code: z.enum(REASON_CODES), text: z.string() })),
  })
  .describe('现有案件涉及的来源、代理机构、原因');

/** A person's case on a finding that could not be judged. */
export const doubtCase = z.strictObject({
  finding: z.string().min(1).max(500).describe('“无法判定”的结论的 key'),
  note: z.string().trim().min(1).max(MAX_NOTE).describe('疑点与立案理由'),
});

export const attachmentQuery = z.strictObject({
  version: z.coerce.number().int().min(1),
  name: z.string().min(1).max(120),
  note: z.string().max(500).default(''),
});

export const signIn = z.object({ name: z.string().min(1).max(40), password: z.string().min(1).max(200) });

export const session = z.object({
  user: z.object({ name: z.string(), role: z.enum(USER_ROLES) }).nullable(),
  hasAccounts: z.boolean().describe('尚无账号时为 false，请管理员用 gongshi user add 建立'),
});

const ledgerRow = z.object({
  name: z.string(),
  confirmed: z.number().int(),
  dismissed: z.number().int(),
  misjudged: z.number().int().describe('排除中，系统读取、归并或规则有误的'),
  undecided: z.number().int(),
  share: z.number().nullable().describe('确认占已决定的比例；决定太少时为 null'),
});
export const ledger = z.object({
  minimum: z.number().int().describe('已决定少于此数，不作比例'),
  byRule: z.array(ledgerRow.extend({ projects: judgedProjects.nullable() })),
  bySource: z.array(ledgerRow),
  byAgency: z.array(ledgerRow),
  doubts: z.number().int().describe('存疑案件，不计入各表'),
});

export type CaseSummaryReply = z.infer<typeof caseSummary>;
export type CaseDetailReply = z.infer<typeof caseDetail>;
export type CaseEventReply = z.infer<typeof caseEvent>;
export type CaseStepsBody = z.input<typeof caseSteps>;
export type CaseChoicesReply = z.infer<typeof caseChoices>;
export type DoubtCaseBody = z.input<typeof doubtCase>;
export type SessionReply = z.infer<typeof session>;
export type LedgerReply = z.infer<typeof ledger>;
