import { BSON, type Document } from 'bson';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
/** What `hello` allows; a longer message is not one. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** Fields around a command that are not for the engine: it rejects or ignores them, the gateway reads them. */
const ENVELOPE = new Set([
  'lsid',
  '$db',
  '$clusterTime',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'writeConcern',
  'readConcern',
  '$readPreference',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'maxTimeMS',
  'comment',
]);

export interface Request {
  requestId: number;
  /** The first field's name, as `find` or `insert`. */
  command: string;
  db: string;
  /** The first field's value and the fields around the command; 64-bit integers as bigint. */
  head: Document;
  /** The command without the fields around it, bytes untouched. */
  spec: Buffer;
  /** Documents sent beside the command (kind-1 sections), bytes untouched, by field name. */
  sequences: Map<string, Buffer>;
  legacy: boolean;
  wantsReply: boolean;
  /** One question may be answered again and again. */
  exhaust: boolean;
}

/** Cuts a byte stream into messages. */
export class Frames {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length ? Buffer.concat([this.#rest, chunk]) : chunk;
    const messages: Buffer[] = [];
    while (this.#rest.length >= 16) {
      const length = this.#rest.readInt32LE(0);
      if (length < 16 || length > MAX_MESSAGE_BYTES) throw new Error(`message of ${length} bytes`);
      if (this.#rest.length < length) break;
      messages.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
    return messages;
  }
}

export function readRequest(message: Buffer): Request {
  const opcode = message.readInt32LE(12);
  if (opcode === OP_MSG) return readMsg(message);
  if (opcode === OP_QUERY) return readQuery(message);
  throw new Error(`opcode ${opcode}`);
}

function readMsg(message: Buffer): Request {
  const flags = message.readUInt32LE(16);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const sequences = new Map<string, Buffer>();
  let body: Buffer | null = null;
  for (let at = 20; at < end;) {
    const kind = message[at];
    const length = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + length);
    if (kind === 0) {
      body = section;
    } else {
      const nameEnd = section.indexOf(0, 4);
      sequences.set(section.toString('utf8', 4, nameEnd), section.subarray(nameEnd + 1));
    }
    at += 1 + length;
  }
  if (!body) throw new Error('message without a body');
  return {
    requestId: message.readInt32LE(4),
    ...splitCommand(body),
    sequences,
    legacy: false,
    wantsReply: (flags & MORE_TO_COME) === 0,
    exhaust: (flags & EXHAUST_ALLOWED) !== 0,
  };
}

/** The first message of a connection comes in the form of old servers. */
function readQuery(message: Buffer): Request {
  const nameEnd = message.indexOf(0, 20);
  const at = nameEnd + 1 + 8;
  const command = splitCommand(message.subarray(at, at + message.readInt32LE(at)));
  const db = message.toString('utf8', 20, nameEnd).split('.')[0]!;
  return {
    requestId: message.readInt32LE(4),
    ...command,
    db,
    sequences: new Map(),
    legacy: true,
    wantsReply: true,
    exhaust: false,
  };
}

function splitCommand(body: Buffer): Pick<Request, 'command' | 'db' | 'head' | 'spec'> {
  const spec: Buffer[] = [];
  const head: Buffer[] = [];
  let command = '';
  for (const [, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(body)) {
    const name = body.toString('utf8', nameOffset, nameOffset + nameLength);
    const element = body.subarray(nameOffset - 1, offset + length);
    if (command === '') {
      command = name;
      head.push(element);
      spec.push(element);
    } else if (ENVELOPE.has(name)) {
      head.push(element);
    } else {
      spec.push(element);
    }
  }
  const decoded = BSON.deserialize(documentOf(head), { useBigInt64: true });
  return { command, db: String(decoded.$db ?? 'admin'), head: decoded, spec: documentOf(spec) };
}

function documentOf(elements: Buffer[]): Buffer {
  const document = Buffer.concat([Buffer.alloc(4), ...elements, Buffer.alloc(1)]);
  document.writeInt32LE(document.length, 0);
  return document;
}

export function reply(request: Request, body: Uint8Array, moreToCome = false): Buffer {
  const header = request.legacy ? Buffer.alloc(36) : Buffer.alloc(21);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    header.writeInt32LE(8, 16); // AwaitCapable
    header.writeInt32LE(1, 32); // one document
  } else if (moreToCome) {
    header.writeUInt32LE(MORE_TO_COME, 16);
  }
  return Buffer.concat([header, body]);
}
