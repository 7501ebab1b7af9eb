import type { ContentPorts } from '../shared/content-ports.ts';
import type { CaseCollection } from './cases.ts';
import type { FindingCollection } from './findings.ts';
import type { IncidentCollection } from './incidents.ts';
import type { LeadCollection } from './leads.ts';
import type { LinkDecisionCollection } from './link-decisions.ts';
import type { NoticeCollection } from './notices.ts';
import type { ProjectCollection } from './projects.ts';
import type { RunCollection } from './runs.ts';
import type { SentRequestCollection } from './sent-requests.ts';
import type { SettingsCollection } from './settings.ts';
import type { TellingCollection } from './tellings.ts';
import type { VanishingCollection } from './vanishings.ts';
import type { UserCollection } from './users.ts';

interface Collections {
  readonly runs: RunCollection;
  readonly notices: NoticeCollection;
  readonly projects: ProjectCollection;
  readonly findings: FindingCollection;
  readonly leads: LeadCollection;
  readonly incidents: IncidentCollection;
  readonly tellings: TellingCollection;
  readonly vanishings: VanishingCollection;
  readonly cases: CaseCollection;
  readonly users: UserCollection;
  readonly linkDecisions: LinkDecisionCollection;
  readonly sentRequests: SentRequestCollection;
  readonly settings: SettingsCollection;
}

/** How the collections' contents go to another store and come from one. */
export function contentPorts(collections: Collections): ContentPorts {
  const { runs, notices, projects, findings, leads, incidents, tellings, vanishings } = collections;
  const { cases, users, linkDecisions, sentRequests, settings } = collections;
  return {
    runs: { read: () => runs.all(), write: (items) => runs.takeIn(items) },
    frontier: { read: () => runs.frontier(), write: (items) => runs.takeInFrontier(items) },
    archiveRecords: { read: () => runs.allArchiveRecords(), write: (items) => runs.takeInRecords(items) },
    notices: { read: () => notices.stored(), write: (items) => notices.takeIn(items) },
    projects: { read: () => projects.all(), write: (items) => projects.takeIn(items) },
    findings: { read: () => findings.allFindings(), write: (items) => findings.takeInFindings(items) },
    alerts: { read: () => findings.allAlerts(), write: (items) => findings.takeInAlerts(items) },
    alertNumbers: { read: () => findings.numbers(), write: (items) => findings.takeInNumbers(items) },
    leads: { read: () => leads.all(), write: (items) => leads.takeIn(items) },
    incidents: { read: () => incidents.all(), write: (items) => incidents.takeIn(items) },
    tellings: { read: () => tellings.all(), write: (items) => tellings.takeIn(items) },
    vanishings: { read: () => vanishings.all(), write: (items) => vanishings.takeIn(items) },
    cases: { read: () => cases.all(), write: (items) => cases.takeIn(items) },
    caseEvents: { read: () => cases.allEvents(), write: (items) => cases.takeInEvents(items) },
    caseAttachments: { read: () => cases.attachments(), write: (items) => cases.takeInAttachments(items) },
    users: { read: () => users.all(), write: (items) => users.takeIn(items) },
    linkDecisions: { read: () => linkDecisions.all(), write: (items) => linkDecisions.takeIn(items) },
    sentRequests: { read: () => sentRequests.all(), write: (items) => sentRequests.takeIn(items) },
    settings: { read: () => settings.all(), write: (items) => settings.takeIn(items) },
  };
}
