import { z } from 'zod';

import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { CorrectInput, ExtendCalendar } from '../model/errors.ts';
import type { ProjectFacts } from '../model/facts.ts';
import { PUBLICITY_RULE_IDS } from '../model/finding.ts';
import type { ComputedDates, ReasonCode, RuleId, Severity, Verdict } from '../model/finding.ts';
import { DEFAULT_POLICY } from '../model/policy.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';
import { isObject, readPeriodCase, readPublicityCase } from './case-reader.ts';
import type { PeriodCase, PolicyPart, PublicityCase } from './case-reader.ts';
import { countPeriod, earliestResultDate } from './counting.ts';
import type { Period } from './counting.ts';
import { judgeProject } from './judge.ts';
import { judgePeriod } from './periods.ts';
import type { PeriodKind } from './periods.ts';
import { periodRuleOf } from './rules/periods.ts';
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

interface CaseFileAnswer {
  /** In the file's order; a case that cannot be read has none. */
  verdicts: CaseVerdict[];
  /** One for each case that cannot be read: the case and the key that is wrong. */
  refused: CorrectInput[];
  /** What of the cases was not used or was understood otherwise than written. */
  remarks: string[];
}

const caseFile = z.looseObject({ cases: z.array(z.unknown()) });

/**
 * Judges a file of worked cases: publicity cases (with `project`) and period cases (with `start`), mixed as they come.
 * A case that cannot be read does not keep the others from being judged. Throws `CorrectInput` where the file is none of cases.
 */
export function judgeCaseFile(parsed: unknown, calendar: Calendar): CaseFileAnswer {
  const file = caseFile.safeParse(parsed);
  if (!file.success) {
    throw new CorrectInput('案例文件应为 {"cases": [ … ]}', '请给出含 cases 列表的 JSON 文件。', { key: 'cases' });
  }
  const answer: CaseFileAnswer = { verdicts: [], refused: [], remarks: [] };
  file.data.cases.forEach((one, index) => {
    const label = labelOf(one, index);
    try {
      const { verdict, remarks } = judgeCase(one, label, calendar);
      answer.verdicts.push(verdict);
      answer.remarks.push(...remarks.map((remark) => `案例 ${label}：${remark}`));
    } catch (error) {
      if (!(error instanceof CorrectInput)) throw error;
      answer.refused.push(error);
    }
  });
  return answer;
}

function judgeCase(one: unknown, label: string, calendar: Calendar): { verdict: CaseVerdict; remarks: string[] } {
  if (isObject(one) && 'project' in one) {
    const { value, remarks } = readPublicityCase(one, label);
    return { verdict: judgePublicityCase(value, label, calendar), remarks };
  }
  if (isObject(one) && 'start' in one) {
    const { value, remarks } = readPeriodCase(one, label);
    return { verdict: judgePeriodCase(value, label, calendar), remarks };
  }
  throw new CorrectInput(
    `${label} 既没有 project（公示期案例），也没有 start（其他期限案例）`,
    '请补全该案例的 project 或 start。',
    { case: label, key: 'project' },
  );
}

function judgePublicityCase(one: PublicityCase, label: string, calendar: Calendar): CaseVerdict {
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
      kind: n.kind ?? undefined,
      candidates: n.candidates ?? undefined,
      lots: n.lots ?? undefined,
      round: n.round ?? undefined,
      corrects: n.corrects ?? undefined,
      designated: n.designated ?? undefined,
      unreachableDates: n.unreachableDates?.map(String),
      // Here the case's coverage stands for the runs: only a stated `absentAt` replaces it.
      absentAt: n.absentAt ?? undefined,
    })),
  };
  const policy = policyOf(one.policy ?? {});
  const { overall } = judgeProject(facts, policy, calendarOf(one.policy ?? {}, calendar, label));
  return { id: one.id, ...overall };
}

function judgePeriodCase(one: PeriodCase, label: string, calendar: Calendar): CaseVerdict {
  const start = readTime(one.start)!.day;
  const { kind, length, unit } = periodOf(one, start, label);
  try {
    const known = calendarOf(one.policy ?? {}, calendar, label);
    const end = one.end == null ? null : readTime(one.end)!.day;
    const { verdict, ...computed } = isPublicity(one.rule)
      ? judgePublicityPeriod({ length, unit }, start, end ?? start, known, policyOf(one.policy ?? {}).rollover)
      : judgePeriod(kind, { length, unit }, start, end ?? start, known);
    if (end === null) {
      return { id: one.id, verdict: 'undetermined', codes: ['PENDING'], severity: 'info', rule: one.rule, computed };
    }
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

/** The review alert asks for three days without extension, and is none of these. */
function isPublicity(rule: string): boolean {
  return PUBLICITY_RULE_IDS.some((id) => id === rule && id !== 'KY-REVIEW-3D');
}

/**
 * A publicity period is no minimum like the others: it runs to 24:00 of its last day, that of a rest day to the next
 * working day's, and the result must wait for the day after (rules text, 3). Throws `ExtendCalendar`.
 */
function judgePublicityPeriod(
  period: Period,
  start: LocalDay,
  end: LocalDay,
  calendar: Calendar,
  rollover: boolean,
): { verdict: 'compliant' | 'violation'; earliestAllowed?: LocalDay } {
  const counted = countPeriod(period, start, calendar, rollover);
  const earliest = earliestResultDate(counted);
  if (earliest !== null) return { verdict: end >= earliest ? 'compliant' : 'violation', earliestAllowed: earliest };
  // The last day is never before the n-th one.
  const soonest = addDays(start, period.length);
  if (end <= soonest) return { verdict: 'violation' };
  throw new ExtendCalendar(soonest);
}

/** What the case says of its period; what it leaves out is the rule's own, as in force on the start day. */
function periodOf(
  one: PeriodCase,
  start: string,
  label: string,
): { kind: PeriodKind; length: number; unit: 'calendar' | 'workday' } {
  const rule = periodRuleOf(one.rule, start);
  const kind = one.kind ?? rule?.kind;
  const length = one.length ?? rule?.period.length;
  const unit = one.unit ?? rule?.period.unit;
  const missing = kind === undefined ? 'kind' : length === undefined ? 'length' : 'unit';
  if (kind !== undefined && length !== undefined && unit !== undefined) return { kind, length, unit };
  throw new CorrectInput(
    `案例 ${label} 的 ${missing} 缺失，规则 ${one.rule} 在 ${start} 也没有可依的期限`,
    `请补全 ${missing}，或改用规则目录中的代号。`,
    { case: label, key: missing },
  );
}

function policyOf(part: PolicyPart): Policy {
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
    enabled: { ...DEFAULT_POLICY.enabled, ...enabled },
  };
}

function calendarOf(part: PolicyPart, calendar: Calendar, label: string): Calendar {
  const declared = (part.localDays ?? []).map((entry) => {
    if (typeof entry !== 'string') return entry;
    const [day, name] = entry.split(' ');
    return { day: day!, name: name ?? '地方放假日' };
  });
  const withDays = calendar.declare(declared);
  if (part.calendarBefore == null) return withDays;
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

function labelOf(one: unknown, index: number): string {
  return isObject(one) && typeof one['id'] === 'string' ? one['id'] : `第 ${index + 1} 个案例`;
}

function asText(value: string | number | null | undefined): string | null {
  return value == null ? null : String(value);
}
