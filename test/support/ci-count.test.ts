import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const COUNT = join(import.meta.dirname, '../../.ci/count.js');

describe('the last line of .ci/run', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gongshi-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('sums what passed, failed and was skipped over all runs of tests', () => {
    const file = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
    const one = report('one', { numPassedTests: 4, numFailedTests: 1, numPendingTests: 1, testResults: [file] });
    const other = report('other', { numPassedTests: 7 });
    expect(counted(one, other)).toBe('11 1 1\n');
  });

  it('counts a file that could not be loaded, which has no test to say so, as failed', () => {
    const unread = { status: 'failed', assertionResults: [] };
    expect(counted(report('unread', { numPassedTests: 4, testResults: [unread] }))).toBe('4 1 0\n');
  });

  it('counts a run that left no report as failed', () => {
    expect(counted(report('there', { numPassedTests: 4 }), join(folder, 'none.json'))).toBe('4 1 0\n');
  });

  function report(name: string, parts: Record<string, unknown>): string {
    const path = join(folder, `${name}.json`);
    const whole = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
    writeFileSync(path, JSON.stringify({ ...whole, ...parts }));
    return path;
  }
});

function counted(...reports: string[]): string {
  return spawnSync(process.execPath, [COUNT, ...reports], { encoding: 'utf8' }).stdout;
}
