import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import got, { RequestError } from 'got';
import type { Response } from 'got';

import { SiteFailure } from '../model/failure.ts';
import { networkFailure } from './network-failure.ts';
import { publicLookup } from './private-address.ts';

/** One HTTP message to send; redirects are not followed here. */
export interface Message {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body: string | null;
}

export interface RawReply {
  status: number;
  headers: Record<string, string>;
  setCookie: string[];
  /** Decompressed; whole unless `failure` says otherwise. */
  bytes: Uint8Array;
}

/** At least one of the two is there; both when a reply broke off. */
interface ExchangeResult {
  reply: RawReply | null;
  failure: SiteFailure | null;
}

export interface ExchangeLimits {
  /** Until the headers of the reply. The whole exchange may take twice as long. */
  timeoutMs: number;
  maxBodyBytes: number;
  /** Name resolution; the system's by default. */
  lookup?: LookupFunction;
}

interface Exchange {
  send(message: Message): Promise<ExchangeResult>;
  close(): void;
}

/** A host that does not accept a connection in this time is down; only its answer may take long (30–45 s seen). */
const CONNECT_TIMEOUT_MS = 15_000;

/** HTTP messages as bytes, with bounds on time and size. */
export function createExchange(limits: ExchangeLimits): Exchange {
  const { timeoutMs, maxBodyBytes } = limits;
  const connect = Math.min(timeoutMs, CONNECT_TIMEOUT_MS);
  const agent = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const client = got.extend({
    responseType: 'buffer',
    throwHttpErrors: false,
    followRedirect: false,
    retry: { limit: 0 },
    timeout: { lookup: connect, connect, secureConnect: connect, response: timeoutMs, request: timeoutMs * 2 },
    agent,
    dnsLookup: publicLookup(limits.lookup ?? (systemLookup as LookupFunction)),
  });

  async function send({ method, url, headers, body }: Message): Promise<ExchangeResult> {
    let response: Response | undefined;
    const chunks: Uint8Array[] = [];
    let size = 0;
    const tooLarge = (bytes: number): ExchangeResult => ({
      reply: null,
      failure: new SiteFailure('BODY_TOO_LARGE', `超过 ${maxBodyBytes} 字节：${url.href}`, {
        url: url.href,
        limit: maxBodyBytes,
        size: bytes,
      }),
    });
    try {
      // Without a body got would wait for one to be written to the stream of a POST.
      const stream = client.stream(url, { method, headers, body: body ?? (method === 'POST' ? '' : undefined) });
      stream.once('response', (received: Response) => {
        response = received;
      });
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        // Leaving the loop destroys the stream: not a byte more is read than the bound and one chunk.
        const announced = Number(response?.headers['content-length'] ?? 0);
        if (size > maxBodyBytes || announced > maxBodyBytes) return tooLarge(Math.max(size, announced));
        chunks.push(chunk);
      }
    } catch (error) {
      const failure = networkFailure(error, url.href, response !== undefined);
      if (failure === null) throw error instanceof RequestError ? error.cause : error;
      return { reply: response === undefined ? null : rawReply(response, chunks), failure };
    }
    if (response === undefined) {
      return { reply: null, failure: new SiteFailure('CONNECTION_LOST', `没有应答：${url.href}`, { url: url.href }) };
    }
    return { reply: rawReply(response, chunks), failure: null };
  }

  return {
    send,
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

function rawReply(response: Response, chunks: Uint8Array[]): RawReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    status: response.statusCode,
    headers,
    setCookie: response.headers['set-cookie'] ?? [],
    bytes: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks),
  };
}
