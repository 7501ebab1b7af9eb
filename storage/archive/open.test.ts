import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync, gzipSync } from 'node:zlib';
import { WARCParser } from 'warcio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ArchiveRecord } from '../../src/model/archive.ts';
import { FreeArchiveSpace, RestoreArchive } from '../../src/model/errors.ts';
import { buildArchiveEntry, MARCH_20 } from '../../test/support/build.ts';
import { begunAt } from './names.ts';
import { openArchive } from './open.ts';

describe('the archive', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-archive-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const clock = { now: () => MARCH_20 };

  it('gives back the very bytes, also of an empty page and of one that looks like headers', async () => {
    const archive = await openArchive(folder, { clock });
    const bodies = [
      Buffer.from([0, 255, 13, 10, 13, 10, 0xce, 0xd2]),
      Buffer.alloc(0),
      Buffer.from('\r\n\r\nWARC/1.1'),
    ];
    const records = await Promise.all(bodies.map((body) => archive.append(buildArchiveEntry({ body }))));
    await archive.close();
    const reopened = await openArchive(folder);
    for (const [i, record] of records.entries()) {
      expect(Buffer.from(await reopened.read(record)).equals(bodies[i]!)).toBe(true);
      expect(record.size).toBe(bodies[i]!.length);
    }
    expect(reopened.cutFiles).toEqual([]);
    await reopened.close();
  });

  it('knows whether it can be written, and leaves nothing behind by asking', async () => {
    const archive = await openArchive(join(folder, 'inner'), { clock });
    await archive.checkWritable();
    expect(await readdir(join(folder, 'inner'))).toEqual([]);
    rmSync(join(folder, 'inner'), { recursive: true });
    await expect(archive.checkWritable()).rejects.toBeInstanceOf(FreeArchiveSpace);
    await archive.close();
  });

  it('is read by the common WARC tools: one member a record, standard fields, the HTTP reply inside', async () => {
    const archive = await openArchive(folder, { clock });
    const entry = buildArchiveEntry({
      status: 404,
      headers: { 'content-type': 'text/html; charset=gbk', 'content-encoding': 'gzip', 'set-cookie': 'a=1' },
    });
    const record = await archive.append(entry);
    const posted = await archive.append(
      buildArchiveEntry({ method: 'POST', url: 'https://example.test/list?p=1', requestBody: '{"pageNum":1}' }),
    );
    await archive.close();

    const parsed = [];
    const parser = new WARCParser(createReadStream(join(folder, record.file)));
    for await (const found of parser) {
      parsed.push({
        type: found.warcType,
        id: found.warcHeader('WARC-Record-ID'),
        offset: parser.offset,
        uri: found.warcTargetURI ?? null,
        date: found.warcDate,
        digest: found.warcPayloadDigest ?? null,
        statusLine: found.httpHeaders?.statusline,
        contentType: found.httpHeaders?.headers.get('content-type'),
        source: found.warcHeader('Gongshi-Source'),
        concurrentTo: found.warcHeader('WARC-Concurrent-To'),
        text: Buffer.from(await found.readFully(true)).toString(),
      });
    }
    expect(parsed.map((found) => found.type)).toEqual(['warcinfo', 'response', 'response', 'request']);
    expect(parsed[1]).toMatchObject({
      id: `<urn:uuid:${record.id}>`,
      offset: record.offset,
      uri: entry.url,
      date: new Date(MARCH_20).toISOString(),
      digest: `sha-256:${record.sha256}`,
      statusLine: 'HTTP/1.1 404 Not Found',
      contentType: 'text/html; charset=gbk',
      source: 'yn_ccgp',
      text: Buffer.from(entry.body).toString(),
    });
    expect(parsed[3]).toMatchObject({
      uri: 'https://example.test/list?p=1',
      concurrentTo: `<urn:uuid:${posted.id}>`,
      statusLine: 'POST /list?p=1 HTTP/1.1',
      text: '{"pageNum":1}',
    });
    const member = readFileSync(join(folder, record.file)).subarray(record.offset, record.offset + record.length);
    expect(gunzipSync(member).toString('latin1')).toMatch(/^WARC\/1\.1\r\nWARC-Type: response\r\n/);
  });

  it('keeps a confirmation as a revisit record, as ISO 28500 has it for a server that says "not modified"', async () => {
    const archive = await openArchive(folder, { clock });
    const confirmed = await archive.append(buildArchiveEntry());
    const entry = buildArchiveEntry({
      status: 304,
      headers: { etag: '"1"' },
      body: Buffer.alloc(0),
      revisits: confirmed,
    });
    const record = await archive.append({ ...entry, fetchedAt: MARCH_20 + 86_400_000 });
    expect(record).toMatchObject({ status: 304, size: 0, revisits: confirmed.id });
    expect(await archive.readPage(record)).toMatchObject({ status: 304, request: entry.request });
    await archive.close();

    const parser = new WARCParser(createReadStream(join(folder, record.file)));
    const found = [];
    for await (const one of parser) {
      found.push(one.warcType);
      if (one.warcType === 'revisit') {
        const header = (name: string) => one.warcHeader(name);
        expect(header('WARC-Profile')).toBe('http://netpreserve.org/warc/1.1/revisit/server-not-modified');
        expect(header('WARC-Refers-To')).toBe(`<urn:uuid:${confirmed.id}>`);
        expect(header('WARC-Refers-To-Target-URI')).toBe(confirmed.url);
        expect(header('WARC-Refers-To-Date')).toBe(new Date(MARCH_20).toISOString());
        expect(header('WARC-Payload-Digest')).toBe(`sha-256:${confirmed.sha256}`);
        expect(one.warcDate).toBe(new Date(MARCH_20 + 86_400_000).toISOString());
        expect(one.httpHeaders?.statusline).toBe('HTTP/1.1 304 Not Modified');
        expect(one.httpHeaders?.headers.get('etag')).toBe('"1"');
      }
      await one.readFully(true);
    }
    expect(found).toEqual(['warcinfo', 'response', 'revisit']);
  });

  it('lets no header forge another', async () => {
    const archive = await openArchive(folder, { clock });
    const record = await archive.append(
      buildArchiveEntry({ url: 'https://example.test/\r\nWARC-Type: warcinfo', headers: { a: '1\r\n\r\n<script>' } }),
    );
    expect(Buffer.from(await archive.read(record)).toString()).toContain('开远市人民医院');
    await archive.close();
  });

  it('begins another file when one is full', async () => {
    const archive = await openArchive(folder, { clock, maxFileBytes: 600 });
    const records: ArchiveRecord[] = [];
    for (let i = 0; i < 4; i += 1) records.push(await archive.append(buildArchiveEntry()));
    expect(new Set(records.map((record) => record.file)).size).toBeGreaterThan(1);
    for (const record of records) expect((await archive.read(record)).length).toBe(record.size);
    await archive.close();
  });

  it('begins another file after a day, so that an old one is written by nobody', async () => {
    let now = MARCH_20;
    const archive = await openArchive(folder, { clock: { now: () => now } });
    const first = await archive.append(buildArchiveEntry());
    now += 23 * 3_600_000;
    expect((await archive.append(buildArchiveEntry())).file).toBe(first.file);
    now += 3_600_000;
    const next = await archive.append(buildArchiveEntry());
    expect(next.file).not.toBe(first.file);
    expect([begunAt(first.file), begunAt(next.file)]).toEqual([MARCH_20, now]);
    await archive.close();
  });

  it('never writes into a file that another archive began at the same moment', async () => {
    const [one, two] = await Promise.all([openArchive(folder, { clock }), openArchive(folder, { clock })]);
    const [a, b] = await Promise.all([one.append(buildArchiveEntry()), two.append(buildArchiveEntry())]);
    expect(a.file).not.toBe(b.file);
    await Promise.all([one.close(), two.close()]);
  });

  it('says which file to restore when bytes are gone, changed or of another record', async () => {
    const archive = await openArchive(folder, { clock });
    const record = await archive.append(buildArchiveEntry());
    const other = await archive.append(buildArchiveEntry({ body: Buffer.from('另一页') }));
    await archive.close();

    await expect(archive.read({ ...record, sha256: other.sha256 })).rejects.toThrow(/SHA-256/);
    await expect(archive.read({ ...record, offset: other.offset, length: other.length })).rejects.toThrow(
      RestoreArchive,
    );
    await expect(archive.read({ ...record, file: '../../etc/passwd' })).rejects.toThrow(/不合法/);

    const path = join(folder, record.file);
    const bytes = readFileSync(path);
    const forged = Buffer.from(bytes);
    forged[record.offset + 40]! ^= 0xff;
    writeFileSync(path, forged);
    await expect(archive.read(record)).rejects.toThrow(RestoreArchive);

    writeFileSync(path, bytes.subarray(0, record.offset + 10));
    await expect(archive.read(record)).rejects.toThrow(RestoreArchive);
    rmSync(path);
    const error = await archive.read(record).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RestoreArchive);
    expect((error as RestoreArchive).advice).toContain(record.file);
  });

  it('does not unpack a record that swells beyond what was stored', async () => {
    const archive = await openArchive(folder, { clock });
    const record = await archive.append(buildArchiveEntry());
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    writeFileSync(join(folder, record.file), bomb);
    await expect(archive.read({ ...record, offset: 0, length: bomb.length })).rejects.toThrow(RestoreArchive);
    await archive.close();
  });

  it('notices a file that was cut off, keeps what is whole in it and begins a new one', async () => {
    const archive = await openArchive(folder, { clock });
    const whole = await archive.append(buildArchiveEntry());
    const torn = await archive.append(buildArchiveEntry());
    await archive.close();
    const path = join(folder, torn.file);
    truncateSync(path, torn.offset + torn.length - 5);

    const reopened = await openArchive(folder, { clock });
    expect(reopened.cutFiles).toEqual([
      { file: torn.file, intactBytes: torn.offset, bytes: torn.offset + torn.length - 5 },
    ]);
    const next = await reopened.append(buildArchiveEntry());
    expect(next.file).not.toBe(torn.file);
    expect((await reopened.read(whole)).length).toBe(whole.size);
    await expect(reopened.read(torn)).rejects.toThrow(RestoreArchive);
    expect(statSync(path).size).toBe(torn.offset + torn.length - 5);
    await reopened.close();
  });

  it('loses no acknowledged record to kill -9', async () => {
    const script = join(import.meta.dirname, '../../test/support/archive-child.ts');
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (_code, signal) => resolve(signal));
    });
    const acknowledged: ArchiveRecord[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(JSON.parse(line) as ArchiveRecord);
      if (acknowledged.length === 30) child.kill('SIGKILL');
    }
    expect(await ended).toBe('SIGKILL');
    const archive = await openArchive(folder);
    expect(acknowledged.length).toBeGreaterThanOrEqual(30);
    for (const record of acknowledged) expect((await archive.read(record)).length).toBe(record.size);
    await archive.close();
  });

  it('says what to do when it cannot write', async () => {
    const file = join(folder, 'taken');
    writeFileSync(file, '');
    const error = await openArchive(file).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FreeArchiveSpace);
    expect((error as FreeArchiveSpace).advice).toContain(file);

    const gone = join(folder, 'gone');
    const archive = await openArchive(gone);
    rmSync(gone, { recursive: true });
    await expect(archive.append(buildArchiveEntry())).rejects.toThrow(FreeArchiveSpace);
    await expect(archive.append(buildArchiveEntry())).rejects.toThrow(FreeArchiveSpace);
    await archive.close();
    await expect(archive.append(buildArchiveEntry())).rejects.toThrow();
  });

  it('makes no file until something is kept', async () => {
    await (await openArchive(folder)).close();
    expect(await readdir(folder)).toEqual([]);
  });
});
