import type { Store } from '../../storage/store.ts';
import type { Clock } from '../model/clock.ts';
import { CorrectInput, StepNotAllowed } from '../model/errors.ts';
import type { Alert } from '../model/finding.ts';
import { decideAlerts, natureOf, openedAlert, subjectOf, substance } from './alerts.ts';

/** Who opens a case by hand, and why. */
export interface OpenedBy {
  name: string;
  note: string;
}

/**
 * Opens an alert of the nature 存疑 on a finding that could not be judged. One alert a project, lot, round and rule:
 * throws `StepNotAllowed` with the number of the one there is, `CorrectInput` for a finding that raises none by hand.
 */
export async function openDoubt(
  { store, clock }: { store: Store; clock: Clock },
  by: OpenedBy,
  key: string,
): Promise<Alert> {
  if (by.note === '') throw new CorrectInput('立存疑案须写明理由', '请写明疑点和立案的理由，供日后查证。');
  const finding = await store.findings.get(key);
  const project = finding === null ? null : await store.projects.get(finding.projectId);
  if (finding === null || project === null) {
    throw new CorrectInput('没有这项核查结论', '可能已重新核查；请刷新“无法判定”后再试。', { key: key.slice(0, 100) });
  }
  const standing = await store.findings.alertsOfProjects([project.id]);
  const same = standing.find((alert) => subjectOf(alert.finding) === subjectOf(finding));
  if (same !== undefined) throw alreadyOpen(same);
  if (finding.verdict !== 'undetermined' || natureOf(finding) !== null) {
    throw new CorrectInput('该结论不是“无法判定”', '只有无法判定的结论可以由人立为存疑案件；请刷新后再看。');
  }
  const now = clock.now();
  const change = { ...openedAlert(project, finding, 'doubt', now), openedBy: by };
  // An alert that went on to another project keeps its key.
  for (let n = 1; ; n += 1) {
    const alert = await store.findings.open(n === 1 ? change : { ...change, key: `${change.key}|${n}` });
    const isOurs = alert.openedAt === now && alert.openedBy?.name === by.name && alert.openedBy.note === by.note;
    if (isOurs) return alert;
    if (alert.projectId === project.id) throw alreadyOpen(alert);
  }
}

function alreadyOpen({ number, nature }: Alert): StepNotAllowed {
  const words = nature === 'doubt' ? '该事项已立存疑案' : '该事项已有案件';
  return new StepNotAllowed(number, words, `请在案件 ${number} 中办理，一个事项只立一案。`);
}

/**
 * A judging that was under way when a doubt was opened knew nothing of it and may have decided what it stands on: then the
 * alert is brought up to what the findings say by now.
 */
export async function settledDoubt({ store, clock }: { store: Store; clock: Clock }, alert: Alert): Promise<Alert> {
  const { projectId } = alert;
  const findings = await store.findings.ofProject(projectId);
  const now = findings.find((finding) => subjectOf(finding) === subjectOf(alert.finding));
  if (now === undefined ? !(await isAtHome(store, alert)) : substance(now) === substance(alert.finding)) return alert;
  const project = await store.projects.get(projectId);
  if (project === null) return alert;
  const others = await store.findings.alertsOfProjects([projectId]);
  const change = decideAlerts(project, findings, others, clock.now()).find(({ key }) => key === alert.key);
  if (change === undefined) return alert;
  await store.findings.judge([], [], [change]);
  return (await store.findings.alert(alert.key))!;
}

/** False where its pages have come to another project: the next judging takes it there. */
async function isAtHome({ projects }: Store, { projectId, finding }: Alert): Promise<boolean> {
  const page = finding.evidence[0]?.noticeId;
  return page === undefined || (await projects.ofNotices([page])).get(page) === projectId;
}
