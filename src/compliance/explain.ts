import { addDays } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { ProjectFacts } from '../model/facts.ts';
import type { ReasonCode, Verdict } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Calendar } from './calendar.ts';
import { editedSince } from './dossier.ts';
import type { Dossier } from './dossier.ts';
import { time } from './evidence.ts';
import type { Event } from './evidence.ts';
import type { Anchor, Assessment } from './publicity.ts';
import type { Doubt } from './readings.ts';
import type { Rule, ScopeAnswer } from './rules/rule.ts';
import type { WinnerCheck } from './winner.ts';
import { plainDay, shortDay } from '../model/day-words.ts';
import { readTime } from './times.ts';
import { eventClause, fullDay, lotPrefix, quoted } from './wording.ts';

/** What a judgement of one lot found, as the sentence needs it. */
export interface Story {
  facts: ProjectFacts;
  policy: Policy;
  /** The calendar that gave the dates. */
  calendar: Calendar;
  underLocalCalendar: boolean;
  round: number;
  rule: Rule | null;
  dossier: Dossier | null;
  scope: ScopeAnswer | null;
  assessment: Assessment | null;
  /** Assessments under the readings that gave another verdict. */
  otherAssessments: Assessment[];
  doubts: Doubt[];
  /** Days short, in the rule's unit. */
  missing: number;
  winner: WinnerCheck | null;
  unreachable: LocalDay[];
  /** Publicity whose stated day nobody can confirm. */
  unverified: Event[];
  /** Notices whose shown date was changed. */
  changed: Event[];
}

/**
 * One Chinese sentence that a clerk can check with a calendar in hand: dates with their weekday, each counted day,
 * what was missing. An undetermined one says 因为 … and what would settle it.
 */
export function explain(story: Story, lot: string | null, verdict: Verdict, codes: readonly ReasonCode[]): string {
  const prefix = lotPrefix(lot);
  const { scope } = story;
  if (scope !== null && !scope.applies) {
    return scope.code === 'NOT_APPLICABLE'
      ? `${prefix}不适用：${scope.because}。`
      : `${prefix}因为${scope.because}，暂无法判定；${scope.settledBy}后即可判定。`;
  }
  const body =
    verdict === 'violation'
      ? violation(story, codes)
      : verdict === 'undetermined'
        ? undetermined(story, codes)
        : verdict === 'compliant'
          ? compliant(story, codes)
          : terminated(story);
  return `${prefix}${body}。`;
}

function violation(story: Story, codes: readonly ReasonCode[]): string {
  const { rule, assessment, dossier } = story;
  const main = assessment?.main ?? null;
  const demand = rule!.words.demand;
  const result = resultClause(story);
  const anchor = assessment?.anchor ?? null;
  const parts: string[] = [];

  if (main === 'MISSING_PUBLICITY') {
    const where = dossier!.severalLots ? '本标段（包）本轮' : '本轮';
    parts.push(`${result}，规定媒体均已完整采集，未见${where}的${rule!.words.publicity}`, ...missingAside(story));
  } else if (anchor !== null && main === 'RESULT_BEFORE_PUBLICITY') {
    parts.push(`${result}，早于公示起始日`, publicityClause(story, anchor));
  } else if (anchor !== null && main === 'SAME_DAY') {
    parts.push(publicityClause(story, anchor), `${result}，与公示起始日为同一日，公示期为零`);
  } else if (anchor !== null) {
    parts.push(publicityClause(story, anchor), countClause(story), `${result}${shortfall(story)}`);
  }
  if (codes.includes('WINNER_NOT_CANDIDATE')) parts.push(winnerClause(story));
  parts.push(...earlyClauses(story, codes), ...misprintClauses(story), ...changedClauses(story));
  parts.push(main === null ? winnerLaw(story) : demand);
  return parts.join('；');
}

/** What forbids a winner from outside the list. Tendered works follow 招标投标法 in procurement too (政府采购法 art. 4). */
function winnerLaw({ rule, facts }: Story): string {
  const { method, on } = facts.project;
  const tendered = method === 'open_tender' || method === 'invited_tender';
  if (rule!.track === 'construction' || tendered) return '《招标投标法》第五十七条禁止在候选人以外确定中标人';
  return method === 'single_source' || on < '2015-03-01'
    ? '公示的候选人以外的供应商未经公示即被确定'
    : '《政府采购法实施条例》第四十三条要求在评审报告推荐的候选人中按顺序确定供应商';
}

/** The tail after the result's clause: how far short. */
function shortfall({ assessment, missing, rule }: Story): string {
  const { main, anchor, counted } = assessment!;
  const unit = rule!.period.unit === 'calendar' ? '日' : '个工作日';
  const end = anchor?.statedEnd?.day;
  switch (main) {
    case 'PERIOD_TOO_SHORT':
      return `，少${missing}${unit}`;
    case 'ROLLOVER_NOT_OBSERVED':
      return `，未等到顺延后的最后一日${shortDay(counted!.lastDay!)}结束`;
    case 'STATED_PERIOD_TOO_SHORT':
      return `，虽已在其后，但公告所载公示期仅至${fullDay(end!)}，短于应至的${shortDay(counted!.nominalLastDay!)}`;
    case 'RESULT_BEFORE_STATED_END':
      return `，法定期限虽满，但公告承诺公示至${fullDay(end!)}，未等到该日结束`;
    default:
      return '';
  }
}

function missingAside({ dossier }: Story): string[] {
  const aside: string[] = [];
  const other = dossier!.otherRounds[0];
  if (other !== undefined)
    aside.push(`第${other.round}轮的公示（${fullDay(other.published)}）不能用于第${dossier!.round}轮`);
  const elsewhere = dossier!.elsewhere[0];
  if (elsewhere !== undefined) aside.push(`${fullDay(elsewhere.published)}在非规定媒体的公示不能代替`);
  return aside;
}

function earlyClauses({ dossier, rule, assessment }: Story, codes: readonly ReasonCode[]): string[] {
  const first = dossier!.results[0];
  const until = assessment?.counted?.lastDay ?? null;
  const early = dossier!.results.filter(
    (e) =>
      e !== first &&
      until !== null &&
      e.day <= until &&
      ((e.kind === 'award_letter' && codes.includes('AWARD_LETTER_BEFORE_END')) ||
        (e.kind === 'contract' && codes.includes('CONTRACT_BEFORE_END'))),
  );
  return early.map((e) => `${eventClause(e, rule!.words.awardLetter)}，也早于公示期满`);
}

function winnerClause({ winner, facts }: Story): string {
  const gap = facts.coverage === 'partial' ? '（采集有缺口，须先核实本轮有无其他候选公示）' : '';
  return `中标（成交）人${winner!.winners.map(quoted).join('、')}不在本轮公示的候选人之列${gap}`;
}

function compliant(story: Story, codes: readonly ReasonCode[]): string {
  const anchor = story.assessment!.anchor!;
  const parts = [publicityClause(story, anchor), countClause(story), `${resultClause(story)}，符合规定`];
  if (codes.includes('PUBLISH_TIME_UNVERIFIED')) {
    const seen = story.unverified[0]?.firstSeen;
    parts.push(
      `该公示的发布时间未经本系统观测证实${seen == null ? '' : `（首次见到于${fullDay(seen)}，此前采集不完整）`}`,
    );
  }
  parts.push(...misprintClauses(story), ...changedClauses(story), ...localRemark(story));
  return parts.join('；');
}

function undetermined(story: Story, codes: readonly ReasonCode[]): string {
  const because = codes.flatMap((code) => reason(story, code) ?? []);
  const settled = [...new Set(codes.flatMap((code) => settledBy(code, story) ?? []))];
  const anchor = story.assessment?.anchor ?? null;
  const dates =
    anchor === null || codes.includes('LOT_UNRESOLVED')
      ? []
      : [
          `${publicityClause(story, anchor)}，${countClause(story)}`,
          ...promiseClause(story),
          ...(story.dossier!.resultDay === null ? [] : [resultClause(story)]),
        ];
  const misprint = codes.includes('LOT_UNRESOLVED') ? [] : misprintClauses(story);
  const tail = [...misprint, ...changedClauses(story), ...(codes.includes('PENDING') ? localRemark(story) : [])];
  return [
    ...dates,
    `因为${because.join('，且')}，暂无法判定`,
    ...tail,
    ...(settled.length === 0 ? [] : [`${settled.join('，并')}后即可判定`]),
  ].join('；');
}

/** 因为 … */
function reason(story: Story, code: ReasonCode): string | null {
  const { dossier, rule, winner } = story;
  const publicity = rule?.words.publicity ?? '公示';
  switch (code) {
    case 'PENDING':
      return story.assessment?.anchor == null ? `尚未见结果，也尚未见${publicity}` : '尚未见结果公告、通知书或合同';
    case 'LOT_UNRESOLVED':
      return '项目分多个标段（包），而有公告未写明所属标段（包），各标段的公示与结果无法对应';
    case 'COVERAGE_GAP': {
      const why = story.facts.coverageReason;
      return `未见${publicity}，但应刊登的网站采集有缺口${why == null ? '' : `（${quoted(why)}）`}，不能认定没有公示`;
    }
    case 'CALENDAR_MISSING':
      return '日历未收录所涉年度的放假安排，不得按普通周末推算';
    case 'LOCAL_HOLIDAY_DEPENDENT': {
      const other = story.otherAssessments.find((a) => a.counted?.lastDay != null)?.counted?.lastDay;
      const name = story.calendar.localName ?? '本州';
      return `结论取决于${name}地方放假日是否作为休息日${other == null ? '' : `（如作为休息日，公示期顺延至${fullDay(other)}）`}`;
    }
    case 'CORRECTION_MATERIALITY_UNKNOWN': {
      const doubtful = story.doubts.find((d) => d.code === code)?.readings[0]?.doubtful ?? null;
      const correction = doubtful ?? dossier!.corrections.at(-1) ?? null;
      if (doubtful !== null && editedSince(doubtful) !== null)
        return `${editClause(doubtful)}，公示期是否重新起算、自哪一日起算不定`;
      const when = correction === null ? '' : fullDay(correction.published);
      return winner?.outcome === 'list_unknown' && doubtful === null
        ? `${when}的更正未载明更正后的候选人名单，无法核对中标（成交）人`
        : `${when}的更正内容不明，是否涉及候选人、排名、报价或资格无法判断，公示期是否重新起算不定`;
    }
    case 'HOUR_COUNT_AMBIGUOUS':
      return '公告所载公示期在最后一日上午截止，不足一整日，是否满期有争议';
    case 'BACKDATING_SUSPECTED': {
      const seen = [...dossier!.publicity.copies, ...dossier!.corrections].find((e) => e.sight === 'contradicted');
      if (seen?.firstSeen == null) return '公示在其所载日期之后的完整采集中仍不存在，疑似倒填日期';
      const run = seen.absent === null ? '该日之后的完整采集' : `${fullDay(seen.absent)}结束的完整采集`;
      return `所载发布日期为${fullDay(seen.published)}的公示，在${run}中仍不存在，${fullDay(seen.firstSeen)}才首次见到，疑似倒填日期`;
    }
    case 'NOTICE_UNREACHABLE':
      return `公示期内${story.unreachable.map(fullDay).join('、')}网站正常而该公告无法打开`;
    case 'FIRST_CANDIDATE_SKIPPED':
      return `中标（成交）人${winner!.winners.map(quoted).join('、')}并非第一候选人${winner!.first === null ? '' : quoted(winner!.first)}，且未见公布理由`;
    default:
      return null;
  }
}

/** What would settle it. */
function settledBy(code: ReasonCode, story: Story): string | null {
  switch (code) {
    case 'PENDING':
      return '结果公布';
    case 'LOT_UNRESOLVED':
      return '查明各公告所属标段（包）';
    case 'COVERAGE_GAP':
      return '补齐采集';
    case 'CALENDAR_MISSING':
      return '补录该年度国务院放假通知';
    case 'LOCAL_HOLIDAY_DEPENDENT':
      return '确定地方放假日是否计入（配置 localHolidays）';
    case 'CORRECTION_MATERIALITY_UNKNOWN':
      return story.doubts.some((d) =>
        d.readings.some(({ doubtful }) => doubtful !== null && editedSince(doubtful) !== null),
      )
        ? '向发布单位查明名单何时、为何改动'
        : '查看更正附件';
    case 'HOUR_COUNT_AMBIGUOUS':
      return '核实公示的实际起止时刻';
    case 'BACKDATING_SUSPECTED':
      return '向网站管理单位核实实际发布时间';
    case 'NOTICE_UNREACHABLE':
      return '向网站管理单位核实公告是否被撤下';
    case 'FIRST_CANDIDATE_SKIPPED':
      return `取得${story.winner?.first == null ? '' : '第一候选人'}未中标的理由`;
    default:
      return null;
  }
}

function terminated({ dossier }: Story): string {
  const end = dossier?.termination;
  return end == null ? '不适用' : `不适用：本轮已于${fullDay(end.published)}公告终止或废标，没有结果可核`;
}

/** While there is no result, a promise beyond L is what the publisher must still keep. */
function promiseClause({ assessment, dossier }: Story): string[] {
  const end = assessment?.anchor?.statedEnd?.day;
  const lastDay = assessment?.counted?.lastDay ?? null;
  if (dossier?.resultDay !== null || end === undefined || lastDay === null || end <= lastDay) return [];
  return [`公告承诺公示至${fullDay(end)}，结果应在${fullDay(addDays(end, 1))}以后`];
}

/** When publicity began and what set it. */
function publicityClause({ rule }: Story, anchor: Anchor): string {
  const name = rule!.words.publicity;
  const published = fullDay(anchor.publication.published);
  switch (anchor.setBy) {
    case 'publication':
      return `${name}于${published}发布（当日不计）`;
    case 'stated_start':
      return `${name}于${published}发布，所载公示自${fullDay(anchor.day)}起（当日不计）`;
    case 'correction':
      if (anchor.correction !== null && editedSince(anchor.correction) !== null)
        return `${name}于${published}发布，${editClause(anchor.correction)}，至早自${fullDay(anchor.day)}重新起算（当日不计）`;
      return anchor.correction?.kind === 'correction'
        ? `${name}于${published}发布，因${fullDay(anchor.correction.published)}的更正自${fullDay(anchor.day)}重新起算（当日不计）`
        : `${name}于${published}发布，${fullDay(anchor.day)}重新公示并重新起算（当日不计）`;
  }
}

/** Both ends of what we know, by our own visits: the page itself says nothing of the change. */
function editClause({ notice, firstSeen }: Event): string {
  const since = time(notice.changedAfter!, notice.id, 'changedAfter').day;
  const until = firstSeen === null ? '' : `，${fullDay(firstSeen)}首次见到新名单`;
  const what = notice.material === true ? '页面上的候选名单被改动' : '页面上候选名单的排名、报价或名称与先前所见不同';
  return `${what}而未见更正公告（${fullDay(since)}最后一次见到原名单${until}）`;
}

/** Each counted day, the extension, and the earliest day of a result. */
function countClause({ assessment, calendar, rule }: Story): string {
  const { anchor, nominalLastDay, lastDay } = assessment!.counted!;
  if (nominalLastDay === null) return `${rule!.period.length}个工作日的最后一日超出日历范围`;
  const workdays = rule!.period.unit === 'workday';
  const listed: string[] = [];
  for (let day = calendar.addDays(anchor, 1); day <= nominalLastDay; day = calendar.addDays(day, 1)) {
    if (workdays && calendar.isRest(day)) continue;
    listed.push(
      `第${listed.length + 1}${workdays ? '个工作日' : '日'}${shortDay(day)}（${reasonedWeekday(calendar, day)}）`,
    );
  }
  const counted = `${listed.join('、')}${workdays ? '，休息日不计' : ''}`;
  if (lastDay === null) return `${counted}；最后一日是否顺延，日历无据`;
  const extended =
    lastDay === nominalLastDay
      ? ''
      : `，最后一日为休息日，依${countingLaw(lastDay)}顺延至${dayWithReason(calendar, lastDay)}`;
  return `${counted}${extended}，至${plainDay(lastDay)}24时期满，结果最早应在${fullDay(addDays(lastDay, 1))}`;
}

function dayWithReason(calendar: Calendar, day: LocalDay): string {
  return `${plainDay(day)}（${reasonedWeekday(calendar, day)}）`;
}

/** 周四, or with what makes the day special: 周日，调休上班. */
function reasonedWeekday(calendar: Calendar, day: LocalDay): string {
  const why = calendar.why(day);
  return why.startsWith('周') ? why : `${calendar.weekday(day)}，${why}`;
}

/** The article on a last day that is a rest day, by the law in force that day. */
function countingLaw(day: LocalDay): string {
  if (day >= '2021-01-01') return '《民法典》第二百零三条';
  return day >= '2017-10-01' ? '《民法总则》第二百零三条' : '《民法通则》第一百五十四条';
}

/** The earliest event that ends the waiting. */
function resultClause({ dossier, rule }: Story): string {
  return eventClause(dossier!.results[0]!, rule!.words.awardLetter);
}

/** Dates that cannot be meant were not counted by: the reader sees them on the page and must know why. */
function misprintClauses({ assessment }: Story): string[] {
  const event = assessment?.anchor?.misprinted ?? null;
  if (event === null) return [];
  const { from, to } = event.notice.statedPeriod ?? {};
  const day = (value: string | null | undefined): string => (value ? plainDay(readTime(value)!.day) : '…');
  return [`所载公示期“${day(from)}至${day(to)}”自相矛盾或与发布日期不合，疑为误写，未据以计算`];
}

function changedClauses({ changed }: Story): string[] {
  return changed.map(
    (e) =>
      `公告${quoted(e.notice.title)}的发布日期曾由${fullDay(e.published)}改为${fullDay(e.nowShows!)}，以较早快照为准`,
  );
}

/** Unknown local days may hide a violation, never invent one: say that they were not counted. */
function localRemark({ underLocalCalendar, calendar, assessment }: Story): string[] {
  const counted = assessment?.counted;
  if (!underLocalCalendar || counted == null) return [];
  const years = [...new Set([counted.anchor, counted.lastDay ?? counted.anchor].map((day) => day.slice(0, 4)))];
  const unknown = years.filter((year) => !calendar.knowsLocalDays(year));
  if (unknown.length === 0) return [];
  return [`${unknown.join('、')}年${calendar.localName ?? '本州'}地方放假日未掌握，按全国日历计算`];
}
