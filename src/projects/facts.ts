import { addDays, type LocalDay } from '../model/day.ts';
import type { FactSheet, RoundSheet, SheetNotice } from '../model/fact-sheet.ts';
import type { FactNotice, ProjectFacts } from '../model/facts.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { CoverageSpan } from '../model/run.ts';
import { coverageGap, type MediaRule, type Window } from './coverage.ts';
import { isOnMedium, isRenewal, noticeIdOf } from './fact-notices.ts';
import { aboveOpenTenderLine } from './thresholds.ts';

export interface FactsOptions {
  policy: Policy;
  /** All coverage the store can prove. Pass one array for many projects: it is indexed once. */
  coverage: readonly CoverageSpan[];
  /** Notices stated after this day are ignored; null = no limit. */
  asOf: LocalDay | null;
  /** By notice: days on which our visits found its page gone; see `goneDaysOf`. */
  goneDays?: ReadonlyMap<string, LocalDay[]>;
}

/**
 * What one round of a project is judged by, under a policy and as of a day.
 * Ids of the facts' notices are notice ids, or `id#…` for a part of one (see `noticeIdOf`).
 */
export function factsOf(sheet: FactSheet, round: RoundSheet, options: FactsOptions): ProjectFacts {
  const { policy, asOf } = options;
  const { project, award } = round;
  const { on } = project;
  const rules = rulesThatMayApply(round.project);
  const media = rules.flatMap((rule) => policy.designatedMedia[rule]);
  const gap = undatedGap(round.undated) ?? (rules.length === 0 ? null : gapOf(round, rules, options));
  return {
    id: sheet.projectId,
    project: {
      ...project,
      // Without any stated day nothing is judged: the notices are left out above, and coverage is partial.
      on: on ?? asOf ?? '1970-01-01',
      aboveOpenTenderThreshold: on === null ? null : aboveOpenTenderLine(on, project, award, policy.openTenderLines),
    },
    coverage: gap === null ? 'complete' : 'partial',
    coverageReason: gap,
    asOf,
    notices: round.notices
      .map((notice) => underPolicy(notice, media, options.goneDays))
      .filter((fact) => fact.designated !== false || !isRenewal(fact)),
  };
}

function underPolicy(notice: SheetNotice, media: readonly string[], goneDays: FactsOptions['goneDays']): FactNotice {
  const fact: FactNotice = { ...notice };
  if (media.length > 0) fact.designated = isOnMedium(notice, media);
  const unreachableDates =
    goneDays === undefined || goneDays.size === 0 ? undefined : goneDays.get(noticeIdOf(fact.id));
  if (unreachableDates !== undefined) fact.unreachableDates = unreachableDates;
  return fact;
}

/**
 * Rules whose media count for this project, for designation and coverage. Municipal works above the local limit that were
 * tendered may fall under either law: the media of both are asked, so that no absence is concluded from one alone.
 */
function rulesThatMayApply(project: RoundSheet['project']): readonly MediaRule[] {
  if (project.regime === 'construction_tender') return TENDER;
  if (project.regime !== 'gov_procurement') return NONE;
  if (project.method === 'single_source') return SINGLE_SOURCE;
  const tendered = project.method === 'open_tender' || project.method === 'invited_tender';
  const works = project.category === 'works' && project.subtype === 'municipal';
  return tendered && works && (project.budget ?? 0) > 1_000_000 ? EITHER_LAW : PROCUREMENT;
}

/** One list each: what was asked of the coverage is remembered by it. */
const NONE: readonly MediaRule[] = [];
const TENDER: readonly MediaRule[] = ['TB-CAND-3D'];
const SINGLE_SOURCE: readonly MediaRule[] = ['GP-SS-5WD'];
const PROCUREMENT: readonly MediaRule[] = ['KY-GP-3D'];
const EITHER_LAW: readonly MediaRule[] = ['KY-GP-3D', 'TB-CAND-3D'];

function undatedGap(undated: string[]): string | null {
  return undated.length === 0 ? null : `有公告未载明发布日期，无法计算（${undated.join('、')}）`;
}

/** A round of which no beginning is known may have been publicised this long before its result: notice and bidding take 20 days and more. */
const UNKNOWN_START_DAYS = 45;

function gapOf(
  round: RoundSheet,
  rules: readonly MediaRule[],
  { policy, coverage, asOf }: FactsOptions,
): string | null {
  const window = windowOf(round, asOf);
  // No result yet: nothing is concluded from an absence, and what was seen was seen.
  return window === null ? null : coverageGap(rules, policy.designatedMedia, coverage, window);
}

/**
 * [first day of the round, day of its last lot's result]. Candidates are known only once bids are opened,
 * so the window begins there where the round states it.
 */
function windowOf({ notices, round, calls, openings }: RoundSheet, asOf: LocalDay | null): Window | null {
  const days = (kinds: readonly (NoticeKind | undefined)[]): LocalDay[] =>
    notices
      .filter((f) => f.round === round && kinds.includes(f.kind))
      .map((f) => String(f.publishedAt).slice(0, 10))
      .filter((day) => asOf === null || day <= asOf)
      .sort();
  const to = days(['result']).at(-1) ?? days(['award_letter', 'contract'])[0];
  if (to === undefined) return null;
  const started = calls.find((day) => day <= to);
  const opened = openings.filter((day) => day <= to && (started === undefined || day >= started)).sort()[0];
  return { from: opened ?? started ?? addDays(to, -UNKNOWN_START_DAYS), to };
}
