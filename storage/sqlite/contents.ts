import type { Alert, Finding } from '../../src/model/finding.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { Run } from '../../src/model/run.ts';
import type { Vanishing } from '../../src/model/vanishing.ts';
import type { SourceRequest } from '../../src/model/source.ts';
import type { ContentPort, ContentPorts } from '../shared/content-ports.ts';
import type { FrontierEntry, StoredNotice } from '../store.ts';
import type { Connection } from './connection.ts';
import type { FindingTable } from './findings.ts';
import type { IncidentTable } from './incidents.ts';
import type { NoticeTable } from './notices.ts';
import type { ProjectTable } from './projects.ts';
import type { RunTable } from './runs.ts';
import type { VanishingTable } from './vanishings.ts';

interface Tables {
  readonly runs: RunTable;
  readonly notices: NoticeTable;
  readonly projects: ProjectTable;
  readonly findings: FindingTable;
  readonly incidents: IncidentTable;
  readonly vanishings: VanishingTable;
}

/** Rows an iterator reads at a time. */
const READ_BATCH = 200;

/** How the tables' contents go to another store and come from one. */
export function contentPorts(connection: Connection, tables: Tables): ContentPorts {
  const { runs, notices, projects, findings, incidents, vanishings } = tables;
  const port = <T>(read: () => AsyncIterable<T>, add: (item: T) => void): ContentPort<T> => ({
    read,
    write: async (items) => connection.write(() => items.forEach(add), { durable: true }),
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
    incidents: port(
      () => documents<Incident>(connection, 'incidents', 'id'),
      (incident) => incidents.takeIn(incident),
    ),
    vanishings: port(
      () => documents<Vanishing>(connection, 'vanishings', 'id'),
      (vanishing) => vanishings.takeIn(vanishing),
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
  table: 'findings' | 'alerts' | 'incidents' | 'vanishings',
  key: 'key' | 'id' = 'key',
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
