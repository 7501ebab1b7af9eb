import { z } from 'zod';

import { SUGGESTION_CODES } from '../model/link-suggestion.ts';
import { LONGEST_REASON } from '../projects/record-decision.ts';

/** The shapes of what people decide about links. Moments as in `schemas.ts`. */
const epoch = z.number().int().describe('毫秒时间戳');
const id = z.string().min(1).max(500);
const reason = z.string().trim().min(1).max(LONGEST_REASON).describe('理由，记录中长期显示');
/** The largest project seen has some dozens of notices. */
const noticeIds = z.array(id).max(500);

const namedNotice = z.object({ id: z.string(), title: z.string(), sourceName: z.string() });

export const linkDecision = z.object({
  id: z.string(),
  verdict: z.enum(['together', 'apart']),
  notices: z.array(namedNotice),
  others: z.array(namedNotice),
  reason: z.string(),
  by: z.string(),
  at: epoch,
  withdrawn: z.object({ by: z.string(), at: epoch, reason: z.string() }).nullable(),
});

/** A link that was not drawn, for a person to confirm (`together`) or refuse (`apart`) by the two projects. */
export const linkSuggestion = z.object({
  own: namedNotice.describe('本项目的公告'),
  other: namedNotice.describe('另一项目的公告'),
  otherProject: z.object({ id: z.string(), name: z.string() }),
  code: z.enum(SUGGESTION_CODES),
  title: z.string().describe('代码的中文说明'),
  reason: z.string(),
  confidence: z.number(),
});

export const suggestedProject = z.object({
  id: z.string(),
  name: z.string(),
  purchaser: z.string().nullable(),
  suggestions: z.array(linkSuggestion),
});

/** What a person says of notices. */
export const linkWordBody = z.union([
  z.strictObject({
    verdict: z.enum(['together', 'apart']).describe('apart：排除疑似归并，两个项目各是各的'),
    projects: z.tuple([id, id]).describe('两个项目的编号'),
    reason,
  }),
  z.strictObject({ verdict: z.literal('together'), notices: noticeIds.min(2).describe('公告编号'), reason }),
  z.strictObject({ verdict: z.literal('apart'), notices: noticeIds.min(1).describe('从所在项目拆出的公告'), reason }),
]);

export const linkWithdrawalBody = z.strictObject({ reason });

export const linkDecided = z.object({
  decision: linkDecision,
  done: z.boolean().describe('false：另一进程正在核查，裁定已保存，随后生效'),
  projectIds: z.array(z.string()).describe('裁定所及公告现在所在的项目'),
});

export type LinkSuggestionReply = z.infer<typeof linkSuggestion>;
export type SuggestedProjectReply = z.infer<typeof suggestedProject>;
export type LinkDecisionReply = z.infer<typeof linkDecision>;
export type LinkWordBody = z.infer<typeof linkWordBody>;
export type LinkDecidedReply = z.infer<typeof linkDecided>;
