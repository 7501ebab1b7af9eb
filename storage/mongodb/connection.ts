import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient, ReadPreference } from 'mongodb';
import type {
  ClientSession,
  Collection,
  CreateIndexesOptions,
  Db,
  Document,
  MongoClientOptions,
  TransactionOptions,
} from 'mongodb';

import PQueue from 'p-queue';

import { printableAddress } from './address.ts';
import {
  inOperatorsWords,
  isBrokenUnlabelled,
  isOvertaken,
  isUnreachable,
  isWorthRepeating,
  wrongAddress,
} from './errors.ts';
import { endUnfinishedWrites } from './unfinished-writes.ts';

/** Inside a transaction its session; undefined where the server knows no transactions. */
export type Session = ClientSession | undefined;

/**
 * majority, journaled: an acknowledged write survives the loss of the primary. Every write asks for it, not only those
 * of findings and alerts, because a page whose notices stayed and whose frontier was rolled back (or the other way
 * round) would be as wrong as a lost alert.
 * wtimeoutMS: without a limit a write waits for ever when most members are gone; 20 s is twice an ordinary election.
 */
const WRITE_CONCERN = { w: 'majority', journal: true, wtimeoutMS: 20_000 } as const;

/** Not to be overruled by the address: what the store promises rests on them. */
const PROMISED: MongoClientOptions = {
  retryWrites: true,
  retryReads: true,
  writeConcern: WRITE_CONCERN,
  // A secondary may not show yet what this process has just written and decides upon.
  readPreference: ReadPreference.primary,
  // Absent and undefined are the same in the model.
  ignoreUndefined: true,
};

/** The address may say otherwise. */
const DEFAULTS = {
  appName: 'gongshi',
  // An election takes up to 12 s with the server's default settings; the operator should read an error before a minute is over.
  serverSelectionTimeoutMS: 20_000,
  connectTimeoutMS: 10_000,
  socketTimeoutMS: 120_000,
  // Crawling, matching and serving in one process ask for a few dozen at most.
  maxPoolSize: 50,
} satisfies MongoClientOptions;

/**
 * An index over a province's notices takes longer than two minutes, and a connection that is closed meanwhile begins it
 * anew. A server that is gone is noticed all the same: the driver's watch over it ends the connections to it.
 */
const PATIENT: MongoClientOptions = { socketTimeoutMS: 0 };

function optionsFor(uri: string): MongoClientOptions {
  const given = new Set(
    [...new URLSearchParams(uri.split('?').slice(1).join('?')).keys()].map((key) => key.toLowerCase()),
  );
  const defaults = Object.entries(DEFAULTS).filter(([name]) => !given.has(name.toLowerCase()));
  return { ...Object.fromEntries(defaults), ...PROMISED };
}

function clientFor(uri: string, place: string, overruling: MongoClientOptions): MongoClient {
  endUnfinishedWrites();
  try {
    return new MongoClient(uri, { ...optionsFor(uri), ...overruling });
  } catch {
    // Said without what the driver says: it may quote the password.
    throw wrongAddress(place);
  }
}

/** snapshot: what a transaction reads is one state, and one that most members have. */
const TRANSACTION: TransactionOptions = {
  readConcern: { level: 'snapshot' },
  writeConcern: WRITE_CONCERN,
  readPreference: ReadPreference.primary,
};

/** How often work is begun again before the operator hears of it; with the pauses below some four seconds. */
const ATTEMPTS = 8;
const PAUSE_MS = 30;

/** One database on a MongoDB server, and how work is done on it. */
export class Connection {
  readonly db: Db;
  /** True where `hello` shows a replica set or mongos; a lone server knows no transactions. */
  readonly #transactional: boolean;
  readonly #client: MongoClient;
  readonly #place: string;
  /** Before every write, in its transaction where there is one; what it throws ends the write. Null: none. */
  readonly #guard: ((session: Session) => Promise<void>) | null;
  /** Guarded transactions all touch what the guard reads: side by side they would only be in each other's way. */
  readonly #turns = new PQueue({ concurrency: 1 });
  /** Why the server could last not be reached in a turn, and when that was known (ms, steady). */
  #gone: { at: number; error: unknown } | null = null;

  private constructor(
    client: MongoClient,
    db: Db,
    transactional: boolean,
    place: string,
    guard: ((session: Session) => Promise<void>) | null = null,
  ) {
    this.#client = client;
    this.db = db;
    this.#transactional = transactional;
    this.#place = place;
    this.#guard = guard;
  }

  /** This connection with a guard before each of its writes. */
  guarded(guard: (session: Session) => Promise<void>): Connection {
    return new Connection(this.#client, this.db, this.#transactional, this.#place, guard);
  }

  /**
   * `patient`: for work of which one command may take minutes.
   * Throws `CorrectInput` for a wrong address, `RepairDatabase` when the server cannot be used.
   */
  static async open(uri: string, database: string, { patient = false } = {}): Promise<Connection> {
    const place = printableAddress(uri);
    const client = clientFor(uri, place, patient ? PATIENT : {});
    try {
      await client.connect();
      const hello = await client.db('admin').command({ hello: 1 });
      const transactional = hello['setName'] !== undefined || hello['msg'] === 'isdbgrid';
      return new Connection(client, client.db(database), transactional, place);
    } catch (error) {
      await client.close();
      throw inOperatorsWords(error, place);
    }
  }

  /**
   * How indexes are built. majority: by itself a replica set waits until every member with a vote has built one, so
   * that a start with one member down would hang; a lone server refuses to be told.
   */
  get indexBuilding(): CreateIndexesOptions {
    return this.#transactional ? { commitQuorum: 'majority' } : {};
  }

  /** For what the crawl and the lists read: the primary's latest state, in which this process finds its own writes. */
  collection<T extends Document>(name: string): Collection<T> {
    return this.db.collection<T>(name);
  }

  /**
   * For findings and alerts: only what most members have is read, because an alert shown to a supervisor and
   * rolled back afterwards would be a statement that nobody can prove.
   */
  provenCollection<T extends Document>(name: string): Collection<T> {
    return this.db.collection<T>(name, { readConcern: { level: 'majority' } });
  }

  /** Runs reads, again when the connection breaks; failures come in the operator's words. */
  async read<T>(work: () => Promise<T>): Promise<T> {
    return this.#repeated(work);
  }

  /**
   * Runs a write of several steps: in one transaction where there are any, else step by step.
   * `work` may run more than once and must be repeatable at any point: each step either sets what it says or does nothing.
   */
  async write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (!this.#transactional) return this.#repeated(() => this.#guardedWork(undefined, work));
    // Broken connections, elections and conflicts the driver repeats itself, for two minutes: a transaction left by
    // a process that was killed stands in the way for one (transactionLifetimeLimitSeconds). What it overlooks is begun
    // again here, also where the transaction may have been committed: the work finds that out.
    const transaction = (): Promise<T> =>
      this.#repeated(
        () =>
          this.#client.withSession((session) =>
            session.withTransaction(() => this.#guardedWork(session, work), TRANSACTION),
          ),
        (error) => isOvertaken(error) || isBrokenUnlabelled(error),
      );
    return this.#guard === null ? transaction() : this.#inTurn(transaction);
  }

  /** Runs a write of one statement, or of steps that need no common transaction; repeatable like `write`. */
  async writeApart<T>(work: () => Promise<T>): Promise<T> {
    return this.#repeated(() => this.#guardedWork(undefined, work));
  }

  /** A write that must not be begun again by hand: the driver's own retry, exact where the server has it, is all it gets. */
  async writeOnce<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#guardedWork(undefined, work);
    } catch (error) {
      throw inOperatorsWords(error, this.#place);
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Whoever waited while the server was looked for in vain need not look for it, 20 s each, one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const asked = performance.now();
    return this.#turns.add(async () => {
      if (this.#gone !== null && asked < this.#gone.at) throw this.#gone.error;
      try {
        return await work();
      } catch (error) {
        if (isUnreachable(error)) this.#gone = { at: performance.now(), error };
        throw error;
      }
    });
  }

  async #guardedWork<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
    await this.#guard?.(session);
    return work(session);
  }

  async #repeated<T>(work: () => Promise<T>, when = isWorthRepeating): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt === ATTEMPTS || !when(error)) throw inOperatorsWords(error, this.#place);
        await delay(PAUSE_MS * attempt ** 2);
      }
    }
  }
}
