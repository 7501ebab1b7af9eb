import type { LocalDay } from './day.ts';
import type { StatuteId } from './finding.ts';
import type { Category, Method } from './notice.ts';

/** 公开招标数额标准 of government procurement from a day on; works follow the must-tender rules and have no line here. */
export interface OpenTenderLine {
  /** Region codes that begin so; '' = wherever no other line holds. */
  region: string;
  from: LocalDay;
  /** Null: still in force. */
  to: LocalDay | null;
  /** Yuan; 以上 includes the figure. */
  goods: number;
  services: number;
  /** Where the figure comes from, and whether its text was read. */
  source: string;
  checked: boolean;
}

/** The review alert for procurements of these methods, categories, times and sizes; what is left out narrows nothing. */
export interface NarrowedReview {
  as: 'review' | 'violation';
  methods?: Method[];
  categories?: Category[];
  /** Procurements judged by this day or a later one. */
  from?: LocalDay;
  /** Yuan; the figure itself is in. */
  minBudget?: number;
}

/** What the operator decides about the publicity check (config/rules.yaml). */
export interface Policy {
  /** L0 on a rest day moves to the next working day. */
  rollover: boolean;
  /** How a verdict that hinges on a Honghe local day off is given. */
  localHolidays: 'undetermined' | 'ignore' | 'restDay';
  /** Validity of the local rule: scope dates, and how far the operator has confirmed it (null = as long as `to` allows). */
  localRule: { id: 'KY-GP-3D'; from: LocalDay; to: LocalDay | null; verifiedTo: LocalDay | null };
  /** Rules that are switched on; a statute that is not named is. */
  enabled: { 'KY-GP-3D': boolean; 'TB-CAND-3D': boolean; 'GP-SS-5WD': boolean } & Partial<Record<StatuteId, boolean>>;
  /** off · review: 待核, worded as local practice · violation: the operator has raised it · for some procurements only. */
  reviewAlert: 'off' | 'review' | 'violation' | NarrowedReview;
  /** Sources that are designated media for each rule, all of which must be covered before absence is concluded. */
  designatedMedia: Record<'KY-GP-3D' | 'TB-CAND-3D' | 'GP-SS-5WD', string[]>;
  /** 6-digit code of the operator's region. */
  regionCode: string;
  openTenderLines: OpenTenderLine[];
}

/**
 * The catalogue of the province sets the line. Its text was not at hand: the figure is the one that central budget units
 * have since 2020, to be confirmed with the finance bureau. Before 2020 nothing is known, and the answer is "unknown".
 */
export const DEFAULT_OPEN_TENDER_LINES: OpenTenderLine[] = [
  {
    region: '',
    from: '2020-01-01',
    to: null,
    goods: 2_000_000,
    services: 2_000_000,
    source: '《中央预算单位政府集中采购目录及标准（2020年版）》（国办发〔2019〕55号）；云南省公开招标数额标准未核实',
    checked: false,
  },
];

export const DEFAULT_POLICY: Policy = {
  rollover: true,
  localHolidays: 'undetermined',
  localRule: { id: 'KY-GP-3D', from: '2016-01-01', to: null, verifiedTo: null },
  enabled: { 'KY-GP-3D': true, 'TB-CAND-3D': true, 'GP-SS-5WD': true },
  reviewAlert: 'review',
  designatedMedia: {
    'KY-GP-3D': ['hh_finance', 'yn_ccgp'],
    'TB-CAND-3D': ['yn_ggzy'],
    'GP-SS-5WD': ['yn_ccgp'],
  },
  regionCode: '532502',
  openTenderLines: DEFAULT_OPEN_TENDER_LINES,
};
