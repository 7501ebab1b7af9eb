import type { LocalDay } from './day.ts';
import type { FactNotice, ProjectFacts } from './facts.ts';
import type { LifeEvent } from './life.ts';
import type { LinkSuggestion } from './link-suggestion.ts';
import type { Track } from './notice.ts';

/** A notice as the judge needs it, before it is asked which media the operator designated and what our visits found gone. */
export interface SheetNotice extends Omit<FactNotice, 'designated' | 'unreachableDates'> {
  /** Medium whose bulletins its column shows whole: a page there proves a publication there. */
  mirrors?: string;
}

/** What the pages say of one round. */
export interface RoundSheet {
  round: number;
  /** `on` null: no page states any day. */
  project: Omit<ProjectFacts['project'], 'on' | 'aboveOpenTenderThreshold'> & { on: LocalDay | null };
  /** Yuan. */
  award: number | null;
  /** Of this round and of those before it. */
  notices: SheetNotice[];
  /** Titles of notices that state no day: nothing can be counted from them, and nothing concluded without them. */
  undated: string[];
  /** Stated days of the round's calls, in the order of the timeline. */
  calls: LocalDay[];
  /** Stated days on which bids are opened. */
  openings: LocalDay[];
  /** Of this round, oldest first. */
  events: LifeEvent[];
}

/**
 * All that a project is judged by and that follows from its pages alone. Policy, coverage, calendar and the day of
 * judging come to it when it is judged, so that judging again reads no page.
 */
export interface FactSheet {
  projectId: string;
  name: string;
  purchaser: string | null;
  track: Track;
  /** Yuan: what may be paid at most, for the whole project. */
  ceiling: number | null;
  /** Notices of the project in its order, with the revision that was read and the moment of first sight (epoch ms). */
  notices: [id: string, revision: number, firstSeenAt: number][];
  /** Other projects that may be this one: a breach waits until a person has decided on them. */
  suggestions: LinkSuggestion[];
  /** In order. */
  rounds: RoundSheet[];
}
