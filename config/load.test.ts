import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { FixConfiguration } from '../src/model/errors.ts';
import { loadConfig } from './load.ts';

function folderWith(file: string, change: (text: string) => string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'config-')), 'config');
  cpSync(import.meta.dirname, folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  return folder;
}

function failureOf(folder: string): FixConfiguration {
  try {
    loadConfig(folder);
  } catch (error) {
    expect(error).toBeInstanceOf(FixConfiguration);
    return error as FixConfiguration;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration an operator edits', () => {
  it('is valid as delivered and speaks of Kaiyuan', () => {
    const config = loadConfig(import.meta.dirname);
    expect(config.region).toEqual({ code: '532502', name: '开远市', words: ['开远'] });
    expect(config.policy.localRule).toEqual({ id: 'KY-GP-3D', from: '2016-01-01', to: null, verifiedTo: null });
  });

  it('names file, key and allowed values for a wrong value', () => {
    const error = failureOf(
      folderWith('rules.yaml', (t) => t.replace('localHolidays: undetermined', 'localHolidays: 忽略')),
    );
    expect(error.facts).toMatchObject({ key: 'localHolidays', allowed: 'undetermined、ignore 或 restDay' });
    expect(error.advice).toContain('rules.yaml');
  });

  it('names a key nobody knows', () => {
    const error = failureOf(folderWith('gongshi.yaml', (t) => t.replace('  port: 8080', '  port: 8080\n  prot: 1')));
    expect(error.facts).toMatchObject({ key: 'server.prot', allowed: 'host、port 两项' });
  });

  it('names a key deep inside one source', () => {
    const error = failureOf(
      folderWith('sources.yaml', (t) =>
        t.replace('address: https://api.landchina.com', 'address: ftp://api.landchina.com'),
      ),
    );
    expect(error.facts).toMatchObject({ key: 'landchina.address', allowed: '以 http:// 或 https:// 开头的网址' });
  });

  it.each([
    ['s3://archive/gongshi', 'storage'], // without endpoint and region
    ['s3://key:secret@archive/gongshi', 'storage.archive'],
    ['ftp://archive', 'storage.archive'],
  ])('refuses %s as the place of the archive', (archive, key) => {
    const error = failureOf(
      folderWith('gongshi.yaml', (t) => t.replace('archive: data/archive', `archive: ${archive}`)),
    );
    expect(error.facts['key']).toBe(key);
    expect(error.advice).toContain('s3');
  });

  it('takes a bucket with its endpoint, and folders from above the configuration', () => {
    const text = 'archive: s3://archive/a\n  s3: { endpoint: "http://10.0.0.7:9000", region: cn-1, pathStyle: true }';
    const config = loadConfig(folderWith('gongshi.yaml', (t) => t.replace('archive: data/archive', text)));
    expect(config.storage).toMatchObject({ archive: 's3://archive/a', s3: { endpoint: 'http://10.0.0.7:9000' } });
    expect(loadConfig(import.meta.dirname).storage.archive).toBe(join(import.meta.dirname, '../data/archive'));
  });

  it('takes a review alert that is narrowed, and says what it may be narrowed by', () => {
    const narrowed = (text: string) =>
      folderWith('rules.yaml', (t) => t.replace('reviewAlert: review', `reviewAlert: ${text}`));
    const text = '{ as: review, methods: [inquiry], categories: [goods], from: 2026-01-01, minBudget: 500000 }';
    expect(loadConfig(narrowed(text)).policy.reviewAlert).toEqual({
      as: 'review',
      methods: ['inquiry'],
      categories: ['goods'],
      from: '2026-01-01',
      minBudget: 500_000,
    });
    for (const wrong of [
      '{ as: off }',
      '{ as: review, methods: [谈判] }',
      '{ methods: [inquiry] }',
      '{ as: review, methods: [] }',
    ]) {
      const { facts } = failureOf(narrowed(wrong));
      expect([facts['key'], facts['allowed']]).toEqual([
        expect.stringMatching(/^reviewAlert/),
        expect.stringContaining('competitive_negotiation 竞争性谈判'),
      ]);
    }
  });

  it('says on which line the file cannot be read', () => {
    const error = failureOf(folderWith('rules.yaml', (t) => t.replace('rollover: true', 'rollover: [true')));
    expect(error.facts['key']).toMatch(/^第 \d+ 行$/);
  });
});
