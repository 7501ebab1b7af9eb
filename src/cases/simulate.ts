import type { Store } from '../../storage/store.ts';
import type { Calendar } from '../compliance/calendar.ts';
import type { CaseState } from '../model/case.ts';
import type { Clock } from '../model/clock.ts';
import type { FactSheet } from '../model/fact-sheet.ts';
import type { Alert, AlertNature, RuleId, Severity } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import { sheetsOf } from '../projects/sheets.ts';
import { natureOf, standsAs, subjectOf } from './alerts.ts';
import { judgementsOf } from './judge-round.ts';
import { openLinksOf, withOpenLinks } from './open-links.ts';
import type { JudgedBy } from './judge-round.ts';
import { judgedBy } from './judged-by.ts';

/** What another policy would have made of the projects there are. Nothing is stored. */
export interface Simulation {
  projects: number;
  /** Open alerts that would not stand, with what became of their cases. */
  gone: {
    number: string;
    rule: RuleId;
    projectName: string;
    /** What is said of it now. */
    sentence: string;
    decision: 'confirmed' | 'dismissed' | null;
    state: CaseState;
  }[];
  /** Open alerts that would stand as something else: another nature, another severity. */
  changed: {
    number: string;
    rule: RuleId;
    projectName: string;
    before: Standing;
    after: Standing;
    /** What would be said. */
    sentence: string;
    decision: 'confirmed' | 'dismissed' | null;
    state: CaseState;
  }[];
  /** Alerts that would be raised anew. */
  added: ({ rule: RuleId; projectId: string; projectName: string; sentence: string } & Standing)[];
}

interface Standing {
  nature: AlertNature;
  severity: Severity;
}

export async function simulate(desk: {
  store: Store;
  calendar: Calendar;
  clock: Clock;
  policy: Policy;
}): Promise<Simulation> {
  const { store } = desk;
  const by = await judgedBy(desk);
  const simulation: Simulation = { projects: 0, gone: [], changed: [], added: [] };
  for await (const rows of store.projects.sheets()) {
    const { sheets } = await sheetsOf(store, rows);
    await simulateBatch(store, by, sheets, simulation);
  }
  return simulation;
}

async function simulateBatch(store: Store, by: JudgedBy, sheets: FactSheet[], into: Simulation): Promise<void> {
  const alerts = await store.findings.alertsOfProjects(sheets.map((sheet) => sheet.projectId));
  const files = new Map(
    (await store.cases.getMany(alerts.map(({ number }) => number))).map((file) => [file.number, file]),
  );
  const openLinks = await openLinksOf(store, sheets);
  for (const sheet of sheets) {
    into.projects += 1;
    const standing = alerts.filter(({ projectId, state }) => projectId === sheet.projectId && state === 'open');
    const judgements = withOpenLinks(judgementsOf(sheet, by), openLinks.get(sheet.projectId) ?? [], by);
    const bySubject = new Map(judgements.map((judgement) => [subjectOf(judgement), judgement]));
    for (const alert of standing) {
      const subject = subjectOf(alert.finding);
      const now = bySubject.get(subject);
      const nature = now === undefined ? null : standsAs(alert.nature, now);
      bySubject.delete(subject);
      if (now === undefined || nature === null) into.gone.push(shown(alert));
      else if (nature !== alert.nature || now.severity !== alert.finding.severity) {
        const before = { nature: alert.nature, severity: alert.finding.severity };
        into.changed.push({
          ...shown(alert),
          before,
          after: { nature, severity: now.severity },
          sentence: now.sentence,
        });
      }
    }
    for (const judgement of bySubject.values()) {
      const nature = natureOf(judgement);
      if (nature === null) continue;
      const { rule, severity, sentence } = judgement;
      into.added.push({ rule, projectId: sheet.projectId, projectName: sheet.name, nature, severity, sentence });
    }
  }

  function shown({ number, finding, projectName }: Alert): Simulation['gone'][number] {
    const file = files.get(number);
    return {
      number,
      rule: finding.rule,
      projectName,
      sentence: finding.sentence,
      decision: file?.decision?.state ?? null,
      state: file?.state ?? 'pending',
    };
  }
}
