/**
 * Takes the pictures of docs/images from the demo's world, `npm run screenshots`, and fails where a page breaks WCAG 2 A or AA.
 * The browser comes out of a package; no browser need be installed.
 */
import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';

import type { Store } from '../../storage/store.ts';
import { eveningOf, withBench } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import { startServer } from '../../src/cli/server.ts';
import { addDays } from '../../src/model/day.ts';
import type { RuleId } from '../../src/model/finding.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUT = join(ROOT, 'docs/images');
/** Looked at for their accessibility only. */
const NO_PICTURE: Record<string, string> = {
  projects: '/projects',
  suggestions: '/suggestions',
  findings: '/findings',
  rules: '/rules?track=procurement',
  'one rule': '/rules?q=KY-GP-3D',
  ledger: '/ledger',
  'not found': '/nowhere',
};
/** Long lists: their first screen. */
const LISTS = ['notices', 'alerts', 'cases'];
const PUBLICITY: readonly RuleId[] = ['KY-GP-3D', 'TB-CAND-3D'];

const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
const context = await browser.newContext({
  viewport: { width: 1280, height: 900 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
});
const page = await context.newPage();
mkdirSync(OUT, { recursive: true });

await withBench({ seed: 20_161_123, notices: 1200, config: join(ROOT, 'config'), living: true }, async (bench) => {
  const { portal, workshop, clock } = bench;
  const visit = () =>
    runPipeline(workshop, { adapters: workshop.adapters, window: { since: null, until: null }, full: false });
  // Two visits, ten days apart: the second brings what changes notices and cases of the first.
  clock.set(eveningOf(addDays(portal.truth.today, -10)));
  await visit();
  clock.set(eveningOf(portal.truth.today));
  await visit();

  const server = await startServer(workshop, { home: ROOT, host: '127.0.0.1', port: 0 });
  for (const [name, path] of Object.entries({ ...(await pages(workshop.store)), ...NO_PICTURE })) {
    await page.goto(server.address + path, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    for (const { id, help, nodes } of violations) {
      process.stderr.write(`${path}: ${id}, ${help}: ${nodes.map(({ html }) => html).join(' ')}\n`);
      process.exitCode = 1;
    }
    if (name in NO_PICTURE) continue;
    await page.screenshot({ path: join(OUT, `${name}.png`), fullPage: !LISTS.includes(name) });
  }
  await server.close();
});
await browser.close();

/** Of each page one that has something to show. */
async function pages(store: Store): Promise<Record<string, string>> {
  const { items: alerts } = await store.findings.alerts({ nature: 'violation', state: 'open', limit: 100 });
  const dated = alerts.find(({ finding }) => PUBLICITY.includes(finding.rule) && finding.days.length > 3) ?? alerts[0]!;
  const news = (await store.cases.search({ news: true, limit: 1 })).items[0];
  return {
    overview: '/',
    notices: '/notices',
    notice: `/notices/${encodeURIComponent(dated.finding.evidence[0]!.noticeId)}`,
    project: `/projects/${encodeURIComponent(dated.projectId)}`,
    alerts: '/alerts',
    alert: `/alerts/${encodeURIComponent(dated.key)}`,
    cases: '/cases',
    case: `/cases/${encodeURIComponent(news?.number ?? dated.number)}`,
    leads: '/leads',
    sources: '/sources',
    calendar: '/calendar',
  };
}
