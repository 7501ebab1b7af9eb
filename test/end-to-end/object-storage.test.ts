import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { s3Place } from '../../storage/archive/s3.ts';
import { openSqliteStore } from '../../storage/sqlite/open.ts';
import { startPortal } from '../portal/portal.ts';
import type { Portal } from '../portal/portal.ts';
import { installationAt } from '../support/installation.ts';
import { startS3 } from '../support/s3.ts';
import type { TestS3 } from '../support/s3.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('an installation whose archive is a bucket', () => {
  let portal: Portal;
  let s3: TestS3;
  let home: string;
  let secrets: string;

  beforeAll(async () => {
    [portal, s3] = await Promise.all([startPortal({ seed: 7, notices: 240 }), startS3()]);
    home = installedOn(portal, s3, 'one');
    secrets = mkdtempSync(join(tmpdir(), 'gongshi-secrets-'));
    writeFileSync(join(secrets, 'id'), `${s3.credentials.accessKeyId}\n`);
    writeFileSync(join(secrets, 'key'), `${s3.credentials.secretAccessKey}\n`);
  });
  afterAll(async () => {
    await Promise.all([portal.close(), s3.close()]);
    for (const folder of [home, secrets]) rmSync(folder, { recursive: true });
  });

  it('keeps nothing of a page that the bucket did not take, and goes on with it when the bucket is back', async () => {
    s3.failAlways('refuse');
    const refused = await gongshi(home, ['crawl']);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('请检查对象存储的地址、密钥、写入权限与容量');
    expect(refused.stderr).not.toContain(s3.credentials.secretAccessKey);
    expect(await recordsOf(home)).toEqual([]);
    s3.failAlways(null);
    s3.fail('PUT', 'error', 'drop-after', 'drop-before');
    expect(await gongshi(home, ['crawl'])).toMatchObject({ code: 0 });
    const records = await recordsOf(home);
    expect(records.length).toBeGreaterThan(60);
    const archive = await placeOf('one').open();
    for (const record of records) expect((await archive.read(record)).length).toBe(record.size);
  });

  it('is backed up with its objects, and restored into another bucket prefix', async () => {
    const folder = join(home, 'backup');
    expect(await gongshi(home, ['backup', folder])).toMatchObject({ code: 0 });
    const other = installedOn(portal, s3, 'two');
    expect(await gongshi(other, ['restore', folder])).toMatchObject({ code: 0 });
    expect(await placeOf('two').files()).toEqual(await placeOf('one').files());
    const archive = await placeOf('two').open();
    for (const record of await recordsOf(other)) expect((await archive.read(record)).length).toBe(record.size);
    expect((await gongshi(other, ['restore', folder])).code).toBe(1);
    rmSync(other, { recursive: true });
  });

  it('says which environment variables name the keys when there are none', async () => {
    const { code, stderr } = await gongshi(home, ['crawl'], {});
    expect(code).toBe(1);
    expect(stderr).toContain('GONGSHI_S3_KEY_ID_FILE');
  });

  function placeOf(prefix: string) {
    const { bucket, endpoint, region, credentials } = s3;
    return s3Place({ bucket, prefix, endpoint, region, credentials, pathStyle: true });
  }

  async function gongshi(
    folder: string,
    args: string[],
    keys: Record<string, string> = {
      GONGSHI_S3_KEY_ID_FILE: join(secrets, 'id'),
      GONGSHI_S3_SECRET_FILE: join(secrets, 'key'),
    },
  ): Promise<{ code: number | null; stderr: string }> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
    const child = spawn(
      process.execPath,
      [join(ROOT, 'src/cli/gongshi.js'), '--config', join(folder, 'config'), ...args],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...env, ...keys } },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stderr };
  }
});

function installedOn(portal: Portal, s3: TestS3, prefix: string): string {
  const folder = installationAt(portal);
  const file = join(folder, 'config/gongshi.yaml');
  const s3Settings = `s3: { endpoint: '${s3.endpoint}', region: ${s3.region}, pathStyle: true }`;
  const text = readFileSync(file, 'utf8').replace(
    /archive: data\/archive.*/,
    `archive: s3://${s3.bucket}/${prefix}\n  ${s3Settings}`,
  );
  writeFileSync(file, text);
  return folder;
}

async function recordsOf(folder: string) {
  const store = await openSqliteStore(join(folder, 'data/gongshi.sqlite'));
  const records = [];
  for await (const record of store.runs.allArchiveRecords()) records.push(record);
  await store.close();
  return records;
}
