import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { buildApi } from '../src/api/api.ts';
import { withBench } from '../src/cli/bench-workshop.ts';
import { runPipeline } from '../src/cli/pipeline.ts';
import { apiContext } from '../src/cli/server.ts';
import { openStore } from '../src/cli/store-address.ts';
import { addDays } from '../src/model/day.ts';
import type { NoticeObservation } from '../src/model/notice.ts';
import { noticeDigest } from '../src/notices/digest.ts';
import type { Store, StoredNotice } from '../storage/store.ts';
import { randomFrom } from '../test/portal/random.ts';
import { option } from './figures.ts';
import { CONFIG } from './paths.ts';
import type { SearchTimes } from './search-clients.ts';

/**
 * What taking in and finding a notice cost as the store grows, on SQLite.
 *
 *   node bench/growth.ts --notices 1000000 --seed 7
 *
 * Ingest: notices observed one page at a time, each its own transaction, with the search index; archive, reading and
 * matching left out. Search: 20 clients over HTTP, each asking again as soon as it is answered, in a thread of their
 * own. Notices are those of a bench world under new ids, days over ten years and names drawn anew.
 */
const wanted = option('notices', 1_000_000);
const seed = option('seed', 7);
const STEPS = [10_000, 100_000, 1_000_000].filter((step) => step < wanted).concat(wanted);
const INGESTED = 2000;
const SEARCHES = 4000;
const CLIENTS = 20;
const FIRST_DAY = '2016-01-04';
const DAYS = 3960;
/** 一 to 龥 in steps: enough different characters for rare words. */
const CHARACTERS = Array.from({ length: 1500 }, (_, i) => String.fromCodePoint(0x4e00 + i * 13));

const random = randomFrom(seed);
const word = (length: number): string => Array.from({ length }, () => random.pick(CHARACTERS)).join('');

await withBench({ seed, notices: 1200, config: CONFIG, living: true }, async ({ workshop }) => {
  await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
  const patterns: StoredNotice[] = [];
  for await (const notice of workshop.store.contents('notices')) patterns.push(notice);
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-growth-'));
  const store = await openStore(join(folder, 'growth.sqlite'));
  const context = { ...apiContext(workshop), store };
  const app = buildApi({ ...context, webRoot: null, requestsPerMinute: null, logger: false });
  try {
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    let stored = 0;
    let first: { ingest: number; p95: number } | null = null;
    for (const step of STEPS) {
      stored = await fill(store, patterns, stored, step - INGESTED);
      const before = Date.now();
      await store.notices.count({ text: '开远' });
      const indexed = (Date.now() - before) / 1000;
      const ingest = await ingestOneByOne(store, patterns, stored);
      stored += INGESTED;
      const times = await searches(address, patterns);
      first ??= { ingest, p95: times.p95 };
      process.stdout.write(
        [
          `${stored} notices (${indexed.toFixed(0)} s to index what was filled in)`,
          `  ingest  ${ingest.toFixed(2)} ms CPU a notice, ${(ingest / first.ingest).toFixed(2)} × the first step`,
          `  search  p50 ${times.p50.toFixed(0)} ms, p95 ${times.p95.toFixed(0)} ms, slowest ${times.slowest.toFixed(0)} ms, ` +
            `${times.perSecond.toFixed(0)} a second; p95 ${(times.p95 / first.p95).toFixed(2)} × the first step`,
          '',
        ].join('\n'),
      );
    }
    process.stdout.write(`peak RSS ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
  } finally {
    await app.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A pattern under a new id, on another day, with a name of its own in title, project and text. */
function anew(pattern: StoredNotice, n: number): StoredNotice {
  const { notice } = pattern;
  const name = `${word(2)}街道${word(3)}`;
  const day = addDays(FIRST_DAY, random.int(0, DAYS));
  const fields = {
    ...notice.fields,
    title: `${name}${notice.fields.title}`,
    projectName: notice.fields.projectName === null ? null : `${name}${notice.fields.projectName}`,
    publishDate: day,
  };
  const own = { ...notice, id: `${notice.sourceId}:growth-${n}`, externalId: `growth-${n}`, fields };
  const revision = { ...pattern.revisions.at(-1)!, noticeId: own.id, fields, revision: 1, changed: [] };
  return {
    ...pattern,
    notice: {
      ...own,
      text: `${name}\n${notice.text}`,
      digest: noticeDigest(fields),
      revision: 1,
      firstPublishDate: day,
    },
    revisions: [revision],
    linkKeys: [],
    projectId: null,
    matched: true,
  };
}

async function fill(store: Store, patterns: StoredNotice[], from: number, to: number): Promise<number> {
  for (let n = from; n < to;) {
    const batch: StoredNotice[] = [];
    for (; batch.length < 1000 && n < to; n++) batch.push(anew(patterns[n % patterns.length]!, n));
    await store.takeIn('notices', batch);
  }
  return to;
}

async function ingestOneByOne(store: Store, patterns: StoredNotice[], from: number): Promise<number> {
  const observations = Array.from({ length: INGESTED }, (_, i) => {
    const { notice, revisions } = anew(random.pick(patterns), from + i);
    return {
      ...notice,
      reading: notice,
      observedAt: notice.firstSeenAt,
      runId: revisions[0]!.runId,
      noticeId: notice.id,
    };
  }) satisfies NoticeObservation[];
  const before = process.cpuUsage();
  for (const observation of observations) await store.notices.observe([observation]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / INGESTED;
}

/** Words as people type them: parts of names and titles, some rare and some everywhere; filters on every other search. */
function queries(patterns: StoredNotice[]): string[] {
  return Array.from({ length: SEARCHES }, () => {
    const { fields, sourceId } = random.pick(patterns).notice;
    const text = random.pick([fields.title, fields.projectName ?? fields.title, fields.purchaser ?? fields.title]);
    const part = (): string => {
      const length = random.int(2, 5);
      return text.slice(random.int(0, Math.max(0, text.length - length))).slice(0, length);
    };
    const words = random.pick([part(), part(), `${part()} ${part()}`, word(2)]);
    const query = new URLSearchParams({ q: words });
    if (random.chance(0.3)) query.set('kind', fields.kind);
    if (random.chance(0.2)) query.set('source', sourceId);
    if (random.chance(0.2)) query.set('from', addDays(FIRST_DAY, random.int(0, DAYS)));
    return `/api/notices?${query.toString()}`;
  });
}

function searches(address: string, patterns: StoredNotice[]): Promise<SearchTimes> {
  const workerData = { address, paths: queries(patterns), clients: CLIENTS };
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'search-clients.ts'), { workerData });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}
