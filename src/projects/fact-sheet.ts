import type { LocalDay } from '../model/day.ts';
import type { FactSheet, RoundSheet } from '../model/fact-sheet.ts';
import type { Regime } from '../model/facts.ts';
import type { Notice, Track } from '../model/notice.ts';
import type { Project, TimelineEntry } from '../model/project.ts';
import type { CandidateEdits } from './candidate-edits.ts';
import { factNoticesOf } from './fact-notices.ts';
import { unique } from './identity.ts';
import { lifeEventsOf } from './life.ts';

const REGIMES: Record<Track, Regime> = {
  construction: 'construction_tender',
  procurement: 'gov_procurement',
  land: 'land',
  asset: 'state_asset',
};

/**
 * What a project's pages say, for judging. Pure; the same project and notices give the same sheet.
 * @param notices the project's, in any order
 * @param edits lists of candidates that were changed in place, see `candidateEditsOf`
 */
export function factSheetOf(project: Project, notices: readonly Notice[], edits: CandidateEdits): FactSheet {
  const own = new Map(notices.map((n) => [n.id, n]));
  const rounds = [...new Set(project.timeline.map((entry) => entry.round))].sort((a, b) => a - b);
  return {
    projectId: project.id,
    name: project.name,
    purchaser: project.purchaser,
    track: project.track,
    ceiling: project.ceiling ?? project.budget,
    notices: project.noticeIds
      .flatMap((id) => own.get(id) ?? [])
      .map(({ id, revision, firstSeenAt }) => [id, revision, firstSeenAt]),
    suggestions: project.suggestions ?? [],
    rounds: rounds.map((round) => roundOf(project, own, round, edits)),
  };
}

function roundOf(project: Project, own: ReadonlyMap<string, Notice>, round: number, edits: CandidateEdits): RoundSheet {
  const entries = project.timeline.filter((entry) => entry.round <= round);
  const current = entries.filter((entry) => entry.round === round);
  const { facts, undated } = factNoticesOf(entries, own, project.lots, edits);
  const pages = current.flatMap((entry) => entry.noticeIds.flatMap((id) => own.get(id) ?? []));
  const on = dayJudgedBy(current) ?? dayJudgedBy(entries) ?? project.firstDay;
  const budget = project.budget ?? project.ceiling;
  const lots = lotsOf(current);
  return {
    round,
    project: {
      regime: REGIMES[project.track],
      method: project.method,
      category: project.category,
      subtype: project.subtype,
      stateFunded: project.stateFunded,
      estimate: project.estimate ?? (project.track === 'construction' ? budget : null),
      budget,
      city: project.regionCode,
      on,
      lots: lots.length > 1 ? lots : undefined,
      skipExplained: pages.some((page) => page.fields.skipReason !== null),
    },
    award: project.award,
    notices: facts,
    undated,
    calls: current.filter(isCall).flatMap((entry) => entry.day ?? []),
    openings: pages.flatMap((page) => page.fields.openingDate?.slice(0, 10) ?? []),
    events: lifeEventsOf(project, own, round),
  };
}

function isCall({ kind }: TimelineEntry): boolean {
  return kind === 'tender' || kind === 'single_source';
}

/** `project.on`: the round's tender notice, else its first notice. */
function dayJudgedBy(entries: TimelineEntry[]): LocalDay | null {
  const dated = entries.filter((e) => e.day !== null);
  const start = dated.find((e) => e.kind === 'tender') ?? dated.find((e) => e.kind === 'single_source') ?? dated[0];
  return start?.day ?? null;
}

/** Lots of a round: those its tender names and those named by any notice of it. */
function lotsOf(entries: TimelineEntry[]): string[] {
  return unique(entries.flatMap((e) => e.lots)).sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
}
