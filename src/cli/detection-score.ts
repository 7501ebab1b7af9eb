import type { Alert } from '../model/finding.ts';
import type { LinkingTrap, PlantedFault, Truth, TruthProject } from '../../test/portal/truth.ts';
import { scoreWatch } from './watch-score.ts';
import type { Watched, WatchScore } from './watch-score.ts';

/** Planted against found: `false` = found but never planted. Precision and recall are 1 where nothing was to be found. */
export interface Detection {
  planted: number;
  detected: number;
  false: number;
  precision: number;
  recall: number;
}

export interface DetectionScore {
  violations: Detection;
  review: Detection;
  /** Over the notices collected: what a site shows to nobody (a list that ends at a captcha) cannot be linked. */
  groups: { precision: number; recall: number };
  projects: { precision: number; recall: number };
  /** By what makes linking hard: projects planted, and those whose collected notices make one project and no more. */
  linking: Partial<Record<LinkingTrap, { planted: number; exact: number }>>;
  collected: { published: number; stored: number };
  /** By class of planted fault. `false` counts a class's near misses that were accused. */
  faults: Record<string, { planted: number; detected: number; false: number; medianDays: number | null }>;
  /** Sites' troubles named, and what happened to single pages found; only where days were lived through. */
  troubles?: WatchScore['troubles'];
  events?: WatchScore['events'];
  /**
   * Certain findings of absence where the source was not completely observed, and alerts of an absence, cleared ones
   * included, where the portal knows of no breach: it had published what was said to be missing.
   */
  certainWithoutCoverage: number;
}

export interface Detected {
  /** Left out where no days were lived through. */
  watched?: Watched;
  alerts: Alert[];
  /** Notice ids of each project and of each group, as the product linked them. */
  projects: string[][];
  groups: string[][];
  /** Notice ids of the project an alert speaks of. */
  noticesOf(alert: Alert): string[];
  /** Days from the publication of an alert's last piece of evidence to the alert. */
  daysToDetect(alert: Alert): number | null;
  certainWithoutCoverage: number;
}

/** Compares what was alerted with what the portal knows it planted. */
export function scoreDetection(truth: Truth, found: Detected): DetectionScore {
  const stored = new Set(found.projects.flat());
  const collected = (clusters: string[][]): string[][] => clusters.map((ids) => ids.filter((id) => stored.has(id)));
  const published = truth.projects.flatMap((p) => p.notices);
  const owner = new Map(truth.projects.flatMap((p) => p.notices.map((n) => [n, p] as const)));
  const open = found.alerts.filter((alert) => alert.state === 'open');
  const hits = new Map<PlantedFault, Alert>();
  const wrong: { alert: Alert; project: TruthProject | undefined }[] = [];
  for (const alert of open) {
    const project = ownerOf(found.noticesOf(alert), owner);
    const fault = project?.planted.find((f) => answers(f, alert));
    if (fault === undefined) wrong.push({ alert, project });
    else hits.set(fault, alert);
  }
  const planted = truth.projects.flatMap((p) => p.planted);
  const detection = (nature: Alert['nature']): Detection => {
    const wanted = planted.filter((f) => f.nature === nature);
    const detected = wanted.filter((f) => hits.has(f)).length;
    const accused = wrong.filter((w) => w.alert.nature === nature).length;
    return {
      planted: wanted.length,
      detected,
      false: accused,
      precision: ratio(detected, detected + accused),
      recall: ratio(detected, wanted.length),
    };
  };
  const faults: DetectionScore['faults'] = {};
  const entry = (name: string) => (faults[name] ??= { planted: 0, detected: 0, false: 0, medianDays: null });
  for (const fault of planted) {
    entry(fault.class).planted++;
    if (hits.has(fault)) entry(fault.class).detected++;
  }
  for (const [name, of] of Object.entries(faults)) {
    of.medianDays = median(
      [...hits].flatMap(([fault, alert]) => (fault.class === name ? (found.daysToDetect(alert) ?? []) : [])),
    );
  }
  for (const { project } of wrong) entry(project?.nearMiss ?? project?.planted[0]?.class ?? 'lawful').false++;
  const watch = found.watched === undefined ? null : scoreWatch(truth, found.watched);
  const unfounded = found.alerts.filter(
    (alert) =>
      alert.finding.codes.some((code) => ABSENCE.includes(code)) &&
      !(ownerOf(found.noticesOf(alert), owner)?.planted ?? []).some((f) => answers(f, alert)),
  );
  return {
    violations: detection('violation'),
    review: detection('review'),
    groups: pairScore(collected(truth.projects.flatMap((p) => p.groups)), found.groups),
    projects: pairScore(collected(truth.projects.map((p) => p.notices)), found.projects),
    linking: linkingScore(truth, found.projects),
    collected: { published: published.length, stored: published.filter((id) => stored.has(id)).length },
    ...(watch !== null && { troubles: watch.troubles, events: watch.events }),
    faults: { ...faults, ...watch?.classes },
    certainWithoutCoverage: found.certainWithoutCoverage + unfounded.length,
  };
}

/** What says that something was not published. */
const ABSENCE = ['MISSING_PUBLICITY', 'REVIEW_NO_PUBLICITY'];

/** Projects of one collected notice are left out: nothing is to be linked in them. */
function linkingScore(truth: Truth, found: string[][]): DetectionScore['linking'] {
  const homes = new Map(found.flatMap((ids) => ids.map((id) => [id, ids] as const)));
  const score: DetectionScore['linking'] = {};
  for (const { linking, notices } of truth.projects) {
    const collected = notices.filter((id) => homes.has(id));
    if (collected.length < 2) continue;
    const [home, ...more] = new Set(collected.map((id) => homes.get(id)));
    const exact = more.length === 0 && home?.length === collected.length;
    for (const trap of linking) {
      const entry = (score[trap] ??= { planted: 0, exact: 0 });
      entry.planted++;
      if (exact) entry.exact++;
    }
  }
  return score;
}

/** A review speaks of a project and round; a violation of one lot as well. */
function answers(fault: PlantedFault, alert: Alert): boolean {
  if (fault.nature !== alert.nature || fault.rule !== alert.finding.rule || fault.round !== alert.finding.round)
    return false;
  return fault.nature === 'review' || fault.lot === alert.finding.lot;
}

/** The truth project that owns most of these notices. */
function ownerOf(noticeIds: string[], owner: Map<string, TruthProject>): TruthProject | undefined {
  const votes = new Map<TruthProject, number>();
  for (const id of noticeIds) {
    const project = owner.get(id);
    if (project !== undefined) votes.set(project, (votes.get(project) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Precision and recall over pairs of notices that belong together. */
function pairScore(want: string[][], got: string[][]): { precision: number; recall: number } {
  const wanted = pairs(want);
  const gotten = pairs(got);
  let both = 0;
  for (const pair of gotten) if (wanted.has(pair)) both++;
  return { precision: ratio(both, gotten.size), recall: ratio(both, wanted.size) };
}

function pairs(clusters: string[][]): Set<string> {
  const found = new Set<string>();
  for (const cluster of clusters) {
    const ids = [...cluster].sort();
    for (let i = 0; i < ids.length; i++) for (let j = i + 1; j < ids.length; j++) found.add(`${ids[i]}\n${ids[j]}`);
  }
  return found;
}

function median(values: number[]): number | null {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
