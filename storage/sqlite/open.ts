import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { RepairDatabase } from '../../src/model/errors.ts';
import type { Lease } from '../../src/model/lease.ts';
import type { ContentPorts } from '../shared/content-ports.ts';
import type { ContentKind, SchemaState, Store, StoreContents } from '../store.ts';
import { CaseTable } from './cases.ts';
import { Connection } from './connection.ts';
import { contentPorts } from './contents.ts';
import { FindingTable } from './findings.ts';
import { IncidentTable } from './incidents.ts';
import { LinkDecisionTable } from './link-decisions.ts';
import { migrate, schemaOf } from './migrations.ts';
import { LeadTable } from './leads.ts';
import { LeaseTable } from './leases.ts';
import { NoticeTable } from './notices.ts';
import { ProjectTable } from './projects.ts';
import { RunTable } from './runs.ts';
import { SentRequestTable } from './sent-requests.ts';
import { SettingsTable } from './settings.ts';
import { TellingTable } from './tellings.ts';
import { VanishingTable } from './vanishings.ts';
import { UserTable } from './users.ts';

/**
 * Opens the embedded store and brings its schema up to date.
 * `path` is a file, made with its folder when absent, or `:memory:`.
 * Throws `RepairDatabase` when the file cannot be used.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  let connection: Connection | null = null;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    connection = new Connection(path);
    await prepare(connection);
    migrate(connection);
  } catch (cause) {
    connection?.close();
    if (cause instanceof RepairDatabase) throw cause;
    throw new RepairDatabase(
      `数据库文件 ${path} 无法使用：${cause instanceof Error ? cause.message : String(cause)}`,
      '请检查该文件夹是否存在、可写、磁盘未满；若文件已损坏，请用最近的备份恢复。',
      { path },
      cause,
    );
  }
  return new SqliteStore(connection);
}

/**
 * page_size 8192: a notice's text and fields are 3–10 KB, a page of 4096 would chain overflow pages for most.
 * cache_size 32 MB: the crawl must stay under 300 MB altogether.
 * wal_autocheckpoint 4000 pages (32 MB): fewer, larger checkpoints while crawling.
 */
async function prepare(connection: Connection): Promise<void> {
  connection.db.exec('PRAGMA page_size = 8192');
  await toWal(connection);
  connection.db.exec(
    'PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000',
  );
}

/** The change to WAL is the one statement for which SQLite does not always wait: two processes opening a new file meet here. */
async function toWal(connection: Connection): Promise<void> {
  const attempts = 100;
  for (let attempt = 1; ; attempt += 1) {
    try {
      connection.db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const busy = error instanceof Error && /locked|busy/i.test(error.message);
      if (!busy || attempt === attempts) throw error;
      await delay(50);
    }
  }
}

class SqliteStore implements Store {
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
  readonly leases: LeaseTable;
  readonly #connection: Connection;
  readonly #contents: ContentPorts;

  constructor(connection: Connection, leases = new LeaseTable(connection)) {
    this.#connection = connection;
    this.notices = new NoticeTable(connection);
    this.runs = new RunTable(connection, this.notices);
    this.projects = new ProjectTable(connection, this.notices);
    this.findings = new FindingTable(connection);
    this.leads = new LeadTable(connection);
    this.incidents = new IncidentTable(connection);
    this.tellings = new TellingTable(connection);
    this.vanishings = new VanishingTable(connection);
    this.cases = new CaseTable(connection);
    this.users = new UserTable(connection);
    this.linkDecisions = new LinkDecisionTable(connection);
    this.sentRequests = new SentRequestTable(connection);
    this.settings = new SettingsTable(connection);
    this.leases = leases;
    this.#contents = contentPorts(connection, this);
  }

  get file(): string | null {
    return this.#connection.db.location();
  }

  async schema(): Promise<SchemaState> {
    return schemaOf(this.#connection);
  }

  async checkWritable(): Promise<void> {
    await this.leases.mark();
  }

  fenced(lease: Lease): Store {
    return new FencedStore(new Connection(this.#connection, () => this.leases.check(lease)), this.leases);
  }

  contents<K extends ContentKind>(kind: K): AsyncIterable<StoreContents[K]> {
    return this.#contents[kind].read();
  }

  async takeIn<K extends ContentKind>(kind: K, items: StoreContents[K][]): Promise<void> {
    if (items.length > 0) await this.#contents[kind].write(items);
  }

  async close(): Promise<void> {
    this.notices.indexWaiting();
    this.#connection.close();
  }
}

/** Leases themselves are never fenced: a holder must be able to learn that it is none any more. */
class FencedStore extends SqliteStore {
  override async close(): Promise<void> {}
}
