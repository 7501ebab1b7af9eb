import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CorrectInput } from '../model/errors.ts';
import { createLog, logSettings } from './log.ts';
import { say, sayError, sayThrough } from './output.ts';

describe('what a process says on standard error', () => {
  let written: string;
  const out = { write: (line: string) => void (written += line) };
  beforeEach(() => {
    written = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(() => {
    sayThrough(null);
    vi.restoreAllMocks();
  });

  it('is plain for people', () => {
    say('页面：http://127.0.0.1:8080');
    expect(written).toBe('页面：http://127.0.0.1:8080\n');
  });

  it('has no password of an address, neither in an error for the operator nor in a stack', () => {
    const address = 'mongodb://gongshi:geheim@mongo1/gongshi';
    sayError(new CorrectInput(`连不上 ${address}`, '请核对', { address }));
    sayError(new Error(`connect ${address}?token=geheim failed`));
    expect(written).toContain('mongodb://[已隐去]@mongo1/gongshi');
    expect(written).not.toContain('geheim');
  });

  it('is nothing but objects, one a line, for a program that reads the log', () => {
    sayThrough(createLog(logSettings('info', out)));
    say('值守中');
    sayError(new Error('password at mongodb://a:geheim@b/'));
    const lines = written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { level: pino.levels.values['info'], msg: '值守中' },
      { level: pino.levels.values['fatal'], msg: 'password at mongodb://[已隐去]@b/' },
    ]);
    expect(written).not.toContain('geheim');
  });
});
