import type { LocalDay } from '../../model/day.ts';
import type { Severity, StatuteId } from '../../model/finding.ts';
import type { LifeEvent, ProjectLife } from '../../model/life.ts';
import type { Track } from '../../model/notice.ts';
import type { Policy } from '../../model/policy.ts';
import type { Period } from '../counting.ts';
import type { LegalBasis, ScopeAnswer } from '../rules/rule.ts';

/** A day that pages state, with its name and the event that states it. */
export interface Stated {
  day: LocalDay;
  words: string;
  event: LifeEvent;
}

/** What breaches a rule that counts no days. */
export type LogicCode = 'AWARD_ABOVE_CEILING' | 'CONTRACT_PARTY_DIFFERS' | 'WINNER_NOT_CANDIDATE' | 'MEDIUM_MISSING';
/** What a person must decide. */
export type LogicDoubt =
  'CONTRACT_AMOUNT_DIFFERS' | 'FIRST_CANDIDATE_SKIPPED' | 'MEDIUM_MISSING' | 'COVERAGE_GAP' | 'FACTS_MISSING';

/**
 * What a project's notices show under one rule, for one lot.
 * - `period`: both ends of a period are stated; counting decides
 * - `open`: the period runs, its end has not been seen
 * - `kept`, `breach`, `doubt`: a rule that counts no days, decided
 */
export type Sight = { lot: string | null } & (
  | { is: 'period'; start: Stated; end: Stated }
  | { is: 'open'; start: Stated; end: string; gap: string | null }
  | { is: 'kept'; because: string; events: LifeEvent[] }
  | { is: 'breach'; code: LogicCode; because: string; events: LifeEvent[] }
  | { is: 'doubt'; code: LogicDoubt; because: string; events: LifeEvent[] }
);

/** A statutory duty judged over a project's life: the data are printed in docs and on the page. */
export interface Statute {
  id: StatuteId;
  /** Raised when scope, facts or counting change; stored with every judgement. */
  version: string;
  title: string;
  basis: LegalBasis[];
  track: Track;
  /** Procurement methods in words. */
  methods: string;
  category: string;
  amountLines: { from: LocalDay; to: LocalDay | null; text: string }[];
  region: string | null;
  validity: { from: LocalDay; to: LocalDay | null };
  kind: 'min' | 'max' | 'logic';
  period: Period | null;
  /** Start and end event in words; null for a rule that counts no days. */
  start: string | null;
  end: string | null;
  /** How it is counted, in words. */
  counting: string;
  /** Whether the first day counts too is disputed: 发售期、提供期限. */
  firstDayDisputed?: true;
  /** Of a violation. */
  severity: Severity;
  /** Second half of the explanation: 依据…，…不得少于20日. */
  demand: string;
  /** Whether the rule applies on the day the project is judged by. Pure. */
  scope(life: ProjectLife, policy: Policy): ScopeAnswer;
  /** Empty: nothing of it has happened yet. Pure. */
  look(life: ProjectLife): Sight[];
}

export const MIN_COUNTING = '起始当日不计；可以在第n日当日，休息日不顺延（最短期限只嫌短，不嫌长）';
export const MAX_COUNTING = '起始当日不计；最后一日是休息日的，顺延至下一工作日（民法典第二百零三条）';
export const WORKDAY_COUNTING = '起始当日不计；按国务院放假通知数工作日，调休上班的周末计入';
