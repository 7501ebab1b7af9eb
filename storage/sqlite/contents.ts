import type { Alert, Finding } from '../../src/model/finding.ts';
import type { CaseAttachment, CaseEvent, CaseFile } from '../../src/model/case.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { LinkDecision } from '../../src/model/link-decision.ts';
import type { KeptSettings } from '../../src/model/kept-settings.ts';
import type { Run } from '../../src/model/run.ts';
import type { Telling } from '../../src/model/telling.ts';
import type { Vanishing } from '../../src/model/vanishing.ts';
import type { SourceRequest } from '../../src/model/source.ts';
import type { User } from '../../src/model/user.ts';
import type { ContentPort, ContentPorts } from '../shared/content-ports.ts';
import type { FrontierEntry, StoredNotice } from '../store.ts';
import type { CaseTable } from './cases.ts';
import type { Connection } from './connection.ts';
import type { FindingTable } from './findings.ts';
import type { IncidentTable } from './incidents.ts';
import type { LeadTable } from './leads.ts';
import type { LinkDecisionTable } from './link-decisions.ts';
import type { NoticeTable } from './notices.ts';
import type { ProjectTable } from './projects.ts';
import type { RunTable } from './runs.ts';
import type { SentRequestTable } from './sent-requests.ts';
import type { SettingsTable } from './settings.ts';
import type { TellingTable } from './tellings.ts';
import type { VanishingTable } from './vanishings.ts';
import type { UserTable } from './users.ts';

interface Tables {
  readonly runs: RunTable;
  readonly notices: NoticeTable;
  readonly projects: ProjectTable;
  readonly findings: FindingTable;
  readonly leads: LeadTable;
  readonly incidents: IncidentTable;
  readonly tellings: TellingTable;
  readonly vanishings: VanishingTable;
  readonly cases: CaseTable;
  readonly users: UserTable;
  readonly linkDecisions: LinkDecisionTable;
  readonly sentRequests: SentRequestTable;
  readonly settings: SettingsTable;
}

/** Rows an iterator reads at a time. */
const READ_BATCH = 200;

/** How the tables' contents go to another store and come from one. */
export function contentPorts(connection: Connection, tables: Tables): ContentPorts {
  const {
    runs,
    notices,
    projects,
    findings,
    leads,
    incidents,
    tellings,
    vanishings,
    cases,
    users,
    linkDecisions,
    sentRequests,
    settings,
  } = tables;
  const port = <T>(read: () => AsyncIterable<T>, add: (item: T) => void): ContentPort<T> => ({
    read,
    write: (items) => connection.write(() => items.forEach(add), { durable: true }),
  });
  return {
    runs: port(
      () => allRuns(connection, runs),
      (run) => runs.takeIn(run),
    ),
    frontier: port(
      () => wholeFrontier(connection),
      (entry) => runs.takeInRequest(entry),
    ),
    archiveRecords: port(
      () => runs.allArchiveRecords(),
      (record) => runs.takeInRecord(record),
    ),
    notices: port(
      () => storedNotices(connection, notices),
      (notice) => notices.takeIn(notice),
    ),
    projects: port(
      () => projects.all(),
      (project) => projects.takeIn(project),
    ),
    findings: port(
      () => documents<Finding>(connection, 'findings'),
      (finding) => findings.takeIn(finding),
    ),
    alerts: port(
      () => documents<Alert>(connection, 'alerts'),
      (alert) => findings.takeInAlert(alert),
    ),
    alertNumbers: port(
      () => alertNumbers(connection),
      ({ year, last }) =>
        connection.run(
          `INSERT INTO alert_numbers (year, last) VALUES (?, ?)
           ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)`,
          year,
          last,
        ),
    ),
    leads: port(
      () => leads.all(),
      (lead) => leads.takeIn(lead),
    ),
    incidents: port(
      () => documents<Incident>(connection, 'incidents', 'id'),
      (incident) => incidents.takeIn(incident),
    ),
    tellings: port(
      () => documents<Telling>(connection, 'tellings', 'id'),
      (telling) => tellings.takeIn(telling),
    ),
    vanishings: port(
      () => documents<Vanishing>(connection, 'vanishings', 'id'),
      (vanishing) => vanishings.takeIn(vanishing),
    ),
    cases: port(
      () => documents<CaseFile>(connection, 'cases', 'number'),
      (file) => cases.takeIn(file),
    ),
    caseEvents: port(
      () => caseEvents(connection),
      (event) => cases.takeInEvent(event),
    ),
    caseAttachments: port(
      () => attachments(connection),
      ({ sha256, base64 }) => cases.takeInAttachment(sha256, Buffer.from(base64, 'base64')),
    ),
    users: port(
      () => documents<User>(connection, 'users', 'name'),
      (user) => users.takeIn(user),
    ),
    linkDecisions: port(
      () => documents<LinkDecision>(connection, 'link_decisions', 'id'),
      (decision) => linkDecisions.takeIn(decision),
    ),
    sentRequests: port(
      () => sentRequests.all(),
      (request) => sentRequests.takeIn(request),
    ),
    settings: port(
      () => documents<KeptSettings>(connection, 'settings', 'id'),
      (kept) => settings.takeIn(kept),
    ),
  };
}

async function* allRuns(connection: Connection, runs: RunTable): AsyncGenerator<Run> {
  for (const { id } of connection.all<{ id: string }>('SELECT id FROM runs ORDER BY id')) yield (await runs.get(id))!;
}

async function* wholeFrontier(connection: Connection): AsyncGenerator<FrontierEntry> {
  let after: [string, number] = ['', 0];
  for (;;) {
    const rows = connection.all<FrontierRow>(
      `SELECT * FROM frontier WHERE (run_id, seq) > (?, ?) ORDER BY run_id, seq LIMIT ${READ_BATCH}`,
      ...after,
    );
    for (const row of rows) {
      yield {
        runId: row.run_id,
        request: JSON.parse(row.request) as SourceRequest,
        state: row.state,
        attempts: row.attempts,
        created: row.created,
        changed: row.changed,
        facts: row.facts === null ? null : (JSON.parse(row.facts) as FrontierEntry['facts']),
        reading: row.reading === null ? null : (JSON.parse(row.reading) as FrontierEntry['reading']),
      };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ_BATCH) return;
    after = [last.run_id, last.seq];
  }
}

async function* storedNotices(connection: Connection, notices: NoticeTable): AsyncGenerator<StoredNotice> {
  for await (const notice of notices.all()) {
    const marks = connection.get<{ nid: number; project_id: string | null; copies: number; matched: number }>(
      'SELECT nid, project_id, copies, matched FROM notices WHERE id = ?',
      notice.id,
    )!;
    const keys = connection.all<{ key: string }>('SELECT key FROM link_keys WHERE nid = ?', marks.nid);
    yield {
      notice,
      revisions: await notices.revisions(notice.id),
      matched: marks.matched === 1,
      linkKeys: keys.map(({ key }) => key).sort(),
      projectId: marks.project_id,
      copies: marks.copies,
    };
  }
}

async function* documents<T>(
  connection: Connection,
  table:
    'findings' | 'alerts' | 'incidents' | 'tellings' | 'vanishings' | 'cases' | 'users' | 'link_decisions' | 'settings',
  key: 'key' | 'id' | 'number' | 'name' = 'key',
): AsyncGenerator<T> {
  for (let after = ''; ;) {
    const rows = connection.all<{ key: string; doc: string }>(
      `SELECT ${key} AS key, doc FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ${READ_BATCH}`,
      after,
    );
    for (const row of rows) yield JSON.parse(row.doc) as T;
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ_BATCH) return;
    after = last.key;
  }
}

async function* alertNumbers(connection: Connection): AsyncGenerator<{ year: number; last: number }> {
  const rows = connection.all<{ year: number; last: number }>('SELECT year, last FROM alert_numbers ORDER BY year');
  for (const { year, last } of rows) yield { year, last };
}

async function* caseEvents(connection: Connection): AsyncGenerator<CaseEvent> {
  let after: [string, number] = ['', 0];
  for (;;) {
    const rows = connection.all<{ number: string; seq: number; doc: string }>(
      `SELECT number, seq, doc FROM case_events WHERE (number, seq) > (?, ?) ORDER BY number, seq LIMIT ${READ_BATCH}`,
      ...after,
    );
    for (const row of rows) yield JSON.parse(row.doc) as CaseEvent;
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ_BATCH) return;
    after = [last.number, last.seq];
  }
}

/** One at a time: each may be megabytes. */
async function* attachments(connection: Connection): AsyncGenerator<CaseAttachment> {
  for (const { sha256 } of connection.all<{ sha256: string }>('SELECT sha256 FROM case_attachments ORDER BY sha256')) {
    const row = connection.get<{ bytes: Uint8Array }>('SELECT bytes FROM case_attachments WHERE sha256 = ?', sha256)!;
    yield { sha256, base64: Buffer.from(row.bytes).toString('base64') };
  }
}

interface FrontierRow {
  seq: number;
  run_id: string;
  state: FrontierEntry['state'];
  attempts: number;
  created: number;
  changed: number;
  request: string;
  facts: string | null;
  reading: string | null;
}
