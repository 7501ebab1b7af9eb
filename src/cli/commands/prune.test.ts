import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';

import { openSqliteStore } from '../../../storage/sqlite/open.ts';
import type { Store } from '../../../storage/store.ts';
import { LeaseKeeper } from '../../crawl/leases.ts';
import { prune } from './prune.ts';

describe('the command that prunes', () => {
  let folder: string;
  let config: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
    config = join(folder, 'config');
    cpSync(join(import.meta.dirname, '../../../config'), config, { recursive: true });
    const file = join(config, 'gongshi.yaml');
    const settings = parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
    settings['retention'] = { ...settings['retention'], replyDays: 30 };
    writeFileSync(file, stringify(settings));
    mkdirSync(join(folder, 'data'));
    store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['source:yn_ccgp', '有进程正在采集或核查'],
    ['judging', '有进程正在采集或核查'],
    ['archive', '有进程正在备份或清理归档'],
  ])(
    'touches nothing while another process holds %s, previews all the same, and works once it is free',
    async (name, words) => {
      const lease = (await new LeaseKeeper({ store: store.leases, owner: 'another' }).take(name))!;
      await expect(prune({ config, yes: true, wait: 0 })).rejects.toMatchObject({ code: 'STORE_BUSY', message: words });
      await prune({ config, wait: 0 });
      await lease.release();
      await prune({ config, yes: true, wait: 0 });
      expect(await store.leases.held()).toEqual([]);
    },
  );
});
