import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { startEngine } from './engine.ts';
import type { ArmedFault, Fault } from './faults.ts';
import { startGateway } from './gateway.ts';
import { REPLICA_SET, type Topology } from './hello.ts';
import { withDatabase } from './uri.ts';

/** A MongoDB with an empty database of its own for one test file. */
export interface TestMongo {
  /** With the database in its path; for `MongoClient` and for `--store`. */
  readonly uri: string;
  /** Exactly what answers: product, version, topology. */
  verifiedOn(): string;
  /** Makes the next matching commands fail; only on the engine that the tests start. */
  fault?: (fault: Fault) => ArmedFault;
  /** `kill -9` of the engine; connections break, and new ones too until `restartEngine`. */
  killEngine?: () => Promise<void>;
  /** Stops the engine if it runs, and starts it again on the same data and address. */
  restartEngine?: () => Promise<void>;
  /** As if the network to the server were cut: connections break, and new ones too until `reconnect`; the engine lives on. */
  disconnect?: () => Promise<void>;
  reconnect?: () => void;
  /** Drops the database; stops and removes what was started. */
  close(): Promise<void>;
}

/** A MongoDB that can be made to fail. */
export type BreakableMongo = Required<TestMongo>;

interface OpenOptions {
  /** Only for an engine of the tests' own: what it presents itself as. */
  topology?: Topology;
}

/**
 * `MONGODB_URI` when that is set, else a DocumentDB engine of its own behind the gateway (about a second, once installed).
 * Throws `EngineUnavailable` when neither can be had. The gateway lives in this process: wait for children
 * that use it with `spawn`, never with `spawnSync`.
 */
export async function openTestMongo(options: OpenOptions = {}): Promise<TestMongo> {
  const given = process.env.MONGODB_URI;
  return given ? openGiven(given) : openBreakableMongo(options);
}

/** Always an engine of the tests' own, whatever `MONGODB_URI` says. */
export async function openBreakableMongo({ topology = 'replicaSet' }: OpenOptions = {}): Promise<BreakableMongo> {
  const engine = await startEngine();
  const crash = async () => {
    await engine.kill();
    await gateway.down();
    await engine.start();
    gateway.up(engine.port);
  };
  const gateway = await startGateway({ enginePort: engine.port, topology, crash });
  // The driver looks again after 20 ms instead of half a second, which every fault would cost.
  const query = `minHeartbeatFrequencyMS=20${topology === 'replicaSet' ? `&replicaSet=${REPLICA_SET}` : ''}`;
  const uri = `mongodb://${gateway.address}/${databaseName()}?${query}`;
  const verified = await describe(uri);
  return {
    uri,
    verifiedOn: () => `${verified}（Debian ${engine.suite}）`,
    fault: gateway.fault,
    killEngine: async () => {
      await engine.kill();
      await gateway.down();
    },
    restartEngine: async () => {
      await gateway.down();
      await engine.stop();
      await engine.start();
      gateway.up(engine.port);
    },
    disconnect: () => gateway.down(),
    reconnect: () => gateway.up(engine.port),
    close: async () => {
      await gateway.close();
      await engine.remove();
    },
  };
}

async function openGiven(given: string): Promise<TestMongo> {
  const uri = withDatabase(given, databaseName());
  const verified = await describe(uri);
  return {
    uri,
    verifiedOn: () => verified,
    close: () => withClient(uri, async (client) => void (await client.db().dropDatabase())),
  };
}

function databaseName(): string {
  return `gongshi_test_${randomBytes(6).toString('hex')}`;
}

async function describe(uri: string): Promise<string> {
  return withClient(uri, async (client) => {
    const admin = client.db('admin');
    const info = await admin.command({ buildInfo: 1 });
    const greeting = await admin.command({ hello: 1 });
    const topology = greeting.setName
      ? `replica set ${greeting.setName}`
      : greeting.msg === 'isdbgrid'
        ? 'mongos'
        : 'standalone';
    const product = info.documentdb
      ? `DocumentDB ${info.documentdb.version} on PostgreSQL ${info.documentdb.postgresql}, through the test gateway`
      : `MongoDB ${info.version}`;
    return `${product} (${topology})`;
  });
}

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await use(await client.connect());
  } finally {
    await client.close();
  }
}
