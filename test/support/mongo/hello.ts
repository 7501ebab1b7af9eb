import { Long, ObjectId, type Document } from 'bson';
import { MAX_MESSAGE_BYTES } from './wire.ts';

/**
 * What the gateway presents itself as. A replica set of one member is what production's smallest is;
 * standalone refuses transactions and retryable writes, as a mongod without a replica set does.
 */
export type Topology = 'replicaSet' | 'sharded' | 'standalone';

export const REPLICA_SET = 'rs0';
const ELECTION = new ObjectId('7fffffff0000000000000001');

/**
 * What a driver that watches is told, and when. It asks to be answered as soon as something changes, else after a while;
 * a driver that may not ask so (7.9) can hang for good on a server that dies between two of its questions.
 */
export class Changes {
  readonly #process = new ObjectId();
  readonly #waiting = new Set<() => void>();
  #counter = 0;

  /** `topologyVersion` as in replies. */
  version(): Document {
    return { processId: this.#process, counter: Long.fromNumber(this.#counter) };
  }

  /** Something changed: all that wait are answered. */
  change(): void {
    this.#counter++;
    for (const wake of this.#waiting) wake();
  }

  /** Until something changes from what the asker knows, or `ms` later, or until `signal` says that nobody waits any more. */
  async wait(known: Document, ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#process.equals(known.processId) || Number(known.counter) !== this.#counter || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

/** Wire version 21 is MongoDB 7.0: commands of later servers are not offered. */
export function hello(topology: Topology, address: string, connectionId: number, version: Document): Document {
  const now = new Date();
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    ...(topology === 'sharded' ? { msg: 'isdbgrid' } : {}),
    ...(topology === 'replicaSet' ? memberOf(address, now) : {}),
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 25_000,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    topologyVersion: version,
    ok: 1,
  };
}

function memberOf(address: string, now: Date): Document {
  return {
    setName: REPLICA_SET,
    setVersion: 1,
    secondary: false,
    hosts: [address],
    me: address,
    primary: address,
    electionId: ELECTION,
    lastWrite: { lastWriteDate: now, majorityWriteDate: now },
  };
}
