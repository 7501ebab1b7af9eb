import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { openApiBench } from '../../test/support/api.ts';
import type { ApiBench } from '../../test/support/api.ts';
import { buildAlert, buildFinding, buildProject, buildRequest, buildRun, MARCH_20 } from '../../test/support/build.ts';
import { FreeArchiveSpace, RepairDatabase } from '../model/errors.ts';
import { Metrics } from './metrics.ts';

describe('/metrics', () => {
  let bench: ApiBench;
  let metrics: Metrics;
  beforeEach(async () => {
    const plain = await openApiBench();
    metrics = new Metrics({
      store: plain.store,
      sourceIds: ['yn_ccgp', 'yn_ggzy'],
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

  it('answers 503 rather than old figures when the store does not answer', async () => {
    await scrape();
    bench.store.findings.countAlerts = () => Promise.reject(new Error('gone'));
    expect((await bench.app.inject({ url: '/metrics' })).statusCode).toBe(503);
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

  it('says that the store does not answer', async () => {
    bench.store.runs.list = () => Promise.reject(new Error('gone'));
    expect(await bench.get('/readyz')).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
  });
});
