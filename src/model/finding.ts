import type { LocalDay } from './day.ts';

export const VERDICTS = ['compliant', 'violation', 'undetermined', 'not_applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const SEVERITIES = ['critical', 'major', 'minor', 'info', 'none'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Reason codes of the publicity check; their meaning stands in docs/rules.md. */
export const REASON_CODES = [
  'MISSING_PUBLICITY',
  'RESULT_BEFORE_PUBLICITY',
  'SAME_DAY',
  'PERIOD_TOO_SHORT',
  'ROLLOVER_NOT_OBSERVED',
  'STATED_PERIOD_TOO_SHORT',
  'RESULT_BEFORE_STATED_END',
  'WINNER_NOT_CANDIDATE',
  'AWARD_LETTER_BEFORE_END',
  'CONTRACT_BEFORE_END',
  'ROUND_MISMATCH',
  'NON_DESIGNATED_MEDIUM',
  'CORRECTION_RESTART',
  'PUBLISH_DATE_CHANGED',
  'TERMINATED',
  'PENDING',
  'APPLICABILITY_UNKNOWN',
  'LOCAL_RULE_VALIDITY_UNKNOWN',
  'LOCAL_HOLIDAY_DEPENDENT',
  'CORRECTION_MATERIALITY_UNKNOWN',
  'HOUR_COUNT_AMBIGUOUS',
  'LOT_UNRESOLVED',
  'COVERAGE_GAP',
  'CALENDAR_MISSING',
  'BACKDATING_SUSPECTED',
  'NOTICE_UNREACHABLE',
  'FIRST_CANDIDATE_SKIPPED',
  'OK',
  'PUBLISH_TIME_UNVERIFIED',
  'NOT_APPLICABLE',
  'REVIEW_NO_PUBLICITY',
  'REVIEW_PUBLICITY_SHORT',
  'MINIMUM_NOT_REACHED',
  'DEADLINE_MISSED',
  'AWARD_ABOVE_CEILING',
  'CONTRACT_PARTY_DIFFERS',
  'MEDIUM_MISSING',
  'FACTS_MISSING',
  'EVENT_NOT_SEEN',
  'COUNTING_DISPUTED',
  'ORDER_REVERSED',
  'CONTRACT_AMOUNT_DIFFERS',
  'LINK_UNCONFIRMED',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** Duties beside the publicity periods: src/compliance/statutes. */
export const STATUTE_IDS = [
  'TB-DOC-SALE-5D',
  'TB-BID-20D',
  'TB-CEILING',
  'TB-FIRST-CANDIDATE',
  'TB-MEDIA',
  'TB-CONTRACT-30D',
  'TB-CONTRACT-MATCH',
  'GP-DOC-5WD',
  'GP-BID-20D',
  'GP-CN-3WD',
  'GP-INQ-3WD',
  'GP-CC-10D',
  'GP-CC-DOC-5WD',
  'GP-CANDIDATE',
  'GP-RESULT-2WD',
  'GP-CEILING',
  'GP-MEDIA',
  'GP-CONTRACT-30D',
  'GP-CONTRACT-PUB-2WD',
  'GP-CONTRACT-MATCH',
  'LAND-NOTICE-20D',
  'LAND-LIST-10D',
  'LAND-RESULT-10WD',
] as const;
export type StatuteId = (typeof STATUTE_IDS)[number];

/** The publicity rules. */
export const PUBLICITY_RULE_IDS = ['KY-GP-3D', 'TB-CAND-3D', 'GP-SS-5WD', 'KY-REVIEW-3D'] as const;
export type PublicityRuleId = (typeof PUBLICITY_RULE_IDS)[number];

export const RULE_IDS = [...PUBLICITY_RULE_IDS, 'NONE', ...STATUTE_IDS] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** The dates a clerk would write down. Absent = does not exist for this verdict. */
export interface ComputedDates {
  /** P; of other duties the start event. */
  anchor?: LocalDay;
  /** L0 */
  nominalLastDay?: LocalDay;
  /** L */
  lastDay?: LocalDay;
  /** L + 1 */
  earliestResultDate?: LocalDay;
  /** E; of other duties the end event. */
  resultDate?: LocalDay;
  /** First lawful day of the end event, where a period has a minimum; of an open publicity: the day after the end it promises beyond L. */
  earliestAllowed?: LocalDay;
  /** Last lawful day of the end event, where a period has a maximum. */
  deadline?: LocalDay;
}

/** One day of the counting, for the small calendar beside an alert. */
export interface CountedDay {
  day: LocalDay;
  /** published: P · counted: day n of the period · extended: rolled over rest day · result: E */
  mark: 'published' | 'counted' | 'extended' | 'result';
  /** n-th day of the period, where counted. */
  n: number | null;
  /** Why the day is a working day or a rest day: 周三, 国庆节, 调休上班 … */
  why: string;
  rest: boolean;
}

/** A judgement of one lot in one round under one rule. */
export interface Judgement {
  lot: string | null;
  round: number;
  rule: RuleId;
  ruleVersion: string;
  calendarVersion: string;
  verdict: Verdict;
  codes: ReasonCode[];
  severity: Severity;
  computed: ComputedDates;
  /** One Chinese sentence that a clerk can check with a calendar in hand. */
  sentence: string;
  /** Notices the judgement rests on: publicity, result, award letter, contract, corrections. */
  evidence: { noticeId: string; role: 'publicity' | 'result' | 'award_letter' | 'contract' | 'correction' | 'other' }[];
  days: CountedDay[];
}

/** What is told of a decision: words, pages and days to check it by. */
export type Explanation = Pick<Judgement, 'sentence' | 'evidence' | 'days'>;

/** What a judgement was made from: told beside it, so that a later one can say what is new. */
export interface FactsUsed {
  /** The day up to which notices were known. */
  asOf: LocalDay;
  /** The day the project is judged by, and the amounts and words that decide which rule applies. */
  on: string;
  amounts: { budget: number | null; estimate: number | null };
  method: string | null;
  category: string | null;
  coverage: 'complete' | 'partial';
  /** Digest of the settings it was judged under (`settingsVersion`). Absent: stored before it was kept. */
  settings?: string;
  /** Digest of the calendar with its local days (`calendarMark`): names and unknown years too. Absent: stored before it was kept. */
  calendar?: string;
  /** Notices of the project with the revision that was read, in order of their ids. */
  notices: [id: string, revision: number][];
}

/** What a finding said before it changed. */
export interface PastJudgement {
  judgedAt: number;
  ruleVersion: string;
  calendarVersion: string;
  verdict: Verdict;
  codes: ReasonCode[];
  severity: Severity;
  computed: ComputedDates;
  sentence: string;
  facts: FactsUsed | null;
}

/** Versions under which a finding said before what it says now. */
export interface EarlierVersions {
  judgedAt: number;
  ruleVersion: string;
  calendarVersion: string;
}

/**
 * A judgement as stored for a project: one for each lot, round and rule. `judgedAt`: when it came to say what it says,
 * or to say it under the versions that it names.
 */
export interface Finding extends Judgement {
  /** `project|lot|round|rule` */
  key: string;
  projectId: string;
  judgedAt: number;
  /** Absent: stored before facts and history were kept. */
  facts?: FactsUsed;
  /** Oldest first; what it says now is not in it. */
  history?: PastJudgement[];
  /** Oldest first, since it says what it says: the versions it was confirmed under before those it names. */
  confirmed?: EarlierVersions[];
}

/**
 * What an alert is: a breach of a rule in force, the operator's review of local practice, or a finding that could not be
 * judged and that a supervisor opened a case on. They never look alike, and a doubt is counted with neither of the others.
 */
export const ALERT_NATURES = ['violation', 'review', 'doubt'] as const;
export type AlertNature = (typeof ALERT_NATURES)[number];

export const ALERT_NATURE_NAMES: Record<AlertNature, string> = {
  violation: '违规告警',
  review: '待核提示',
  doubt: '存疑',
};

/** open: 待核 · cleared: later evidence clears it (kept, says so) */
export type AlertState = 'open' | 'cleared';

/** One alert a project, lot, round and rule, however often it is judged. */
export interface Alert {
  /** Key of the finding that opened it; its address for good, also when its pages come to another project. */
  key: string;
  /** Number people quote: `KY-2026-0001`. */
  number: string;
  nature: AlertNature;
  state: AlertState;
  projectId: string;
  projectName: string;
  purchaser: string | null;
  finding: Finding;
  /** Epoch ms. `openedAt` never overwritten. */
  openedAt: number;
  updatedAt: number;
  clearedAt: number | null;
  /** What a backfill brought in opened it, or opened it again last: the past is no news, nobody is told of it as if it were. */
  backfilled?: boolean;
  /** Who opened it by hand, and why: a doubt. Absent: the judging raised it. */
  openedBy?: { name: string; note: string };
  /** What happened to it, oldest first. */
  history: { at: number; event: 'opened' | 'changed' | 'cleared' | 'reopened' | 'moved'; sentence: string }[];
}
