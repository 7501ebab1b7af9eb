import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ReceivedRequest {
  method: string;
  /** Path with query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Epoch ms of arrival. */
  at: number;
}

export type Answer = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

/** A small real HTTP server on a free loopback port that answers by script and remembers what it was asked. */
export interface TestSite {
  /** `http://127.0.0.1:PORT` */
  address: string;
  received: ReceivedRequest[];
  /** Paths asked for, robots.txt left out. */
  paths(): string[];
  close(): Promise<void>;
}

export async function startSite(answer: Answer): Promise<TestSite> {
  const received: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    // The test's clock stands wherever the test set it; a site that tells no time contradicts none.
    response.sendDate = false;
    void bodyOf(message).then(async (body) => {
      const request: ReceivedRequest = {
        method: message.method ?? '',
        path: message.url ?? '',
        headers: message.headers,
        body,
        at: Date.now(),
      };
      received.push(request);
      await answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    received,
    paths: () => received.map((request) => request.path).filter((path) => path !== '/robots.txt'),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends a whole reply. */
export function reply(response: ServerResponse, type: string, body: string | Uint8Array, status = 200): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  reply(response, 'application/json;charset=UTF-8', JSON.stringify(value), status);
}

export function html(response: ServerResponse, body: string, status = 200): void {
  reply(response, 'text/html;charset=UTF-8', body, status);
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of message) body += String(chunk);
  return body;
}
