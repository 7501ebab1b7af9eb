import { z } from 'zod';

import { isLocalDay } from '../model/day.ts';
import { ALERT_NATURES, PUBLICITY_RULE_IDS, RULE_IDS, SEVERITIES, STATUTE_IDS } from '../model/finding.ts';
import { CATEGORIES, METHODS } from '../model/notice.ts';

/** Rules that are switched by themselves; the review alert has a setting of its own. */
const SWITCHED = [...PUBLICITY_RULE_IDS, ...STATUTE_IDS].filter((id) => id !== 'KY-REVIEW-3D');

const narrowed = z.strictObject({
  as: z.enum(['review', 'violation']),
  methods: z.array(z.enum(METHODS)).min(1).optional(),
  categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
  from: z.string().refine(isLocalDay).optional().describe('YYYY-MM-DD'),
  minBudget: z.number().nonnegative().optional().describe('元'),
});

/** What is tried in place of the settings in force; what is left out stays as it is. */
export const simulationTry = z.strictObject({
  rollover: z.boolean().optional().describe('最后一日顺延'),
  localHolidays: z.enum(['undetermined', 'ignore', 'restDay']).optional(),
  reviewAlert: z.union([z.enum(['off', 'review', 'violation']), narrowed]).optional(),
  enabled: z.partialRecord(z.enum(SWITCHED), z.boolean()).optional().describe('规则的启用与停用'),
});

const rule = z.enum(RULE_IDS);
const standing = z.object({ nature: z.enum(ALERT_NATURES), severity: z.enum(SEVERITIES) });
const one = z.object({ rule, ruleTitle: z.string(), projectName: z.string(), sentence: z.string() });
const known = one.extend({
  number: z.string(),
  stateName: z.string(),
  decision: z.enum(['confirmed', 'dismissed']).nullable(),
});
const counted = <T extends z.ZodType>(item: T) =>
  z.object({ count: z.number().int(), items: z.array(item).describe('最先的一百条') });
const decided = <T extends z.ZodType>(item: T) =>
  counted(item).extend({
    confirmed: z.number().int().describe('其中案件已确认的'),
    dismissed: z.number().int().describe('其中案件已排除的'),
  });

export const simulation = z.object({
  projects: z.number().int(),
  gone: decided(known).describe('不会再有的'),
  changed: decided(known.extend({ before: standing, after: standing })).describe('性质或程度会变的'),
  added: counted(one.extend(standing.shape).extend({ projectId: z.string() })).describe('会新增的'),
});

export type SimulationTry = z.input<typeof simulationTry>;
export type SimulationReply = z.infer<typeof simulation>;
