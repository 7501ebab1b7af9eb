import type { Bidding } from './bidding.ts';
import type { LocalDay } from './day.ts';
import type { LinkSuggestion } from './link-suggestion.ts';
import type { Category, Method, NoticeKind, Track } from './notice.ts';

/** States of all lifecycles; which edges are lawful for a track stands in src/projects/lifecycle. */
export const LIFECYCLE_STATES = [
  'PLANNED',
  'DOC_PREVIEW',
  'PREQUALIFYING',
  'TENDERING',
  'OPENED',
  'CANDIDATES_PUBLICISED',
  'SS_PUBLICISED',
  'AWARDED',
  'CONTRACTED',
  'CLOSED',
  'SUSPENDED',
  'TERMINATED',
  'FAILED',
  'NOTICED',
  'DEAL',
  'RESULT_PUBLISHED',
  'INTENT_PUBLICISED',
  'LISTED',
  'UNKNOWN',
] as const;
export type LifecycleState = (typeof LIFECYCLE_STATES)[number];

/**
 * 阶段, in the words of the offices: what the last notice brought about. Whether a publicity still runs is the
 * calendar's matter and stands in the project's next lawful days.
 */
export const LIFECYCLE_STATE_NAMES: Record<LifecycleState, string> = {
  PLANNED: '已列计划',
  DOC_PREVIEW: '招标文件预公示',
  PREQUALIFYING: '资格预审',
  TENDERING: '招标（采购）中',
  OPENED: '已开标',
  CANDIDATES_PUBLICISED: '已公示候选人',
  SS_PUBLICISED: '已公示单一来源',
  AWARDED: '已定标（成交）',
  CONTRACTED: '已签合同',
  CLOSED: '已办结',
  SUSPENDED: '已暂停',
  TERMINATED: '已终止',
  FAILED: '废标（流标）',
  NOTICED: '已发出让公告',
  DEAL: '已成交',
  RESULT_PUBLISHED: '已公布结果',
  INTENT_PUBLICISED: '已公示意向',
  LISTED: '挂牌中',
  UNKNOWN: '阶段不明',
};

/** Why two notices belong together. */
export interface Link {
  a: string;
  b: string;
  /** group: the same notice · project: the same project */
  as: 'group' | 'project';
  method: 'code' | 'reference' | 'title' | 'parcel' | 'content' | 'person';
  /** In words for the reader, with the values compared. */
  reason: string;
  /** 0–1 */
  confidence: number;
}

/** Publications of one notice on several sites or pages. Every copy is kept. */
export interface NoticeGroup {
  id: string;
  noticeIds: string[];
}

/** One event of a project's life. */
export interface TimelineEntry {
  day: LocalDay | null;
  kind: NoticeKind;
  round: number;
  lots: string[];
  groupId: string;
  noticeIds: string[];
  title: string;
  /** State of the project's round after this event. */
  state: LifecycleState;
  /** An illegal edge or missing step, in words; null when in order. */
  remark: string | null;
}

export interface Project {
  id: string;
  name: string;
  /** Main code, and every code seen. */
  code: string | null;
  codes: string[];
  track: Track;
  method: Method | null;
  category: Category | null;
  subtype: 'municipal' | 'other' | null;
  stateFunded: boolean | null;
  purchaser: string | null;
  agency: string | null;
  region: string | null;
  regionCode: string | null;
  /** Yuan; null = never stated. */
  budget: number | null;
  ceiling: number | null;
  estimate: number | null;
  award: number | null;
  /** Absent: stored before it was kept. */
  bidding?: Bidding;
  lots: string[];
  /** The latest round. */
  round: number;
  state: LifecycleState;
  timeline: TimelineEntry[];
  groups: NoticeGroup[];
  links: Link[];
  /** Other projects that may be this one; the surest first. Absent: none. */
  suggestions?: LinkSuggestion[];
  noticeIds: string[];
  /** First and last stated day. */
  firstDay: LocalDay | null;
  lastDay: LocalDay | null;
}
