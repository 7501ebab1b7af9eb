import type { LocalDay } from './day.ts';
import type { Category, Method, NoticeKind, Track } from './notice.ts';

/** States of all lifecycles; which edges are lawful for a track stands in src/projects/lifecycle. */
export const LIFECYCLE_STATES = [
  'PLANNED',
  'DOC_PREVIEW',
  'PREQUALIFYING',
  'TENDERING',
  'OPENED',
  'CANDIDATES_PUBLICISED',
  'PUBLICITY_OVER',
  'SS_PUBLICISED',
  'AWARDED',
  'CONTRACTED',
  'PERFORMING',
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

/** Why two notices belong together. */
export interface Link {
  a: string;
  b: string;
  /** group: the same notice · project: the same project */
  as: 'group' | 'project';
  method: 'code' | 'reference' | 'title' | 'parcel' | 'content';
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
  lots: string[];
  /** The latest round. */
  round: number;
  state: LifecycleState;
  timeline: TimelineEntry[];
  groups: NoticeGroup[];
  links: Link[];
  noticeIds: string[];
  /** First and last stated day. */
  firstDay: LocalDay | null;
  lastDay: LocalDay | null;
}
