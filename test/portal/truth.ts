import type { IndicatorId } from '../../src/model/lead.ts';
import type { RuleId } from '../../src/model/finding.ts';
import type { LocalDay } from '../../src/model/day.ts';

/** A fault planted in a project, as the score looks for it. */
export interface PlantedFault {
  /** Name of the class: missing-publicity, one-day-short, same-day, ignored-holiday, wrong-winner … */
  class: string;
  nature: 'violation' | 'review';
  rule: RuleId;
  /** Lot id, or null where the project has no lots. */
  lot: string | null;
  round: number;
}

export const LINKING_TRAPS = ['renamed', 'recoded', 'full-width', 'lots', 'rounds', 'shared-code', 'sibling'] as const;
export type LinkingTrap = (typeof LINKING_TRAPS)[number];

export interface TruthProject {
  id: string;
  name: string;
  code: string | null;
  track: 'construction' | 'procurement' | 'land' | 'asset';
  /** Notice ids as the product makes them: `sourceId:externalId`. Copies on other sites included. */
  notices: string[];
  /** Notices that are the same notice on several pages. */
  groups: string[][];
  planted: PlantedFault[];
  /** What makes its notices hard to link: renamed, recoded, several lots, rounds, a code two buyers use, a sibling. */
  linking: LinkingTrap[];
  /** Name of the near miss, where the project is one: looks like a breach and is none. */
  nearMiss: string | null;
}

/** A site's trouble as a crawler should report it: any of these codes on any of these days. */
export interface PlantedTrouble {
  class: string;
  site: string;
  from: LocalDay;
  to: LocalDay;
  /** Empty: it only looks like trouble, and nothing may be reported. */
  says: readonly string[];
  /** Whether any answer showed it: a list whose later pages are broken is well to whoever needs its first page only. */
  shown: boolean;
}

/** What happens to one page, and from which day on it can be known. */
export interface PlantedEvent {
  class: string;
  /** `sourceId:externalId` */
  notice: string;
  /** Ids of the same notice on all its sites. */
  copies: string[];
  from: LocalDay;
  /** Whether a daily look at a well site shows it: some events fall on days on which their site was not to be read. */
  knowable: boolean;
}

/** What is worth a look and no fault. */
export interface PlantedLead {
  indicator: IndicatorId;
  /** Ids of the truth's projects. */
  projects: string[];
}

/** All that the portal knows about itself. */
export interface Truth {
  seed: number;
  /** The day on which the world is looked at. */
  today: LocalDay;
  notices: number;
  projects: TruthProject[];
  leads: PlantedLead[];
  /** Only where the portal lives through days. */
  troubles: PlantedTrouble[];
  events: PlantedEvent[];
}
