import type { LocalDay } from './day.ts';
import type { AlertNature, ComputedDates, ReasonCode, RuleId, Severity, Verdict } from './finding.ts';

/** What people do about an alert. One case an alert, under its number; the alert says what is found, the case what is made of it. */
export const CASE_STATES = [
  'pending',
  'investigating',
  'confirmed',
  'dismissed',
  'rectifying',
  'closed',
  'suspended',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_STATE_NAMES: Record<CaseState, string> = {
  pending: '待核',
  investigating: '核查中',
  confirmed: '确认',
  dismissed: '排除',
  rectifying: '整改中',
  closed: '办结',
  suspended: '暂挂',
};

interface DismissalTerms {
  name: string;
  misjudged: boolean;
  of?: AlertNature;
}

/**
 * Why a case is dismissed. `misjudged`: the program was wrong, by its reading, its linking or its rule; the others say
 * that the alert was fair on what was published. `of`: given for cases of this nature alone.
 */
export const DISMISSAL_REASONS = {
  misread: { name: '公告内容读取有误', misjudged: true },
  mislinked: { name: '公告归并有误，不是同一项目', misjudged: true },
  rule_not_applicable: { name: '依法不适用该规则', misjudged: true },
  published_elsewhere: { name: '已在其他法定媒介公示', misjudged: false },
  corrected: { name: '发布单位已更正公告', misjudged: false },
  site_clock: { name: '网站所载时间有误', misjudged: false },
  out_of_jurisdiction: { name: '不属本级监管', misjudged: false },
  duplicate: { name: '与其他案件重复', misjudged: false },
  found_in_order: { name: '经核实符合要求', misjudged: false, of: 'doubt' },
  beyond_proof: { name: '经核实仍无从认定', misjudged: false, of: 'doubt' },
  other: { name: '其他（须写明）', misjudged: false },
} as const satisfies Record<string, DismissalTerms>;
export type DismissalReason = keyof typeof DISMISSAL_REASONS;
export const DISMISSAL_REASON_IDS = Object.keys(DISMISSAL_REASONS) as [DismissalReason, ...DismissalReason[]];

/** Reasons that a case of this nature may be dismissed for. */
export function dismissalReasonsOf(nature: AlertNature): DismissalReason[] {
  return DISMISSAL_REASON_IDS.filter((id) => {
    const reason: DismissalTerms = DISMISSAL_REASONS[id];
    return reason.of === undefined || reason.of === nature;
  });
}

/** Working days the operator gives each step (config/gongshi.yaml `cases`). */
export interface CaseDeadlines {
  /** From the opening to the start of the check. */
  pending: number;
  /** From the start to the decision. */
  investigating: number;
  /** From the order to the end of the correction. */
  rectifying: number;
  /** For the publisher's reply. */
  reply: number;
}

/** Who acted: a person under the name of an account, or the program itself. */
export interface Actor {
  kind: 'person' | 'system';
  name: string;
}

export const SYSTEM: Actor = { kind: 'system', name: '系统' };

/** What was known when somebody last looked: later facts are compared with it. */
export interface KnownFacts {
  /** `updatedAt` of the alert these facts stand in. */
  at: number;
  alertState: 'open' | 'cleared';
  verdict: Verdict;
  codes: ReasonCode[];
  severity: Severity;
  computed: ComputedDates;
  sentence: string;
  ruleVersion: string;
  calendarVersion: string;
  evidence: { noticeId: string; role: string }[];
}

/** What an alert is about, as lists and the ledger need it. */
export interface CaseSubject {
  alertKey: string;
  projectId: string;
  projectName: string;
  purchaser: string | null;
  agency: string | null;
  /** Of the notices it rests on. */
  sourceIds: string[];
  rule: RuleId;
  nature: AlertNature;
  severity: Severity;
  lot: string | null;
  round: number;
}

/** One thing that happened. `note` is what the person wrote; empty where nothing was. */
export type CaseStep =
  /** `note`: why a person opened it; absent where an alert did. */
  | { action: 'opened'; subject: CaseSubject; facts: KnownFacts; due: LocalDay | null; note?: string }
  | {
      action: 'facts_changed';
      subject: CaseSubject;
      facts: KnownFacts;
      /** In words, one a fact. */
      changes: string[];
      /** noted: state unchanged · cleared: the alert no longer stands · reopened: decided before, open again */
      effect: 'noted' | 'cleared' | 'reopened';
      due: LocalDay | null;
    }
  | { action: 'started'; note: string; due: LocalDay | null }
  /** `due`: by when it is to be put right; absent where that was left open. */
  | { action: 'confirmed'; note: string; due?: LocalDay }
  | { action: 'dismissed'; reason: DismissalReason; note: string }
  | { action: 'rectifying'; note: string; due: LocalDay | null }
  | { action: 'closed'; note: string }
  | { action: 'suspended'; note: string; until: LocalDay }
  | { action: 'resumed'; note: string }
  | { action: 'reopened'; note: string; due: LocalDay | null }
  | { action: 'assigned'; to: string | null; note: string }
  | { action: 'due_set'; due: LocalDay; note: string }
  | { action: 'asked'; to: string; note: string; replyBy: LocalDay | null }
  /** Deadlines that could not be counted before the calendar of the year was known; null = none such, or still not. */
  | { action: 'deadlines_counted'; due: LocalDay | null; replyBy: LocalDay | null }
  | { action: 'replied'; note: string }
  | { action: 'commented'; note: string }
  | { action: 'attached'; name: string; type: string; size: number; sha256: string; note: string }
  | { action: 'acknowledged'; note: string };
export type CaseAction = CaseStep['action'];

/** An event as stored: never changed, never removed. */
export interface CaseEvent {
  number: string;
  /** 1, 2, 3 … without a gap. */
  seq: number;
  at: number;
  actor: Actor;
  step: CaseStep;
  /** Hash of the event before; empty for the first. */
  previous: string;
  /** SHA-256 over all of the above, hex. */
  hash: string;
}

/** A case as its events have made it. */
export interface CaseFile extends CaseSubject {
  number: string;
  openedAt: number;
  updatedAt: number;
  /** Number of events. */
  version: number;
  /** Hash of the last event. */
  head: string;
  state: CaseState;
  suspended: { from: CaseState; until: LocalDay } | null;
  /** Null with no deadline, or with `dueUnknown`. */
  due: LocalDay | null;
  /** The working days to count are not in the calendar. */
  dueUnknown: boolean;
  assignee: string | null;
  question: { to: string; text: string; askedAt: number; replyBy: LocalDay | null } | null;
  /** The latest one; stays when the case goes on. Null once the case has been opened again. */
  decision: {
    state: 'confirmed' | 'dismissed';
    reason: DismissalReason | null;
    note: string;
    at: number;
    by: string;
  } | null;
  facts: KnownFacts;
  /** New facts that nobody has acknowledged. */
  news: { at: number; effect: 'noted' | 'cleared' | 'reopened'; changes: string[] } | null;
}

/** A file handed in with a case, by its content. */
export interface CaseAttachment {
  /** SHA-256 of the bytes, hex. */
  sha256: string;
  base64: string;
}
