import type { NoticeKind } from './notice.ts';

/** 规则制度: which body of law a project is judged under. */
export type Regime = 'construction_tender' | 'gov_procurement' | 'land' | 'state_asset';

/** One notice as the judge needs it. Times as delivered: date, local moment, ISO with zone, or epoch ms. */
export interface FactNotice {
  id: string;
  title: string;
  source: string;
  /** Absent: told from the title. */
  kind?: NoticeKind;
  publishedAt: string | number;
  /** Our crawler's first sight. */
  firstSeenAt?: string | number | null;
  /**
   * Start of the last complete run without the notice. Absent: the project's `coverage` stands for it.
   * Null: no run can testify, so the publish time is unverified.
   */
  absentAt?: string | number | null;
  /** Publish date shown in our earlier snapshot of the same page. */
  prevPublishedAt?: string | number | null;
  /** Date stated inside the notice: award letter date, signing date. */
  eventDate?: string | number | null;
  statedPeriod?: {
    from?: string | null;
    to?: string | null;
    workdays?: number | null;
    days?: number | null;
    /** A window in hours from the stated start, else from publication. */
    hours?: number | null;
    text?: string;
  } | null;
  candidates?: string[];
  winner?: string | string[] | null;
  /** Lots it speaks of; absent in a project of several lots = scope unknown. */
  lots?: string[];
  round?: number;
  /** Correction: the notice it corrects, and whether it touches candidates, ranking, price or qualification. */
  corrects?: string;
  material?: boolean | null;
  /**
   * A list that was changed in place, without a correction: our last sight of the page before; `publishedAt` is the first
   * one after, `candidates` the list until then.
   */
  changedAfter?: string;
  text?: string;
  /** False: the site is not a designated medium for this project. */
  designated?: boolean;
  /** Days on which our checks got 404 while the site was healthy. */
  unreachableDates?: string[];
}

/** What a project is judged by. The same shape is read by `gongshi judge`. */
export interface ProjectFacts {
  id: string;
  project: {
    regime: Regime | string;
    method: string | null;
    category: string | null;
    subtype?: string | null;
    stateFunded?: boolean | null;
    /** Yuan: estimate of a tender's contract. */
    estimate?: number | null;
    /** Yuan: procurement budget. */
    budget?: number | null;
    aboveOpenTenderThreshold?: boolean | null;
    /** 6-digit code of the buyer's region. */
    city?: string | null;
    /** The date the project is judged by. */
    on: string;
    lots?: string[];
    skipExplained?: boolean;
  };
  /** complete: every site that should carry the notices was crawled without a gap. */
  coverage: 'complete' | 'partial';
  /** Why coverage is partial, in words for the reader. */
  coverageReason?: string | null;
  /** Notices after this day are ignored; null = no limit. */
  asOf: string | null;
  notices: FactNotice[];
}
