import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { settingsOf } from '../../../config/load.ts';
import type { SourceEntry } from '../../../config/schema.ts';
import { KAIYUAN } from '../../../crawlers/shared/fixtures.ts';
import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import { startPortal } from '../../../test/portal/portal.ts';
import type { Portal } from '../../../test/portal/portal.ts';
import { crawlSource } from '../../crawl/run-source.ts';
import { MemoryArchive } from '../../crawl/testing/memory-archive.ts';
import { createWeb } from '../../crawl/web.ts';
import { systemClock } from '../../model/clock.ts';
import type { SourceDefinition } from '../../model/source.ts';
import { newSource } from './new-source.ts';

const ROOT = join(import.meta.dirname, '../../..');
const userAgent = 'Gongshi/0.1.0 (+test)';

describe('a new source from the address of a list page', () => {
  let portal: Portal;
  let root: string;
  beforeAll(async () => {
    portal = await startPortal({ seed: 5, notices: 1000 });
    root = mkdtempSync(join(tmpdir(), 'gongshi-'));
    mkdirSync(join(root, 'crawlers'));
    // The generated source finds the column site's reader beside it, as in the program's own folder.
    for (const name of ['crawlers/shared', 'src', 'storage']) symlinkSync(join(ROOT, name), join(root, name));
    cpSync(join(ROOT, 'config'), join(root, 'config'), { recursive: true });
  });
  afterAll(async () => {
    await portal.close();
    rmSync(root, { recursive: true });
  });

  const made = (url: string, given: object = {}) =>
    newSource({ url, root, local: true, region: KAIYUAN, userAgent, ...given });

  it.each([
    ['of a content system', 'ky_gov' as const, '/ggzyjy/zfcg/', 'new_city'],
    ['of tables in GBK', 'hh_finance' as const, '/zfcgxx/', 'new_finance'],
  ])(
    '%s reads every page of that column at its first crawl',
    async (_what, site, path, id) => {
      const written = await made(portal.addresses[site] + path, { id, name: '新来源' });
      expect(written.files).toContain(`crawlers/${id}/fixtures/list-1.expected.json`);
      expect(written.listGuess.hasNext).toBe(true);

      const module = (await import(pathToFileURL(join(root, 'crawlers', id, 'source.ts')).href)) as {
        source: SourceDefinition;
      };
      const entry = (parse(readFileSync(join(root, 'config/sources.yaml'), 'utf8')) as Record<string, SourceEntry>)[
        id
      ]!;
      const settings = { ...settingsOf(module.source, entry), pace: { minIntervalMs: 0, reason: '本机模拟网站' } };
      const store = await openSqliteStore(':memory:');
      const run = await crawlSource({
        adapter: module.source.create(settings, KAIYUAN),
        store,
        archive: new MemoryArchive(),
        web: createWeb({ userAgent, sleep: () => Promise.resolve() }),
        clock: systemClock,
        window: { since: null, until: null },
        full: false,
        newId: randomUUID,
      });
      expect([run.outcome, run.reason]).toEqual(['complete', null]);
      const channel = path.split('/').at(-2)!;
      const pages = portal.world.pages[site].filter((page) => page.channel === channel || site === 'hh_finance');
      expect(run.channels[0]).toMatchObject({ listed: pages.length, siteTotal: pages.length });
      const sample = (await store.notices.search({ limit: 5 })).items;
      expect(sample.length).toBe(5);
      for (const { title } of sample) expect(pages.map((page) => page.title)).toContain(title);
      await store.close();
    },
    120_000,
  );

  it('is not made twice, nor under a name that leads elsewhere', async () => {
    const url = `${portal.addresses.ky_gov}/ggzyjy/gcjs/`;
    await made(url, { id: 'once' });
    await expect(made(url, { id: 'once' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(made(url, { id: '../up' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it.each([
    ['of this machine without saying so', () => portal.addresses.ky_gov, { local: false }, '指向内网'],
    ['of the office network', () => 'http://192.168.1.10/list/', { local: false }, '指向内网'],
    ['of the office network called local', () => 'http://192.168.1.10/list/', {}, '不是本机地址'],
    ['of a file', () => 'file:///etc/passwd', {}, '不是网址'],
    ['of a page without a list', () => `${portal.addresses.landchina}/`, {}, ''],
  ])('%s is refused', async (_what, url, given, message) => {
    const error: unknown = await made(url(), { id: 'refused', ...given }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(message);
  });

  it('asks for nothing that robots.txt forbids', async () => {
    const url = `${portal.addresses.ky_gov}/search/`;
    await expect(made(url, { id: 'forbidden' })).rejects.toMatchObject({ code: 'ROBOTS_DISALLOWED' });
  });
});
