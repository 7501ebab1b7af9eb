import { z } from 'zod';

import { isLocalDay } from '../model/day.ts';
import { CorrectInput, ExtendCalendar } from '../model/errors.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { ComputedDates, ReasonCode, RuleId, Severity, Verdict } from '../model/finding.ts';
import { NOTICE_KINDS } from '../model/notice.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';
import { judgeProject } from './judge.ts';
import { judgePeriod } from './periods.ts';
import { readTime } from './times.ts';

/** One line of `gongshi judge --json`. Publicity cases carry codes and severity, the other periods their dates alone. */
interface CaseVerdict {
  id: string;
  verdict: Verdict;
  codes?: ReasonCode[];
  severity?: Severity;
  rule: RuleId | string;
  computed: ComputedDates | { earliestAllowed?: string; deadline?: string };
  lots?: Record<string, Verdict>;
}

const time = z
  .union([z.string(), z.number()])
  .refine((value) => readTime(value) !== null)
  .describe('日期、本地时间、带时区的 ISO 时间或毫秒时间戳');
const maybeTime = time.nullish();
const localDay = z.string().refine(isLocalDay).describe('日期，如 2024-03-04');
const yesNo = z.boolean().describe('true 或 false');
const text = z.string().describe('文字');
const amount = z.number().nonnegative().nullish().describe('金额（元），不小于 0，或 null');

const notice = z.looseObject({
  id: text,
  title: text,
  source: text,
  kind: z
    .enum(NOTICE_KINDS)
    .optional()
    .describe(`公告种类：${NOTICE_KINDS.join('、')}`),
  publishedAt: time,
  firstSeenAt: maybeTime,
  absentAt: maybeTime,
  prevPublishedAt: maybeTime,
  eventDate: maybeTime,
  statedPeriod: z
    .looseObject({
      from: maybeTime,
      to: maybeTime,
      workdays: z.int().min(1).max(999).nullish().describe('工作日数 1–999'),
      days: z.int().min(1).max(999).nullish().describe('日数 1–999'),
    })
    .nullish(),
  candidates: z.array(text).nullish().describe('候选人名称列表'),
  winner: z
    .union([text, z.array(text)])
    .nullish()
    .describe('中标（成交）人名称'),
  lots: z.array(text).nullish().describe('标段（包）编号列表'),
  round: z.int().min(1).max(99).nullish().describe('轮次，从 1 起'),
  corrects: z.string().nullish().describe('被更正公告的 id'),
  material: yesNo.nullish(),
  designated: yesNo.nullish(),
  unreachableDates: z.array(time).nullish(),
});

const policyPart = z.looseObject({
  rollover: yesNo.optional(),
  localHolidays: z.enum(['undetermined', 'ignore', 'restDay']).optional().describe('undetermined、ignore 或 restDay'),
  localRule: z
    .looseObject({ from: localDay.optional(), to: localDay.nullish(), verifiedTo: localDay.nullish() })
    .optional()
    .describe('from、to、verifiedTo'),
  reviewAlert: z.enum(['off', 'review', 'violation']).optional(),
  enabled: z
    .looseObject({ 'KY-GP-3D': yesNo.optional(), 'TB-CAND-3D': yesNo.optional(), 'GP-SS-5WD': yesNo.optional() })
    .optional(),
  localDays: z
    .array(z.union([localDay, z.string().regex(/^\d{4}-\d{2}-\d{2} \S+/), z.object({ day: localDay, name: text })]))
    .optional()
    .describe('地方放假日列表，如 "2025-11-18 州庆"'),
  calendarBefore: z
    .union([z.int(), z.string().regex(/^\d{4}(-\d{2}-\d{2})?$/)])
    .optional()
    .describe('年份或日期：只用此前发布的放假通知'),
});

const publicityCase = z.looseObject({
  id: text,
  project: z.looseObject({
    regime: text,
    method: z.string().nullish(),
    category: z.string().nullish(),
    subtype: z.string().nullish(),
    stateFunded: yesNo.nullish(),
    estimate: amount,
    budget: amount,
    aboveOpenTenderThreshold: yesNo.nullish(),
    city: z.string().nullish().describe('六位行政区划代码'),
    on: time,
    lots: z.array(text).nullish().describe('标段（包）编号列表'),
    skipExplained: yesNo.nullish(),
  }),
  policy: policyPart.nullish(),
  coverage: z.enum(['complete', 'partial']).describe('complete 或 partial'),
  asOf: maybeTime,
  notices: z.array(notice).describe('公告列表'),
});

const periodCase = z.looseObject({
  id: text,
  rule: text,
  start: time,
  end: time,
  kind: z.enum(['min', 'max']).describe('min 或 max'),
  length: z.int().min(1).max(999).describe('期限长度 1–999'),
  unit: z.enum(['calendar', 'workday']).describe('calendar 或 workday'),
});

const caseFile = z.looseObject({ cases: z.array(z.unknown()) });

/**
 * Judges a file of worked cases: publicity cases (with `project`) and period cases (with `start`), mixed as they come.
 * Throws `CorrectInput` naming the case and the key that is wrong; nothing is judged in part.
 */
export function judgeCaseFile(parsed: unknown, calendar: Calendar): CaseVerdict[] {
  const file = caseFile.safeParse(parsed);
  if (!file.success) {
    throw new CorrectInput('案例文件应为 {"cases": [ … ]}', '请给出含 cases 列表的 JSON 文件。', { key: 'cases' });
  }
  return file.data.cases.map((one, index) => {
    const label = labelOf(one, index);
    if (isObject(one) && 'project' in one) return judgePublicityCase(read(publicityCase, one, label), label, calendar);
    if (isObject(one) && 'start' in one) return judgePeriodCase(read(periodCase, one, label), calendar);
    throw new CorrectInput(
      `${label} 既没有 project（公示期案例），也没有 start（其他期限案例）`,
      '请补全该案例的 project 或 start。',
      { case: label, key: 'project' },
    );
  });
}

function judgePublicityCase(one: z.infer<typeof publicityCase>, label: string, calendar: Calendar): CaseVerdict {
  const { project, coverage, notices } = one;
  const facts: ProjectFacts = {
    id: one.id,
    project: {
      ...project,
      method: project.method ?? null,
      category: project.category ?? null,
      on: readTime(project.on)!.day,
      lots: project.lots ?? undefined,
      skipExplained: project.skipExplained ?? undefined,
    },
    coverage,
    asOf: one.asOf == null ? null : readTime(one.asOf)!.day,
    notices: notices.map((n) => ({
      ...n,
      statedPeriod:
        n.statedPeriod == null
          ? null
          : { ...n.statedPeriod, from: asText(n.statedPeriod.from), to: asText(n.statedPeriod.to) },
      kind: n.kind,
      candidates: n.candidates ?? undefined,
      lots: n.lots ?? undefined,
      round: n.round ?? undefined,
      corrects: n.corrects ?? undefined,
      designated: n.designated ?? undefined,
      unreachableDates: n.unreachableDates?.map(String),
    })),
  };
  const policy = policyOf(one.policy ?? {});
  const { overall } = judgeProject(facts, policy, calendarOf(one.policy ?? {}, calendar, label));
  return { id: one.id, ...overall };
}

function judgePeriodCase(one: z.infer<typeof periodCase>, calendar: Calendar): CaseVerdict {
  const [start, end] = [readTime(one.start)!.day, readTime(one.end)!.day];
  try {
    const { verdict, ...computed } = judgePeriod(
      one.kind,
      { length: one.length, unit: one.unit },
      start,
      end,
      calendar,
    );
    return { id: one.id, verdict, rule: one.rule, computed };
  } catch (error) {
    // Outside the years covered there is no answer, and one such case does not spoil the file.
    if (!(error instanceof ExtendCalendar)) throw error;
    return {
      id: one.id,
      verdict: 'undetermined',
      codes: ['CALENDAR_MISSING'],
      severity: 'info',
      rule: one.rule,
      computed: {},
    };
  }
}

function policyOf(part: z.infer<typeof policyPart>): Policy {
  const { rollover, localHolidays, reviewAlert, localRule, enabled } = part;
  return {
    ...DEFAULT_POLICY,
    rollover: rollover ?? DEFAULT_POLICY.rollover,
    localHolidays: localHolidays ?? DEFAULT_POLICY.localHolidays,
    reviewAlert: reviewAlert ?? DEFAULT_POLICY.reviewAlert,
    localRule: {
      id: 'KY-GP-3D',
      from: localRule?.from ?? DEFAULT_POLICY.localRule.from,
      to: localRule?.to ?? null,
      verifiedTo: localRule?.verifiedTo ?? null,
    },
    enabled: {
      'KY-GP-3D': enabled?.['KY-GP-3D'] ?? true,
      'TB-CAND-3D': enabled?.['TB-CAND-3D'] ?? true,
      'GP-SS-5WD': enabled?.['GP-SS-5WD'] ?? true,
    },
  };
}

function calendarOf(part: z.infer<typeof policyPart>, calendar: Calendar, label: string): Calendar {
  const declared = (part.localDays ?? []).map((entry) => {
    if (typeof entry !== 'string') return entry;
    const [day, name] = entry.split(' ');
    return { day: day!, name: name ?? '地方放假日' };
  });
  const withDays = calendar.declare(declared);
  if (part.calendarBefore === undefined) return withDays;
  const before = String(part.calendarBefore);
  // "Before 2019" is the calendar as it stood when that year began.
  const asKnown = withDays.knownOn(before.length === 4 ? `${Number(before) - 1}-12-31` : before);
  if (asKnown !== null) return asKnown;
  throw new CorrectInput(`${label} 的 policy.calendarBefore 之前没有放假通知`, '请改为 2016 年或以后。', {
    case: label,
    key: 'policy.calendarBefore',
    got: part.calendarBefore,
  });
}

function read<T extends z.ZodType>(schema: T, one: unknown, label: string): z.output<T> {
  const result = schema.safeParse(one);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const key = issue.path.map(String).join('.');
  throw new CorrectInput(`案例 ${label} 的 ${key} 缺失或取值不对`, `请修改 ${key}${allowed(schema, issue.path)}。`, {
    case: label,
    key,
  });
}

/** ：允许的取值, from the schema's own words. */
function allowed(schema: z.ZodType, path: readonly PropertyKey[]): string {
  let here: z.ZodType | null = schema;
  for (const step of path) {
    while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap() as z.ZodType;
    if (here instanceof z.ZodObject) here = (here.shape as Record<string, z.ZodType>)[String(step)] ?? null;
    else if (here instanceof z.ZodArray) here = here.element as z.ZodType;
    else here = null;
    if (here === null) return '';
  }
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap() as z.ZodType;
  return here?.description === undefined ? '' : `；允许的取值：${here.description}`;
}

function labelOf(one: unknown, index: number): string {
  return isObject(one) && typeof one.id === 'string' ? one.id : `第 ${index + 1} 个案例`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: string | number | null | undefined): string | null {
  return value == null ? null : String(value);
}
