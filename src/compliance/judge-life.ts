import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import { plainDay } from '../model/day-words.ts';
import { ExtendCalendar } from '../model/errors.ts';
import type {
  ComputedDates,
  CountedDay,
  Judgement,
  ReasonCode,
  Severity,
  Explanation,
  Verdict,
} from '../model/finding.ts';
import type { LifeEvent, ProjectLife } from '../model/life.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';
import { countedDays } from './counting.ts';
import type { Period } from './counting.ts';
import { told } from './decided.ts';
import type { Decided } from './decided.ts';
import { calendarsFor, unknownLocalDays, workingDaysLate } from './local-calendar.ts';
import type { Calendars } from './local-calendar.ts';
import { judgePeriod } from './periods.ts';
import { unknownScope } from './rules/rule.ts';
import { compareJudgements } from './severity.ts';
import { STATUTES } from './statutes/index.ts';
import type { Sight, Statute } from './statutes/statute.ts';

/** Judges the duties beside the publicity periods, as `decideLife` decides them. */
export function judgeLife(life: ProjectLife, policy: Policy, calendar: Calendar): Judgement[] {
  return decideLife(life, policy, calendar).map(told);
}

/**
 * Decides on the duties beside the publicity periods over one round of a project's life: the statutes of its track that were
 * in force and are switched on. One judgement a rule and lot, the worst where several notices speak of one.
 * A rule whose scope does not reach the project, or of which nothing has happened yet, gives none. Pure.
 */
export function decideLife(life: ProjectLife, policy: Policy, national: Calendar): Decided[] {
  const { on, city, regime } = life.project;
  const calendars = calendarsFor(city, policy, national);
  const { calendar } = calendars;
  const emergency = isEmergency(life);
  return (STATUTES_OF.get(regime) ?? []).flatMap((statute) => {
    if (policy.enabled[statute.id] === false) return [];
    const { from, to } = statute.validity;
    if (on < from || (to !== null && on > to)) return [];
    const scope = emergency ? EMERGENCY : statute.scope(life, policy);
    if (!scope.applies) {
      if (scope.code === 'NOT_APPLICABLE' || statute.look(life).length === 0) return [];
      const sentence = (): string =>
        `${scope.because}，不能判断是否适用“${statute.title}”。${scope.settledBy}后可以判断。`;
      return [
        seal(statute, life, calendar, {
          lot: null,
          verdict: 'undetermined',
          codes: [scope.code],
          severity: 'info',
          sentence,
          events: [],
        }),
      ];
    }
    return worstByLot(statute.look(life).map((sight) => judgeSight(statute, life, sight, calendars)));
  });
}

/** 政府采购法 art. 85: emergency purchases after disasters are outside the law; since 2026-10-01 财库〔2026〕12号 has rules of its own. */
function isEmergency({ project, events }: ProjectLife): boolean {
  return project.regime === 'gov_procurement' && events.some(({ title }) => /(?:紧急|应急)采购/.test(title));
}

const EMERGENCY = unknownScope('公告写明为紧急（应急）采购', '核实是否属于《政府采购法》第八十五条所称的紧急采购');

const REGIMES: Record<Statute['track'], string> = {
  construction: 'construction_tender',
  procurement: 'gov_procurement',
  land: 'land',
  asset: 'state_asset',
};

/** By regime, in the order of a project's life. */
const STATUTES_OF: ReadonlyMap<string, Statute[]> = Map.groupBy(STATUTES, ({ track }) => REGIMES[track]);

interface Decision {
  lot: string | null;
  verdict: Verdict;
  codes: ReasonCode[];
  severity: Severity;
  sentence: () => string;
  events: LifeEvent[];
  computed?: ComputedDates;
  days?: () => CountedDay[];
}

function worstByLot(judgements: Decided[]): Decided[] {
  if (judgements.length < 2) return judgements;
  const lots = new Map<string | null, Decided>();
  for (const one of judgements.toSorted(compareJudgements)) if (!lots.has(one.lot)) lots.set(one.lot, one);
  return [...lots.values()];
}

function judgeSight(statute: Statute, life: ProjectLife, sight: Sight, calendars: Calendars): Decided {
  return seal(statute, life, calendars.calendar, decide(statute, life, sight, calendars));
}

function decide(statute: Statute, life: ProjectLife, sight: Sight, calendars: Calendars): Decision {
  const { lot } = sight;
  switch (sight.is) {
    case 'kept':
      return {
        lot,
        verdict: 'compliant',
        codes: ['OK'],
        severity: 'none',
        sentence: () => `${sight.because}。`,
        events: sight.events,
      };
    case 'breach':
      return {
        lot,
        verdict: 'violation',
        codes: [sight.code],
        severity: statute.severity,
        sentence: () => `${sight.because}；${statute.demand}。`,
        events: sight.events,
      };
    case 'doubt':
      return {
        lot,
        verdict: 'undetermined',
        codes: [sight.code],
        severity: sight.code === 'FIRST_CANDIDATE_SKIPPED' ? 'major' : 'info',
        sentence: () => `${sight.because}，“${statute.title}”无法判定。`,
        events: sight.events,
      };
    case 'open':
      return openPeriod(statute, life, sight, calendars.calendar);
    case 'period':
      return closedPeriod(statute, life, sight, calendars);
  }
}

type Of<K extends Sight['is']> = Extract<Sight, { is: K }>;

function closedPeriod(
  statute: Statute,
  life: ProjectLife,
  { lot, start, end }: Of<'period'>,
  calendars: Calendars,
): Decision {
  const { calendar } = calendars;
  const events = [start.event, end.event];
  const said = (): string => `${start.words}（${plainDay(start.day)}），${end.words}（${plainDay(end.day)}）`;
  const dates: ComputedDates = { anchor: start.day, resultDate: end.day };
  const period = statute.period!;
  const kind = statute.kind === 'max' ? 'max' : 'min';
  if (end.day < start.day) return outOfOrder(lot, kind, said, events, dates);
  const outcome = counted(() => judgePeriod(kind, period, start.day, end.day, calendar));
  if (outcome === null) return calendarMissing(lot, said, events, dates);
  const { verdict, earliestAllowed, deadline } = outcome;
  const limit = (): string => limitClause(kind, earliestAllowed ?? deadline, period, start.day);
  const computed = {
    ...dates,
    ...(earliestAllowed === undefined ? {} : { earliestAllowed }),
    ...(deadline === undefined ? {} : { deadline }),
  };
  const doubtful = (code: ReasonCode, because: string): Decision => ({
    lot,
    verdict: 'undetermined',
    codes: [code],
    severity: 'info',
    sentence: () => `${said()}；${limit()}；${because}。`,
    events,
    computed,
  });
  const local = hingesOnLocalDays(statute, kind, verdict, { start: start.day, end: end.day, deadline }, calendars);
  if (local !== null) return doubtful('LOCAL_HOLIDAY_DEPENDENT', local);
  if (verdict === 'compliant') {
    return {
      lot,
      verdict,
      codes: ['OK'],
      severity: 'none',
      sentence: () => `${said()}；${limit()}，符合要求。`,
      events,
      computed,
    };
  }
  // 发售期、提供期限: whether the first day counts among the days on which papers can be had is disputed.
  if (statute.firstDayDisputed === true) {
    const inclusive = counted(() =>
      judgePeriod('min', { ...period, length: period.length - 1 }, start.day, end.day, calendar),
    );
    if (inclusive?.verdict === 'compliant') {
      return doubtful('COUNTING_DISPUTED', '连同首尾两日恰满期限，首日是否计入有争议，不下结论');
    }
  }
  // A complaint or a suspension may lawfully stop a deadline (政府采购法 art. 57, 招标投标法实施条例 art. 54, 62); how long, no page says.
  const stop = life.events.find((e) => STOPPING.includes(e.kind) && e.published >= start.day && e.published <= end.day);
  if (kind === 'max' && stop !== undefined) {
    const because = `其间${plainDay(stop.published)}有公告“${stop.title}”，期限是否依法中止须人工核实`;
    return { ...doubtful('FACTS_MISSING', because), events: [...events, stop] };
  }
  return {
    lot,
    verdict,
    codes: [kind === 'min' ? 'MINIMUM_NOT_REACHED' : 'DEADLINE_MISSED'],
    severity: statute.severity,
    sentence: () => `${said()}；${statute.demand}，${limit()}。`,
    events,
    computed,
    days: () =>
      period.length > 40
        ? []
        : countedDays(
            period,
            { anchor: start.day, nominalLastDay: earliestAllowed ?? deadline ?? null, lastDay: null },
            end.day,
            calendar,
          ),
  };
}

/**
 * A period that ends before it begins. Of a minimum it is a slip of the pen, and accuses nobody. A signing before the
 * award that it rests on may be one too, or a contract made before the competition: somebody must look.
 */
function outOfOrder(
  lot: string | null,
  kind: 'min' | 'max',
  said: () => string,
  events: LifeEvent[],
  computed: ComputedDates,
): Decision {
  const because =
    kind === 'min'
      ? '所载日期前后矛盾，疑为误写，无法计算'
      : '先后颠倒：可能是日期误写，也可能是先签订合同、后办理手续，请调取原件核实';
  return {
    lot,
    verdict: 'undetermined',
    codes: [kind === 'min' ? 'FACTS_MISSING' : 'ORDER_REVERSED'],
    severity: kind === 'min' ? 'info' : 'major',
    sentence: () => `${said()}；${because}。`,
    events,
    computed,
  };
}

/** 最早应为… 最迟应为…; without a day where the calendar does not reach it, as it can but lie later than counted without one. */
function limitClause(kind: 'min' | 'max', limit: LocalDay | undefined, period: Period, start: LocalDay): string {
  if (limit !== undefined) return `${kind === 'min' ? '最早应为' : '最迟应为'}${plainDay(limit)}`;
  return `${kind === 'min' ? '最早' : '最迟'}之日不早于${plainDay(addDays(start, period.length))}（其后的放假安排日历未收录）`;
}

const STOPPING: readonly NoticeKind[] = ['suspended', 'complaint'];

/**
 * Why a verdict hinges on the prefecture's days off, in words; null where it does not. Where a year's are not known, a
 * deadline is given as many working days of grace as there may have been: what is not known accuses nobody.
 */
function hingesOnLocalDays(
  statute: Statute,
  kind: 'min' | 'max',
  verdict: Verdict,
  { start, end, deadline }: { start: LocalDay; end: LocalDay; deadline: LocalDay | undefined },
  { calendar, localCalendar, underLocalCalendar }: Calendars,
): string | null {
  const name = calendar.localName ?? '本州';
  if (localCalendar !== null) {
    const other = counted(() => judgePeriod(kind, statute.period!, start, end, localCalendar));
    if (other !== null && other.verdict !== verdict) return `结论取决于${name}地方放假日是否作为休息日，不下结论`;
  }
  if (!underLocalCalendar || verdict !== 'violation' || deadline === undefined) return null;
  const grace = unknownLocalDays(calendar, start, end);
  const late = counted(() => workingDaysLate(calendar, deadline, end));
  if (grace === 0 || late === null || late > grace) return null;
  return `逾期${late}个工作日，而其间${name}地方放假日未掌握，是否因此顺延不能确定，不下结论`;
}

/** A deadline that has not passed is only told; one that has, with the end unseen, is a question, for the end may stand where nobody looks. */
function openPeriod(
  statute: Statute,
  life: ProjectLife,
  { lot, start, end, gap }: Of<'open'>,
  calendar: Calendar,
): Decision {
  const events = [start.event];
  const said = (): string => `${start.words}（${plainDay(start.day)}）`;
  const outcome = counted(() => judgePeriod('max', statute.period!, start.day, start.day, calendar));
  if (outcome === null) return calendarMissing(lot, said, events, { anchor: start.day });
  const { deadline } = outcome;
  if (deadline === undefined) {
    const soonest = addDays(start.day, statute.period!.length);
    if (life.asOf > soonest) return calendarMissing(lot, said, events, { anchor: start.day });
    return {
      lot,
      verdict: 'undetermined',
      codes: ['PENDING'],
      severity: 'info',
      sentence: () =>
        `${said()}，${statute.end!}的期限不早于${plainDay(soonest)}届满（其后的放假安排日历未收录）；期限未到。`,
      events,
      computed: { anchor: start.day },
    };
  }
  const computed = { anchor: start.day, deadline };
  const decided = (code: ReasonCode, rest: string): Decision => ({
    lot,
    verdict: 'undetermined',
    codes: [code],
    severity: 'info',
    sentence: () => `${said()}，${statute.end!}至迟应在${plainDay(deadline)}；${rest}。`,
    events,
    computed,
  });
  if (life.asOf <= deadline) return decided('PENDING', '期限未到');
  if (gap !== null) return decided('COVERAGE_GAP', `未见${end}，但${gap}，不能认定没有`);
  return decided('EVENT_NOT_SEEN', `各应刊登栏目均已完整采集，仍未见${end}，请核实是否已签订或依法暂停`);
}

function calendarMissing(
  lot: string | null,
  said: () => string,
  events: LifeEvent[],
  computed: ComputedDates,
): Decision {
  const sentence = (): string => `${said()}；日历未收录所涉年份的放假安排，不能计算。`;
  return { lot, verdict: 'undetermined', codes: ['CALENDAR_MISSING'], severity: 'info', sentence, events, computed };
}

function counted<T>(count: () => T): T | null {
  try {
    return count();
  } catch (error) {
    if (error instanceof ExtendCalendar) return null;
    throw error;
  }
}

function seal(statute: Statute, life: ProjectLife, calendar: Calendar, decision: Decision): Decided {
  const { lot, verdict, codes, severity, computed = {} } = decision;
  return {
    lot,
    round: life.round,
    rule: statute.id,
    ruleVersion: statute.version,
    calendarVersion: calendar.version,
    verdict,
    codes,
    severity,
    computed,
    tell: () => explanationOf(decision),
  };
}

function explanationOf({ lot, sentence, events, days }: Decision): Explanation {
  const text = sentence();
  return {
    sentence: lot === null || text.startsWith('标段') ? text : `标段（包）${lot}：${text}`,
    evidence: [...new Set(events)].flatMap((event) =>
      event.noticeIds.map((noticeId) => ({ noticeId, role: roleOf(event.kind) })),
    ),
    days: days === undefined ? [] : days(),
  };
}

function roleOf(kind: NoticeKind): Judgement['evidence'][number]['role'] {
  switch (kind) {
    case 'candidate':
    case 'single_source':
      return 'publicity';
    case 'result':
    case 'award_letter':
    case 'contract':
    case 'correction':
      return kind;
    default:
      return 'other';
  }
}
