import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { constants, crc32, deflateRawSync } from 'node:zlib';

import type { ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';

/** Bytes of one WARC 1.1 record (ISO 28500:2017), header and block, before compression. */
interface WarcHeader {
  'WARC-Type': 'warcinfo' | 'response' | 'request' | 'revisit';
  'WARC-Record-ID': string;
  'WARC-Date': string;
  [name: string]: string;
}

/** First record of a file: who wrote it. */
export function warcinfoRecord(id: string, at: number, file: string): Buffer {
  const block = Buffer.from('software: gongshi\r\nformat: WARC File Format 1.1\r\n');
  return record(
    {
      'WARC-Type': 'warcinfo',
      'WARC-Record-ID': `<urn:uuid:${id}>`,
      'WARC-Date': warcDate(at),
      'WARC-Filename': file,
      'Content-Type': 'application/warc-fields',
    },
    block,
  );
}

export function responseRecord(id: string, entry: ArchiveEntry): Buffer {
  const { body } = entry;
  const block = Buffer.concat([httpHead(`HTTP/1.1 ${statusOf(entry.status)}`, storedHeaders(entry)), body]);
  return record(
    {
      'WARC-Type': 'response',
      'WARC-Record-ID': `<urn:uuid:${id}>`,
      'WARC-Date': warcDate(entry.fetchedAt),
      'WARC-Target-URI': oneLine(entry.url),
      'WARC-Payload-Digest': `sha-256:${sha256(body)}`,
      'WARC-Block-Digest': `sha-256:${sha256(block)}`,
      'Content-Type': 'application/http; msgtype=response',
      'Gongshi-Source': oneLine(entry.sourceId),
      'Gongshi-Run': oneLine(entry.runId),
      'Gongshi-Request': JSON.stringify(entry.request),
    },
    block,
  );
}

/** ISO 28500:2017 §6.7.3: the server says that what it sent before still stands. */
const NOT_MODIFIED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified';

/** A reply without a body that confirms an earlier one: its headers, and which record holds the body. */
export function revisitRecord(id: string, entry: ArchiveEntry, confirmed: ArchiveRecord): Buffer {
  const block = httpHead(`HTTP/1.1 ${statusOf(entry.status)}`, entry.headers);
  return record(
    {
      'WARC-Type': 'revisit',
      'WARC-Record-ID': `<urn:uuid:${id}>`,
      'WARC-Date': warcDate(entry.fetchedAt),
      'WARC-Target-URI': oneLine(entry.url),
      'WARC-Profile': NOT_MODIFIED,
      'WARC-Refers-To': `<urn:uuid:${confirmed.id}>`,
      'WARC-Refers-To-Target-URI': oneLine(confirmed.url),
      'WARC-Refers-To-Date': warcDate(confirmed.fetchedAt),
      'WARC-Payload-Digest': `sha-256:${confirmed.sha256}`,
      'WARC-Block-Digest': `sha-256:${sha256(block)}`,
      'Content-Type': 'application/http; msgtype=response',
      'Gongshi-Source': oneLine(entry.sourceId),
      'Gongshi-Run': oneLine(entry.runId),
      'Gongshi-Request': JSON.stringify(entry.request),
    },
    block,
  );
}

/** What was asked, beside the answer: several POST requests share one address. */
export function requestRecord(id: string, responseId: string, entry: ArchiveEntry): Buffer {
  const url = new URL(entry.url);
  const body = Buffer.from(entry.requestBody ?? '');
  const head = httpHead(`${entry.method} ${url.pathname}${url.search} HTTP/1.1`, {
    host: url.host,
    'content-length': String(body.length),
  });
  return record(
    {
      'WARC-Type': 'request',
      'WARC-Record-ID': `<urn:uuid:${id}>`,
      'WARC-Date': warcDate(entry.fetchedAt),
      'WARC-Target-URI': oneLine(entry.url),
      'WARC-Concurrent-To': `<urn:uuid:${responseId}>`,
      'WARC-Payload-Digest': `sha-256:${sha256(body)}`,
      'Content-Type': 'application/http; msgtype=request',
    },
    Buffer.concat([head, body]),
  );
}

/** Header bytes of a gzip member as `gzipMember` writes it, and where in it the member's length stands. */
export const MEMBER_HEADER_BYTES = 24;

/**
 * One gzip member. Its header carries the "sl" extra field of the WARC standard (annex D):
 * compressed and uncompressed length, so that a file is walked without unpacking it.
 */
export function gzipMember(data: Uint8Array): Buffer {
  const deflated = deflateRawSync(data, { level: constants.Z_DEFAULT_COMPRESSION });
  const length = MEMBER_HEADER_BYTES + deflated.length + 8;
  const header = Buffer.alloc(MEMBER_HEADER_BYTES);
  // Magic, method deflate, flag FEXTRA; no time, no name; operating system unknown (RFC 1952).
  header.set([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255]);
  header.writeUInt16LE(12, 10);
  header.write('sl', 12, 'latin1');
  header.writeUInt16LE(8, 14);
  header.writeUInt32LE(length, 16);
  header.writeUInt32LE(data.length, 20);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(data), 0);
  trailer.writeUInt32LE(data.length % 2 ** 32, 4);
  return Buffer.concat([header, deflated, trailer]);
}

/** Length of the member that begins with this header; null when it is no such header. */
export function memberLength(header: Buffer): number | null {
  const known =
    header.length === MEMBER_HEADER_BYTES &&
    header.readUInt32BE(0) === 0x1f8b0804 &&
    header.toString('latin1', 12, 14) === 'sl';
  return known ? header.readUInt32LE(16) : null;
}

/** The request that a response record answers, as JSON; null where it names none. */
export function requestOf(record: Buffer): string | null {
  const header = record.toString('utf8', 0, Math.max(0, record.indexOf('\r\n\r\n')));
  return /^Gongshi-Request: (.*)$/im.exec(header)?.[1] ?? null;
}

/** The body inside an unpacked response record; null when it is not one. */
export function bodyOf(record: Buffer): Buffer | null {
  const warcEnd = record.indexOf('\r\n\r\n');
  if (warcEnd < 0 || !record.subarray(0, 9).equals(Buffer.from('WARC/1.1\r'))) return null;
  const header = record.toString('latin1', 0, warcEnd);
  const length = /^Content-Length: (\d+)$/im.exec(header)?.[1];
  const httpEnd = record.indexOf('\r\n\r\n', warcEnd + 4);
  if (length === undefined || httpEnd < 0) return null;
  return record.subarray(httpEnd + 4, warcEnd + 4 + Number(length));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The body is kept as unpacked by the client: what described its way over the wire is kept under another name. */
function storedHeaders(entry: ArchiveEntry): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(entry.headers)) {
    const wire = /^(content-encoding|transfer-encoding|content-length)$/i.test(name);
    headers[wire ? `x-archive-orig-${name}` : name] = value;
  }
  headers['content-length'] = String(entry.body.length);
  return headers;
}

function record(header: WarcHeader, block: Buffer): Buffer {
  const lines = Object.entries(header).map(([name, value]) => `${name}: ${value}`);
  const head = `WARC/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${block.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'utf8'), block, Buffer.from('\r\n\r\n')]);
}

/** Header values are bytes that the client read as Latin-1. */
function httpHead(firstLine: string, headers: Record<string, string>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}`);
  return Buffer.from(`${[firstLine, ...lines].join('\r\n')}\r\n\r\n`, 'latin1');
}

function statusOf(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? 'Unknown'}`;
}

function warcDate(at: number): string {
  return new Date(at).toISOString();
}

/** A line break in a value would forge a header. */
function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, ' ');
}
