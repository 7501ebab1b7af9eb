import type { Lease } from '../../src/model/lease.ts';
import type { ContentPorts } from '../shared/content-ports.ts';
import type { ContentKind, SchemaState, Store, StoreContents } from '../store.ts';
import { databaseOf } from './address.ts';
import { CaseCollection } from './cases.ts';
import { Connection } from './connection.ts';
import { contentPorts } from './contents.ts';
import { Counters } from './counters.ts';
import { FindingCollection } from './findings.ts';
import { IncidentCollection } from './incidents.ts';
import { LinkDecisionCollection } from './link-decisions.ts';
import { migrate, schemaOf } from './migrate.ts';
import { LeadCollection } from './leads.ts';
import { LeaseCollection } from './leases.ts';
import { NoticeCollection } from './notices.ts';
import { ProjectCollection } from './projects.ts';
import { RunCollection } from './runs.ts';
import { SentRequestCollection } from './sent-requests.ts';
import { SettingsCollection } from './settings.ts';
import { MIGRATIONS } from './schema.ts';
import { TellingCollection } from './tellings.ts';
import { VanishingCollection } from './vanishings.ts';
import { UserCollection } from './users.ts';

/**
 * Opens the store on a MongoDB server and brings its schema up to date. The database is the one given, or the one
 * named in the address, or `gongshi`.
 * Throws `CorrectInput` for a wrong address, `RepairDatabase` when the server cannot be used.
 */
export async function openMongoStore(uri: string, options: { database?: string } = {}): Promise<Store> {
  const database = options.database ?? databaseOf(uri);
  const connection = await Connection.open(uri, database);
  try {
    const { version, known } = await schemaOf(connection, MIGRATIONS);
    if (version !== known) await bringUpToDate(uri, database);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return new MongoStore(connection);
}

async function bringUpToDate(uri: string, database: string): Promise<void> {
  const connection = await Connection.open(uri, database, { patient: true });
  try {
    await migrate(connection, MIGRATIONS);
  } finally {
    await connection.close();
  }
}

class MongoStore implements Store {
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
  readonly leases: LeaseCollection;
  readonly file = null;
  readonly #connection: Connection;
  readonly #contents: ContentPorts;

  constructor(connection: Connection, leases = new LeaseCollection(connection)) {
    this.#connection = connection;
    const counters = new Counters(connection);
    this.notices = new NoticeCollection(connection);
    this.runs = new RunCollection(connection, this.notices, counters);
    this.projects = new ProjectCollection(connection, this.notices);
    this.findings = new FindingCollection(connection, counters);
    this.leads = new LeadCollection(connection);
    this.incidents = new IncidentCollection(connection);
    this.tellings = new TellingCollection(connection);
    this.vanishings = new VanishingCollection(connection);
    this.cases = new CaseCollection(connection);
    this.users = new UserCollection(connection);
    this.linkDecisions = new LinkDecisionCollection(connection);
    this.sentRequests = new SentRequestCollection(connection);
    this.settings = new SettingsCollection(connection);
    this.leases = leases;
    this.#contents = contentPorts(this);
  }

  async schema(): Promise<SchemaState> {
    return schemaOf(this.#connection, MIGRATIONS);
  }

  async checkWritable(): Promise<void> {
    await this.leases.mark();
  }

  fenced(lease: Lease): Store {
    const connection = this.#connection.guarded((session) => this.leases.check(lease, session));
    return new FencedStore(connection, this.leases);
  }

  contents<K extends ContentKind>(kind: K): AsyncIterable<StoreContents[K]> {
    return this.#contents[kind].read();
  }

  async takeIn<K extends ContentKind>(kind: K, items: StoreContents[K][]): Promise<void> {
    if (items.length > 0) await this.#contents[kind].write(items);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

/** Leases themselves are never fenced: a holder must be able to learn that it is none any more. */
class FencedStore extends MongoStore {
  override async close(): Promise<void> {}
}
