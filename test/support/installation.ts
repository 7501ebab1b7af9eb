import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

import type { Portal } from '../portal/portal.ts';

/**
 * A folder as an operator has it: the delivered configuration, pointed at the portal.
 * `once`: after the first crawl of a source no moment of its schedule comes while a test lasts.
 */
export function installationAt(portal: Portal, { once = false } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  const config = join(folder, 'config');
  cpSync(join(import.meta.dirname, '../../config'), config, { recursive: true });
  const file = join(config, 'sources.yaml');
  const sources = parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
  const addresses: Record<string, string> = portal.addresses;
  for (const [id, entry] of Object.entries(sources)) {
    entry['address'] = addresses[id];
    entry['pace'] = { minIntervalMs: 0, reason: '本机模拟网站' };
    entry['quietHours'] = null;
    if (once) entry['schedule'] = { visits: farAway(), sweep: farAway(), reason: '测试期间只采集一次' };
  }
  writeFileSync(file, stringify(sources));
  return folder;
}

/** The first of a month half a year from now. */
function farAway(): string {
  return `0 0 1 ${((new Date().getUTCMonth() + 6) % 12) + 1} *`;
}
