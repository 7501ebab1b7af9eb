import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBenchWorkshop } from '../../src/cli/bench-workshop.ts';
import { runPipeline } from '../../src/cli/pipeline.ts';
import type { Workshop } from '../../src/cli/workshop.ts';
import type { Run } from '../../src/model/run.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';

const CONFIG = join(import.meta.dirname, '../../config');

describe('a site that fails', () => {
  let portal: Portal;
  let workshop: Workshop;

  beforeAll(async () => {
    portal = await startPortal({ seed: 11, notices: 400 });
    // The pauses between tries are the crawl's own affair; here they are only counted.
    const opened = await openBenchWorkshop(portal, CONFIG);
    workshop = { ...opened, web: { ...opened.web, sleep: () => Promise.resolve() } };
    await crawl(workshop.adapters.map((adapter) => adapter.definition.id));
  });

  afterAll(async () => {
    await workshop.close();
    await portal.close();
  });

  it.each([
    ['down', 'ky_gov', 'CONNECTION_REFUSED'],
    ['error-500', 'ky_gov', 'HTTP_5XX'],
    // Its 403 is the firewall's own page, which asks for a verification.
    ['forbidden', 'yn_ccgp', 'CHALLENGE'],
    ['too-many', 'yn_ccgp', 'BLOCKED'],
    ['challenge', 'yn_ccgp', 'CHALLENGE'],
    ['html-for-json', 'yn_ggzy', 'WRONG_CONTENT_TYPE'],
    ['site-error', 'landchina', 'SITE_ERROR'],
    ['truncated', 'hh_finance', 'BODY_TRUNCATED'],
    ['wrong-charset', 'hh_finance', 'CHARSET_BROKEN'],
    ['redirect', 'ky_gov', 'REDIRECTED_ELSEWHERE'],
    ['huge-body', 'hh_finance', 'BODY_TOO_LARGE'],
    ['empty-list', 'hh_finance', 'LIST_EMPTY'],
    ['repeats-page-1', 'hh_finance', 'REPEATED_PAGE'],
    ['pagination-short', 'hh_finance', 'PAGINATION_SHORT'],
    ['detail-404', 'ky_gov', 'HTTP_4XX'],
  ] as const)(
    '(%s at %s) is named %s with what to do; another source goes on, nothing stored changes, nobody is accused',
    async (kind, site, code) => {
      const before = await held();
      await portal.fault({ site, kind });
      try {
        const healthy = site === 'landchina' ? 'ky_gov' : 'landchina';
        const runs = await crawl([site, healthy]);
        const failed = runs.find((run) => run.sourceId === site)!;
        expect(['incomplete', 'rejected']).toContain(failed.outcome);
        expect(failed.failures.map((failure) => failure.code)).toContain(code);
        expect(failed.failures.every((failure) => failure.advice.length > 5)).toBe(true);
        expect(runs.find((run) => run.sourceId === healthy)!.outcome).toBe('complete');
        expect(await held()).toEqual(before);
      } finally {
        await portal.heal();
      }
    },
  );

  it('and answers again is completely crawled by the same command', async () => {
    expect((await crawl(['ky_gov', 'hh_finance'])).map((run) => run.outcome)).toEqual(['complete', 'complete']);
  });

  async function crawl(sources: string[]): Promise<Run[]> {
    const adapters = workshop.adapters.filter((adapter) => sources.includes(adapter.definition.id));
    return (await runPipeline(workshop, { adapters, window: { since: null, until: null }, full: true })).runs;
  }

  /** Notices with their revisions, and open alerts. */
  async function held(): Promise<unknown> {
    const notices: string[] = [];
    for await (const { id, revision, digest } of workshop.store.notices.all())
      notices.push(`${id} ${revision} ${digest}`);
    const { items } = await workshop.store.findings.alerts({ limit: 1000 });
    return { notices, alerts: items.map((alert) => `${alert.key} ${alert.number} ${alert.state}`) };
  }
});
