import type { Alert, Finding } from '../model/finding.ts';
import { factsOf } from '../projects/facts.ts';
import type { Detected } from './detection-score.ts';
import type { Workshop } from './workshop.ts';

/** What the product found, in the shape the score compares. */
export async function detectionOf({ store, config }: Workshop): Promise<Detected> {
  const coverage = await store.runs.coverage();
  const noticesOf = new Map<string, string[]>();
  const groups: string[][] = [];
  let certainWithoutCoverage = 0;
  for await (const project of store.projects.all()) {
    noticesOf.set(project.id, project.noticeIds);
    groups.push(...project.groups.map((group) => group.noticeIds));
    const absent = (await store.findings.ofProject(project.id)).filter(concludesAbsence);
    if (absent.length === 0) continue;
    const notices = await store.notices.getMany(project.noticeIds);
    const facts = factsOf(project, notices, { policy: config.policy, coverage, asOf: null });
    if (facts.coverage !== 'complete') certainWithoutCoverage += absent.length;
  }
  return {
    alerts: await allAlerts(store),
    projects: [...noticesOf.values()],
    groups,
    noticesOf: (alert) => noticesOf.get(alert.projectId) ?? [],
    certainWithoutCoverage,
  };
}

function concludesAbsence(finding: Finding): boolean {
  return finding.codes.includes('MISSING_PUBLICITY') || finding.codes.includes('REVIEW_NO_PUBLICITY');
}

async function allAlerts(store: Workshop['store']): Promise<Alert[]> {
  const alerts: Alert[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.findings.alerts({ limit: 500, cursor });
    alerts.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return alerts;
}
