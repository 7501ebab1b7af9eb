import { randomUUID } from 'node:crypto';
import { DEFAULT_INDICATOR_SETTINGS } from '../../src/model/lead.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildApi } from '../../src/api/api.ts';
import type { ApiOptions } from '../../src/api/api.ts';
import type { ApiInstance } from '../../src/api/context.ts';
import { calendar } from '../../src/compliance/test-facts.ts';
import type { Archive, ArchiveEntry, ArchiveRecord } from '../../src/model/archive.ts';
import { DEFAULT_POLICY } from '../../src/model/policy.ts';
import { dayNumber } from '../../src/model/day.ts';
import { matchNotices } from '../../src/projects/stage.ts';
import { openArchive } from '../../storage/archive/open.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import type { Store } from '../../storage/store.ts';
import { buildArchiveEntry, buildCommit, buildRequest, buildRun, MARCH_20 } from './build.ts';
import { buildDefinition, buildSettings } from './source.ts';

export interface ApiBench {
  app: ApiInstance;
  store: Store;
  archive: Archive;
  /** The reply's status and JSON. */
  get(url: string): Promise<{ status: number; body: unknown }>;
  /** Keeps a reply in the archive and its index. */
  keep(entry: Partial<ArchiveEntry>): Promise<ArchiveRecord>;
  close(): Promise<void>;
}

/** The API over an empty store in memory and an archive of its own. */
export async function openApiBench(given: Partial<ApiOptions> = {}): Promise<ApiBench> {
  const folder = mkdtempSync(join(tmpdir(), 'gongshi-api-'));
  const store = await openSqliteStore(':memory:');
  const archive = await openArchive(folder, { clock: { now: () => MARCH_20 } });
  const definitions = [
    buildDefinition(),
    buildDefinition({
      id: 'yn_ggzy',
      name: '云南省公共资源交易信息网',
      channels: [{ id: 'td_notice', name: '出让公告', track: 'land', kind: 'tender', mayBeEmpty: null }],
    }),
  ];
  const app = buildApi({
    store,
    archive,
    definitions,
    settings: Object.fromEntries(definitions.map((definition) => [definition.id, buildSettings(definition)])),
    indicators: DEFAULT_INDICATOR_SETTINGS,
    rules: [
      { id: 'KY-GP-3D', title: '开远市政府采购结果公示不少于3日', basis: '开远市公共资源交易办法' },
      { id: 'TB-CAND-3D', title: '中标候选人公示不少于3日', basis: '招标投标法实施条例第五十四条' },
    ],
    codeText: (code) => `说明：${code}`,
    countWorkdays: (from, to) => dayNumber(to) - dayNumber(from),
    clock: { now: () => MARCH_20 },
    desk: { calendar, deadlines: { pending: 5, investigating: 30, rectifying: 30, reply: 5 } },
    settingsInForce: () => Promise.resolve({ policy: DEFAULT_POLICY, calendar, held: null }),
    newId: () => randomUUID(),
    relink: async () => {
      await matchNotices(store);
      return true;
    },
    webRoot: null,
    logger: false,
    ...given,
  });
  let kept = 0;
  return {
    app,
    store,
    archive,
    async get(url) {
      const reply = await app.inject({ url });
      return { status: reply.statusCode, body: reply.json() as unknown };
    },
    async keep(entry) {
      const runId = 'archive-run';
      const key = `detail:kept-${(kept += 1)}`;
      const record = await archive.append(buildArchiveEntry(entry));
      if (kept === 1)
        await store.runs.begin(buildRun({ id: runId, sourceId: 'archive-source' }), [buildRequest('list:0')]);
      await store.runs.commitPage(
        buildCommit({
          runId,
          requestKey: kept === 1 ? 'list:0' : `detail:kept-${kept - 1}`,
          archive: record,
          discovered: [buildRequest(key)],
        }),
      );
      return record;
    },
    async close() {
      await app.close();
      await archive.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
