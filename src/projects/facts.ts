import { addDays, type LocalDay } from '../model/day.ts';
import type { FactNotice, ProjectFacts, Regime } from '../model/facts.ts';
import type { Notice, NoticeKind, Track } from '../model/notice.ts';
import type { Policy } from '../model/policy.ts';
import type { Project } from '../model/project.ts';
import type { CoverageSpan } from '../model/run.ts';
import { coverageGap, type MediaRule, type Window } from './coverage.ts';
import { factNoticesOf, noticeIdOf } from './fact-notices.ts';
import { unique } from './identity.ts';
import { aboveOpenTenderLine, type OpenTenderLine } from './thresholds.ts';

export interface FactsOptions {
  policy: Policy;
  /** All coverage the store can prove. Pass one array for many projects: it is indexed once. */
  coverage: readonly CoverageSpan[];
  /** Notices stated after this day are ignored; null = no limit. */
  asOf: LocalDay | null;
  /** By notice: days on which our visits found its page gone; see `goneDaysOf`. */
  goneDays?: ReadonlyMap<string, LocalDay[]>;
  /** The operator's own table of open-tender lines; absent = the default, unverified one. */
  openTenderThreshold?: readonly OpenTenderLine[];
  /** The round to be judged; later ones are left out. Absent = the latest. */
  round?: number;
}

const REGIMES: Record<Track, Regime> = {
  construction: 'construction_tender',
  procurement: 'gov_procurement',
  land: 'land',
  asset: 'state_asset',
};

/**
 * What a project is judged by. `notices`: the project's, in any order.
 * Ids of the facts' notices are notice ids, or `id#…` for a part of one (see `noticeIdOf`).
 */
export function factsOf(project: Project, notices: readonly Notice[], options: FactsOptions): ProjectFacts {
  const { policy, asOf } = options;
  const round = options.round ?? project.round;
  const own = new Map(notices.map((n) => [n.id, n]));
  const entries = project.timeline.filter((entry) => entry.round <= round);
  const rules = rulesThatMayApply(project);
  const media = rules.flatMap((rule) => policy.designatedMedia[rule]);
  const { facts, undated } = factNoticesOf(entries, own, media, project.lots);
  const current = entries.filter((entry) => entry.round === round);
  const on = dayJudgedBy(current) ?? dayJudgedBy(entries) ?? project.firstDay;
  const gap =
    undatedGap(undated) ?? (rules.length === 0 ? null : gapOf(current, facts, round, rules, options, asOf, own));
  const budget = project.budget ?? project.ceiling;
  const lots = lotsOf(current);
  return {
    id: project.id,
    project: {
      regime: REGIMES[project.track],
      method: project.method,
      category: project.category,
      subtype: project.subtype,
      stateFunded: project.stateFunded,
      estimate: project.estimate ?? (project.track === 'construction' ? budget : null),
      budget,
      aboveOpenTenderThreshold:
        on === null
          ? null
          : aboveOpenTenderLine(
              on,
              { category: project.category, budget, award: project.award },
              options.openTenderThreshold,
            ),
      city: project.regionCode,
      // Without any stated day nothing is judged: the notices are left out above, and coverage is partial.
      on: on ?? asOf ?? '1970-01-01',
      lots: lots.length > 1 ? lots : undefined,
      skipExplained: entries.some(
        (e) => e.round === round && e.noticeIds.some((id) => own.get(id)?.fields.skipReason != null),
      ),
    },
    coverage: gap === null ? 'complete' : 'partial',
    coverageReason: gap,
    asOf,
    notices: facts.map((fact) => withGoneDays(fact, options.goneDays)),
  };
}

function withGoneDays(fact: FactNotice, goneDays: FactsOptions['goneDays']): FactNotice {
  const unreachableDates = goneDays?.get(noticeIdOf(fact.id));
  return unreachableDates === undefined ? fact : { ...fact, unreachableDates };
}

type Entry = Project['timeline'][number];

/** `project.on`: the round's tender notice, else its first notice. */
function dayJudgedBy(entries: Entry[]): LocalDay | null {
  const dated = entries.filter((e) => e.day !== null);
  const start = dated.find((e) => e.kind === 'tender') ?? dated.find((e) => e.kind === 'single_source') ?? dated[0];
  return start?.day ?? null;
}

/** Lots of a round: those its tender names and those named by any notice of it. */
function lotsOf(entries: Entry[]): string[] {
  return unique(entries.flatMap((e) => e.lots)).sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
}

/**
 * Rules whose media count for this project, for designation and coverage. Municipal works above the local limit that were
 * tendered may fall under either law: the media of both are asked, so that no absence is concluded from one alone.
 */
function rulesThatMayApply(project: Project): MediaRule[] {
  switch (project.track) {
    case 'construction':
      return ['TB-CAND-3D'];
    case 'procurement': {
      if (project.method === 'single_source') return ['GP-SS-5WD'];
      const tendered = project.method === 'open_tender' || project.method === 'invited_tender';
      const works = project.category === 'works' && project.subtype === 'municipal';
      return tendered && works && (project.budget ?? project.ceiling ?? 0) > 1_000_000
        ? ['KY-GP-3D', 'TB-CAND-3D']
        : ['KY-GP-3D'];
    }
    case 'land':
    case 'asset':
      return [];
  }
}

function undatedGap(undated: string[]): string | null {
  return undated.length === 0 ? null : `有公告未载明发布日期，无法计算（${undated.join('、')}）`;
}

/** A round of which no beginning is known may have been publicised this long before its result: notice and bidding take 20 days and more. */
const UNKNOWN_START_DAYS = 45;

function gapOf(
  current: Entry[],
  facts: FactNotice[],
  round: number,
  rules: MediaRule[],
  { policy, coverage }: FactsOptions,
  asOf: LocalDay | null,
  own: ReadonlyMap<string, Notice>,
): string | null {
  const window = windowOf(current, facts, round, asOf, own);
  // No result yet: nothing is concluded from an absence, and what was seen was seen.
  return window === null ? null : coverageGap(rules, policy.designatedMedia, coverage, window);
}

/**
 * [first day of the round, day of its last lot's result]. Candidates are known only once bids are opened,
 * so the window begins there where the round states it.
 */
function windowOf(
  current: Entry[],
  facts: FactNotice[],
  round: number,
  asOf: LocalDay | null,
  own: ReadonlyMap<string, Notice>,
): Window | null {
  const days = (kinds: readonly (NoticeKind | undefined)[]): LocalDay[] =>
    facts
      .filter((f) => f.round === round && kinds.includes(f.kind))
      .map((f) => String(f.publishedAt).slice(0, 10))
      .filter((day) => asOf === null || day <= asOf)
      .sort();
  const to = days(['result']).at(-1) ?? days(['award_letter', 'contract'])[0];
  if (to === undefined) return null;
  const started = current.find(
    (e) => (e.kind === 'tender' || e.kind === 'single_source') && e.day !== null && e.day <= to,
  );
  const openings = current
    .flatMap((e) => e.noticeIds.map((id) => own.get(id)?.fields.openingDate?.slice(0, 10) ?? null))
    .filter((day) => day !== null)
    .filter((day) => day <= to && (started?.day == null || day >= started.day))
    .sort();
  const from = openings[0] ?? started?.day ?? addDays(to, -UNKNOWN_START_DAYS);
  return { from, to };
}
