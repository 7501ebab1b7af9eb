import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, LookupFunction } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';

import type { SourceRequest } from '../model/source.ts';
import { createFetcher } from './fetch.ts';
import type { Fetched, FetcherOptions, Turn } from './fetch.ts';
import { html, json, reply, startSite } from './testing/site.ts';
import type { Answer, TestSite } from './testing/site.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const straight: Turn = (_url, run) => run();

async function site(answer: Answer): Promise<TestSite> {
  const started = await startSite(answer);
  closers.push(() => started.close());
  return started;
}

function fetcherFor(address: string, options: Partial<FetcherOptions> = {}) {
  const fetcher = createFetcher({
    userAgent: 'Gongshi/0.1.0 (+0873-7123456)',
    ownHosts: (url) => url.host === new URL(address).host,
    clock: { now: () => Date.now() },
    timeoutMs: 60_000,
    maxBodyBytes: 100_000,
    ...options,
  });
  closers.push(() => fetcher.close());
  return fetcher;
}

function ask(address: string, path = '/', parts: Partial<SourceRequest> = {}): SourceRequest {
  return {
    key: path,
    channelId: 'c',
    role: 'list',
    method: 'GET',
    url: `${address}${path}`,
    expects: 'html',
    ...parts,
  };
}

async function fetchOnce(answer: Answer, options: Partial<FetcherOptions> = {}): Promise<Fetched> {
  const { address } = await site(answer);
  return fetcherFor(address, options).fetch(ask(address), straight);
}

describe('what is sent', () => {
  it('says who asks and how to reach them, and carries no header of a browser', async () => {
    const { address, received } = await site((_request, response) => html(response, 'ok'));
    await fetcherFor(address).fetch(ask(address, '/', { headers: { Referer: `${address}/list` } }), straight);
    const { headers } = received[0]!;
    expect(headers['user-agent']).toBe('Gongshi/0.1.0 (+0873-7123456)');
    expect(headers['referer']).toBe(`${address}/list`);
    expect(Object.keys(headers).filter((name) => name.startsWith('sec-') || name === 'accept-language')).toEqual([]);
  });

  it('JSON goes as JSON, a form as a form', async () => {
    const { address, received } = await site((_request, response) => json(response, {}));
    const fetcher = fetcherFor(address);
    await fetcher.fetch(ask(address, '/a', { method: 'POST', json: { pageNum: 1, xzqDm: '532502' } }), straight);
    await fetcher.fetch(ask(address, '/b', { method: 'POST', form: { LEVEL: '1', 标题: '公路' } }), straight);
    expect(received[0]!.headers['content-type']).toContain('application/json');
    expect(JSON.parse(received[0]!.body)).toEqual({ pageNum: 1, xzqDm: '532502' });
    expect(received[1]!.headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(received[1]!.body))).toEqual({ LEVEL: '1', 标题: '公路' });
  });

  it('the session of a warm-up is kept for the requests after it, and for no other host', async () => {
    const { address, received } = await site((request, response) => {
      if (request.path === '/warm')
        response.setHeader('set-cookie', ['JSESSIONID=s1; Path=/; HttpOnly', 'gone=1; Max-Age=0']);
      json(response, {});
    });
    const other = await site((_request, response) => json(response, {}));
    const fetcher = fetcherFor(address, { ownHosts: () => true });
    await fetcher.fetch(ask(address, '/warm'), straight);
    await fetcher.fetch(ask(address, '/list'), straight);
    await fetcher.fetch(ask(other.address, '/list'), straight);
    expect(received[1]!.headers['cookie']).toBe('JSESSIONID=s1');
    expect(other.received[0]!.headers['cookie']).toBeUndefined();
  });
});

describe('what comes back', () => {
  it('is bytes: a GBK page arrives as it was sent (trap 4)', async () => {
    // 成交公告 in GBK, with no charset in the header.
    const gbk = Buffer.from('3c68746d6c3eb3c9bdbbb9abb8e63c2f68746d6c3e', 'hex');
    const { page } = await fetchOnce((_request, response) => reply(response, 'text/html', gbk));
    expect(Buffer.from(page!.bytes).equals(gbk)).toBe(true);
    expect(new TextDecoder('gb18030').decode(page!.bytes)).toContain('成交公告');
  });

  it('is decompressed', async () => {
    const { page, failure } = await fetchOnce((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      reply(response, 'text/html', gzipSync('<html>成交公告</html>'));
    });
    expect(failure).toBeNull();
    expect(Buffer.from(page!.bytes).toString()).toBe('<html>成交公告</html>');
  });

  it('a status that is no success is still a page', async () => {
    const { page, failure } = await fetchOnce((_request, response) => html(response, '系统维护', 503));
    expect([page?.status, failure]).toEqual([503, null]);
  });
});

describe('redirects', () => {
  it('are followed inside the source, each at its own turn', async () => {
    const { address } = await site((request, response) => {
      if (request.path === '/end') return html(response, 'here');
      response.writeHead(302, { location: '/end' }).end();
    });
    const turns: string[] = [];
    const { page } = await fetcherFor(address).fetch(ask(address), (url, run) => {
      turns.push(url.pathname);
      return run();
    });
    expect(page?.url).toBe(`${address}/end`);
    expect(turns).toEqual(['/', '/end']);
  });

  it('to another host are not followed: REDIRECTED_ELSEWHERE, with the reply that said so', async () => {
    const other = await site((_request, response) => html(response, 'elsewhere'));
    const result = await fetchOnce((_request, response) => {
      response.writeHead(302, { location: `${other.address}/` }).end();
    });
    expect(result.failure?.code).toBe('REDIRECTED_ELSEWHERE');
    expect(result.page?.status).toBe(302);
    expect(other.received).toEqual([]);
  });

  it('a fourth redirect is one too many', async () => {
    const { address, received } = await site((request, response) => {
      response.writeHead(302, { location: `${request.path}x` }).end();
    });
    const { failure } = await fetcherFor(address).fetch(ask(address), straight);
    expect(failure?.code).toBe('REDIRECTED_ELSEWHERE');
    expect(received.length).toBe(4);
  });

  it('a list that links to another host is not followed there', async () => {
    const { address } = await site((_request, response) => html(response, 'ok'));
    const { failure } = await fetcherFor(address).fetch(ask('http://169.254.169.254', '/latest'), straight);
    expect(failure?.code).toBe('REDIRECTED_ELSEWHERE');
  });
});

describe('each way of failing has its name', () => {
  it('nobody listens: CONNECTION_REFUSED', async () => {
    const { address, close } = await startSite(() => {});
    await close();
    const { failure } = await fetcherFor(address).fetch(ask(address), straight);
    expect(failure?.code).toBe('CONNECTION_REFUSED');
  });

  it('a name that nobody knows: DNS_FAILED', async () => {
    const lookup: LookupFunction = (hostname, _options, callback) =>
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), '', 4);
    const address = 'http://ggzy.example.test';
    const { failure } = await fetcherFor(address, { lookup }).fetch(ask(address), straight);
    expect(failure?.code).toBe('DNS_FAILED');
  });

  it('a public name that leads into the office network: PRIVATE_ADDRESS, and nothing is sent', async () => {
    const inside = await site((_request, response) => html(response, '内网'));
    const { port } = new URL(inside.address);
    const lookup: LookupFunction = (_hostname, options, callback) =>
      options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
    const address = `http://ggzy.example.test:${port}`;
    const { failure } = await fetcherFor(address, { lookup }).fetch(ask(address), straight);
    expect(failure?.code).toBe('PRIVATE_ADDRESS');
    expect(inside.received).toEqual([]);
  });

  it('a server that speaks no TLS: TLS_FAILED', async () => {
    const { address } = await site((_request, response) => html(response, 'plain'));
    const https = address.replace('http:', 'https:');
    const { failure } = await fetcherFor(https).fetch(ask(https), straight);
    expect(failure?.code).toBe('TLS_FAILED');
  });

  it('no answer in time: TIMED_OUT', async () => {
    const { failure } = await fetchOnce(() => {}, { timeoutMs: 100 });
    expect(failure?.code).toBe('TIMED_OUT');
  });

  it('a body that drips without end: TIMED_OUT, never a wait for ever', async () => {
    const { failure } = await fetchOnce(
      (_request, response) => {
        const drip = setInterval(() => response.write('x'), 10);
        response.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 100 },
    );
    expect(failure?.code).toBe('TIMED_OUT');
  });

  it('the connection is cut before the headers: CONNECTION_LOST', async () => {
    const { failure } = await fetchOnce((_request, response) => {
      response.socket?.destroy();
    });
    expect(failure?.code).toBe('CONNECTION_LOST');
  });

  it('what answers is no HTTP: CONNECTION_LOST', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { failure } = await fetcherFor(address).fetch(ask(address), straight);
    expect(failure?.code).toBe('CONNECTION_LOST');
  });

  it('fewer bytes than announced: BODY_TRUNCATED, with what had arrived', async () => {
    const result = await fetchOnce((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': 1000 });
      response.write('<html>成交', () => response.destroy());
    });
    expect(result.failure?.code).toBe('BODY_TRUNCATED');
    expect(Buffer.from(result.page!.bytes).toString()).toBe('<html>成交');
  });

  it('a chunked body without its end: BODY_TRUNCATED', async () => {
    const { failure } = await fetchOnce((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<html>成交', () => response.destroy());
    });
    expect(failure?.code).toBe('BODY_TRUNCATED');
  });

  it('a gzip body cut in the middle: BODY_TRUNCATED', async () => {
    const cut = gzipSync('<html>成交公告</html>'.repeat(500)).subarray(0, 60);
    const { failure } = await fetchOnce((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      reply(response, 'text/html', cut);
    });
    expect(failure?.code).toBe('BODY_TRUNCATED');
  });

  it('a body announced as too large is not read: BODY_TOO_LARGE', async () => {
    const { failure, page } = await fetchOnce((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': 200_000_000 });
      response.write('<html>');
    });
    expect([failure?.code, page]).toEqual(['BODY_TOO_LARGE', null]);
  });

  it('of a 200 MB body that does not say so no more is taken than the bound', async () => {
    let socketBytes = 0;
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    const before = process.memoryUsage().rss;
    const { failure } = await fetchOnce((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      let sent = 0;
      const more = (): void => {
        while (sent < 200_000_000 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      response.on('close', () => (socketBytes = sent));
      more();
    });
    expect(failure?.code).toBe('BODY_TOO_LARGE');
    await expect.poll(() => socketBytes).toBeGreaterThan(0);
    // The bound, and what the sockets of both ends held at that moment.
    expect(socketBytes).toBeLessThan(20_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('a small file that unpacks to 200 MB is stopped at the bound', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20));
    const before = process.memoryUsage().rss;
    const { failure } = await fetchOnce(
      (_request, response) => {
        response.setHeader('content-encoding', 'gzip');
        reply(response, 'text/html', bomb);
      },
      { maxBodyBytes: 300_000 },
    );
    expect(failure?.code).toBe('BODY_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('a request that cannot be sent is our mistake and no fault of the site', async () => {
    const { address } = await site((_request, response) => html(response, 'ok'));
    const request = ask(address, '/', { headers: { referer: 'a\nb' } });
    await expect(fetcherFor(address).fetch(request, straight)).rejects.toThrow(TypeError);
  });
});
