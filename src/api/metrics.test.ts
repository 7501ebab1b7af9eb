import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import {
  buildIncident,
  buildObservation,
  buildOpening,
  buildAlert,
  buildFinding,
  buildProject,
  buildRequest,
  buildRun,
  MARCH_20,
} from '../../test/support/build.ts';
import { FreeArchiveSpace, RepairDatabase } from '../model/errors.ts';
import { Loops } from './loops.ts';
import { Metrics } from './metrics.ts';
import { writeMetricsFile } from '../cli/metrics.ts';

const steady = { now: 0 };

describe('/metrics', () => {
  let bench: ApiBench;
  let metrics: Metrics;
  let loops: Loops;
  beforeEach(async () => {
    const plain = await openApiBench();
    loops = new Loops(() => steady.now);
    metrics = new Metrics({
      store: plain.store,
      sourceIds: ['yn_ccgp', 'yn_ggzy'],
      channels: ['值班群'],
      loops,
      clock: { now: () => MARCH_20 + 3_600_000 },
    });
    const measured = await openApiBench({ store: plain.store, metrics });
    bench = { ...measured, store: plain.store, close: () => measured.close().then(() => plain.close()) };
  });
  afterEach(() => bench.close());
  const scrape = async (): Promise<string> => (await bench.app.inject({ url: '/metrics' })).payload;

  it('is Prometheus text, with no series for what is not known yet', async () => {
    const reply = await bench.app.inject({ url: '/metrics' });
    expect(reply.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(reply.payload).not.toContain('gongshi_last_complete_run_age_seconds{');
    expect(reply.payload).toContain('gongshi_queue_depth{source="yn_ccgp"} 0');
  });

  it('gives the age of the last complete run also when a later one failed, with its failures by code', async () => {
    const { runs } = bench.store;
    const failure = { message: '', advice: '', url: null, channelId: null, at: MARCH_20, archiveId: null };
    await runs.begin(buildRun({ id: 'a' }), []);
    await runs.finish(buildRun({ id: 'a', outcome: 'complete', finishedAt: MARCH_20, requests: 7 }));
    const later = { id: 'b', startedAt: MARCH_20 + 1000 };
    await runs.begin(buildRun(later), []);
    await runs.finish(
      buildRun({
        ...later,
        outcome: 'rejected',
        finishedAt: MARCH_20 + 31_000,
        requests: 3,
        failures: [
          { ...failure, code: 'HTTP_5XX', url: 'https://a.test/1' },
          { ...failure, code: 'HTTP_5XX', url: 'https://a.test/2' },
          { ...failure, code: 'CHALLENGE' },
        ],
      }),
    );
    const text = await scrape();
    expect(text).toContain('gongshi_last_complete_run_age_seconds{source="yn_ccgp"} 3600');
    expect(text).toContain('gongshi_last_run_failures{source="yn_ccgp",code="HTTP_5XX"} 2');
    expect(text).toContain('gongshi_last_run_failures{source="yn_ccgp",code="CHALLENGE"} 1');
    expect(text).toContain('gongshi_last_run_requests{source="yn_ccgp"} 3');
    expect(text).toContain('gongshi_last_run_seconds{source="yn_ccgp"} 30');
    expect(text).toContain('gongshi_last_run_outcome{source="yn_ccgp",outcome="rejected"} 1');
  });

  it('counts what waits in the frontier, and forgets it when the run has ended', async () => {
    const run = buildRun({ sourceId: 'yn_ggzy' });
    await bench.store.runs.begin(run, [buildRequest('list:0'), buildRequest('list:1')]);
    expect(await scrape()).toContain('gongshi_queue_depth{source="yn_ggzy"} 2');
    await bench.store.runs.finish({ ...run, outcome: 'complete', finishedAt: MARCH_20 });
    expect(await scrape()).toContain('gongshi_queue_depth{source="yn_ggzy"} 0');
  });

  it('counts open alerts by nature and rule', async () => {
    const finding = buildFinding({ projectId: 'p1' });
    await bench.store.projects.replace([], [buildProject({ id: 'p1' })]);
    await bench.store.findings.judge(['p1'], [finding], [buildAlert({ projectId: 'p1', finding })]);
    const text = await scrape();
    expect(text).toContain('gongshi_open_alerts{nature="violation",rule="KY-GP-3D"} 1');
    expect(text).toContain('gongshi_open_alerts{nature="review",rule="KY-GP-3D"} 0');
  });

  it('gives the time of each stage', async () => {
    metrics.observeStage('crawl', 2500, 'yn_ccgp');
    metrics.observeStage('judge', 400);
    const text = await scrape();
    expect(text).toContain('gongshi_stage_seconds_sum{stage="crawl",source="yn_ccgp"} 2.5');
    expect(text).toContain('gongshi_stage_seconds_count{stage="judge",source=""} 1');
  });

  it('gives the time of each step of a page by source', async () => {
    metrics.observePage({ sourceId: 'yn_ccgp', step: 'parse', ms: 4 });
    const text = await scrape();
    expect(text).toContain('gongshi_page_seconds_sum{step="parse",source="yn_ccgp"} 0.004');
    expect(text).toContain('gongshi_page_seconds_bucket{le="0.01",step="parse",source="yn_ccgp"} 1');
    expect(text).toContain('gongshi_page_seconds_bucket{le="0.003",step="parse",source="yn_ccgp"} 0');
  });

  it('counts what waits for people: incidents, news not told, notices not linked, cases and those overdue', async () => {
    const { store } = bench;
    await store.incidents.put([buildIncident(), buildIncident({ channelId: 'gcjs' })]);
    await store.notices.observe([
      buildObservation({ noticeId: 'yn_ccgp:a' }),
      buildObservation({ noticeId: 'yn_ccgp:b' }),
    ]);
    // 20 March is still in time for what is due on it.
    await store.cases.append([
      buildOpening({ number: 'KY-2026-0001', due: '2026-03-19' }),
      buildOpening({ number: 'KY-2026-0002', due: '2026-03-20' }),
    ]);
    const text = await scrape();
    const { sourceId, code } = buildIncident();
    expect(text).toContain(`gongshi_open_incidents{source="${sourceId}",code="${code}"} 2`);
    expect(text).toContain('gongshi_untold_news{channel="值班群"} 2');
    expect(text).toContain('gongshi_unmatched_notices 2');
    expect(text).toContain('gongshi_cases{state="pending"} 2');
    expect(text).toContain('gongshi_cases{state="closed"} 0');
    expect(text).toContain('gongshi_overdue_cases 1');
  });

  it('tells since when a loop works, and since when its work fails', async () => {
    steady.now = 0;
    loops.works('judging', '归并与核查');
    loops.rests('judging', 5000, 'failed');
    loops.works('judging', '归并与核查');
    steady.now = 90_000;
    const text = await scrape();
    expect(text).toContain('gongshi_loop_working_seconds{loop="judging"} 90');
    expect(text).toContain('gongshi_loop_failing_seconds{loop="judging"} 90');
  });

  it('gives, when the store does not answer, what the process knows and none of the old figures', async () => {
    expect(await scrape()).toContain('gongshi_database_up 1');
    bench.store.findings.alertStatistics = () => Promise.reject(new Error('gone'));
    const reply = await bench.app.inject({ url: '/metrics' });
    expect(reply.statusCode).toBe(200);
    expect(reply.payload).toContain('gongshi_database_up 0');
    expect(reply.payload).toContain('process_resident_memory_bytes');
    for (const name of ['gongshi_open_alerts{', 'gongshi_unmatched_notices ', 'gongshi_queue_depth{']) {
      expect(reply.payload).not.toContain(`\n${name}`);
    }
  });

  it('are all in the handbook, and the handbook has no other', async () => {
    const names = (await metrics.registry.getMetricsAsJSON())
      .map(({ name }) => name)
      .filter((name) => name.startsWith('gongshi_'));
    const handbook = readFileSync(join(import.meta.dirname, '../../docs/deployment.md'), 'utf8');
    const rows = [...handbook.matchAll(/^\| `(gongshi_[a-z_]+)`/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(names.sort());
  });

  it('are written for a command that ends into a file, whole or not at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gongshi-metrics-'));
    const file = join(folder, 'gongshi.prom');
    await writeMetricsFile(metrics, file);
    const before = readFileSync(file, 'utf8');
    expect(before).toContain('gongshi_database_up 1');
    bench.store.findings.alertStatistics = () => Promise.reject(new Error('gone'));
    await expect(writeMetricsFile(metrics, file)).rejects.toThrow('gone');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['gongshi.prom']);
    rmSync(folder, { recursive: true });
  });
});

describe('/readyz', () => {
  let bench: ApiBench;
  beforeEach(async () => {
    bench = await openApiBench();
  });
  afterEach(() => bench.close());

  it('is ready when the store answers, its schema is current and the archive takes bytes', async () => {
    expect(await bench.get('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
  });

  it('says that the archive cannot be written, without telling where it is', async () => {
    bench.archive.checkWritable = () => Promise.reject(new FreeArchiveSpace('/secret/place', new Error('full')));
    const reply = await bench.get('/readyz');
    expect(reply).toMatchObject({ status: 503, body: { code: 'ARCHIVE_UNWRITABLE' } });
    expect(JSON.stringify(reply.body)).not.toContain('/secret/place');
  });

  it.each([
    [-1, '请重新启动服务'],
    [1, '请换用新版本'],
  ])('reports a schema %i step from its own, and leaves it as it is', async (steps, advice) => {
    const folder = mkdtempSync(join(tmpdir(), 'gongshi-ready-'));
    const path = join(folder, 'gongshi.sqlite');
    const store = await openSqliteStore(path);
    const { known } = await store.schema();
    const other = new DatabaseSync(path);
    other.exec(`PRAGMA user_version = ${known + steps}`);
    const api = await openApiBench({ store });
    const reply = await api.get('/readyz');
    expect(reply).toMatchObject({ status: 503, body: { code: 'SCHEMA_MISMATCH' } });
    expect((reply.body as { advice: string }).advice).toContain(advice);
    expect(await store.schema()).toEqual({ version: known + steps, known });
    other.close();
    await api.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('says that the database cannot be used, without telling where it is', async () => {
    bench.store.schema = () => Promise.reject(new RepairDatabase('/secret/place 无法使用', '请修复'));
    const reply = await bench.get('/readyz');
    expect(reply).toMatchObject({ status: 503, body: { code: 'DATABASE_UNUSABLE' } });
    expect(JSON.stringify(reply.body)).not.toContain('/secret/place');
  });

  it('says that the database takes no writes, while it still answers', async () => {
    bench.store.checkWritable = () => Promise.reject(new RepairDatabase('/secret/place 写入失败', '请腾出磁盘空间'));
    const reply = await bench.get('/readyz');
    expect(reply).toMatchObject({ status: 503, body: { code: 'DATABASE_UNUSABLE' } });
    expect(JSON.stringify(reply.body)).not.toContain('/secret/place');
    expect((await bench.get('/healthz')).status).toBe(200);
  });

  it('waits five seconds for a write that hangs, and begins no second one beside it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const hanging = Promise.withResolvers<void>();
      let probes = 0;
      bench.store.checkWritable = () => {
        probes += 1;
        return hanging.promise;
      };
      for (let asked = 0; asked < 2; asked += 1) {
        const reply = bench.get('/readyz');
        while (vi.getTimerCount() === 0) await new Promise(setImmediate);
        vi.advanceTimersByTime(5000);
        expect(await reply).toMatchObject({ status: 503, body: { code: 'DATABASE_UNUSABLE' } });
      }
      expect(probes).toBe(1);
      hanging.resolve();
      bench.store.checkWritable = async () => undefined;
      expect((await bench.get('/readyz')).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not ready once the judging has failed for a minute: what it shows may be out of date', async () => {
    const steadyClock = { now: 0 };
    const loops = new Loops(() => steadyClock.now);
    const worker = await openApiBench({ loops });
    loops.works('judging', '归并与核查');
    loops.rests('judging', 5000, 'failed');
    steadyClock.now = 59_999;
    expect((await worker.get('/readyz')).status).toBe(200);
    steadyClock.now = 60_000;
    const reply = await worker.get('/readyz');
    expect(reply).toMatchObject({ status: 503, body: { code: 'WORK_FAILING' } });
    expect((reply.body as { message: string }).message).toMatch(/^归并与核查自 \d{4}-\d\d-\d\d.* 起一直失败$/);
    await worker.close();
  });

  it('says that the store does not answer', async () => {
    bench.store.runs.list = () => Promise.reject(new Error('gone'));
    expect(await bench.get('/readyz')).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
  });
});

describe('/healthz', () => {
  it('speaks of the process: well while the database is gone, for starting again would not bring it back', async () => {
    const bench = await openApiBench();
    await bench.store.close();
    expect(await bench.get('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
    await bench.app.close();
    await bench.archive.close();
  });

  it('asks for a new start where a loop does not go on', async () => {
    const steadyClock = { now: 0 };
    const loops = new Loops(() => steadyClock.now);
    const worker = await openApiBench({ loops });
    loops.works('yn_ccgp', '云南省政府采购网');
    loops.rests('yn_ccgp', 10_000, 'failed');
    expect((await worker.get('/healthz')).status).toBe(200);
    steadyClock.now = 10_000 + 75_000;
    expect(await worker.get('/healthz')).toMatchObject({
      status: 503,
      body: { code: 'LOOP_STALLED', message: '应继续而没有继续：云南省政府采购网（75 秒）' },
    });
    await worker.close();
  });
});
