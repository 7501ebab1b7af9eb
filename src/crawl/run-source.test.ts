import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { epochOf } from '../model/day.ts';
import type { FailureCode } from '../model/failure.ts';
import { SiteFailure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import { crawlAll } from './crawl.ts';
import { LeaseKeeper } from './leases.ts';
import { crawlSource } from './run-source.ts';
import type { CrawlProgress } from './progress.ts';
import { RequestLog } from './request-log.ts';
import type { CrawlSourceOptions } from './run-source.ts';
import { MemoryArchive } from './testing/memory-archive.ts';
import type { Answer, TestSite } from './testing/site.ts';
import { html, json, reply } from './testing/site.ts';
import { notices, readScripted, scriptedSource, startScriptedSite } from './testing/source.ts';
import type { Script, ScriptedSourceOptions } from './testing/source.ts';
import { createWeb, userAgentOf } from './web.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const MARCH_20 = epochOf('2026-03-20T09:00');
const OPEN = { since: null, until: null };

/** A store, an archive and a clock that one test's crawls share. */
async function bench() {
  const store = await openSqliteStore(':memory:');
  closers.push(() => store.close());
  const archive = new MemoryArchive();
  const clock = { at: MARCH_20, now: () => clock.at };
  const slept: number[] = [];
  const web = createWeb({
    userAgent: 'Gongshi/0.1.0 (+test)',
    sleep: (ms) => {
      slept.push(ms);
      clock.at += ms;
      return Promise.resolve();
    },
  });
  const options = { store, archive, web, clock, window: OPEN, full: false, newId: randomUUID };
  return {
    ...options,
    slept,
    crawl: (source: ScriptedSourceOptions, more: Partial<CrawlSourceOptions> = {}): Promise<Run> =>
      crawlSource({ ...options, adapter: scriptedSource(source), ...more }),
  };
}

async function site(script: Partial<Script>): Promise<TestSite> {
  const started = await startScriptedSite({ channels: { c1: notices('a', 5) }, pageSize: 2, ...script });
  closers.push(() => started.close());
  return started;
}

/** Ids of all stored notices, in order. */
async function storedIds(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for await (const notice of store.notices.all()) ids.push(notice.id);
  return ids.sort();
}

const idsOf = (prefix: string, count: number, source = 'scripted'): string[] =>
  notices(prefix, count)
    .map(({ id }) => `${source}:${id}`)
    .sort();

function worker(store: Store, owner = 'this worker'): LeaseKeeper {
  return new LeaseKeeper({ store: store.leases, owner });
}

describe('a crawl of a healthy source', () => {
  it('reads every page and every notice, is complete, and covers the days up to its newest notice', async () => {
    const { address, paths } = await site({});
    const { crawl, store, archive } = await bench();
    const run = await crawl({ address, channels: [{}] });
    expect(run).toMatchObject({ outcome: 'complete', reason: null, failures: [] });
    expect(run.channels[0]).toMatchObject({ listed: 5, inRegion: 5, siteTotal: 5, fetched: 5, created: 5, failed: 0 });
    // Its newest notice is of the fifth: it proves nothing about the days since.
    expect(run.channels[0]?.covers).toEqual({ from: null, to: '2026-03-05' });
    expect(await storedIds(store)).toEqual(idsOf('a', 5));
    expect(paths()).toHaveLength(3 + 5);
    expect(run.requests).toBeGreaterThanOrEqual(8);
    expect(archive.entries).toHaveLength(8);
  });

  it('stores a notice with the page it was read from', async () => {
    const { address } = await site({});
    const { crawl, store, archive } = await bench();
    await crawl({ address, channels: [{}] });
    const notice = await store.notices.get('scripted:a1');
    expect(notice?.fields.title).toBe('开远市第a1号项目成交结果公告');
    expect(notice?.firstSeenAt).toBe(MARCH_20);
    expect(archive.text(notice?.archiveId)).toContain('开远市第a1号项目成交结果公告');
    const record = await store.runs.archiveRecord(notice?.archiveId ?? '');
    expect(record).toMatchObject({ url: `${address}/notice/a1`, status: 200, sourceId: 'scripted' });
  });

  it('makes the warm-up alone and first, and its session reaches the list', async () => {
    const { address, received } = await site({});
    await (await bench()).crawl({ address, channels: [{}], session: true });
    const asked = received.filter((request) => request.path !== '/robots.txt');
    expect(asked[0]?.path).toBe('/session');
    expect(asked.slice(1).every((request) => request.headers.cookie === 'JSESSIONID=abc123')).toBe(true);
  });

  it('tells how far it is', async () => {
    const { address } = await site({});
    const told: CrawlProgress[] = [];
    await (await bench()).crawl({ address, channels: [{}] }, { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ sourceId: 'scripted', done: 8, waiting: 0, failed: 0 });
    expect(told.some(({ waiting }) => waiting > 0)).toBe(true);
  });
});

describe('a second crawl', () => {
  it('in the same process really asks again (trap 2)', async () => {
    const { address, paths } = await site({});
    const { crawl } = await bench();
    await crawl({ address, channels: [{}] });
    const before = paths().length;
    expect((await crawl({ address, channels: [{}] })).outcome).toBe('complete');
    expect(paths().length - before).toBeGreaterThanOrEqual(3);
  });

  it('at the same moment as another, both really ask (trap 2)', async () => {
    const one = await site({ channels: { c1: notices('a', 20) } });
    const two = await site({ channels: { c1: notices('b', 20) } });
    const { crawl, store } = await bench();
    const runs = await Promise.all([
      crawl({ id: 'one', address: one.address, channels: [{}] }),
      crawl({ id: 'two', address: two.address, channels: [{}] }),
    ]);
    expect(runs.map((run) => run.channels[0]?.created)).toEqual([20, 20]);
    expect(await storedIds(store)).toEqual([...idsOf('a', 20, 'one'), ...idsOf('b', 20, 'two')]);
  });

  it('leaves old notices alone where the list is unchanged, reads young ones again, and with --full all', async () => {
    const { address, paths } = await site({ channels: { c1: notices('a', 20) }, pageSize: 50 });
    const { crawl, store, clock } = await bench();
    await crawl({ address, channels: [{}] });
    clock.at += 3600_000;
    const count = async (full: boolean): Promise<number> => {
      const before = paths().length;
      expect((await crawl({ address, channels: [{}] }, { full })).outcome).toBe('complete');
      return paths()
        .slice(before)
        .filter((path) => path.startsWith('/notice/')).length;
    };
    // On 20 March: those of the 10th to the 20th.
    expect(await count(false)).toBe(11);
    expect(await count(true)).toBe(20);
    const old = await store.notices.get('scripted:a1');
    expect([old?.firstSeenAt, old?.revision]).toEqual([MARCH_20, 1]);
    expect(old?.lastSeenAt).toBe(clock.at);
  });

  it('finds a silent edit, and keeps what was there before', async () => {
    const published = notices('a', 1);
    const { address } = await site({ channels: { c1: published } });
    const { crawl, store, clock } = await bench();
    published[0]!.date = '2026-03-19';
    await crawl({ address, channels: [{}] });
    published[0]!.title = '开远市第a1号项目成交结果公告（更正）';
    clock.at += 86_400_000;
    const run = await crawl({ address, channels: [{}] });
    expect(run.channels[0]).toMatchObject({ created: 0, changed: 1 });
    expect((await store.notices.revisions('scripted:a1')).map((r) => r.fields.title)).toEqual([
      '开远市第a1号项目成交结果公告',
      '开远市第a1号项目成交结果公告（更正）',
    ]);
  });
});

describe('when a notice was last known to be absent', () => {
  it('is the start of the last complete run that reached its day', async () => {
    const published = [...notices('a', 2), { id: 'new', title: '较新的公告', date: '2026-03-19' }];
    const { address } = await site({ channels: { c1: published } });
    const { crawl, store, clock } = await bench();
    await crawl({ address, channels: [{}] });
    clock.at += 86_400_000;
    const lastStart = clock.at;
    await crawl({ address, channels: [{}] });
    clock.at += 86_400_000;
    published.push({ id: 'late', title: '倒签日期的公告', date: '2026-03-10' });
    await crawl({ address, channels: [{}] });
    expect((await store.notices.get('scripted:a1'))?.absentAt).toBeNull();
    expect((await store.notices.get('scripted:late'))?.absentAt).toBe(lastStart);
  });

  it('is unknown where no complete run reached its day', async () => {
    const published = notices('a', 2);
    const { address } = await site({ channels: { c1: published } });
    const { crawl, store, clock } = await bench();
    await crawl({ address, channels: [{}] }, { window: { since: '2026-03-15', until: null } });
    clock.at += 86_400_000;
    published.push({ id: 'older', title: '较早的公告', date: '2026-03-10' });
    await crawl({ address, channels: [{}] });
    expect((await store.notices.get('scripted:older'))?.absentAt).toBeNull();
  });

  it('is not concluded from an incomplete run', async () => {
    const published = notices('a', 2);
    const { address } = await site({
      channels: { c1: published },
      fault: (path, tries) => path === '/notice/a1' && tries === 1 && ((_request, response) => html(response, '', 404)),
    });
    const { crawl, store, clock } = await bench();
    expect((await crawl({ address, channels: [{}] })).outcome).toBe('incomplete');
    clock.at += 86_400_000;
    published.push({ id: 'late', title: '公告', date: '2026-03-10' });
    await crawl({ address, channels: [{}] });
    expect((await store.notices.get('scripted:late'))?.absentAt).toBeNull();
  });
});

describe('robots.txt', () => {
  it('what it disallows is not asked for, and the run says so (trap 5)', async () => {
    const { address, paths } = await site({ robots: 'User-agent: *\nDisallow: /notice/a2\n' });
    const run = await (await bench()).crawl({ address, channels: [{}] });
    expect(paths()).not.toContain('/notice/a2');
    expect(run.outcome).toBe('incomplete');
    expect(run.failures.map((failure) => failure.code)).toEqual(['ROBOTS_DISALLOWED']);
  });

  it('its Crawl-delay spaces every request after it, strictly (trap 5)', async () => {
    const starts: number[] = [];
    const { address } = await site({ channels: { c1: notices('a', 3) }, robots: 'User-agent: *\nCrawl-delay: 0.04\n' });
    const { crawl } = await bench();
    const web = createWeb({
      userAgent: 'Gongshi/0.1.0',
      sleep: () => Promise.resolve(),
      log: new RequestLog('test', async ([sent]) => void starts.push(sent!.at)),
    });
    await crawl({ address, channels: [{}] }, { web });
    expect(starts).toHaveLength(1 + 2 + 3);
    expect(Math.min(...starts.slice(1).map((at, i) => at - starts[i]!))).toBeGreaterThanOrEqual(40);
  });

  it('where it answers 5xx nothing is asked, and the run is rejected with the reason', async () => {
    const { address, paths } = await site({
      fault: (path) => path === '/robots.txt' && ((_request, response) => html(response, '', 503)),
    });
    const { crawl, slept } = await bench();
    const run = await crawl({ address, channels: [{}] });
    expect(paths()).toEqual([]);
    expect(run.outcome).toBe('rejected');
    expect(run.reason).toMatch(/robots\.txt 无法取得.*RFC 9309/);
    expect(slept).toEqual([2_000, 10_000, 30_000]);
  });
});

describe('quiet hours', () => {
  it('are waited for, and said', async () => {
    const { address } = await site({});
    const { crawl, slept } = await bench();
    const told: (number | null)[] = [];
    const settings = { quietHours: { from: 8, to: 18 } };
    const onProgress = (progress: CrawlProgress): unknown => told.push(progress.quietUntil);
    await crawl({ address, channels: [{}], settings }, { onProgress });
    expect(slept).toEqual([9 * 3600_000]);
    expect(told[0]).toBe(epochOf('2026-03-20T18:00'));
    expect(told.at(-1)).toBeNull();
  });
});

type Fault = [
  name: string,
  code: FailureCode | 'PARSER_BROKEN',
  outcome: Run['outcome'],
  path: string,
  answer: Answer,
  read?: ScriptedSourceOptions['read'],
];

const FAULTS: Fault[] = [
  ['the connection is cut', 'CONNECTION_LOST', 'incomplete', '/notice/a2', (_q, r) => void r.destroy()],
  ['it does not answer', 'TIMED_OUT', 'incomplete', '/notice/a2', () => {}],
  [
    'it redirects elsewhere',
    'REDIRECTED_ELSEWHERE',
    'incomplete',
    '/notice/a2',
    (_q, r) => void r.writeHead(302, { location: 'http://other.example.test/' }).end(),
  ],
  ['it answers 404', 'HTTP_4XX', 'incomplete', '/notice/a2', (_q, r) => html(r, '没有', 404)],
  ['it answers 502', 'HTTP_5XX', 'incomplete', '/notice/a2', (_q, r) => html(r, '网关错误', 502)],
  [
    'a page arrives where JSON was due',
    'WRONG_CONTENT_TYPE',
    'rejected',
    '/list/c1?page=1',
    (_q, r) => html(r, `<html>${'系统维护。'.repeat(200)}</html>`),
  ],
  [
    'the interface reports an error',
    'SITE_ERROR',
    'rejected',
    '/list/c1?page=1',
    (_q, r) => json(r, { status: 500, message: '系统异常' }),
  ],
  [
    'the list has another shape',
    'LIST_STRUCTURE_CHANGED',
    'rejected',
    '/list/c1?page=1',
    (_q, r) => json(r, { records: [] }),
  ],
  [
    'the list is empty',
    'LIST_EMPTY',
    'rejected',
    '/list/c1?page=1',
    (_q, r) => json(r, { rows: [], total: 0, pages: 0 }),
  ],
  [
    'the body is cut',
    'BODY_TRUNCATED',
    'incomplete',
    '/notice/a2',
    (_q, r) => {
      r.writeHead(200, { 'content-type': 'text/html', 'content-length': 5000 });
      r.write('<html><h1>成交', () => r.destroy());
    },
  ],
  [
    'the body has no end',
    'BODY_TOO_LARGE',
    'incomplete',
    '/notice/a2',
    (_q, r) => reply(r, 'text/html', Buffer.alloc(3_000_000, 0x20)),
  ],
  [
    'it demands a captcha',
    'CHALLENGE',
    'rejected',
    '/notice/a2',
    (_q, r) => html(r, '<html><title>安全验证</title>请完成安全验证<script></script></html>'),
  ],
  ['it refuses us', 'BLOCKED', 'rejected', '/notice/a2', (_q, r) => html(r, 'Forbidden', 403)],
  ['a field is missing', 'FIELD_MISSING', 'incomplete', '/notice/a2', (_q, r) => html(r, '<html>维护中</html>')],
  [
    'the charset cannot be told',
    'CHARSET_BROKEN',
    'incomplete',
    '/notice/a2',
    (_q, r) => reply(r, 'text/html', Buffer.from('<html>\xff\xfe\x81')),
    (page) => {
      if (!page.url.endsWith('/a2')) return undefined;
      throw new SiteFailure('CHARSET_BROKEN', page.url);
    },
  ],
  [
    'our own parser breaks',
    'PARSER_BROKEN',
    'incomplete',
    '/notice/a2',
    (_q, r) => html(r, '<html><h1>怪页面</h1></html>'),
    (page) => {
      if (!page.url.endsWith('/a2')) return undefined;
      return (undefined as unknown as { rows: [] }).rows as never;
    },
  ],
];

describe('a fault in one place is named, archived, and costs nothing else', () => {
  it.each(FAULTS)('%s: %s', async (_name, code, outcome, path, answer, read) => {
    const broken = await site({ fault: (asked) => asked === path && answer });
    const healthy = await site({ channels: { c1: notices('h', 5) } });
    const { store, archive, web, clock } = await bench();
    // Only where no answer is to come, it is not waited for long.
    const settings = code === 'TIMED_OUT' ? { timeoutMs: 500 } : {};
    const adapters = [
      scriptedSource({ channels: [{}], settings, id: 'broken', address: broken.address, read }),
      scriptedSource({ channels: [{}], id: 'healthy', address: healthy.address }),
    ];
    const runs = await crawlAll({
      adapters,
      store,
      leases: worker(store),
      archive,
      web,
      clock,
      window: OPEN,
      full: false,
      newId: randomUUID,
    });
    expect(runs.map((run) => run.outcome)).toEqual([outcome, 'complete']);
    const [failure, ...others] = runs[0]!.failures;
    expect([failure?.code, others]).toEqual([code, []]);
    expect(failure?.advice).not.toBe('');
    if (code !== 'LIST_EMPTY') expect(failure?.url).toBe(`${broken.address}${path}`);
    const answered = !['CONNECTION_LOST', 'TIMED_OUT', 'BODY_TOO_LARGE', 'LIST_EMPTY'].includes(code);
    expect(archive.entries.some((entry) => entry.id === failure?.archiveId)).toBe(answered);
    const stored = await storedIds(store);
    expect(stored.filter((id) => id.startsWith('healthy:'))).toEqual(idsOf('h', 5, 'healthy'));
    expect(stored).not.toContain('broken:a2');
    if (outcome === 'incomplete') expect(stored.filter((id) => id.startsWith('broken:'))).toHaveLength(4);
    expect((await store.runs.coverage()).map((span) => span.sourceId)).toEqual(['healthy']);
  });

  it('a site that is down is named as such, not as forbidding', async () => {
    const { address, close } = await startScriptedSite({ channels: {}, pageSize: 1 });
    await close();
    const run = await (await bench()).crawl({ address, channels: [{}, {}] });
    expect(run.failures.map((failure) => failure.code)).toEqual(['CONNECTION_REFUSED']);
    expect(run.outcome).toBe('rejected');
    expect(run.channels.map((channel) => channel.outcome)).toEqual(['rejected', 'rejected']);
  });

  it('after a healthy run again, what a rejected run left is whole, and nothing is doubled', async () => {
    let captcha = false;
    const { address } = await site({
      fault: (path) => captcha && path !== '/robots.txt' && ((_q, r) => html(r, '<title>云防护</title>')),
    });
    const { crawl, store, clock } = await bench();
    await crawl({ address, channels: [{}] });
    captcha = true;
    clock.at += 1000;
    expect((await crawl({ address, channels: [{}] })).outcome).toBe('rejected');
    expect(await storedIds(store)).toEqual(idsOf('a', 5));
    expect(await store.runs.coverage()).toHaveLength(1);
    captcha = false;
    clock.at += 1000;
    expect((await crawl({ address, channels: [{}] })).outcome).toBe('complete');
    expect(await storedIds(store)).toEqual(idsOf('a', 5));
    expect((await store.notices.get('scripted:a1'))?.revision).toBe(1);
  });
});

describe('what fails for a moment', () => {
  it('is asked for again after growing pauses, and leaves no trace when it comes right', async () => {
    const { address } = await site({
      fault: (path, tries) => path === '/notice/a2' && tries < 4 && ((_q, r) => html(r, '', 500)),
    });
    const { crawl, slept } = await bench();
    const run = await crawl({ address, channels: [{}] });
    expect(slept).toEqual([2_000, 10_000, 30_000]);
    expect(run).toMatchObject({ outcome: 'complete', failures: [] });
  });

  it('is given up after the fourth try', async () => {
    const { address, paths } = await site({
      fault: (path) => path === '/notice/a2' && ((_q, r) => html(r, '', 500)),
    });
    const run = await (await bench()).crawl({ address, channels: [{}] });
    expect(paths().filter((path) => path === '/notice/a2')).toHaveLength(4);
    expect(run.failures).toHaveLength(1);
  });

  it('what is gone is not asked for twice', async () => {
    const { address, paths } = await site({
      fault: (path) => path === '/notice/a2' && ((_q, r) => html(r, '', 404)),
    });
    await (await bench()).crawl({ address, channels: [{}] });
    expect(paths().filter((path) => path === '/notice/a2')).toHaveLength(1);
  });

  it('a site that goes down in the middle is not asked page by page to the end', async () => {
    const { address, paths } = await site({
      channels: { c1: notices('a', 60) },
      pageSize: 100,
      fault: (path) => path.startsWith('/notice/') && ((_q, r) => html(r, '', 503)),
    });
    const run = await (await bench()).crawl({ address, channels: [{}] });
    expect(run.outcome).toBe('incomplete');
    expect(run.reason).toContain('提前结束');
    expect(new Set(paths()).size).toBeLessThan(1 + 60);
  });

  it('after a refusal nothing more is sent', async () => {
    const { address, paths } = await site({
      channels: { c1: notices('a', 40) },
      pageSize: 100,
      fault: (path) => path.startsWith('/notice/') && ((_q, r) => html(r, '', 403)),
    });
    await (await bench()).crawl({ address, channels: [{}], settings: { pace: { minIntervalMs: 20, reason: '测试' } } });
    // The pace keeps eight under way at most.
    expect(paths().length).toBeLessThanOrEqual(1 + 8);
  });
});

describe('a column whose only notice of the days asked for is withdrawn', () => {
  it('is doubted once, asks the notice’s own page, and is believed to be empty when the site says that it is gone', async () => {
    const channels = { c1: notices('a', 1) };
    const { address, paths } = await site({ channels });
    const { crawl, store, clock } = await bench();
    const visit = async () => {
      clock.at += 3600_000;
      return crawl({ address, channels: [{}] }, { window: { since: '2026-02-01', until: null } });
    };
    await visit();
    await visit();
    channels.c1 = [];
    const doubted = await visit();
    expect([doubted.outcome, doubted.failures.map(({ code }) => code)]).toEqual(['rejected', ['LIST_EMPTY']]);
    const before = paths().length;
    const believed = await visit();
    expect(paths().slice(before)).toEqual(['/list/c1?page=1', '/notice/a1']);
    expect([believed.outcome, believed.failures]).toEqual(['complete', []]);
    expect((await visit()).outcome).toBe('complete');
    expect((await store.vanishings.open('scripted')).map(({ state }) => state)).toEqual(['withdrawn']);
    expect(await store.incidents.open('scripted')).toEqual([]);
  });
});

describe('a clock that is set while a crawl is under way', () => {
  const DAY = 86_400_000;

  it.each([
    ['forward by forty days and back', [40 * DAY, -40 * DAY]],
    ['back by two days and forward', [-2 * DAY, 2 * DAY]],
  ])('%s loses nothing and doubles nothing, and the next run is complete', async (_name, jumps) => {
    const at = new Map([
      ['/notice/a4', jumps[0]!],
      ['/notice/a8', jumps[1]!],
    ]);
    let clockOf = { at: 0 };
    const { address } = await site({
      channels: { c1: notices('a', 12) },
      fault: (path, tries) => {
        if (tries === 1) clockOf.at += at.get(path) ?? 0;
        return false;
      },
    });
    const { crawl, store, clock } = await bench();
    clockOf = clock;
    expect((await crawl({ address, channels: [{}] })).outcome).toBe('complete');
    clock.at = MARCH_20 + DAY;
    expect((await crawl({ address, channels: [{}] })).outcome).toBe('complete');
    expect(await storedIds(store)).toEqual(idsOf('a', 12));
    for await (const notice of store.notices.all()) {
      expect(notice.revision).toBe(1);
      expect(notice.lastSeenAt).toBeGreaterThanOrEqual(notice.firstSeenAt);
    }
  });
});

describe('pagination', () => {
  it('that always returns the first page is not followed for ever: REPEATED_PAGE', async () => {
    const first = { rows: notices('a', 2), total: 6, pages: 3 };
    const { address, paths } = await site({
      fault: (path) => path.startsWith('/list/') && ((_q, r) => json(r, first)),
    });
    const run = await (await bench()).crawl({ address, channels: [{}] });
    expect(run.outcome).toBe('incomplete');
    expect(run.failures.map((failure) => failure.code)).toContain('REPEATED_PAGE');
    expect(paths().filter((path) => path.startsWith('/list/'))).toHaveLength(2);
  });

  it('that ends before the site’s own count: PAGINATION_SHORT', async () => {
    const { address } = await site({
      fault: (path) => path === '/list/c1?page=3' && ((_q, r) => json(r, { rows: [], total: 5, pages: 3 })),
    });
    const run = await (await bench()).crawl({ address, channels: [{}] });
    expect(run.outcome).toBe('incomplete');
    expect(run.failures.map((failure) => failure.code)).toEqual(['PAGINATION_SHORT']);
    expect(run.channels[0]?.covers).toBeNull();
  });
});

describe('an interrupted crawl', () => {
  it('stays unfinished, and the next one goes on where it stopped, warm-up made anew', async () => {
    const { address, received, paths } = await site({ channels: { c1: notices('a', 30) }, pageSize: 10 });
    const { crawl, store } = await bench();
    const stop = new AbortController();
    const onProgress = ({ done }: CrawlProgress): void => {
      if (done === 12) stop.abort();
    };
    const source = { address, channels: [{}], session: true };
    const first = await crawl(source, { signal: stop.signal, onProgress });
    expect(first.outcome).toBe('running');
    const before = new Set(paths());
    const asked = received.length;
    const second = await crawl(source);
    expect(second).toMatchObject({ id: first.id, outcome: 'complete' });
    expect(await storedIds(store)).toEqual(idsOf('a', 30));
    const again = received.slice(asked).map((request) => request.path);
    expect(again.filter((path) => path.startsWith('/notice/') && before.has(path)).length).toBeLessThanOrEqual(16);
    expect(again).toContain('/session');
    expect(received.at(-1)?.headers.cookie).toBe('JSESSIONID=abc123');
  });

  it('is not gone on with a day later: its lists are old, and today’s notices are not in them', async () => {
    const published = notices('a', 30);
    const { address } = await site({ channels: { c1: published } });
    const { crawl, store, clock } = await bench();
    const stop = new AbortController();
    const first = await crawl({ address, channels: [{}] }, { signal: stop.signal, onProgress: () => stop.abort() });
    clock.at += 24 * 3600_000 + 1;
    published.unshift({ id: 'today', title: '今日公告', date: '2026-03-21' });
    const second = await crawl({ address, channels: [{}] });
    expect([second.outcome, second.id === first.id]).toEqual(['complete', false]);
    expect(await storedIds(store)).toContain('scripted:today');
    const closed = await store.runs.get(first.id);
    expect(closed?.outcome).not.toBe('running');
    expect(closed?.channels.every((channel) => channel.covers === null)).toBe(true);
  });

  it('of another window or mode is left to itself', async () => {
    const { address } = await site({ channels: { c1: notices('a', 30) } });
    const { crawl } = await bench();
    const stop = new AbortController();
    const first = await crawl({ address, channels: [{}] }, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(first.outcome).toBe('running');
    expect((await crawl({ address, channels: [{}] }, { full: true })).id).not.toBe(first.id);
    expect((await crawl({ address, channels: [{}] })).id).toBe(first.id);
  });
});

describe('our own storage failing', () => {
  it('is thrown, never taken for the site’s fault, and the run can be taken up again', async () => {
    const { address } = await site({});
    const { crawl, archive, store } = await bench();
    const full = Object.assign(new MemoryArchive(), {
      append: () => Promise.reject(new Error('ENOSPC: no space left on device')),
    });
    await expect(crawl({ address, channels: [{}] }, { archive: full })).rejects.toThrow('ENOSPC');
    expect((await store.runs.list({ limit: 5 })).map((run) => [run.outcome, run.failures])).toEqual([['running', []]]);
    expect((await crawl({ address, channels: [{}] }, { archive })).outcome).toBe('complete');
  });

  it('stops no other source, and is reported with what to do', async () => {
    const { address } = await site({});
    const { store, archive, web, clock } = await bench();
    const adapters = ['one', 'two'].map((id) => scriptedSource({ id, address, channels: [{}] }));
    const failing = Object.assign(new MemoryArchive(), {
      append: (entry: Parameters<MemoryArchive['append']>[0]) =>
        entry.sourceId === 'one' ? Promise.reject(new Error('ENOSPC')) : archive.append(entry),
    });
    const runs = await crawlAll({
      adapters,
      store,
      leases: worker(store),
      archive: failing,
      web,
      clock,
      window: OPEN,
      full: false,
      newId: randomUUID,
    });
    expect(runs.map((run) => run.outcome)).toEqual(['incomplete', 'complete']);
    expect(runs[0]?.reason).toContain('ENOSPC');
  });

  it('a source that cannot even say what to ask for is rejected, with the reason', async () => {
    const { store, archive, web, clock } = await bench();
    const adapter = scriptedSource({ address: 'http://127.0.0.1:1', channels: [{}] });
    adapter.start = () => {
      throw new RangeError('Invalid time value');
    };
    const [run] = await crawlAll({
      adapters: [adapter],
      store,
      leases: worker(store),
      archive,
      web,
      clock,
      window: OPEN,
      full: false,
      newId: randomUUID,
    });
    expect(run?.outcome).toBe('rejected');
    expect(run?.failures[0]).toMatchObject({ code: 'PARSER_BROKEN' });
  });
});

describe('the frontier lives in the store (trap 1)', () => {
  it('a crawl writes no storage folder, and Crawlee says nothing', async () => {
    const { address } = await site({});
    const folder = mkdtempSync(join(tmpdir(), 'gongshi-crawl-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect((await (await bench()).crawl({ address, channels: [{}] })).outcome).toBe('complete');
    } finally {
      process.chdir(before);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('once it is finished nothing waits any more', async () => {
    const { address } = await site({});
    const { crawl, store } = await bench();
    const run = await crawl({ address, channels: [{}] });
    expect(await store.runs.waiting(run.id, 10)).toEqual([]);
    expect(await store.runs.unfinished('scripted', OPEN, false)).toBeNull();
  });
});

describe('the name we give', () => {
  it.each([
    ['0873-7123456', 'Gongshi/0.1.0 (+0873-7123456)'],
    ['https://ggzy.example.test/about', 'Gongshi/0.1.0 (+https://ggzy.example.test/about)'],
    ['开远市公管局', 'Gongshi/0.1.0 (+%E5%BC%80%E8%BF%9C%E5%B8%82%E5%85%AC%E7%AE%A1%E5%B1%80)'],
    ['', 'Gongshi/0.1.0'],
  ])('with contact %j is %s', (contact, name) => {
    expect(userAgentOf('0.1.0', contact)).toBe(name);
  });
});

describe('readScripted', () => {
  it('refuses what it does not know, as the real parsers do', () => {
    const request = {
      key: 'd',
      channelId: 'c',
      role: 'detail',
      method: 'GET',
      url: 'http://s/1',
      expects: 'html',
    } as const;
    const page = { request, url: 'http://s/1', status: 200, headers: {}, bytes: Buffer.from('<html></html>') };
    expect(() => readScripted('http://s', page)).toThrow(SiteFailure);
  });
});
