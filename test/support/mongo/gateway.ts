import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { BSON, type Document } from 'bson';
import { Backend } from './backend.ts';
import { COMMANDS, type Session } from './commands.ts';
import { Cursors } from './cursors.ts';
import { CommandFailure, failureOf } from './errors.ts';
import { Faults, type ArmedFault, type Fault } from './faults.ts';
import { hello, type Topology } from './hello.ts';
import { sessionOf, Transactions } from './transactions.ts';
import { Frames, readRequest, reply, type Request } from './wire.ts';

const GREETINGS = new Set(['hello', 'isMaster', 'ismaster']);

export interface Gateway {
  /** `127.0.0.1:PORT`; stays the same while the engine behind it comes and goes. */
  readonly address: string;
  fault(fault: Fault): ArmedFault;
  /** Drops every connection, with cursors and open transactions, and takes no new one: the server is down. */
  down(): Promise<void>;
  /** Serves the engine on this port. */
  up(enginePort: number): void;
  close(): Promise<void>;
}

export interface GatewayOptions {
  enginePort: number;
  topology: Topology;
  /** Kills the engine and brings it back, for the crash faults. */
  crash: () => Promise<void>;
}

/** A MongoDB server on loopback that speaks the wire protocol and has the DocumentDB engine do the work. */
export async function startGateway({ enginePort, topology, crash }: GatewayOptions): Promise<Gateway> {
  const faults = new Faults();
  const sockets = new Set<Socket>();
  let life: Session | null = null;
  let connections = 0;
  let address = '';

  const server = createServer((socket) => {
    if (!life) return void socket.destroy();
    const connectionId = ++connections;
    const frames = new Frames();
    let turn = Promise.resolve();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is no event here; `close` follows.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      try {
        for (const message of frames.push(chunk)) {
          turn = turn.then(() => serve(socket, connectionId, message));
        }
      } catch {
        socket.destroy(); // not the protocol
      }
    });
  });

  async function serve(socket: Socket, connectionId: number, message: Buffer): Promise<void> {
    if (socket.destroyed) return;
    const request = readRequest(message);
    const fault = faults.strike(request.command, collectionOf(request));
    if (fault?.kind === 'drop-before') return void socket.destroy();
    if (fault?.kind === 'crash-before') return crash();
    const answer =
      fault?.kind === 'not-primary'
        ? notPrimary(request).toDocument()
        : await answerTo(request, life, topology, address, connectionId);
    if (fault?.kind === 'crash-after') return crash();
    if (fault?.kind === 'slow') await pause(fault.ms ?? 200);
    if (answer === null || fault?.kind === 'drop-after') return void socket.destroy();
    if (request.wantsReply && !socket.destroyed) socket.write(reply(request, bytesOfAnswer(answer)));
  }

  const up = (port: number) => {
    const backend = new Backend(port);
    life = { backend, cursors: new Cursors(backend, Date.now), transactions: new Transactions(backend) };
  };
  const down = async () => {
    const ending = life;
    life = null;
    for (const socket of sockets) socket.destroy();
    if (!ending) return;
    ending.cursors.killAll();
    await ending.transactions.end();
    await ending.backend.end();
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  up(enginePort);
  return {
    address,
    fault: (fault) => faults.arm(fault),
    up,
    down,
    close: async () => {
      await down();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Null when the engine is gone: then the connection breaks, as it does when a mongod dies. */
async function answerTo(
  request: Request,
  life: Session | null,
  topology: Topology,
  address: string,
  connectionId: number,
): Promise<Uint8Array | Document | null> {
  if (!life) return null;
  if (GREETINGS.has(request.command)) {
    return (await life.backend.alive()) ? hello(topology, address, connectionId, new Date()) : null;
  }
  try {
    return await execute(request, life, topology);
  } catch (error) {
    const failure = failureOf(error);
    if (request.head.autocommit === false && request.command !== 'commitTransaction') {
      await life.transactions.abort(sessionOf(request)!);
      if (failure?.code === 112) failure.labels.push('TransientTransactionError');
    }
    return failure?.toDocument() ?? null;
  }
}

async function execute(request: Request, life: Session, topology: Topology): Promise<Uint8Array | Document> {
  const command = COMMANDS[request.command];
  if (!command) throw new CommandFailure(59, 'CommandNotFound', `no such command: '${request.command}'`);
  if (topology === 'standalone' && request.head.txnNumber !== undefined) {
    throw new CommandFailure(
      20,
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  const ends = request.command === 'commitTransaction' || request.command === 'abortTransaction';
  const within = ends ? null : await life.transactions.join(request);
  return command(request, life, within);
}

/** With the label a server gives, which lets the driver try a retryable write or a transaction again. */
function notPrimary(request: Request): CommandFailure {
  const { txnNumber, autocommit } = request.head;
  const ends = request.command === 'commitTransaction' || request.command === 'abortTransaction';
  const labels: string[] = [];
  if (txnNumber !== undefined && (autocommit === undefined || ends)) labels.push('RetryableWriteError');
  if (autocommit === false && !ends) labels.push('TransientTransactionError');
  return new CommandFailure(10107, 'NotWritablePrimary', 'not primary', labels);
}

function collectionOf(request: Request): string | null {
  const subject: unknown = request.head[request.command];
  if (typeof subject === 'string') return subject;
  return request.command === 'getMore' ? String(BSON.deserialize(request.spec).collection) : null;
}

function bytesOfAnswer(answer: Uint8Array | Document): Uint8Array {
  return answer instanceof Uint8Array ? answer : BSON.serialize(answer);
}
