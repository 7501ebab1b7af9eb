import { ObjectId, type Document } from 'bson';
import { MAX_MESSAGE_BYTES } from './wire.ts';

/**
 * What the gateway presents itself as. A replica set of one member is what production's smallest is;
 * standalone refuses transactions and retryable writes, as a mongod without a replica set does.
 */
export type Topology = 'replicaSet' | 'sharded' | 'standalone';

export const REPLICA_SET = 'rs0';
const ELECTION = new ObjectId('7fffffff0000000000000001');

/** Wire version 21 is MongoDB 7.0: commands of later servers are not offered. */
export function hello(topology: Topology, address: string, connectionId: number, now: Date): Document {
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
