import { dayNumber, dayOf } from '../model/day.ts';
import type { LocalDay } from '../model/day.ts';
import type { Alert, Finding } from '../model/finding.ts';
import { factSheetOf } from '../projects/fact-sheet.ts';
import { factsOf } from '../projects/facts.ts';
import type { Detected } from './detection-score.ts';
import type { Workshop } from './workshop.ts';

/**
 * What the product found, in the shape the score compares.
 * @param firstDay the day of the first crawl: nothing could be detected before
 */
export async function detectionOf({ store, config }: Workshop, firstDay: LocalDay): Promise<Detected> {
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
    const sheet = factSheetOf(project, notices, new Map());
    const facts = factsOf(sheet, sheet.rounds.at(-1)!, { policy: config.policy, coverage, asOf: null });
    if (facts.coverage !== 'complete') certainWithoutCoverage += absent.length;
  }
  const alerts = await allAlerts(store);
  const published = await lastEvidenceDays(store, alerts);
  return {
    alerts,
    projects: [...noticesOf.values()],
    groups,
    noticesOf: (alert) => noticesOf.get(alert.projectId) ?? [],
    daysToDetect: (alert) => {
      const day = published.get(alert.key);
      if (day === undefined) return null;
      return dayNumber(dayOf(alert.openedAt)) - dayNumber(day < firstDay ? firstDay : day);
    },
    certainWithoutCoverage,
  };
}

function concludesAbsence(finding: Finding): boolean {
  return finding.codes.includes('MISSING_PUBLICITY') || finding.codes.includes('REVIEW_NO_PUBLICITY');
}

/** By alert: the stated day of the last notice it rested on when it was opened; what came later only adds to it. */
async function lastEvidenceDays(store: Workshop['store'], alerts: Alert[]): Promise<Map<string, LocalDay>> {
  const days = new Map<string, LocalDay>();
  for (const { key, finding, openedAt } of alerts) {
    const notices = await store.notices.getMany(finding.evidence.map((item) => item.noticeId));
    const opened = dayOf(openedAt);
    const stated = notices
      .flatMap(({ fields }) => fields.publishDate?.slice(0, 10) ?? [])
      .filter((day) => day <= opened)
      .sort();
    if (stated.length > 0) days.set(key, stated.at(-1)!);
  }
  return days;
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
