import type { Alert, AlertNature, Finding } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import type { AlertChange } from '../../storage/store.ts';

/** Findings that raise an alert: a breach of a rule, or the operator's review of local practice. Null: none. */
export function natureOf(finding: Finding): AlertNature | null {
  if (finding.rule === 'KY-REVIEW-3D') {
    const found = finding.codes.includes('REVIEW_NO_PUBLICITY') || finding.codes.includes('REVIEW_PUBLICITY_SHORT');
    if (!found) return null;
    // config/rules.yaml `reviewAlert: violation`: the operator has raised the review to a violation.
    return finding.verdict === 'violation' ? 'violation' : 'review';
  }
  return finding.verdict === 'violation' ? 'violation' : null;
}

/**
 * What the findings of one project change in its alerts: one alert a project, lot, round and rule,
 * however often it is judged. An alert that later evidence clears is kept and says so.
 *
 * @param project null when the project no longer exists (its notices were linked otherwise)
 * @param existing all alerts of the project
 * @param now epoch ms
 */
export function decideAlerts(
  project: Project | null,
  findings: Finding[],
  existing: Alert[],
  now: number,
): AlertChange[] {
  const changes: AlertChange[] = [];
  const known = new Map(existing.map((alert) => [alert.key, alert]));
  const raised = new Set<string>();
  if (project !== null) {
    for (const finding of findings) {
      const nature = natureOf(finding);
      if (nature === null) continue;
      raised.add(finding.key);
      const change = raise(project, finding, nature, known.get(finding.key), now);
      if (change !== null) changes.push(change);
    }
  }
  for (const alert of existing) {
    if (raised.has(alert.key) || alert.state === 'cleared') continue;
    const finding = findings.find((f) => f.key === alert.key);
    const why =
      project === null
        ? '公告已改归其他项目，本告警不再成立。'
        : finding === undefined
          ? '按新的事实，该标段（轮次）不再适用本规则。'
          : `按新的事实重新核查：${finding.sentence}`;
    changes.push({
      ...alert,
      state: 'cleared',
      clearedAt: now,
      updatedAt: now,
      history: [...alert.history, { at: now, event: 'cleared', sentence: why }],
    });
  }
  return changes;
}

function raise(
  project: Project,
  finding: Finding,
  nature: AlertNature,
  before: Alert | undefined,
  now: number,
): AlertChange | null {
  if (before === undefined) {
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
  const event = before.state === 'cleared' ? 'reopened' : saysTheSame(before, finding, nature) ? null : 'changed';
  if (event === null) return null;
  return {
    ...before,
    nature,
    state: 'open',
    projectName: project.name,
    purchaser: project.purchaser,
    finding,
    updatedAt: now,
    clearedAt: null,
    history: [...before.history, { at: now, event, sentence: finding.sentence }],
  };
}

function saysTheSame(before: Alert, finding: Finding, nature: AlertNature): boolean {
  return before.nature === nature && substance(before.finding) === substance(finding);
}

/** All of a finding but the moment of judging. */
function substance(finding: Finding): string {
  return JSON.stringify({ ...finding, judgedAt: 0 });
}
