/**
 * `npm run bench:reading`: pages a second that one core reads.
 *
 * The notices' pages of the portal's five sites are fetched once over loopback and kept in memory as bytes. Then, one
 * after the other in one run: the product reads them (decode, parse, extract: the real adapters), cheerio loads them
 * and takes their text, Scrapy's parsel does the same in its own process. Parsel is Debian's `python3-parsel`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { load as loadSlim } from 'cheerio/slim';

import { decode } from '../src/notices/decode.ts';
import { startPortal } from '../test/portal/portal.ts';
import { figures, option } from './figures.ts';
import type { Measured } from './figures.ts';
import { markupsOf } from './markup.ts';
import { pythonWith } from './paths.ts';
import { detailPages } from './portal-pages.ts';

/** Long enough for the optimising compiler to be done and for a figure that repeats within a few per cent. */
const WARM_UP_PASSES = 1;
const SECONDS_EACH = 6;

const notices = option('notices', 2600);
const portal = await startPortal({ seed: option('seed', 20_161_123), notices });
const pages = await detailPages(portal.addresses, notices);
await portal.close();

/** Whole passes over all pages until the time is up. */
function measure(name: string, once: () => void): Measured {
  for (let i = 0; i < WARM_UP_PASSES; i++) once();
  const cpu = process.cpuUsage();
  const started = performance.now();
  let passes = 0;
  do {
    once();
    passes++;
  } while (performance.now() - started < SECONDS_EACH * 1000);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { name, pages: passes * pages.length, seconds, cpuSeconds: (user + system) / 1e6, peakMb: null };
}

/** What every reader's work leaves behind, so that none can be optimised away. */
let seen = 0;
const textsBy = (text: (html: string) => string) => (): void => {
  for (const { page, adapter } of pages) {
    const { text: reply } = decode(page.bytes, page.headers['content-type'] ?? null, adapter.settings.charset);
    for (const html of markupsOf(reply)) seen += text(html).length;
  }
};

const product = measure('gongshi: decode, parse, extract', () => {
  for (const { adapter, page } of pages) {
    const reading = adapter.read(page);
    if (reading.role === 'detail') seen += reading.notice?.text.length ?? 0;
  }
});
const rows = [
  product,
  measure(
    'cheerio: load, text',
    textsBy((html) => load(html).root().text()),
  ),
  measure(
    'cheerio/slim: load, text',
    textsBy((html) => loadSlim(html).root().text()),
  ),
];
const parsel = measureParsel();
if (parsel !== null) rows.push(parsel);

function measureParsel(): Measured | null {
  const python = pythonWith('parsel');
  if (python === null) {
    console.log('parsel is not installed (Debian: apt-get install python3-parsel): not measured.\n');
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-bench-'));
  try {
    const file = join(folder, 'pages.jsonl');
    const line = ({ page, adapter }: (typeof pages)[number]): string => {
      const { charset } = decode(page.bytes, page.headers['content-type'] ?? null, adapter.settings.charset);
      return `${JSON.stringify({ charset, base64: Buffer.from(page.bytes).toString('base64') })}\n`;
    };
    writeFileSync(file, pages.map(line).join(''));
    const script = join(import.meta.dirname, 'parsel_reading.py');
    const ran = spawnSync(python, [script, file, String(SECONDS_EACH)], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`parsel failed: ${ran.stderr}`);
    const { version, ...figure } = JSON.parse(ran.stdout) as {
      version: string;
      pages: number;
      seconds: number;
      cpuSeconds: number;
    };
    return { name: `parsel ${version}: load, text`, ...figure, peakMb: null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const mean = pages.reduce((total, { page }) => total + page.bytes.length, 0) / pages.length;
console.log(`${pages.length} notices' pages of five sites, ${(mean / 1024).toFixed(1)} KB each on average.\n`);
console.log(figures(rows));
if (seen === 0) throw new Error('Nothing was read');
