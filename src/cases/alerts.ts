import { verdictName } from '../compliance/code-texts.ts';
import type { Alert, AlertNature, Finding, Judgement } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import { isConfirmation, versionCause } from './confirmation.ts';
import type { AlertChange } from '../../storage/store.ts';

/** A project as alerts show it. */
export type NamedProject = Pick<Project, 'id' | 'name' | 'purchaser'>;

/** Findings that raise an alert: a breach of a rule, or the operator's review of local practice. Null: none. */
export function natureOf(finding: Pick<Finding, 'rule' | 'verdict' | 'codes'>): AlertNature | null {
  if (finding.rule === 'KY-REVIEW-3D') {
    const found = finding.codes.includes('REVIEW_NO_PUBLICITY') || finding.codes.includes('REVIEW_PUBLICITY_SHORT');
    if (!found) return null;
    // config/rules.yaml `reviewAlert: violation`: the operator has raised the review to a violation.
    return finding.verdict === 'violation' ? 'violation' : 'review';
  }
  return finding.verdict === 'violation' ? 'violation' : null;
}

/** As what an alert of this nature stands on such a finding; a doubt stands as long as nothing can be judged. Null: no more. */
export function standsAs(
  nature: AlertNature,
  finding: Pick<Finding, 'rule' | 'verdict' | 'codes'>,
): AlertNature | null {
  return natureOf(finding) ?? (nature === 'doubt' && finding.verdict === 'undetermined' ? 'doubt' : null);
}

/**
 * What the findings of one project change in its alerts: one alert a project, lot, round and rule,
 * however often it is judged. An alert that later evidence clears is kept and says so. An alert of another project
 * whose pages have come to this one goes on here under its number.
 *
 * @param project null when no project holds the pages any longer
 * @param existing all alerts of the project, and those that come to it with their pages
 * @param now epoch ms
 */
export function decideAlerts(
  project: NamedProject | null,
  findings: Finding[],
  existing: Alert[],
  now: number,
): AlertChange[] {
  const raising = new Map<string, { finding: Finding; nature: AlertNature }>();
  const inDoubt = new Map<string, Finding>();
  for (const finding of project === null ? [] : findings) {
    const nature = natureOf(finding);
    if (nature !== null) raising.set(subjectOf(finding), { finding, nature });
    else inDoubt.set(subjectOf(finding), finding);
  }
  const changes: AlertChange[] = [];
  const standing = new Map<string, Alert>();
  for (const alert of [...existing].sort(bySeniority)) {
    const subject = subjectOf(alert.finding);
    const raised = raising.get(subject) ?? stillInDoubt(alert, inDoubt.get(subject));
    const senior = standing.get(subject);
    if (senior !== undefined || raised === undefined || project === null) {
      const why =
        senior === undefined ? whyCleared(project, findings, alert) : `与 ${senior.number} 为同一事项，并入该告警。`;
      const change = clear(project, alert, why, now);
      if (change !== null) changes.push(change);
      continue;
    }
    standing.set(subject, alert);
    const change = keep(project, raised.finding, raised.nature, alert, now);
    if (change !== null) changes.push(change);
  }
  for (const [subject, { finding, nature }] of raising) {
    if (project !== null && !standing.has(subject)) changes.push(openedAlert(project, finding, nature, now));
  }
  return changes;
}

function stillInDoubt(
  { nature }: Alert,
  finding: Finding | undefined,
): { finding: Finding; nature: 'doubt' } | undefined {
  return finding !== undefined && standsAs(nature, finding) === 'doubt' ? { finding, nature: 'doubt' } : undefined;
}

/** What an alert is about, within its project. */
export function subjectOf({ lot, round, rule }: Pick<Finding, 'lot' | 'round' | 'rule'>): string {
  return [lot ?? '', round, rule].join('|');
}

/** Open ones first, then the number people have known longest. */
function bySeniority(a: Alert, b: Alert): number {
  const rank = (alert: Alert): number => (alert.state === 'open' ? 0 : 1);
  return rank(a) - rank(b) || a.openedAt - b.openedAt || (a.number < b.number ? -1 : 1);
}

function whyCleared(project: NamedProject | null, findings: Finding[], { finding: before, nature }: Alert): string {
  if (project === null) return '所依据的公告已不在任何项目中，本告警不再成立。';
  const finding = findings.find((f) => subjectOf(f) === subjectOf(before));
  return finding === undefined
    ? '按新的事实，该标段（轮次）不再适用本规则。'
    : `${causeOf(before, finding) || '按新的事实重新核查：'}${nature === 'doubt' ? `现判定为${verdictName(finding.verdict)}。` : ''}${finding.sentence}`;
}

/** What made a finding say something else, where that is no new notice. */
function causeOf(before: Finding, now: Finding): string {
  const cause = versionCause(before, now);
  return cause === null ? '' : `${cause}后重新核查：`;
}

export function openedAlert(project: NamedProject, finding: Finding, nature: AlertNature, now: number): AlertChange {
  return {
    key: finding.key,
    nature,
    state: 'open',
    projectId: project.id,
    projectName: project.name,
    purchaser: project.purchaser,
    finding,
    openedAt: now,
    updatedAt: now,
    clearedAt: null,
    history: [{ at: now, event: 'opened', sentence: finding.sentence }],
  };
}

function keep(
  project: NamedProject,
  finding: Finding,
  nature: AlertNature,
  before: Alert,
  now: number,
): AlertChange | null {
  const reopened = before.state === 'cleared' ? ('reopened' as const) : null;
  const moved = before.projectId !== project.id;
  // Confirmed under another rule's or calendar's version: shown under it, and no news to anybody.
  if (reopened === null && !moved && before.nature === nature && isConfirmation(before.finding, finding)) {
    return { ...before, finding };
  }
  const event = reopened ?? (saysTheSame(before, finding, nature) ? null : ('changed' as const));
  if (event === null && !moved) return null;
  return {
    ...before,
    ...at(project),
    nature,
    state: 'open',
    finding,
    updatedAt: now,
    clearedAt: null,
    history: [
      ...before.history,
      ...(moved ? [move(project, now)] : []),
      ...(event === null
        ? []
        : [{ at: now, event, sentence: `${causeOf(before.finding, finding)}${finding.sentence}` }]),
    ],
  };
}

/** Null where nothing changes: it was cleared before and stays where it is. */
function clear(project: NamedProject | null, before: Alert, why: string, now: number): AlertChange | null {
  const moved = project !== null && before.projectId !== project.id;
  if (before.state === 'cleared' && !moved) return null;
  return {
    ...before,
    ...(project === null ? {} : at(project)),
    state: 'cleared',
    updatedAt: now,
    clearedAt: before.clearedAt ?? now,
    history: [
      ...before.history,
      ...(moved ? [move(project, now)] : []),
      ...(before.state === 'cleared' ? [] : [{ at: now, event: 'cleared' as const, sentence: why }]),
    ],
  };
}

function at(project: NamedProject): Pick<Alert, 'projectId' | 'projectName' | 'purchaser'> {
  return { projectId: project.id, projectName: project.name, purchaser: project.purchaser };
}

function move(project: NamedProject, now: number): Alert['history'][number] {
  const sentence = `所依据的公告归入项目“${project.name}”（${project.id}），本告警随之转入，编号不变。`;
  return { at: now, event: 'moved', sentence };
}

function saysTheSame(before: Alert, finding: Finding, nature: AlertNature): boolean {
  return before.nature === nature && substance(before.finding) === substance(finding);
}

/** What a finding says, in one order whatever store it comes from: where it stands, when and from what it was judged are left out. */
export function substance(finding: Judgement): string {
  const { lot, round, rule, ruleVersion, calendarVersion, verdict, codes, severity, computed } = finding;
  const { sentence, evidence, days } = finding;
  const said = [lot, round, rule, ruleVersion, calendarVersion, verdict, codes, severity];
  return JSON.stringify([...said, Object.entries(computed).sort(), sentence, evidence, days]);
}
