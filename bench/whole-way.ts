/**
 * `npm run bench:crawl`: pages a second of the whole way, beside Scrapy doing fetch and extract only.
 *
 * The portal, the product and Scrapy each run in a process of their own, one crawler after the other, with the pace
 * off. The product crawls the five sites from their lists on, archives, reads, matches, judges and stores. Scrapy
 * (Debian's `python3-scrapy`) is given the very requests of the notices' pages, so that it fetches no list, and
 * extracts title and labelled cells. A page is a notice's page for both; the product's lists come on top. Both run
 * several times in turn (`--rounds`), and the quickest of each counts.
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bodyOf } from '../src/crawl/fetch.ts';
import { figures, option, rate } from './figures.ts';
import type { Measured } from './figures.ts';
import { pythonWith } from './paths.ts';
import { detailPages } from './portal-pages.ts';
import type { PortalPage } from './portal-pages.ts';
import type { PortalReady } from './portal-process.ts';
import type { ProductDone, ProductOrder } from './product-process.ts';

/** The engine's settings with which `gongshi` runs; see src/cli/gongshi.js. */
const AS_SHIPPED = ['--max-semi-space-size=4'];

const notices = option('notices', 3000);
const folder = mkdtempSync(join(tmpdir(), 'gongshi-bench-'));
const portal = fork(join(import.meta.dirname, 'portal-process.ts'));
try {
  const ready = await answer<PortalReady>(portal, { seed: option('seed', 20_161_123), notices });
  const pages = await detailPages(ready.addresses, Infinity);
  const rows: Measured[] = [];
  // In turn, and the quickest of each: another program's minute must not fall on one of them alone.
  for (let round = 1; round <= option('rounds', 2); round++) {
    rows.push(await runProduct(ready, pages.length, join(folder, String(round))));
    const scrapy = await runScrapy(pages);
    if (scrapy !== null) rows.push(scrapy);
  }
  const best = [...Map.groupBy(rows, ({ name }) => name).values()].map((all) =>
    all.reduce((a, b) => (rate(a) >= rate(b) ? a : b)),
  );
  console.log(`\n${figures(best)}`);
  const [product, scrapy] = best;
  if (scrapy !== undefined) console.log(`\nWhole way : Scrapy = ${(rate(product!) / rate(scrapy)).toFixed(2)}`);
} finally {
  portal.disconnect();
  rmSync(folder, { recursive: true, force: true });
}

async function answer<T>(child: ReturnType<typeof fork>, order: object): Promise<T> {
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the bench ended early (${String(code)})`);
  });
  child.send(order);
  const [message] = (await Promise.race([once(child, 'message'), died])) as [T];
  died.catch(() => undefined);
  return message;
}

async function runProduct(ready: PortalReady, pages: number, folder: string): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'product-process.ts'), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: AS_SHIPPED,
  });
  child.stderr!.pipe(process.stderr);
  mkdirSync(folder);
  const order: ProductOrder = { ...ready, folder };
  const done = await answer<ProductDone>(child, order);
  if (done.incomplete.length > 0) throw new Error(`Not everything was crawled: ${done.incomplete.join('; ')}`);
  if (done.fetched !== pages) throw new Error(`The product fetched ${done.fetched} notices' pages of ${pages}`);
  console.log(
    `${done.fetched} notices' pages and ${done.requests - done.fetched} lists, robots.txt and sessions fetched; ` +
      `${done.notices} notices of the region stored, ${done.judged} projects judged.`,
  );
  return { name: 'gongshi: the whole way', pages, ...done };
}

async function runScrapy(pages: readonly PortalPage[]): Promise<Measured | null> {
  const python = pythonWith('scrapy');
  if (python === null) {
    console.log('Scrapy is not installed (Debian: apt-get install python3-scrapy): not measured.');
    return null;
  }
  const file = join(folder, 'requests.jsonl');
  const line = ({ page: { request } }: PortalPage): string =>
    `${JSON.stringify({ method: request.method, url: request.url, headers: headersOf(request), body: bodyOf(request) })}\n`;
  writeFileSync(file, pages.map(line).join(''));
  const child = spawn(python, [join(import.meta.dirname, 'scrapy_extract.py'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`Scrapy ended with ${code}`);
  const { version, ...figure } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    version: string;
    pages: number;
    seconds: number;
    cpuSeconds: number;
    peakMb: number;
  };
  if (figure.pages !== pages.length) throw new Error(`Scrapy extracted ${figure.pages} pages of ${pages.length}`);
  return { name: `Scrapy ${version}: fetch, extract`, ...figure };
}

function headersOf({ headers, json, form }: PortalPage['page']['request']): Record<string, string> {
  const type =
    json !== undefined ? 'application/json' : form !== undefined ? 'application/x-www-form-urlencoded' : null;
  return { ...headers, ...(type === null ? {} : { 'content-type': type }) };
}
