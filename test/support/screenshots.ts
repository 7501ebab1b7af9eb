/**
 * Takes the pictures of docs/images from the demo's world: `npm run screenshots`.
 * The browser comes out of a package; no browser need be installed.
 */
import chromium from '@sparticuz/chromium';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';

import { openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { startServer } from '../../src/cli/server.ts';
import { startPortal } from '../portal/portal.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUT = join(ROOT, 'docs/images');

const portal = await startPortal({ seed: 20_161_123, notices: 1200 });
const workshop = await openBenchWorkshop(portal, join(ROOT, 'config'));
await runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
const server = await startServer(workshop, { home: ROOT, host: '127.0.0.1', port: 0 });
const { items: alerts } = await workshop.store.findings.alerts({ nature: 'violation', state: 'open', limit: 20 });
const dated = alerts.find((alert) => alert.finding.days.length > 3) ?? alerts[0]!;

const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
const context = await browser.newContext({
  viewport: { width: 1280, height: 900 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
});
const page = await context.newPage();
mkdirSync(OUT, { recursive: true });
const shots: Record<string, string> = {
  overview: '/',
  notices: '/notices',
  project: `/projects/${encodeURIComponent(dated.projectId)}`,
  alerts: '/alerts',
  alert: `/alerts/${encodeURIComponent(dated.key)}`,
  leads: '/leads',
  sources: '/sources',
  calendar: '/calendar',
};
for (const [name, path] of Object.entries(shots)) {
  await page.goto(server.address + path, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: name !== 'notices' && name !== 'alerts' });
}
await browser.close();
await server.close();
await workshop.close();
await portal.close();
