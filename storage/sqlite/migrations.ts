import { RepairDatabase } from '../../src/model/errors.ts';
import type { SchemaState } from '../store.ts';
import type { Connection } from './connection.ts';

/**
 * The schema, step by step. A step that has been released is never edited: add the next one.
 * Each index names the query it serves.
 */
const MIGRATIONS: readonly string[] = [
  // 1: the first schema
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL,
    since TEXT,
    until TEXT,
    full INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    outcome TEXT NOT NULL,
    reason TEXT,
    requests INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  -- runs.list of one source
  CREATE INDEX runs_of_source ON runs (source_id, started_at DESC, id DESC);
  -- runs.list of all sources
  CREATE INDEX runs_latest ON runs (started_at DESC, id DESC);
  -- runs.unfinished
  CREATE INDEX runs_unfinished ON runs (source_id) WHERE finished_at IS NULL;

  CREATE TABLE run_channels (
    run_id TEXT NOT NULL REFERENCES runs (id),
    channel_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    finished_at INTEGER,
    outcome TEXT NOT NULL,
    covers_from TEXT,
    covers_to TEXT,
    doc TEXT NOT NULL,
    PRIMARY KEY (run_id, channel_id)
  ) STRICT;
  -- runs.coverage
  CREATE INDEX run_channels_coverage ON run_channels (finished_at, run_id, channel_id)
    WHERE outcome = 'complete' AND covers_to IS NOT NULL;

  -- The UNIQUE constraint serves the reading of a run's failures, and keeps a repeated one out.
  CREATE TABLE run_failures (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id),
    doc TEXT NOT NULL,
    UNIQUE (run_id, doc)
  ) STRICT;

  -- One row a request of an unfinished run; the UNIQUE constraint refuses a second request of the same key and finds the answered one.
  CREATE TABLE frontier (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES runs (id),
    key TEXT NOT NULL,
    role_rank INTEGER NOT NULL,
    channel_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    request TEXT NOT NULL,
    facts TEXT,
    UNIQUE (run_id, key)
  ) STRICT;
  -- runs.waiting
  CREATE INDEX frontier_waiting ON frontier (run_id, role_rank, seq) WHERE state = 'waiting';

  -- seq is the order of commits, which runs.allArchiveRecords walks.
  CREATE TABLE archive_records (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    url TEXT NOT NULL,
    method TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    run_id TEXT NOT NULL
  ) STRICT;
  -- runs.archiveRecordsOf
  CREATE INDEX archive_records_of_url ON archive_records (url, fetched_at, seq);

  -- What lists and decisions need, narrow; the long texts stand in notice_content, the fields in notice_revisions.
  -- id UNIQUE serves get, getMany, known, all and every write.
  CREATE TABLE notices (
    nid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    track TEXT,
    project_name TEXT,
    project_code TEXT,
    purchaser TEXT,
    amount REAL,
    publish_date TEXT,
    region TEXT,
    digest TEXT NOT NULL,
    revision INTEGER NOT NULL,
    revised_at INTEGER NOT NULL,
    first_seen_at INTEGER NOT NULL,
    absent_at INTEGER,
    last_seen_at INTEGER NOT NULL,
    archive_id TEXT NOT NULL,
    first_publish_date TEXT,
    project_id TEXT,
    copies INTEGER NOT NULL DEFAULT 0,
    matched INTEGER NOT NULL DEFAULT 0,
    -- Place in the search index, and whether that still shows the latest revision.
    sid INTEGER,
    indexed INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  -- notices.unmatched
  CREATE INDEX notices_unmatched ON notices (nid) WHERE matched = 0;
  -- indexing before a search
  CREATE INDEX notices_unindexed ON notices (nid) WHERE indexed = 0;
  -- notices.search and count of a project; projects.replace
  CREATE INDEX notices_of_project ON notices (project_id) WHERE project_id IS NOT NULL;

  CREATE TABLE notice_content (
    nid INTEGER PRIMARY KEY REFERENCES notices (nid) ON DELETE CASCADE,
    origins TEXT NOT NULL,
    disagreements TEXT NOT NULL,
    attachments TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT;

  -- The fields of the latest revision are the notice's. UNIQUE serves notices.get and revisions.
  CREATE TABLE notice_revisions (
    rid INTEGER PRIMARY KEY,
    nid INTEGER NOT NULL REFERENCES notices (nid) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    observed_at INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    archive_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    changed TEXT NOT NULL,
    fields TEXT NOT NULL,
    UNIQUE (nid, revision)
  ) STRICT;

  -- What matched notices can be found by. The primary key serves notices.byLinkKeys.
  CREATE TABLE link_keys (
    key TEXT NOT NULL,
    nid INTEGER NOT NULL REFERENCES notices (nid) ON DELETE CASCADE,
    PRIMARY KEY (key, nid)
  ) STRICT, WITHOUT ROWID;
  -- projects.replace, notices.clear
  CREATE INDEX link_keys_of_notice ON link_keys (nid);

  -- The primary key serves projects.get and all. sid: place in the search index.
  CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    sid INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;

  -- Rowids of the two indexes below grow with the stated day (see ordered-index.ts): newest first needs no sorting.
  -- notices.search, notices.count
  CREATE TABLE notice_places (sid INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE notice_words USING fts5 (
    words, content='', contentless_delete=1, detail=none, tokenize='ascii');
  -- projects.search, projects.count
  CREATE TABLE project_places (sid INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE project_words USING fts5 (
    words, content='', contentless_delete=1, detail=none, tokenize='ascii');

  -- The primary key serves findings.search without filters.
  CREATE TABLE findings (
    key TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    verdict TEXT NOT NULL,
    severity TEXT NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- findings.ofProject, findings.judge
  CREATE INDEX findings_of_project ON findings (project_id, key);
  -- findings.search by rule and verdict
  CREATE INDEX findings_by_rule ON findings (rule, verdict, key);
  -- findings.statistics
  CREATE INDEX findings_counted ON findings (rule, verdict, severity);

  -- The primary key serves findings.alert; UNIQUE is the authority on numbers.
  CREATE TABLE alerts (
    key TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    nature TEXT NOT NULL,
    state TEXT NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    project_id TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- findings.alerts without filters, or by rule, severity, text
  CREATE INDEX alerts_latest ON alerts (opened_at DESC, key);
  -- findings.alerts and countAlerts by nature and state, as the page asks
  CREATE INDEX alerts_by_nature ON alerts (nature, state, opened_at DESC, key);
  -- findings.alertsOfProjects
  CREATE INDEX alerts_of_project ON alerts (project_id, key);

  -- The last number given in a year; outlives every alert, so that no number is given twice.
  CREATE TABLE alert_numbers (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
  `,
  // 2: incidents of sources, and what a run's detail pages told of their source
  `
  ALTER TABLE frontier ADD COLUMN reading TEXT;

  -- The primary key serves contents.
  CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL,
    cause TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    opened_at INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- the authority on one open incident a cause; incidents.open
  CREATE UNIQUE INDEX incidents_open_once ON incidents (cause) WHERE state = 'open';
  -- incidents.search and count
  CREATE INDEX incidents_latest ON incidents (opened_at DESC, id);
  -- incidents.search and count of one source
  CREATE INDEX incidents_of_source ON incidents (source_id, state, opened_at DESC, id);
  `,
  // 3: notices that lists no longer show
  `
  -- notices.ofColumn
  CREATE INDEX notices_of_column ON notices (source_id, channel_id, publish_date);

  -- The primary key serves contents.
  CREATE TABLE vanishings (
    id TEXT PRIMARY KEY,
    notice_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- vanishings.open: few are not listed again
  CREATE INDEX vanishings_open ON vanishings (source_id, id) WHERE state <> 'returned';
  -- vanishings.ofNotices
  CREATE INDEX vanishings_of_notice ON vanishings (notice_id, opened_at, id);
  -- vanishings.latest of one source, of all
  CREATE INDEX vanishings_of_source ON vanishings (source_id, opened_at DESC, id);
  CREATE INDEX vanishings_latest ON vanishings (opened_at DESC, id);
  `,
  // 4: cases, their events, attachments, accounts
  `
  -- The primary key serves cases.get, getMany, append, all.
  CREATE TABLE cases (
    number TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    nature TEXT NOT NULL,
    rule TEXT NOT NULL,
    assignee TEXT,
    due TEXT,
    news INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- cases.search without filters, or by rule, news, text
  CREATE INDEX cases_latest ON cases (opened_at DESC, number);
  -- cases.search and count by state
  CREATE INDEX cases_by_state ON cases (state, opened_at DESC, number);
  -- cases.search and count of one person
  CREATE INDEX cases_of_assignee ON cases (assignee, opened_at DESC, number) WHERE assignee IS NOT NULL;
  -- cases.count by due day
  CREATE INDEX cases_due ON cases (due) WHERE due IS NOT NULL;

  -- The primary key is the authority on one event a place; it serves cases.events and contents.
  CREATE TABLE case_events (
    number TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (number, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER case_events_stay BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'case events are never changed'); END;
  CREATE TRIGGER case_events_remain BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'case events are never removed'); END;

  CREATE TABLE case_attachments (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

  CREATE TABLE users (name TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT;
  `,
  // 5: people's word on links
  `
  -- The primary key serves linkDecisions.get and contents.
  CREATE TABLE link_decisions (id TEXT PRIMARY KEY, at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  -- The primary key serves linkDecisions.naming.
  CREATE TABLE link_decision_notices (
    notice_id TEXT NOT NULL,
    decision_id TEXT NOT NULL REFERENCES link_decisions (id),
    PRIMARY KEY (notice_id, decision_id)
  ) STRICT, WITHOUT ROWID;
  `,
  // 6: leases: who is at work on what; runs that bring in the past
  `
  ALTER TABLE runs ADD COLUMN backfill INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    owner TEXT,
    token INTEGER NOT NULL,
    until INTEGER NOT NULL,
    note TEXT
  ) STRICT;
  `,
  // 7: replies that confirm earlier ones; the log of requests
  `
  ALTER TABLE archive_records ADD COLUMN revisits TEXT;
  ALTER TABLE archive_records ADD COLUMN validators TEXT;

  -- The primary key serves sentRequests.ofHost, hosts, forget and contents, and keeps a repeated entry out.
  CREATE TABLE sent_requests (
    host TEXT NOT NULL,
    at REAL NOT NULL,
    process TEXT NOT NULL,
    number INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    clock_at INTEGER NOT NULL,
    interval_ms INTEGER NOT NULL,
    quiet_from INTEGER,
    quiet_to INTEGER,
    PRIMARY KEY (host, at, process, number)
  ) STRICT, WITHOUT ROWID;
  `,
  // 8: what projects are judged by
  `
  -- The primary key serves projects.sheets, replace and putSheets.
  CREATE TABLE fact_sheets (project_id TEXT PRIMARY KEY, sheet TEXT NOT NULL, said TEXT) STRICT;
  `,
  // 9: what projects are compared by, and leads
  `
  -- The primary key serves projects.dealings.
  CREATE TABLE dealings (
    buyer TEXT NOT NULL,
    project_id TEXT NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (buyer, project_id)
  ) STRICT, WITHOUT ROWID;
  -- projects.replace
  CREATE INDEX dealings_of_project ON dealings (project_id);
  -- Projects made before do not say what they can be compared by: all of them are made anew.
  UPDATE notices SET matched = 0;

  -- The primary key serves leads.replace, all and contents.
  CREATE TABLE leads (
    key TEXT PRIMARY KEY,
    indicator TEXT NOT NULL,
    day INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- leads.search and count without filters, or by text
  CREATE INDEX leads_latest ON leads (day DESC, key);
  -- leads.search and count of one indicator
  CREATE INDEX leads_of_indicator ON leads (indicator, day DESC, key);
  -- leads.ofProject
  CREATE TABLE lead_projects (
    project_id TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (project_id, key)
  ) STRICT, WITHOUT ROWID;
  -- leads.replace
  CREATE INDEX lead_projects_of_lead ON lead_projects (key);
  `,
  // 10: notices are found by other link keys: all are linked anew, and stored under these
  `
  UPDATE notices SET matched = 0;
  `,
  // 11: what was said of projects, and where alerts stand, apart from sheets and documents: both are read whole at every judging
  `
  ALTER TABLE fact_sheets DROP COLUMN said;
  -- The primary key serves projects.sheets, replace, putSheets and findings.judge: rows of some bytes, in the order they are read in.
  CREATE TABLE said (project_id TEXT PRIMARY KEY, said TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- The first page of the alert's evidence.
  ALTER TABLE alerts ADD COLUMN page TEXT;
  UPDATE alerts SET page = doc ->> '$.finding.evidence[0].noticeId';
  -- findings.alertPlaces
  CREATE INDEX alerts_places ON alerts (key, project_id, page);
  `,
  // 12: what operators were told of incidents
  `
  -- The primary key serves tellings.put and contents.
  CREATE TABLE tellings (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    is_over INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- tellings.pending: few are not over
  CREATE INDEX tellings_pending ON tellings (channel, id) WHERE is_over = 0;
  `,
  // 13: settings that were applied
  `
  -- The primary key serves settings.put and contents.
  CREATE TABLE settings (
    id TEXT PRIMARY KEY,
    applied_at INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT;
  -- settings.inForce
  CREATE INDEX settings_applied ON settings (applied_at DESC, id);
  `,

  // 14: findings by severity and code
  `
  -- findings.search by verdict, severity and code, and findings.countByCode: both without reading a finding that is not shown
  CREATE INDEX findings_by_codes ON findings (verdict, severity, key, rule, json_extract(doc, '$.codes'));
  `,

  // 15: cases by source, agency, code and overdue reply
  `
  -- What a case is found by that it may have several of. The primary key serves cases.search and count by it.
  CREATE TABLE case_marks (
    mark TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (mark, number)
  ) STRICT, WITHOUT ROWID;
  -- cases.append, which replaces those of a case
  CREATE INDEX case_marks_of_case ON case_marks (number);
  INSERT INTO case_marks
    SELECT 'source ' || value, number FROM cases, json_each(doc, '$.sourceIds')
    UNION SELECT 'code ' || value, number FROM cases, json_each(doc, '$.facts.codes')
    UNION SELECT 'agency ' || json_extract(doc, '$.agency'), number FROM cases
      WHERE json_extract(doc, '$.agency') IS NOT NULL;
  -- cases.search and count by the day a reply was due; few have a question open
  CREATE INDEX cases_by_reply ON cases (json_extract(doc, '$.question.replyBy'))
    WHERE json_extract(doc, '$.question.replyBy') IS NOT NULL;
  `,

  // 16: how many projects could be judged
  `
  -- findings.keepJudged and judged: one row
  CREATE TABLE judged_count (id INTEGER PRIMARY KEY CHECK (id = 1), doc TEXT NOT NULL) STRICT;
  `,
];

/**
 * Applies what is missing. Two processes at once: the second waits for the first one's transaction and finds nothing left to do.
 * Throws `RepairDatabase` when a newer program made the file.
 */
export function migrate(connection: Connection): void {
  if (versionOf(connection) === MIGRATIONS.length) return;
  connection.writeAtOnce(() => {
    const from = versionOf(connection);
    if (from > MIGRATIONS.length) {
      throw new RepairDatabase(
        `数据库由更新的版本建立（结构版本 ${from}，本程序认识到 ${MIGRATIONS.length}）`,
        '请升级本程序，或改用旧程序自己的数据库文件。',
        { from, known: MIGRATIONS.length },
      );
    }
    MIGRATIONS.slice(from).forEach((sql) => connection.db.exec(sql));
    connection.db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

export function schemaOf(connection: Connection): SchemaState {
  return { version: versionOf(connection), known: MIGRATIONS.length };
}

function versionOf(connection: Connection): number {
  // Not through the statement cache: the schema changes under it.
  return connection.db.prepare('PRAGMA user_version').get()!['user_version'] as number;
}
