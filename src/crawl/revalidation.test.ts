import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { epochOf } from '../model/day.ts';
import type { ConditionalRequests, CrawlWindow } from '../model/source.ts';
import { pageBehind } from './page-behind.ts';
import { crawlSource } from './run-source.ts';
import type { CrawlSourceOptions } from './run-source.ts';
import { MemoryArchive } from './testing/memory-archive.ts';
import { html } from './testing/site.ts';
import { scriptedSource, startScriptedSite } from './testing/source.ts';
import { createWeb } from './web.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const MARCH_20 = epochOf('2026-03-20T09:00');
const HOUR = 3600_000;
const VISIT: CrawlWindow = { since: '2026-03-10', until: null };
const SWEEP: CrawlWindow = { since: null, until: null };

interface ServedPage {
  amount: string;
  etag?: string;
  modified?: string;
  /** What the server answers to whoever asks whether the page still stands; by default the truth. */
  says304?: boolean;
  /** The page lacks its title. */
  broken?: boolean;
}

/** A site with one notice, and what it was asked with. */
async function bench(page: ServedPage, use: ConditionalRequests = { use: true, reason: '测试' }) {
  const served = { ...page };
  const site = await startScriptedSite({
    channels: { c1: [{ id: 'a1', title: '开远市人民医院项目成交结果公告', date: '2026-03-18' }] },
    pageSize: 10,
    fault: (path) =>
      path.startsWith('/notice/') &&
      ((request, response) => {
        const { etag, modified, amount, says304, broken } = served;
        if (etag !== undefined) response.setHeader('etag', etag);
        if (modified !== undefined) response.setHeader('last-modified', modified);
        const asked = request.headers['if-none-match'] ?? request.headers['if-modified-since'];
        const stands = asked !== undefined && asked === (etag ?? modified);
        if (asked !== undefined && (says304 ?? stands)) {
          response.writeHead(304).end();
          return;
        }
        const furniture = `<i>${site.received.length}</i>`;
        html(
          response,
          `<html>${broken ? '' : `<h1>成交结果公告${amount}</h1>`}<time>2026-03-18</time>${furniture}</html>`,
        );
      }),
  });
  closers.push(() => site.close());
  const store = await openSqliteStore(':memory:');
  closers.push(() => store.close());
  const archive = new MemoryArchive();
  const clock = { at: MARCH_20, now: () => clock.at };
  const web = createWeb({ userAgent: 'Gongshi/0.1.0', sleep: () => Promise.resolve() });
  const adapter = scriptedSource({ address: site.address, channels: [{}], settings: { conditionalRequests: use } });
  const crawl = async (window: CrawlWindow, more: Partial<CrawlSourceOptions> = {}) => {
    clock.at += HOUR;
    return crawlSource({ adapter, store, archive, web, clock, window, full: false, newId: randomUUID, ...more });
  };
  const askedWith = () =>
    site.received
      .filter(({ path }) => path.startsWith('/notice/'))
      .map(({ headers }) => headers['if-none-match'] ?? headers['if-modified-since'] ?? null);
  const notice = async () => (await store.notices.get('scripted:a1'))!;
  return { served, crawl, store, archive, clock, askedWith, notice };
}

describe('a notice that is read again', () => {
  it('is asked for by the ETag of its last reply, and a 304 moves when it was last seen and nothing else', async () => {
    const { crawl, askedWith, notice, store } = await bench({ amount: '1', etag: 'W/"1"', modified: 'x' });
    await crawl(SWEEP);
    const before = await notice();
    const run = await crawl(VISIT);
    expect(askedWith()).toEqual([null, 'W/"1"']);
    expect(run).toMatchObject({ outcome: 'complete', failures: [] });
    expect(run.channels[0]).toMatchObject({ fetched: 1, created: 0, changed: 0 });
    expect(await notice()).toEqual({ ...before, lastSeenAt: MARCH_20 + 2 * HOUR });
    expect(await store.notices.revisions(before.id)).toHaveLength(1);
  });

  it('is asked for by the date of its last change where the site gives no ETag', async () => {
    const { crawl, askedWith } = await bench({ amount: '1', modified: 'Wed, 18 Mar 2026 01:00:00 GMT' });
    await crawl(SWEEP);
    await crawl(VISIT);
    expect(askedWith()).toEqual([null, 'Wed, 18 Mar 2026 01:00:00 GMT']);
  });

  it('leaves the confirmation in the archive as evidence of its own, pointing to the body that stands', async () => {
    const { crawl, notice, store, archive } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    await crawl(VISIT);
    const { url, archiveId } = await notice();
    const [first, second] = await store.runs.archiveRecordsOf(url);
    expect(first).toMatchObject({ id: archiveId, status: 200, validators: { etag: '"1"' } });
    expect(second).toMatchObject({ status: 304, size: 0, revisits: archiveId, fetchedAt: MARCH_20 + 2 * HOUR });
    const page = await pageBehind(second!, { archive, runs: store.runs });
    expect(Buffer.from(page.bytes).toString()).toBe(archive.text(archiveId));
    expect(page).toMatchObject({ status: 200, request: { key: 'detail:a1' } });
  });

  it('is read whole when it has changed, and asked for by its new ETag from then on', async () => {
    const { crawl, askedWith, notice, served } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    Object.assign(served, { amount: '2', etag: '"2"' });
    await crawl(VISIT);
    await crawl(VISIT);
    expect(askedWith()).toEqual([null, '"1"', '"2"']);
    expect(await notice()).toMatchObject({ revision: 2, fields: { title: '成交结果公告2' } });
  });

  it('is asked for whole where the site never gave anything to recognise it by', async () => {
    const { crawl, askedWith } = await bench({ amount: '1' });
    await crawl(SWEEP);
    await crawl(VISIT);
    expect(askedWith()).toEqual([null, null]);
  });

  it('is asked for whole where the operator says so', async () => {
    const { crawl, askedWith } = await bench({ amount: '1', etag: '"1"' }, { use: false, reason: '标识不可靠' });
    await crawl(SWEEP);
    await crawl(VISIT);
    expect(askedWith()).toEqual([null, null]);
  });

  it('is asked for whole by a sweep, by --full and by a backfill', async () => {
    const { crawl, askedWith } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    await crawl(SWEEP);
    await crawl(VISIT, { full: true });
    await crawl(VISIT, { backfill: true });
    expect(askedWith()).toEqual([null, null, null, null]);
  });

  it('is asked for whole where the body that could be confirmed cannot be read any more', async () => {
    const { crawl, askedWith, archive } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    archive.lose();
    expect((await crawl(VISIT)).outcome).toBe('complete');
    expect(askedWith()).toEqual([null, null]);
  });

  it('is asked for whole after a reply that could not be read', async () => {
    const { crawl, askedWith, served } = await bench({ amount: '1', etag: '"1"', broken: true });
    expect((await crawl(SWEEP)).failures).toMatchObject([{ code: 'FIELD_MISSING' }]);
    served.broken = false;
    expect((await crawl(VISIT)).outcome).toBe('complete');
    await crawl(VISIT);
    expect(askedWith()).toEqual([null, null, '"1"']);
  });
});

describe('a list', () => {
  it('is always asked for whole: absence is concluded from it', async () => {
    const { crawl, store } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    await crawl(VISIT);
    const lists = [];
    for await (const record of store.runs.allArchiveRecords()) if (record.url.includes('/list/')) lists.push(record);
    expect(lists.map(({ status, validators }) => [status, validators])).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
  });
});

describe('a site whose validators do not follow its content', () => {
  it('hides a change from visits, and is found out by the next sweep', async () => {
    const { crawl, notice, served, store } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    served.amount = '2';
    await crawl(VISIT);
    expect(await notice()).toMatchObject({ revision: 1 });
    expect(await store.incidents.open('scripted')).toEqual([]);
    await crawl(SWEEP);
    expect(await notice()).toMatchObject({ revision: 2, fields: { title: '成交结果公告2' } });
    const [incident] = await store.incidents.open('scripted');
    expect(incident).toMatchObject({ code: 'STALE_VALIDATORS', samples: [{ words: 'ETag "1"' }] });
  });

  it('is asked for everything whole from then on, until the operator has switched conditional requests off', async () => {
    const { crawl, askedWith, served, store } = await bench({ amount: '1', etag: '"1"' });
    await crawl(SWEEP);
    served.amount = '2';
    await crawl(SWEEP);
    await crawl(VISIT);
    expect((await crawl(VISIT)).outcome).toBe('complete');
    expect(askedWith()).toEqual([null, null, null, null]);
    expect(await store.incidents.open('scripted')).toHaveLength(1);
  });

  it('is not blamed for a counter or other furniture that moves', async () => {
    const { crawl, store } = await bench({ amount: '1', modified: 'Wed, 18 Mar 2026 01:00:00 GMT' });
    await crawl(SWEEP);
    await crawl(SWEEP);
    expect(await store.incidents.open('scripted')).toEqual([]);
  });
});
