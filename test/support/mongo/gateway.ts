import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { BSON, type Document } from 'bson';
import { Backend } from './backend.ts';
import { COMMANDS, type Session } from './commands.ts';
import { Cursors } from './cursors.ts';
import { CommandFailure, failureOf } from './errors.ts';
import { Faults, type ArmedFault, type Fault } from './faults.ts';
import { Changes, hello, type Topology } from './hello.ts';
import { sessionOf, Transactions } from './transactions.ts';
import { Frames, readRequest, reply, type Request } from './wire.ts';

const GREETINGS = new Set(['hello', 'isMaster', 'ismaster']);

interface Gateway {
  /** `127.0.0.1:PORT`; stays the same while the engine behind it comes and goes. */
  readonly address: string;
  fault(fault: Fault): ArmedFault;
  /** Drops every connection, with cursors and open transactions, and serves no new one: the server is down. */
  down(): Promise<void>;
  /** Serves the engine on this port. */
  up(enginePort: number): void;
  close(): Promise<void>;
}

interface GatewayOptions {
  enginePort: number;
  topology: Topology;
  /** Kills the engine and brings it back, for the crash faults. */
  crash: () => Promise<void>;
}

/** Where a request came from. */
interface Connection {
  id: number;
  socket: Socket;
  closed: AbortSignal;
}

/** A MongoDB server on loopback that speaks the wire protocol and has the DocumentDB engine do the work. */
export async function startGateway({ enginePort, topology, crash }: GatewayOptions): Promise<Gateway> {
  const faults = new Faults();
  const sockets = new Set<Socket>();
  let life: (Session & { changes: Changes }) | null = null;
  let connections = 0;
  let address = '';

  const server = createServer((socket) => {
    const closing = new AbortController();
    const connection: Connection = { id: ++connections, socket, closed: closing.signal };
    const frames = new Frames();
    let turn = Promise.resolve();
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => {
      sockets.delete(socket);
      closing.abort();
    });
    // A client that goes away is no event here; `close` follows.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      try {
        for (const message of frames.push(chunk)) {
          const request = readRequest(message);
          turn = turn.then(() => serve(connection, request));
        }
      } catch {
        socket.destroy(); // not the protocol
      }
    });
  });

  async function serve(connection: Connection, request: Request): Promise<void> {
    const { socket } = connection;
    if (!life || socket.destroyed) return void socket.destroy();
    if (GREETINGS.has(request.command)) return greet(connection, request);
    const fault = faults.strike(request.command, collectionOf(request));
    if (fault?.kind === 'drop-before') return void socket.destroy();
    if (fault?.kind === 'crash-before') return crash();
    const answer =
      fault?.kind === 'not-primary'
        ? steppedDown(request, life.changes).toDocument()
        : await answerTo(request, life, topology);
    if (fault?.kind === 'crash-after') return crash();
    if (fault?.kind === 'slow') await pause(fault.ms ?? 200);
    if (answer === null || fault?.kind === 'drop-after') return void socket.destroy();
    if (request.wantsReply && !socket.destroyed) socket.write(reply(request, bytesOfAnswer(answer)));
  }

  /** Says what server this is; to a driver that watches again whenever that changes. */
  async function greet({ id, socket, closed }: Connection, request: Request): Promise<void> {
    const { topologyVersion, maxAwaitTimeMS } = BSON.deserialize(request.spec);
    let known = topologyVersion as Document | undefined;
    do {
      if (known) await life?.changes.wait(known, Number(maxAwaitTimeMS), closed);
      if (socket.destroyed) return;
      if (!(await life?.backend.alive()) || !life) return void socket.destroy();
      const version = life.changes.version();
      const body = BSON.serialize(hello(topology, address, id, version));
      socket.write(reply(request, body, known !== undefined && request.exhaust));
      if (known) known = version;
    } while (known && request.exhaust);
  }

  const up = (port: number) => {
    const backend = new Backend(port);
    const transactions = new Transactions(backend);
    life = { backend, cursors: new Cursors(backend, Date.now), transactions, changes: new Changes() };
  };
  const down = async () => {
    const ending = life;
    life = null;
    for (const socket of sockets) socket.destroy();
    if (!ending) return;
    ending.cursors.end();
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
async function answerTo(request: Request, life: Session, topology: Topology): Promise<Uint8Array | Document | null> {
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
  const within = isEnd(request) ? null : await life.transactions.join(request);
  return command(request, life, within);
}

/**
 * This member has lost an election and won the next. With the labels a server gives, which let the driver try
 * a retryable write or a transaction again.
 */
function steppedDown(request: Request, changes: Changes): CommandFailure {
  const { txnNumber, autocommit } = request.head;
  const labels: string[] = [];
  if (txnNumber !== undefined && (autocommit === undefined || isEnd(request))) labels.push('RetryableWriteError');
  if (autocommit === false && !isEnd(request)) labels.push('TransientTransactionError');
  changes.change();
  const topologyVersion = changes.version();
  changes.change();
  return new CommandFailure(10107, 'NotWritablePrimary', 'not primary', labels, { topologyVersion });
}

function isEnd({ command }: Request): boolean {
  return command === 'commitTransaction' || command === 'abortTransaction';
}

function collectionOf(request: Request): string | null {
  const subject: unknown = request.head[request.command];
  if (typeof subject === 'string') return subject;
  return request.command === 'getMore' ? String(BSON.deserialize(request.spec).collection) : null;
}

function bytesOfAnswer(answer: Uint8Array | Document): Uint8Array {
  return answer instanceof Uint8Array ? answer : BSON.serialize(answer);
}
