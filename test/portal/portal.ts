import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { momentOf } from '../../src/model/day.ts';
import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import { FaultBoard, replyUnder, tricksOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { SITE_IDS } from './model.ts';
import type { SiteId } from './model.ts';
import { hhFinance } from './sites/hh-finance.ts';
import { kyGov } from './sites/ky-gov.ts';
import { landchina } from './sites/landchina.ts';
import { shelfOf } from './sites/shelf.ts';
import type { Reply, Shelf, Site } from './sites/shelf.ts';
import { ynCcgp } from './sites/yn-ccgp.ts';
import { ynGgzy } from './sites/yn-ggzy.ts';
import type { Truth } from './truth.ts';
import { buildWorld, truthOf } from './world.ts';
import type { World } from './world.ts';

const SITES: Record<SiteId, (shelf: Shelf) => Site> = {
  landchina,
  yn_ccgp: ynCcgp,
  yn_ggzy: ynGgzy,
  ky_gov: kyGov,
  hh_finance: hhFinance,
};

export { parseFaults } from './faults.ts';

/** Requests carry small forms; anything larger is no crawler's. */
const MAX_REQUEST_BYTES = 1_000_000;
const HUGE_BYTES = 200 * 1024 * 1024;
const SLOW_MS = 60_000;

export interface PortalOptions {
  seed: number;
  /** Pages of Kaiyuan's projects. */
  notices: number;
  /** Last day of the world; default 2026-11-20. */
  today?: LocalDay;
  months?: number;
  faults?: readonly Fault[];
  /** Epoch ms. Pages published later are not there yet; default: the end of `today`, when everything is. */
  now?: () => number;
  /** Pause before each answer, ms: a site of a certain slowness. */
  delayMs?: number;
  /** One line a request. */
  log?: (line: string) => void;
}

export interface Portal {
  /** `http://127.0.0.1:PORT` of each source. */
  addresses: Record<SiteId, string>;
  world: World;
  truth: Truth;
  /** Requests answered or refused by a fault, robots.txt included. */
  requests(): Record<SiteId, number>;
  /** Switches a fault on; resolves when it is in force. */
  fault(fault: Fault): Promise<void>;
  /** Ends the faults of a site, or all; resolves when the site answers again. */
  heal(site?: SiteId): Promise<void>;
  /** How often faults of a site struck. */
  hits(site: SiteId): number;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const bytesOf = (reply: Reply): Buffer =>
  typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : Buffer.from(reply.body);

function send(response: ServerResponse, reply: Reply): void {
  const bytes = bytesOf(reply);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
  response.end(bytes);
}

/** Promises the whole length, sends half, hangs up. */
function sendHalf(response: ServerResponse, reply: Reply): void {
  const bytes = bytesOf(reply);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

/** 200 MB under the lawful headers, as fast as the reader takes it and no faster. */
function sendHuge(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, reply.headers);
  const chunk = Buffer.alloc(256 * 1024, ' ');
  let left = HUGE_BYTES;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}

/** One site on a loopback port of its own, which stays the same while the site is down. */
class Host {
  private server: Server | null = null;
  private port = 0;
  private readonly handle: (request: IncomingMessage, response: ServerResponse) => void;

  constructor(handle: (request: IncomingMessage, response: ServerResponse) => void) {
    this.handle = handle;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    if (this.server !== null) return;
    const server = createServer(this.handle);
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    const server = this.server;
    if (server === null) return;
    this.server = null;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

/** Builds a world for the seed and serves its five sites on loopback, each on a free port. */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const world = buildWorld(options);
  const board = new FaultBoard();
  for (const fault of options.faults ?? []) board.add(fault);
  const counts = Object.fromEntries(SITE_IDS.map((id) => [id, 0])) as Record<SiteId, number>;
  const { now, log, delayMs = 0 } = options;
  const moment = (): LocalMoment => (now === undefined ? `${world.today}T23:59` : momentOf(now()));
  const pauses = new Set<NodeJS.Timeout>();
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        pauses.delete(timer);
        resolve();
      }, ms);
      pauses.add(timer);
    });

  const serve = async (site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://portal.invalid');
    const role = site.roleOf(url.pathname);
    counts[site.id]++;
    const fault = board.strike(site.id, role);
    const method = request.method ?? 'GET';
    const body = await bodyOf(request);
    if (body === null) {
      send(response, { status: 413, headers: { 'content-type': 'text/plain' }, body: 'Payload Too Large' });
      return;
    }
    const wait = delayMs + (fault?.kind === 'slow' ? (fault.delayMs ?? SLOW_MS) : 0);
    if (wait > 0) await pause(wait);
    const reply = replyUnder(fault, site.id, () =>
      site.respond({
        method,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body,
        tricks: tricksOf(fault),
      }),
    );
    log?.(`${site.id} ${method} ${request.url ?? '/'} ${reply.status}${fault === null ? '' : ` [${fault.kind}]`}`);
    if (response.destroyed) return;
    if (fault?.kind === 'truncated') sendHalf(response, reply);
    else if (fault?.kind === 'huge-body') sendHuge(response, reply);
    else send(response, reply);
  };

  const hosts = Object.fromEntries(
    SITE_IDS.map((id) => {
      const site = SITES[id](shelfOf(world.pages[id], moment));
      const host = new Host((request, response) => {
        serve(site, request, response).catch((error: unknown) => {
          // A caller that hangs up is its own affair; a fault of the bench must be seen.
          if (request.destroyed && response.destroyed) return;
          log?.(`${id} ${request.url ?? '/'} 测试门户内部错误：${String(error)}`);
          if (response.headersSent) response.destroy();
          else
            send(response, {
              status: 599,
              headers: { 'content-type': 'text/plain; charset=utf-8' },
              body: `测试门户内部错误：${String(error)}`,
            });
        });
      });
      return [id, host];
    }),
  ) as Record<SiteId, Host>;
  for (const id of SITE_IDS) await hosts[id].up();
  const addresses = Object.fromEntries(SITE_IDS.map((id) => [id, hosts[id].address])) as Record<SiteId, string>;
  for (const id of SITE_IDS) if (board.isDown(id)) await hosts[id].down();

  return {
    addresses,
    world,
    truth: truthOf(world),
    requests: () => ({ ...counts }),
    async fault(fault) {
      board.add(fault);
      if (fault.kind === 'down') await hosts[fault.site].down();
    },
    async heal(site) {
      board.clear(site);
      for (const id of SITE_IDS) if (site === undefined || site === id) await hosts[id].up();
    },
    hits: (site) => board.hits(site),
    async close() {
      for (const timer of pauses) clearTimeout(timer);
      pauses.clear();
      for (const id of SITE_IDS) await hosts[id].down();
    },
  };
}
