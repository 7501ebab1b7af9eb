import type { Dealing } from '../model/dealing.ts';
import type { IndicatorId, IndicatorSettings, Lead } from '../model/lead.ts';
import type { OpenTenderLine } from '../model/policy.ts';

/** What the limits and lines of the day allow to be computed by. */
export interface Yardsticks {
  settings: IndicatorSettings;
  openTenderLines: readonly OpenTenderLine[];
}

/** What a lead tells beside formula and peers, which are the indicator's. */
export type LeadDraft = Pick<Lead, 'key' | 'purchaser' | 'agency' | 'projectIds' | 'day' | 'sentence' | 'inputs'>;

/** One value of one buyer's, to be held against all values of the same peers. */
export interface Measurement {
  /** Who is compared, in words that only they share: 2026年货物采购中各采购人的…. */
  peers: string;
  value: number;
  /** Where the value by itself is a reason to look; its peers decide whether that is said. */
  draft: (() => LeadDraft) | null;
}

/** Values from `from` up to the next step's. */
export interface Step {
  from: number;
  label: string;
}

/** How many values of the same peers lie in each step. */
export interface Distribution {
  count: number;
  /** In order of the indicator's steps. */
  counts: readonly number[];
}

/** A reason to look: a figure computed over a buyer's dealings and held against its peers. Never a finding. */
export interface Indicator {
  id: IndicatorId;
  /** Raised when the formula changes. */
  version: string;
  title: string;
  /** Why it is worth a look, with the law it is near to. */
  because: string;
  /** With the limits that hold now, in words that can be computed by hand. */
  formula(settings: IndicatorSettings): string;
  enabled(settings: IndicatorSettings): boolean;
  /** Fewer, and nothing is said. */
  minPeers(settings: IndicatorSettings): number;
  /** Ascending. */
  steps: readonly Step[];
  /** `dealings`: all of one buyer. Pure, and cheap: it is called twice for every buyer there is. */
  measure(dealings: readonly Dealing[], by: Yardsticks): Measurement[];
  /** Whether a draft's value is rare enough among its peers. Absent: a draft is told wherever there are enough of them. */
  standsOut?(value: number, peers: Distribution, settings: IndicatorSettings): boolean;
}

export function stepOf(steps: readonly Step[], value: number): number {
  return Math.max(
    0,
    steps.findLastIndex((step) => step.from <= value),
  );
}
