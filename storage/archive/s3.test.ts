import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FreeArchiveSpace, ReachArchive, RestoreArchive } from '../../src/model/errors.ts';
import { buildArchiveEntry, MARCH_20 } from '../../test/support/build.ts';
import { startS3 } from '../../test/support/s3.ts';
import type { TestS3 } from '../../test/support/s3.ts';
import { folderPlace } from './folder.ts';
import type { ArchivePlace } from './place.ts';
import { s3Place } from './s3.ts';
import type { S3Settings } from './s3.ts';

describe('the archive on an S3-compatible storage', () => {
  let s3: TestS3;
  beforeEach(async () => {
    s3 = await startS3();
  });
  afterEach(() => s3.close());
  const clock = { now: () => MARCH_20 };
  const placed = (over: Partial<S3Settings> = {}): ArchivePlace => {
    const { bucket, endpoint, region, credentials } = s3;
    return s3Place({ bucket, prefix: 'gongshi/a', endpoint, region, credentials, pathStyle: true, ...over });
  };

  it('gives back the very bytes, by requests whose signatures hold', async () => {
    const archive = await placed().open({ clock });
    const bodies = [Buffer.from([0, 255, 13, 10]), Buffer.alloc(0), Buffer.from('公示 页面')];
    const records = await Promise.all(
      bodies.map((body, i) => archive.append(buildArchiveEntry({ body, method: i === 1 ? 'POST' : 'GET' }))),
    );
    for (const [i, record] of records.entries()) {
      expect(Buffer.from(await archive.read(record)).equals(bodies[i]!)).toBe(true);
      expect((await archive.readPage(record)).request).toEqual(buildArchiveEntry({}).request);
    }
    // Appended in one turn: one object.
    expect(s3.objects.size).toBe(1);
    expect([...s3.objects.keys()][0]).toMatch(/^gongshi\/a\/gongshi-2026\w+-\d+-1-[0-9a-f]{8}\.warc\.gz$/);
    expect(s3.refusals).toEqual([]);
    await archive.close();
  });

  it('acknowledges a record only when the storage holds it', async () => {
    const archive = await placed().open({ clock });
    s3.fail('PUT', 'error', 'drop-before');
    const record = await archive.append(buildArchiveEntry());
    expect(s3.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(3);
    expect(s3.objects.has(`gongshi/a/${record.file}`)).toBe(true);
    expect((await archive.read(record)).length).toBe(record.size);
  });

  it('stores one object, once, when the answer to a write was lost', async () => {
    const archive = await placed().open({ clock });
    s3.fail('PUT', 'drop-after');
    const record = await archive.append(buildArchiveEntry());
    expect([...s3.objects.keys()]).toEqual([`gongshi/a/${record.file}`]);
    expect((await archive.read(record)).length).toBe(record.size);
  });

  it('gives up an answer that does not come, and asks again', async () => {
    const archive = await placed({ timeoutMs: 1000 }).open({ clock });
    s3.fail('PUT', 'slow');
    const record = await archive.append(buildArchiveEntry());
    s3.fail('GET', 'slow');
    expect((await archive.read(record)).length).toBe(record.size);
  });

  it('says what to do when nothing can be written, and goes on when it can again', async () => {
    const archive = await placed().open({ clock });
    s3.failAlways('refuse');
    const error = await archive.append(buildArchiveEntry()).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FreeArchiveSpace);
    expect((error as FreeArchiveSpace).advice).toMatch(/对象存储的地址、密钥、写入权限/);
    expect(JSON.stringify(error)).not.toContain(s3.credentials.secretAccessKey);
    await expect(archive.checkWritable()).rejects.toBeInstanceOf(FreeArchiveSpace);
    expect(s3.objects.size).toBe(0);
    s3.failAlways(null);
    await archive.checkWritable();
    const record = await archive.append(buildArchiveEntry());
    expect((await archive.read(record)).length).toBe(record.size);
  });

  it('refuses a wrong key', async () => {
    const archive = await placed({ credentials: { accessKeyId: 'TESTKEY', secretAccessKey: 'another' } }).open({
      clock,
    });
    await expect(archive.append(buildArchiveEntry())).rejects.toBeInstanceOf(FreeArchiveSpace);
    expect(s3.refusals).toContain('the signature differs');
  });

  it('tells bytes that are gone or changed from a storage that cannot be reached', async () => {
    const archive = await placed().open({ clock });
    const record = await archive.append(buildArchiveEntry());
    s3.failAlways('error');
    await expect(archive.read(record)).rejects.toBeInstanceOf(ReachArchive);
    s3.failAlways('cut');
    await expect(archive.read(record)).rejects.toBeInstanceOf(ReachArchive);
    s3.failAlways(null);
    const key = `gongshi/a/${record.file}`;
    const forged = Buffer.from(s3.objects.get(key)!);
    forged[record.offset + 40]! ^= 0xff;
    s3.objects.set(key, forged);
    await expect(archive.read(record)).rejects.toBeInstanceOf(RestoreArchive);
    s3.objects.set(key, forged.subarray(0, record.offset + 9));
    await expect(archive.read(record)).rejects.toBeInstanceOf(RestoreArchive);
    s3.objects.delete(key);
    await expect(archive.read(record)).rejects.toBeInstanceOf(RestoreArchive);
    await expect(archive.read({ ...record, file: '../other' })).rejects.toThrow(/不合法/);
  });

  it('lists all its files, beyond one page of the listing, and copies them into a folder that reads the same', async () => {
    const place = placed();
    const records = [];
    for (let i = 0; i < 5; i += 1) {
      const archive = await place.open({ clock });
      records.push(await archive.append(buildArchiveEntry({ body: Buffer.from(`页面 ${i}`) })));
      await archive.checkWritable();
    }
    s3.objects.set('gongshi/another/gongshi-20260320T000000000Z-1-1.warc.gz', Buffer.from('x'));
    const files = (await place.files())!;
    expect(files).toEqual(records.map(({ file }) => file).sort());
    const folder = mkdtempSync(join(tmpdir(), 'gongshi-s3-'));
    expect(await place.copyInto(folder)).toEqual(files);
    const copied = await folderPlace(folder).open();
    for (const record of records) expect((await copied.read(record)).length).toBe(record.size);
    await copied.close();
    await place.remove(files[0]!);
    expect(await place.files()).toEqual(files.slice(1));
    await place.write(files[0]!, folderPlace(folder).stream(files[0]!));
    expect(s3.objects.get(`gongshi/a/${files[0]}`)!.equals(readFileSync(join(folder, files[0]!)))).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
