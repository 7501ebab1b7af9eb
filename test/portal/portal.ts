import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays, epochOf, momentOf } from '../../src/model/day.ts';
import type { LocalDay, LocalMoment } from '../../src/model/day.ts';
import { episodesOf } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { eventsOf, isKnowable, isLongEnough, pageAt } from './events.ts';
import type { PageEvent } from './events.ts';
import { FaultBoard, isOfLists, replyUnder, tricksOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { SITE_IDS } from './model.ts';
import type { Page, SiteId } from './model.ts';
import { hhFinance } from './sites/hh-finance.ts';
import { kyGov } from './sites/ky-gov.ts';
import { landchina } from './sites/landchina.ts';
import { NO_TRICKS, shelfOf } from './sites/shelf.ts';
import type { ListView, Reply, Shelf, Site } from './sites/shelf.ts';
import { ynCcgp } from './sites/yn-ccgp.ts';
import { ynGgzy } from './sites/yn-ggzy.ts';
import { SiteValidators } from './validators.ts';
import type { PlantedEvent, PlantedTrouble, Truth } from './truth.ts';
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
  /** Days before `today` that are lived through: sites fall ill and pages change on them. */
  days?: number;
  /** Pause before each answer, ms: a site of a certain slowness. */
  delayMs?: number;
  /** One line a request: site, method, address, what was posted, status. */
  log?: (line: string) => void;
}

export interface Portal {
  /** `http://127.0.0.1:PORT` of each source; while a site's name or encryption fails, the address under which it does. */
  readonly addresses: Record<SiteId, string>;
  world: World;
  truth: Truth;
  /** Requests answered or refused by a fault, robots.txt included. */
  requests(): Record<SiteId, number>;
  /** Begins a day of those lived through: yesterday's faults end where they do, today's begin. */
  dawn(day: LocalDay): Promise<void>;
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
  if (reply.status === 304) {
    response.writeHead(304, reply.headers).end();
    return;
  }
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
  const since = addDays(world.today, -(options.days ?? 0));
  const lived = isLongEnough(since, world.today);
  const episodes = lived ? episodesOf(world.seed, since, world.today) : [];
  /** Faults of lists that no answer has shown so far. */
  const hidden = new Set<Fault>(episodes.map((episode) => episode.fault).filter(isOfLists));
  const events = lived ? eventsOf(world.seed, world.projects, since, world.today) : [];
  const eventOf = new Map(events.map((event) => [event.page, event]));
  const as = lived ? (page: Page, at: LocalMoment) => pageAt(page, eventOf.get(page), at) : undefined;
  const isThere = (page: Page): boolean => (as === undefined ? page.at <= moment() : as(page, moment()) !== null);
  let frozenAt: LocalMoment | null = null;
  let missingDay: LocalDay | null = null;

  /** Of Kaiyuan's own projects: junk of other counties would be passed over. */
  const newestOf = (site: SiteId, channel: string): Page | undefined =>
    world.pages[site].find(
      (page) => page.channel === channel && page.notice.project.id.startsWith('P') && isThere(page),
    );
  const momentOn = (site: SiteId): LocalMoment =>
    board.has(site, 'frozen') && frozenAt !== null ? frozenAt : moment();
  const viewOf = (site: SiteId): ListView | null => {
    if (board.has(site, 'missing-day'))
      return { hides: (page) => page.at.slice(0, 10) === missingDay, extra: () => [] };
    if (board.has(site, 'shrunken')) {
      const newest = new Set(world.pages[site].filter(isThere).slice(0, SHRUNKEN_TO));
      return { hides: (page) => !newest.has(page), extra: () => [] };
    }
    const flooded = board.has(site, 'flood');
    if (!flooded && !board.has(site, 'duplicate-flood')) return null;
    const many = flooded ? FLOOD : DUPLICATES;
    return { hides: () => false, extra: (channel) => junk(newestOf(site, channel), moment(), many, !flooded) };
  };
  const validators = Object.fromEntries(SITE_IDS.map((id) => [id, new SiteValidators(id)])) as Record<
    SiteId,
    SiteValidators
  >;
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
    const ask = { method, path: url.pathname, query: url.searchParams, headers: request.headers, body };
    const sent = replyUnder(fault, site.id, () => site.respond({ ...ask, tricks: tricksOf(fault) }));
    if (fault !== null && hidden.has(fault)) {
      const lawful = site.respond({ ...ask, tricks: NO_TRICKS });
      if (!bytesOf(sent).equals(bytesOf(lawful))) hidden.delete(fault);
    }
    const stale = board.has(site.id, 'stale-validators');
    const at = now?.() ?? epochOf(`${world.today}T23:59`);
    const reply = fault === null ? validators[site.id].answer(ask, sent, at, stale) : sent;
    if (now === undefined) response.sendDate = false;
    else response.setHeader('date', new Date(now() + (board.has(site.id, 'clock-skew') ? SKEW_MS : 0)).toUTCString());
    log?.(
      `${site.id} ${method} ${request.url ?? '/'}${body === '' ? '' : ` ${body}`} ${reply.status}${fault === null ? '' : ` [${fault.kind}]`}`,
    );
    if (response.destroyed) return;
    if (fault?.kind === 'truncated') sendHalf(response, reply);
    else if (fault?.kind === 'huge-body') sendHuge(response, reply);
    else send(response, reply);
  };

  const hosts = Object.fromEntries(
    SITE_IDS.map((id) => {
      const site = SITES[id](
        shelfOf(
          world.pages[id],
          () => momentOn(id),
          as,
          () => viewOf(id),
        ),
      );
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
  const addressOf = (id: SiteId): string => {
    const { address } = hosts[id];
    if (board.has(id, 'tls')) return address.replace('http:', 'https:');
    return board.has(id, 'dns') ? address.replace('127.0.0.1', `${id.replaceAll('_', '-')}.invalid`) : address;
  };
  for (const id of SITE_IDS) if (board.has(id, 'down')) await hosts[id].down();

  const isWell = (site: SiteId, day: LocalDay): boolean =>
    episodes.every((episode) => episode.site !== site || day < episode.from || day > episode.to);
  const plantedEvents = events.map((event) => plantedEvent(event, isKnowable(event, world.today, isWell)));
  const truthOfWorld = truthOf(world);
  const fault = async (one: Fault): Promise<void> => {
    board.add(one);
    if (one.kind === 'down') await hosts[one.site].down();
  };
  const heal = async (site?: SiteId): Promise<void> => {
    board.clear(site);
    for (const id of SITE_IDS) if (site === undefined || site === id) await hosts[id].up();
  };
  const dawn = async (day: LocalDay): Promise<void> => {
    for (const { site, to } of episodes) if (addDays(to, 1) === day) await heal(site);
    for (const { site, fault: planted, from, to } of episodes) {
      if (day < from || day > to) continue;
      if (planted.kind === 'frozen') frozenAt = `${addDays(from, -1)}T23:59`;
      if (planted.kind === 'missing-day') {
        missingDay = busiestDay(world.pages[site], addDays(from, -8), addDays(from, -3));
      }
      // Anew each morning: faults after so many requests count those of a day.
      board.clear(site);
      await fault(planted);
    }
  };
  return {
    get addresses() {
      return Object.fromEntries(SITE_IDS.map((id) => [id, addressOf(id)])) as Record<SiteId, string>;
    },
    world,
    get truth() {
      return {
        ...truthOfWorld,
        troubles: episodes.map((episode) => troubleOf(episode, !hidden.has(episode.fault))),
        events: plantedEvents,
      };
    },
    requests: () => ({ ...counts }),
    dawn,
    fault,
    heal,
    hits: (site) => board.hits(site),
    async close() {
      for (const timer of pauses) clearTimeout(timer);
      pauses.clear();
      for (const id of SITE_IDS) await hosts[id].down();
    },
  };
}

/** Rows that are left, of all columns together. */
const SHRUNKEN_TO = 6;
const FLOOD = 400;
const DUPLICATES = 60;
const SKEW_MS = 3 * 3600_000;

/** Rows that stand for nothing: the newest page of the list under other names and ids, or under the same name. */
function junk(newest: Page | undefined, moment: LocalMoment, many: number, alike: boolean): Page[] {
  if (newest === undefined) return [];
  return Array.from({ length: many }, (_, i) => ({
    ...newest,
    at: `${moment.slice(0, 10)}T00:00`,
    title: alike ? newest.title : `开远市${newest.title.replace(/^开远市/, '')}（第${i + 1}号）`,
    externalId: `zfcgxx/${moment.slice(0, 7).replace('-', '')}/${9_000_000 + i}.html`,
  }));
}

/** The day of the span on which the site put up most. */
function busiestDay(pages: readonly Page[], from: LocalDay, to: LocalDay): LocalDay {
  const counts = new Map<LocalDay, number>();
  for (const { at, notice } of pages) {
    const day = at.slice(0, 10);
    // Of Kaiyuan's projects, which alone are kept.
    if (day >= from && day <= to && notice.project.id.startsWith('P')) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? 1 : -1))[0]?.[0] ?? to;
}

const troubleOf = ({ site, fault, from, to, says }: Episode, shown: boolean): PlantedTrouble => ({
  class: fault.kind,
  site,
  from,
  to,
  says,
  shown,
});

const idOf = ({ site, externalId }: Page): string => `${site}:${externalId}`;

const plantedEvent = ({ kind, page, from }: PageEvent, knowable: boolean): PlantedEvent => ({
  class: kind,
  notice: idOf(page),
  copies: page.notice.pages.map(idOf),
  from,
  knowable,
});
