import type { LocalDay } from './day.ts';

/** 线索指标: what may be a reason to look, and never a finding. */
export const INDICATOR_IDS = [
  'SPLITTING',
  'JUST_BELOW_LINE',
  'REPEATED_WINNER',
  'EQUAL_PRICES',
  'DECISION_WITHIN_DAY',
] as const;
export type IndicatorId = (typeof INDICATOR_IDS)[number];

/** What a lead is compared with. */
export interface Peers {
  /** Who they are and over which time, in words. */
  words: string;
  /** How many, the lead's own included. */
  count: number;
  /** How they spread, in order; `here` where the lead's own value lies. */
  spread: { label: string; count: number; here: boolean }[];
}

/** 线索: figures that stand out among their peers. It accuses nobody, opens no case and has no severity. */
export interface Lead {
  /** `indicator|…`: the same figures of the same buyer and year have the same key. */
  key: string;
  indicator: IndicatorId;
  /** Raised when the formula changes. */
  version: string;
  purchaser: string | null;
  agency: string | null;
  projectIds: string[];
  /** Latest day among its figures: the order of lists. */
  day: LocalDay;
  sentence: string;
  /** How it was computed, with the limits of that time, in words. */
  formula: string;
  inputs: { name: string; value: string; projectId: string | null }[];
  peers: Peers;
  /** Epoch ms: when it was first told. */
  since: number;
  /** Epoch ms of a person's word on links that touched one of its projects; gone once it is computed again. */
  affectedAt?: number;
}

/** Limits of the indicators (config/rules.yaml). Nothing is said where there are fewer peers than `minPeers`. */
export interface IndicatorSettings {
  splitting: { enabled: boolean; minPeers: number; atLeast: number };
  justBelowLine: { enabled: boolean; minPeers: number; atLeast: number; within: number };
  repeatedWinner: { enabled: boolean; minPeers: number; atLeast: number; minAwards: number; share: number };
  equalPrices: { enabled: boolean; minPeers: number };
  decisionWithinDay: { enabled: boolean; minPeers: number; rare: number };
}

/** The numbers are the operator's to choose: large enough that chance alone seldom reaches them in a county's year. */
export const DEFAULT_INDICATOR_SETTINGS: IndicatorSettings = {
  splitting: { enabled: true, minPeers: 10, atLeast: 2 },
  justBelowLine: { enabled: true, minPeers: 5, atLeast: 2, within: 0.05 },
  repeatedWinner: { enabled: true, minPeers: 5, atLeast: 3, minAwards: 5, share: 0.5 },
  equalPrices: { enabled: true, minPeers: 10 },
  decisionWithinDay: { enabled: true, minPeers: 20, rare: 0.1 },
};
